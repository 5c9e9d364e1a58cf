//! Which version of the library is running.

use std::ffi::{CStr, c_char};

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

/// The version of the library that is running, such as "0.1.0".
///
/// B2H_VERSION_STRING is the version the program was compiled with; the library may be newer.
///
/// @return static text. Never NULL, never freed.
#[unsafe(no_mangle)]
pub extern "C" fn b2h_version() -> *const c_char {
    VERSION.as_ptr()
}

/// The version of the library that is running as a number to compare with B2H_VERSION_NUMBER.
///
/// @return major * 1000000 + minor * 1000 + patch
#[unsafe(no_mangle)]
pub extern "C" fn b2h_version_number() -> i32 {
    let part = |text: &str| text.parse().unwrap_or(0);
    let (major, minor, patch): (i32, i32, i32) = (
        part(env!("CARGO_PKG_VERSION_MAJOR")),
        part(env!("CARGO_PKG_VERSION_MINOR")),
        part(env!("CARGO_PKG_VERSION_PATCH")),
    );
    major * 1_000_000 + minor * 1_000 + patch
}
