//! What makes an answer different from the recorded one. Aside are left: what differs on every run (timestamps of
//! new values, session ids, nonces, what the recording calls volatile), what is the server's own (its key and its
//! port), and texts that nobody may rely on (exception messages, web pages).

use super::client::Answer;
use super::transcript::Response;
use serde_json::Value;

/// The time of the fixture's records: the only timestamp that is the same on every run.
const FIXTURE_TIME: &str = "2024-01-01T00:00:00Z";

/// Response codes whose messages are free text.
const FREE_TEXT: [u64; 2] = [2, 4];

pub(super) fn differences(
    expected: &Response,
    volatile: &[String],
    answer: &Answer,
    rename: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |what: &str, expected: String, actual: String| {
        if expected != actual {
            found.push(format!("{what}: expected {expected}, got {actual}"));
        }
    };
    check("status", expected.status.to_string(), answer.status.to_string());
    check("framing", expected.framing.clone(), answer.framing.to_owned());
    let actual_body = String::from_utf8_lossy(&answer.body).into_owned();
    let actual_json = serde_json::from_str::<Value>(&actual_body).ok();
    let expected_body = rename(expected.body.as_deref().unwrap_or_default());
    let expected_json =
        expected.json.as_ref().and_then(|json| serde_json::from_str(&rename(&json.to_string())).ok());
    let page = expected_body.starts_with("<!DOCTYPE");
    let free = page
        || expected_body.starts_with(r#"{"responseCode":4,"message":"#)
        || expected_json.as_ref().is_some_and(is_free_text);
    check("headers", headers(&expected.headers, free), headers(&answer.headers, free));
    match (expected_json, actual_json) {
        _ if page => {}
        (Some(expected), Some(actual)) => {
            let shown = |json| blank(volatile, stable(json)).to_string();
            check("body", shown(expected), shown(actual));
        }
        _ if expected.body_truncated_from_bytes.is_some() => {
            let start = stable_start(expected_body.trim_end_matches("..."));
            let actual = stable_start(&actual_body).chars().take(start.chars().count()).collect();
            check("start of the body", start, actual);
        }
        _ => check("body", expected_body, actual_body),
    }
    found
}

fn is_free_text(json: &Value) -> bool {
    json.get("message").is_some()
        && json.get("responseCode").and_then(Value::as_u64).is_some_and(|code| FREE_TEXT.contains(&code))
}

/// All headers, one text. Only the order of headers with the same name means something.
fn headers(headers: &[(String, String)], free_length: bool) -> String {
    let mut sorted: Vec<_> = headers.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str());
    let shown: Vec<String> = sorted
        .iter()
        .map(|(name, value)| match name.as_str() {
            "Content-Length" if free_length => format!("{name}: *"),
            "WWW-Authenticate" => format!("{name}: {}", without_quoted(value, &["sessionId=", "nonce="])),
            _ => format!("{name}: {value}"),
        })
        .collect();
    shown.join("; ")
}

/// Blanks the quoted values behind these labels.
fn without_quoted(text: &str, labels: &[&str]) -> String {
    labels.iter().fold(text.to_owned(), |text, label| {
        let Some(start) = text.find(label).map(|start| start + label.len() + 1) else {
            return text;
        };
        let Some(end) = text.get(start..).and_then(|rest| rest.find('"')) else {
            return text;
        };
        format!("{}*{}", &text[..start], &text[start + end..])
    })
}

/// Blanks the places that JSON pointers name. Timestamps have a rule of their own: those of the fixture do not
/// change.
fn blank(pointers: &[String], mut json: Value) -> Value {
    for pointer in pointers.iter().filter(|pointer| !pointer.ends_with("/timestamp")) {
        if let Some(path) = pointer.strip_prefix('/') {
            blank_one(&mut json, path);
        }
    }
    json
}

fn blank_one(json: &mut Value, path: &str) {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let places: Vec<&mut Value> = match json {
        Value::Array(items) if first == "*" => items.iter_mut().collect(),
        other => other.get_mut(first).into_iter().collect(),
    };
    for place in places {
        match rest {
            Some(rest) => blank_one(place, rest),
            // Its kind still counts.
            None if place.is_string() => *place = Value::from("*"),
            None if place.is_array() => *place = Value::Array(Vec::new()),
            None => *place = Value::Null,
        }
    }
}

