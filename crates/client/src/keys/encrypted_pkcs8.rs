//! PKCS#8 keys under a passphrase: PBES2, and the old PBES1 with triple DES that the Handle converter writes
//! (BEHAVIOUR.md 7).

use super::asn1::{self, not_encoded};
use super::handle_encryption::{
    cbc, check_iterations, no_random_numbers, passphrase_needed, passphrase_wrong,
};
use super::private::PrivateNumbers;
use super::{damaged, invalid};
use crate::error::Result;
use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use des::TdesEde3;
use pkcs8::pkcs5::pbes2::{self, Kdf};
use pkcs8::pkcs5::{self, EncryptionScheme};
use pkcs8::{EncryptedPrivateKeyInfo, PrivateKeyInfo};
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use pkcs12::pbe_params::{self, Pkcs12PbeParams};
use rsa::rand_core::{OsRng, RngCore};
use sha1::Sha1;
use zeroize::Zeroizing;

/// pbeWithSHA1And3-KeyTripleDES-CBC.
const PBE_SHA1_3DES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3");

/// What is written: as OpenSSL, with the iterations that OWASP recommends for HMAC-SHA-256.
const ITERATIONS: u32 = 600_000;

/// 128 N r bytes.
const MOST_SCRYPT_MEMORY: u64 = 64 << 20;
const MOST_SCRYPT_LANES: u16 = 16;

/// How a key is encrypted; the rest of both structures is the same.
enum Scheme<'a> {
    Pbes2(EncryptedPrivateKeyInfo<'a>, pbes2::Parameters<'a>),
    Pkcs12 { salt: Vec<u8>, iterations: i32, text: Vec<u8> },
}

fn open(bytes: &[u8]) -> Result<Scheme<'_>> {
    let damaged = || damaged("encrypted private key");
    // Any algorithm.
    let outer = pbe_params::EncryptedPrivateKeyInfo::from_der(bytes).map_err(|_| damaged())?;
    if outer.encryption_algorithm.oid == PBE_SHA1_3DES {
        let parameters = outer.encryption_algorithm.parameters.ok_or_else(damaged)?;
        let parameters: Pkcs12PbeParams = parameters.decode_as().map_err(|_| damaged())?;
        return Ok(Scheme::Pkcs12 {
            salt: parameters.salt.as_bytes().to_vec(),
            iterations: parameters.iterations,
            text: outer.encrypted_data.as_bytes().to_vec(),
        });
    }
    let info = EncryptedPrivateKeyInfo::from_der(bytes).map_err(|_| unsupported())?;
    match info.encryption_algorithm.clone() {
        EncryptionScheme::Pbes2(parameters) => Ok(Scheme::Pbes2(info, parameters)),
        _ => Err(unsupported()),
    }
}

fn unsupported() -> crate::Error {
    invalid(
        "The private key is encrypted in a way that is not supported. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc \
         -in OLD.pem -out NEW.pem",
    )
}

/// The name of the encryption.
pub(super) fn name(bytes: &[u8]) -> Result<String> {
    Ok(match open(bytes)? {
        Scheme::Pkcs12 { .. } => "DES-EDE3-CBC, PKCS#12 with SHA-1".to_owned(),
        Scheme::Pbes2(_, parameters) => {
            let cipher = match parameters.encryption {
                pbes2::EncryptionScheme::Aes128Cbc { .. } => "AES-128-CBC",
                pbes2::EncryptionScheme::Aes192Cbc { .. } => "AES-192-CBC",
                pbes2::EncryptionScheme::Aes256Cbc { .. } => "AES-256-CBC",
                _ => "DES-EDE3-CBC",
            };
            let derivation = if parameters.kdf.is_scrypt() { "scrypt" } else { "PBKDF2" };
            format!("{cipher}, {derivation}")
        }
    })
}

pub(super) fn decode(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<PrivateNumbers> {
    let scheme = open(bytes)?;
    let plain = decrypt(scheme, passphrase.ok_or_else(passphrase_needed)?)?;
    // Padding that happens to fit is no proof: wrong keys give it once in 256.
    if PrivateKeyInfo::from_der(&plain).is_err() {
        return Err(passphrase_wrong());
    }
    asn1::decode_pkcs8(&plain)
}

fn decrypt(scheme: Scheme<'_>, passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    match scheme {
        Scheme::Pkcs12 { salt, iterations, text } => {
            check_iterations(iterations.try_into().unwrap_or(0))?;
            // PKCS#12 knows passphrases as text only.
            let passphrase = std::str::from_utf8(passphrase).map_err(|_| passphrase_wrong())?;
            let derive = |what, length| {
                derive_key_utf8::<Sha1>(passphrase, &salt, what, iterations, length)
                    .map(Zeroizing::new)
                    .map_err(|_| passphrase_wrong())
            };
            let (key, iv) = (derive(Pkcs12KeyType::EncryptionKey, 24)?, derive(Pkcs12KeyType::Iv, 8)?);
            cbc::<TdesEde3>(&key, &iv, &text)
        }
        Scheme::Pbes2(info, parameters) => {
            check_cost(&parameters.kdf)?;
            let plain = parameters.decrypt(passphrase, info.encrypted_data);
            plain.map(Zeroizing::new).map_err(|error| match error {
                pkcs5::Error::DecryptFailed | pkcs5::Error::EncryptFailed => passphrase_wrong(),
                _ => damaged("encrypted private key"),
            })
        }
    }
}

fn check_cost(kdf: &Kdf<'_>) -> Result<()> {
    match kdf {
        Kdf::Pbkdf2(parameters) => check_iterations(parameters.iteration_count),
        Kdf::Scrypt(parameters) => {
            let memory = parameters.cost_parameter.checked_mul(128 * u64::from(parameters.block_size));
            let fine = parameters.cost_parameter > 1
                && parameters.block_size > 0
                && (1..=MOST_SCRYPT_LANES).contains(&parameters.parallelization)
                && memory.is_some_and(|memory| memory <= MOST_SCRYPT_MEMORY);
            if fine {
                return Ok(());
            }
            Err(invalid("The key file asks for more memory or time to decrypt it than is accepted (scrypt)."))
        }
        _ => Err(unsupported()),
    }
}

/// Encrypts a PKCS#8 key: AES-256-CBC, PBKDF2 with HMAC-SHA-256.
pub(super) fn encode(plain: &[u8], passphrase: &[u8]) -> Result<Vec<u8>> {
    encode_with(plain, passphrase, ITERATIONS)
}

pub(super) fn encode_with(plain: &[u8], passphrase: &[u8], iterations: u32) -> Result<Vec<u8>> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    for bytes in [&mut salt, &mut iv] {
        OsRng.try_fill_bytes(bytes).map_err(|_| no_random_numbers())?;
    }
    let parameters =
        pbes2::Parameters::pbkdf2_sha256_aes256cbc(iterations, &salt, &iv).map_err(not_encoded)?;
    let text = parameters.encrypt(passphrase, plain).map_err(not_encoded)?;
    EncryptedPrivateKeyInfo { encryption_algorithm: parameters.into(), encrypted_data: &text }
        .to_der()
        .map_err(not_encoded)
}
