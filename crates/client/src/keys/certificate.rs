//! Certificates of clients: the name in the subject and the key are all that a server looks at (BEHAVIOUR.md 6.3).

use super::container::{self, KeyFormat};
use super::private::PrivateKey;
use super::public::PublicKey;
use super::{damaged, invalid};
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::reference::Reference;
use crate::x509::Certificate;
use der::asn1::ObjectIdentifier;

/// Where the subject may name the client, in the order of preference.
const NAMES: [(&str, ObjectIdentifier); 3] = [
    ("UID", ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1")),
    ("CN", ObjectIdentifier::new_unwrap("2.5.4.3")),
    ("O", ObjectIdentifier::new_unwrap("2.5.4.10")),
];

/// The certificates of a file: that of the client, and those of authorities that may follow.
#[derive(Clone, Debug)]
pub struct Certificates {
    chain: Vec<Vec<u8>>,
    public_key: PublicKey,
}

impl Certificates {
    /// Reads all certificates of a file in PEM, or one in DER; keys beside them are left alone.
    ///
    /// # Errors
    /// [`KeyInvalid`](crate::Kind::KeyInvalid), also where the key of the first is neither RSA nor DSA.
    pub fn read(bytes: &[u8]) -> Result<Certificates> {
        let items = container::items(bytes)?;
        let chain: Vec<Vec<u8>> = items
            .iter()
            .filter(|item| item.format == KeyFormat::Certificate)
            .map(|item| item.bytes.to_vec())
            .collect();
        let Some(first) = chain.first() else {
            return Err(invalid("The file holds no certificate."));
        };
        let public_key = PublicKey::from_spki(spki(first)?)?;
        Ok(Certificates { chain, public_key })
    }

    /// The certificates in DER, in the order of the file.
    pub fn der(&self) -> &[Vec<u8>] {
        &self.chain
    }

    /// The key of the first certificate.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Whether a private key is that of the first certificate.
    ///
    /// # Errors
    /// [`KeyMismatch`](Kind::KeyMismatch).
    pub fn check_key(&self, key: &PrivateKey) -> Result<()> {
        if key.public_key() == self.public_key {
            return Ok(());
        }
        Err(Error::new(
            Kind::KeyMismatch,
            "The private key does not belong to the certificate (of several, the first counts). Give the certificate \
             that was made for this key.",
        ))
    }

    /// Who the first certificate says its owner is: UID of the subject, else CN, else O. The index is 0 where the
    /// subject has none: then the server looks for the key.
    ///
    /// # Errors
    /// [`KeyInvalid`](crate::Kind::KeyInvalid) for a subject that names no Handle.
    pub fn identity(&self) -> Result<Reference> {
        let first = self.chain.first().map_or(&[][..], Vec::as_slice);
        let certificate = parse(first)?;
        let found = NAMES.iter().find_map(|(name, oid)| Some((*name, certificate.subject_attribute(*oid)?)));
        let why = match found {
            Some((name, Some(text))) => match identity(text) {
                Some(identity) => return Ok(identity),
                None => format!("its {name} is \"{text}\""),
            },
            Some((name, None)) => format!("its {name} is not readable text"),
            None => "it has neither UID, nor CN, nor O".to_owned(),
        };
        Err(invalid(format!(
            "The subject of the certificate names no user of a Handle server: {why}, where index:prefix/suffix is \
             needed, such as 300:21.T12345/USER01. Make a certificate for the user with the same key.",
        )))
    }
}

fn identity(text: &str) -> Option<Reference> {
    let without_index =
        || Some(Reference { index: 0, handle: Handle::parse(text).ok()?.as_str().to_owned() });
    Reference::parse(text).ok().or_else(without_index)
}

fn parse(der: &[u8]) -> Result<Certificate<'_>> {
    Certificate::read(der).map_err(|_| damaged("certificate"))
}

/// The SubjectPublicKeyInfo of a certificate.
pub(super) fn spki(der: &[u8]) -> Result<&[u8]> {
    Ok(parse(der)?.key.bytes)
}
