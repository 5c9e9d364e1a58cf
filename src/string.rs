//! Strings that the library gives to the caller.

use crate::ffi::{boundary, text};
use std::ffi::c_char;

/// Frees a string that a function of this library returned through an output parameter.
///
/// Texts inside other objects, such as b2h_error_message(), belong to their object and are not freed.
///
/// @param string the string; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_string_free(string: *mut c_char) {
    boundary::free(|| {
        // SAFETY: by contract this came from an output parameter, hence from `text::give`, and is freed once.
        unsafe { text::take_back(string) }
    });
}
