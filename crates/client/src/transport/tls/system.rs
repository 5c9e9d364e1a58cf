//! The system's certificate authorities.

use crate::error::{Error, Kind, Result};
use rustls::RootCertStore;
use rustls_native_certs::load_certs_from_paths;
use std::env;
use std::path::PathBuf;

/// Where they are: where SSL_CERT_FILE and SSL_CERT_DIR say, else in the usual places. Found when the client is made,
/// since the host may change its environment later; read when they are needed.
#[derive(Debug)]
pub(in crate::transport) struct System {
    file: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

impl System {
    pub(super) fn find() -> System {
        let file = env::var_os("SSL_CERT_FILE").map(PathBuf::from);
        let folders = env::var_os("SSL_CERT_DIR").unwrap_or_default();
        let folders: Vec<PathBuf> =
            env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()).collect();
        if file.is_some() || !folders.is_empty() {
            return System { file, folders };
        }
        let usual = openssl_probe::probe();
        System { file: usual.cert_file, folders: usual.cert_dir }
    }

    pub(super) fn roots(&self) -> Result<RootCertStore> {
        let mut roots = RootCertStore::empty();
        // Together, so that what is linked from a folder to the file is not read twice.
        let mut found =
            load_certs_from_paths(self.file.as_deref(), self.folders.first().map(PathBuf::as_path)).certs;
        for folder in self.folders.iter().skip(1) {
            found.extend(load_certs_from_paths(None, Some(folder)).certs);
        }
        roots.add_parsable_certificates(found);
        if roots.is_empty() {
            return Err(Error::new(
                Kind::ConfigInvalid,
                "The system has no certificate authorities to verify servers with. Install them (package \
                 ca-certificates), or set HTTPS_verify to a file.",
            ));
        }
        Ok(roots)
    }
}
