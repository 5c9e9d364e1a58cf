//! Values to be written: a list that a caller fills, checked as it grows.

use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::locations::{self, Edit, Edited};
use crate::record::{
    AdminPermissions, Data, LARGEST_DATA, LARGEST_INDEX, Order, Ttl, USUAL_PERMISSIONS, Value, free_index,
};
use crate::reference::Reference;
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::HashSet;

/// A value to be written. What is not said stays as it is on the server, or gets the usual value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewValue {
    pub(crate) index: Option<u32>,
    pub(crate) kind: String,
    pub(crate) data: Data,
    pub(crate) ttl: Option<Ttl>,
    pub(crate) permissions: Option<String>,
    pub(crate) references: Vec<Reference>,
    /// Locations that were put together here, and get the attribute `chooseby` of the configuration.
    pub(crate) is_of_locations: bool,
}

impl NewValue {
    /// The value for a place where there is none yet.
    pub(crate) fn at(&self, index: u32) -> Value {
        Value {
            index,
            kind: self.kind.clone(),
            data: self.data.clone(),
            ttl: self.ttl.unwrap_or(Ttl::USUAL),
            timestamp: None,
            permissions: self.permissions.clone().map_or(USUAL_PERMISSIONS.into(), Cow::Owned),
            references: self.references.clone(),
        }
    }

    /// The value in place of one that is there: what was not said stays.
    pub(crate) fn instead_of(&self, old: &Value) -> Value {
        Value {
            index: old.index,
            kind: old.kind.clone(),
            data: self.data.clone(),
            ttl: self.ttl.unwrap_or(old.ttl),
            timestamp: None,
            permissions: self.permissions.clone().map_or_else(|| old.permissions.clone(), Cow::Owned),
            references: if self.references.is_empty() {
                old.references.clone()
            } else {
                self.references.clone()
            },
        }
    }
}

/// A list of values to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<NewValue>);

impl Values {
    /// An empty list.
    pub fn new() -> Values {
        Values::default()
    }

    /// Adds a value. Without an index, the operation chooses one; with a given index the value goes there.
    ///
    /// # Errors
    /// [`Kind::InvalidValue`] for an index that is not 1 to 2147483647 or is in the list already, an empty type,
    /// or a structure that does not fit the type; [`Kind::ValueTooLarge`] for data over 1 MiB.
    pub fn add(&mut self, index: Option<u32>, kind: &str, data: Data) -> Result<()> {
        self.push(NewValue {
            index,
            kind: kind.to_owned(),
            data,
            ttl: None,
            permissions: None,
            references: Vec::new(),
            is_of_locations: false,
        })
    }

    /// Adds a text value.
    ///
    /// # Errors
    /// As [`Values::add`].
    pub fn add_text(&mut self, index: Option<u32>, kind: &str, text: &str) -> Result<()> {
        self.add(index, kind, Data::Text(text.to_owned()))
    }

    /// Adds an HS_ADMIN value: who administers the Handle, and what they may do.
    ///
    /// # Errors
    /// As [`Values::add`].
    pub fn add_admin(&mut self, index: Option<u32>, owner: &str, permissions: &str) -> Result<()> {
        let owner = reference(owner)?;
        self.add(index, "HS_ADMIN", Data::admin(&owner, permissions))
    }

