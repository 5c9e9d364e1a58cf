//! Binary data that the library gives to the caller.

use crate::ffi::{boundary, bytes};

/// Clears and frees binary data that a function of this library returned through an output parameter.
///
/// @param bytes the data; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_bytes_free(bytes: *mut u8) {
    boundary::free(|| {
        // SAFETY: by contract this came from an output parameter, hence from `bytes::give`, and is freed once.
        unsafe { bytes::take_back(bytes) }
    });
}
