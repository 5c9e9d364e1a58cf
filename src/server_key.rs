//! Fetching the key of a server, to pin it.

use crate::client::b2h_client;
use crate::config::b2h_config;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status::{self, B2H_INVALID_ARGUMENT};
use b2handle_client::{Client, Config};
use std::ffi::c_char;

/// Asks the configured server for its key, to be written to a file that HTTPS_verify names from then on.
///
/// This is trust on first use: whoever answers now is believed, and "HTTPS_verify" of the configuration does not count.
/// Only that the key belongs to the connection is checked. So compare the key's hash, which stands in a line before it
/// ("sha256:" and 64 hexadecimal digits, the SHA-256 of its SubjectPublicKeyInfo), with what the server's administrator
/// says, or use b2h_server_key_from_prefix(). A key that was written down once shows every impostor later.
///
/// One request, without credentials: GET /api/site.
///
/// @param config names the server ("handle_server_url") and the way to it
/// @param options may be NULL
/// @param[out] out the hash and the key in PEM, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_TLS_CERTIFICATE where the connection ends at somebody without the Handle server's key, such as a
///     proxy; B2H_KEY_INVALID for a key that TLS cannot use; B2H_INSECURE_TRANSPORT where the address is not https://;
///     B2H_CONFIG_INVALID; B2H_NOT_A_HANDLE_SERVER; any status of the connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_server_key_from_site(
    config: *const b2h_config,
    options: *const b2h_call_options,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, config, options) = unsafe {
            (Out::required(out, "out")?, pointer::borrow(config, "config")?, options::read(options)?)
        };
        let config = Config::from_settings(&config.settings)?;
        out.set(text::give(config.server_key_from_site(&options)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads the key of a prefix's server from the record of the prefix, on a resolver whose certificate is verified. The key
/// is to be written to a file that HTTPS_verify names from then on. So nobody between here and the server is believed,
/// only the resolver.
///
/// A prefix may have several servers. Where "handle_server_url" of the configuration is an address in numbers that one of
/// them has, its key is given; else the keys of all, each with its hash in a line before it as in
/// b2h_server_key_from_site().
///
/// One or two requests to the resolver, without credentials: GET of 0.NA/prefix, and of the Handle that its HS_SERV value
/// names where it has no HS_SITE value.
///
/// @param config names the server that is meant ("handle_server_url")
/// @param prefix such as "21.T12345"; NULL for the key "prefix" of the configuration
/// @param resolver a client of the resolver; NULL for https://hdl.handle.net, verified by the system's authorities,
///     through the proxy of the configuration
/// @param options may be NULL; the time is for all requests together
/// @param[out] out hashes and keys in PEM, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND for a prefix that the resolver does not know; B2H_VALUE_NOT_FOUND where its record
///     names no server or no key; B2H_KEY_INVALID where there are only keys that TLS cannot use (DSA);
///     B2H_INSECURE_TRANSPORT, without a request, where the resolver is not verified; B2H_INVALID_ARGUMENT;
///     B2H_CONFIG_INVALID; any status of the connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_server_key_from_prefix(
    config: *const b2h_config,
    prefix: *const c_char,
    resolver: *mut b2h_client,
    options: *const b2h_call_options,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, config, options) = unsafe {
            (Out::required(out, "out")?, pointer::borrow(config, "config")?, options::read(options)?)
        };
        let config = Config::from_settings(&config.settings)?;
        let prefix = if prefix.is_null() {
            config.setting("prefix")?.ok_or_else(|| {
                b2h_error::new(
                    B2H_INVALID_ARGUMENT,
                    "The argument prefix is NULL, and the configuration sets none.",
                )
            })?
        } else {
            // SAFETY: by contract a NUL-terminated string.
            unsafe { text::read(prefix, "prefix") }?
        };
        // SAFETY: by contract valid or NULL.
        let key = match unsafe { resolver.as_ref() } {
            Some(resolver) => resolver.client.server_key_from_prefix(&config, prefix, &options)?,
            None => Client::of_public_resolver(&config)?.server_key_from_prefix(&config, prefix, &options)?,
        };
        out.set(text::give(key)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}
