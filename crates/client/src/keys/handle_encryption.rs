//! Private key files of the Handle tools: an encryption type, then the key, plain or encrypted (BEHAVIOUR.md 7).

use super::handle_format::{self, Fields, put_field};
use super::private::PrivateNumbers;
use super::{damaged, invalid};
use crate::error::{Error, Kind, Result};
use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockDecryptMut, BlockEncryptMut, KeyInit, KeyIvInit};
use des::{Des, TdesEde3};
use md5::{Digest, Md5};
use rsa::rand_core::{OsRng, RngCore};
use sha1::Sha1;
use zeroize::Zeroizing;

const DES_ECB: u32 = 0;
const PLAIN: u32 = 1;
const DES_CBC: u32 = 2;
const PBKDF2_DESEDE: u32 = 3;
const PBKDF2_AES: u32 = 4;

/// What the Handle tools write.
const ITERATIONS: u32 = 10_000;
const KEY_BITS: u32 = 128;

/// More would take many seconds; no tool writes as many.
pub(super) const MOST_ITERATIONS: u32 = 10_000_000;

/// How a file is encrypted.
enum Envelope<'a> {
    Plain(&'a [u8]),
    DesEcb(&'a [u8]),
    DesCbc { iv: &'a [u8], text: &'a [u8] },
    Pbkdf2 { aes: bool, salt: &'a [u8], iterations: u32, bits: u32, iv: &'a [u8], text: &'a [u8] },
}

/// Whether the file begins with one of the encryption types. The first three of the four bytes are zero, as in no other
/// format.
pub(super) fn is_private_file(bytes: &[u8]) -> bool {
    matches!(Fields(bytes).number32(), Some(DES_ECB..=PBKDF2_AES))
}

fn open(bytes: &[u8]) -> Result<Envelope<'_>> {
    parse(bytes).ok_or_else(|| damaged("Handle private key"))
}

fn parse(bytes: &[u8]) -> Option<Envelope<'_>> {
    let mut fields = Fields(bytes);
    Some(match fields.number32()? {
        DES_ECB => Envelope::DesEcb(fields.0),
        PLAIN => Envelope::Plain(fields.0),
        DES_CBC => Envelope::DesCbc { iv: fields.take(8)?, text: fields.0 },
        kind @ (PBKDF2_DESEDE | PBKDF2_AES) => Envelope::Pbkdf2 {
            aes: kind == PBKDF2_AES,
            salt: fields.next()?,
            iterations: fields.number32()?,
            bits: fields.number32()?,
            iv: fields.next()?,
            text: fields.next()?,
        },
        _ => return None,
    })
}

/// The name of the encryption; `None` for plain files.
pub(super) fn name(bytes: &[u8]) -> Result<Option<String>> {
    Ok(match open(bytes)? {
        Envelope::Plain(_) => None,
        Envelope::DesEcb(_) => Some("DES-ECB, MD5".to_owned()),
        Envelope::DesCbc { .. } => Some("DES-CBC, MD5".to_owned()),
        Envelope::Pbkdf2 { aes: true, bits, .. } => Some(format!("AES-{bits}-CBC, PBKDF2")),
        Envelope::Pbkdf2 { aes: false, .. } => Some("DES-EDE3-CBC, PBKDF2".to_owned()),
    })
}

