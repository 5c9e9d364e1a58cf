//! `b2h_error`: why a call failed.

use crate::ffi::{boundary, text};
use crate::status::b2h_status;
use std::ffi::{CString, c_char};
use std::ptr;

/// Why a call failed. Made by a failing call whose last argument was not NULL; freed with b2h_error_free().
/// It never changes, may be read by several threads, and may outlive the client.
pub struct b2h_error {
    pub(crate) status: b2h_status,
    message: CString,
    operation: CString,
    handle: Option<CString>,
    http_status: i32,
    response_code: i32,
    retryable: bool,
    in_doubt: bool,
}

impl b2h_error {
    /// An error that arose in this layer.
    pub(crate) fn new(status: b2h_status, message: impl Into<String>) -> b2h_error {
        b2h_error {
            status,
            message: text::without_nul(message.into()),
            operation: CString::default(),
            handle: None,
            http_status: 0,
            response_code: 0,
            retryable: false,
            in_doubt: false,
        }
    }

    /// The same error, where nobody knows what the server has done.
    pub(crate) fn in_doubt(mut self) -> b2h_error {
        self.in_doubt = true;
        self
    }
}

impl From<b2handle_client::Error> for b2h_error {
    fn from(error: b2handle_client::Error) -> b2h_error {
        b2h_error {
            status: error.kind().into(),
            message: text::without_nul(error.to_string()),
            operation: text::without_nul(error.operation().unwrap_or_default().to_owned()),
            handle: error.handle().map(|handle| text::without_nul(handle.to_owned())),
            http_status: error.http_status().map_or(0, i32::from),
            response_code: error.response_code().and_then(|code| code.try_into().ok()).unwrap_or(0),
            retryable: error.is_retryable(),
            in_doubt: error.is_in_doubt(),
        }
    }
}

/// What happened, to which Handle, and what to do about it: one or more English sentences, without secrets.
///
/// @param error the error; NULL is fine
/// @return text that belongs to the error and is valid until it is freed; "" for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_message(error: *const b2h_error) -> *const c_char {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(c"".as_ptr(), || error.map_or(c"".as_ptr(), |error| error.message.as_ptr()))
}

/// The status that the failing call returned.
///
/// @param error the error; NULL is fine
/// @return a b2h_status; B2H_OK for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_status(error: *const b2h_error) -> i32 {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(0, || error.map_or(0, |error| error.status as i32))
}

/// The HTTP status of the server's reply, such as 404.
///
/// @param error the error; NULL is fine
/// @return the status; 0 where there was no reply, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_http_status(error: *const b2h_error) -> i32 {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(0, || error.map_or(0, |error| error.http_status))
}

/// The response code of the Handle protocol in the server's reply, such as 100 for "handle not found".
///
/// @param error the error; NULL is fine
/// @return the code; 0 where the reply had none, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_response_code(error: *const b2h_error) -> i32 {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(0, || error.map_or(0, |error| error.response_code))
}

/// The operation that failed, such as "register_handle".
///
/// @param error the error; NULL is fine
/// @return text that belongs to the error and is valid until it is freed; "" where the failure was not in an
///     operation on a Handle, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_operation(error: *const b2h_error) -> *const c_char {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(c"".as_ptr(), || error.map_or(c"".as_ptr(), |error| error.operation.as_ptr()))
}

/// The Handle that the failing call was about, as the caller wrote it.
///
/// @param error the error; NULL is fine
/// @return text that belongs to the error and is valid until it is freed; NULL where there was no Handle, or
///     for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_handle(error: *const b2h_error) -> *const c_char {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    let handle = |error: &b2h_error| error.handle.as_ref().map_or(ptr::null(), |handle| handle.as_ptr());
    boundary::plain(ptr::null(), || error.map_or(ptr::null(), handle))
}

/// Whether the same call may succeed later without any change: the server was busy or out of reach.
///
/// @param error the error; NULL is fine
/// @return 1 or 0; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_retryable(error: *const b2h_error) -> i32 {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(0, || error.map_or(0, |error| error.retryable.into()))
}

/// Whether a change may have taken effect although the call failed: the request may have reached the server,
/// and no valid reply came back. Read the Handle before repeating the call.
///
/// @param error the error; NULL is fine
/// @return 1 or 0; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_in_doubt(error: *const b2h_error) -> i32 {
    // SAFETY: by contract NULL or an error that has not been freed.
    let error = unsafe { error.as_ref() };
    boundary::plain(0, || error.map_or(0, |error| error.in_doubt.into()))
}

/// Frees an error and the texts in it.
///
/// @param error the error; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_error_free(error: *mut b2h_error) {
    boundary::free(|| {
        if !error.is_null() {
            // SAFETY: by contract made by `boundary`, as a box, and freed once.
            drop(unsafe { Box::from_raw(error) });
        }
    });
}
