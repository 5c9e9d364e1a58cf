//! Keys in ASN.1: PKCS#8, PKCS#1, OpenSSL's DSA, SubjectPublicKeyInfo.

use super::container::KeyFormat;
use super::numbers::{self, DsaGroup};
use super::private::PrivateNumbers;
use super::public::PublicNumbers;
use super::{damaged, unusable_algorithm};
use crate::error::{Error, Kind, Result};
use crate::x509::Certificate;
use der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use der::{Decode, Encode, Sequence};
use dsa::Components;
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use pkcs8::{EncodePublicKey, PrivateKeyInfo};
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use rsa::BigUint;
use rsa::pkcs8::EncodePrivateKey;
use zeroize::Zeroizing;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// `DSAPrivateKey` of OpenSSL.
#[derive(Sequence)]
struct OpensslDsa<'a> {
    version: u8,
    p: UintRef<'a>,
    q: UintRef<'a>,
    g: UintRef<'a>,
    y: UintRef<'a>,
    x: UintRef<'a>,
}

/// `Dss-Parms` of RFC 3279.
#[derive(Sequence)]
struct DsaParameters<'a> {
    p: UintRef<'a>,
    q: UintRef<'a>,
    g: UintRef<'a>,
}

/// `None` for other structures.
pub(super) fn format_of(bytes: &[u8]) -> Option<KeyFormat> {
    if PrivateKeyInfo::from_der(bytes).is_ok() {
        Some(KeyFormat::Pkcs8)
    } else if SubjectPublicKeyInfoRef::from_der(bytes).is_ok() {
        Some(KeyFormat::Spki)
    } else if EncryptedPrivateKeyInfo::from_der(bytes).is_ok() {
        Some(KeyFormat::EncryptedPkcs8)
    } else if pkcs1::RsaPrivateKey::from_der(bytes).is_ok() {
        Some(KeyFormat::Pkcs1)
    } else if OpensslDsa::from_der(bytes).is_ok() {
        Some(KeyFormat::OpensslDsa)
    } else if pkcs1::RsaPublicKey::from_der(bytes).is_ok() {
        Some(KeyFormat::Pkcs1Public)
    } else if Certificate::read(bytes).is_ok() {
        Some(KeyFormat::Certificate)
    } else {
        None
    }
}

fn number(number: UintRef<'_>) -> BigUint {
    BigUint::from_bytes_be(number.as_bytes())
}

pub(super) fn decode_pkcs8(bytes: &[u8]) -> Result<PrivateNumbers> {
    let damaged = || damaged("PKCS#8 private key");
    let key = PrivateKeyInfo::from_der(bytes).map_err(|_| damaged())?;
    match key.algorithm.oid {
        RSA => decode_pkcs1(key.private_key),
        DSA => {
            let group = dsa_group(&key.algorithm).ok_or_else(damaged)?;
            let x = UintRef::from_der(key.private_key).map_err(|_| damaged())?;
            Ok(PrivateNumbers::Dsa(numbers::dsa_private(group, number(x))?))
        }
        other => Err(other_algorithm(other)),
    }
}

pub(super) fn decode_pkcs1(bytes: &[u8]) -> Result<PrivateNumbers> {
    let key = pkcs1::RsaPrivateKey::from_der(bytes).map_err(|_| damaged("RSA private key"))?;
    if key.other_prime_infos.is_some() {
        return Err(super::invalid("An RSA key with more than two primes cannot be used."));
    }
    Ok(PrivateNumbers::Rsa(numbers::rsa_private(
        number(key.modulus),
        number(key.public_exponent),
        number(key.private_exponent),
        number(key.prime1),
        number(key.prime2),
    )?))
}

pub(super) fn decode_openssl_dsa(bytes: &[u8]) -> Result<PrivateNumbers> {
    let key = OpensslDsa::from_der(bytes).map_err(|_| damaged("DSA private key"))?;
    let group = DsaGroup { p: number(key.p), q: number(key.q), g: number(key.g) };
    let (key, y) = (numbers::dsa_private(group, number(key.x))?, number(key.y));
    if *key.verifying_key().y() != y {
        return Err(damaged("DSA private key"));
    }
    Ok(PrivateNumbers::Dsa(key))
}

pub(super) fn decode_spki(bytes: &[u8]) -> Result<PublicNumbers> {
    let damaged = || damaged("public key");
    let key = SubjectPublicKeyInfoRef::from_der(bytes).map_err(|_| damaged())?;
    let content = key.subject_public_key.as_bytes().ok_or_else(damaged)?;
    match key.algorithm.oid {
        RSA => decode_pkcs1_public(content),
        DSA => {
            let group = dsa_group(&key.algorithm).ok_or_else(damaged)?;
            let y = UintRef::from_der(content).map_err(|_| damaged())?;
            Ok(PublicNumbers::Dsa(numbers::dsa_public(group, number(y))?))
        }
        other => Err(other_algorithm(other)),
    }
}

pub(super) fn decode_pkcs1_public(bytes: &[u8]) -> Result<PublicNumbers> {
    let key = pkcs1::RsaPublicKey::from_der(bytes).map_err(|_| damaged("RSA public key"))?;
    Ok(PublicNumbers::Rsa(numbers::rsa_public(number(key.modulus), number(key.public_exponent))?))
}

fn dsa_group(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<DsaGroup> {
    let parameters: DsaParameters<'_> = algorithm.parameters?.decode_as().ok()?;
    Some(DsaGroup { p: number(parameters.p), q: number(parameters.q), g: number(parameters.g) })
}

fn other_algorithm(oid: ObjectIdentifier) -> Error {
    if oid == EC { unusable_algorithm("EC") } else { unusable_algorithm(&oid.to_string()) }
}

/// PKCS#8.
pub(super) fn encode_private(key: &PrivateNumbers) -> Result<Zeroizing<Vec<u8>>> {
    match key {
        PrivateNumbers::Rsa(key) => Ok(key.to_pkcs8_der().map_err(not_encoded)?.to_bytes()),
        PrivateNumbers::Dsa(key) => {
            // Without the public key that the crate would append: older readers do not know it.
            let x = Zeroizing::new(key.x().to_bytes_be());
            let x = Zeroizing::new(UintRef::new(&x).and_then(|x| x.to_der()).map_err(not_encoded)?);
            let group = group_der(key.verifying_key().components())?;
            let algorithm = dsa_algorithm(&group)?;
            Ok(Zeroizing::new(PrivateKeyInfo::new(algorithm, &x).to_der().map_err(not_encoded)?))
        }
    }
}

/// SubjectPublicKeyInfo.
pub(super) fn encode_public(key: &PublicNumbers) -> Result<Vec<u8>> {
    let document = match key {
        PublicNumbers::Rsa(key) => key.to_public_key_der(),
        PublicNumbers::Dsa(key) => key.to_public_key_der(),
    };
    Ok(document.map_err(not_encoded)?.into_vec())
}

fn group_der(group: &Components) -> Result<Vec<u8>> {
    group.to_der().map_err(not_encoded)
}

fn dsa_algorithm(group: &[u8]) -> Result<AlgorithmIdentifierRef<'_>> {
    Ok(AlgorithmIdentifierRef { oid: DSA, parameters: Some(AnyRef::from_der(group).map_err(not_encoded)?) })
}

/// What was read or made once can be encoded.
pub(super) fn not_encoded(error: impl std::fmt::Display) -> Error {
    Error::new(Kind::Internal, format!("The key cannot be encoded ({error})."))
}
