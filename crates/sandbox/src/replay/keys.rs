//! The client certificates of the recording, with the private keys they belong to.

use dsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use dsa::signature::{SignatureEncoding, hazmat::PrehashSigner};
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, SubjectPublicKeyInfoDer};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use x509_parser::prelude::{FromDer, X509Certificate};

/// A folder of PEM files.
pub(super) struct Keys {
    folder: PathBuf,
    keys: Vec<Arc<dyn SigningKey>>,
}

impl Keys {
    pub(super) fn load(folder: &Path) -> Result<Keys, String> {
        let problem =
            |problem: &dyn std::fmt::Display| format!("cannot read {}: {problem}", folder.display());
        let mut keys = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| problem(&error))? {
            let path = entry.map_err(|error| problem(&error))?.path();
            // Other files hold certificates, public keys and keys that are encrypted.
            keys.extend(std::fs::read_to_string(path).ok().and_then(|text| key(&text)));
        }
        Ok(Keys { folder: folder.to_owned(), keys })
    }

    /// The certificate in a file, named as the recording names it; `None` when its private key is not there.
    pub(super) fn certificate(&self, recorded: &str) -> Option<Arc<CertifiedKey>> {
        let file = self.folder.join(Path::new(recorded).file_name()?);
        let der = CertificateDer::from_pem_file(file).ok()?;
        let (_, certificate) = X509Certificate::from_der(&der).ok()?;
        let wanted = certificate.public_key().raw;
        let belongs = |key: &&Arc<dyn SigningKey>| key.public_key().is_some_and(|key| key.as_ref() == wanted);
        let key = Arc::clone(self.keys.iter().find(belongs)?);
        Some(Arc::new(CertifiedKey::new(vec![der.clone()], key)))
    }
}

fn key(pem: &str) -> Option<Arc<dyn SigningKey>> {
    let der = PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()?;
    if let Ok(key) = any_supported_type(&der) {
        return Some(key);
    }
    let key = dsa::SigningKey::from_pkcs8_der(der.secret_der()).ok()?;
    let public = key.verifying_key().to_public_key_der().ok()?;
    Some(Arc::new(DsaKey { key, public: public.as_bytes().to_vec() }))
}

/// A DSA key: rustls knows none.
#[derive(Clone, Debug)]
struct DsaKey {
    key: dsa::SigningKey,
    public: Vec<u8>,
}

const DSA_SHA256: SignatureScheme = SignatureScheme::Unknown(0x0402);

impl SigningKey for DsaKey {
    /// rustls leaves what it does not know out of the schemes that the sandbox offers.
    fn choose_scheme(&self, _offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        Some(Box::new(self.clone()))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(SubjectPublicKeyInfoDer::from(self.public.as_slice()))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::DSA
    }
}

impl Signer for DsaKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let signature: dsa::Signature = self
            .key
            .sign_prehash(&Sha256::digest(message))
            .map_err(|_| rustls::Error::General("the DSA key does not sign".to_owned()))?;
        Ok(signature.to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        DSA_SHA256
    }
}
