//! The bytes of a recorded request.

use super::transcript::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What closes an array of values in the recorded requests.
const OWNER: &str = r#"{"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/21.T12345","index":200,"permissions":"011111110011"}}}]"#;

/// Of a request that renegotiated, the wish to do so is left out: it is played where the certificate goes into the
/// first handshake.
pub(super) fn bytes(request: &Request) -> Vec<u8> {
    let renegotiates = request.renegotiates();
    let version = request.http_version.as_deref().unwrap_or("HTTP/1.1");
    let mut out = format!("{} {} {version}\r\n", request.method, request.target);
    let body = body(request, renegotiates);
    for (name, value) in &request.headers {
        if renegotiates && name.eq_ignore_ascii_case("Authorization") {
            continue;
        }
        let adapted = body.len().to_string();
        let value =
            if renegotiates && name.eq_ignore_ascii_case("Content-Length") { &adapted } else { value };
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    [out.into_bytes(), body].concat()
}

fn body(request: &Request, renegotiates: bool) -> Vec<u8> {
    if let Some(body) = &request.body_base64 {
        return STANDARD.decode(body).unwrap_or_default();
    }
    match (&request.body, request.body_truncated_from_bytes) {
        (None, _) => Vec::new(),
        (Some(body), Some(length)) => rebuild(body, length).into_bytes(),
        (Some(body), None) if renegotiates => without_wish(body).into_bytes(),
        (Some(body), None) => body.clone().into_bytes(),
    }
}

fn without_wish(body: &str) -> String {
    match serde_json::from_str(body) {
        Ok(serde_json::Value::Object(mut members)) => {
            members.remove("clientCert");
            serde_json::Value::Object(members).to_string()
        }
        _ => body.to_owned(),
    }
}

/// Bodies too long to be recorded whole follow from their beginning and their length.
fn rebuild(start: &str, length: usize) -> String {
    if start.starts_with("[[") {
        return ["[".repeat(length / 2), "]".repeat(length / 2)].concat();
    }
    if start.starts_with(r#"[{"index":1,"type":"T""#) {
        let mut body = "[".to_owned();
        // The index of HS_ADMIN is left out.
        for index in (1..).filter(|index| *index != 100) {
            if body.len() + OWNER.len() >= length {
                break;
            }
            let text = format!("v{}", index - 1);
            body.push_str(&format!(
                r#"{{"index":{index},"type":"T","data":{{"format":"string","value":"{text}"}}}},"#
            ));
        }
        body.push_str(OWNER);
        return body;
    }
    let end = if start.starts_with('[') { format!("\"}}}},{OWNER}") } else { String::new() };
    let start = start.trim_end_matches("...");
    let filler = start.chars().last().unwrap_or('x').to_string();
    [start, &filler.repeat(length - start.len() - end.len()), &end].concat()
}
