//! `b2h_client`: one server and one identity.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::status::b2h_status::{self, B2H_VALUE_NOT_FOUND};
use b2handle_client::{Client, Config};
use std::ffi::c_char;

/// A client of one Handle server, with one identity. Any number of threads may use it at once.
pub struct b2h_client {
    pub(crate) client: Client,
}

/// Makes a client from a credentials JSON file, as B2HANDLE reads it.
///
/// The keys, all optional: "handle_server_url" or "baseuri" (default https://hdl.handle.net, for reading),
/// credentials (see below), "handleowner" ("index:prefix/suffix", default
/// 200:0.NA/prefix of the Handle), "HS_ADMIN_permissions" (default 011111110011), "modify_HS_ADMIN" (default false),
/// "prefix" (for b2h_client_setting() and b2h_client_check()), "HTTPS_verify" (true, false, or one or a list of: the
/// path of a CA certificate or a folder of them; the path of the server's own certificate or public key, which pins it,
/// see b2h_server_key_from_site(); "sha256:" with the 64 hexadecimal digits of its key's hash, or "sha256//" with
/// base64), "strict_permissions" (default false: files with secrets that others may read are a warning in the log; true:
/// an error), "REST_API_url_extension" (default /api/handles/), "proxy" (an address, or "" for none; default
/// from the environment), "timeout_ms" (default 30000), "connect_timeout_ms" (default 10000), "max_retries" (default 5;
/// 0 for none), "mirror" (the address of a second server that is asked once where a read without credentials fails for a
/// reason that passes, and believed only where it has the Handle; half of a call's time is kept for it),
/// "max_reply_bytes" (the largest reply that is read, from 1024 to 1073741824, default 67108864; B2H_REPLY_TOO_LARGE
/// beyond; a call to read a record takes at most four times as much memory and 16 MiB, whatever the server sends), those of
/// the reverse lookup and of the cache (see below). The other keys of B2HANDLE and PYHANDLE are accepted; keys that
/// resemble none of all these are left to other programs. Paths are relative to the folder of the file.
///
/// Credentials are one of:
/// - "username" ("index:prefix/suffix") and "password";
/// - "private_key" and "certificate_only", or both in one file, "certificate_and_key": the certificate's subject names
///   the user (UID, CN or O);
/// - "private_key" and "username".
///
/// A private key is PEM (PKCS#8, PKCS#1, DSA), DER, or a key file of the Handle tools (admpriv.bin), encrypted or not;
/// its passphrase comes from "passphrase_file" (the first line), "passphrase_env" (the name of an environment
/// variable), "passphrase", or b2h_config_ask_passphrase(). "auth_method" is normally "auto": "basic" where there is a
/// password; else "session", which proves possession of the key to every server, and besides shows the certificate to
/// servers that ask for one in the TLS handshake. "session" also works with a password; "client_certificate" relies on
/// the handshake alone. Sessions are opened with the first call that needs one (2 requests more), shared by all
/// threads, renewed when the server has forgotten them, and ended by b2h_client_free() (1 request, within a second).
///
/// For b2h_search_handles(): "reverselookup_baseuri" (default: the Handle server named by "handle_server_url"),
/// "reverselookup_url_extension" (default /hrls/handles/), "reverselookup_username" and "reverselookup_password" (default:
/// "username" and "password", which are shown only to the very same server; neither is shown over plain HTTP, nor is a
/// private key ever used there), "allowed_search_keys" (a list of types; default URL and CHECKSUM, [] for all).
///
/// A cache of what was read: "cache_size" (how many reads it keeps; default 0, none) and "cache_bytes" (about how much
/// memory it may take; default 16777216). It keeps what b2h_get_value(), b2h_get_values(),
/// b2h_get_record(), b2h_get_locations() and b2h_has_location() read, as
/// long as the ttl of each of the values says; what is found there makes no request. It belongs to the client, for all
/// its threads; a forked child begins with an empty one. Reads with B2H_AUTHENTICATED or B2H_AUTHORITATIVE, and the reads
/// that changes begin with, neither use nor fill it. Each write of this client to a Handle, whatever comes of it, and
/// each read of it with B2H_AUTHORITATIVE makes the cache forget the Handle; changes made elsewhere show when the ttl is
/// over.
///
/// Makes no request: whether server and password are right shows with the first call. A client that is made here has no
/// log, and so warns nobody: with b2h_config_load(), b2h_config_set_log() and b2h_client_new() it does.
///
/// @param path the file
/// @param[out] out the client, to be freed with b2h_client_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_CONFIG_UNREADABLE, B2H_CONFIG_SYNTAX, B2H_CONFIG_INVALID, B2H_KEY_UNREADABLE, B2H_KEY_INVALID,
///     B2H_KEY_MISMATCH, B2H_PASSPHRASE_NEEDED or B2H_PASSPHRASE_WRONG, with a message that names file, line and what to
///     change (B2H_CONFIG_INVALID where there are several problems); B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_from_json(
    path: *const c_char,
    out: *mut *mut b2h_client,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract a valid output pointer or NULL.
        let out = unsafe { Out::required(out, "out") }?;
        // SAFETY: by contract a NUL-terminated string or NULL.
        let path = unsafe { text::read_path(path, "path") }?;
        out.set(made_of(Config::from_file(path)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Makes a client from credentials JSON in memory. Paths in it are relative to the current folder.
///
/// Otherwise as b2h_client_from_json().
///
/// @param json the text; it is not needed after the call
/// @param[out] out the client, to be freed with b2h_client_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_client_from_json()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_from_json_text(
    json: *const c_char,
    out: *mut *mut b2h_client,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract a valid output pointer or NULL.
        let out = unsafe { Out::required(out, "out") }?;
        // SAFETY: by contract a NUL-terminated string or NULL.
        let json = unsafe { text::read(json, "json") }?;
        out.set(made_of(Config::from_text(json)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

pub(crate) fn made_of(config: Config) -> Result<*mut b2h_client, b2h_error> {
    Ok(pointer::give(b2h_client { client: Client::new(config)? }))
}

/// Reads a setting of the credentials, such as "prefix" or "handle_server_url" (which is always set). Keys that the
/// library itself does not know can be read too. Text comes as it is, anything else as JSON.
///
/// Makes no request.
///
/// @param client the client
/// @param key the key
/// @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_VALUE_NOT_FOUND where the key is not set; B2H_NOT_ALLOWED for passwords;
///     B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_setting(
    client: *const b2h_client,
    key: *const c_char,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, key) = unsafe {
            (Out::required(out, "out")?, pointer::borrow(client, "client")?, text::read(key, "key")?)
        };
        let not_set = || b2h_error::new(B2H_VALUE_NOT_FOUND, format!("The credentials do not set {key}."));
        let value = client.client.config().setting(key)?.ok_or_else(not_set)?;
        out.set(text::give(value.to_owned())?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Frees a client and closes its connections. No other thread may still be in a call on it.
///
/// In a forked child, what the client inherited is only forgotten, so that the parent's connections stay whole.
///
/// @param client the client; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_free(client: *mut b2h_client) {
    boundary::free_connected(|| {
        if !client.is_null() {
            // SAFETY: by contract made by one of the functions above, and freed once.
            drop(unsafe { Box::from_raw(client) });
        }
    });
}
