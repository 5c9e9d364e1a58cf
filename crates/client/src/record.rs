//! Handle records and their values, as the REST API writes them in JSON (BEHAVIOUR.md 4.1 and 5.2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json, json};

/// Where a URL lives by convention.
pub(crate) const URL_INDEX: u32 = 1;
/// Where the first HS_ADMIN lives by convention; others follow up to 199.
pub(crate) const ADMIN_INDEX: u32 = 100;
const ADMIN_INDEXES: std::ops::RangeInclusive<u32> = ADMIN_INDEX..=199;
/// The largest index a server stores (BEHAVIOUR.md 5.2: larger ones wrap around silently).
pub(crate) const LARGEST_INDEX: u32 = i32::MAX as u32;
/// The largest data a server can read back (BEHAVIOUR.md 5.6).
pub(crate) const LARGEST_DATA: usize = 1_048_576;

/// One typed value of a Handle record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) index: u32,
    pub(crate) kind: String,
    pub(crate) data: Data,
    /// Everything else that must survive when the data is changed, as the server wrote it.
    pub(crate) ttl: Option<Json>,
    pub(crate) permissions: Option<String>,
    pub(crate) references: Option<Json>,
}

/// The content of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Data {
    Text(String),
    Bytes(Vec<u8>),
    /// A structure with a format of its own, such as `admin` or `vlist`.
    Structured {
        format: String,
        value: Json,
    },
}

impl Value {
    pub(crate) fn new(index: u32, kind: &str, data: Data) -> Value {
        Value { index, kind: kind.to_owned(), data, ttl: None, permissions: None, references: None }
    }

    /// Whether the value is of this type: type names ignore ASCII case (BEHAVIOUR.md 4.1).
    pub(crate) fn is(&self, kind: &str) -> bool {
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
            ttl: members.remove("ttl"),
            permissions: match members.remove("permissions") {
                Some(Json::String(bits)) => Some(bits),
                Some(_) => return Err("the permissions of a value are not a string"),
                None => None,
            },
            references: members.remove("references"),
        })
    }

    /// The value as it is written to a server.
    pub(crate) fn to_json(&self) -> Json {
        let mut members = Map::new();
        members.insert("index".into(), self.index.into());
        members.insert("type".into(), self.kind.as_str().into());
        members.insert("data".into(), self.data.to_json());
        if let Some(ttl) = &self.ttl {
            members.insert("ttl".into(), ttl.clone());
        }
        if let Some(bits) = &self.permissions {
            // The server reads the first of four bits only from a string of five (BEHAVIOUR.md 5.2).
            members.insert("permissions".into(), format!("0{bits}").into());
        }
        if let Some(references) = &self.references {
            members.insert("references".into(), references.clone());
        }
        Json::Object(members)
    }
}

impl Data {
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

    /// The content as text: structures as JSON, bytes where they are UTF-8 without NUL.
    pub(crate) fn into_text(self) -> Option<String> {
        let text = match self {
            Data::Text(text) => text,
            Data::Bytes(bytes) => String::from_utf8(bytes).ok()?,
            Data::Structured { value, .. } => value.to_string(),
        };
        (!text.contains('\0')).then_some(text)
    }
}

/// The administrator reference that HS_ADMIN values hold.
pub(crate) fn admin(handle: &str, index: u32, permissions: &str) -> Data {
    Data::Structured {
        format: "admin".to_owned(),
        value: json!({"handle": handle, "index": index, "permissions": permissions}),
    }
}

/// The index for a new value of this type beside the taken ones, as B2HANDLE chooses it: URL at 1, HS_ADMIN
/// from 100 to 199, all others from 2 on without those. `None` when no index is left.
pub(crate) fn free_index(kind: &str, is_taken: impl Fn(u32) -> bool) -> Option<u32> {
    let free = |index: &u32| !is_taken(*index);
    if kind.eq_ignore_ascii_case("HS_ADMIN") {
        return ADMIN_INDEXES.into_iter().find(free);
    }
    if kind.eq_ignore_ascii_case("URL") && free(&URL_INDEX) {
        return Some(URL_INDEX);
    }
    (2..=LARGEST_INDEX).filter(|index| !ADMIN_INDEXES.contains(index)).find(free)
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
        let written = Value::from_json(json).unwrap().to_json();
        assert_eq!(
            written,
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
            json!({"type": "X", "data": {"format": "string", "value": "x"}}),
            json!({"index": -1, "type": "X", "data": {"format": "string", "value": "x"}}),
            json!({"index": 1, "data": {"format": "string", "value": "x"}}),
            json!({"index": 1, "type": "X"}),
            json!({"index": 1, "type": "X", "data": {"value": "x"}}),
            json!({"index": 1, "type": "X", "data": {"format": "string", "value": 1}}),
            json!({"index": 1, "type": "X", "data": {"format": "base64", "value": "*"}}),
        ] {
            assert!(Value::from_json(json.clone()).is_err(), "{json}");
        }
    }

    #[test]
    fn bytes_are_text_where_they_can_be() {
        assert_eq!(Data::Bytes(b"a\x1b[0m".to_vec()).into_text().as_deref(), Some("a\x1b[0m"));
        assert_eq!(Data::Bytes(vec![0xff]).into_text(), None);
        assert_eq!(Data::Bytes(vec![b'a', 0]).into_text(), None);
    }

    #[test]
    fn indexes_are_chosen_as_b2handle_does() {
        let taken = |taken: &'static [u32]| move |index| taken.contains(&index);
        assert_eq!(free_index("URL", taken(&[])), Some(1));
        assert_eq!(free_index("url", taken(&[1, 100])), Some(2));
        assert_eq!(free_index("HS_ADMIN", taken(&[100, 101])), Some(102));
        assert_eq!(free_index("X", taken(&[2, 3, 5])), Some(4));
        assert_eq!(free_index("X", |index| index < 100), Some(200));
        assert_eq!(free_index("HS_ADMIN", |_| true), None);
    }
}
