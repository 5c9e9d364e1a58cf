//! Values as servers usually write them, read without a tree of JSON in between. Whatever is unusual, or wrong, is left to
//! [`Value::from_json`], which also says what is wrong.

use super::value::{Data, Ttl, USUAL_PERMISSIONS, Value, seconds};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::fmt;

/// A value that stands in a reply.
pub(crate) struct PlainValue(pub(crate) Value);

/// Text with room for one more byte, which C needs at its end.
pub(crate) struct PlainText(pub(crate) String);

struct PlainData(Data);

/// What is not as usual.
pub(crate) fn unusual<E: Error>() -> E {
    E::custom("unusual")
}

/// Puts a member in its place, which it has only once.
pub(crate) fn once<T, E: Error>(place: &mut Option<T>, member: T) -> Result<(), E> {
    if place.replace(member).is_some() { Err(unusual()) } else { Ok(()) }
}

impl<'de> Deserialize<'de> for PlainText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PlainText, D::Error> {
        struct Texts;
        impl Visitor<'_> for Texts {
            type Value = PlainText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_str<E>(self, text: &str) -> Result<PlainText, E> {
                let mut copy = String::with_capacity(text.len() + 1);
                copy.push_str(text);
                Ok(PlainText(copy))
            }
        }
        deserializer.deserialize_str(Texts)
    }
}

impl<'de> Deserialize<'de> for PlainValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PlainValue, D::Error> {
        struct Values;
        impl<'de> Visitor<'de> for Values {
            type Value = PlainValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<PlainValue, A::Error> {
                let (mut index, mut kind, mut data, mut ttl) = (None, None, None, None);
                let (mut timestamp, mut permissions) = (None, None);
                while let Some(name) = members.next_key::<&str>()? {
                    match name {
                        "index" => once(&mut index, members.next_value::<u32>()?)?,
                        "type" => once(&mut kind, members.next_value::<PlainText>()?.0)?,
                        "data" => once(&mut data, members.next_value::<PlainData>()?.0)?,
                        "ttl" => once(&mut ttl, Ttl::Relative(members.next_value::<i64>()?))?,
                        "timestamp" => once(&mut timestamp, seconds(members.next_value::<&str>()?))?,
                        "permissions" => once(&mut permissions, members.next_value::<PlainText>()?.0)?,
                        _ => return Err(unusual()),
                    }
                }
                Ok(PlainValue(Value {
                    index: index.ok_or_else(unusual)?,
                    kind: kind.ok_or_else(unusual)?,
                    data: data.ok_or_else(unusual)?,
                    ttl: ttl.ok_or_else(unusual)?,
                    timestamp: timestamp.flatten(),
                    permissions: permissions.map_or(USUAL_PERMISSIONS.into(), Into::into),
                    references: Vec::new(),
                }))
            }
        }
        deserializer.deserialize_map(Values)
    }
}

impl<'de> Deserialize<'de> for PlainData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PlainData, D::Error> {
        struct Contents;
        impl<'de> Visitor<'de> for Contents {
            type Value = PlainData;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the data of a value")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<PlainData, A::Error> {
                let Some(("format", format)) = members.next_entry::<&str, &str>()? else {
                    return Err(unusual());
                };
                let Some("value") = members.next_key::<&str>()? else { return Err(unusual()) };
                let data = match format {
                    "string" => Data::Text(members.next_value::<PlainText>()?.0),
                    "base64" => {
                        let bytes = BASE64.decode(members.next_value::<&str>()?);
                        Data::Bytes(bytes.map_err(|_| unusual())?)
                    }
                    _ => Data::Structured { format: format.to_owned(), value: members.next_value()? },
                };
                match members.next_key::<&str>()? {
                    None => Ok(PlainData(data)),
                    Some(_) => Err(unusual()),
                }
            }
        }
        deserializer.deserialize_map(Contents)
    }
}
