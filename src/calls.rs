//! The calls on Handles.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
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
                Out::clear_optional(out_handle),
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
    unsafe { boundary::call(err, run) }
}

/// Reads the first value of a type, as text. HS_ADMIN and other structured values come as JSON.
///
/// Requests: one GET, without credentials unless asked with B2H_AUTHENTICATED.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param type the type of the value, such as "URL"; upper and lower case are the same
/// @param options may be NULL
/// @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_VALUE_NOT_FOUND where no visible value has the type;
///     B2H_VALUE_IS_BINARY; B2H_UNREADABLE_RECORD; or a status of connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_get_value(
    client: *mut b2h_client,
    handle: *const c_char,
    r#type: *const c_char,
    options: *const b2h_call_options,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, kind, options) = unsafe {
            (
                Out::clear(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(r#type, "type")?,
                options::read(options)?,
            )
        };
        out.set(text::give(client.client.get_value(handle, kind, &options)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, run) }
}

/// Changes the value of a type to a text, or adds one where the Handle has none. Nothing else of the record is
/// written; ttl, permissions and references of a changed value stay.
///
/// Requests: one GET with credentials (and one without, where the identity may not read all of the record), then
/// one PUT of this value by its index. A new value gets an index as B2HANDLE chooses it: 1 for URL, else the first
/// free one from 2 on, except 100 to 199; where another writer takes that index first, the next one is tried.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param type the type of the value, such as "URL"; not HS_ADMIN or another type that holds a structure
/// @param value the text, at most 1 MiB (1048576 bytes)
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_BROKEN_RECORD where several values have the type; B2H_NOT_ALLOWED;
///     B2H_VALUE_TOO_LARGE; or a status of authentication, permission or connection. If b2h_error_in_doubt(), the
///     value may have been changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_modify_value(
    client: *mut b2h_client,
    handle: *const c_char,
    r#type: *const c_char,
    value: *const c_char,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, kind, value, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(r#type, "type")?,
                text::read(value, "value")?,
                options::read(options)?,
            )
        };
        Ok(client.client.modify_value(handle, kind, value, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, run) }
}

/// Deletes a Handle with all its values. Identifiers are meant to persist: consider pointing the Handle to a page
/// that says what became of the object instead.
///
/// Requests: one DELETE.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; or a status of authentication, permission or connection. If
///     b2h_error_in_doubt(), the Handle may have been deleted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_delete_handle(
    client: *mut b2h_client,
    handle: *const c_char,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, options) = unsafe {
            (pointer::borrow(client, "client")?, text::read(handle, "handle")?, options::read(options)?)
        };
        Ok(client.client.delete_handle(handle, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, run) }
}
