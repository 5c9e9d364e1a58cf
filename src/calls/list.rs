//! Listing the Handles below a prefix.

use super::cursor::b2h_cursor;
use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::handles::b2h_handles;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use std::ffi::c_char;

/// Lists the Handles below a prefix. That needs the permission list_handles in an HS_ADMIN value of the prefix's own
/// record, and a server that allows listing.
///
/// All names are held in memory, about 100 bytes each: at most 256 MiB, beyond which the call fails. b2h_list_open() goes
/// through any number.
///
/// Requests: one GET for 10000 names, with credentials. All of them within timeout_ms.
///
/// @param client the client
/// @param prefix the prefix, such as "21.T12345"
/// @param limit how many Handles at most; 0 = all
/// @param options may be NULL
/// @param[out] out the Handles, to be freed with b2h_handles_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_PERMISSION_DENIED without list_handles; B2H_PREFIX_NOT_SERVED; B2H_REQUEST_REFUSED where the
///     server lists nothing (HTTP status 501); B2H_INVALID_HANDLE for what is no prefix; B2H_REPLY_TOO_LARGE; or a
///     status of authentication or connection
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_list_handles(
    client: *mut b2h_client,
    prefix: *const c_char,
    limit: usize,
    options: *const b2h_call_options,
    out: *mut *mut b2h_handles,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, prefix, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                text::read(prefix, "prefix")?,
                options::read(options)?,
            )
        };
        out.set(pointer::give(b2h_handles::new(client.client.list_handles(prefix, limit, &options)?)?));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Begins a listing, as b2h_list_handles(), whose Handles b2h_cursor_next() gives page by page.
///
/// Whatever is registered and deleted meanwhile: no Handle comes twice, and those that are there all the time do come.
/// (They could be missed only where, between two pages, as many are registered as deleted, which the server does not let
/// show.)
///
/// Makes no request.
///
/// @param client the client
/// @param prefix the prefix, such as "21.T12345"
/// @param page_size how many Handles are asked for at a time, up to 100000; 0 = 1000
/// @param[out] out the cursor, to be freed with b2h_cursor_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_HANDLE for what is no prefix; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_list_open(
    client: *mut b2h_client,
    prefix: *const c_char,
    page_size: usize,
    out: *mut *mut b2h_cursor,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, prefix) = unsafe {
            (Out::required(out, "out")?, pointer::borrow(client, "client")?, text::read(prefix, "prefix")?)
        };
        out.set(pointer::give(b2h_cursor { cursor: client.client.open_list(prefix, page_size)? }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}
