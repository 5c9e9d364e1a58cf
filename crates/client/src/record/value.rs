//! One value of a record, as the REST API writes it in JSON (BEHAVIOUR.md 4.1 and 5.2).

use crate::reference::Reference;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::fmt::Write;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The largest data a server can read back (BEHAVIOUR.md 5.6).
pub(crate) const LARGEST_DATA: usize = 1_048_576;
/// Readable by everybody, writable by administrators: what the server leaves out (BEHAVIOUR.md 4.1).
pub(crate) const USUAL_PERMISSIONS: &str = "1110";

/// One typed value of a Handle record.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its number in the record.
    pub index: u32,
    /// The name of its type.
    pub kind: String,
    /// Its content.
    pub data: Data,
    /// How long it may be cached.
    pub ttl: Ttl,
    /// When it was last changed, in seconds since 1970, if the server said so.
    pub timestamp: Option<i64>,
    /// Four characters of 0 and 1: admin read, admin write, public read, public write.
    pub permissions: Cow<'static, str>,
    /// Other values that this one refers to.
    pub references: Vec<Reference>,
}

/// The content of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// UTF-8 text.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
    /// A structure with a format of its own: `admin`, `vlist`, `site` or `key`.
    Structured {
        /// The name of the format.
        format: String,
        /// The structure.
        value: Json,
    },
}

/// How long a value may be cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ttl {
    /// For so many seconds.
    Relative(i64),
    /// Until this time, in seconds since 1970.
    Absolute(i64),
}

impl Value {
    /// Whether the value is of this type: type names ignore ASCII case (BEHAVIOUR.md 4.1).
    pub fn is(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }

    /// Reads a value of a server's reply, or says what is wrong with it.
    pub(crate) fn from_json(json: Json) -> Result<Value, &'static str> {
        let Json::Object(mut members) = json else { return Err("a value is not an object") };
        let index = members.get("index").and_then(Json::as_u64).and_then(|n| u32::try_from(n).ok());
        let Some(Json::String(kind)) = members.remove("type") else { return Err("a value has no type") };
        let data = members.remove("data").ok_or("a value has no data")?;
        Ok(Value {
            index: index.ok_or("a value has no valid index")?,
            kind,
            data: Data::from_json(data)?,
            ttl: members.get("ttl").and_then(Ttl::from_json).ok_or("a value has no valid ttl")?,
            timestamp: members.get("timestamp").and_then(Json::as_str).and_then(seconds),
            permissions: match members.remove("permissions") {
                Some(Json::String(bits)) => bits.into(),
                Some(_) => return Err("the permissions of a value are not a string"),
                None => USUAL_PERMISSIONS.into(),
            },
            references: match members.get("references") {
                None => Vec::new(),
                Some(list) => list
                    .as_array()
                    .and_then(|list| list.iter().map(Reference::from_json).collect())
                    .ok_or("the references of a value are not a list of references")?,
            },
        })
    }

    /// The value as a server sends it.
    pub(crate) fn as_sent(&self) -> Json {
        let mut json = self.to_json();
        if self.permissions != USUAL_PERMISSIONS {
            json["permissions"] = (*self.permissions).into();
        }
        let date = self.timestamp.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
        if let Some(Ok(text)) = date.map(|date| date.format(&Rfc3339)) {
            json["timestamp"] = text.into();
        }
        json
    }

    /// The value as it is written to a server.
    pub(crate) fn to_json(&self) -> Json {
        let mut members = Map::new();
        members.insert("index".into(), self.index.into());
        members.insert("type".into(), self.kind.as_str().into());
        members.insert("data".into(), self.data.to_json());
        members.insert("ttl".into(), self.ttl.to_json());
        if self.permissions != USUAL_PERMISSIONS {
            // The server reads the first of four bits only from a string of five (BEHAVIOUR.md 5.2).
            members.insert("permissions".into(), format!("0{}", self.permissions).into());
        }
        if !self.references.is_empty() {
            members.insert("references".into(), self.references.iter().map(Reference::to_json).collect());
        }
        Json::Object(members)
    }
}

impl Data {
    /// The administrator reference that HS_ADMIN values hold.
    pub(crate) fn admin(owner: &Reference, permissions: &str) -> Data {
        let value = json!({"handle": owner.handle, "index": owner.index, "permissions": permissions});
        Data::Structured { format: "admin".to_owned(), value }
    }

