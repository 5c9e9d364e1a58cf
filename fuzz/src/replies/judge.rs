//! What a server's bytes say about a write, read without the library.

use serde_json::Value as Json;

/// The Handles that the bytes of a reply could confirm as written. Wherever a body could begin and however it is cut into
/// chunks, an honest success has a status of success, response code 1 and a name.
pub(super) fn confirmed(reply: &[u8]) -> Vec<String> {
    named(reply, &[b" 200", b" 201"], &[1])
}

/// The Handles of which the reply to a GET could tell how they are: with values, without, or not there.
pub(super) fn told(reply: &[u8]) -> Vec<String> {
    named(reply, &[b" 200", b" 404"], &[1, 100, 200])
}

fn named(reply: &[u8], statuses: &[&[u8]], codes: &[i64]) -> Vec<String> {
    if !statuses.iter().any(|status| contains(reply, status)) {
        return Vec::new();
    }
    let bodies = (1..reply.len()).filter(|&at| reply[at - 1] == b'\n').map(|at| &reply[at..]);
    bodies.flat_map(|body| [first(body, codes), first(&without_chunks(body), codes)]).flatten().collect()
}

/// Whether the reply is all that it should be, as servers write it, and nothing follows.
pub(super) fn is_whole_success(reply: &[u8], handle: &str) -> bool {
    let Some(head) = reply.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let (head, body) = (&reply[..head], &reply[head + 4..]);
    let length = format!("HTTP/1.1 200 OK\r\nContent-Length: {}", body.len());
    head == length.as_bytes() && whole(body).is_some_and(|written| written.eq_ignore_ascii_case(handle))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The name in the JSON that the bytes begin with.
fn first(bytes: &[u8], codes: &[i64]) -> Option<String> {
    // A byte that is no UTF-8 may follow.
    let valid = bytes.utf8_chunks().next()?.valid();
    name(&serde_json::Deserializer::from_str(valid).into_iter().next()?.ok()?, codes)
}

fn whole(bytes: &[u8]) -> Option<String> {
    name(&serde_json::from_slice(bytes).ok()?, &[1])
}

fn name(json: &Json, codes: &[i64]) -> Option<String> {
    let code = json.get("responseCode")?.as_i64()?;
    Some(json.get("handle")?.as_str()?.to_owned()).filter(|_| codes.contains(&code))
}

/// The bytes that chunks hold, as far as they make sense.
fn without_chunks(mut bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
        let size = bytes[..end].split(|byte| b"; \t\r".contains(byte)).find(|part| !part.is_empty());
        let size = size.and_then(|digits| usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        let Some(size) = size.filter(|&size| size > 0) else { break };
        let rest = &bytes[end + 1..];
        all.extend(&rest[..size.min(rest.len())]);
        let Some(rest) = rest.get(size..) else { break };
        bytes = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    all
}
