//! Basic authentication (BEHAVIOUR.md 6.1).

use super::refusal::Refusal;
use crate::identity::Identity;
use crate::store::Records;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode;

/// Checks base64( pct(index:handle) ":" password ). The password is raw bytes.
pub(super) fn verify(
    credentials: &[u8],
    records: &Records<'_>,
) -> rusqlite::Result<Result<Identity, Refusal>> {
    let Some((identity, password)) = decode(credentials) else {
        return Ok(Err(Refusal::Nameless));
    };
    let values = records.get(&identity.handle.key())?.unwrap_or_default();
    let verified = values
        .iter()
        .filter(|value| value.is_secret_key() && (identity.index == 0 || identity.index == value.index))
        .any(|value| value.data == password);
    Ok(if verified { Ok(identity) } else { Err(Refusal::NotVerified) })
}

fn decode(credentials: &[u8]) -> Option<(Identity, Vec<u8>)> {
    let plain = STANDARD.decode(credentials).ok()?;
    let colon = plain.iter().position(|byte| *byte == b':')?;
    let (user, password) = (&plain[..colon], &plain[colon + 1..]);
    // Non-ASCII letters of the user part must be percent-encoded.
    if !user.is_ascii() {
        return None;
    }
    let user = percent_decode(user).decode_utf8_lossy();
    Some((Identity::parse(&user), password.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Name;

    #[test]
    fn user_is_decoded_and_password_is_raw() {
        let encoded = STANDARD.encode("300%3A21.T1%2FUS%25ER%C3%BC:a%20:b");
        let (identity, password) = decode(encoded.as_bytes()).unwrap();
        assert_eq!(identity, Identity { index: 300, handle: Name::new("21.T1/US%ERü") });
        assert_eq!(password, b"a%20:b");
        for bad in ["nocolon", "ü:x"] {
            assert!(decode(STANDARD.encode(bad).as_bytes()).is_none(), "{bad}");
        }
        assert!(decode(b"").is_none() && decode(b"?").is_none());
    }
}
