//! The files that `HTTPS_verify` names: certificates and public keys.

use super::Pin;
use crate::error::{Error, Kind, Result};
use crate::keys::PublicKey;
use crate::x509::{Certificate, SubjectPublicKey};
use rustls::RootCertStore;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::{PemObject, SectionKind};
use std::path::{Path, PathBuf};

/// Who is trusted by name of file: authorities, and servers by their own key.
#[derive(Debug)]
pub(in crate::transport) struct Named {
    pub(super) roots: RootCertStore,
    pub(super) pins: Vec<Pin>,
}

/// Reads files, and all files of folders. Each certificate pins a server that shows the same key; those that
/// may sign others are certificate authorities besides.
pub(super) fn read(pins: &[Pin], paths: &[PathBuf]) -> Result<Named> {
    let mut named = Named { roots: RootCertStore::empty(), pins: pins.to_vec() };
    for path in paths {
        if path.is_dir() {
            // A folder of the usual kind also holds links, revocation lists and notes: only PEM counts.
            for file in files_of(path)? {
                if let Ok(bytes) = std::fs::read(&file) {
                    add_pem(&mut named, &file, &bytes)?;
                }
            }
        } else {
            let bytes =
                std::fs::read(path).map_err(|error| unusable(path, &format!("cannot be read ({error})")))?;
            if !add_pem(&mut named, path, &bytes)? {
                add_other(&mut named, path, &bytes)?;
            }
        }
    }
    if named.pins.is_empty() {
        let path = paths.first().map_or(Path::new(""), PathBuf::as_path);
        return Err(unusable(path, "holds no file with a certificate"));
    }
    Ok(named)
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::new(Kind::ConfigInvalid, format!("HTTPS_verify: {} {why}.", path.display()))
}

fn undecodable(path: &Path) -> Error {
    unusable(path, "has a public key that cannot be decoded")
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| unusable(folder, &format!("cannot be read ({error})")))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort_unstable();
    Ok(files)
}

/// Adds what a PEM file holds; tells whether it held anything.
fn add_pem(named: &mut Named, path: &Path, bytes: &[u8]) -> Result<bool> {
    let mut found = false;
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(bytes) {
        let (kind, der) = section.map_err(|_| unusable(path, "has a broken PEM section"))?;
        match kind {
            SectionKind::Certificate => {
                let certificate = Certificate::read(&der)
                    .map_err(|_| unusable(path, "has a certificate that cannot be decoded"))?;
                add_certificate(named, path, &der, &certificate)?;
            }
            SectionKind::PublicKey => {
                let key = SubjectPublicKey::read(&der).map_err(|_| undecodable(path))?;
                add_key(named, path, &key)?;
            }
            _ => continue,
        }
        found = true;
    }
    Ok(found)
}

/// Adds a file that is not PEM: a certificate or a public key in DER, or a public key as Handle tools write it.
fn add_other(named: &mut Named, path: &Path, bytes: &[u8]) -> Result<()> {
    if let Ok(certificate) = Certificate::read(bytes) {
        return add_certificate(named, path, bytes, &certificate);
    }
    if let Ok(key) = SubjectPublicKey::read(bytes) {
        return add_key(named, path, &key);
    }
    if let Ok(key) = PublicKey::read(bytes) {
        let spki = key.to_spki();
        return add_key(named, path, &SubjectPublicKey::read(&spki).map_err(|_| undecodable(path))?);
    }
    Err(unusable(
        path,
        "holds no certificate and no public key, neither in PEM (-----BEGIN ...) nor in DER nor as Handle tools write \
         them (pubkey.bin)",
    ))
}

fn add_certificate(named: &mut Named, path: &Path, der: &[u8], certificate: &Certificate<'_>) -> Result<()> {
    add_key(named, path, &certificate.key)?;
    if certificate.may_sign {
        // One that the TLS library cannot use as an authority still pins a server.
        let _ = named.roots.add(CertificateDer::from(der.to_vec()));
    }
    Ok(())
}

fn add_key(named: &mut Named, path: &Path, key: &SubjectPublicKey<'_>) -> Result<()> {
    if key.is_dsa() {
        let why = "is of a DSA key, with which no server can be reached: TLS has no DSA any more. The server needs an RSA \
                   key";
        return Err(unusable(path, why));
    }
    named.pins.push(Pin::of(key.bytes));
    Ok(())
}