pub(super) fn decode(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<PrivateNumbers> {
    let envelope = open(bytes)?;
    if let Envelope::Plain(plain) = envelope {
        return handle_format::decode_private(plain);
    }
    let plain = decrypt(&envelope, passphrase.ok_or_else(passphrase_needed)?)?;
    // Padding that happens to fit is no proof: wrong keys give it once in 256.
    if !handle_format::is_private(&plain) {
        return Err(passphrase_wrong());
    }
    handle_format::decode_private(&plain)
}

pub(super) fn encode(plain: &[u8], passphrase: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>> {
    let mut out = Zeroizing::new(Vec::with_capacity(plain.len() + 128));
    let Some(passphrase) = passphrase else {
        out.extend(PLAIN.to_be_bytes());
        out.extend(plain);
        return Ok(out);
    };
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    for bytes in [&mut salt, &mut iv] {
        OsRng.try_fill_bytes(bytes).map_err(|_| no_random_numbers())?;
    }
    let key = derived(passphrase, &salt, ITERATIONS, KEY_BITS)?;
    let cipher = cbc::Encryptor::<Aes128>::new_from_slices(&key, &iv)
        .map_err(|_| Error::new(Kind::Internal, "The lengths of key and IV do not fit."))?;
    out.extend(PBKDF2_AES.to_be_bytes());
    put_field(&mut out, &salt);
    out.extend(ITERATIONS.to_be_bytes());
    out.extend(KEY_BITS.to_be_bytes());
    put_field(&mut out, &iv);
    put_field(&mut out, &cipher.encrypt_padded_vec_mut::<Pkcs7>(plain));
    Ok(out)
}

fn decrypt(envelope: &Envelope<'_>, passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    match *envelope {
        Envelope::Plain(plain) => Ok(Zeroizing::new(plain.to_vec())),
        Envelope::DesEcb(text) => {
            let cipher = ecb::Decryptor::<Des>::new_from_slice(&*des_key(passphrase));
            decrypted(cipher.map_err(|_| damaged("Handle private key"))?, text)
        }
        Envelope::DesCbc { iv, text } => cbc::<Des>(&*des_key(passphrase), iv, text),
        Envelope::Pbkdf2 { aes, salt, iterations, bits, iv, text } => {
            let key = derived(passphrase, salt, iterations, bits)?;
            match (aes, bits) {
                (true, 128) => cbc::<Aes128>(&key, iv, text),
                (true, 192) => cbc::<Aes192>(&key, iv, text),
                (true, 256) => cbc::<Aes256>(&key, iv, text),
                (false, 192) => cbc::<TdesEde3>(&key, iv, text),
                _ => Err(damaged("Handle private key")),
            }
        }
    }
}

pub(super) fn cbc<C>(key: &[u8], iv: &[u8], text: &[u8]) -> Result<Zeroizing<Vec<u8>>>
where
    C: cbc::cipher::BlockCipher + cbc::cipher::BlockDecryptMut + KeyInit,
{
    let cipher = cbc::Decryptor::<C>::new_from_slices(key, iv);
    decrypted(cipher.map_err(|_| damaged("encrypted private key"))?, text)
}

fn decrypted(cipher: impl BlockDecryptMut, text: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    match cipher.decrypt_padded_vec_mut::<Pkcs7>(text) {
        Ok(plain) => Ok(Zeroizing::new(plain)),
        Err(_) => Err(passphrase_wrong()),
    }
}

/// DES ignores the lowest bit of each byte.
fn des_key(passphrase: &[u8]) -> Zeroizing<[u8; 8]> {
    let mut key = Zeroizing::new([0; 8]);
    key.copy_from_slice(&Md5::digest(passphrase)[..8]);
    key
}

/// Each byte of the passphrase is taken for a character and encoded (again) as UTF-8.
fn derived(passphrase: &[u8], salt: &[u8], iterations: u32, bits: u32) -> Result<Zeroizing<Vec<u8>>> {
    check_iterations(iterations)?;
    if bits == 0 || bits > 256 || !bits.is_multiple_of(8) {
        return Err(damaged("Handle private key"));
    }
    let widened: Zeroizing<String> =
        Zeroizing::new(passphrase.iter().map(|byte| char::from(*byte)).collect());
    let mut key = Zeroizing::new(vec![0; bits as usize / 8]);
    pbkdf2::pbkdf2_hmac::<Sha1>(widened.as_bytes(), salt, iterations, &mut key);
    Ok(key)
}

pub(super) fn check_iterations(iterations: u32) -> Result<()> {
    if iterations == 0 || iterations > MOST_ITERATIONS {
        return Err(invalid(format!(
            "The key file asks for {iterations} iterations to decrypt it, where 1 to {MOST_ITERATIONS} are accepted: it \
             is damaged."
        )));
    }
    Ok(())
}

pub(super) fn passphrase_needed() -> Error {
    Error::new(Kind::PassphraseNeeded, "The private key is encrypted: give its passphrase.")
}

pub(super) fn passphrase_wrong() -> Error {
    Error::new(Kind::PassphraseWrong, "The passphrase is wrong, or the file is damaged.")
}

pub(super) fn no_random_numbers() -> Error {
    Error::new(Kind::NoResources, "The system gives no random numbers.")
}
