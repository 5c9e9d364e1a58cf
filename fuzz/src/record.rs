//! Replies with a body, decoded as the client decodes them: a success is one by what the server said, and a record keeps what
//! it says when it is written and read again.

use b2handle_client::fuzzing::*;
use b2handle_client::{Profile, Record, Ttl, Value, Values};
use serde_json::Value as Json;

const STATUSES: [u16; 12] = [200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503];

/// The body of a reply.
pub fn run(data: &[u8]) {
    let text = std::str::from_utf8(data).ok();
    let json: Option<Json> = text.and_then(|text| serde_json::from_str(text).ok());
    let said = json.as_ref().and_then(|json| json.as_object());
    let text_of = |member: &str| said.and_then(|said| said.get(member)?.as_str()).unwrap_or_default();
    let code = said.and_then(|said| said.get("responseCode")?.as_i64());
    let name = text_of("handle");

    for status in STATUSES {
        let has_name = said.is_some_and(|said| said.get("handle").is_some_and(Json::is_string));
        let honest = matches!(status, 200 | 201) && code == Some(1) && has_name;
        match written(status, data, name) {
            Ok(handle) => assert!(honest && handle == name),
            Err(error) => {
                assert!(!honest);
                // A server that says nothing but that something went well may have done it.
                assert!(
                    error.is_in_doubt() || !matches!(status, 201 | 204) || code.is_some_and(|code| code != 1)
                );
            }
        }
        let other = format!("{name}x");
        assert!(written(status, data, &other).is_err() && minted(status, data, &other).is_err());
        let start = name.char_indices().next_back().map_or("", |(last, _)| &name[..last]);
        assert_eq!(minted(status, data, start).is_ok(), honest && !name.is_empty());
        if let Ok(record) = read(status, data, name) {
            assert!(status == 200 && matches!(code, Some(1 | 200)) && Some(record.json()) == text);
            use_of(&record);
        }
        if let Ok(names) = listed(status, data, text_of("prefix")) {
            assert!(
                status == 200
                    && said.is_some_and(|said| said["handles"].as_array().map(Vec::len) == Some(names.len()))
            );
        }
        let (pong, names, records) = found(status, data);
        assert!(status == 200 || (pong.is_err() && names.is_err() && records.is_err()));
        records.into_iter().flatten().for_each(|record| use_of(&record));
        let _ = session_and_site(status, data);
    }
    if let Some(text) = text {
        let _ = Values::new().add_json(text);
        if let Ok(profile) = Profile::parse(text) {
            let names = profile.placeholders();
            let filled: Vec<(&str, &str)> = names.iter().map(|one| (one.name.as_str(), "text")).collect();
            let _ = profile.fill(&filled);
        }
    }
}

fn use_of(record: &Record) {
    for value in record.values() {
        assert!(record.of_type(&value.kind).any(|other| other == value));
        assert!(value.data.text().is_none_or(|text| !text.contains('\0')));
        if is_sendable(value) {
            assert_eq!(without_time(sent_and_read(value).unwrap()), without_time(value.clone()));
        }
    }
    if record.values().iter().all(is_sendable) {
        let again = read(200, as_json(record).as_bytes(), record.handle()).unwrap();
        assert_eq!(again.values().len(), record.values().len());
    }
}

/// Years after 9999 cannot be written.
fn is_sendable(value: &Value) -> bool {
    !matches!(value.ttl, Ttl::Absolute(seconds) if !(-62_135_596_800..253_402_300_800).contains(&seconds))
}

/// Servers set the time; and they leave out the first of the permissions, which are sent.
fn without_time(value: Value) -> Value {
    let bits = value.permissions.len();
    let permissions = value.permissions.chars().skip(bits.saturating_sub(4)).collect();
    Value { timestamp: None, permissions, ..value }
}
