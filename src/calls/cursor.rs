//! `b2h_cursor`: where a search or a listing has got to.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::handles::b2h_handles;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use b2handle_client::Cursor;

/// Where a search or a listing has got to, page by page. Only one thread may use it at a time. It may outlive its client,
/// and remembers about 32 bytes for each Handle it gave, so that none comes twice.
pub struct b2h_cursor {
    pub(crate) cursor: Cursor,
}

/// Gives the next Handles of a search or a listing.
///
///     while (b2h_cursor_next(client, cursor, NULL, &page, &error) == B2H_OK && page != NULL) {
///         for (i = 0; i < b2h_handles_count(page); i++)
///             puts(b2h_handles_name(page, i));
///         b2h_handles_free(page);
///     }
///
/// Requests: one GET as a rule; more where a page holds nothing that is new and of the prefix. None at the end.
///
/// @param client the client that the cursor was opened with
/// @param cursor the cursor. After a failure it has not moved: the call can be made again
/// @param options may be NULL; the time is for this page
/// @param[out] out one or more Handles, to be freed with b2h_handles_free(); NULL at the end, and on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK, also at the end; as b2h_search_handles() or b2h_list_handles()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_cursor_next(
    client: *mut b2h_client,
    cursor: *mut b2h_cursor,
    options: *const b2h_call_options,
    out: *mut *mut b2h_handles,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, cursor, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                pointer::borrow_mut(cursor, "cursor")?,
                options::read(options)?,
            )
        };
        let found = client.client.next_page(&mut cursor.cursor, &options)?;
        if !found.is_empty() {
            out.set(pointer::give(b2h_handles::new(found)?));
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Frees a cursor. Handles that it gave stay.
///
/// @param cursor the cursor; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_cursor_free(cursor: *mut b2h_cursor) {
    boundary::free(|| {
        if !cursor.is_null() {
            // SAFETY: by contract made by `pointer::give` as a box, and freed once.
            drop(unsafe { Box::from_raw(cursor) });
        }
    });
}
