//! Certificates for one's own key, as servers take them from clients.

use super::elements::{bit_string, element, null, oid, sequence};
use super::private::{PrivateKey, to_pem};
use super::sign::SignatureScheme;
use super::{KeyAlgorithm, passphrase};
use crate::error::Result;
use crate::reference::Reference;
use ::der::asn1::ObjectIdentifier;
use ::der::{Tag, TagNumber};
use zeroize::Zeroizing;

const UID: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1");
const CN: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const DSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.2");

/// X.509 allows no longer CN.
const LONGEST_CN: usize = 64;

impl PrivateKey {
    /// A self-signed certificate for a user, in PEM: the identity in UID and (up to 64 characters) CN, X.509 v3 without
    /// extensions, valid from 2000 to 9999 as those of the Handle tools (BEHAVIOUR.md 6.3, 6.4).
    pub fn self_signed_certificate(&self, identity: &Reference) -> Result<String> {
        let (algorithm, scheme) = match self.algorithm() {
            KeyAlgorithm::Rsa => (sequence(&[&oid(RSA_SHA256), &null()]), SignatureScheme::RsaPkcs1Sha256),
            KeyAlgorithm::Dsa => (sequence(&[&oid(DSA_SHA256)]), SignatureScheme::DsaSha256),
        };
        let subject = subject(&identity.to_string());
        let third = element(Tag::Integer, &[2]);
        let version = element(Tag::ContextSpecific { constructed: true, number: TagNumber::N0 }, &third);
        let validity = sequence(&[
            &element(Tag::UtcTime, b"000101000000Z"),
            &element(Tag::GeneralizedTime, b"99991231235959Z"),
        ]);
        let to_be_signed = sequence(&[
            &version,
            &element(Tag::Integer, &serial_number()?),
            &algorithm,
            &subject,
            &validity,
            &subject,
            &self.public_key().to_spki(),
        ]);
        let signature = bit_string(&self.sign(scheme, &to_be_signed)?);
        let certificate = sequence(&[&to_be_signed, &algorithm, &signature]);
        Ok(std::mem::take(&mut *to_pem("CERTIFICATE", &certificate)))
    }
}

fn subject(identity: &str) -> Zeroizing<Vec<u8>> {
    let name = |kind| {
        let pair = sequence(&[&oid(kind), &element(Tag::Utf8String, identity.as_bytes())]);
        element(Tag::Set, &pair)
    };
    match identity.chars().count() <= LONGEST_CN {
        true => sequence(&[&name(UID), &name(CN)]),
        false => sequence(&[&name(UID)]),
    }
}

/// Positive, 20 bytes, none of them dropped as a leading zero.
fn serial_number() -> Result<[u8; 20]> {
    let mut serial: [u8; 20] = passphrase::random()?;
    serial[0] = serial[0] & 0x7F | 0x40;
    Ok(serial)
}
