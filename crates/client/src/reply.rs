//! Replies of the REST API: what the server said, and what that means (BEHAVIOUR.md 2).

mod list;
mod plain;
mod search;

pub(crate) use list::{Listing, decode_list};
pub(crate) use search::{decode_names, decode_ping, decode_records};

use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use crate::record::{Record, Value};
use crate::transport::Reply;
use plain::PlainReply;
use serde_json::{Map, Value as Json, json};

/// What was asked, as far as it decides what a reply means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Read,
    Write,
    /// A write to a name that the server completes.
    Mint,
}

impl Asked {
    pub(crate) fn is_write(self) -> bool {
        self != Asked::Read
    }
}

const SUCCESS: i64 = 1;
const ERROR: i64 = 2;
const TOO_BUSY: i64 = 3;
const PROTOCOL_ERROR: i64 = 4;
const OPERATION_DENIED: i64 = 5;
const BACKUP_MODE: i64 = 7;
const HANDLE_NOT_FOUND: i64 = 100;
const HANDLE_EXISTS: i64 = 101;
const INVALID_HANDLE: i64 = 102;
const VALUES_NOT_FOUND: i64 = 200;
const VALUE_EXISTS: i64 = 201;
const INVALID_VALUE: i64 = 202;
const PREFIX_NOT_HERE: i64 = 301;
const NOT_AUTHORIZED: i64 = 400;
const ACCESS_DENIED: i64 = 401;
const AUTHENTICATION_NEEDED: i64 = 402;

/// A successful reply.
#[derive(Debug)]
pub(crate) struct Answer {
    said: Said,
    body: Vec<u8>,
    is_mirrored: bool,
}

#[derive(Debug)]
enum Said {
    /// The values of a record.
    Values(Vec<Value>),
    Members(Map<String, Json>),
}

impl Answer {
    /// Whether it comes from the second server, which may lag behind.
    pub(crate) fn is_mirrored(&self) -> bool {
        self.is_mirrored
    }

    /// The record that was read; without values where the Handle exists and nothing visible matches.
    pub(crate) fn into_record(self, handle: &str) -> Result<Record> {
        let unexpected = |what: &str| {
            Error::new(Kind::UnexpectedReply, format!("The server's reply cannot be understood: {what}."))
        };
        let values = match self.said {
            Said::Values(values) => values,
            Said::Members(mut members) => {
                let Some(Json::Array(values)) = members.remove("values") else {
                    return Err(unexpected("it has no list of values"));
                };
                let values = values.into_iter().map(|value| Value::from_json(value).map_err(unexpected));
                values.collect::<Result<_>>()?
            }
        };
        let json = String::from_utf8(self.body).map_err(|_| unexpected("it is not UTF-8"))?;
        Ok(Record { handle: handle.to_owned(), values, json })
    }

    /// The name of the Handle that the server made.
    pub(crate) fn into_handle(self) -> String {
        match self.said {
            Said::Members(mut members) => match members.remove("handle") {
                Some(Json::String(handle)) => handle,
                _ => String::new(),
            },
            Said::Values(_) => String::new(),
        }
    }
}

/// A record as a server would send it.
pub(crate) fn as_json(record: &Record) -> String {
    let values: Vec<Json> = record.values.iter().map(Value::as_sent).collect();
    json!({"responseCode": SUCCESS, "handle": record.handle, "values": values}).to_string()
}

