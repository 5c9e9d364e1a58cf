//! The bytes of a recorded request.

use super::transcript::Request;

/// What closes an array of values in the recorded requests.
const OWNER: &str = r#"{"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/21.T12345","index":200,"permissions":"011111110011"}}}]"#;

pub(super) fn bytes(request: &Request) -> Vec<u8> {
    let version = request.http_version.as_deref().unwrap_or("HTTP/1.1");
    let mut out = format!("{} {} {version}\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    if let Some(body) = &request.body {
        out.push_str(&match request.body_truncated_from_bytes {
            Some(length) => rebuild(body, length),
            None => body.clone(),
        });
    }
    out.into_bytes()
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
