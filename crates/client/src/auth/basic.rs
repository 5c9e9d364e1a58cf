//! Basic authentication (BEHAVIOUR.md 6.1).

use crate::error::{Error, Kind, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::HeaderValue;
use zeroize::Zeroizing;

/// The value of an Authorization header for Basic authentication.
pub(crate) fn basic(user: &str, password: &str) -> Result<HeaderValue> {
    let plain = Zeroizing::new(format!("{user}:{password}"));
    secret_header(Zeroizing::new(format!("Basic {}", BASE64.encode(plain.as_bytes()))))
}

/// A header value that is never shown.
pub(super) fn secret_header(text: Zeroizing<String>) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| Error::new(Kind::Internal, "The credentials cannot be put into a header."))?;
    value.set_sensitive(true);
    Ok(value)
}
