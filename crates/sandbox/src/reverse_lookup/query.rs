//! What a query string of the servlet asks for.

use crate::form;
use crate::store::{Condition, Page, Search};

const DEFAULT_LIMIT: i64 = 1000;
const MAX_LIMIT: i64 = 100_000;
/// Every other parameter is a type to search for. The spelling counts.
const RESERVED: [&str; 4] = ["limit", "page", "enforcesql", "retrieverecords"];

#[derive(Debug, PartialEq)]
pub(super) struct Query {
    pub(super) search: Search,
    /// Without the servlet's own maximum, which only SQL has.
    pub(super) asked_limit: i64,
    pub(super) wanted: Wanted,
}

#[derive(Debug, PartialEq)]
pub(super) enum Wanted {
    Names,
    Records,
}

impl Query {
    /// The error is the text of the 500 that the servlet answers.
    pub(super) fn parse(prefix: Option<&str>, query: &str) -> Result<Query, String> {
        let pairs = form::pairs(query);
        let first =
            |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        // A slip of the servlet: the parameter that was to bypass another index is always refused.
        if first("enforcesql").is_some() {
            return Err("You asked to enforce SQL usage, but SQL is not configured.\n".to_owned());
        }
        let number = |name: &str, default: i64| match first(name) {
            None => Ok(default),
            Some(text) => match text.parse::<i32>() {
                Ok(number) => Ok(i64::from(number)),
                Err(_) => Err(format!("Invalid number: For input string: \"{text}\"")),
            },
        };
        let (limit, page) = (number("limit", DEFAULT_LIMIT)?, number("page", 0)?);
        if limit < 0 || page < 0 {
            return Err(
                "You have an error in your SQL syntax (SQL error code 1064; SQL State 42000)".to_owned()
            );
        }
        let mut conditions: Vec<Condition> = Vec::new();
        for (kind, value) in pairs.iter().filter(|(name, _)| !RESERVED.contains(&name.as_str())) {
            if kind.eq_ignore_ascii_case("HS_SECKEY") {
                return Err("Searching via HS_SECKEY entries is not allowed!".to_owned());
            }
            // The same type twice: one value must meet both.
            match conditions.iter_mut().find(|condition| condition.kind == *kind) {
                Some(condition) => condition.values.push(value.clone()),
                None => conditions.push(Condition { kind: kind.clone(), values: vec![value.clone()] }),
            }
        }
        let wanted = if first("retrieverecords") == Some("true") { Wanted::Records } else { Wanted::Names };
        // The offset follows from the limit that was asked for, not from the one in force.
        let page = Page { limit: limit.min(MAX_LIMIT), offset: page * limit };
        let search = Search { prefix: prefix.map(str::to_owned), conditions, page };
        Ok(Query { search, asked_limit: limit, wanted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_pages() {
        let Query { search, wanted, .. } =
            Query::parse(Some("21.T1"), "URL=a%2Ab&EMAIL=x+y&URL=c&Limit=z&limit=200000&page=2").unwrap();
        let condition = |kind: &str, values: &[&str]| Condition {
            kind: kind.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        assert_eq!(
            search.conditions,
            [condition("URL", &["a*b", "c"]), condition("EMAIL", &["x y"]), condition("Limit", &["z"])]
        );
        assert_eq!((search.page.limit, search.page.offset, wanted), (100_000, 400_000, Wanted::Names));
    }

    #[test]
    fn refusals() {
        for (query, words) in [
            ("URL=x&enforcesql=false", "enforce SQL"),
            ("URL=x&limit=ten", "Invalid number: For input string: \"ten\""),
            ("URL=x&page=-1", "SQL error code"),
            ("hs_seckey=x", "HS_SECKEY entries is not allowed!"),
        ] {
            let problem = Query::parse(None, query).unwrap_err();
            assert!(problem.contains(words), "{query}: {problem}");
        }
    }
}
