//! The client certificate, for servers that ask for one in the handshake.

use crate::keys::{KeyAlgorithm, PrivateKey, SignatureScheme as Ours};
use rustls::client::ResolvesClientCert;
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use rustls_pki_types::CertificateDer;
use std::sync::Arc;

/// A certificate, with those that vouch for it, and its key.
#[derive(Clone, Debug)]
pub(crate) struct ClientCertificate {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKey,
    /// Whether the key can sign with PSS, the only way for RSA in TLS 1.3: not every length can.
    pss: bool,
}

impl ClientCertificate {
    pub(crate) fn new(chain: Vec<Vec<u8>>, key: PrivateKey) -> ClientCertificate {
        let pss = key.sign(Ours::RsaPssSha256, b"").is_ok();
        ClientCertificate { chain: chain.into_iter().map(CertificateDer::from).collect(), key, pss }
    }

    pub(super) fn resolver(&self) -> Arc<dyn ResolvesClientCert> {
        let key = Arc::new(Key { key: self.key.clone(), pss: self.pss });
        Arc::new(Always(Arc::new(CertifiedKey::new(self.chain.clone(), key))))
    }
}

/// Shows the certificate to whoever asks: Handle servers name no authorities.
#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesClientCert for Always {
    fn resolve(&self, _authorities: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }

    fn has_certs(&self) -> bool {
        true
    }
}

const DSA_SHA256: SignatureScheme = SignatureScheme::Unknown(0x0402);

/// How to sign, if at all. Every server takes SHA-256.
fn scheme_for(key: &Key, offered: &[SignatureScheme]) -> Option<(SignatureScheme, Ours)> {
    // Offered in TLS 1.2 only; RSA keys of any length can do it.
    let pkcs1 = offered.contains(&SignatureScheme::RSA_PKCS1_SHA256);
    let pss = key.pss && offered.contains(&SignatureScheme::RSA_PSS_SHA256);
    match key.key.algorithm() {
        KeyAlgorithm::Rsa if pkcs1 => Some((SignatureScheme::RSA_PKCS1_SHA256, Ours::RsaPkcs1Sha256)),
        KeyAlgorithm::Rsa if pss => Some((SignatureScheme::RSA_PSS_SHA256, Ours::RsaPssSha256)),
        // The TLS library knows no DSA and hides the offer of it. Handle servers make it (BEHAVIOUR.md 6.3); others
        // drop the connection, and the next goes without certificate.
        KeyAlgorithm::Dsa if pkcs1 => Some((DSA_SHA256, Ours::DsaSha256)),
        _ => None,
    }
}

#[derive(Clone, Debug)]
struct Key {
    key: PrivateKey,
    pss: bool,
}

impl SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let (scheme, ours) = scheme_for(self, offered)?;
        Some(Box::new(Signing { key: self.clone(), scheme, ours }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.key.algorithm() {
            KeyAlgorithm::Rsa => SignatureAlgorithm::RSA,
            KeyAlgorithm::Dsa => SignatureAlgorithm::DSA,
        }
    }
}

#[derive(Debug)]
struct Signing {
    key: Key,
    scheme: SignatureScheme,
    ours: Ours,
}

impl Signer for Signing {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let signature = self.key.key.sign(self.ours, message);
        signature.map_err(|error| rustls::Error::General(error.message().to_owned()))
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        let path = format!("{}/tests/keys/{name}", env!("CARGO_MANIFEST_DIR"));
        let key = PrivateKey::read(&std::fs::read(path).unwrap(), None).unwrap();
        let certificate = ClientCertificate::new(Vec::new(), key.clone());
        Key { key, pss: certificate.pss }
    }

    #[test]
    fn keys_sign_as_they_can() {
        use SignatureScheme as Offered;
        let tls12 = [Offered::ECDSA_NISTP256_SHA256, Offered::RSA_PSS_SHA256, Offered::RSA_PKCS1_SHA256];
        let tls13 = [Offered::ECDSA_NISTP256_SHA256, Offered::RSA_PSS_SHA256];
        let chosen =
            |name: &str, offered: &[Offered]| scheme_for(&key(name), offered).map(|(scheme, _)| scheme);
        assert_eq!(chosen("rsa.2048.pem", &tls12), Some(Offered::RSA_PKCS1_SHA256));
        assert_eq!(chosen("rsa.2048.pem", &tls13), Some(Offered::RSA_PSS_SHA256));
        assert_eq!(chosen("rsa.pem", &tls12), Some(Offered::RSA_PKCS1_SHA256));
        // Better without certificate than not at all.
        assert_eq!(chosen("rsa.pem", &tls13), None);
        assert_eq!(chosen("dsa.pem", &tls12), Some(DSA_SHA256));
        assert_eq!(chosen("dsa.pem", &tls13), None);
    }
}
