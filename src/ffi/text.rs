//! Text, in and out: NUL-terminated UTF-8.

use super::pointer::{self, is_null};
use crate::error::b2h_error;
use crate::status::b2h_status::{B2H_INVALID_ARGUMENT, B2H_NO_RESOURCES, B2H_VALUE_IS_BINARY};
use std::ffi::{CStr, CString, NulError, OsStr, c_char};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Reads a text argument.
///
/// # Safety
/// `text` is NULL or a NUL-terminated string that does not change during the call.
pub(crate) unsafe fn read<'a>(text: *const c_char, name: &str) -> Result<&'a str, b2h_error> {
    // SAFETY: the same contract.
    let bytes = unsafe { read_bytes(text, name) }?;
    bytes.to_str().map_err(|error| {
        b2h_error::new(
            B2H_INVALID_ARGUMENT,
            format!("The argument {name} is not UTF-8 (at byte {}).", error.valid_up_to()),
        )
    })
}

/// Reads a list of texts.
///
/// # Safety
/// `list` points to `count` strings as for [`read`], or is NULL.
pub(crate) unsafe fn read_list<'a>(
    list: *const *const c_char,
    count: usize,
    name: &str,
) -> Result<Vec<&'a str>, b2h_error> {
    // SAFETY: the same contract.
    let list = unsafe { pointer::read_list(list, count, name) }?;
    // SAFETY: each is a string by contract.
    list.iter().map(|text| unsafe { read(*text, name) }).collect()
}

/// Reads the path of a file: any bytes, as the system takes them.
///
/// # Safety
/// As [`read`].
pub(crate) unsafe fn read_path<'a>(path: *const c_char, name: &str) -> Result<&'a Path, b2h_error> {
    // SAFETY: the same contract.
    let bytes = unsafe { read_bytes(path, name) }?;
    Ok(Path::new(OsStr::from_bytes(bytes.to_bytes())))
}

unsafe fn read_bytes<'a>(text: *const c_char, name: &str) -> Result<&'a CStr, b2h_error> {
    if text.is_null() {
        return Err(is_null(name));
    }
    // SAFETY: not NULL, hence NUL-terminated by contract.
    Ok(unsafe { CStr::from_ptr(text) })
}

/// Gives a text to the caller, who frees it with `b2h_string_free`.
pub(crate) fn give(text: String) -> Result<*mut c_char, b2h_error> {
    let copy = copied(&text)?.map_err(|_| {
        b2h_error::new(B2H_VALUE_IS_BINARY, "The value contains a NUL and cannot be given as text.")
    });
    copy.map(CString::into_raw)
}

/// A copy of a text, if it has no NUL; where there is no memory for it, an error.
pub(crate) fn copied(text: &str) -> Result<Result<CString, NulError>, b2h_error> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(text.len() + 1).map_err(|_| {
        b2h_error::new(B2H_NO_RESOURCES, format!("There is no memory for a text of {} bytes.", text.len()))
    })?;
    copy.extend_from_slice(text.as_bytes());
    // The NUL fits in, so that nothing is copied again.
    Ok(CString::new(copy))
}

/// A text that may be large, copied only where it has no room for the NUL at its end. One with a NUL inside is given back.
pub(crate) fn in_c(text: String) -> Result<Result<CString, String>, b2h_error> {
    if text.as_bytes().contains(&0) {
        return Ok(Err(text));
    }
    if text.capacity() != text.len() + 1 {
        return Ok(copied(&text)?.map_err(|_| text));
    }
    Ok(CString::new(text).map_err(|_| String::new()))
}

/// The same, with a sign in place of each NUL.
pub(crate) fn in_c_without_nul(text: String) -> Result<CString, b2h_error> {
    Ok(in_c(text)?.unwrap_or_else(without_nul))
}

/// Takes back what [`give`] gave.
///
/// # Safety
/// `text` is NULL or came from [`give`], and is not used any more.
pub(crate) unsafe fn take_back(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: by contract.
        drop(unsafe { CString::from_raw(text) });
    }
}

/// Text for messages, in which a NUL would hide the rest.
pub(crate) fn without_nul(text: String) -> CString {
    let replaced = |nul: NulError| {
        let text = String::from_utf8(nul.into_vec()).unwrap_or_default();
        CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default()
    };
    CString::new(text).unwrap_or_else(replaced)
}
