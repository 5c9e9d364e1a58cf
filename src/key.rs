//! `b2h_key`: keys and certificates in files.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out, OutValue};
use crate::ffi::{bytes, text};
use crate::status::b2h_status;
use b2handle_client::{KeyFile, Reference, write_key_file};
use std::ffi::{CStr, CString, c_char};
use std::ptr;

/// A private key, a public key or a certificate. It does not change and may be used by several threads. Its secrets are
/// cleared when it is freed.
pub struct b2h_key {
    file: KeyFile,
    format: CString,
    encryption: Option<CString>,
    algorithm: Option<CString>,
}

impl b2h_key {
    fn new(file: KeyFile) -> b2h_key {
        let info = file.info();
        b2h_key {
            format: text::without_nul(info.format.to_string()),
            encryption: info.encryption.clone().map(text::without_nul),
            algorithm: info.algorithm.map(|algorithm| text::without_nul(algorithm.to_string())),
            file,
        }
    }
}

/// Reads a key or certificate file. What it is shows in its content: private keys as the Handle tools write them
/// (admpriv.bin, with every encryption), PKCS#8 and PKCS#1 in PEM or DER, encrypted PKCS#8; public keys as the Handle
/// tools write them (admpub.bin), in PEM, DER or as JSON Web Key; X.509 certificates. Where a file holds several, the
/// private key counts, and the first certificate beside it. Keys are RSA or DSA: Handle servers know no others.
///
/// @param path the file
/// @param passphrase its passphrase, which is ignored where none is needed; may be NULL: then an encrypted private key
///     stays locked, which b2h_key_is_locked() tells
/// @param[out] out the key, to be freed with b2h_key_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_KEY_UNREADABLE; B2H_KEY_INVALID; B2H_PASSPHRASE_WRONG; B2H_KEY_MISMATCH for a private key beside
///     the certificate of another; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_read(
    path: *const c_char,
    passphrase: *const c_char,
    out: *mut *mut b2h_key,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, path, passphrase) = unsafe {
            (Out::required(out, "out")?, text::read_path(path, "path")?, read_passphrase(passphrase))
        };
        out.set(pointer::give(b2h_key::new(KeyFile::open(path, passphrase)?)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads the content of a key or certificate file, as b2h_key_read() does.
///
/// @param bytes the content
/// @param length how many bytes
/// @param passphrase as for b2h_key_read(); may be NULL
/// @param[out] out the key, to be freed with b2h_key_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_key_read()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_from_bytes(
    bytes: *const u8,
    length: usize,
    passphrase: *const c_char,
    out: *mut *mut b2h_key,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, bytes, passphrase) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::read_list(bytes, length, "bytes")?,
                read_passphrase(passphrase),
            )
        };
        out.set(pointer::give(b2h_key::new(KeyFile::read(bytes, passphrase)?)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Clears and frees a key.
///
/// @param key the key; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_free(key: *mut b2h_key) {
    boundary::free(|| {
        if !key.is_null() {
            // SAFETY: by contract made by a function of this file, and freed once.
            drop(unsafe { Box::from_raw(key) });
        }
    });
}

/// What the file was, in English, such as "Handle private key" or "X.509 certificate".
///
/// @param key the key; NULL is fine
/// @return text that belongs to the key; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_format(key: *const b2h_key) -> *const c_char {
    // SAFETY: by contract NULL or a key that has not been freed.
    let key = unsafe { key.as_ref() };
    boundary::plain(ptr::null(), || key.map_or(ptr::null(), |key| key.format.as_ptr()))
}

/// How the private key was encrypted in its file, such as "AES-128-CBC, PBKDF2".
///
/// @param key the key; NULL is fine
/// @return text that belongs to the key; NULL if it was not encrypted, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_encryption(key: *const b2h_key) -> *const c_char {
    // SAFETY: by contract NULL or a key that has not been freed.
    let key = unsafe { key.as_ref() };
    let encryption = || key.and_then(|key| key.encryption.as_deref());
    boundary::plain(ptr::null(), || encryption().map_or(ptr::null(), CStr::as_ptr))
}

