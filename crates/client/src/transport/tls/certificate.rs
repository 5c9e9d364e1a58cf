//! What is read from certificates and public keys: little, so that odd ones can be read too. Nothing is judged here.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, Result, SliceReader, Tag, TagNumber, Tagged};

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");
const VERSION: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };
const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N3 };

/// The parts of a certificate that matter here.
#[derive(Debug)]
pub(super) struct Certificate<'a> {
    pub(super) key: SubjectPublicKey<'a>,
    /// Whether it may sign other certificates. Version 1 knows no extensions: old authorities have nothing to say
    /// that they are one.
    pub(super) may_sign: bool,
}

impl<'a> Certificate<'a> {
    /// Reads a certificate in DER (RFC 5280, section 4.1).
    pub(super) fn read(bytes: &'a [u8]) -> Result<Certificate<'a>> {
        let mut certificate = within(AnyRef::from_der(bytes)?, Tag::Sequence)?;
        let mut signed = within(certificate.decode()?, Tag::Sequence)?;
        let has_version = signed.peek_tag()? == VERSION;
        // Version, serial number, algorithm, issuer, validity, subject.
        for _ in 0..if has_version { 6 } else { 5 } {
            signed.tlv_bytes()?;
        }
        let key = SubjectPublicKey::read(signed.tlv_bytes()?)?;
        let mut is_ca = false;
        while !signed.is_finished() {
            let more: AnyRef<'a> = signed.decode()?;
            if more.tag() == EXTENSIONS {
                is_ca = says_ca(more.value())?;
            }
        }
        Ok(Certificate { key, may_sign: is_ca || !has_version })
    }
}

/// A SubjectPublicKeyInfo.
#[derive(Debug)]
pub(super) struct SubjectPublicKey<'a> {
    /// All of it.
    pub(super) bytes: &'a [u8],
    /// The content of its AlgorithmIdentifier, as the verification algorithms of the TLS library name it.
    pub(super) algorithm: &'a [u8],
    /// The key alone.
    pub(super) key: &'a [u8],
}

impl<'a> SubjectPublicKey<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<SubjectPublicKey<'a>> {
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
    pub(super) fn is_dsa(&self) -> bool {
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
