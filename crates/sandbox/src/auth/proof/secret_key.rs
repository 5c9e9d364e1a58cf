//! Answers computed from a shared secret.

use super::Claim;
use crate::crypto::Digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// How the answer comes from the secret and the message.
#[derive(Debug, PartialEq)]
pub(super) enum Method {
    /// H(secret, message, secret).
    Digest(Digest),
    HmacSha1,
    HmacSha256,
    /// HMAC-SHA1 with a derived key.
    Pbkdf2 {
        salt: Vec<u8>,
        iterations: u32,
        bytes: usize,
    },
}

impl Method {
    pub(super) fn from_claim(algorithm: &str, claim: &Claim) -> Option<Method> {
        if let Some(digest) = Digest::from_name(algorithm) {
            return Some(Method::Digest(digest));
        }
        // Case and punctuation are ignored in the names of these.
        let name: String = algorithm.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match name.to_ascii_uppercase().as_str() {
            "HMACSHA1" => Method::HmacSha1,
            "HMACSHA256" => Method::HmacSha256,
            "PBKDF2HMACSHA1" | "PBKDF2WITHHMACSHA1" => Method::Pbkdf2 {
                salt: STANDARD.decode(claim.get("salt")?).ok()?,
                iterations: claim.get("iterations")?.parse().ok()?,
                // In bits. What no key needs is not worth the memory.
                bytes: usize::from(claim.get("length")?.parse::<u16>().ok()?) / 8,
            },
            _ => return None,
        })
    }

    pub(super) fn answer(&self, secret: &[u8], message: &[u8]) -> Vec<u8> {
        match self {
            Method::Digest(digest) => digest.of(&[secret, message, secret].concat()),
            Method::HmacSha1 => hmac::<Hmac<Sha1>>(secret, message),
            Method::HmacSha256 => hmac::<Hmac<Sha256>>(secret, message),
            Method::Pbkdf2 { salt, iterations, bytes } => {
                let mut key = vec![0; *bytes];
                pbkdf2::pbkdf2_hmac::<Sha1>(widened(secret).as_bytes(), salt, *iterations, &mut key);
                hmac::<Hmac<Sha1>>(&key, message)
            }
        }
    }
}

fn hmac<M: Mac + hmac::digest::KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
    // An HMAC takes keys of any length.
    <M as Mac>::new_from_slice(key)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

/// The real server takes each byte for a character: a UTF-8 secret is encoded twice (BEHAVIOUR.md 6.2).
fn widened(secret: &[u8]) -> String {
    secret.iter().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn method(algorithm: &str) -> Option<Method> {
        let claim = parse(r#"{"salt":"c2FsdA==","iterations":2,"length":160}"#).unwrap();
        Method::from_claim(algorithm, &Claim::from_json(&claim)?)
    }

    #[test]
    fn names_ignore_case_and_punctuation() {
        for name in ["PBKDF2-HMAC-SHA1", "PBKDF2WithHmacSHA1", "pbkdf2hmacsha1"] {
            let expected = Method::Pbkdf2 { salt: b"salt".to_vec(), iterations: 2, bytes: 20 };
            assert_eq!(method(name), Some(expected), "{name}");
        }
        assert_eq!(method("HmacSHA256"), Some(Method::HmacSha256));
        assert_eq!(method("SHA-512"), None);
    }

    #[test]
    fn known_answers() {
        // RFC 2202 (case 2), RFC 4231 (case 2), and RFC 6070 (2 iterations) as the key of HMAC-SHA1.
        let question = b"what do ya want for nothing?";
        let answer = |name, secret: &[u8]| hex::encode(method(name).unwrap().answer(secret, question));
        assert_eq!(answer("HMAC-SHA1", b"Jefe"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(
            answer("HMAC-SHA256", b"Jefe"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let derived = hex::decode("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957").unwrap();
        let expected = hex::encode(Method::HmacSha1.answer(&derived, question));
        assert_eq!(answer("PBKDF2-HMAC-SHA1", b"password"), expected);
    }

    #[test]
    fn secrets_are_widened() {
        assert_eq!(widened("ä".as_bytes()), "Ã¤");
    }
}
