//! Names for new Handles, made without a request.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::Out;
use crate::ffi::text;
use crate::status::b2h_status;
use b2handle_client::{Namespace, generate_name, name_from_text};
use std::ffi::c_char;

/// Makes a random name: the prefix and a UUID of version 4.
///
/// Makes no request, and registers nothing.
///
/// @param prefix the prefix, such as 21.T12345
/// @param[out] out the name, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_generate_name(
    prefix: *const c_char,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, prefix) = unsafe { (Out::required(out, "out")?, text::read(prefix, "prefix")?) };
        out.set(text::give(generate_name(prefix)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

/// Makes the name that belongs to a text: the prefix and a UUID that is made of namespace and text, and so always the
/// same. ESGF names data sets with version 3 and the namespace "url".
///
/// Makes no request, and registers nothing.
///
/// @param prefix the prefix, such as 21.T12345
/// @param name_space "dns", "url", "oid", "x500", or the UUID of a namespace
/// @param text the text, such as the identifier of a data set
/// @param version 5 (SHA-1) or 3 (MD5)
/// @param[out] out the name, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_name_from_text(
    prefix: *const c_char,
    name_space: *const c_char,
    text: *const c_char,
    version: i32,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, prefix, namespace, text) = unsafe {
            (
                Out::required(out, "out")?,
                text::read(prefix, "prefix")?,
                text::read(name_space, "name_space")?,
                text::read(text, "text")?,
            )
        };
        out.set(text::give(name_from_text(prefix, Namespace::parse(namespace)?, text, version)?)?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}
