//! DER as lists of elements. The der crate reads and writes the elements; its typed structures would be many times the
//! code in the library.

use ::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use ::der::{Decode, Encode, Reader, SliceReader, Tag, Tagged};
use rsa::BigUint;
use zeroize::Zeroizing;

/// The rest of a SEQUENCE.
#[derive(Clone)]
pub(super) struct Elements<'a>(&'a [u8]);

/// An AlgorithmIdentifier.
pub(super) struct Algorithm<'a> {
    pub(super) oid: ObjectIdentifier,
    pub(super) parameters: Option<AnyRef<'a>>,
}

impl<'a> Elements<'a> {
    /// Bytes that are one SEQUENCE from beginning to end.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Elements<'a>> {
        let any = AnyRef::from_der(bytes).ok()?;
        Elements::of_any(any)
    }

    pub(super) fn of_any(any: AnyRef<'a>) -> Option<Elements<'a>> {
        (any.tag() == Tag::Sequence).then(|| Elements(any.value()))
    }

    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<AnyRef<'a>> {
        let mut reader = SliceReader::new(self.0).ok()?;
        let any: AnyRef<'a> = reader.decode().ok()?;
        let rest = usize::try_from(reader.remaining_len()).ok()?;
        self.0 = &self.0[self.0.len() - rest..];
        Some(any)
    }

    /// The next element if it has this tag; nothing is skipped otherwise.
    pub(super) fn optional(&mut self, tag: Tag) -> Option<AnyRef<'a>> {
        let mut ahead = self.clone();
        let any = ahead.next().filter(|any| any.tag() == tag)?;
        *self = ahead;
        Some(any)
    }

    /// The tags of all elements; none where they cannot be read.
    pub(super) fn tags(&self) -> Vec<Tag> {
        let mut all = self.clone();
        let mut tags = Vec::new();
        while let Some(any) = all.next() {
            tags.push(any.tag());
        }
        if all.0.is_empty() { tags } else { Vec::new() }
    }

    /// An INTEGER that is not negative.
    #[inline(never)]
    pub(super) fn number(&mut self) -> Option<BigUint> {
        number(self.next()?)
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        small(self.next()?)
    }

    pub(super) fn sequence(&mut self) -> Option<Elements<'a>> {
        Elements::of_any(self.next()?)
    }

    pub(super) fn octets(&mut self) -> Option<&'a [u8]> {
        octets(self.next()?)
    }

    pub(super) fn bits(&mut self) -> Option<&'a [u8]> {
        BitStringRef::try_from(self.next()?).ok()?.as_bytes()
    }

    pub(super) fn algorithm(&mut self) -> Option<Algorithm<'a>> {
        let mut elements = self.sequence()?;
        let oid = ObjectIdentifier::try_from(elements.next()?).ok()?;
        Some(Algorithm { oid, parameters: elements.next() })
    }
}

/// One INTEGER.
pub(super) fn number_of(bytes: &[u8]) -> Option<BigUint> {
    number(AnyRef::from_der(bytes).ok()?)
}

fn number(any: AnyRef<'_>) -> Option<BigUint> {
    Some(BigUint::from_bytes_be(UintRef::try_from(any).ok()?.as_bytes()))
}

pub(super) fn small(any: AnyRef<'_>) -> Option<u32> {
    let bytes = UintRef::try_from(any).ok()?;
    (bytes.as_bytes().len() <= 4)
        .then(|| bytes.as_bytes().iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

pub(super) fn octets(any: AnyRef<'_>) -> Option<&[u8]> {
    Some(OctetStringRef::try_from(any).ok()?.as_bytes())
}

/// Encodes an element. What is written here is far below the largest length.
#[inline(never)]
pub(super) fn element(tag: Tag, content: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(AnyRef::new(tag, content).and_then(|any| any.to_der()).unwrap_or_default())
}

/// Encodes a SEQUENCE of encoded elements.
pub(super) fn sequence(elements: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    element(Tag::Sequence, &Zeroizing::new(elements.concat()))
}

pub(super) fn integer(number: &BigUint) -> Zeroizing<Vec<u8>> {
    element(Tag::Integer, &super::handle_format::signed(number))
}

pub(super) fn oid(oid: ObjectIdentifier) -> Zeroizing<Vec<u8>> {
    element(Tag::ObjectIdentifier, oid.as_bytes())
}

pub(super) fn bit_string(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let whole = Zeroizing::new([&[0], bytes].concat());
    element(Tag::BitString, &whole)
}

/// NULL.
pub(super) fn null() -> Zeroizing<Vec<u8>> {
    element(Tag::Null, &[])
}
