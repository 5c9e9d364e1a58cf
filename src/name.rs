//! Names of Handles: read, compared and made without a request.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::Out;
use crate::ffi::pointer::OutValue;
use crate::ffi::text;
use crate::status::b2h_status;
use b2handle_client::{Handle, Namespace, generate_name, name_from_text};
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

/// Reads a name as people write it: plain (prefix/suffix), as hdl:, doi:, info:hdl/ or info:doi/, as the URL of a resolver
/// (hdl.handle.net, doi.org, dx.doi.org; percent-encoded then), each also with the index of a value before the name,
/// 300:prefix/suffix. Every function of the library takes names in all these forms; this one tells what they mean. With an
/// index before the name, b2h_get_value(), b2h_get_values() and b2h_get_record() read the value there alone, and functions
/// that write return B2H_INVALID_HANDLE.
///
/// Makes no request.
///
/// @param text what somebody wrote
/// @param[out] out the plain name, to be freed with b2h_string_free(); may be NULL, and is set to NULL on failure
/// @param[out] out_prefix what stands before its first slash, to be freed with b2h_string_free(); may be NULL
/// @param[out] out_suffix what stands after its first slash, to be freed with b2h_string_free(); may be NULL
/// @param[out] out_index the index; 0 where there is none; may be NULL
/// @param[out] err why it is no name of a Handle, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_name_parse(
    text: *const c_char,
    out: *mut *mut c_char,
    out_prefix: *mut *mut c_char,
    out_suffix: *mut *mut c_char,
    out_index: *mut u32,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, out_prefix, out_suffix, out_index, text) = unsafe {
            (
                Out::optional(out),
                Out::optional(out_prefix),
                Out::optional(out_suffix),
                OutValue::optional(out_index),
                text::read(text, "text")?,
            )
        };
        let handle = Handle::parse(text)?;
        // Names contain no NUL, so that these cannot fail one after the other.
        for (out, part) in
            [(out, handle.as_str()), (out_prefix, handle.prefix()), (out_suffix, handle.suffix())]
        {
            if let Some(out) = out {
                out.set(text::give(part.to_owned())?);
            }
        }
        if let Some(out) = out_index {
            out.set(handle.index().unwrap_or(0));
        }
        Ok(())
    };
    // SAFETY: by contract each is a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out, &out_prefix, &out_suffix, &out_index], run) }
}

/// Whether two texts name the same Handle, in whatever forms they are written: servers ignore the case of ASCII letters.
///
/// Makes no request.
///
/// @param first what somebody wrote; NULL is fine
/// @param second what somebody wrote; NULL is fine
/// @return 1 or 0; 0 where one is NULL or no name of a Handle
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_name_equal(first: *const c_char, second: *const c_char) -> i32 {
    // SAFETY: by contract NULL or NUL-terminated.
    let (first, second) = unsafe { (text::read(first, "first"), text::read(second, "second")) };
    let parsed = |text: Result<&str, b2h_error>| Handle::parse(text.ok()?).ok();
    let equal = || parsed(first).zip(parsed(second)).is_some_and(|(first, second)| first.is(second.as_str()));
    boundary::plain(0, || i32::from(equal()))
}

/// The URL under which everybody can resolve a Handle.
///
/// Makes no request.
///
/// @param handle the Handle, in any form
/// @param resolver the address of a resolver; NULL for https://hdl.handle.net
/// @param[out] out the URL, percent-encoded, to be freed with b2h_string_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_name_to_url(
    handle: *const c_char,
    resolver: *const c_char,
    out: *mut *mut c_char,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, handle) = unsafe { (Out::required(out, "out")?, text::read(handle, "handle")?) };
        let resolver = match resolver.is_null() {
            true => None,
            // SAFETY: not NULL, hence NUL-terminated by contract.
            false => Some(unsafe { text::read(resolver, "resolver") }?),
        };
        out.set(text::give(Handle::parse(handle)?.to_url(resolver))?);
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}
