//! Ways for the programs in fuzz/ into what is private.

use crate::error::Result;
use crate::locations::{Edit, Edited, Locations, edited};
use crate::record::{Record, SiteServer, Value};
use crate::reply::{self, Asked};
use crate::transport::Reply;

fn reply(status: u16, body: &[u8]) -> Reply {
    Reply { status, content_type: String::new(), retry_after: None, body: body.to_vec() }
}

/// The reply to a GET of a record.
pub fn read(status: u16, body: &[u8], name: &str) -> Result<Record> {
    reply::decode(Asked::Read, name, reply(status, body))?.into_record(name)
}

/// The reply to a PUT or DELETE; gives the name of the Handle that was written.
pub fn written(status: u16, body: &[u8], name: &str) -> Result<String> {
    Ok(reply::decode(Asked::Write, name, reply(status, body))?.into_handle())
}

/// The reply to a PUT of a name that the server completes.
pub fn minted(status: u16, body: &[u8], start: &str) -> Result<String> {
    Ok(reply::decode(Asked::Mint, start, reply(status, body))?.into_handle())
}

/// The reply to a GET of the Handles below a prefix.
pub fn listed(status: u16, body: &[u8], prefix: &str) -> Result<Vec<String>> {
    Ok(reply::decode_list(prefix, reply(status, body))?.names)
}

/// The replies of the reverse lookup.
pub fn found(status: u16, body: &[u8]) -> (Result<()>, Result<Vec<String>>, Result<Vec<Record>>) {
    let pong = reply::decode_ping(&reply(status, body), true);
    let names = reply::decode_names(reply(status, body), true);
    (pong, names, reply::decode_records(reply(status, body), false))
}

/// Replies about sessions, and the description of a site; gives how many keys that has.
pub fn session_and_site(status: u16, body: &[u8]) -> Result<usize> {
    let _ = reply::is_session_unknown(&reply(status, body));
    let _ = reply::without_session(&reply(status, body));
    let site = reply::decode_site(reply(status, body))?;
    Ok(SiteServer::all_of(&site).iter().filter(|server| server.key.is_some()).count())
}

/// A record as JSON that a server would send.
pub fn as_json(record: &Record) -> String {
    reply::as_json(record)
}

/// A value as it is sent to servers, and read again from there.
pub fn sent_and_read(value: &Value) -> std::result::Result<Value, &'static str> {
    Value::from_json(value.to_json())
}

/// The locations of a 10320/LOC value.
pub fn locations(text: &str) -> Result<Locations> {
    Locations::parse(text)
}

/// A 10320/LOC value with URLs added; nothing where it stays as it is.
pub fn add(text: &str, urls: &[&str], attributes: &[(&str, &str)]) -> Result<Option<String>> {
    edited(Some(text), &Edit::Add { urls, attributes }, None).map(text_of)
}

/// A 10320/LOC value with one URL exchanged for another; nothing where it stays as it is.
pub fn exchange(text: &str, old: &str, new: &str) -> Result<Option<String>> {
    edited(Some(text), &Edit::Exchange { old, new }, None).map(text_of)
}

/// A 10320/LOC value without URLs: nothing where it stays as it is, empty where no location is left.
pub fn remove(text: &str, urls: &[&str]) -> Result<Option<String>> {
    edited(Some(text), &Edit::Remove { urls }, None).map(text_of)
}

/// A 10320/LOC value with the attribute `chooseby`, unless it has one.
pub fn with_chooseby(text: &str, chooseby: &str) -> Result<String> {
    crate::locations::with_chooseby(text, Some(chooseby))
}

fn text_of(edited: Edited) -> Option<String> {
    match edited {
        Edited::Same => None,
        Edited::Changed(text, _) => Some(text),
        Edited::Gone(_) => Some(String::new()),
    }
}
