//! References to single values: `index:handle`.

use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use serde_json::{Value as Json, json};
use std::fmt;
use std::str::FromStr;

/// `index:handle`: one value of a Handle, such as a key or a list of administrators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The index of the value; 0 means any.
    pub index: u32,
    /// The name of the Handle.
    pub handle: String,
}

impl Reference {
    /// Reads `300:prefix/suffix`. The error continues a sentence about the text.
    pub(crate) fn parse(text: &str) -> std::result::Result<Reference, String> {
        let form = "must have the form index:prefix/suffix, such as 300:21.T12345/USER01";
        let Some((index, handle)) = text.split_once(':') else {
            return Err(format!("{form}; \"{text}\" has no index"));
        };
        let Ok(index) = index.parse() else {
            return Err(format!("{form}; \"{index}\" is not an index"));
        };
        match Handle::parse(handle) {
            Ok(handle) if handle.index().is_some() => Err(format!("{form}; there are two indexes")),
            Ok(handle) => Ok(Reference { index, handle: handle.as_str().to_owned() }),
            Err(error) => Err(format!("{form}. {}", error.message().trim_end_matches('.'))),
        }
    }

    /// Reads it from the REST API's JSON. The index may be text, as B2HANDLE writes it and servers take it.
    pub(crate) fn from_json(json: &Json) -> Option<Reference> {
        let index = &json["index"];
        let index = index.as_u64().or_else(|| index.as_str()?.parse().ok())?;
        Some(Reference { index: u32::try_from(index).ok()?, handle: json["handle"].as_str()?.to_owned() })
    }

    pub(crate) fn to_json(&self) -> Json {
        json!({"handle": self.handle, "index": self.index})
    }

    /// Whether both mean the same value: names ignore ASCII case.
    pub(crate) fn is(&self, other: &Reference) -> bool {
        self.index == other.index && self.handle.eq_ignore_ascii_case(&other.handle)
    }
}

impl FromStr for Reference {
    type Err = Error;

    /// Reads `300:prefix/suffix`.
    fn from_str(text: &str) -> Result<Reference> {
        Reference::parse(text)
            .map_err(|why| Error::new(Kind::InvalidArgument, format!("The identity {why}.")))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.index, self.handle)
    }
}
