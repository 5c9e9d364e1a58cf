//! The challenge headers of a 401 (BEHAVIOUR.md 6).

use super::authorization::{is_basic, split};
use crate::http::{Head, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io;
use uuid::Uuid;

/// Adds the challenge to a 401. The Basic line is missing for scripts in a browser and for clients that tried
/// something else.
pub(crate) fn challenge(response: Response, head: &Head, error: Option<&str>) -> io::Result<Response> {
    let script =
        head.text("X-Requested-With").is_some_and(|with| with.eq_ignore_ascii_case("XMLHttpRequest"));
    let other_scheme = head.header("Authorization").is_some_and(|header| !is_basic(split(header).0));
    let response = if script || other_scheme {
        response
    } else {
        response.with_header("WWW-Authenticate", "Basic realm=\"handle\"")
    };
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(io::Error::other)?;
    let mut handle = format!("Handle sessionId=\"{}\", nonce=\"{}\"", session_id(), STANDARD.encode(nonce));
    if let Some(error) = error {
        handle.push_str(&format!(", error=\"{error}\""));
    }
    Ok(response.with_header("WWW-Authenticate", handle))
}

/// About 25 lower-case letters and digits.
fn session_id() -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut number = Uuid::new_v4().as_u128();
    let mut id = String::new();
    while number > 0 {
        let digit = usize::try_from(number % 36).unwrap_or_default();
        id.push(char::from(DIGITS[digit]));
        number /= 36;
    }
    id
}
