//! `b2h_config`: settings, before a client is made of them.

use crate::client::{b2h_client, made_of};
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::passphrase;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::status::b2h_status;
use b2handle_client::{Config, Settings};
use std::ffi::{c_char, c_void};

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

/// Writes the passphrase of the private key in the file `path` into `buffer`, which has room for `size` bytes, and
/// returns how many bytes it has; it need not end with NUL. Returns -1 for none, and for one that does not fit.
///
/// Called by b2h_client_new() and by the functions that fetch a server's key, on the same thread and only for an encrypted key. The
/// library clears the buffer afterwards. A call of the library from here returns B2H_REENTRANT. It must return normally:
/// no longjmp(), no C++ exception.
pub type b2h_passphrase_callback = Option<
    unsafe extern "C" fn(
        path: *const c_char,
        buffer: *mut c_char,
        size: usize,
        user_data: *mut c_void,
    ) -> i32,
>;

/// Sets whom to ask for the passphrase of an encrypted private key. The keys "passphrase_file", "passphrase_env" and
/// "passphrase" go before.
///
/// @param config the configuration
/// @param callback who is asked by each b2h_client_new(); NULL for nobody
/// @param user_data passed to the callback, may be NULL; must stay valid as long as the configuration
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_config_ask_passphrase(
    config: *mut b2h_config,
    callback: b2h_passphrase_callback,
    user_data: *mut c_void,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract valid or NULL.
        let config = unsafe { pointer::borrow_mut(config, "config")? };
        match callback {
            Some(callback) => config.settings.ask_passphrase(passphrase::asking(callback, user_data)),
            None => config.settings.ask_passphrase(|_| None),
        }
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
/// @return B2H_OK; B2H_CONFIG_INVALID, with a message that names all keys that cannot be used; where there is one problem
///     only and it is with a key file, B2H_KEY_UNREADABLE, B2H_KEY_INVALID, B2H_KEY_MISMATCH, B2H_PASSPHRASE_NEEDED or
///     B2H_PASSPHRASE_WRONG; B2H_INVALID_ARGUMENT
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
