//! The hash of a public key, by which a server is recognised.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of a SubjectPublicKeyInfo.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pin([u8; 32]);

impl Pin {
    /// The pin of a key.
    pub(crate) fn of(spki: &[u8]) -> Pin {
        Pin(Sha256::digest(spki).into())
    }

    /// Reads `sha256:` with hexadecimal digits, or `sha256//` with base64 as curl writes it; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Result<Pin, String>> {
        let form = text.get(..7).filter(|form| form.eq_ignore_ascii_case("sha256:") || *form == "sha256/")?;
        let hash = match (form, &text[7..]) {
            ("sha256/", rest) => BASE64.decode(rest.strip_prefix('/')?).ok(),
            (_, rest) => from_hex(rest),
        };
        let hash = hash.and_then(|hash| hash.try_into().ok());
        Some(hash.map(Pin).ok_or_else(|| {
            format!(
                "has \"{text}\", which is not the hash of a public key: expected sha256: with 64 hexadecimal digits, \
                 or sha256// with 44 characters of base64"
            )
        }))
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |pair: &[u8]| match *pair {
        [high, low] => u8::try_from(digit(high)? << 4 | digit(low)?).ok(),
        _ => None,
    };
    text.as_bytes().chunks(2).map(byte).collect()
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
