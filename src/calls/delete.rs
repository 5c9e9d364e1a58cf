//! Deleting Handles and values.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, OutValue};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use b2handle_client::Victims;
use std::ffi::c_char;

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
    unsafe { boundary::call(err, &[], run) }
}

/// Deletes all values of these types. None to delete is no error.
///
/// Requests: one GET as for b2h_modify_value(), and one DELETE of the values by their indexes (of 500 at a time; the
/// whole call then succeeds only if all do); none without something to delete, since a DELETE without an index would
/// delete the Handle.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param types names of types; may be NULL if there are none
/// @param type_count how many
/// @param options may be NULL; B2H_FORCE_ADMIN
/// @param[out] out_count how many values were deleted; 0 on failure; may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_NOT_ALLOWED for HS_ADMIN unless the credentials set modify_HS_ADMIN and
///     an administrator remains; or a status of authentication, permission or connection. If b2h_error_in_doubt(),
///     the values may have been deleted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_delete_values(
    client: *mut b2h_client,
    handle: *const c_char,
    types: *const *const c_char,
    type_count: usize,
    options: *const b2h_call_options,
    out_count: *mut usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, types, options) = unsafe {
            (
                OutValue::optional(out_count),
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read_list(types, type_count, "types")?,
                options::read(options)?,
            )
        };
        let count = client.client.delete_values(handle, &Victims::Types(types), &options)?;
        if let Some(out) = out {
            out.set(count);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_count], run) }
}

/// Deletes the values at these indexes. Indexes without a value are no error.
///
/// Otherwise as b2h_delete_values().
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param indexes the indexes; may be NULL if there are none
/// @param index_count how many
/// @param options may be NULL; B2H_FORCE_ADMIN
/// @param[out] out_count how many values were deleted; 0 on failure; may be NULL
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_delete_values()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_delete_values_at(
    client: *mut b2h_client,
    handle: *const c_char,
    indexes: *const u32,
    index_count: usize,
    options: *const b2h_call_options,
    out_count: *mut usize,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, indexes, options) = unsafe {
            (
                OutValue::optional(out_count),
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                pointer::read_list(indexes, index_count, "indexes")?,
                options::read(options)?,
            )
        };
        let count = client.client.delete_values(handle, &Victims::Indexes(indexes.to_vec()), &options)?;
        if let Some(out) = out {
            out.set(count);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out_count], run) }
}