/// Tells success from failure: success is the right status code *and* response code, about the same Handle.
///
/// `name` is the Handle as it was sent; the server echoes that spelling.
pub(crate) fn decode(asked: Asked, name: &str, reply: Reply) -> Result<Answer> {
    fault_point("decoding");
    let status = reply.status;
    let is_success = |status, code| match asked {
        Asked::Read => status == 200 && (code == SUCCESS || code == VALUES_NOT_FOUND),
        Asked::Write | Asked::Mint => (status == 200 || status == 201) && code == SUCCESS,
    };
    let is_mirrored = reply.is_mirrored;
    if asked == Asked::Read
        && status == 200
        && let Some(PlainReply { code: SUCCESS, handle, values }) = PlainReply::read(&reply.body)
        && is_the_one(asked, &handle, name)
    {
        return Ok(Answer { said: Said::Values(values), body: reply.body, is_mirrored });
    }
    let (members, body) = judge(asked, reply, is_success)?;
    match members.get("handle").and_then(Json::as_str) {
        Some(handle) if is_the_one(asked, handle, name) => {
            Ok(Answer { said: Said::Members(members), body, is_mirrored })
        }
        _ => Err(Error::new(
            Kind::UnexpectedReply,
            "The server answered for another Handle than the one asked for.",
        )
        .with_in_doubt(asked.is_write())
        .with_http_status(status)
        .with_response_code(members.get("responseCode").and_then(Json::as_i64))),
    }
}

/// The members and the text of a reply that is a success by its status and its response code.
fn judge(
    asked: Asked,
    reply: Reply,
    is_success: impl FnOnce(u16, i64) -> bool,
) -> Result<(Map<String, Json>, Vec<u8>)> {
    let status = reply.status;
    let Some(members) = json_object(&reply.body) else {
        return Err(with_pause(without_json(asked, &reply).with_http_status(status), &reply));
    };
    match members.get("responseCode").and_then(Json::as_i64) {
        None => {
            Err(not_a_handle_server(asked, status, "JSON without a responseCode").with_http_status(status))
        }
        Some(code) if is_success(status, code) => Ok((members, reply.body)),
        Some(code) => {
            let error = refused(asked, status, code, &members).with_http_status(status);
            Err(with_pause(error.with_response_code(Some(code)), &reply))
        }
    }
}

fn with_pause(error: Error, reply: &Reply) -> Error {
    match reply.retry_after {
        Some(time) if error.kind() == Kind::ServerBusy => {
            let message = format!("{} It asks to be left alone for {} s.", error.message(), time.as_secs());
            error.with_message(message)
        }
        _ => error,
    }
}

/// The response code of a reply, where there is one.
pub(crate) fn code(reply: &Reply) -> Option<i64> {
    json_object(&reply.body)?.get("responseCode")?.as_i64()
}

/// Whether the Handle server itself, not something before it, says that it is too busy.
pub(crate) fn is_too_busy(reply: &Reply) -> bool {
    code(reply) == Some(TOO_BUSY)
}

/// Whether the Handle server speaks of an error of its own.
pub(crate) fn is_internal_error(reply: &Reply) -> bool {
    code(reply) == Some(ERROR)
}

/// Whether a reply was JSON once: something on the way has cut it.
pub(crate) fn is_cut(reply: &Reply) -> bool {
    let body = reply.body.trim_ascii();
    body.starts_with(b"{") && !body.ends_with(b"}") || body.starts_with(b"[") && !body.ends_with(b"]")
}

/// Whether a reply answers a read with a record, or with the part of it that was asked for.
pub(crate) fn is_read(reply: &Reply) -> bool {
    reply.status == 200 && matches!(code(reply), Some(SUCCESS | VALUES_NOT_FOUND))
}

/// Whether a reply says that the session in the request is none, or not ours: empty, or with the code for it. Anything else
/// with this status comes from something before the server.
pub(crate) fn is_session_unknown(reply: &Reply) -> bool {
    let needs_login = || {
        json_object(&reply.body).is_some_and(|members| {
            members.get("responseCode").and_then(Json::as_i64) == Some(AUTHENTICATION_NEEDED)
        })
    };
    reply.status == 401 && (reply.body.is_empty() || needs_login())
}

