//! PKCS#8 keys under a passphrase: PBES2, and the old PBES1 with triple DES that the Handle converter writes
//! (BEHAVIOUR.md 7).

use super::asn1;
use super::cipher::Cipher;
use super::container::KeyFormat;
use super::elements::{self, Algorithm, Elements, element, integer, sequence};
use super::passphrase;
use super::private::PrivateNumbers;
use super::{damaged, invalid};
use crate::error::{Error, Result};
use ::der::Tag;
use ::der::asn1::ObjectIdentifier as Oid;
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use ring::pbkdf2::{self, PBKDF2_HMAC_SHA1, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA384, PBKDF2_HMAC_SHA512};
use sha1::Sha1;
use zeroize::Zeroizing;

/// pbeWithSHA1And3-KeyTripleDES-CBC.
const PBE_SHA1_3DES: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.3");
const PBES2: Oid = Oid::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: Oid = Oid::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_SHA1: Oid = Oid::new_unwrap("1.2.840.113549.2.7");
const HMAC_SHA256: Oid = Oid::new_unwrap("1.2.840.113549.2.9");
const HMAC_SHA384: Oid = Oid::new_unwrap("1.2.840.113549.2.10");
const HMAC_SHA512: Oid = Oid::new_unwrap("1.2.840.113549.2.11");
const AES_256_CBC: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.1.42");

const CIPHERS: [(Oid, Cipher); 4] = [
    (Oid::new_unwrap("2.16.840.1.101.3.4.1.2"), Cipher::Aes128Cbc),
    (Oid::new_unwrap("2.16.840.1.101.3.4.1.22"), Cipher::Aes192Cbc),
    (AES_256_CBC, Cipher::Aes256Cbc),
    (Oid::new_unwrap("1.2.840.113549.3.7"), Cipher::DesEde3Cbc),
];

/// What is written: as OpenSSL, with the iterations that OWASP recommends for HMAC-SHA-256.
const ITERATIONS: u32 = 600_000;

struct Envelope<'a> {
    cipher: Cipher,
    derivation: Derivation<'a>,
    text: &'a [u8],
}

/// How key and IV come about.
enum Derivation<'a> {
    Pkcs12 { salt: &'a [u8], iterations: u32 },
    Pbkdf2 { function: pbkdf2::Algorithm, salt: &'a [u8], iterations: u32, iv: &'a [u8] },
}

fn open(bytes: &[u8]) -> Result<Envelope<'_>> {
    let damaged = || damaged("encrypted private key");
    let mut elements = Elements::of(bytes).ok_or_else(damaged)?;
    let (algorithm, text) = (elements.algorithm(), elements.octets());
    let (algorithm, text) = algorithm.zip(text).ok_or_else(damaged)?;
    let mut parameters = algorithm.parameters.and_then(Elements::of_any).ok_or_else(unsupported)?;
    let (cipher, derivation) = match algorithm.oid {
        PBE_SHA1_3DES => {
            let salt_and_count = parameters.octets().zip(parameters.small());
            let (salt, iterations) = salt_and_count.ok_or_else(damaged)?;
            (Cipher::DesEde3Cbc, Derivation::Pkcs12 { salt, iterations })
        }
        PBES2 => pbes2(parameters).ok_or_else(unsupported)?,
        _ => return Err(unsupported()),
    };
    Ok(Envelope { cipher, derivation, text })
}

fn pbes2(mut parameters: Elements<'_>) -> Option<(Cipher, Derivation<'_>)> {
    let derivation = parameters.algorithm().filter(|derivation| derivation.oid == PBKDF2)?;
    let encryption = parameters.algorithm()?;
    let (_, cipher) = CIPHERS.into_iter().find(|(oid, _)| *oid == encryption.oid)?;
    let iv = elements::octets(encryption.parameters?)?;
    let mut pbkdf2 = Elements::of_any(derivation.parameters?)?;
    let (salt, iterations) = (pbkdf2.octets()?, pbkdf2.small()?);
    if let Some(length) = pbkdf2.optional(Tag::Integer) {
        elements::small(length).filter(|length| *length as usize == cipher.key_length())?;
    }
    let function = match pbkdf2.algorithm() {
        Some(Algorithm { oid, .. }) => hmac(oid)?,
        None => PBKDF2_HMAC_SHA1,
    };
    Some((cipher, Derivation::Pbkdf2 { function, salt, iterations, iv }))
}

