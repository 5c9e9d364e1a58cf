//! `b2h_results`: what became of each of several Handles.

use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::record::b2h_record;
use crate::status::b2h_status;
use std::ptr;

/// What became of each of several Handles, in the order in which they were given. It does not change, may be used by
/// several threads, and may outlive its client.
pub struct b2h_results {
    /// Those that were asked for have all ended.
    outcomes: Vec<Result<b2h_record, b2h_error>>,
}

impl b2h_results {
    pub(crate) fn new(outcomes: Vec<Result<b2h_record, b2h_error>>) -> b2h_results {
        b2h_results { outcomes }
    }
}

/// Frees results with all their records and errors.
///
/// @param results the results; NULL is fine
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_results_free(results: *mut b2h_results) {
    boundary::free(|| {
        if !results.is_null() {
            // SAFETY: by contract made by `pointer::give` as a box, and freed once.
            drop(unsafe { Box::from_raw(results) });
        }
    });
}

/// How many Handles there are: as many as were given.
///
/// @param results the results; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_results_count(results: *const b2h_results) -> usize {
    // SAFETY: by contract NULL or results that have not been freed.
    let results = unsafe { results.as_ref() };
    boundary::plain(0, || results.map_or(0, |results| results.outcomes.len()))
}

/// How many of them failed.
///
/// @param results the results; NULL is fine
/// @return the number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_results_failures(results: *const b2h_results) -> usize {
    // SAFETY: by contract NULL or results that have not been freed.
    let results = unsafe { results.as_ref() };
    let failures = |results: &b2h_results| results.outcomes.iter().filter(|outcome| outcome.is_err()).count();
    boundary::plain(0, || results.map_or(0, failures))
}

/// What became of one Handle.
///
/// @param results the results; NULL is fine
/// @param place that of the Handle among those given, from 0 on
/// @return a b2h_status: B2H_OK, or why it failed; B2H_INVALID_ARGUMENT beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_results_status(results: *const b2h_results, place: usize) -> i32 {
    // SAFETY: by contract NULL or results that have not been freed.
    let results = unsafe { results.as_ref() };
    let status = boundary::plain(b2h_status::B2H_PANIC, || match outcome(results, place) {
        Some(Ok(_)) => b2h_status::B2H_OK,
        Some(Err(error)) => error.status,
        None => b2h_status::B2H_INVALID_ARGUMENT,
    });
    status as i32
}

/// The record of one Handle.
///
/// @param results the results; NULL is fine
/// @param place that of the Handle among those given, from 0 on
/// @return the record, which belongs to the results; NULL where reading failed, beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_results_record(results: *const b2h_results, place: usize) -> *const b2h_record {
    // SAFETY: by contract NULL or results that have not been freed.
    let results = unsafe { results.as_ref() };
    boundary::plain(ptr::null(), || match outcome(results, place) {
        Some(Ok(record)) => ptr::from_ref(record),
        _ => ptr::null(),
    })
}

/// Why one Handle failed.
///
/// @param results the results; NULL is fine
/// @param place that of the Handle among those given, from 0 on
/// @return the error, which belongs to the results; NULL where there is none, beyond the last, or for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_results_error(results: *const b2h_results, place: usize) -> *const b2h_error {
    // SAFETY: by contract NULL or results that have not been freed.
    let results = unsafe { results.as_ref() };
    boundary::plain(ptr::null(), || match outcome(results, place) {
        Some(Err(error)) => ptr::from_ref(error),
        _ => ptr::null(),
    })
}

fn outcome(results: Option<&b2h_results>, place: usize) -> Option<&Result<b2h_record, b2h_error>> {
    results.and_then(|results| results.outcomes.get(place))
}
