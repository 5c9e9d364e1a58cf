//! The challenge headers of a 401 (BEHAVIOUR.md 6).

use super::claim::{is_basic, split};
use crate::http::Head;
use crate::session::Session;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The values of `WWW-Authenticate`. The Basic line is missing for scripts in a browser and for clients that tried
/// something else.
pub(crate) fn challenge(head: &Head, session: &Session, error: Option<&str>) -> Vec<String> {
    let script =
        head.text("X-Requested-With").is_some_and(|with| with.eq_ignore_ascii_case("XMLHttpRequest"));
    let other_scheme = head.header("Authorization").is_some_and(|header| !is_basic(split(header).0));
    let mut lines = Vec::new();
    if !script && !other_scheme {
        lines.push("Basic realm=\"handle\"".to_owned());
    }
    let nonce = STANDARD.encode(&session.nonce);
    let mut handle = format!("Handle sessionId=\"{}\", nonce=\"{nonce}\"", session.id);
    if let Some(error) = error {
        handle.push_str(&format!(", error=\"{error}\""));
    }
    lines.push(handle);
    lines
}