    /// Adds an HS_VLIST value: a list of users, each `index:handle`.
    ///
    /// # Errors
    /// As [`Values::add`].
    pub fn add_vlist<'a>(
        &mut self,
        index: Option<u32>,
        members: impl IntoIterator<Item = &'a str>,
    ) -> Result<()> {
        let members = members.into_iter().map(reference).collect::<Result<Vec<_>>>()?;
        self.add(index, "HS_VLIST", Data::vlist(&members))
    }

    /// Adds locations to the 10320/LOC value of the list, or such a value where it has none: several URLs, each with
    /// these attributes. What is told of the attributes at [`Client::add_locations`](crate::Client::add_locations)
    /// holds here, too. The attribute `chooseby` of a new value comes from the configuration.
    ///
    /// # Errors
    /// As [`Values::add`], and [`Kind::InvalidValue`] for attributes that cannot be written as XML. Then nothing is
    /// added.
    pub fn add_locations(&mut self, urls: &[&str], attributes: &[(&str, &str)]) -> Result<()> {
        let mut present = self.0.iter_mut().filter(|value| value.kind.eq_ignore_ascii_case(locations::KIND));
        let present = match (present.next(), present.next()) {
            (_, Some(_)) => {
                return Err(invalid(
                    "The list has several 10320/LOC values: it is not clear which one.".into(),
                ));
            }
            (value, None) => value,
        };
        let text = match present.as_ref().map(|value| &value.data) {
            Some(Data::Text(text)) => Some(text.as_str()),
            Some(_) => return Err(invalid("The 10320/LOC value of the list is not text.".to_owned())),
            None => None,
        };
        let edit = Edit::Add { urls, attributes };
        let text = match locations::edited(text, &edit, None)? {
            Edited::Changed(text, _) => text,
            Edited::Same | Edited::Gone(_) => return Ok(()),
        };
        match present {
            Some(value) => {
                let data = Data::Text(text);
                check_data(&value.kind, &data)?;
                value.data = data;
                Ok(())
            }
            None => {
                self.add_text(None, locations::KIND, &text)?;
                self.last()?.is_of_locations = true;
                Ok(())
            }
        }
    }

    /// These values, with the attribute `chooseby` in locations that were put together here.
    pub(crate) fn choosing_by(&self, chooseby: Option<&str>) -> Result<Values> {
        let mut values = self.clone();
        for value in values.0.iter_mut().filter(|value| value.is_of_locations) {
            if let Data::Text(text) = &mut value.data {
                *text = locations::with_chooseby(text, chooseby)?;
            }
        }
        Ok(values)
    }

    /// Adds a value whose data is a structure in JSON, with the name of its format: `admin`, `vlist`, `key`
    /// (for HS_PUBKEY), `site` (for HS_SITE).
    ///
    /// # Errors
    /// As [`Values::add`].
    pub fn add_structured(&mut self, index: Option<u32>, kind: &str, format: &str, json: &str) -> Result<()> {
        if !["admin", "vlist", "key", "site"].contains(&format) {
            return Err(invalid(format!(
                "\"{format}\" is not a format; expected admin, vlist, key or site."
            )));
        }
        let value = parse(json)?;
        self.add(index, kind, Data::Structured { format: format.to_owned(), value })
    }

    /// Adds values as the REST API and B2HANDLE write them in JSON: one object with `type` and `data`, and
    /// optionally `index`, `ttl`, `permissions`, `references`; or a list of them; or an object with `values`.
    ///
    /// # Errors
    /// As [`Values::add`]. Then none is added.
    pub fn add_json(&mut self, json: &str) -> Result<()> {
        let entries = match parse(json)? {
            Json::Array(entries) => entries,
            Json::Object(mut members) if members.contains_key("values") => match members.remove("values") {
                Some(Json::Array(entries)) => entries,
                _ => return Err(invalid("\"values\" is not a list.".to_owned())),
            },
            entry => vec![entry],
        };
        let before = self.0.len();
        for (at, entry) in entries.into_iter().enumerate() {
            let added = from_json(entry).map_err(invalid).and_then(|value| self.push(value));
            if let Err(error) = added {
                self.0.truncate(before);
                return Err(Error::new(
                    error.kind(),
                    format!("Entry {} of the JSON: {}", at + 1, error.message()),
                ));
            }
        }
        Ok(())
    }

    /// Says how long the value that was added last may be cached.
    ///
    /// # Errors
    /// [`Kind::InvalidValue`] for times that servers do not store as they are; [`Kind::InvalidArgument`] without
    /// a value.
    pub fn set_ttl(&mut self, ttl: Ttl) -> Result<()> {
        if !ttl.is_storable() {
            return Err(invalid("A ttl is 0 to 2147483647 seconds, or a time from 1970 to 2038.".to_owned()));
        }
        self.last()?.ttl = Some(ttl);
        Ok(())
    }

    /// Says who may read and write the value that was added last: four characters of 0 and 1 for admin read,
    /// admin write, public read, public write.
    ///
    /// # Errors
    /// [`Kind::InvalidValue`] for anything else; [`Kind::InvalidArgument`] without a value.
    pub fn set_permissions(&mut self, permissions: &str) -> Result<()> {
        check_permissions(permissions).map_err(invalid)?;
        self.last()?.permissions = Some(permissions.to_owned());
        Ok(())
    }

    /// How many values the list has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the list has no value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, NewValue> {
        self.0.iter()
    }

    /// The values as a new record: those without an index get one.
    pub(crate) fn placed(&self) -> Result<Vec<Value>> {
        let mut taken: HashSet<u32> = self.0.iter().filter_map(|value| value.index).collect();
        let mut placed = Vec::with_capacity(self.0.len());
        for value in &self.0 {
            let index = value.index.or_else(|| free_index(&value.kind, |index| taken.contains(&index)));
            let index = index
                .ok_or_else(|| invalid(format!("No index is left for another {} value.", value.kind)))?;
            taken.insert(index);
            let place = placed.partition_point(|other: &Value| other.index < index);
            placed.insert(place, value.at(index));
        }
        Ok(placed)
    }

    fn push(&mut self, value: NewValue) -> Result<()> {
        check_type(&value.kind)?;
        if let Some(index) = value.index {
            if !(1..=LARGEST_INDEX).contains(&index) {
                return Err(invalid(format!(
                    "The index {index} is not one: an index is 1 to {LARGEST_INDEX}."
                )));
            }
            if self.0.iter().any(|other| other.index == Some(index)) {
                return Err(invalid(format!("The index {index} is in the list already.")));
            }
        }
        check_data(&value.kind, &value.data)?;
        self.0.push(value);
        Ok(())
    }

    fn last(&mut self) -> Result<&mut NewValue> {
        let none =
            || Error::new(Kind::InvalidArgument, "The list has no value yet that this could be said of.");
        self.0.last_mut().ok_or_else(none)
    }
}

