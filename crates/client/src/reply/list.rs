//! Listings of the Handles below a prefix (BEHAVIOUR.md 4).

use super::{Asked, NOT_AUTHORIZED, OPERATION_DENIED, SUCCESS, judge};
use crate::error::{Error, Kind, Result};
use crate::transport::Reply;
use serde_json::Value as Json;

/// A page of a listing, or all of it.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) names: Vec<String>,
    /// How many names there are on all pages, where the server says so.
    pub(crate) total: Option<usize>,
    /// Where it is not, the server gave everything.
    pub(crate) is_page: bool,
}

pub(crate) fn decode_list(prefix: &str, reply: Reply) -> Result<Listing> {
    let (mut members, _) = judge(Asked::Read, reply, |status, code| status == 200 && code == SUCCESS)
        .map_err(|error| explained(prefix, error))?;
    let is_same = |said: &Json| said.as_str().is_some_and(|said| said.eq_ignore_ascii_case(prefix));
    let names = match members.remove("handles") {
        Some(Json::Array(names)) if members.get("prefix").is_some_and(is_same) => {
            names.into_iter().map(|name| if let Json::String(name) = name { Some(name) } else { None })
        }
        _ => return Err(senseless()),
    };
    Ok(Listing {
        names: names.collect::<Option<_>>().ok_or_else(senseless)?,
        // The total is text, other numbers are numbers.
        total: members.get("totalCount").and_then(|total| total.as_str()?.parse().ok()),
        is_page: members.contains_key("page"),
    })
}

fn senseless() -> Error {
    Error::new(Kind::UnexpectedReply, "The server's reply cannot be understood: it is no list of Handles.")
}

/// The refusals that mean something of their own here.
fn explained(prefix: &str, error: Error) -> Error {
    let message = match error.response_code() {
        Some(OPERATION_DENIED) => {
            "This server does not list Handles: its administrator has disabled that.".to_owned()
        }
        Some(NOT_AUTHORIZED) => format!(
            "The identity was accepted but may not list the Handles of {prefix}: it needs the permission list_handles \
             in an HS_ADMIN value of the prefix's own record, 0.NA/{prefix}."
        ),
        _ => return error,
    };
    let details = format!(
        " (HTTP {}, response code {})",
        error.http_status().unwrap_or_default(),
        error.response_code().unwrap_or_default()
    );
    error.with_message(message + &details)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(status: u16, body: &str) -> Result<Listing> {
        let reply = Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() };
        decode_list("21.T1", reply)
    }

    #[test]
    fn pages_and_totals() {
        let page = r#"{"responseCode":1,"prefix":"21.t1","totalCount":"7","page":0,"pageSize":1,"handles":["21.T1/X"]}"#;
        let page = list(200, page).unwrap();
        assert_eq!((page.names, page.total, page.is_page), (vec!["21.T1/X".to_owned()], Some(7), true));
        let all = list(200, r#"{"responseCode":1,"prefix":"21.T1","handles":[]}"#).unwrap();
        assert_eq!((all.names.len(), all.total, all.is_page), (0, None, false));
    }

    #[test]
    fn refusals() {
        for (status, body, kind, part) in [
            (501, r#"{"responseCode":5}"#, Kind::RequestRefused, "disabled"),
            (403, r#"{"responseCode":400}"#, Kind::PermissionDenied, "list_handles"),
            (401, r#"{"responseCode":402}"#, Kind::AuthenticationRequired, "credentials"),
            (400, r#"{"responseCode":301}"#, Kind::PrefixNotServed, "prefix"),
            (401, "", Kind::AuthenticationFailed, "password"),
            (200, r#"{"responseCode":1,"prefix":"21.T2","handles":[]}"#, Kind::UnexpectedReply, "no list"),
            (200, r#"{"responseCode":1,"prefix":"21.T1","handles":[1]}"#, Kind::UnexpectedReply, "no list"),
            (200, "<html>", Kind::NotAHandleServer, "HTML"),
        ] {
            let error = list(status, body).unwrap_err();
            assert_eq!(error.kind(), kind, "{body}");
            assert!(error.message().contains(part), "{body}: {error}");
        }
    }
}