/// "RSA" or "DSA".
///
/// @param key the key; NULL is fine
/// @return text that belongs to the key; NULL where a locked key does not tell, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_algorithm(key: *const b2h_key) -> *const c_char {
    // SAFETY: by contract NULL or a key that has not been freed.
    let key = unsafe { key.as_ref() };
    let algorithm = || key.and_then(|key| key.algorithm.as_deref());
    boundary::plain(ptr::null(), || algorithm().map_or(ptr::null(), CStr::as_ptr))
}

/// The length of the key in bits, such as 2048.
///
/// @param key the key; NULL is fine
/// @return the length; 0 where a locked key does not tell, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_bits(key: *const b2h_key) -> u32 {
    // SAFETY: by contract NULL or a key that has not been freed.
    let key = unsafe { key.as_ref() };
    let bits = || u32::try_from(key?.file.info().bits?).ok();
    boundary::plain(0, || bits().unwrap_or(0))
}

/// Whether it is a private key, locked or not.
///
/// @param key the key; NULL is fine
/// @return 1 or 0; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_is_private(key: *const b2h_key) -> i32 {
    // SAFETY: by contract NULL or a key that has not been freed.
    let key = unsafe { key.as_ref() };
    boundary::plain(0, || key.is_some_and(|key| key.file.info().format.is_private()).into())
}

/// Whether it is an encrypted private key that was read without its passphrase. Read it again with the passphrase: until
/// then, what needs the private key gives B2H_PASSPHRASE_NEEDED, and so does the public key, unless there is a
/// certificate in the file.
///
/// @param key the key; NULL is fine
/// @return 1 or 0; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_is_locked(key: *const b2h_key) -> i32 {
    // SAFETY: by contract NULL or a key that has not been freed.
    let key = unsafe { key.as_ref() };
    boundary::plain(0, || key.is_some_and(|key| key.file.is_locked()).into())
}

/// Writes a key in the format of the Handle tools: a private key as in admpriv.bin, a public key (also that of a
/// certificate) as in admpub.bin.
///
/// @param key the key
/// @param passphrase encrypts a private key (AES-128-CBC, PBKDF2, the strongest that the Handle tools know), and is
///     ignored for others; may be NULL for none
/// @param[out] out the bytes, to be freed with b2h_bytes_free(); NULL on failure
/// @param[out] out_length how many
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_to_handle(
    key: *const b2h_key,
    passphrase: *const c_char,
    out: *mut *mut u8,
    out_length: *mut usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, passphrase, out, out_length) = unsafe {
            (
                pointer::borrow(key, "key")?,
                read_passphrase(passphrase),
                Out::required(out, "out")?,
                OutValue::required(out_length, "out_length")?,
            )
        };
        if key.file.info().format.is_private() {
            give_bytes(&key.file.private_key()?.to_handle(passphrase)?, out, out_length);
        } else {
            give_bytes(&key.file.public_key()?.to_handle(), out, out_length);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out, &out_length], run) }
}

