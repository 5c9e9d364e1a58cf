//! Reading many Handles at once.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer::{self, Out};
use crate::ffi::text;
use crate::options::{self, b2h_call_options};
use crate::record::b2h_record;
use crate::results::b2h_results;
use crate::status::b2h_status::{self, B2H_INTERNAL, B2H_NO_RESOURCES};
use b2handle_client::Selection;
use std::ffi::c_char;

/// Polite to any server, and enough to hide the way to it.
const AT_ONCE: usize = 16;

/// Reads the records of many Handles, several at the same time, on the thread of the caller. Each is read as
/// b2h_get_record() reads it, and one that fails does not keep the others back: look at each with b2h_results_status(),
/// or at b2h_results_failures().
///
/// The timeout is for each Handle, from when its reading begins: a call may take as long as that, times count, divided by
/// concurrency. A cancel token ends it at any time; the Handles that were not read by then have the status B2H_CANCELLED.
/// All records are in memory at the end: read a long list in parts, of some thousand Handles each. Memory that is used
/// again is cheaper than new memory. Up to concurrency replies, of max_reply_bytes at most, are in memory besides.
///
/// Requests: one GET for each Handle, on at most concurrency connections; none for those that the cache has. With
/// B2H_AUTHENTICATED, two for a login, during which the others wait; where it fails, all others fail alike.
///
/// @param client the client
/// @param handles the names, prefix/suffix; one that cannot be a Handle fails alone
/// @param count how many; 0 gives results without any
/// @param concurrency how many are read at the same time, from 1 to 1024; 0 for 16
/// @param options may be NULL; B2H_AUTHENTICATED, B2H_AUTHORITATIVE
/// @param[out] out what became of each Handle, in the order of the names, to be freed with b2h_results_free(); NULL on
///     failure
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK, also where all reads failed; B2H_INVALID_ARGUMENT; where nothing could be sent at all,
///     B2H_NO_RESOURCES, or B2H_CONFIG_INVALID where certificate authorities cannot be read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_get_records(
    client: *mut b2h_client,
    handles: *const *const c_char,
    count: usize,
    concurrency: u32,
    options: *const b2h_call_options,
    out: *mut *mut b2h_results,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract each pointer is valid or NULL.
        let (out, client, handles, options) = unsafe {
            (
                Out::required(out, "out")?,
                pointer::borrow(client, "client")?,
                pointer::read_list(handles, count, "handles")?,
                options::read(options)?,
            )
        };
        let (mut named, mut outcomes) = (room_for(count)?, room_for(count)?);
        for (place, handle) in handles.iter().enumerate() {
            // SAFETY: each is a string by contract.
            outcomes.push(match unsafe { text::read(*handle, "handles") } {
                Ok(name) => {
                    named.push((place, name));
                    None
                }
                Err(error) => Some(Err(error)),
            });
        }
        let at_once = if concurrency == 0 { AT_ONCE } else { concurrency as usize };
        client.client.get_records(named, &Selection::default(), at_once, &options, |place, record| {
            if let Some(outcome) = outcomes.get_mut(place) {
                *outcome = Some(record.map_err(b2h_error::from).and_then(b2h_record::new));
            }
        })?;
        let not_read = || Err(b2h_error::new(B2H_INTERNAL, "It was not read. Please report this."));
        let outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(not_read)).collect();
        out.set(pointer::give(b2h_results::new(outcomes)));
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[&out], run) }
}

fn room_for<T>(count: usize) -> Result<Vec<T>, b2h_error> {
    let mut list = Vec::new();
    list.try_reserve_exact(count).map_err(|_| {
        b2h_error::new(
            B2H_NO_RESOURCES,
            format!("There is no memory for {count} results. Read fewer Handles at a time."),
        )
    })?;
    Ok(list)
}
