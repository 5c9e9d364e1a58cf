//! What the library calls back: functions that do all that they must not.

use super::calls;
use std::ffi::{CStr, c_char, c_void};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

pub(super) type LogCallback = unsafe extern "C" fn(i32, *const c_char, *mut c_void);
pub(super) type PassphraseCallback =
    unsafe extern "C" fn(*const c_char, *mut c_char, usize, *mut c_void) -> i32;

const REENTRANT: i32 = 6;

/// The client that the running call was given; also the user data of callbacks.
pub(super) static CURRENT: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());

pub(super) fn user_data() -> *mut c_void {
    (&raw const CURRENT).cast_mut().cast()
}

pub(super) unsafe extern "C" fn hear(level: i32, message: *const c_char, user_data: *mut c_void) {
    assert!((1..=4).contains(&level) && user_data == self::user_data());
    unsafe { CStr::from_ptr(message) }.to_str().unwrap();
    meddle();
}

pub(super) unsafe extern "C" fn say(
    path: *const c_char,
    buffer: *mut c_char,
    size: usize,
    user_data: *mut c_void,
) -> i32 {
    let path = unsafe { CStr::from_ptr(path) };
    assert!(user_data == self::user_data() && size >= 1024);
    meddle();
    let passphrase = b"throw-away";
    unsafe { buffer.cast::<u8>().copy_from_nonoverlapping(passphrase.as_ptr(), passphrase.len()) };
    // Some answers are senseless.
    match path.to_bytes().last() {
        Some(b'x') => i32::MAX,
        Some(b'n') => -1,
        _ => 10,
    }
}

fn meddle() {
    let mut exists = 1;
    let status = unsafe {
        calls::b2h_handle_exists(ptr::null_mut(), ptr::null(), ptr::null_mut(), &mut exists, ptr::null_mut())
    };
    assert_eq!((status, exists), (REENTRANT, 0));
    // Must do nothing in here.
    unsafe { calls::b2h_client_free(CURRENT.load(Ordering::Relaxed)) };
    unsafe { calls::b2h_version() };
}
