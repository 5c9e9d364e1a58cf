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
