//! Signatures: answers to a server's challenge (BEHAVIOUR.md 6.2), certificates, TLS handshakes.

use super::private::{PrivateKey, PrivateNumbers};
use super::{asn1, invalid};
use crate::error::{Error, Kind, Result};
use dsa::signature::SignatureEncoding;
use dsa::signature::hazmat::PrehashSigner;
use ring::rand::SystemRandom;
use ring::signature::{self as ring_signature, RsaEncoding, RsaKeyPair};
use rsa::rand_core::OsRng;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

/// How to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignatureScheme {
    RsaPkcs1Sha256,
    RsaPssSha256,
    /// The signature is a DER SEQUENCE of r and s.
    DsaSha256,
}

impl PrivateKey {
    /// Signs a message, which is hashed here. RSA keys below 2048 or above 4096 bits sign with RsaPkcs1Sha256 only. The
    /// random number in a DSA signature follows from key and message (RFC 6979).
    pub(crate) fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>> {
        let signature = self.signature(scheme, message);
        clear_stack();
        signature
    }

    #[inline(never)]
    fn signature(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>> {
        use SignatureScheme::*;
        let padding: &dyn RsaEncoding = match (&*self.0, scheme) {
            (PrivateNumbers::Dsa(key), DsaSha256) => return dsa(key, message),
            (PrivateNumbers::Rsa(_), RsaPkcs1Sha256) => &ring_signature::RSA_PKCS1_SHA256,
            (PrivateNumbers::Rsa(_), RsaPssSha256) => &ring_signature::RSA_PSS_SHA256,
            (PrivateNumbers::Rsa(_), DsaSha256) | (PrivateNumbers::Dsa(_), _) => {
                return Err(Error::new(Kind::Internal, "The signature scheme does not belong to the key."));
            }
        };
        let PrivateNumbers::Rsa(key) = &*self.0 else { return Err(failed("RSA")) };
        match RsaKeyPair::from_der(&asn1::encode_pkcs1(key)?) {
            Ok(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                let signed = pair.sign(padding, &SystemRandom::new(), message, &mut signature);
                signed.map(|()| signature).map_err(|_| failed("RSA"))
            }
            Err(_) if scheme == RsaPkcs1Sha256 => rsa(key, message),
            Err(_) => Err(failed("RSA")),
        }
    }
}

/// Overwrites what the arithmetic has left there: parts of the key.
#[inline(never)]
fn clear_stack() {
    [0_u8; 24 << 10].zeroize();
}

/// For lengths and exponents that ring does not take. Blinded, see Cargo.toml.
fn rsa(key: &RsaPrivateKey, message: &[u8]) -> Result<Vec<u8>> {
    let padding = Pkcs1v15Sign::new::<Sha256>();
    key.sign_with_rng(&mut OsRng, padding, &Sha256::digest(message)).map_err(|_| failed("RSA"))
}

fn dsa(key: &dsa::SigningKey, message: &[u8]) -> Result<Vec<u8>> {
    let signature = key.sign_prehash(&Sha256::digest(message)).map_err(|_| failed("DSA"))?;
    Ok(signature.to_vec())
}

fn failed(algorithm: &str) -> Error {
    invalid(format!(
        "The {algorithm} key cannot sign: it is damaged, or its length does not allow this signature."
    ))
}
