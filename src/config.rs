//! `b2h_config`: settings, before a client is made of them.

use crate::client::{b2h_client, made_of};
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::status::b2h_status;
use b2handle_client::{Config, Settings};
use std::ffi::c_char;

/// Settings for a client, by the keys of the credentials JSON (see b2h_client_from_json()): from files, set one by
/// one, or both; what is set later counts. Only one thread may change it at a time.
pub struct b2h_config {
    pub(crate) settings: Settings,
}

/// Makes an empty configuration.
///
/// @param[out] out the configuration, to be freed with b2h_config_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_config_new(out: *mut *mut b2h_config, err: *mut *mut b2h_error) -> b2h_status {
    let run = || {
        // SAFETY: by contract a valid output pointer or NULL.
        let out = unsafe { Out::required(out, "out") }?;
        out.set(pointer::give(b2h_config { settings: Settings::new() }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Takes all settings of a credentials JSON file. Paths in it are relative to its folder.
///
/// @param config the configuration
/// @param path the file
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_CONFIG_UNREADABLE; B2H_CONFIG_SYNTAX; B2H_INVALID_ARGUMENT. On failure nothing has changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_config_load(
    config: *mut b2h_config,
    path: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (config, path) =
            unsafe { (pointer::borrow_mut(config, "config")?, text::read_path(path, "path")?) };
        Ok(config.settings.load_file(path)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Sets a key. Whether key and value can be used is found out by b2h_client_new().
///
/// @param config the configuration
/// @param key the key, such as "handle_server_url"
/// @param value the value as text: "true", "30000", or for lists JSON such as ["URL", "CHECKSUM"]. Paths are relative
///     to the current folder
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_config_set(
    config: *mut b2h_config,
    key: *const c_char,
    value: *const c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (config, key, value) = unsafe {
            (pointer::borrow_mut(config, "config")?, text::read(key, "key")?, text::read(value, "value")?)
        };
        config.settings.set(key, value);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Frees a configuration. Clients that were made of it stay.
///
/// @param config the configuration; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_config_free(config: *mut b2h_config) {
    boundary::free_unless_inside(|| {
        if !config.is_null() {
            // SAFETY: by contract made by `b2h_config_new`, and freed once.
            drop(unsafe { Box::from_raw(config) });
        }
    });
}

/// Makes a client of a configuration, which can be used again afterwards.
///
/// Makes no request.
///
/// @param config the configuration
/// @param[out] out the client, to be freed with b2h_client_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_CONFIG_INVALID, with a message that names all keys that cannot be used; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_new(
    config: *const b2h_config,
    out: *mut *mut b2h_client,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, config) = unsafe { (Out::required(out, "out")?, pointer::borrow(config, "config")?) };
        out.set(made_of(Config::from_settings(&config.settings)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}
