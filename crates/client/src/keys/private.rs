//! Private keys.

use super::container::{self, Item, KeyFormat};
use super::public::{PublicKey, PublicNumbers};
use super::{KeyAlgorithm, asn1, encrypted_pkcs8, handle_encryption, handle_format, invalid};
use crate::error::Result;
use rsa::traits::PublicKeyParts;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// An RSA or DSA private key. Its numbers are cleared when the last clone is dropped.
#[derive(Clone)]
pub struct PrivateKey(pub(super) Arc<PrivateNumbers>);

/// Both types clear themselves.
pub(super) enum PrivateNumbers {
    Rsa(rsa::RsaPrivateKey),
    Dsa(dsa::SigningKey),
}

impl PrivateKey {
    /// Reads the private key of a file, whatever its format; a passphrase that is not needed is ignored.
    ///
    /// # Errors
    /// [`KeyInvalid`](crate::Kind::KeyInvalid), [`PassphraseNeeded`](crate::Kind::PassphraseNeeded),
    /// [`PassphraseWrong`](crate::Kind::PassphraseWrong).
    pub fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<PrivateKey> {
        let items = container::items(bytes)?;
        match items.iter().find(|item| item.format.is_private()) {
            Some(item) => PrivateKey::decode(item, passphrase),
            None => Err(invalid(format!(
                "The file holds no private key, but: {}.",
                items.first().map(|item| item.format.to_string()).unwrap_or_default()
            ))),
        }
    }

    pub(super) fn decode(item: &Item, passphrase: Option<&[u8]>) -> Result<PrivateKey> {
        let numbers = match item.format {
            KeyFormat::HandlePrivate => handle_encryption::decode(&item.bytes, passphrase),
            KeyFormat::Pkcs8 => asn1::decode_pkcs8(&item.bytes),
            KeyFormat::EncryptedPkcs8 => encrypted_pkcs8::decode(&item.bytes, passphrase),
            KeyFormat::Pkcs1 => asn1::decode_pkcs1(&item.bytes),
            KeyFormat::OpensslDsa => asn1::decode_openssl_dsa(&item.bytes),
            other => Err(invalid(format!("This is no private key, but: {other}."))),
        }?;
        Ok(PrivateKey(Arc::new(numbers)))
    }

    /// RSA or DSA.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match *self.0 {
            PrivateNumbers::Rsa(_) => KeyAlgorithm::Rsa,
            PrivateNumbers::Dsa(_) => KeyAlgorithm::Dsa,
        }
    }

    /// The length of the modulus.
    pub fn bits(&self) -> usize {
        match &*self.0 {
            PrivateNumbers::Rsa(key) => key.n().bits(),
            PrivateNumbers::Dsa(key) => key.verifying_key().components().p().bits(),
        }
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(match &*self.0 {
            PrivateNumbers::Rsa(key) => PublicNumbers::Rsa(key.to_public_key()),
            PrivateNumbers::Dsa(key) => PublicNumbers::Dsa(key.verifying_key().clone()),
        })
    }

    /// A file as the Handle tools write it (admpriv.bin): plain, or with a passphrase in their strongest encryption
    /// (AES-128-CBC, PBKDF2).
    pub fn to_handle(&self, passphrase: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>> {
        handle_encryption::encode(&handle_format::encode_private(&self.0), passphrase)
    }

    /// PKCS#8 in PEM: plain, or with a passphrase encrypted (PBES2: AES-256-CBC, PBKDF2 with HMAC-SHA-256).
    pub fn to_pem(&self, passphrase: Option<&[u8]>) -> Result<Zeroizing<String>> {
        let plain = asn1::encode_private(&self.0)?;
        Ok(match passphrase {
            None => to_pem("PRIVATE KEY", &plain),
            Some(passphrase) => {
                to_pem("ENCRYPTED PRIVATE KEY", &encrypted_pkcs8::encode(&plain, passphrase)?)
            }
        })
    }
}

pub(super) fn to_pem(label: &str, bytes: &[u8]) -> Zeroizing<String> {
    let config = pem::EncodeConfig::new().set_line_ending(pem::LineEnding::LF);
    Zeroizing::new(pem::encode_config(&pem::Pem::new(label, bytes), config))
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({} {} bits, not shown)", self.algorithm(), self.bits())
    }
}