pub(crate) fn check_type(kind: &str) -> Result<()> {
    if kind.is_empty() || kind.chars().any(char::is_control) {
        return Err(Error::new(
            Kind::InvalidArgument,
            "The type of a value must not be empty or contain control characters.",
        ));
    }
    Ok(())
}

/// Refuses data that a server would accept and then be unable to read or to use.
pub(crate) fn check_data(kind: &str, data: &Data) -> Result<()> {
    // One byte more is accepted, and makes the record unreadable (BEHAVIOUR.md 5.6).
    if data.len() > LARGEST_DATA {
        return Err(Error::new(
            Kind::ValueTooLarge,
            format!(
                "The {kind} value has {} bytes. A value of more than {LARGEST_DATA} bytes (1 MiB) makes the record \
                 unreadable; nothing was sent.",
                data.len()
            ),
        ));
    }
    // Text in place of these structures would lock the Handle or its users out.
    let format = match kind.to_ascii_uppercase().as_str() {
        "HS_ADMIN" => "admin",
        "HS_VLIST" => "vlist",
        "HS_PUBKEY" => "key",
        "HS_SITE" => "site",
        _ => return Ok(()),
    };
    match data {
        Data::Bytes(_) => Ok(()),
        Data::Structured { format: given, value } if given == format => match format {
            "admin" => check_admin(value).map_err(invalid),
            _ => Ok(()),
        },
        _ => Err(Error::new(
            Kind::NotAllowed,
            format!(
                "A {kind} value holds a structure of the format \"{format}\", and is not replaced by text."
            ),
        )),
    }
}

fn check_admin(value: &Json) -> std::result::Result<(), String> {
    let Some(owner) = Reference::from_json(value) else {
        return Err("An HS_ADMIN value needs the members handle and index.".to_owned());
    };
    if Handle::parse(&owner.handle).is_err() {
        return Err(format!("\"{}\" in an HS_ADMIN value is not a Handle name.", owner.handle));
    }
    match value["permissions"].as_str().and_then(|text| AdminPermissions::parse(text, Order::Json)) {
        Some(_) => Ok(()),
        None => {
            Err("The permissions of an HS_ADMIN value are 12 characters of 0 and 1, such as 011111110011."
                .into())
        }
    }
}

fn check_permissions(text: &str) -> std::result::Result<(), String> {
    if text.len() == 4 && text.bytes().all(|bit| matches!(bit, b'0' | b'1')) {
        return Ok(());
    }
    Err("The permissions of a value are four characters of 0 and 1 (admin read, admin write, public read, public \
         write), such as 1110."
        .to_owned())
}

