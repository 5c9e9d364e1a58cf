//! What a file is, as far as that shows without a passphrase.

use super::container::{self, Item, KeyFormat};
use super::private::PrivateKey;
use super::public::PublicKey;
use super::{KeyAlgorithm, encrypted_pkcs8, handle_encryption, invalid};
use crate::error::Result;

/// What a key file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyInfo {
    /// The format of the private key, else of the first key or certificate.
    pub format: KeyFormat,
    /// How the private key is encrypted, such as "AES-256-CBC, PBKDF2".
    pub encryption: Option<String>,
    /// What kind of key it is; not known where it is encrypted.
    pub algorithm: Option<KeyAlgorithm>,
    /// The length of the modulus; not known where the key is encrypted.
    pub bits: Option<usize>,
    /// How many certificates the file holds.
    pub certificates: usize,
}

impl KeyInfo {
    /// Whether there is a private key, and reading it takes a passphrase.
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }
}

/// Tells what a file is. Nothing is decrypted, which takes time.
///
/// # Errors
/// [`KeyInvalid`](crate::Kind::KeyInvalid) for what is no key or cannot be used.
pub fn inspect(bytes: &[u8]) -> Result<KeyInfo> {
    let items = container::items(bytes)?;
    let main = items.iter().find(|item| item.format.is_private()).or(items.first());
    let main = main.ok_or_else(|| invalid("The file holds no key."))?;
    let encryption = encryption(main)?;
    let (algorithm, bits) = match (&encryption, main.format.is_private()) {
        (Some(_), _) => (None, None),
        (None, true) => {
            let key = PrivateKey::decode(main, None)?;
            (Some(key.algorithm()), Some(key.bits()))
        }
        (None, false) => {
            let key = PublicKey::decode(main)?;
            (Some(key.algorithm()), Some(key.bits()))
        }
    };
    let certificates = items.iter().filter(|item| item.format == KeyFormat::Certificate).count();
    Ok(KeyInfo { format: main.format, encryption, algorithm, bits, certificates })
}

fn encryption(item: &Item) -> Result<Option<String>> {
    match item.format {
        KeyFormat::HandlePrivate => handle_encryption::name(&item.bytes),
        KeyFormat::EncryptedPkcs8 => encrypted_pkcs8::name(&item.bytes).map(Some),
        _ => Ok(None),
    }
}
