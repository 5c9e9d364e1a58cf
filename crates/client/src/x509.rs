//! What is read from X.509 certificates and their public keys: little, so that odd ones can be read too. Nothing is
//! judged here.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, Result, SliceReader, Tag, TagNumber, Tagged};

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");
const VERSION: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };
const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N3 };

/// The parts of a certificate that matter here.
#[derive(Debug)]
pub(crate) struct Certificate<'a> {
    pub(crate) key: SubjectPublicKey<'a>,
    subject: AnyRef<'a>,
    /// Whether it may sign other certificates. Version 1 knows no extensions: old authorities have nothing to say
    /// that they are one.
    pub(crate) may_sign: bool,
}

impl<'a> Certificate<'a> {
    /// Reads a certificate in DER (RFC 5280, section 4.1).
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Certificate<'a>> {
        let mut certificate = within(AnyRef::from_der(bytes)?, Tag::Sequence)?;
        let mut signed = within(certificate.decode()?, Tag::Sequence)?;
        let has_version = signed.peek_tag()? == VERSION;
        // Version, serial number, algorithm, issuer, validity.
        for _ in 0..if has_version { 5 } else { 4 } {
            signed.tlv_bytes()?;
        }
        let subject = signed.decode()?;
        let key = SubjectPublicKey::read(signed.tlv_bytes()?)?;
        let mut is_ca = false;
        while !signed.is_finished() {
            let more: AnyRef<'a> = signed.decode()?;
            if more.tag() == EXTENSIONS {
                is_ca = says_ca(more.value())?;
            }
        }
        Ok(Certificate { key, subject, may_sign: is_ca || !has_version })
    }
}

impl Certificate<'_> {
    /// The first attribute of this type in the subject; `Some(None)` where it is no text.
    pub(crate) fn subject_attribute(&self, kind: ObjectIdentifier) -> Option<Option<&str>> {
        let mut names = within(self.subject, Tag::Sequence).ok()?;
        while !names.is_finished() {
            let mut attributes = within(names.decode().ok()?, Tag::Set).ok()?;
            while !attributes.is_finished() {
                let mut attribute = within(attributes.decode().ok()?, Tag::Sequence).ok()?;
                if attribute.decode() == Ok(kind) {
                    let value: AnyRef<'_> = attribute.decode().ok()?;
                    let is_text = value.tag() != Tag::BmpString;
                    return Some(std::str::from_utf8(value.value()).ok().filter(|_| is_text));
                }
            }
        }
        None
    }
}

/// A SubjectPublicKeyInfo.
#[derive(Debug)]
pub(crate) struct SubjectPublicKey<'a> {
    /// All of it.
    pub(crate) bytes: &'a [u8],
    /// The content of its AlgorithmIdentifier, as the verification algorithms of the TLS library name it.
    pub(crate) algorithm: &'a [u8],
    /// The key alone.
    pub(crate) key: &'a [u8],
}

impl<'a> SubjectPublicKey<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<SubjectPublicKey<'a>> {
        let mut members = within(AnyRef::from_der(bytes)?, Tag::Sequence)?;
        let algorithm = members.decode::<AnyRef<'a>>()?;
        let key = members.decode::<AnyRef<'a>>()?;
        match (algorithm.tag(), key.tag(), key.value()) {
            (Tag::Sequence, Tag::BitString, [0, key @ ..]) => {
                Ok(SubjectPublicKey { bytes, algorithm: algorithm.value(), key })
            }
            _ => Err(Tag::BitString.value_error()),
        }
    }

    /// Such keys exist on old Handle servers; TLS has given them up.
    pub(crate) fn is_dsa(&self) -> bool {
        SliceReader::new(self.algorithm).and_then(|mut parts| parts.decode()) == Ok(DSA)
    }
}

