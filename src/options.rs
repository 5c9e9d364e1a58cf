//! `b2h_call_options`: what a caller may say for a single call.

use crate::cancel::b2h_cancel;
use crate::error::b2h_error;
use crate::status::b2h_status::B2H_INVALID_ARGUMENT;
use b2handle_client::CallOptions;
use std::mem;
use std::ptr;
use std::time::Duration;

/// Registering replaces the whole record of a Handle that exists already, hidden values included.
pub const B2H_OVERWRITE: u32 = 1;
/// Reading sends the credentials, and so sees values that are not public. The server then refuses the whole
/// read when one of the values may not be read by this identity.
pub const B2H_AUTHENTICATED: u32 = 2;
/// Reading asks the server's own storage, not a cache of the server or of the client.
pub const B2H_AUTHORITATIVE: u32 = 4;
/// HS_ADMIN values may be changed or deleted so that nobody is left who could repair the Handle. Also needs
/// modify_HS_ADMIN in the credentials. (B2H_OVERWRITE and b2h_put_values() write what they are given, unseen.)
pub const B2H_FORCE_ADMIN: u32 = 8;

/// A search gives the values of the Handles too, as the reverse lookup tells them.
pub const B2H_WITH_RECORDS: u32 = 16;

const KNOWN_FLAGS: u32 =
    B2H_OVERWRITE | B2H_AUTHENTICATED | B2H_AUTHORITATIVE | B2H_FORCE_ADMIN | B2H_WITH_RECORDS;
/// No real options are larger; a memory that was not initialised often says so.
const LARGEST: usize = 4096;

/// Options of a single call. Always initialise them with B2H_CALL_OPTIONS_INIT and then set members: later
/// versions append members, and recognise older programs by struct_size.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct b2h_call_options {
    /// sizeof(b2h_call_options) of the program that calls; set by B2H_CALL_OPTIONS_INIT.
    pub struct_size: usize,
    /// The longest time that the whole call may take, in milliseconds; 0 = the client's timeout_ms.
    pub timeout_ms: u32,
    /// The longest time that one connection attempt may take, in milliseconds; 0 = the client's
    /// connect_timeout_ms.
    pub connect_timeout_ms: u32,
    /// A sum of B2H_OVERWRITE, B2H_AUTHENTICATED, B2H_AUTHORITATIVE, B2H_FORCE_ADMIN, B2H_WITH_RECORDS; 0 = none.
    pub flags: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Ends the call when it is triggered; may be NULL.
    pub cancel: *const b2h_cancel,
}

const NONE: b2h_call_options = b2h_call_options {
    struct_size: mem::size_of::<b2h_call_options>(),
    timeout_ms: 0,
    connect_timeout_ms: 0,
    flags: 0,
    reserved: 0,
    cancel: ptr::null(),
};

