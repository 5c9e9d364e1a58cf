//! Key files on disk.

use super::certificate::Certificates;
use super::inspect::{KeyInfo, inspect};
use super::private::PrivateKey;
use super::public::PublicKey;
use super::{invalid, passphrase};
use crate::error::{Error, Kind, Result};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

/// A key file is small; anything larger is some other file.
const LARGEST_FILE: u64 = 1 << 20;

/// Everything that is known of a file with keys or certificates. Without its passphrase an encrypted private key stays
/// locked: then only its kind is known.
#[derive(Debug)]
pub struct KeyFile {
    info: KeyInfo,
    private_key: Option<PrivateKey>,
    public_key: Option<PublicKey>,
    certificates: Option<Certificates>,
}

impl KeyFile {
    /// Reads a file; errors name it.
    ///
    /// # Errors
    /// [`KeyUnreadable`](Kind::KeyUnreadable), and those of [`KeyFile::read`].
    pub fn open(path: &Path, passphrase: Option<&[u8]>) -> Result<KeyFile> {
        KeyFile::read(&read_key_file(path)?, passphrase).map_err(|error| error.in_file(path))
    }

    /// Reads the content of a file.
    ///
    /// # Errors
    /// [`KeyInvalid`](Kind::KeyInvalid), [`PassphraseWrong`](Kind::PassphraseWrong), and
    /// [`KeyMismatch`](Kind::KeyMismatch) where the first certificate is not that of the private key.
    pub fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<KeyFile> {
        let mut info = inspect(bytes)?;
        let is_locked = info.is_encrypted() && passphrase.is_none();
        let private_key = match info.format.is_private() && !is_locked {
            true => Some(PrivateKey::read(bytes, passphrase)?),
            false => None,
        };
        let certificates = match info.certificates {
            0 => None,
            _ => Some(Certificates::read(bytes)?),
        };
        if let (Some(key), Some(certificates)) = (&private_key, &certificates) {
            certificates.check_key(key)?;
        }
        let public_key = match (&private_key, &certificates) {
            (Some(key), _) => Some(key.public_key()),
            (None, Some(certificates)) => Some(certificates.public_key().clone()),
            (None, None) if is_locked => None,
            (None, None) => Some(PublicKey::read(bytes)?),
        };
        if let Some(key) = &public_key {
            (info.algorithm, info.bits) = (Some(key.algorithm()), Some(key.bits()));
        }
        Ok(KeyFile { info, private_key, public_key, certificates })
    }

    /// What the file is.
    pub fn info(&self) -> &KeyInfo {
        &self.info
    }

    /// Whether the private key is encrypted and no passphrase was given.
    pub fn is_locked(&self) -> bool {
        self.info.format.is_private() && self.private_key.is_none()
    }

    /// The private key.
    ///
    /// # Errors
    /// [`PassphraseNeeded`](Kind::PassphraseNeeded); [`KeyInvalid`](Kind::KeyInvalid) where there is none.
    pub fn private_key(&self) -> Result<&PrivateKey> {
        self.private_key.as_ref().ok_or_else(|| match self.is_locked() {
            true => passphrase::needed(),
            false => invalid(format!("A private key is needed, and this is: {}.", self.info.format)),
        })
    }

    /// The public key: the public half of the private key, or that of the first certificate.
    ///
    /// # Errors
    /// [`PassphraseNeeded`](Kind::PassphraseNeeded).
    pub fn public_key(&self) -> Result<&PublicKey> {
        self.public_key.as_ref().ok_or_else(passphrase::needed)
    }

    /// The certificates.
    ///
    /// # Errors
    /// [`KeyInvalid`](Kind::KeyInvalid) where there are none.
    pub fn certificates(&self) -> Result<&Certificates> {
        self.certificates
            .as_ref()
            .ok_or_else(|| invalid(format!("A certificate is needed, and this is: {}.", self.info.format)))
    }
}

/// Reads a key or certificate file as it is; errors name it.
///
/// # Errors
/// [`KeyUnreadable`](Kind::KeyUnreadable).
pub fn read_key_file(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    // At once as large as needed: no reallocation leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST_FILE as usize + 1));
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(invalid("The file is over 1 MiB and cannot be a key.").in_file(path));
    }
    Ok(bytes)
}

/// Writes a new file that only its owner may read.
///
/// # Errors
/// [`KeyUnreadable`](Kind::KeyUnreadable), also where the file exists.
pub fn write_key_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| unreadable(path, &error))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a key is of no use.
        let _ = std::fs::remove_file(path);
        unreadable(path, &error)
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "There is no such file or folder. Check the path.".to_owned(),
        io::ErrorKind::PermissionDenied => "This user may not. Check owner and permissions.".to_owned(),
        io::ErrorKind::IsADirectory => "This is a folder, not a file.".to_owned(),
        io::ErrorKind::AlreadyExists => "The file exists already, and keys are never overwritten.".to_owned(),
        _ => format!("The file cannot be read or written ({error})."),
    };
    Error::new(Kind::KeyUnreadable, why).in_file(path)
}
