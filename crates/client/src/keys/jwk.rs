//! Public keys as JSON Web Keys, as the REST API shows HS_PUBKEY values (BEHAVIOUR.md 4.1).

use super::numbers::{self, DsaGroup};
use super::public::PublicNumbers;
use super::{damaged, invalid, unusable_algorithm};
use crate::error::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use rsa::BigUint;
use serde_json::Value as Json;

pub(super) fn decode(bytes: &[u8]) -> Result<PublicNumbers> {
    let text = str::from_utf8(bytes).unwrap_or_default();
    let json: Json = serde_json::from_str(text).map_err(|_| damaged("JSON Web Key"))?;
    let number = |name: &str| {
        let text = json[name].as_str().unwrap_or_default();
        match BASE64URL.decode(text.trim_end_matches('=')) {
            Ok(bytes) if !bytes.is_empty() => Ok(BigUint::from_bytes_be(&bytes)),
            _ => Err(damaged("JSON Web Key")),
        }
    };
    match json["kty"].as_str() {
        Some("RSA") => Ok(PublicNumbers::Rsa(numbers::rsa_public(number("n")?, number("e")?)?)),
        Some("DSA") => {
            let group = DsaGroup { p: number("p")?, q: number("q")?, g: number("g")? };
            Ok(PublicNumbers::Dsa(numbers::dsa_public(group, number("y")?)?))
        }
        Some(other) => Err(unusable_algorithm(other)),
        None => Err(invalid("This is JSON, but not a JSON Web Key.")),
    }
}
