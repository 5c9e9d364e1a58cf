//! The ciphers of key files.

use super::{damaged, passphrase};
use crate::error::{Error, Kind, Result};
use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipher, BlockDecryptMut, BlockEncryptMut, KeyInit, KeyIvInit};
use des::{Des, TdesEde3};
use zeroize::Zeroizing;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes128Cbc,
    Aes192Cbc,
    Aes256Cbc,
    DesEde3Cbc,
    DesCbc,
    DesEcb,
}

impl Cipher {
    pub(super) fn name(self) -> &'static str {
        match self {
            Cipher::Aes128Cbc => "AES-128-CBC",
            Cipher::Aes192Cbc => "AES-192-CBC",
            Cipher::Aes256Cbc => "AES-256-CBC",
            Cipher::DesEde3Cbc => "DES-EDE3-CBC",
            Cipher::DesCbc => "DES-CBC",
            Cipher::DesEcb => "DES-ECB",
        }
    }

    /// In bytes.
    pub(super) fn key_length(self) -> usize {
        match self {
            Cipher::DesCbc | Cipher::DesEcb => 8,
            Cipher::Aes128Cbc => 16,
            Cipher::Aes192Cbc | Cipher::DesEde3Cbc => 24,
            Cipher::Aes256Cbc => 32,
        }
    }

    /// In bytes.
    fn block_length(self) -> usize {
        match self {
            Cipher::Aes128Cbc | Cipher::Aes192Cbc | Cipher::Aes256Cbc => 16,
            Cipher::DesEde3Cbc | Cipher::DesCbc | Cipher::DesEcb => 8,
        }
    }

    /// Whether a text consists of whole blocks: a wrong passphrase is not to blame for missing ones.
    pub(super) fn fits(self, text: &[u8]) -> bool {
        !text.is_empty() && text.len().is_multiple_of(self.block_length())
    }

    /// Decrypts and takes the padding away.
    pub(super) fn decrypt(self, key: &[u8], iv: &[u8], text: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        if !self.fits(text) {
            return Err(damaged("encrypted private key"));
        }
        match self {
            Cipher::Aes128Cbc => decrypt_cbc::<Aes128>(key, iv, text),
            Cipher::Aes192Cbc => decrypt_cbc::<Aes192>(key, iv, text),
            Cipher::Aes256Cbc => decrypt_cbc::<Aes256>(key, iv, text),
            Cipher::DesEde3Cbc => decrypt_cbc::<TdesEde3>(key, iv, text),
            Cipher::DesCbc => decrypt_cbc::<Des>(key, iv, text),
            Cipher::DesEcb => decrypted(ecb::Decryptor::<Des>::new_from_slice(key).ok(), text),
        }
    }

    /// Pads and encrypts: the ciphers in which keys are written.
    pub(super) fn encrypt(self, key: &[u8], iv: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        match self {
            Cipher::Aes128Cbc => encrypt_cbc::<Aes128>(key, iv, plain),
            Cipher::Aes256Cbc => encrypt_cbc::<Aes256>(key, iv, plain),
            _ => None,
        }
        .ok_or_else(|| Error::new(Kind::Internal, "Keys are not written in this cipher."))
    }
}

fn decrypt_cbc<C: BlockCipher + BlockDecryptMut + KeyInit>(
    key: &[u8],
    iv: &[u8],
    text: &[u8],
) -> Result<Zeroizing<Vec<u8>>> {
    decrypted(cbc::Decryptor::<C>::new_from_slices(key, iv).ok(), text)
}

fn decrypted(cipher: Option<impl BlockDecryptMut>, text: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let cipher = cipher.ok_or_else(|| damaged("encrypted private key"))?;
    match cipher.decrypt_padded_vec_mut::<Pkcs7>(text) {
        Ok(plain) => Ok(Zeroizing::new(plain)),
        Err(_) => Err(passphrase::wrong()),
    }
}

fn encrypt_cbc<C: BlockCipher + BlockEncryptMut + KeyInit>(
    key: &[u8],
    iv: &[u8],
    plain: &[u8],
) -> Option<Vec<u8>> {
    let cipher = cbc::Encryptor::<C>::new_from_slices(key, iv).ok()?;
    Some(cipher.encrypt_padded_vec_mut::<Pkcs7>(plain))
}
