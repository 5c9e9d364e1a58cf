//! Parameters, from the query string or from the body of a POST (BEHAVIOUR.md 3, 4).

use super::reply::{Reply, Style, malformed};
use crate::form;
use crate::json::Json;

/// Names and values in their order.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Form decoding: `+` is a space.
    pub(super) fn parse(form: &str) -> Parameters {
        Parameters(form::pairs(form))
    }

    /// The members of an object; an array repeats its parameter.
    pub(super) fn from_json(json: &Json) -> Option<Parameters> {
        let Json::Object(members) = json else {
            return None;
        };
        let mut pairs = Vec::new();
        for (name, value) in members {
            let values =
                if let Json::Array(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
            for value in values {
                match value {
                    Json::String(text) | Json::Number(text) => pairs.push((name.clone(), text.clone())),
                    Json::Bool(flag) => pairs.push((name.clone(), flag.to_string())),
                    Json::Null | Json::Array(_) | Json::Object(_) => {}
                }
            }
        }
        Some(Parameters(pairs))
    }

    pub(super) fn extend(&mut self, more: Parameters) {
        self.0.extend(more.0);
    }

    /// The first value of a parameter.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A boolean: empty, `true` and `yes` mean true.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.first(name).map(|value| matches!(value.to_ascii_lowercase().as_str(), "" | "true" | "yes"))
    }

    /// `overwrite` and `mintNewSuffix` are different: only `true` counts.
    pub(super) fn strict_flag(&self, name: &str) -> Option<bool> {
        self.first(name).map(|value| value.eq_ignore_ascii_case("true"))
    }

    pub(super) fn style(&self) -> Style {
        let callback = self.first("callback").filter(|function| !function.is_empty());
        Style { pretty: self.flag("pretty") == Some(true), callback: callback.map(str::to_owned) }
    }

    /// All values of `index`.
    pub(super) fn indexes(&self) -> Result<Vec<i32>, Reply> {
        let parse = |text: &str| text.parse().map_err(|_| malformed(format!("For input string: \"{text}\"")));
        self.all("index").map(parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding() {
        let parameters = Parameters::parse("type=A+B&type=A%20B&pretty&overwrite&index=7");
        assert_eq!(parameters.all("type").collect::<Vec<_>>(), ["A B", "A B"]);
        assert_eq!(parameters.flag("pretty"), Some(true));
        assert_eq!(parameters.strict_flag("overwrite"), Some(false));
        assert_eq!(parameters.indexes().ok(), Some(vec![7]));
    }

    #[test]
    fn bad_indexes() {
        for text in ["index=abc", "index=", "index=2147483648", "index=various"] {
            assert!(Parameters::parse(text).indexes().is_err(), "{text}");
        }
    }
}
