//! The certificates of clients (BEHAVIOUR.md 6.3): only the name in the subject and the key count.

use crate::identity::Identity;
use crate::record::{PublicKey, Value};
use dsa::VerifyingKey;
use rsa::RsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use x509_parser::prelude::{FromDer, X509Certificate};

/// Where the subject may name the client, in the order of preference: UID, CN, O.
const NAMES: [&str; 3] = ["0.9.2342.19200300.100.1.1", "2.5.4.3", "2.5.4.10"];

/// What a certificate claims.
#[derive(Debug, PartialEq)]
pub(crate) struct ClientCertificate {
    pub(crate) claimed: Identity,
    pub(crate) key: PublicKey,
}

impl ClientCertificate {
    /// `None` for a certificate without name, and for other keys than RSA and DSA.
    pub(crate) fn from_der(der: &[u8]) -> Option<ClientCertificate> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let name = NAMES.iter().find_map(|wanted| {
            let mut attributes = certificate.subject().iter_attributes();
            attributes.find(|attribute| attribute.attr_type().to_id_string() == *wanted)?.as_str().ok()
        });
        Some(ClientCertificate { claimed: Identity::parse(name?), key: key(certificate.public_key().raw)? })
    }

    /// Whom it proves to be the client, by the values of the handle it names: the HS_PUBKEY must hold the key byte
    /// for byte.
    pub(crate) fn identity(self, values: &[Value]) -> Option<Identity> {
        let bytes = self.key.encode();
        let found = values.iter().find(|value| {
            (self.claimed.index == 0 || self.claimed.index == value.index)
                && value.is_public_key()
                && value.data == bytes
        });
        found.map(|value| Identity { index: value.index, ..self.claimed })
    }
}

fn key(der: &[u8]) -> Option<PublicKey> {
    if let Ok(key) = RsaPublicKey::from_public_key_der(der) {
        return Some(PublicKey::Rsa { n: key.n().to_bytes_be(), e: key.e().to_bytes_be() });
    }
    let key = VerifyingKey::from_public_key_der(der).ok()?;
    let components = key.components();
    Some(PublicKey::Dsa {
        p: components.p().to_bytes_be(),
        q: components.q().to_bytes_be(),
        g: components.g().to_bytes_be(),
        y: key.y().to_bytes_be(),
    })
}