/// The JSON without what may differ.
fn stable(json: Value) -> Value {
    match json {
        Value::Object(members) => {
            let free = is_free_text(&Value::Object(members.clone()));
            let kept = members.into_iter().map(|(name, value)| match (name.as_str(), value) {
                ("message", _) if free => (name, Value::from("*")),
                ("sessionId" | "nonce" | "serverSignature", Value::String(_)) => (name, Value::from("*")),
                ("site", site) => (name, without_own_facts(site)),
                ("timestamp", Value::String(time)) if time != FIXTURE_TIME => (name, Value::from("*")),
                (_, value) => (name, stable(value)),
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(stable).collect()),
        other => other,
    }
}

/// A site without the key of its server and the port it listens on.
fn without_own_facts(mut site: Value) -> Value {
    for server in site.get_mut("servers").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(number) = server.pointer_mut("/publicKey/value/n") {
            *number = Value::from("*");
        }
        for interface in server.get_mut("interfaces").and_then(Value::as_array_mut).into_iter().flatten() {
            if interface["protocol"] == "HTTP" {
                interface["port"] = Value::from("*");
            }
        }
    }
    site
}

/// The text without times, up to a message.
fn stable_start(text: &str) -> String {
    const TIME: &str = "\"timestamp\":\"";
    let start = text.split("\"message\"").next().unwrap_or_default();
    let mut parts = start.split(TIME);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(TIME);
        out.push_str(part.find('"').map_or("", |end| &part[end..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(body: &str) -> Response {
        Response {
            status: 200,
            headers: vec![("Vary".to_owned(), "Accept-Encoding".to_owned())],
            framing: "chunked".to_owned(),
            body: Some(body.to_owned()),
            body_truncated_from_bytes: None,
            json: serde_json::from_str(body).ok(),
        }
    }

    fn answer(body: &str) -> Answer {
        let headers = vec![("Vary".to_owned(), "Accept-Encoding".to_owned())];
        Answer { status: 200, headers, framing: "chunked", body: body.as_bytes().to_vec() }
    }

    fn compare(expected: &str, actual: &str) -> usize {
        differences(&recorded(expected), &[], &answer(actual), &str::to_owned).len()
    }

    #[test]
    fn volatile_parts_do_not_count() {
        assert_eq!(
            compare(r#"{"timestamp":"2026-11-22T15:17:58Z"}"#, r#"{"timestamp":"2030-01-01T00:00:00Z"}"#),
            0
        );
        assert_eq!(compare(r#"{"responseCode":4,"message":"a"}"#, r#"{"responseCode":4,"message":"b"}"#), 0);
    }

    #[test]
    fn volatile_places_keep_their_kind() {
        let volatile = ["/totalCount".to_owned(), "/handles".to_owned()];
        let count = |actual: &str| {
            let expected = recorded(r#"{"totalCount":"26","handles":["a"],"page":0}"#);
            differences(&expected, &volatile, &answer(actual), &str::to_owned).len()
        };
        assert_eq!(count(r#"{"totalCount":"1","handles":["b","c"],"page":0}"#), 0);
        assert_eq!(count(r#"{"totalCount":1,"handles":[],"page":0}"#), 1);
        assert_eq!(count(r#"{"totalCount":"1","handles":[],"page":1}"#), 1);
    }

    #[test]
    fn everything_else_does() {
        assert_eq!(
            compare(r#"{"timestamp":"2024-01-01T00:00:00Z"}"#, r#"{"timestamp":"2030-01-01T00:00:00Z"}"#),
            1
        );
        assert_eq!(
            compare(r#"{"responseCode":301,"message":"a"}"#, r#"{"responseCode":301,"message":"b"}"#),
            1
        );
        assert_eq!(compare(r#"{"responseCode":4,"message":"a"}"#, r#"{"responseCode":4}"#), 1);
        assert_eq!(compare("Error: 400", "Error: 401"), 1);
        let other_status = Response { status: 201, ..recorded("{}") };
        assert_eq!(differences(&other_status, &[], &answer("{}"), &str::to_owned).len(), 1);
    }

    #[test]
    fn secrets_of_a_challenge_are_blanked() {
        let header = r#"Handle sessionId="abc", nonce="d==", error="x""#;
        assert_eq!(
            without_quoted(header, &["sessionId=", "nonce="]),
            r#"Handle sessionId="*", nonce="*", error="x""#
        );
    }
}
