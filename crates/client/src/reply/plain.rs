//! The reply to a read as servers usually write it. Most replies are such; the others, failures among them, are read as trees
//! of JSON.

use crate::record::{PlainText, PlainValue, Value, once, unusual};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::fmt;

pub(super) struct PlainReply {
    pub(super) code: i64,
    pub(super) handle: String,
    pub(super) values: Vec<Value>,
}

impl PlainReply {
    pub(super) fn read(body: &[u8]) -> Option<PlainReply> {
        serde_json::from_str(str::from_utf8(body).ok()?).ok()
    }
}

impl<'de> Deserialize<'de> for PlainReply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PlainReply, D::Error> {
        struct Replies;
        impl<'de> Visitor<'de> for Replies {
            type Value = PlainReply;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a reply")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<PlainReply, A::Error> {
                let (mut code, mut handle, mut values) = (None, None, None);
                while let Some(name) = members.next_key::<&str>()? {
                    match name {
                        "responseCode" => once(&mut code, members.next_value()?)?,
                        "handle" => once(&mut handle, members.next_value::<PlainText>()?.0)?,
                        "values" => once(&mut values, members.next_value::<Vec<PlainValue>>()?)?,
                        _ => return Err(unusual()),
                    }
                }
                Ok(PlainReply {
                    code: code.ok_or_else(unusual)?,
                    handle: handle.ok_or_else(unusual)?,
                    values: values.ok_or_else(unusual)?.into_iter().map(|value| value.0).collect(),
                })
            }
        }
        deserializer.deserialize_map(Replies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn value() -> Json {
        json!({"index": 1, "type": "URL", "data": {"format": "string", "value": "http://x/ä\n"}, "ttl": 86400,
            "timestamp": "2026-01-02T03:04:05Z"})
    }

    fn reply(value: Json) -> String {
        json!({"responseCode": 1, "handle": "21.T1/A", "values": [value]}).to_string()
    }

    fn with(name: &str, member: Json) -> Json {
        let mut value = value();
        value[name] = member;
        value
    }

    #[test]
    fn both_ways_to_read_agree() {
        for value in [
            value(),
            with("permissions", json!("1100")),
            with("timestamp", json!("yesterday")),
            with("data", json!({"format": "base64", "value": "/wA="})),
            with(
                "data",
                json!({"format": "admin", "value": {"handle": "0.NA/x", "index": 300, "permissions": "1"}}),
            ),
            with("ttl", json!(0)),
        ] {
            let plain =
                PlainReply::read(reply(value.clone()).as_bytes()).unwrap_or_else(|| panic!("{value}"));
            assert_eq!((plain.code, plain.handle.as_str()), (1, "21.T1/A"));
            assert_eq!(plain.values, [Value::from_json(value).unwrap()]);
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_other_way() {
        for value in [
            with("index", json!("1")),
            with("index", json!(-1)),
            with("index", json!(5_000_000_000_u64)),
            with("ttl", json!("2030-01-01T00:00:00Z")),
            with("references", json!([])),
            with("data", json!({"format": "string", "value": 1})),
            with("data", json!({"format": "base64", "value": "?"})),
            with("data", json!({"format": "string"})),
            with("data", json!({"format": "string", "value": "", "x": 1})),
            with("type", Json::Null),
            with("more", json!(1)),
            json!([]),
        ] {
            assert!(PlainReply::read(reply(value.clone()).as_bytes()).is_none(), "{value}");
        }
        let usual = reply(value());
        for (part, other) in [
            (r#""index":1"#, r#""index":1,"index":2"#),
            (r#""index":1"#, r#""\u0069ndex":1"#),
            (r#""responseCode":1"#, r#""responseCode":1,"responseCode":2"#),
            (r#""format":"string","value":"#, r#""value":"x","format":"#),
        ] {
            assert!(usual.contains(part));
            assert!(PlainReply::read(usual.replace(part, other).as_bytes()).is_none(), "{other}");
        }
        for cut in 0..usual.len() {
            assert!(PlainReply::read(&usual.as_bytes()[..cut]).is_none());
        }
    }
}
