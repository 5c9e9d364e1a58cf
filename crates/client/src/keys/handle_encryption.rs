//! Private key files of the Handle tools: an encryption type, then the key, plain or encrypted (BEHAVIOUR.md 7).

use super::cipher::Cipher;
use super::damaged;
use super::handle_format::{self, Fields, put_field};
use super::passphrase;
use super::private::PrivateNumbers;
use crate::error::Result;
use md5::{Digest, Md5};
use ring::pbkdf2::PBKDF2_HMAC_SHA1;
use zeroize::Zeroizing;

const DES_ECB: u32 = 0;
const PLAIN: u32 = 1;
const DES_CBC: u32 = 2;
const PBKDF2_DESEDE: u32 = 3;
const PBKDF2_AES: u32 = 4;

/// What the Handle tools write.
const ITERATIONS: u32 = 10_000;
const KEY_BITS: u32 = 128;

/// What a file holds.
enum Envelope<'a> {
    Plain(&'a [u8]),
    Encrypted { cipher: Cipher, derivation: Derivation<'a>, iv: &'a [u8], text: &'a [u8] },
}

/// How the key follows from the passphrase.
enum Derivation<'a> {
    Md5,
    Pbkdf2 { salt: &'a [u8], iterations: u32 },
}

/// Whether the file begins with one of the encryption types. The first three of the four bytes are zero, as in no other
/// format.
pub(super) fn is_private_file(bytes: &[u8]) -> bool {
    matches!(Fields(bytes).number32(), Some(DES_ECB..=PBKDF2_AES))
}

fn open(bytes: &[u8]) -> Result<Envelope<'_>> {
    let envelope = parse(bytes).filter(|envelope| match envelope {
        Envelope::Plain(_) => true,
        Envelope::Encrypted { cipher, text, .. } => cipher.fits(text),
    });
    envelope.ok_or_else(|| damaged("Handle private key"))
}

fn parse(bytes: &[u8]) -> Option<Envelope<'_>> {
    let mut fields = Fields(bytes);
    let kind = fields.number32()?;
    Some(match kind {
        PLAIN => Envelope::Plain(fields.0),
        DES_ECB | DES_CBC => {
            let (cipher, iv) =
                if kind == DES_CBC { (Cipher::DesCbc, fields.take(8)?) } else { (Cipher::DesEcb, &[][..]) };
            Envelope::Encrypted { cipher, derivation: Derivation::Md5, iv, text: fields.0 }
        }
        PBKDF2_DESEDE | PBKDF2_AES => {
            let derivation = Derivation::Pbkdf2 { salt: fields.next()?, iterations: fields.number32()? };
            let cipher = match (kind, fields.number32()?) {
                (PBKDF2_AES, 128) => Cipher::Aes128Cbc,
                (PBKDF2_AES, 192) => Cipher::Aes192Cbc,
                (PBKDF2_AES, 256) => Cipher::Aes256Cbc,
                (PBKDF2_DESEDE, 192) => Cipher::DesEde3Cbc,
                _ => return None,
            };
            Envelope::Encrypted { cipher, derivation, iv: fields.next()?, text: fields.next()? }
        }
        _ => return None,
    })
}

/// The name of the encryption; `None` for plain files.
pub(super) fn name(bytes: &[u8]) -> Result<Option<String>> {
    Ok(match open(bytes)? {
        Envelope::Plain(_) => None,
        Envelope::Encrypted { cipher, derivation: Derivation::Md5, .. } => {
            Some(format!("{}, MD5", cipher.name()))
        }
        Envelope::Encrypted { cipher, .. } => Some(format!("{}, PBKDF2", cipher.name())),
    })
}

pub(super) fn decode(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<PrivateNumbers> {
    let (cipher, derivation, iv, text) = match open(bytes)? {
        Envelope::Plain(plain) => return handle_format::decode_private(plain),
        Envelope::Encrypted { cipher, derivation, iv, text } => (cipher, derivation, iv, text),
    };
    let passphrase = passphrase.ok_or_else(passphrase::needed)?;
    let key = match derivation {
        Derivation::Md5 => Zeroizing::new(Md5::digest(passphrase)[..8].to_vec()),
        Derivation::Pbkdf2 { salt, iterations } => derived(passphrase, salt, iterations, cipher)?,
    };
    let plain = cipher.decrypt(&key, iv, text)?;
    // Padding that happens to fit is no proof: wrong keys give it once in 256.
    if !handle_format::is_private(&plain) {
        return Err(passphrase::wrong());
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
    let (salt, iv): ([u8; 16], [u8; 16]) = (passphrase::random()?, passphrase::random()?);
    let key = derived(passphrase, &salt, ITERATIONS, Cipher::Aes128Cbc)?;
    out.extend(PBKDF2_AES.to_be_bytes());
    put_field(&mut out, &salt);
    out.extend(ITERATIONS.to_be_bytes());
    out.extend(KEY_BITS.to_be_bytes());
    put_field(&mut out, &iv);
    put_field(&mut out, &Cipher::Aes128Cbc.encrypt(&key, &iv, plain)?);
    Ok(out)
}

/// Each byte of the passphrase is taken for a character and encoded (again) as UTF-8.
fn derived(passphrase: &[u8], salt: &[u8], iterations: u32, cipher: Cipher) -> Result<Zeroizing<Vec<u8>>> {
    let widened: Zeroizing<String> =
        Zeroizing::new(passphrase.iter().map(|byte| char::from(*byte)).collect());
    passphrase::derive(PBKDF2_HMAC_SHA1, widened.as_bytes(), salt, iterations, cipher.key_length())
}
