//! `b2h_check`: what was found out about a configuration.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::status::b2h_status;
use b2handle_client::{Finding, Verdict};
use std::ffi::{CString, c_char};
use std::ptr;

/// As it should be.
pub const B2H_CHECK_GOOD: i32 = 0;
/// Work that needs this will fail.
pub const B2H_CHECK_BAD: i32 = 1;
/// It could not be found out.
pub const B2H_CHECK_UNKNOWN: i32 = 2;
/// There is nothing to check.
pub const B2H_CHECK_NOT_CONFIGURED: i32 = 3;

/// What b2h_client_check() found out, one finding after another.
pub struct b2h_check {
    findings: Vec<(CString, i32, CString)>,
}

/// Checks the configuration of a client against its server: whether the server answers ("server"), accepts the
/// credentials ("credentials") and the private key ("key", where one is used), serves the prefix that the key "prefix" names ("prefix"), whether this identity may
/// create Handles under it ("create"), and whether reverse lookup answers ("reverse lookup").
///
/// Nothing is changed on the server. Rights are found out by reading HS_ADMIN and HS_VLIST values; where those cannot
/// be read, they are not known. The rights of a server administrator stand elsewhere and do not show.
///
/// Requests: GETs of 0.NA/prefix without and with credentials, one or two of the user's Handle, one or two per list of
/// users, one to the reverse lookup; two for a login.
///
/// @param client the client
/// @param options may be NULL; the time is for all requests together
/// @param[out] out the findings, to be freed with b2h_check_free(); NULL on failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK, however bad the findings are; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_check(
    client: *mut b2h_client,
    options: *const b2h_call_options,
    out: *mut *mut b2h_check,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, options) = unsafe {
            (Out::required(out, "out")?, pointer::borrow(client, "client")?, options::read(options)?)
        };
        let findings = client.client.check(&options)?.into_iter().map(finding).collect();
        out.set(pointer::give(b2h_check { findings }));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

fn finding(finding: Finding) -> (CString, i32, CString) {
    let verdict = match finding.verdict {
        Verdict::Good => B2H_CHECK_GOOD,
        Verdict::Bad => B2H_CHECK_BAD,
        Verdict::Unknown => B2H_CHECK_UNKNOWN,
        Verdict::NotConfigured => B2H_CHECK_NOT_CONFIGURED,
    };
    (text::without_nul(finding.subject.to_owned()), verdict, text::without_nul(finding.message))
}

/// How many findings there are.
///
/// @param check the findings; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_check_count(check: *const b2h_check) -> usize {
    // SAFETY: by contract NULL or findings that have not been freed.
    let check = unsafe { check.as_ref() };
    boundary::plain(0, || check.map_or(0, |check| check.findings.len()))
}

/// What a finding is about, such as "credentials".
///
/// @param check the findings; NULL is fine
/// @param nth from 0 to b2h_check_count() - 1
/// @return text that belongs to the findings; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_check_subject(check: *const b2h_check, nth: usize) -> *const c_char {
    // SAFETY: by contract NULL or findings that have not been freed.
    let check = unsafe { check.as_ref() };
    let finding = || check.and_then(|check| check.findings.get(nth));
    boundary::plain(ptr::null(), || finding().map_or(ptr::null(), |(subject, _, _)| subject.as_ptr()))
}

/// How a check came out.
///
/// @param check the findings; NULL is fine
/// @param nth from 0 to b2h_check_count() - 1
/// @return B2H_CHECK_GOOD, B2H_CHECK_BAD, B2H_CHECK_UNKNOWN or B2H_CHECK_NOT_CONFIGURED; B2H_CHECK_UNKNOWN beyond
///     the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_check_verdict(check: *const b2h_check, nth: usize) -> i32 {
    // SAFETY: by contract NULL or findings that have not been freed.
    let check = unsafe { check.as_ref() };
    let finding = || check.and_then(|check| check.findings.get(nth));
    boundary::plain(B2H_CHECK_UNKNOWN, || finding().map_or(B2H_CHECK_UNKNOWN, |(_, verdict, _)| *verdict))
}

/// What was found, and where it is not good, what to do.
///
/// @param check the findings; NULL is fine
/// @param nth from 0 to b2h_check_count() - 1
/// @return text that belongs to the findings; NULL beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_check_message(check: *const b2h_check, nth: usize) -> *const c_char {
    // SAFETY: by contract NULL or findings that have not been freed.
    let check = unsafe { check.as_ref() };
    let finding = || check.and_then(|check| check.findings.get(nth));
    boundary::plain(ptr::null(), || finding().map_or(ptr::null(), |(_, _, message)| message.as_ptr()))
}

/// Frees findings and the texts in them.
///
/// @param check the findings; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_check_free(check: *mut b2h_check) {
    boundary::free(|| {
        if !check.is_null() {
            // SAFETY: by contract made by `b2h_client_check`, and freed once.
            drop(unsafe { Box::from_raw(check) });
        }
    });
}
