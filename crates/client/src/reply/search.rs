//! Replies of the reverse-lookup servlet. It speaks no Handle JSON: lists of names, objects of values, and text where
//! something is wrong.

use super::{one_line, what_it_is};
use crate::error::{Error, Kind, Result};
use crate::record::{Data, Record, Ttl, USUAL_PERMISSIONS, Value};
use crate::transport::Reply;
use serde_json::{Map, Value as Json, json};

/// What Solr says of a type that nobody may search for.
const UNDEFINED: &str = "undefined field ";

/// What the servlet says when asked whether it is there.
pub(crate) fn decode_ping(reply: &Reply, showed_user: bool) -> Result<()> {
    match reply.status {
        200 if reply.body.trim_ascii() == b"OK" => Ok(()),
        200 => Err(nobody_there(reply).with_http_status(200)),
        status => Err(refused(reply, showed_user).with_http_status(status)),
    }
}

/// The names that were found, as often as the servlet gives them.
pub(crate) fn decode_names(reply: Reply, showed_user: bool) -> Result<Vec<String>> {
    match found(&reply, showed_user)? {
        Json::Array(names) => names
            .into_iter()
            .map(|name| if let Json::String(name) = name { Ok(name) } else { Err(senseless()) })
            .collect(),
        _ => Err(senseless()),
    }
}

/// The records that were found, with all that the servlet tells of them.
pub(crate) fn decode_records(reply: Reply, showed_user: bool) -> Result<Vec<Record>> {
    match found(&reply, showed_user)? {
        Json::Object(records) => records.into_iter().map(|(handle, values)| record(handle, values)).collect(),
        // Nothing found is an object, too; a list shows the mode that knows names only.
        Json::Array(_) => Err(Error::new(
            Kind::RequestRefused,
            "This reverse lookup gives names only, no records (it searches in Solr). Search without records, and read \
             the Handles.",
        )),
        _ => Err(senseless()),
    }
}

/// A handle that was found twice has its values twice; what is alike is told once.
fn record(handle: String, values: Json) -> Result<Record> {
    let mut told: Vec<(String, String)> = Vec::new();
    for value in values.as_array().ok_or_else(senseless)? {
        let text = |member: &str| value.get(member).and_then(Json::as_str).map(str::to_owned);
        let pair = text("type").zip(text("value")).ok_or_else(senseless)?;
        if !told.contains(&pair) {
            told.push(pair);
        }
    }
    let values: Vec<Value> = told.into_iter().map(|(kind, text)| value(kind, text)).collect();
    let json: Vec<Json> =
        values.iter().map(|value| json!({"type": value.kind, "value": value.data.text()})).collect();
    let json = Json::Object(Map::from_iter([(handle.clone(), Json::Array(json))])).to_string();
    Ok(Record { handle, values, json })
}

/// Index, ttl and permissions are not told.
fn value(kind: String, text: String) -> Value {
    Value {
        index: 0,
        kind,
        data: Data::Text(text),
        ttl: Ttl::Relative(0),
        timestamp: None,
        permissions: USUAL_PERMISSIONS.into(),
        references: Vec::new(),
    }
}

fn found(reply: &Reply, showed_user: bool) -> Result<Json> {
    if reply.status != 200 {
        return Err(refused(reply, showed_user).with_http_status(reply.status));
    }
    let json = std::str::from_utf8(&reply.body).ok().and_then(|text| serde_json::from_str(text).ok());
    json.ok_or_else(|| nobody_there(reply).with_http_status(200))
}

fn senseless() -> Error {
    let message =
        "The answer of the reverse lookup cannot be understood: it is neither a list of names nor records.";
    Error::new(Kind::UnexpectedReply, message).with_http_status(200)
}

/// Why a request to the servlet failed.
fn refused(reply: &Reply, showed_user: bool) -> Error {
    let status = reply.status;
    let said = text(reply);
    let field = said.as_deref().and_then(|said| said.split(UNDEFINED).nth(1)).map(str::trim);
    match (status, field) {
        (_, Some(field)) => Error::new(
            Kind::RequestRefused,
            format!(
                "The reverse lookup knows no type \"{field}\" (HTTP {status}, undefined field). Types are spelled as in \
                 the records there, in the same upper and lower case."
            ),
        ),
        (401, _) if showed_user => Error::new(
            Kind::AuthenticationFailed,
            "The reverse lookup refused the user (HTTP 401). It has users of its own: check reverselookup_username and \
             reverselookup_password.",
        ),
        (401, _) => Error::new(
            Kind::AuthenticationRequired,
            "The reverse lookup wants to know who asks (HTTP 401). Give reverselookup_username and \
             reverselookup_password; those for the Handle server are shown to no other server.",
        ),
        (403, _) => Error::new(
            Kind::PermissionDenied,
            "The reverse lookup knows the user, who may not search (HTTP 403). Ask its administrator.",
        ),
        (300..=399 | 404 | 405, _) => nobody_there(reply),
        (413 | 414 | 431, _) => Error::new(
            Kind::RequestRefused,
            format!("The reverse lookup says that the search is too long (HTTP {status})."),
        ),
        (429 | 503, _) => Error::new(
            Kind::ServerBusy,
            format!("The reverse lookup is not available (HTTP {status}). Try again later."),
        ),
        _ => {
            let said = said.map(|said| format!(" It says: \"{said}\"")).unwrap_or_default();
            let kind = if status < 500 { Kind::RequestRefused } else { Kind::ServerError };
            Error::new(kind, format!("The reverse lookup failed (HTTP {status}).{said}"))
        }
    }
}

