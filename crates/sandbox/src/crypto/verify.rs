//! Signatures made with RSA and DSA keys.

use super::digest::Digest;
use crate::record::PublicKey;
use dsa::signature::hazmat::PrehashVerifier;
use dsa::{Components, Signature, VerifyingKey};
use md5::Md5;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha1::Sha1;
use sha2::Sha256;

impl PublicKey {
    /// RSASSA-PKCS1-v1_5, or DSA with a DER signature. A key or signature that makes no sense verifies nothing.
    pub(crate) fn verify(&self, digest: Digest, message: &[u8], signature: &[u8]) -> bool {
        let hash = digest.of(message);
        match self {
            PublicKey::Rsa { n, e } => {
                let scheme = match digest {
                    Digest::Md5 => Pkcs1v15Sign::new::<Md5>(),
                    Digest::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
                    Digest::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                };
                RsaPublicKey::new(BigUint::from_bytes_be(n), BigUint::from_bytes_be(e))
                    .is_ok_and(|key| key.verify(scheme, &hash, signature).is_ok())
            }
            PublicKey::Dsa { p, q, g, y } => {
                let number = |bytes: &[u8]| BigUint::from_bytes_be(bytes);
                let key = Components::from_components(number(p), number(q), number(g))
                    .and_then(|components| VerifyingKey::from_components(components, number(y)));
                match (key, Signature::try_from(signature)) {
                    (Ok(key), Ok(signature)) => key.verify_prehash(&hash, &signature).is_ok(),
                    _ => false,
                }
            }
        }
    }
}