/// A reply that should have been about a session, and is not.
pub(crate) fn without_session(reply: &Reply) -> Error {
    let status = reply.status;
    let members = json_object(&reply.body);
    if let Some((members, code)) =
        members.as_ref().and_then(|members| Some((members, members.get("responseCode")?.as_i64()?)))
    {
        return refused(Asked::Read, status, code, members)
            .with_http_status(status)
            .with_response_code(Some(code));
    }
    let is_api = reply.body.is_empty() || members.is_some();
    let error = match status {
        404 | 405 | 501 if is_api => Error::new(
            Kind::AuthenticationFailed,
            format!(
                "The server has no sessions at /api/sessions (HTTP {status}), or a proxy hides them. With username \
                 and password, set auth_method to \"basic\"."
            ),
        ),
        403 if is_api => Error::new(
            Kind::AuthenticationFailed,
            format!("The server does not allow sessions on this address (HTTP {status})."),
        ),
        200..=299 if is_api => Error::new(
            Kind::UnexpectedReply,
            format!("The server's answer about the session makes no sense (HTTP {status})."),
        ),
        503 if is_api => without_json(Asked::Read, reply),
        500..=599 if is_api => {
            Error::new(Kind::ServerError, format!("The server reports an internal error (HTTP {status})."))
        }
        _ => without_json(Asked::Read, reply),
    };
    error.with_http_status(status)
}

/// What a server says of its site: the member `site` of the reply (BEHAVIOUR.md 4, `/api/site`).
pub(crate) fn decode_site(reply: Reply) -> Result<Json> {
    let status = reply.status;
    let not_a_site =
        || not_a_handle_server(Asked::Read, status, "no description of a site").with_http_status(status);
    let Some(mut members) = json_object(&reply.body) else {
        return Err(without_json(Asked::Read, &reply).with_http_status(status));
    };
    let is_success = status == 200 && members.get("responseCode").and_then(Json::as_i64) == Some(SUCCESS);
    members.remove("site").filter(|_| is_success).ok_or_else(not_a_site)
}

fn is_the_one(asked: Asked, handle: &str, name: &str) -> bool {
    match asked {
        Asked::Read | Asked::Write => handle.eq_ignore_ascii_case(name),
        Asked::Mint => {
            handle.len() > name.len()
                && handle.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        }
    }
}

fn json_object(body: &[u8]) -> Option<Map<String, Json>> {
    match serde_json::from_str(str::from_utf8(body).ok()?) {
        Ok(Json::Object(members)) => Some(members),
        _ => None,
    }
}

fn refused(asked: Asked, status: u16, code: i64, members: &Map<String, Json>) -> Error {
    let writing = asked.is_write();
    let (kind, message) = match (status, code) {
        (_, HANDLE_NOT_FOUND) => (Kind::HandleNotFound, "There is no such Handle on this server."),
        (_, HANDLE_EXISTS) => (
            Kind::HandleExists,
            "The Handle exists already and was left as it is. Choose another name, or ask to overwrite.",
        ),
        (_, INVALID_HANDLE) => (Kind::InvalidHandle, "The server does not accept this name."),
        (_, VALUES_NOT_FOUND) => (Kind::ValueNotFound, "The Handle has no value at one of these indexes."),
        (_, VALUE_EXISTS) => (Kind::Conflict, "An index of the record is taken already."),
        (_, INVALID_VALUE) => (Kind::InvalidValue, "The server does not accept a value of the request."),
        (_, PREFIX_NOT_HERE) => (
            Kind::PrefixNotServed,
            "The prefix is not served by this server. Check the prefix, and handle_server_url.",
        ),
        (_, NOT_AUTHORIZED) => (
            Kind::PermissionDenied,
            "The identity was accepted but has no right to do this. Check that an HS_ADMIN value (of the Handle, \
             or of the prefix's own record for new Handles) names it with the permission, directly or through an \
             HS_VLIST, in the same upper and lower case.",
        ),
        (_, ACCESS_DENIED) => (Kind::ValueHidden, "A value of the record may be read by nobody."),
        (403, AUTHENTICATION_NEEDED) => (
            Kind::InsecureTransport,
            "The server accepts this only over HTTPS. Use an https:// address in handle_server_url.",
        ),
        (_, AUTHENTICATION_NEEDED) => (
            Kind::AuthenticationRequired,
            "The server wants to know who asks. Give username and password in the credentials.",
        ),
        // An answer of 200 with this code means that the stored record itself is broken: BEHAVIOUR.md 5.6.
        (200, ERROR) => (
            Kind::UnreadableRecord,
            "The server cannot decode the record it holds (one value may be over 1 MiB). Read single values by \
             index, or delete the Handle and register it anew.",
        ),
        (_, TOO_BUSY) => (Kind::ServerBusy, "The server is too busy. Try again later."),
        (_, BACKUP_MODE) => (Kind::ServerReadOnly, "The server takes no changes now: it is in backup mode."),
        (_, OPERATION_DENIED) => (Kind::RequestRefused, "The server does not offer this operation."),
        (404, PROTOCOL_ERROR) => (
            Kind::NotAHandleServer,
            "The server knows no such API path. Check handle_server_url and REST_API_url_extension.",
        ),
        (_, PROTOCOL_ERROR) => (Kind::RequestRefused, "The server did not accept the form of the request."),
        _ => (Kind::ServerError, "The server reports an internal error."),
    };
    let mut text = format!("{message} (HTTP {status}, response code {code})");
    if matches!(kind, Kind::RequestRefused | Kind::ServerError)
        && let Some(said) = members.get("message").and_then(Json::as_str)
    {
        text.push_str(&format!(" The server says: \"{}\"", one_line(said)));
    }
    // The server refuses before it acts; only its own failures leave open what was done.
    Error::new(kind, text)
        .with_in_doubt(writing && matches!(kind, Kind::ServerError | Kind::UnreadableRecord))
}