fn nobody_there(reply: &Reply) -> Error {
    Error::new(
        Kind::NoReverseLookup,
        format!(
            "There is no reverse lookup at this address (HTTP {} with {}). Not every Handle server has one: check \
             reverselookup_baseuri and reverselookup_url_extension.",
            reply.status,
            what_it_is(reply)
        ),
    )
}

/// The servlet's own words on one line; web pages are of no use.
fn text(reply: &Reply) -> Option<String> {
    let text = String::from_utf8_lossy(&reply.body);
    let text = text.trim();
    let is_page = text.starts_with('<') || reply.content_type.contains("html");
    (!text.is_empty() && !is_page).then(|| one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, content_type: &str, body: &str) -> Reply {
        Reply {
            status,
            content_type: content_type.to_owned(),
            body: body.as_bytes().to_vec(),
            ..Reply::default()
        }
    }

    #[test]
    fn failures_are_told_apart() {
        let solr = "RemoteSolrException: Error from server at http://x: undefined field NOWHERE\n";
        for (status, body, showed_user, kind, part) in [
            (401, "", true, Kind::AuthenticationFailed, "refused the user"),
            (401, "<html>", false, Kind::AuthenticationRequired, "reverselookup_username"),
            (403, "", true, Kind::PermissionDenied, "may not search"),
            (404, "<html>", true, Kind::NoReverseLookup, "HTML page"),
            (404, "{\"responseCode\":4}", true, Kind::NoReverseLookup, "no reverse lookup"),
            (302, "", true, Kind::NoReverseLookup, "no reverse lookup"),
            (200, "<html>", true, Kind::NoReverseLookup, "HTML page"),
            (400, solr, true, Kind::RequestRefused, "knows no type \"NOWHERE\""),
            (500, "Invalid number: \"x\"\n", true, Kind::ServerError, "It says: \"Invalid number: \"x\"\""),
            (500, "<html>secret of the server", true, Kind::ServerError, "(HTTP 500)."),
            (503, "", true, Kind::ServerBusy, "later"),
            (414, "", true, Kind::RequestRefused, "too long"),
            (200, "[1]", true, Kind::UnexpectedReply, "neither"),
            (200, "{}", true, Kind::UnexpectedReply, "neither"),
        ] {
            let error = decode_names(reply(status, "", body), showed_user).unwrap_err();
            assert_eq!(error.kind(), kind, "{status} {body}");
            assert!(error.message().contains(part), "{status} {body}: {error}");
            assert_eq!(error.http_status(), Some(status));
        }
    }

    #[test]
    fn values_that_come_twice_are_told_once() {
        let body = r#"{"p/x": [{"type": "A", "value": "1"}, {"type": "B", "value": "2"},
                               {"type": "A", "value": "1"}, {"type": "A", "value": "3"}], "p/y": []}"#;
        let records = decode_records(reply(200, "", body), true).unwrap();
        let texts: Vec<_> = records[0]
            .values()
            .iter()
            .map(|v| (v.kind.as_str(), v.data.text().unwrap().into_owned()))
            .collect();
        assert_eq!(texts, [("A", "1".to_owned()), ("B", "2".to_owned()), ("A", "3".to_owned())]);
        assert_eq!((records.len(), records[1].values().len()), (2, 0));
        assert!(decode_records(reply(200, "", "{}"), true).unwrap().is_empty());
    }

    #[test]
    fn names_instead_of_records() {
        let error = decode_records(reply(200, "", r#"["p/x"]"#), true).unwrap_err();
        assert!(error.kind() == Kind::RequestRefused && error.message().contains("names only"), "{error}");
        for body in [r#"{"p/x": 1}"#, r#"{"p/x": [{"type": "A"}]}"#, "1"] {
            let error = decode_records(reply(200, "", body), true).unwrap_err();
            assert_eq!(error.kind(), Kind::UnexpectedReply, "{body}");
        }
    }
}