    /// The list of references that HS_VLIST values hold.
    pub(crate) fn vlist<'a>(members: impl IntoIterator<Item = &'a Reference>) -> Data {
        let value = members.into_iter().map(Reference::to_json).collect();
        Data::Structured { format: "vlist".to_owned(), value }
    }

    fn from_json(json: Json) -> Result<Data, &'static str> {
        let Json::Object(mut members) = json else { return Err("the data of a value is not an object") };
        let Some(Json::String(format)) = members.remove("format") else {
            return Err("the data has no format");
        };
        match (format.as_str(), members.remove("value").ok_or("the data has no value")?) {
            ("string", Json::String(text)) => Ok(Data::Text(text)),
            ("base64", Json::String(text)) => {
                BASE64.decode(text).map(Data::Bytes).map_err(|_| "the data is not valid base64")
            }
            ("string" | "base64", _) => Err("the data is not a string"),
            (_, value) => Ok(Data::Structured { format, value }),
        }
    }

    fn to_json(&self) -> Json {
        match self {
            Data::Text(text) => json!({"format": "string", "value": text}),
            Data::Bytes(bytes) => json!({"format": "base64", "value": BASE64.encode(bytes)}),
            Data::Structured { format, value } => json!({"format": format, "value": value}),
        }
    }

    /// The name that the REST API has for the form of the content.
    pub fn format(&self) -> &str {
        match self {
            Data::Text(_) => "string",
            Data::Bytes(_) => "base64",
            Data::Structured { format, .. } => format,
        }
    }

    /// The bytes of the value, where the server gives them: not for structures.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Data::Text(text) => Some(text.as_bytes()),
            Data::Bytes(bytes) => Some(bytes),
            Data::Structured { .. } => None,
        }
    }

    /// The content as text: structures as JSON, bytes where they are UTF-8 without NUL.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        let text: Cow<str> = match self {
            Data::Text(text) => text.into(),
            Data::Bytes(bytes) => std::str::from_utf8(bytes).ok()?.into(),
            Data::Structured { value, .. } => Data::written(value).into(),
        };
        (!text.contains('\0')).then_some(text)
    }

    /// A structure as text.
    pub fn written(structure: &Json) -> String {
        // Few are longer.
        let mut text = String::with_capacity(256);
        // A string takes all that is written to it.
        let _ = write!(text, "{structure}");
        text
    }

    /// The same without a copy of what is text already.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Data::Text(text) if !text.contains('\0') => Some(text),
            other => other.text().map(Cow::into_owned),
        }
    }

    /// How much of a record the content takes, where this is known here.
    pub(crate) fn len(&self) -> usize {
        match self {
            Data::Text(text) => text.len(),
            Data::Bytes(bytes) => bytes.len(),
            Data::Structured { value, .. } => value.to_string().len(),
        }
    }
}

impl Ttl {
    /// What servers take for a value without one.
    pub(crate) const USUAL: Ttl = Ttl::Relative(86_400);

    pub(crate) fn from_json(json: &Json) -> Option<Ttl> {
        match json {
            Json::String(text) => seconds(text).map(Ttl::Absolute),
            number => number.as_i64().map(Ttl::Relative),
        }
    }

    fn to_json(self) -> Json {
        match self {
            Ttl::Relative(seconds) => seconds.into(),
            Ttl::Absolute(seconds) => date(seconds).map_or(Json::Null, Json::String),
        }
    }

    /// Whether a server stores it as it is: larger numbers wrap around (BEHAVIOUR.md 5.2).
    pub(crate) fn is_storable(self) -> bool {
        match self {
            Ttl::Relative(seconds) => (0..=i64::from(i32::MAX)).contains(&seconds),
            Ttl::Absolute(seconds) => (0..=i64::from(i32::MAX)).contains(&seconds),
        }
    }
}

/// `2030-01-01T00:00:00Z` as seconds since 1970.
pub(super) fn seconds(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

fn date(seconds: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_a_round_trip() {
        let json = json!({
            "index": 3, "type": "X", "data": {"format": "string", "value": "ü \"q\"\n"},
            "permissions": "0110", "ttl": "2030-01-01T00:00:00Z", "timestamp": "2024-01-01T00:00:00Z",
            "references": [{"handle": "p/x", "index": 1}]
        });
        let value = Value::from_json(json).unwrap();
        assert_eq!(value.timestamp, Some(1_704_067_200));
        assert_eq!(value.ttl, Ttl::Absolute(1_893_456_000));
        assert_eq!(
            value.to_json(),
            json!({
                "index": 3, "type": "X", "data": {"format": "string", "value": "ü \"q\"\n"},
                "permissions": "00110", "ttl": "2030-01-01T00:00:00Z",
                "references": [{"handle": "p/x", "index": 1}]
            })
        );
    }

    #[test]
    fn malformed_values_are_refused() {
        for json in [
            json!(1),
            json!({"type": "X", "data": {"format": "string", "value": "x"}, "ttl": 1}),
            json!({"index": -1, "type": "X", "data": {"format": "string", "value": "x"}, "ttl": 1}),
            json!({"index": 1, "data": {"format": "string", "value": "x"}, "ttl": 1}),
            json!({"index": 1, "type": "X", "ttl": 1}),
            json!({"index": 1, "type": "X", "data": {"value": "x"}, "ttl": 1}),
            json!({"index": 1, "type": "X", "data": {"format": "string", "value": 1}, "ttl": 1}),
            json!({"index": 1, "type": "X", "data": {"format": "base64", "value": "*"}, "ttl": 1}),
            json!({"index": 1, "type": "X", "data": {"format": "string", "value": "x"}, "ttl": "soon"}),
        ] {
            assert!(Value::from_json(json.clone()).is_err(), "{json}");
        }
    }

    #[test]
    fn bytes_are_text_where_they_can_be() {
        assert_eq!(Data::Bytes(b"a\x1b[0m".to_vec()).text().as_deref(), Some("a\x1b[0m"));
        assert_eq!(Data::Bytes(vec![0xff]).text(), None);
        assert_eq!(Data::Bytes(vec![b'a', 0]).text(), None);
    }
}
