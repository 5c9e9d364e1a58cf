//! Public keys.

use super::container::{self, Item, KeyFormat};
use super::private::{PrivateKey, to_pem};
use super::{KeyAlgorithm, asn1, certificate, handle_format, invalid, jwk};
use crate::error::Result;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};
use std::fmt;

/// An RSA or DSA public key.
#[derive(Clone)]
pub struct PublicKey(pub(super) PublicNumbers);

#[derive(Clone)]
pub(super) enum PublicNumbers {
    Rsa(rsa::RsaPublicKey),
    Dsa(dsa::VerifyingKey),
}

impl PublicKey {
    /// Reads the public key of a file: a public key in any format, that of the first certificate, or the public half of
    /// a private key, which must not be encrypted.
    ///
    /// # Errors
    /// [`KeyInvalid`](crate::Kind::KeyInvalid), [`PassphraseNeeded`](crate::Kind::PassphraseNeeded).
    pub fn read(bytes: &[u8]) -> Result<PublicKey> {
        let items = container::items(bytes)?;
        let open = items.iter().find(|item| !item.format.is_private());
        match open.or(items.first()) {
            Some(item) if item.format.is_private() => Ok(PrivateKey::decode(item, None)?.public_key()),
            Some(item) => PublicKey::decode(item),
            None => Err(invalid("The file holds no key.")),
        }
    }

    pub(super) fn decode(item: &Item) -> Result<PublicKey> {
        let numbers = match item.format {
            KeyFormat::HandlePublic => handle_format::decode_public(&item.bytes),
            KeyFormat::Spki => asn1::decode_spki(&item.bytes),
            KeyFormat::Pkcs1Public => asn1::decode_pkcs1_public(&item.bytes),
            KeyFormat::Jwk => jwk::decode(&item.bytes),
            KeyFormat::Certificate => asn1::decode_spki(certificate::spki(&item.bytes)?),
            other => Err(invalid(format!("This is no public key, but: {other}."))),
        }?;
        Ok(PublicKey(numbers))
    }

    /// Reads a SubjectPublicKeyInfo in DER.
    pub fn from_spki(der: &[u8]) -> Result<PublicKey> {
        asn1::decode_spki(der).map(PublicKey)
    }

    /// RSA or DSA.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match self.0 {
            PublicNumbers::Rsa(_) => KeyAlgorithm::Rsa,
            PublicNumbers::Dsa(_) => KeyAlgorithm::Dsa,
        }
    }

    /// The length of the modulus.
    pub fn bits(&self) -> usize {
        match &self.0 {
            PublicNumbers::Rsa(key) => key.n().bits(),
            PublicNumbers::Dsa(key) => key.components().p().bits(),
        }
    }

    /// SubjectPublicKeyInfo in DER.
    pub fn to_spki(&self) -> Vec<u8> {
        std::mem::take(&mut *asn1::encode_public(&self.0))
    }

    /// SubjectPublicKeyInfo in PEM (`BEGIN PUBLIC KEY`).
    pub fn to_pem(&self) -> String {
        std::mem::take(&mut *to_pem("PUBLIC KEY", &self.to_spki()))
    }

    /// A file as the Handle tools write it (admpub.bin), which is also the data of an HS_PUBKEY value.
    pub fn to_handle(&self) -> Vec<u8> {
        handle_format::encode_public(&self.0)
    }

    /// SHA-256 of the SubjectPublicKeyInfo.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.to_spki()).into()
    }

    /// The same as text: `sha256:` and 64 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let digits: String = self.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256:{digits}")
    }
}

/// As a server compares a certificate's key with a value (BEHAVIOUR.md 6.3).
impl PartialEq for PublicKey {
    fn eq(&self, other: &PublicKey) -> bool {
        self.to_handle() == other.to_handle()
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({} {} bits)", self.algorithm(), self.bits())
    }
}
