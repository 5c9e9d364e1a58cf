//! Signatures: answers to a server's challenge (BEHAVIOUR.md 6.2), certificates, TLS handshakes.

use super::invalid;
use super::private::{PrivateKey, PrivateNumbers};
use crate::error::{Error, Kind, Result};
use dsa::signature::SignatureEncoding;
use dsa::signature::hazmat::PrehashSigner;
use rsa::pss::Pss;
use rsa::rand_core::OsRng;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// How to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code)] // Until TLS handshakes and sessions choose among them.
pub(crate) enum SignatureScheme {
    RsaPkcs1Sha256,
    RsaPkcs1Sha384,
    RsaPkcs1Sha512,
    RsaPssSha256,
    RsaPssSha384,
    RsaPssSha512,
    /// The signature is a DER SEQUENCE of r and s.
    DsaSha256,
}

impl PrivateKey {
    /// Signs a message, which is hashed here. RSA blinds, see Cargo.toml; the random number in a DSA signature
    /// follows from key and message (RFC 6979).
    pub(crate) fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>> {
        use SignatureScheme::*;
        match (&*self.0, scheme) {
            (PrivateNumbers::Rsa(key), RsaPkcs1Sha256) => {
                rsa(key, Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message))
            }
            (PrivateNumbers::Rsa(key), RsaPkcs1Sha384) => {
                rsa(key, Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(message))
            }
            (PrivateNumbers::Rsa(key), RsaPkcs1Sha512) => {
                rsa(key, Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(message))
            }
            (PrivateNumbers::Rsa(key), RsaPssSha256) => {
                rsa(key, Pss::new_blinded::<Sha256>(), &Sha256::digest(message))
            }
            (PrivateNumbers::Rsa(key), RsaPssSha384) => {
                rsa(key, Pss::new_blinded::<Sha384>(), &Sha384::digest(message))
            }
            (PrivateNumbers::Rsa(key), RsaPssSha512) => {
                rsa(key, Pss::new_blinded::<Sha512>(), &Sha512::digest(message))
            }
            (PrivateNumbers::Dsa(key), DsaSha256) => {
                let signature = key.sign_prehash(&Sha256::digest(message));
                Ok(signature.map_err(|_| failed("DSA"))?.to_vec())
            }
            (PrivateNumbers::Rsa(_), DsaSha256) | (PrivateNumbers::Dsa(_), _) => {
                Err(Error::new(Kind::Internal, "The signature scheme does not belong to the key."))
            }
        }
    }
}

fn rsa(key: &RsaPrivateKey, padding: impl rsa::traits::SignatureScheme, hash: &[u8]) -> Result<Vec<u8>> {
    key.sign_with_rng(&mut OsRng, padding, hash).map_err(|_| failed("RSA"))
}

fn failed(algorithm: &str) -> Error {
    invalid(format!("The {algorithm} key cannot sign: it is damaged, or too short for this signature."))
}