/// Writes a key in PEM: a private key as PKCS#8 (BEGIN PRIVATE KEY), a public key (also that of a certificate) as BEGIN
/// PUBLIC KEY.
///
/// @param key the key
/// @param passphrase encrypts a private key (BEGIN ENCRYPTED PRIVATE KEY: AES-256-CBC, PBKDF2 with HMAC-SHA-256), and is
///     ignored for others; may be NULL for none
/// @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_to_pem(
    key: *const b2h_key,
    passphrase: *const c_char,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, passphrase, out) = unsafe {
            (pointer::borrow(key, "key")?, read_passphrase(passphrase), Out::required(out, "out")?)
        };
        let pem = match key.file.info().format.is_private() {
            true => std::mem::take(&mut *key.file.private_key()?.to_pem(passphrase)?),
            false => key.file.public_key()?.to_pem(),
        };
        out.set(text::give(pem)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// The public half of a private key, or the key of a certificate.
///
/// @param key the key
/// @param[out] out the public key, to be freed with b2h_key_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_public(
    key: *const b2h_key,
    out: *mut *mut b2h_key,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, out) = unsafe { (pointer::borrow(key, "key")?, Out::required(out, "out")?) };
        let public = key.file.public_key()?.to_handle();
        out.set(pointer::give(b2h_key::new(KeyFile::read(&public, None)?)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// The data of an HS_PUBKEY value for a key, a certificate's key or the public half of a private key. Put it into the
/// record of the user with b2h_values_add_bytes(), and who has the private key may act as that user.
///
/// @param key the key
/// @param[out] out the bytes, to be freed with b2h_bytes_free(); NULL on failure
/// @param[out] out_length how many
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_public_value(
    key: *const b2h_key,
    out: *mut *mut u8,
    out_length: *mut usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, out, out_length) = unsafe {
            (
                pointer::borrow(key, "key")?,
                Out::required(out, "out")?,
                OutValue::required(out_length, "out_length")?,
            )
        };
        give_bytes(&key.file.public_key()?.to_handle(), out, out_length);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out, &out_length], run) }
}

/// Which key it is: the SHA-256 of the public key (SubjectPublicKeyInfo), the same for a private key, its public key and
/// its certificates.
///
/// @param key the key
/// @param[out] out "sha256:" and 64 hexadecimal digits, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_fingerprint(
    key: *const b2h_key,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, out) = unsafe { (pointer::borrow(key, "key")?, Out::required(out, "out")?) };
        out.set(text::give(key.file.public_key()?.fingerprint())?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Makes a self-signed certificate for a private key, as Handle servers take it from clients: the identity in UID and CN
/// of the subject, valid from 2000 to 9999. The server also needs the key itself, see b2h_key_public_value().
///
/// @param key the private key
/// @param identity the user: index:prefix/suffix, such as "301:21.T12345/USER01"; index 0 lets the server look for the
///     key
/// @param[out] out the certificate in PEM, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_KEY_INVALID for what is no private key;
///     B2H_INVALID_ARGUMENT, also for an identity of another form
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_certificate(
    key: *const b2h_key,
    identity: *const c_char,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, identity, out) = unsafe {
            (pointer::borrow(key, "key")?, text::read(identity, "identity")?, Out::required(out, "out")?)
        };
        let identity: Reference = identity.parse()?;
        out.set(text::give(key.file.private_key()?.self_signed_certificate(&identity)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Whom a certificate names: UID of its subject, else CN, else O, as Handle servers read it. The index is 0 where the
/// subject has none.
///
/// @param key the certificate, or a private key with its certificate
/// @param[out] out index:prefix/suffix, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_KEY_INVALID for a certificate that names no user of a Handle server, or what is no certificate;
///     B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_identity(
    key: *const b2h_key,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (key, out) = unsafe { (pointer::borrow(key, "key")?, Out::required(out, "out")?) };
        out.set(text::give(key.file.certificates()?.identity()?.to_string())?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Writes a new file that only its owner may read, for a private key. A file that exists is never overwritten.
///
/// @param path the file
/// @param bytes its content
/// @param length how many bytes
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_KEY_UNREADABLE, also where the file exists; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_key_save(
    path: *const c_char,
    bytes: *const u8,
    length: usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (path, bytes) =
            unsafe { (text::read_path(path, "path")?, pointer::read_list(bytes, length, "bytes")?) };
        Ok(write_key_file(path, bytes)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Passphrases are bytes: not all key files were made under UTF-8.
///
/// # Safety
/// `passphrase` is NULL or a NUL-terminated string that does not change during the call.
unsafe fn read_passphrase<'a>(passphrase: *const c_char) -> Option<&'a [u8]> {
    // SAFETY: not NULL, hence NUL-terminated by contract.
    (!passphrase.is_null()).then(|| unsafe { CStr::from_ptr(passphrase) }.to_bytes())
}

fn give_bytes(data: &[u8], out: Out<u8>, out_length: OutValue<usize>) {
    out.set(bytes::give(data));
    out_length.set(data.len());
}
