//! Registering Handles.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use crate::values::b2h_values;
use std::ffi::c_char;

/// Registers a Handle that points to a URL. The record also gets an HS_ADMIN value for its owner, so that it can
/// be changed later.
///
/// Requests: one PUT, which fails where the Handle exists: two registrations of one name never both succeed.
///
/// @param client the client
/// @param handle the name, prefix/suffix; also hdl:prefix/suffix or a resolver URL
/// @param url what the Handle points to, at most 1 MiB
/// @param options may be NULL; B2H_OVERWRITE replaces the whole record of an existing Handle
/// @param[out] out_handle the name as registered, to be freed with b2h_string_free(); NULL on failure; may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_EXISTS; B2H_PREFIX_NOT_SERVED; or a status of authentication, permission or
///     connection. If b2h_error_in_doubt(), the Handle may have been registered.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_register_handle(
    client: *mut b2h_client,
    handle: *const c_char,
    url: *const c_char,
    options: *const b2h_call_options,
    out_handle: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, url, options) = unsafe {
            (
                Out::optional(out_handle),
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(url, "url")?,
                options::read(options)?,
            )
        };
        let name = client.client.register_handle(handle, url, &options)?;
        if let Some(out) = out {
            out.set(text::give(name)?);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_handle], run) }
}

/// Registers a Handle with these values. An HS_ADMIN value for the owner is added where they have none. A value
/// without an index gets one as B2HANDLE chooses it: 1 for URL, 100 for HS_ADMIN, else the first free one from 2 on,
/// except 100 to 199.
///
/// Requests: one PUT, which fails where the Handle exists.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param values at least one value; they can be used again afterwards
/// @param options may be NULL; B2H_OVERWRITE replaces the whole record of an existing Handle
/// @param[out] out_handle the name as registered, to be freed with b2h_string_free(); NULL on failure; may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_register_handle()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_register_values(
    client: *mut b2h_client,
    handle: *const c_char,
    values: *const b2h_values,
    options: *const b2h_call_options,
    out_handle: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, values, options) = unsafe {
            (
                Out::optional(out_handle),
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                pointer::borrow(values, "values")?,
                options::read(options)?,
            )
        };
        let name = client.client.register_values(handle, &values.values, &options)?;
        if let Some(out) = out {
            out.set(text::give(name)?);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_handle], run) }
}

/// Registers a Handle under a random name (a UUID of version 4). A name that is taken is replaced by another.
///
/// Requests: one PUT.
///
/// @param client the client
/// @param prefix the prefix, such as 21.T12345
/// @param values at least one value
/// @param options may be NULL; B2H_OVERWRITE is ignored
/// @param[out] out_handle the name, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL. When the outcome is in doubt,
///     b2h_error_handle() is the name
/// @return as b2h_register_handle()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_generate_and_register(
    client: *mut b2h_client,
    prefix: *const c_char,
    values: *const b2h_values,
    options: *const b2h_call_options,
    out_handle: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, prefix, values, options) = unsafe {
            (
                Out::required(out_handle, "out_handle")?,
                pointer::borrow(client, "client")?,
                text::read(prefix, "prefix")?,
                pointer::borrow(values, "values")?,
                options::read(options)?,
            )
        };
        out.set(text::give(client.client.generate_and_register(prefix, &values.values, &options)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_handle], run) }
}

/// Registers a Handle whose name the server completes with a random suffix.
///
/// Requests: one PUT. When its outcome is in doubt, nobody knows the name: prefer b2h_generate_and_register().
///
/// @param client the client
/// @param start the beginning of the name, prefix/ or prefix/beginning
/// @param values at least one value
/// @param options may be NULL
/// @param[out] out_handle the name, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_register_handle()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_mint_handle(
    client: *mut b2h_client,
    start: *const c_char,
    values: *const b2h_values,
    options: *const b2h_call_options,
    out_handle: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, start, values, options) = unsafe {
            (
                Out::required(out_handle, "out_handle")?,
                pointer::borrow(client, "client")?,
                text::read(start, "start")?,
                pointer::borrow(values, "values")?,
                options::read(options)?,
            )
        };
        out.set(text::give(client.client.mint_handle(start, &values.values, &options)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_handle], run) }
}
