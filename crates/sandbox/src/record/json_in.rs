//! Values from the JSON of a request (BEHAVIOUR.md 5.2).

use super::admin::Admin;
use super::malformed::{Malformed, Member, elements};
use super::reference::Reference;
use super::value::{Access, Ttl, Value};
use super::{key, site, text, time, vlist};
use crate::json::Json;

impl Value {
    /// The value a request describes. Its timestamp is `now`: a given one is checked and ignored.
    pub(crate) fn from_json(json: &Json, now: i64) -> Result<Value, Malformed> {
        let value = Value {
            index: json.need_integer("index")?,
            kind: json.need_text("type")?.to_owned(),
            data: data(json.need("data")?)?,
            access: json.get("permissions").map_or(Ok(Access::DEFAULT), access)?,
            ttl: json.get("ttl").map_or(Ok(Ttl::DEFAULT), ttl)?,
            timestamp: now,
            references: references(json.get("references"))?,
        };
        Value::given_timestamp(json)?;
        Ok(value)
    }

    /// The timestamp member, when there is one.
    pub(crate) fn given_timestamp(json: &Json) -> Result<Option<i64>, Malformed> {
        json.get("timestamp").map(|given| point_in_time(given, "timestamp")).transpose()
    }
}

fn data(json: &Json) -> Result<Vec<u8>, Malformed> {
    if let Some(plain) = json.as_text() {
        return Ok(plain.as_bytes().to_vec());
    }
    let format = json.need_text("format")?;
    match format.to_ascii_lowercase().as_str() {
        "string" => Ok(json.need_text("value")?.as_bytes().to_vec()),
        "base64" => text::from_base64(json.need_text("value")?),
        "hex" => text::from_hex(json.need_text("value")?),
        "admin" => Ok(Admin::from_json(json.need("value")?)?.encode()),
        "vlist" => vlist::from_json(json.need("value")?),
        "site" => site::from_json(json.need("value")?),
        "key" => key::from_json(json.need("value")?),
        _ => Err(Malformed(format!("Unexpected type {format}"))),
    }
}

fn access(json: &Json) -> Result<Access, Malformed> {
    let text = json.as_text().ok_or_else(|| Malformed("permissions is not a string".to_owned()))?;
    Ok(Access::from_text(text))
}

fn ttl(json: &Json) -> Result<Ttl, Malformed> {
    match json {
        Json::Number(_) => {
            let seconds = json.as_integer().ok_or_else(|| Malformed("ttl is not a number".to_owned()))?;
            Ok(Ttl::Relative(seconds))
        }
        other => point_in_time(other, "ttl").map(Ttl::Absolute),
    }
}

fn point_in_time(json: &Json, name: &str) -> Result<i64, Malformed> {
    match json {
        Json::String(text) => {
            time::parse(text).ok_or_else(|| Malformed(format!("{name}: Can't parse {text}")))
        }
        other => Err(Malformed(format!("{name}: not a date: {}", other.compact()))),
    }
}

fn references(json: Option<&Json>) -> Result<Vec<Reference>, Malformed> {
    match json {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(list) => elements(list)?.iter().map(Reference::from_json).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn value(text: &str) -> Result<Value, Malformed> {
        Value::from_json(&parse(text).unwrap(), 7)
    }

    #[test]
    fn data_forms() {
        for (data, bytes) in [
            (r#""x""#, &b"x"[..]),
            ("5", b"5"),
            ("true", b"true"),
            (r#"{"format":"STRING","value":12.5}"#, b"12.5"),
            (r#"{"format":"base64","value":"AP+g"}"#, b"\x00\xff\xa0"),
            (r#"{"format":"hex","value":"00FFa0"}"#, b"\x00\xff\xa0"),
        ] {
            let value = value(&format!(r#"{{"index":1,"type":"X","data":{data}}}"#)).unwrap();
            assert_eq!(value.data, bytes, "{data}");
        }
    }

    #[test]
    fn malformed_values_are_refused() {
        for text in [
            r#"{"type":"X","data":"x"}"#,
            r#"{"index":"a","type":"X","data":"x"}"#,
            r#"{"index":true,"type":"X","data":"x"}"#,
            r#"{"index":1,"data":"x"}"#,
            r#"{"index":1,"type":null,"data":"x"}"#,
            r#"{"index":1,"type":"X"}"#,
            r#"{"index":1,"type":"X","data":null}"#,
            r#"{"index":1,"type":"X","data":["x"]}"#,
            r#"{"index":1,"type":"X","data":{"value":"x"}}"#,
            r#"{"index":1,"type":"X","data":{"format":"xml","value":"x"}}"#,
            r#"{"index":1,"type":"X","data":{"format":"string"}}"#,
            r#"{"index":1,"type":"X","data":"x","permissions":null}"#,
            r#"{"index":1,"type":"X","data":"x","ttl":null}"#,
            r#"{"index":1,"type":"X","data":"x","ttl":true}"#,
            r#"{"index":1,"type":"X","data":"x","timestamp":"yesterday"}"#,
            r#"{"index":1,"type":"X","data":"x","references":[1]}"#,
            "1",
        ] {
            assert!(value(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_given_timestamp_is_ignored() {
        let text = r#"{"index":"1","type":"X","data":"x","ttl":1.9,"timestamp":"2001-02-03T04:05:06Z"}"#;
        let value = value(text).unwrap();
        assert_eq!((value.index, value.ttl, value.timestamp), (1, Ttl::Relative(1), 7));
    }
}
