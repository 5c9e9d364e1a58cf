//! Request bodies: media type, character set, JSON (BEHAVIOUR.md 5.1).

use super::reply::{Reply, Stop, malformed};
use crate::codes::ResponseCode;
use crate::http::{Exchange, Head};
use crate::json::{Json, ParseError, parse};

pub(super) const JSON: &str = "application/json";

/// The media type in lower case, without parameters.
pub(super) fn media_type(head: &Head) -> Option<String> {
    let essence = head.text("Content-Type")?.split(';').next()?;
    Some(essence.trim().to_ascii_lowercase())
}

/// The body as text: without a charset parameter it is ISO-8859-1.
pub(super) fn text(exchange: &mut Exchange<'_, '_>) -> Result<String, Stop> {
    let bytes = exchange.body.read()?;
    if is_utf8(&exchange.head) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(bytes.iter().map(|byte| char::from(*byte)).collect())
}

/// The body as JSON.
pub(super) fn json(exchange: &mut Exchange<'_, '_>) -> Result<Json, Stop> {
    let parsed = parse(&text(exchange)?);
    parsed.map_err(|error| match error {
        ParseError::Syntax { .. } => malformed(error.to_string()).into(),
        // The real server runs out of stack.
        ParseError::TooDeep => Reply::new(500, ResponseCode::ERROR).message("Server Error").into(),
    })
}

fn is_utf8(head: &Head) -> bool {
    let parameters = head.text("Content-Type").unwrap_or_default().split(';').skip(1);
    parameters.filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset")
            && (value.eq_ignore_ascii_case("UTF-8") || value.eq_ignore_ascii_case("UTF8"))
    })
}