fn within(value: AnyRef<'_>, tag: Tag) -> Result<SliceReader<'_>> {
    value.tag().assert_eq(tag)?;
    SliceReader::new(value.value())
}

/// Looks into extensions whether the certificate is one of an authority (RFC 5280, section 4.2.1.9).
fn says_ca(extensions: &[u8]) -> Result<bool> {
    let mut extensions = within(AnyRef::from_der(extensions)?, Tag::Sequence)?;
    while !extensions.is_finished() {
        let mut extension = within(extensions.decode()?, Tag::Sequence)?;
        if extension.decode::<ObjectIdentifier>()? != BASIC_CONSTRAINTS {
            continue;
        }
        let mut value: AnyRef<'_> = extension.decode()?;
        if value.tag() == Tag::Boolean {
            // Whether the extension is critical.
            value = extension.decode()?;
        }
        let mut constraints = within(AnyRef::from_der(value.value())?, Tag::Sequence)?;
        if constraints.is_finished() {
            return Ok(false);
        }
        let first: AnyRef<'_> = constraints.decode()?;
        return Ok(first.tag() == Tag::Boolean && first.value() != [0]);
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_makes_it_panic() {
        // A certificate of version 1: every shorter beginning and every changed byte of it.
        let tlv = |tag: u8, content: &[u8]| [&[tag, content.len() as u8], content].concat();
        let name =
            tlv(0x30, &tlv(0x31, &tlv(0x30, &[&[0x06, 3, 0x55, 4, 3][..], &tlv(0x0c, b"300:p/u")].concat())));
        let key = tlv(0x30, &[tlv(0x30, &[0x06, 1, 0x2a]), tlv(0x03, &[0, 1, 2])].concat());
        let rest = [tlv(0x30, b""), name.clone(), tlv(0x30, b""), name, key.clone()].concat();
        let signed = tlv(0x30, &[tlv(0x02, &[1]), rest].concat());
        let whole = tlv(0x30, &[signed, tlv(0x30, b""), tlv(0x03, &[0])].concat());
        let certificate = Certificate::read(&whole).unwrap();
        assert!(certificate.may_sign && !certificate.key.is_dsa());
        assert_eq!((certificate.key.bytes, certificate.key.key), (key.as_slice(), [1, 2].as_slice()));
        let cn = ObjectIdentifier::new_unwrap("2.5.4.3");
        assert_eq!(certificate.subject_attribute(cn), Some(Some("300:p/u")));
        assert_eq!(certificate.subject_attribute(DSA), None);
        for end in 0..whole.len() {
            assert!(Certificate::read(&whole[..end]).is_err());
        }
        for at in 0..whole.len() {
            for byte in 0..=255 {
                let mut changed = whole.clone();
                changed[at] = byte;
                if let Ok(certificate) = Certificate::read(&changed) {
                    let _ = (certificate.subject_attribute(cn), certificate.key.is_dsa());
                }
            }
        }
    }

    #[test]
    fn only_an_authority_may_sign() {
        let constraints = |content: &[u8]| {
            let value = [&[0x30, content.len() as u8], content].concat();
            let value = [&[0x04, value.len() as u8], value.as_slice()].concat();
            let extension = [&[0x06, 3, 0x55, 0x1d, 0x13, 0x01, 1, 0xff][..], &value].concat();
            let extension = [&[0x30, extension.len() as u8], extension.as_slice()].concat();
            [&[0x30, extension.len() as u8], extension.as_slice()].concat()
        };
        assert_eq!(says_ca(&constraints(&[0x01, 1, 0xff])), Ok(true));
        // Not DER, but seen.
        assert_eq!(says_ca(&constraints(&[0x01, 1, 0x01])), Ok(true));
        assert_eq!(says_ca(&constraints(&[0x01, 1, 0x00])), Ok(false));
        assert_eq!(says_ca(&constraints(&[])), Ok(false));
        assert_eq!(says_ca(&constraints(&[0x02, 1, 0x03])), Ok(false));
        assert_eq!(says_ca(&[0x30, 0]), Ok(false));
    }
}