/// Reads the options of a caller that may be older or newer than this library.
///
/// # Safety
/// `options` is NULL or points to `struct_size` readable bytes, the first of which are `struct_size`; the token in it is
/// NULL or has not been freed.
pub(crate) unsafe fn read(options: *const b2h_call_options) -> Result<CallOptions, b2h_error> {
    let invalid = |what: &str| Err(b2h_error::new(B2H_INVALID_ARGUMENT, format!("options: {what}.")));
    if options.is_null() {
        return Ok(CallOptions::default());
    }
    // SAFETY: every version of the struct begins with its size.
    let size = unsafe { options.cast::<usize>().read() };
    if size > LARGEST || !ends_with_a_member(size) {
        return invalid("struct_size is not set; initialise them with B2H_CALL_OPTIONS_INIT");
    }
    // SAFETY: the caller's struct has `size` bytes.
    let bytes = unsafe { std::slice::from_raw_parts(options.cast::<u8>(), size) };
    let known = size.min(mem::size_of::<b2h_call_options>());
    if bytes[known..].iter().any(|&byte| byte != 0) {
        return invalid("a member is set that this version of the library does not know");
    }
    let mut read = NONE;
    // SAFETY: both sides have `known` bytes, and any bytes make valid integers and pointers.
    unsafe { (&raw mut read).cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), known) };
    if read.flags & !KNOWN_FLAGS != 0 || read.reserved != 0 {
        return invalid(
            "flags has a bit that this version of the library does not know, or reserved is not 0",
        );
    }
    let duration = |ms: u32| (ms != 0).then(|| Duration::from_millis(ms.into()));
    Ok(CallOptions {
        timeout: duration(read.timeout_ms),
        connect_timeout: duration(read.connect_timeout_ms),
        overwrite: read.flags & B2H_OVERWRITE != 0,
        authoritative: read.flags & B2H_AUTHORITATIVE != 0,
        force_admin: read.flags & B2H_FORCE_ADMIN != 0,
        authenticated: read.flags & B2H_AUTHENTICATED != 0,
        with_records: read.flags & B2H_WITH_RECORDS != 0,
        // SAFETY: by contract.
        cancel: unsafe { read.cancel.as_ref() }.map(|token| token.cancel.clone()),
    })
}

/// Whether a struct of this size is one of this version, of a later one, or of one that had fewer members: half of a
/// pointer would point anywhere.
fn ends_with_a_member(size: usize) -> bool {
    let members = [
        mem::offset_of!(b2h_call_options, timeout_ms),
        mem::offset_of!(b2h_call_options, connect_timeout_ms),
        mem::offset_of!(b2h_call_options, flags),
        mem::offset_of!(b2h_call_options, reserved),
        mem::offset_of!(b2h_call_options, cancel),
    ];
    size >= mem::size_of::<b2h_call_options>() || members.contains(&size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut b2h_call_options)) -> Result<CallOptions, b2h_error> {
        let mut options = NONE;
        change(&mut options);
        // SAFETY: a whole struct with its size.
        unsafe { read(&options) }
    }

    #[test]
    fn members_are_read() {
        let options = with(|o| {
            o.timeout_ms = 5;
            o.flags = B2H_AUTHENTICATED;
        });
        let options = options.ok().unwrap();
        assert_eq!(options.timeout, Some(Duration::from_millis(5)));
        assert_eq!(options.connect_timeout, None);
        assert!(options.authenticated && !options.overwrite);
    }

    #[test]
    fn older_programs_are_understood() {
        let options = with(|o| {
            o.struct_size = mem::size_of::<usize>() + 4;
            o.timeout_ms = 7;
            o.flags = 77;
        });
        let options = options.ok().unwrap();
        assert_eq!(options.timeout, Some(Duration::from_millis(7)));
        assert!(!options.overwrite);
    }

    #[test]
    fn newer_programs_are_understood_as_far_as_they_ask_nothing_new() {
        let mut newer = [0usize; 7];
        newer[0] = mem::size_of_val(&newer);
        // SAFETY: the array has the size that it says.
        assert!(unsafe { read(newer.as_ptr().cast()) }.is_ok());
        newer[6] = 1;
        // SAFETY: as above.
        assert!(unsafe { read(newer.as_ptr().cast()) }.is_err());
    }

    #[test]
    fn no_member_is_read_in_part() {
        let mut token = 0_u64;
        for size in 0..mem::size_of::<b2h_call_options>() {
            // Would be taken for a token if a part of it were read.
            let read = with(|o| {
                o.struct_size = size;
                o.cancel = (&raw mut token).cast();
            });
            assert_eq!(read.is_ok(), [8, 12, 16, 20, 24].contains(&size), "{size}");
        }
    }

    #[test]
    fn garbage_is_refused() {
        assert!(with(|o| o.struct_size = 0).is_err());
        assert!(with(|o| o.struct_size = usize::MAX).is_err());
        assert!(with(|o| o.flags = 1 << 31).is_err());
        assert!(with(|o| o.reserved = 1).is_err());
    }
}
