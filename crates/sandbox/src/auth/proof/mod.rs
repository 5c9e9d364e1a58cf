//! Answers to a challenge: signatures over nonce and cnonce (BEHAVIOUR.md 6.2).

mod secret_key;

use super::claim::Claim;
use super::refusal::Refusal;
use crate::crypto::Digest;
use crate::identity::Identity;
use crate::record::Value;
use crate::session::Login;
use crate::store::Records;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secret_key::Method;

/// Checks the claim to be somebody against the keys of that somebody's handle.
pub(super) fn verify(
    claim: &Claim,
    nonce: &[u8],
    records: &Records<'_>,
) -> rusqlite::Result<Result<Login, Refusal>> {
    let Some(proof) = Proof::from_claim(claim) else {
        return Ok(Err(Refusal::Unreadable));
    };
    let values = records.get(&proof.claimed.handle.key())?.unwrap_or_default();
    let message = [nonce, &proof.cnonce].concat();
    let found = values
        .iter()
        .filter(|value| proof.claimed.index == 0 || proof.claimed.index == value.index)
        .find(|value| proof.kind.verify(value, &message, &proof.signature));
    Ok(match found {
        Some(value) => {
            let identity = Identity { index: value.index, ..proof.claimed.clone() };
            Ok(Login { identity, claimed: proof.claimed })
        }
        None => Err(Refusal::NotVerified),
    })
}

struct Proof {
    claimed: Identity,
    cnonce: Vec<u8>,
    signature: Vec<u8>,
    kind: Kind,
}

/// The kind of key and what was done with it.
enum Kind {
    Public(Digest),
    Secret(Method),
}

impl Proof {
    fn from_claim(claim: &Claim) -> Option<Proof> {
        let bytes = |name| STANDARD.decode(claim.get(name)?).ok();
        let algorithm = claim.get("alg")?;
        Some(Proof {
            claimed: Identity::parse(claim.get("id")?),
            cnonce: bytes("cnonce")?,
            signature: bytes("signature")?,
            // The names of the types are case-sensitive.
            kind: match claim.get("type")? {
                "HS_PUBKEY" => Kind::Public(Digest::from_name(algorithm)?),
                "HS_SECKEY" => Kind::Secret(Method::from_claim(algorithm, claim)?),
                _ => return None,
            },
        })
    }
}

impl Kind {
    fn verify(&self, value: &Value, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Kind::Public(digest) => {
                value.is_public_key()
                    && value.public_key().is_some_and(|key| key.verify(*digest, message, signature))
            }
            Kind::Secret(method) => value.is_secret_key() && method.answer(&value.data, message) == signature,
        }
    }
}
