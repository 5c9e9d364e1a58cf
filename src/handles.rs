//! `b2h_handles`: Handles that were found.

use crate::error::b2h_error;
use crate::ffi::{boundary, text};
use crate::record::b2h_record;
use b2handle_client::Found;
use std::ffi::{CString, c_char};
use std::ptr;

/// Handles that were found by a search or a listing, each of them once. It does not change, may be used by several
/// threads, and may outlive its client.
pub struct b2h_handles {
    found: Vec<(CString, Option<b2h_record>)>,
}

impl b2h_handles {
    pub(crate) fn new(found: Vec<Found>) -> Result<b2h_handles, b2h_error> {
        let named = |found: Found| {
            Ok((text::without_nul(found.handle), found.record.map(b2h_record::new).transpose()?))
        };
        Ok(b2h_handles { found: found.into_iter().map(named).collect::<Result<_, b2h_error>>()? })
    }
}

/// How many Handles there are.
///
/// @param handles the Handles; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_handles_count(handles: *const b2h_handles) -> usize {
    // SAFETY: by contract NULL or Handles that have not been freed.
    let handles = unsafe { handles.as_ref() };
    boundary::plain(0, || handles.map_or(0, |handles| handles.found.len()))
}

/// The name of a Handle as the server has stored it, often in capital letters.
///
/// @param handles the Handles; NULL is fine
/// @param nth from 0 to b2h_handles_count() - 1
/// @return text that belongs to the Handles; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_handles_name(handles: *const b2h_handles, nth: usize) -> *const c_char {
    // SAFETY: by contract NULL or Handles that have not been freed.
    let handles = unsafe { handles.as_ref() };
    let found = || handles.and_then(|handles| handles.found.get(nth));
    boundary::plain(ptr::null(), || found().map_or(ptr::null(), |(name, _)| name.as_ptr()))
}

/// The record of a Handle, where a search was asked for records. A reverse lookup tells types and texts alone: indexes
/// and ttl are 0, permissions the usual ones, and HS_ADMIN and other binary data are not readable.
///
/// @param handles the Handles; NULL is fine
/// @param nth from 0 to b2h_handles_count() - 1
/// @return the record, which belongs to the Handles and must not be freed; NULL without records, beyond the last, or
///     for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_handles_record(handles: *const b2h_handles, nth: usize) -> *const b2h_record {
    // SAFETY: by contract NULL or Handles that have not been freed.
    let handles = unsafe { handles.as_ref() };
    let record = || handles.and_then(|handles| handles.found.get(nth)?.1.as_ref());
    boundary::plain(ptr::null(), || record().map_or(ptr::null(), ptr::from_ref))
}

/// Frees Handles with their names and records.
///
/// @param handles the Handles; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_handles_free(handles: *mut b2h_handles) {
    boundary::free(|| {
        if !handles.is_null() {
            // SAFETY: by contract made by `pointer::give` as a box, and freed once.
            drop(unsafe { Box::from_raw(handles) });
        }
    });
}
