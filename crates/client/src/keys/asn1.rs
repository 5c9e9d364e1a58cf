//! Keys in ASN.1: PKCS#8, PKCS#1, OpenSSL's DSA, SubjectPublicKeyInfo.

use super::container::KeyFormat;
use super::elements::{self, Algorithm, Elements, element, integer, sequence};
use super::numbers::{self, DsaGroup};
use super::private::PrivateNumbers;
use super::public::PublicNumbers;
use super::{damaged, unusable_algorithm};
use crate::error::{Error, Kind, Result};
use ::der::Tag;
use ::der::asn1::ObjectIdentifier;
use dsa::Components;
use rsa::RsaPrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use zeroize::Zeroizing;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// `None` for other structures.
pub(super) fn format_of(bytes: &[u8]) -> Option<KeyFormat> {
    use Tag::{BitString, Integer, OctetString, Sequence};
    Some(match Elements::of(bytes)?.tags().as_slice() {
        [Integer, Sequence, OctetString, ..] => KeyFormat::Pkcs8,
        [Sequence, OctetString] => KeyFormat::EncryptedPkcs8,
        [Sequence, BitString] => KeyFormat::Spki,
        [Sequence, Sequence, BitString] => KeyFormat::Certificate,
        [Integer, Integer] => KeyFormat::Pkcs1Public,
        [Integer, Integer, Integer, Integer, Integer, Integer] => KeyFormat::OpensslDsa,
        [Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, ..] => {
            KeyFormat::Pkcs1
        }
        _ => return None,
    })
}

pub(super) fn decode_pkcs8(bytes: &[u8]) -> Result<PrivateNumbers> {
    let parts = || {
        let mut elements = Elements::of(bytes)?;
        // Version 2 has more at the end, which says nothing new.
        let _version = elements.small().filter(|version| *version <= 1)?;
        Some((elements.algorithm()?, elements.octets()?))
    };
    let damaged = || damaged("PKCS#8 private key");
    let (algorithm, key) = parts().ok_or_else(damaged)?;
    match algorithm.oid {
        RSA => decode_pkcs1(key),
        DSA => {
            let group = dsa_group(&algorithm).ok_or_else(damaged)?;
            let x = elements::number_of(key).ok_or_else(damaged)?;
            Ok(PrivateNumbers::Dsa(numbers::dsa_private(group, x)?))
        }
        other => Err(other_algorithm(other)),
    }
}

pub(super) fn decode_pkcs1(bytes: &[u8]) -> Result<PrivateNumbers> {
    let damaged = || damaged("RSA private key");
    let mut elements = Elements::of(bytes).ok_or_else(damaged)?;
    if elements.small().ok_or_else(damaged)? != 0 {
        return Err(super::invalid("An RSA key with more than two primes cannot be used."));
    }
    let mut number = || elements.number().ok_or_else(damaged);
    let (n, e, d, p, q) = (number()?, number()?, number()?, number()?, number()?);
    // The rest follows from these.
    for _ in 0..3 {
        number()?;
    }
    Ok(PrivateNumbers::Rsa(numbers::rsa_private(n, e, d, p, q)?))
}

pub(super) fn decode_openssl_dsa(bytes: &[u8]) -> Result<PrivateNumbers> {
    let damaged = || damaged("DSA private key");
    let mut elements = Elements::of(bytes).ok_or_else(damaged)?;
    let mut number = || elements.number().ok_or_else(damaged);
    let _version = number()?;
    let group = DsaGroup { p: number()?, q: number()?, g: number()? };
    let (y, x) = (number()?, number()?);
    let key = numbers::dsa_private(group, x)?;
    if *key.verifying_key().y() != y {
        return Err(damaged());
    }
    Ok(PrivateNumbers::Dsa(key))
}

pub(super) fn decode_spki(bytes: &[u8]) -> Result<PublicNumbers> {
    let parts = || {
        let mut elements = Elements::of(bytes)?;
        Some((elements.algorithm()?, elements.bits()?))
    };
    let damaged = || damaged("public key");
    let (algorithm, key) = parts().ok_or_else(damaged)?;
    match algorithm.oid {
        RSA => decode_pkcs1_public(key),
        DSA => {
            let group = dsa_group(&algorithm).ok_or_else(damaged)?;
            let y = elements::number_of(key).ok_or_else(damaged)?;
            Ok(PublicNumbers::Dsa(numbers::dsa_public(group, y)?))
        }
        other => Err(other_algorithm(other)),
    }
}

pub(super) fn decode_pkcs1_public(bytes: &[u8]) -> Result<PublicNumbers> {
    let damaged = || damaged("RSA public key");
    let mut elements = Elements::of(bytes).ok_or_else(damaged)?;
    let mut number = || elements.number().ok_or_else(damaged);
    Ok(PublicNumbers::Rsa(numbers::rsa_public(number()?, number()?)?))
}

fn dsa_group(algorithm: &Algorithm<'_>) -> Option<DsaGroup> {
    let mut elements = Elements::of_any(algorithm.parameters?)?;
    Some(DsaGroup { p: elements.number()?, q: elements.number()?, g: elements.number()? })
}

fn other_algorithm(oid: ObjectIdentifier) -> Error {
    if oid == EC { unusable_algorithm("EC") } else { unusable_algorithm(&oid.to_string()) }
}

/// PKCS#8.
pub(super) fn encode_private(key: &PrivateNumbers) -> Result<Zeroizing<Vec<u8>>> {
    let (algorithm, key) = match key {
        PrivateNumbers::Rsa(key) => (rsa_algorithm(), encode_pkcs1(key)?),
        PrivateNumbers::Dsa(key) => (dsa_algorithm(key.verifying_key().components()), integer(key.x())),
    };
    Ok(sequence(&[&element(Tag::Integer, &[0]), &algorithm, &element(Tag::OctetString, &key)]))
}

/// PKCS#1.
pub(super) fn encode_pkcs1(key: &RsaPrivateKey) -> Result<Zeroizing<Vec<u8>>> {
    let (Some(dp), Some(dq), Some(inverse), [p, q]) =
        (key.dp(), key.dq(), key.crt_coefficient(), key.primes())
    else {
        return Err(Error::new(Kind::Internal, "The RSA key lacks some of its numbers."));
    };
    let numbers = [key.n(), key.e(), key.d(), p, q, dp, dq, &inverse].map(integer);
    let version = element(Tag::Integer, &[0]);
    let mut content = vec![version.as_slice()];
    content.extend(numbers.iter().map(|number| number.as_slice()));
    Ok(sequence(&content))
}

/// SubjectPublicKeyInfo.
pub(super) fn encode_public(key: &PublicNumbers) -> Zeroizing<Vec<u8>> {
    let (algorithm, key) = match key {
        PublicNumbers::Rsa(key) => (rsa_algorithm(), sequence(&[&integer(key.n()), &integer(key.e())])),
        PublicNumbers::Dsa(key) => (dsa_algorithm(key.components()), integer(key.y())),
    };
    sequence(&[&algorithm, &elements::bit_string(&key)])
}

fn rsa_algorithm() -> Zeroizing<Vec<u8>> {
    sequence(&[&elements::oid(RSA), &elements::null()])
}

fn dsa_algorithm(group: &Components) -> Zeroizing<Vec<u8>> {
    let group = sequence(&[&integer(group.p()), &integer(group.q()), &integer(group.g())]);
    sequence(&[&elements::oid(DSA), &group])
}