/// Reads an entry as leniently as the server does, but for what it would take for something else.
fn from_json(entry: Json) -> std::result::Result<NewValue, String> {
    const MEMBERS: &[&str] = &["index", "type", "data", "ttl", "permissions", "references", "timestamp"];
    let Json::Object(members) = &entry else { return Err("It is not an object.".to_owned()) };
    if let Some(unknown) = members.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
        return Err(format!("It has an unknown member \"{unknown}\"."));
    }
    let index = match &entry["index"] {
        Json::Null => None,
        Json::String(text) => Some(text.parse().map_err(|_| format!("\"{text}\" is not an index."))?),
        other => match other.as_u64().and_then(|index| u32::try_from(index).ok()) {
            Some(index) => Some(index),
            None => return Err(format!("{other} is not an index.")),
        },
    };
    let Some(kind) = entry["type"].as_str() else { return Err("It has no type.".to_owned()) };
    let data = match &entry["data"] {
        Json::String(text) => Data::Text(text.clone()),
        // Others would be written as this program understands them, not as they stand there.
        Json::Number(number) if number.is_i64() || number.is_u64() => Data::Text(number.to_string()),
        Json::Number(_) => {
            return Err("Its data is a number with a point or too many digits: put it in quotes.".into());
        }
        Json::Bool(truth) => Data::Text(truth.to_string()),
        Json::Object(data) => structured(data.get("format"), data.get("value"))?,
        _ => return Err("It has no data.".to_owned()),
    };
    let ttl = match &entry["ttl"] {
        Json::Null => None,
        other => match Ttl::from_json(other).filter(|ttl| ttl.is_storable()) {
            None => return Err(format!("{other} is not a ttl.")),
            ttl => ttl,
        },
    };
    let permissions = match &entry["permissions"] {
        Json::Null => None,
        Json::String(text) => {
            check_permissions(text)?;
            Some(text.clone())
        }
        other => return Err(format!("{other} are not permissions; they are text in quotes.")),
    };
    let references = match &entry["references"] {
        Json::Null => Vec::new(),
        list => list
            .as_array()
            .and_then(|list| list.iter().map(Reference::from_json).collect())
            .ok_or("Its references are not a list of objects with handle and index.")?,
    };
    Ok(NewValue { index, kind: kind.to_owned(), data, ttl, permissions, references, is_of_locations: false })
}

fn structured(format: Option<&Json>, value: Option<&Json>) -> std::result::Result<Data, String> {
    let Some(format) = format.and_then(Json::as_str) else {
        return Err("Its data has no format.".to_owned());
    };
    match (format, value) {
        ("string", Some(Json::String(text))) => Ok(Data::Text(text.clone())),
        ("base64", Some(text @ Json::String(_))) => {
            use base64::Engine;
            let text = text.as_str().unwrap_or_default();
            let bytes = base64::engine::general_purpose::STANDARD.decode(text);
            bytes.map(Data::Bytes).map_err(|_| "Its data is not valid base64.".to_owned())
        }
        ("admin" | "vlist" | "key" | "site", Some(value)) => {
            Ok(Data::Structured { format: format.to_owned(), value: value.clone() })
        }
        (_, None) => Err("Its data has no value.".to_owned()),
        _ => Err(format!("\"{format}\" is not a format that can be written with this value.")),
    }
}

fn reference(text: &str) -> Result<Reference> {
    Reference::parse(text).map_err(|what| invalid(format!("\"{text}\" {what}.")))
}

fn parse(json: &str) -> Result<Json> {
    serde_json::from_str(json).map_err(|error| {
        invalid(format!("The text is not JSON (line {}, column {}).", error.line(), error.column()))
    })
}

