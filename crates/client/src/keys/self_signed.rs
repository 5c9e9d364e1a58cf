//! Certificates for one's own key, as servers take them from clients.

use super::asn1::not_encoded;
use super::private::{PrivateKey, to_pem};
use super::sign::SignatureScheme;
use super::{KeyAlgorithm, invalid};
use crate::error::{Error, Kind, Result};
use crate::reference::Reference;
use der::asn1::{Any, BitString, GeneralizedTime, Null, ObjectIdentifier, SetOfVec, UtcTime};
use der::{DateTime, Decode, Encode, Tag};
use pkcs8::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use rsa::rand_core::{OsRng, RngCore};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::certificate::{Certificate, TbsCertificate, Version};
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

const UID: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1");
const CN: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const DSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.2");

/// X.509 allows no longer CN.
const LONGEST_CN: usize = 64;

impl PrivateKey {
    /// A self-signed certificate for a user, in PEM: the identity in UID and (up to 64 characters) CN, no extensions,
    /// valid from 2000 to 9999 as those of the Handle tools (BEHAVIOUR.md 6.3, 6.4).
    pub fn self_signed_certificate(&self, identity: &Reference) -> Result<String> {
        let identity = identity.to_string();
        let mut names = vec![name(UID, &identity)?];
        if identity.chars().count() <= LONGEST_CN {
            names.push(name(CN, &identity)?);
        }
        let subject = RdnSequence(names);
        let (algorithm, scheme) = match self.algorithm() {
            KeyAlgorithm::Rsa => (
                AlgorithmIdentifierOwned { oid: RSA_SHA256, parameters: Some(Null.into()) },
                SignatureScheme::RsaPkcs1Sha256,
            ),
            KeyAlgorithm::Dsa => {
                (AlgorithmIdentifierOwned { oid: DSA_SHA256, parameters: None }, SignatureScheme::DsaSha256)
            }
        };
        let tbs_certificate = TbsCertificate {
            version: Version::V3,
            serial_number: serial_number()?,
            signature: algorithm.clone(),
            issuer: subject.clone(),
            validity: validity().map_err(not_encoded)?,
            subject,
            subject_public_key_info: SubjectPublicKeyInfoOwned::from_der(&self.public_key().to_spki()?)
                .map_err(not_encoded)?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: None,
        };
        let signature = self.sign(scheme, &tbs_certificate.to_der().map_err(not_encoded)?)?;
        let certificate = Certificate {
            tbs_certificate,
            signature_algorithm: algorithm,
            signature: BitString::from_bytes(&signature).map_err(not_encoded)?,
        };
        let der = certificate.to_der().map_err(not_encoded)?;
        Ok(std::mem::take(&mut *to_pem("CERTIFICATE", &der)))
    }
}

fn name(oid: ObjectIdentifier, text: &str) -> Result<RelativeDistinguishedName> {
    let too_long = |_| invalid("The identity cannot be put into a certificate.");
    let value = Any::new(Tag::Utf8String, text.as_bytes()).map_err(too_long)?;
    let set = SetOfVec::try_from([AttributeTypeAndValue { oid, value }]).map_err(too_long)?;
    Ok(RelativeDistinguishedName(set))
}

/// Positive, 20 bytes, none of them dropped as a leading zero.
fn serial_number() -> Result<SerialNumber> {
    let mut serial = [0; 20];
    OsRng
        .try_fill_bytes(&mut serial)
        .map_err(|_| Error::new(Kind::NoResources, "The system gives no random numbers."))?;
    serial[0] = serial[0] & 0x7F | 0x40;
    SerialNumber::new(&serial).map_err(not_encoded)
}

fn validity() -> der::Result<Validity> {
    let begin = DateTime::new(2000, 1, 1, 0, 0, 0)?;
    let end = DateTime::new(9999, 12, 31, 23, 59, 59)?;
    Ok(Validity {
        not_before: Time::UtcTime(UtcTime::from_date_time(begin)?),
        not_after: Time::GeneralTime(GeneralizedTime::from_date_time(end)),
    })
}
