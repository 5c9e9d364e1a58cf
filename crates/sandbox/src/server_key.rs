//! The server's own key, with which it proves who it is (BEHAVIOUR.md 6.2).

use crate::certificate::Certificate;
use crate::error::Error;
use crate::record::PublicKey;
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use sha2::Sha256;

/// The private key of the server's certificate.
pub(crate) struct ServerKey(RsaPrivateKey);

impl ServerKey {
    pub(crate) fn new(certificate: &Certificate) -> Result<ServerKey, Error> {
        RsaPrivateKey::from_pkcs8_pem(&certificate.key_pem)
            .map(ServerKey)
            .map_err(|error| Error::Tls(format!("the server's key is not readable: {error}")))
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256; `None` should the mathematics fail.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let signature = SigningKey::<Sha256>::new(self.0.clone()).try_sign(message).ok()?;
        Some(signature.to_vec())
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey::Rsa { n: self.0.n().to_bytes_be(), e: self.0.e().to_bytes_be() }
    }
}
