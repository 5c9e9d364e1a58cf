//! The `Authorization` header, and what a client says about itself in the Handle scheme (BEHAVIOUR.md 6.2).

use crate::json::Json;
use percent_encoding::percent_decode_str;

/// The scheme of an `Authorization` header and what follows it.
pub(super) fn split(header: &[u8]) -> (&[u8], &[u8]) {
    let header = header.trim_ascii();
    let end = header.iter().position(|byte| *byte == b' ').unwrap_or(header.len());
    let (scheme, rest) = header.split_at(end);
    (scheme, rest.trim_ascii())
}

pub(super) fn is_basic(scheme: &[u8]) -> bool {
    scheme.eq_ignore_ascii_case(b"Basic")
}

pub(super) fn is_handle(scheme: &[u8]) -> bool {
    scheme.eq_ignore_ascii_case(b"Handle")
}

/// The parameters of the Handle scheme, from the header or from the members of a JSON object.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Claim(Vec<(String, String)>);

impl Claim {
    /// The parameters behind the scheme. `None` when they are malformed or of another version of the scheme.
    pub(super) fn from_header(parameters: &[u8]) -> Option<Claim> {
        let mut rest = std::str::from_utf8(parameters).ok()?;
        let mut found = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() {
                break;
            }
            let (name, after) = rest.split_once('=')?;
            let (value, after) = value(after.trim_start())?;
            let name = name.trim();
            let decoded = name.eq_ignore_ascii_case("id");
            let value =
                if decoded { percent_decode_str(&value).decode_utf8_lossy().into_owned() } else { value };
            found.push((name.to_owned(), value));
            rest = after;
        }
        let claim = Claim(found);
        claim.get("version").is_none_or(|version| version == "0").then_some(claim)
    }

    /// The members of an object; `None` for other JSON.
    pub(crate) fn from_json(json: &Json) -> Option<Claim> {
        let Json::Object(members) = json else {
            return None;
        };
        let members = members.iter().filter_map(|(name, value)| match value {
            Json::String(text) | Json::Number(text) => Some((name.clone(), text.clone())),
            Json::Bool(flag) => Some((name.clone(), flag.to_string())),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        });
        Some(Claim(members.collect()))
    }

    /// Both; what this one says comes first.
    pub(crate) fn and(mut self, other: Claim) -> Claim {
        self.0.extend(other.0);
        self
    }

    /// A parameter, by its name in any case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// A quoted string or a token, and what follows.
fn value(text: &str) -> Option<(String, &str)> {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map(|(value, rest)| (value.to_owned(), rest)),
        None => {
            let (value, rest) = text.split_at(text.find([',', ' ']).unwrap_or(text.len()));
            Some((value.to_owned(), rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn lenient_parameters() {
        for header in [
            r#"sessionId="x/=", id="301:21.T1/A""#,
            r#"  SESSIONID = "x/=" , ID="301%3A21.T1%2FA","#,
            r#"version="0",sessionid=x/=,id=301:21.T1/A"#,
        ] {
            let claim = Claim::from_header(header.as_bytes()).unwrap();
            assert_eq!(claim.get("sessionId"), Some("x/="), "{header}");
            assert_eq!(claim.get("id"), Some("301:21.T1/A"), "{header}");
        }
        for header in [r#"version="1", sessionId="x""#, "sessionId", r#"sessionId="x"#] {
            assert_eq!(Claim::from_header(header.as_bytes()), None, "{header}");
        }
    }

    #[test]
    fn members_of_json_are_taken_as_they_are() {
        let claim = Claim::from_json(&parse(r#"{"id":"301%3Aa","iterations":5}"#).unwrap()).unwrap();
        assert_eq!((claim.get("id"), claim.get("iterations")), (Some("301%3Aa"), Some("5")));
        assert_eq!(Claim::from_json(&Json::Null), None);
    }
}
