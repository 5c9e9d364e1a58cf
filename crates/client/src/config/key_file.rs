//! The files of private keys and certificates, and the passphrases that open them.

use super::file::{self, Secret};
use super::keys::Reader;
use crate::error::{Error, Kind};
use crate::keys::{self, Certificates, PrivateKey};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Reads the private key, and the certificate where one is given.
pub(super) fn read(reader: &mut Reader) -> Option<(PrivateKey, Option<Certificates>)> {
    if reader.json("certificate_and_key").is_some() {
        let (path, bytes) = bytes(reader, "certificate_and_key")?;
        let certificates = certificates(reader, "certificate_and_key", &path, &bytes);
        return Some((private_key(reader, "certificate_and_key", &path, &bytes)?, Some(certificates?)));
    }
    let certificate = match reader.json("certificate_only") {
        None => None,
        Some(_) => {
            let read = bytes(reader, "certificate_only");
            Some(read.and_then(|(path, bytes)| certificates(reader, "certificate_only", &path, &bytes)))
        }
    };
    let (path, bytes) = bytes(reader, "private_key")?;
    let key = private_key(reader, "private_key", &path, &bytes)?;
    match certificate {
        // What is wrong with it has been said.
        Some(None) => None,
        Some(certificate) => Some((key, certificate)),
        None => Some((key, None)),
    }
}

fn bytes(reader: &mut Reader, key: &str) -> Option<(PathBuf, Zeroizing<Vec<u8>>)> {
    let text = reader.text(key)?;
    let path = reader.path(key, &text);
    match file::read(&path) {
        Ok(Secret { bytes, exposure }) => {
            if let Some(exposure) = exposure.filter(|_| key != "certificate_only") {
                reader.exposed(&exposure);
            }
            Some((path, bytes))
        }
        Err(why) => {
            reader.problem_of(Kind::KeyUnreadable, key, &format!("is {}: {why}", path.display()));
            None
        }
    }
}

fn certificates(reader: &mut Reader, key: &str, path: &Path, bytes: &[u8]) -> Option<Certificates> {
    said(reader, key, path, Certificates::read(bytes))
}

fn private_key(reader: &mut Reader, key: &str, path: &Path, bytes: &[u8]) -> Option<PrivateKey> {
    let is_encrypted = keys::inspect(bytes).is_ok_and(|info| info.is_encrypted());
    let passphrase = if is_encrypted { find_passphrase(reader, path)? } else { None };
    said(reader, key, path, PrivateKey::read(bytes, passphrase.as_deref().map(Vec::as_slice)))
}

fn said<T>(reader: &mut Reader, key: &str, path: &Path, read: Result<T, Error>) -> Option<T> {
    read.map_err(|error| {
        reader.problem_of(error.kind(), key, &format!("is {}: {}", path.display(), error.message()));
    })
    .ok()
}

type Passphrase = Zeroizing<Vec<u8>>;

/// The passphrase: from a file, from the environment, from the configuration itself, or from whoever is asked.
/// `Some(None)` where there is none.
fn find_passphrase(reader: &mut Reader, path: &Path) -> Option<Option<Passphrase>> {
    if let Some(file) = reader.text("passphrase_file") {
        let file = reader.path("passphrase_file", &file);
        return match file::read(&file) {
            Ok(Secret { bytes, exposure }) => {
                if let Some(exposure) = exposure {
                    reader.exposed(&exposure);
                }
                Some(Some(first_line(&bytes)))
            }
            Err(why) => {
                let what = format!("is {}: {why}", file.display());
                reader.problem_of(Kind::ConfigUnreadable, "passphrase_file", &what);
                None
            }
        };
    }
    if let Some(name) = reader.text("passphrase_env") {
        return match std::env::var_os(&name) {
            Some(value) => Some(Some(Zeroizing::new(value.into_encoded_bytes()))),
            None => {
                let what = format!("names the environment variable {name}, which is not set");
                reader.problem("passphrase_env", &what);
                None
            }
        };
    }
    if let Some(text) = reader.text("passphrase") {
        return Some(Some(Zeroizing::new(text.into_bytes())));
    }
    Some(reader.ask_passphrase(path))
}

/// Editors end the line.
fn first_line(bytes: &[u8]) -> Passphrase {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    Zeroizing::new(line.strip_suffix(b"\r").unwrap_or(line).to_vec())
}
