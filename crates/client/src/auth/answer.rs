//! Answering the server's challenge (BEHAVIOUR.md 6.2).

use super::credentials::{Credentials, Proof};
use crate::error::{Error, Kind, Result};
use crate::keys::{KeyAlgorithm, PrivateKey, SignatureScheme};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::{hmac, pbkdf2};
use std::num::NonZeroU32;
use zeroize::Zeroizing;

/// What the server's own tools take. The server sets no lower bound.
const ITERATIONS: NonZeroU32 = match NonZeroU32::new(10_000) {
    Some(iterations) => iterations,
    None => NonZeroU32::MIN,
};
/// Of the derived key: that of HMAC-SHA1.
const KEY_BYTES: usize = 20;

/// What has to be sent besides the session and our name: names and values of parameters, safe within quotes.
pub(super) type Answer = Vec<(&'static str, String)>;

/// Answers a challenge with random numbers of our own.
pub(super) fn answer(credentials: &Credentials, nonce: &[u8]) -> Result<Answer> {
    let cnonce = random()?;
    let message = [nonce, &cnonce].concat();
    let mut answer = vec![("cnonce", BASE64.encode(cnonce))];
    answer.extend(match credentials.proof() {
        Proof::Password(secret) => of_secret(secret.as_bytes(), &message, &random()?),
        Proof::Key(key) => of_key(key, &message)?,
    });
    Ok(answer)
}

fn of_key(key: &PrivateKey, message: &[u8]) -> Result<Answer> {
    let scheme = match key.algorithm() {
        KeyAlgorithm::Rsa => SignatureScheme::RsaPkcs1Sha256,
        KeyAlgorithm::Dsa => SignatureScheme::DsaSha256,
    };
    let signature = key.sign(scheme, message)?;
    Ok(vec![
        ("type", "HS_PUBKEY".to_owned()),
        ("alg", "SHA256".to_owned()),
        ("signature", BASE64.encode(signature)),
    ])
}

/// The strongest algorithm that the server takes for passwords: the only one that makes guessing slow for somebody
/// who has seen the answer.
fn of_secret(secret: &[u8], message: &[u8], salt: &[u8]) -> Answer {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA1, ITERATIONS, salt, widened(secret).as_bytes(), key.as_mut());
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_ref());
    vec![
        ("type", "HS_SECKEY".to_owned()),
        ("alg", "PBKDF2-HMAC-SHA1".to_owned()),
        ("salt", BASE64.encode(salt)),
        ("iterations", ITERATIONS.to_string()),
        ("length", (8 * KEY_BYTES).to_string()),
        ("signature", BASE64.encode(hmac::sign(&key, message))),
    ]
}

/// Each byte as a character of its own, as the server's key derivation reads secrets.
fn widened(secret: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(secret.iter().map(|&byte| char::from(byte)).collect())
}

fn random() -> Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::new(Kind::NoResources, format!("The system gives no random numbers ({error})."))
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_never_the_same() {
        let user = crate::reference::Reference::parse("300:p/u").unwrap();
        let password = Proof::Password(Zeroizing::new("x".to_owned()));
        let credentials = Credentials::new(user, password, super::super::Method::Session);
        let (first, second) = (answer(&credentials, b"n").unwrap(), answer(&credentials, b"n").unwrap());
        for name in ["cnonce", "salt", "signature"] {
            let value = |answer: &Answer| answer.iter().find(|(n, _)| *n == name).unwrap().1.clone();
            assert_ne!(value(&first), value(&second), "{name}");
        }
    }

    #[test]
    fn secrets_are_widened_once_more() {
        assert_eq!(widened("ü".as_bytes()).as_bytes(), "Ã¼".as_bytes());
    }
}