/// Replies that are not JSON: the Handle server's own empty ones, and those of whatever stands in between.
fn without_json(asked: Asked, reply: &Reply) -> Error {
    let writing = asked.is_write();
    match reply.status {
        401 if reply.body.is_empty() => Error::new(
            Kind::AuthenticationFailed,
            "The server refused the credentials (empty HTTP 401). Check that username has the form index:handle, \
             that this Handle exists with an HS_SECKEY value at that index, and the password.",
        ),
        401 | 407 => Error::new(
            Kind::AuthenticationFailed,
            format!("Something before the Handle server asks for credentials (HTTP {}).", reply.status),
        ),
        403 if reply.body.is_empty() => {
            Error::new(Kind::PermissionDenied, "The server refused the request (empty HTTP 403).")
        }
        413 => Error::new(Kind::RequestRefused, "The server says that the request is too large (HTTP 413)."),
        429 => Error::new(Kind::ServerBusy, "The server is too busy (HTTP 429). Try again later."),
        // The Handle server itself says so in JSON; a proxy also where the connection behind it broke.
        503 => Error::new(Kind::ServerBusy, "The server is not available (HTTP 503). Try again later.")
            .with_in_doubt(writing),
        502 | 504 => Error::new(
            Kind::ServerError,
            format!("A proxy before the Handle server got no answer from it (HTTP {}).", reply.status),
        )
        .with_in_doubt(writing),
        300..=399 => Error::new(
            Kind::NotAHandleServer,
            format!(
                "The address redirects elsewhere (HTTP {}), and credentials are never sent along a redirect. Put \
                 the Handle server's own address into handle_server_url.",
                reply.status
            ),
        ),
        status => not_a_handle_server(asked, status, what_it_is(reply)),
    }
}

fn not_a_handle_server(asked: Asked, status: u16, what: &str) -> Error {
    Error::new(
        Kind::NotAHandleServer,
        format!(
            "What answered is not the REST API of a Handle server (HTTP {status} with {what}). Check \
             handle_server_url, its port, and REST_API_url_extension."
        ),
    )
    // A 2xx without a word about the Handle does not say that nothing was done.
    .with_in_doubt(asked.is_write() && !(300..500).contains(&status))
}

fn what_it_is(reply: &Reply) -> &'static str {
    let start = reply.body.trim_ascii_start();
    if start.is_empty() {
        "an empty body"
    } else if start.starts_with(b"<") || reply.content_type.contains("html") {
        "an HTML page"
    } else if start.starts_with(b"{") {
        "broken JSON"
    } else {
        "text that is not JSON"
    }
}

