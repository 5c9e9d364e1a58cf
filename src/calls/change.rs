//! Changing records.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer;
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status::{self, B2H_INVALID_ARGUMENT};
use crate::values::b2h_values;
use b2handle_client::Change;
use std::ffi::c_char;

/// Change the value of a type, or add one where there is none.
pub const B2H_MODIFY_OR_ADD: i32 = 0;
/// Change the value of a type; one that is not there is an error, and nothing is written.
pub const B2H_MODIFY_ONLY: i32 = 1;
/// Add values beside those that are there.
pub const B2H_ADD_ONLY: i32 = 2;

/// Changes the value of a type to a text, or adds one where the Handle has none. Nothing else of the record is
/// written; ttl, permissions and references of a changed value stay.
///
/// Requests: one GET with credentials (and one without, where the identity may not read all of the record), then
/// one PUT of this value by its index. A new value gets the index that it would have in a new record: 1 for URL, else the first
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
    unsafe { boundary::call(err, &[], run) }
}

/// Changes or adds several values at once. Nothing else of the record is written. Of a changed value stays what is
/// not said: ttl, permissions, references.
///
/// A value is found by its index where it has one, else by its type.
///
/// Requests: one GET with credentials (and one without, where the identity may not read all of the record), then one
/// PUT of all changed values by their indexes, and one more PUT of those that are added. A new value gets an index as
/// in b2h_register_values(); where another writer takes it first, another one. When the second PUT fails, the first
/// has taken effect.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param values the values; none is fine
/// @param change B2H_MODIFY_OR_ADD, B2H_MODIFY_ONLY or B2H_ADD_ONLY
/// @param options may be NULL; B2H_FORCE_ADMIN
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_VALUE_NOT_FOUND for B2H_MODIFY_ONLY; B2H_BROKEN_RECORD where several
///     values have a type; B2H_CONFLICT where a given index holds another type; B2H_NOT_ALLOWED for HS_ADMIN unless
///     the credentials set modify_HS_ADMIN; or a status of authentication, permission or connection. If
///     b2h_error_in_doubt(), the values may have been changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_modify_values(
    client: *mut b2h_client,
    handle: *const c_char,
    values: *const b2h_values,
    change: i32,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, values, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                pointer::borrow(values, "values")?,
                options::read(options)?,
            )
        };
        let change = match change {
            B2H_MODIFY_OR_ADD => Change::ModifyOrAdd,
            B2H_MODIFY_ONLY => Change::Modify,
            B2H_ADD_ONLY => Change::Add,
            _ => {
                return Err(b2h_error::new(
                    B2H_INVALID_ARGUMENT,
                    format!("{change} is not a kind of change."),
                ));
            }
        };
        Ok(client.client.modify_values(handle, &values.values, change, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Writes values at the indexes they have, whatever is there now. Nothing is read before, so of a value that is there
/// nothing stays.
///
/// Requests: one PUT.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param values the values, each with an index; none is fine
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_INVALID_ARGUMENT for a value without an index; B2H_NOT_ALLOWED for
///     HS_ADMIN and for the indexes 100 to 199 unless the credentials set modify_HS_ADMIN; or a status of
///     authentication, permission or connection. If b2h_error_in_doubt(), the values may have been written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_put_values(
    client: *mut b2h_client,
    handle: *const c_char,
    values: *const b2h_values,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, values, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                pointer::borrow(values, "values")?,
                options::read(options)?,
            )
        };
        Ok(client.client.put_values(handle, &values.values, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Adds a member to a list of users (HS_VLIST). One that is there already is no error.
///
/// Requests: one GET, one PUT and one more GET. Servers have no conditional write: edits of one Handle through this
/// client wait for each other; between programs the last one wins. A change that is gone at the second GET is
/// reported as B2H_CONFLICT; one that is undone later is not.
///
/// @param client the client
/// @param handle the name of the Handle with the list
/// @param index the index of the list
/// @param member index:prefix/suffix of the user's key
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_VALUE_NOT_FOUND without an HS_VLIST value there; B2H_CONFLICT where another program undid the
///     change; or a status of authentication, permission or connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_add_to_vlist(
    client: *mut b2h_client,
    handle: *const c_char,
    index: u32,
    member: *const c_char,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, member, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(member, "member")?,
                options::read(options)?,
            )
        };
        Ok(client.client.add_to_vlist(handle, index, member, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Removes a member from a list of users (HS_VLIST). One that is not there is no error.
///
/// Requests: as b2h_add_to_vlist().
///
/// @param client the client
/// @param handle the name of the Handle with the list
/// @param index the index of the list
/// @param member index:prefix/suffix of the user's key
/// @param options may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_add_to_vlist()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_remove_from_vlist(
    client: *mut b2h_client,
    handle: *const c_char,
    index: u32,
    member: *const c_char,
    options: *const b2h_call_options,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (client, handle, member, options) = unsafe {
            (
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read(member, "member")?,
                options::read(options)?,
            )
        };
        Ok(client.client.remove_from_vlist(handle, index, member, &options)?)
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}