fn hmac(oid: Oid) -> Option<pbkdf2::Algorithm> {
    let known = [
        (HMAC_SHA1, PBKDF2_HMAC_SHA1),
        (HMAC_SHA256, PBKDF2_HMAC_SHA256),
        (HMAC_SHA384, PBKDF2_HMAC_SHA384),
        (HMAC_SHA512, PBKDF2_HMAC_SHA512),
    ];
    known.into_iter().find(|(known, _)| *known == oid).map(|(_, function)| function)
}

fn unsupported() -> Error {
    invalid(
        "The private key is encrypted in a way that is not supported. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc \
         -in OLD.pem -out NEW.pem",
    )
}

/// The name of the encryption.
pub(super) fn name(bytes: &[u8]) -> Result<String> {
    let envelope = open(bytes)?;
    let derivation = match envelope.derivation {
        Derivation::Pkcs12 { .. } => "PKCS#12 with SHA-1",
        Derivation::Pbkdf2 { .. } => "PBKDF2",
    };
    Ok(format!("{}, {derivation}", envelope.cipher.name()))
}

pub(super) fn decode(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<PrivateNumbers> {
    let Envelope { cipher, derivation, text } = open(bytes)?;
    let passphrase = passphrase.ok_or_else(passphrase::needed)?;
    let plain = match derivation {
        Derivation::Pbkdf2 { function, salt, iterations, iv } => {
            let key = passphrase::derive(function, passphrase, salt, iterations, cipher.key_length())?;
            cipher.decrypt(&key, iv, text)?
        }
        Derivation::Pkcs12 { salt, iterations } => {
            let key =
                pkcs12(passphrase, salt, iterations, Pkcs12KeyType::EncryptionKey, cipher.key_length())?;
            cipher.decrypt(&key, &pkcs12(passphrase, salt, iterations, Pkcs12KeyType::Iv, 8)?, text)?
        }
    };
    // Padding that happens to fit is no proof: wrong keys give it once in 256.
    if asn1::format_of(&plain) != Some(KeyFormat::Pkcs8) {
        return Err(passphrase::wrong());
    }
    asn1::decode_pkcs8(&plain)
}

/// PKCS#12 knows passphrases as text only.
fn pkcs12(
    passphrase: &[u8],
    salt: &[u8],
    iterations: u32,
    what: Pkcs12KeyType,
    length: usize,
) -> Result<Zeroizing<Vec<u8>>> {
    let iterations = i32::try_from(passphrase::checked(iterations)?.get()).map_err(|_| unsupported())?;
    let passphrase = std::str::from_utf8(passphrase).map_err(|_| passphrase::wrong())?;
    let key = derive_key_utf8::<Sha1>(passphrase, salt, what, iterations, length);
    key.map(Zeroizing::new).map_err(|_| passphrase::wrong())
}

/// Encrypts a PKCS#8 key: PBES2 with AES-256-CBC, PBKDF2 with HMAC-SHA-256.
pub(super) fn encode(plain: &[u8], passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    encode_with(plain, passphrase, ITERATIONS)
}

pub(super) fn encode_with(plain: &[u8], passphrase: &[u8], iterations: u32) -> Result<Zeroizing<Vec<u8>>> {
    let (salt, iv): ([u8; 16], [u8; 16]) = (passphrase::random()?, passphrase::random()?);
    let cipher = Cipher::Aes256Cbc;
    let key = passphrase::derive(PBKDF2_HMAC_SHA256, passphrase, &salt, iterations, cipher.key_length())?;
    let text = cipher.encrypt(&key, &iv, plain)?;
    let octets = |bytes: &[u8]| element(Tag::OctetString, bytes);
    let hmac = sequence(&[&elements::oid(HMAC_SHA256), &elements::null()]);
    let pbkdf2 = sequence(&[&octets(&salt), &integer(&iterations.into()), &hmac]);
    let derivation = sequence(&[&elements::oid(PBKDF2), &pbkdf2]);
    let encryption = sequence(&[&elements::oid(AES_256_CBC), &octets(&iv)]);
    let algorithm = sequence(&[&elements::oid(PBES2), &sequence(&[&derivation, &encryption])]);
    Ok(sequence(&[&algorithm, &octets(&text)]))
}
