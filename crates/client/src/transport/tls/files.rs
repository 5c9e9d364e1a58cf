//! The files that `HTTPS_verify` names: certificates and public keys in PEM.

use crate::error::{Error, Kind, Result};
use rustls::RootCertStore;
use rustls_pki_types::pem::{PemObject, SectionKind};
use rustls_pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use std::path::{Path, PathBuf};
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

/// Who is trusted by name of file: authorities, and servers by their own key.
#[derive(Debug)]
pub(in crate::transport) struct Named {
    pub(super) roots: RootCertStore,
    /// Public keys (SubjectPublicKeyInfo) of servers.
    pub(super) pins: Vec<Vec<u8>>,
}

/// Reads files, and all files of folders. Each certificate pins a server that shows the same key; those that
/// may sign others are certificate authorities besides.
pub(super) fn read(paths: &[PathBuf]) -> Result<Named> {
    let mut named = Named { roots: RootCertStore::empty(), pins: Vec::new() };
    for path in paths {
        if path.is_dir() {
            // A folder of the usual kind also holds links, revocation lists and notes: only PEM counts.
            for file in files_of(path)? {
                if let Ok(bytes) = std::fs::read(&file) {
                    add_all(&mut named, &file, &bytes)?;
                }
            }
        } else {
            let bytes =
                std::fs::read(path).map_err(|error| unusable(path, &format!("cannot be read ({error})")))?;
            if !add_all(&mut named, path, &bytes)? {
                return Err(unusable(path, "holds no certificate and no public key in PEM (-----BEGIN ...)"));
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

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| unusable(folder, &format!("cannot be read ({error})")))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort();
    Ok(files)
}

/// Adds what a file holds; tells whether it held anything.
fn add_all(named: &mut Named, path: &Path, bytes: &[u8]) -> Result<bool> {
    let mut found = false;
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(bytes) {
        let (kind, der) = section.map_err(|_| unusable(path, "has a broken PEM section"))?;
        match kind {
            SectionKind::Certificate => add_certificate(named, path, der)?,
            SectionKind::PublicKey => named.pins.push(SubjectPublicKeyInfoDer::from(der).to_vec()),
            _ => continue,
        }
        found = true;
    }
    Ok(found)
}

fn add_certificate(named: &mut Named, path: &Path, der: Vec<u8>) -> Result<()> {
    let (_, certificate) = X509Certificate::from_der(&der)
        .map_err(|_| unusable(path, "has a certificate that cannot be decoded"))?;
    named.pins.push(certificate.public_key().raw.to_vec());
    // Version 1 knows no extensions: old authorities have nothing to say that they are one.
    let may_sign = certificate.is_ca() || certificate.version() == X509Version::V1;
    if may_sign {
        // One that the TLS library cannot use as an authority still pins a server.
        let _ = named.roots.add(CertificateDer::from(der));
    }
    Ok(())
}
