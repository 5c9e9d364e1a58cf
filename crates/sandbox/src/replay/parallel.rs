//! The parallel requests before a step that shows what they left behind. The recording has not them but, in the note
//! of the step, how many there were and how they were answered; what they wrote is in its answer.

use super::client::{Client, Route};
use super::transcript::Step;
use crate::fixture::User;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::thread;

/// Creates the record, as often as it has values in the recorded answer, without overwriting; then adds each of these
/// values with a request of its own. Returns what was answered otherwise than by the real server: one creation
/// succeeds, and all additions.
pub(super) fn play(client: &Client, route: &Route, user: &User, step: &Step) -> Vec<String> {
    let recorded = step.response.as_ref().and_then(|response| response.json.as_ref());
    let Some(values) = recorded.and_then(|json| json.get("values")?.as_array()) else {
        return vec!["the recorded answer has no values".to_owned()];
    };
    let path = step.request.target.split('?').next().unwrap_or_default();
    let (index, handle) = user.id.split_once(':').unwrap_or_default();
    let owner = json!({"handle": handle, "index": index, "permissions": "011111110011"});
    let owned = json!([{"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value": owner}}]);
    let creations = values.iter().map(|_| put(path, "overwrite=false", &owned, user));
    let additions = values.iter().map(|value| put(path, &format!("index={}", value["index"]), value, user));
    let mut created = at_once(client, route, creations.collect());
    let added = at_once(client, route, additions.collect());
    created.sort_unstable();
    let mut expected = vec![409; values.len()];
    if let Some(first) = expected.first_mut() {
        *first = 201;
    }
    let mut differences = Vec::new();
    if created != expected {
        differences.push(format!("parallel creations: expected one 201 and else 409, got {created:?}"));
    }
    if added.iter().any(|status| *status != 201) {
        differences.push(format!("parallel additions: expected 201, got {added:?}"));
    }
    differences
}

fn put(path: &str, query: &str, body: &Value, user: &User) -> Vec<u8> {
    let credentials = STANDARD.encode(format!("{}:{}", user.id.replace(':', "%3A"), user.secret));
    let body = body.to_string();
    format!(
        "PUT {path}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {credentials}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The statuses of the answers; 0 where there is none.
fn at_once(client: &Client, route: &Route, requests: Vec<Vec<u8>>) -> Vec<u16> {
    let status = |request: &[u8]| {
        let answer = client.exchange(request, route, false).ok().flatten();
        answer.map_or(0, |answer| answer.status)
    };
    thread::scope(|scope| {
        let running: Vec<_> = requests.iter().map(|request| scope.spawn(move || status(request))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    })
}
