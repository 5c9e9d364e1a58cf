//! `b2h_cancel`: ending calls from elsewhere.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::status::b2h_status;
use b2handle_client::Cancel;

/// A token that ends calls: give it to any number of calls in b2h_call_options, on any threads, and trigger it from
/// anywhere.
pub struct b2h_cancel {
    pub(crate) cancel: Cancel,
}

/// Makes a token. It takes a file descriptor.
///
/// @param[out] out the token, to be freed with b2h_cancel_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_NO_RESOURCES; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_cancel_new(out: *mut *mut b2h_cancel, err: *mut *mut b2h_error) -> b2h_status {
    let run = || {
        // SAFETY: by contract a valid output pointer or NULL.
        let out = unsafe { Out::required(out, "out") }?;
        out.set(pointer::give(b2h_cancel { cancel: Cancel::new()? }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Ends all calls that have the token, and all that will be given it. They return B2H_CANCELLED; a write whose request was
/// under way is then in doubt.
///
/// May be called by any thread, at any time, and by a signal handler: it sets a flag and writes to a file descriptor. In a
/// forked child it ends the child's calls only.
///
/// @param token the token; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_cancel_trigger(token: *const b2h_cancel) {
    // Not inside the boundary, which does more than a signal handler may. Nothing here can panic.
    // SAFETY: by contract NULL or a token that has not been freed.
    if let Some(token) = unsafe { token.as_ref() } {
        token.cancel.trigger();
    }
}

/// Whether a token has been triggered.
///
/// @param token the token; NULL is fine
/// @return 1 or 0; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_cancel_is_triggered(token: *const b2h_cancel) -> i32 {
    // SAFETY: by contract NULL or a token that has not been freed.
    let token = unsafe { token.as_ref() };
    token.map_or(0, |token| i32::from(token.cancel.is_triggered()))
}

/// Frees a token. No call may still have it.
///
/// @param token the token; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_cancel_free(token: *mut b2h_cancel) {
    boundary::free(|| {
        if !token.is_null() {
            // SAFETY: by contract made by `b2h_cancel_new`, and freed once.
            drop(unsafe { Box::from_raw(token) });
        }
    });
}
