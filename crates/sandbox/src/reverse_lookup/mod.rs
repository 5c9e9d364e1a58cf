//! The reverse-lookup servlet that many Handle servers have beside the API: `/hrls/handles`, `/hrls/ping`. It finds
//! handles by their values, over the same records, for users of its own.

mod query;
mod solr;

use crate::fixture::User;
use crate::http::{Content, Exchange, Response};
use crate::service::Service;
use crate::store::Found;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use query::{Query, Wanted};
use serde_json::{Map, Value, json};

const ROOT: &str = "/hrls";

/// What the servlet of a server searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReverseLookup {
    /// The database of the records.
    Sql,
    /// An index beside it, which knows names only, one page, and only the types that some record has.
    Solr,
    /// Nothing: there is no servlet, and its paths are unknown to the server.
    Absent,
}

/// The answer to a request for the servlet; `None` when it is not for it.
pub(crate) fn answer(service: &Service, exchange: &Exchange<'_, '_>) -> Option<Response> {
    if service.reverse_lookup() == ReverseLookup::Absent {
        return None;
    }
    let (path, query) = exchange.head.target.split_once('?').unwrap_or((&exchange.head.target, ""));
    let resource = path.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    if !is_known(exchange.head.header("Authorization"), &service.settings().accounts.reverse_lookup_users) {
        let realm = "Basic realm=\"handle-search\"";
        return Some(Response::empty(401).with_header("WWW-Authenticate", realm));
    }
    if !matches!(exchange.head.method.as_str(), "GET" | "HEAD") {
        return Some(Response::empty(405).with_header("Allow", "GET, HEAD, OPTIONS"));
    }
    // What follows a semicolon is a matrix parameter and dropped.
    let segments: Vec<&str> =
        resource.split('/').skip(1).map(|segment| segment.split(';').next().unwrap_or_default()).collect();
    Some(match segments[..] {
        ["ping"] => text(200, "OK\n".to_owned()),
        ["handles"] => search(service, None, query),
        ["handles", prefix] if is_prefix(prefix) => search(service, Some(prefix), query),
        _ => not_found(),
    })
}

/// The user names and passwords are plain, unlike those of the API.
fn is_known(authorization: Option<&[u8]>, users: &[User]) -> bool {
    let credentials = authorization.and_then(|header| {
        let (scheme, encoded) = header.split_at_checked(6)?;
        let plain = STANDARD.decode(encoded.trim_ascii()).ok()?;
        scheme.eq_ignore_ascii_case(b"Basic ").then_some(plain)
    });
    credentials.is_some_and(|plain| {
        users.iter().any(|user| plain == format!("{}:{}", user.id, user.secret).into_bytes())
    })
}

/// Two digits, then letters, digits and dots: `0.NA` is none.
fn is_prefix(text: &str) -> bool {
    let digits = text.bytes().take(2).filter(u8::is_ascii_digit).count();
    digits == 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

fn search(service: &Service, prefix: Option<&str>, query: &str) -> Response {
    let Query { search, asked_limit, wanted } = match Query::parse(prefix, query) {
        Ok(query) => query,
        Err(problem) => return text(500, problem),
    };
    if service.reverse_lookup() == ReverseLookup::Solr {
        return solr::search(&service.records(), search, asked_limit);
    }
    if wanted == Wanted::Records && search.conditions.len() > 1 {
        return text(500, "Column Index out of range, 2 > 1. (SQL error code 0; SQL State S1009)".to_owned());
    }
    if search.conditions.is_empty() {
        return json(&json!([]));
    }
    let records = service.records();
    let found = match wanted {
        Wanted::Names => records.search_names(&search).map(|names| json!(names)),
        Wanted::Records => records.search_values(&search).map(by_handle),
    };
    match found {
        Ok(found) => json(&found),
        Err(problem) => text(500, format!("{problem} (SQL error code 0; SQL State HY000)")),
    }
}

/// Type and value alone, nothing decoded. A handle that was found twice has its values twice.
fn by_handle(found: Vec<Found>) -> Value {
    let mut handles = Map::new();
    for Found { handle, kind, data } in found {
        let value = json!({"type": kind, "value": String::from_utf8_lossy(&data)});
        if let Value::Array(values) = handles.entry(handle).or_insert_with(|| json!([])) {
            values.push(value);
        }
    }
    Value::Object(handles)
}

fn json(value: &Value) -> Response {
    body(200, "application/json", value.to_string())
}

fn text(status: u16, text: String) -> Response {
    body(status, "text/plain", text)
}

fn not_found() -> Response {
    body(404, "text/html;charset=ISO-8859-1", "<html><title>Error 404 Not Found</title></html>\n".to_owned())
}

fn body(status: u16, kind: &'static str, text: String) -> Response {
    let content = Content::Fixed(text.into_bytes());
    Response { content, ..Response::empty(status) }.with_header("Content-Type", kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        for text in ["21.T12345", "11", "841", "21."] {
            assert!(is_prefix(text), "{text}");
        }
        for text in ["", "1", "0.NA", "T1", "21.T12345%2FX", "21-x"] {
            assert!(!is_prefix(text), "{text}");
        }
    }

    #[test]
    fn users() {
        let users = [User { id: "a".to_owned(), secret: "b:%20".to_owned() }];
        let known = |plain: &str| {
            let header = format!("basic {}", STANDARD.encode(plain));
            is_known(Some(header.as_bytes()), &users)
        };
        assert!(known("a:b:%20"));
        assert!(!known("a:b: ") && !known("a") && !known(""));
        assert!(!is_known(None, &users) && !is_known(Some(b"Basic"), &users));
    }
}