fn one_line(text: &str) -> String {
    text.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    fn failure(asked: Asked, status: u16, body: &str) -> Error {
        decode(asked, "p/x", reply(status, body)).err().unwrap()
    }

    #[test]
    fn success_needs_both_codes() {
        let ok = r#"{"responseCode":1,"handle":"P/X","values":[]}"#;
        assert!(decode(Asked::Read, "p/x", reply(200, ok)).is_ok());
        assert!(decode(Asked::Write, "p/x", reply(201, ok)).is_ok());
        assert_eq!(failure(Asked::Read, 201, ok).kind(), Kind::ServerError);
        let broken = r#"{"responseCode":2,"handle":"p/x"}"#;
        assert_eq!(failure(Asked::Read, 200, broken).kind(), Kind::UnreadableRecord);
        assert_eq!(failure(Asked::Read, 500, broken).kind(), Kind::ServerError);
    }

    #[test]
    fn an_answer_for_another_handle_is_no_answer() {
        let other = r#"{"responseCode":1,"handle":"p/y","values":[]}"#;
        assert_eq!(failure(Asked::Read, 200, other).kind(), Kind::UnexpectedReply);
        let error = failure(Asked::Write, 200, other);
        assert!(error.is_in_doubt());
    }

    #[test]
    fn each_code_has_its_kind() {
        for (status, code, kind) in [
            (404, 100, Kind::HandleNotFound),
            (409, 101, Kind::HandleExists),
            (400, 102, Kind::InvalidHandle),
            (400, 200, Kind::ValueNotFound),
            (409, 201, Kind::Conflict),
            (400, 202, Kind::InvalidValue),
            (400, 301, Kind::PrefixNotServed),
            (403, 400, Kind::PermissionDenied),
            (403, 401, Kind::ValueHidden),
            (403, 402, Kind::InsecureTransport),
            (401, 402, Kind::AuthenticationRequired),
            (400, 4, Kind::RequestRefused),
            (404, 4, Kind::NotAHandleServer),
            (503, 3, Kind::ServerBusy),
            (503, 7, Kind::ServerReadOnly),
            (500, 2, Kind::ServerError),
        ] {
            let error = failure(Asked::Write, status, &format!(r#"{{"responseCode":{code}}}"#));
            assert_eq!(error.kind(), kind, "{status}/{code}");
            assert_eq!(error.http_status(), Some(status));
            assert_eq!(error.response_code(), Some(code));
            assert_eq!(error.is_in_doubt(), status == 500, "{status}/{code}");
        }
    }

    #[test]
    fn replies_without_json_are_told_apart() {
        assert_eq!(failure(Asked::Write, 401, "").kind(), Kind::AuthenticationFailed);
        assert_eq!(failure(Asked::Read, 200, "<html></html>").kind(), Kind::NotAHandleServer);
        assert_eq!(failure(Asked::Read, 302, "").kind(), Kind::NotAHandleServer);
        assert_eq!(failure(Asked::Read, 503, "<html>").kind(), Kind::ServerBusy);
        assert!(failure(Asked::Write, 504, "<html>").is_in_doubt());
        assert!(failure(Asked::Write, 503, "<html>").is_in_doubt());
        assert!(!failure(Asked::Write, 429, "").is_in_doubt());
        assert_eq!(failure(Asked::Read, 413, "Error: 413").kind(), Kind::RequestRefused);
        assert!(failure(Asked::Write, 200, "{\"responseCode\":1,\"han").is_in_doubt());
        assert!(!failure(Asked::Write, 400, "Error: 400").is_in_doubt());
    }

    #[test]
    fn the_servers_words_are_shown_on_one_line() {
        let error = failure(Asked::Write, 400, r#"{"responseCode":4,"message":"bad\njson"}"#);
        assert!(error.message().ends_with("The server says: \"bad json\""), "{}", error.message());
    }
}
