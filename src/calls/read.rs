//! Reading Handles.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::record::b2h_record;
use crate::status::b2h_status::{self, B2H_INVALID_ARGUMENT};
use b2handle_client::Selection;
use std::ffi::c_char;

/// Reads the first value of a type, as text. HS_ADMIN and other structured values come as JSON.
///
/// Requests: one GET, without credentials unless asked with B2H_AUTHENTICATED; none where the cache (see "cache_size" in
/// b2h_client_from_json()) has the answer.
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
                Out::required(out, "out")?,
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
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads a record: all values that everybody may read, or with B2H_AUTHENTICATED all values.
///
/// Requests: one GET; none where the cache has the answer.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param options may be NULL; B2H_AUTHENTICATED, B2H_AUTHORITATIVE
/// @param[out] out the record, to be freed with b2h_record_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK, also where no value is visible; B2H_HANDLE_NOT_FOUND; B2H_PERMISSION_DENIED where
///     B2H_AUTHENTICATED is set and this identity may not read one of the values; B2H_UNREADABLE_RECORD; or a status
///     of connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_get_record(
    client: *mut b2h_client,
    handle: *const c_char,
    options: *const b2h_call_options,
    out: *mut *mut b2h_record,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                options::read(options)?,
            )
        };
        let record = client.client.get_record(handle, &Selection::default(), &options)?;
        out.set(pointer::give(b2h_record::new(record)?));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Reads a part of a record: the values that have one of the types or one of the indexes.
///
/// Requests: one GET; none where the cache has the answer.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param types names of types; may be NULL if there are none
/// @param type_count how many
/// @param indexes indexes; may be NULL if there are none
/// @param index_count how many
/// @param options may be NULL; B2H_AUTHENTICATED, B2H_AUTHORITATIVE
/// @param[out] out the record, to be freed with b2h_record_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return as b2h_get_record(); B2H_INVALID_ARGUMENT without a type and an index
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_get_values(
    client: *mut b2h_client,
    handle: *const c_char,
    types: *const *const c_char,
    type_count: usize,
    indexes: *const u32,
    index_count: usize,
    options: *const b2h_call_options,
    out: *mut *mut b2h_record,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, types, indexes, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                text::read_list(types, type_count, "types")?,
                pointer::read_list(indexes, index_count, "indexes")?,
                options::read(options)?,
            )
        };
        if types.is_empty() && indexes.is_empty() {
            return Err(b2h_error::new(
                B2H_INVALID_ARGUMENT,
                "There is neither a type nor an index to look for.",
            ));
        }
        let selection = Selection { types, indexes: indexes.to_vec() };
        let record = client.client.get_record(handle, &selection, &options)?;
        out.set(pointer::give(b2h_record::new(record)?));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Tells whether a Handle exists, even where this client may read none of its values.
///
/// Requests: one GET, whose answer is small however large the record is; none where the cache knows the Handle.
///
/// @param client the client
/// @param handle the name, prefix/suffix
/// @param options may be NULL
/// @param[out] out 1 or 0; 0 on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK, or a status of connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_handle_exists(
    client: *mut b2h_client,
    handle: *const c_char,
    options: *const b2h_call_options,
    out: *mut i32,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handle, options) = unsafe {
            (
                pointer::OutValue::required(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(handle, "handle")?,
                options::read(options)?,
            )
        };
        out.set(client.client.handle_exists(handle, &options)?.into());
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}