fn invalid(message: String) -> Error {
    Error::new(Kind::InvalidValue, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_b2handle_are_understood() {
        let mut values = Values::new();
        values
            .add_json(
                r#"{"values": [
                {"index": 100, "type": "HS_ADMIN", "data": {"value": {"index": "200", "handle": "0.NA/p",
                 "permissions": "011111110011"}, "format": "admin"}},
                {"index": "1", "type": "URL", "data": "http://x/", "timestamp": "2024-01-01T00:00:00Z"},
                {"type": "SIZE", "data": 12, "ttl": 60, "permissions": "0110"}]}"#,
            )
            .unwrap();
        let placed = values.placed().unwrap();
        let indexes: Vec<u32> = placed.iter().map(|value| value.index).collect();
        assert_eq!(indexes, [1, 2, 100]);
        assert_eq!(placed[1].data, Data::Text("12".to_owned()));
        assert_eq!((placed[1].ttl, &*placed[1].permissions), (Ttl::Relative(60), "0110"));
    }

    #[test]
    fn locations_gather_in_one_value() {
        let mut values = Values::new();
        values.add_locations(&["a"], &[("weight", "1")]).unwrap();
        values.add_text(None, "URL", "x").unwrap();
        values.add_locations(&["b", "a"], &[("country", "de")]).unwrap();
        let text = |values: &Values| values.0[0].data.text().unwrap().into_owned();
        assert_eq!(
            text(&values),
            "<locations><location id=\"0\" href=\"a\" weight=\"1\" country=\"de\" />\
             <location id=\"1\" href=\"b\" country=\"de\" /></locations>"
        );
        let chosen = values.choosing_by(Some("country")).unwrap();
        assert!(text(&chosen).starts_with("<locations chooseby=\"country\"><location id=\"0\""));
        let before = values.clone();
        let long = "x".repeat(LARGEST_DATA);
        assert_eq!(values.add_locations(&[&long], &[]).unwrap_err().kind(), Kind::ValueTooLarge);
        assert_eq!(values.add_locations(&["c"], &[("a b", "")]).unwrap_err().kind(), Kind::InvalidValue);
        assert_eq!(values, before);

        // What the caller wrote is the caller's.
        let mut values = Values::new();
        values.add_text(Some(7), "10320/loc", "<locations/>").unwrap();
        values.add_locations(&["a"], &[]).unwrap();
        assert_eq!(values.len(), 1);
        assert_eq!(values.choosing_by(Some("country")).unwrap(), values);
        values.add_text(None, "10320/LOC", "<locations/>").unwrap();
        assert_eq!(values.add_locations(&["a"], &[]).unwrap_err().kind(), Kind::InvalidValue);
    }

    #[test]
    fn what_servers_misunderstand_is_refused() {
        for (json, part) in [
            (r#"{"index": 0, "type": "X", "data": "x"}"#, "index 0"),
            (r#"{"index": -1, "type": "X", "data": "x"}"#, "-1 is not an index"),
            (r#"{"index": 2147483648, "type": "X", "data": "x"}"#, "2147483648"),
            (r#"{"index": 1.5, "type": "X", "data": "x"}"#, "1.5 is not an index"),
            (
                r#"[{"index": 1, "type": "X", "data": "x"}, {"index": 1, "type": "X", "data": "x"}]"#,
                "Entry 2",
            ),
            (r#"{"index": 1, "data": "x"}"#, "no type"),
            (r#"{"index": 1, "type": "X"}"#, "no data"),
            (r#"{"type": "X", "data": 1.10}"#, "quotes"),
            (r#"{"type": "X", "data": 12345678901234567890123}"#, "quotes"),
            (r#"{"type": "X", "data": "x", "ttl": "2040-01-01T00:00:00Z"}"#, "not a ttl"),
            (r#"{"index": 1, "type": "X", "data": "x", "ttl": 4294967296}"#, "not a ttl"),
            (r#"{"index": 1, "type": "X", "data": "x", "ttl": "86400"}"#, "not a ttl"),
            (r#"{"index": 1, "type": "X", "data": "x", "permissions": "111"}"#, "four characters"),
            (r#"{"index": 1, "type": "X", "data": "x", "permission": "1110"}"#, "unknown member"),
            (
                r#"{"index": 1, "type": "HS_ADMIN", "data": {"format": "admin", "value": {"handle": "0.NA/p",
                "index": 200, "permissions": 11}}}"#,
                "12 characters",
            ),
            (
                r#"{"type": "HS_ADMIN", "data": {"format": "admin", "value": {"handle": "p", "index": 200}}}"#,
                "p",
            ),
            ("{", "not JSON"),
            ("[1]", "not an object"),
        ] {
            let mut values = Values::new();
            let error = values.add_json(json).unwrap_err();
            assert_eq!(error.kind(), Kind::InvalidValue, "{json}");
            assert!(error.message().contains(part), "{json}: {}", error.message());
            assert!(values.is_empty());
        }
    }

    #[test]
    fn structures_are_not_replaced_by_text() {
        let mut values = Values::new();
        for kind in ["HS_ADMIN", "hs_vlist", "HS_PUBKEY", "HS_SITE"] {
            assert_eq!(values.add_text(None, kind, "x").unwrap_err().kind(), Kind::NotAllowed);
        }
        assert!(values.add_admin(None, "200:0.NA/p", "111").is_err());
        assert!(values.add_admin(None, "0.NA/p", "011111110011").is_err());
        values.add_admin(None, "200:0.NA/p", "011111110011").unwrap();
        values.add_vlist(None, ["300:p/u", "301:p/u"]).unwrap();
        assert_eq!(values.len(), 2);
    }

    #[test]
    fn data_has_a_limit() {
        let mut values = Values::new();
        values.add_text(None, "X", &"x".repeat(LARGEST_DATA)).unwrap();
        let error = values.add_text(None, "X", &"x".repeat(LARGEST_DATA + 1)).unwrap_err();
        assert_eq!(error.kind(), Kind::ValueTooLarge);
    }
}
