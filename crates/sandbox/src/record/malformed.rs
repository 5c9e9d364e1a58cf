//! The error of a value that is not well formed, and the member accesses that produce it.

use crate::json::{Json, wrapped_integer};
use std::fmt;

/// Says which part of a value is wrong. The real server sends a Java exception text here.
#[derive(Debug, PartialEq)]
pub(crate) struct Malformed(pub(crate) String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Access to the members of an object of a request, by the coercions of BEHAVIOUR.md 5.2.
pub(super) trait Member {
    /// A member that must be there.
    fn need(&self, name: &str) -> Result<&Json, Malformed>;
    /// A string, number or boolean as text.
    fn as_text(&self) -> Option<&str>;
    /// A number cut to 32 bits, or a string holding exactly such a number.
    fn as_integer(&self) -> Option<i32>;

    fn need_text(&self, name: &str) -> Result<&str, Malformed> {
        let member = self.need(name)?;
        member.as_text().ok_or_else(|| Malformed(format!("{name} is not a string")))
    }

    fn need_integer(&self, name: &str) -> Result<i32, Malformed> {
        let member = self.need(name)?;
        member.as_integer().ok_or_else(|| Malformed(format!("{name} is not a number")))
    }
}

impl Member for Json {
    fn need(&self, name: &str) -> Result<&Json, Malformed> {
        match self {
            Json::Object(_) => self.get(name).ok_or_else(|| Malformed(format!("{name} is missing"))),
            other => Err(Malformed(format!("Not a JSON Object: {}", other.compact()))),
        }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Json::String(text) | Json::Number(text) => Some(text),
            Json::Bool(true) => Some("true"),
            Json::Bool(false) => Some("false"),
            _ => None,
        }
    }

    fn as_integer(&self) -> Option<i32> {
        match self {
            Json::Number(text) => wrapped_integer(text),
            Json::String(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// The elements of an array.
pub(super) fn elements(json: &Json) -> Result<&[Json], Malformed> {
    match json {
        Json::Array(items) => Ok(items),
        other => Err(Malformed(format!("Not a JSON Array: {}", other.compact()))),
    }
}
