//! What a file holds, told from its first bytes or its PEM labels.

use super::{handle_encryption, handle_format, invalid, unusable_algorithm};
use crate::error::{Error, Result};
use std::fmt;
use zeroize::Zeroizing;

/// The format of a key or certificate in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFormat {
    /// A private key as the Handle tools write it (admpriv.bin).
    HandlePrivate,
    /// A private key in PKCS#8.
    Pkcs8,
    /// A private key in PKCS#8, encrypted.
    EncryptedPkcs8,
    /// An RSA private key in PKCS#1 (`BEGIN RSA PRIVATE KEY`).
    Pkcs1,
    /// A DSA private key as OpenSSL wrote it (`BEGIN DSA PRIVATE KEY`).
    OpensslDsa,
    /// A public key as the Handle tools write it (admpub.bin), and as HS_PUBKEY values hold it.
    HandlePublic,
    /// A public key as in certificates (`BEGIN PUBLIC KEY`, SubjectPublicKeyInfo).
    Spki,
    /// An RSA public key in PKCS#1 (`BEGIN RSA PUBLIC KEY`).
    Pkcs1Public,
    /// A public key as JSON Web Key.
    Jwk,
    /// An X.509 certificate.
    Certificate,
}

impl KeyFormat {
    /// Whether the format is one of private keys.
    pub fn is_private(self) -> bool {
        use KeyFormat::*;
        matches!(self, HandlePrivate | Pkcs8 | EncryptedPkcs8 | Pkcs1 | OpensslDsa)
    }
}

impl fmt::Display for KeyFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyFormat::HandlePrivate => "Handle private key",
            KeyFormat::Pkcs8 => "PKCS#8 private key",
            KeyFormat::EncryptedPkcs8 => "encrypted PKCS#8 private key",
            KeyFormat::Pkcs1 => "PKCS#1 RSA private key",
            KeyFormat::OpensslDsa => "OpenSSL DSA private key",
            KeyFormat::HandlePublic => "Handle public key",
            KeyFormat::Spki => "public key (SubjectPublicKeyInfo)",
            KeyFormat::Pkcs1Public => "PKCS#1 RSA public key",
            KeyFormat::Jwk => "JSON Web Key",
            KeyFormat::Certificate => "X.509 certificate",
        })
    }
}

/// A key or certificate of a file, still encoded.
pub(super) struct Item {
    pub(super) format: KeyFormat,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

const OLD_ENCRYPTION: &[u8] = b"Proc-Type: 4,ENCRYPTED";

/// Everything in a file, in its order; at least one.
pub(super) fn items(bytes: &[u8]) -> Result<Vec<Item>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if handle_encryption::is_private_file(bytes) {
        return Ok(one(KeyFormat::HandlePrivate, bytes));
    }
    if handle_format::is_public(bytes) {
        return Ok(one(KeyFormat::HandlePublic, bytes));
    }
    if bytes.first() == Some(&0x30) {
        return der(bytes);
    }
    if bytes.trim_ascii_start().starts_with(b"{") {
        return Ok(one(KeyFormat::Jwk, bytes));
    }
    pem(bytes)
}

fn one(format: KeyFormat, bytes: &[u8]) -> Vec<Item> {
    vec![Item { format, bytes: Zeroizing::new(bytes.to_vec()) }]
}

fn unknown() -> Error {
    invalid(
        "This is not a key or certificate: neither PEM (-----BEGIN ...), nor DER, nor a key file of the Handle tools, \
         nor a JSON Web Key.",
    )
}

fn der(bytes: &[u8]) -> Result<Vec<Item>> {
    let format = super::asn1::format_of(bytes).ok_or_else(unknown)?;
    Ok(one(format, bytes))
}

fn pem(bytes: &[u8]) -> Result<Vec<Item>> {
    let broken = "The PEM text is damaged or incomplete. Copy the file again, from -----BEGIN to -----END.";
    let text = without_blanks(bytes);
    if text.windows(OLD_ENCRYPTION.len()).any(|window| window == OLD_ENCRYPTION) {
        return Err(invalid(
            "The key is encrypted in the old way of OpenSSL (Proc-Type: 4,ENCRYPTED), which is not supported. \
             Convert it: openssl pkcs8 -topk8 -in OLD.pem -out NEW.pem",
        ));
    }
    let sections = pem::parse_many(&*text).map_err(|_| invalid(broken))?;
    if sections.is_empty() {
        let begins = text.windows(11).any(|window| window == b"-----BEGIN ");
        return Err(if begins { invalid(broken) } else { unknown() });
    }
    let mut items = Vec::new();
    let mut refused = None;
    for section in sections {
        let label = section.tag().to_owned();
        let bytes = Zeroizing::new(section.into_contents());
        match format_of_label(&label) {
            Ok(Some(format)) => items.push(Item { format, bytes }),
            Ok(None) => {}
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    // A key that cannot be used must not hide behind the certificate beside it.
    match refused {
        Some(error) => Err(error),
        None if items.is_empty() => Err(invalid("The PEM file holds no key and no certificate.")),
        None => Ok(items),
    }
}

/// Lines as they were before they were pasted into mails and configuration files: without indentation, blank lines and
/// foreign line ends.
fn without_blanks(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii) {
        if !line.is_empty() {
            text.extend(line);
            text.push(b'\n');
        }
    }
    text
}

fn format_of_label(label: &str) -> Result<Option<KeyFormat>> {
    Ok(Some(match label {
        "PRIVATE KEY" => KeyFormat::Pkcs8,
        "ENCRYPTED PRIVATE KEY" => KeyFormat::EncryptedPkcs8,
        "RSA PRIVATE KEY" => KeyFormat::Pkcs1,
        "DSA PRIVATE KEY" => KeyFormat::OpensslDsa,
        "PUBLIC KEY" => KeyFormat::Spki,
        "RSA PUBLIC KEY" => KeyFormat::Pkcs1Public,
        "CERTIFICATE" | "X509 CERTIFICATE" => KeyFormat::Certificate,
        "EC PRIVATE KEY" => return Err(unusable_algorithm("EC")),
        "OPENSSH PRIVATE KEY" => {
            return Err(invalid(
                "This is a key of SSH. Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY",
            ));
        }
        _ => return Ok(None),
    }))
}
