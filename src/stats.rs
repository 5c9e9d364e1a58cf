//! `b2h_stats`: what a client has done, in numbers.

use crate::client::b2h_client;
use crate::error::b2h_error;
use crate::ffi::boundary;
use crate::ffi::pointer;
use crate::status::b2h_status::{self, B2H_INVALID_ARGUMENT};
use std::mem;

/// No real struct is larger; a memory that was not initialised often says so.
const LARGEST: usize = 4096;

/// What a client has done so far, in this process: a forked child begins with zeros. Always initialise it with
/// B2H_STATS_INIT: later versions append members, and recognise older programs by struct_size.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct b2h_stats {
    /// sizeof(b2h_stats) of the program that calls; set by B2H_STATS_INIT.
    pub struct_size: usize,
    /// Requests, with repetitions, logins and those that could not be sent.
    pub requests: u64,
    /// Requests that repeated others.
    pub retries: u64,
    /// Connections made.
    pub connections: u64,
    /// Connections made because an earlier one was closed or broke; these are counted above, too.
    pub reconnects: u64,
    /// Bytes in the bodies of requests.
    pub bytes_sent: u64,
    /// Bytes in the bodies of replies.
    pub bytes_received: u64,
    /// Sessions opened with the server.
    pub logins: u64,
    /// Writes that may have taken effect or not: neither their reply nor reading back told.
    pub doubts: u64,
}

/// Tells what a client has done so far. The numbers only grow, each for itself: while other threads use the client, they
/// need not fit together.
///
/// Makes no request.
///
/// @param client the client
/// @param stats is filled, as far as its struct_size goes; initialised with B2H_STATS_INIT
/// @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
/// @return B2H_OK; B2H_INVALID_ARGUMENT
#[unsafe(no_mangle)]
pub unsafe extern "C" fn b2h_client_stats(
    client: *const b2h_client,
    stats: *mut b2h_stats,
    err: *mut *mut b2h_error,
) -> b2h_status {
    let run = || {
        // SAFETY: by contract valid or NULL.
        let client = unsafe { pointer::borrow(client, "client") }?;
        if stats.is_null() {
            return Err(pointer::is_null("stats"));
        }
        // SAFETY: every version of the struct begins with its size.
        let size = unsafe { stats.cast::<usize>().read() };
        if size > LARGEST || !ends_with_a_member(size) {
            let message = "stats: struct_size is not set; initialise them with B2H_STATS_INIT.";
            return Err(b2h_error::new(B2H_INVALID_ARGUMENT, message.to_owned()));
        }
        let now = client.client.stats();
        let all = b2h_stats {
            struct_size: size,
            requests: now.requests,
            retries: now.retries,
            connections: now.connections,
            reconnects: now.reconnects,
            bytes_sent: now.bytes_sent,
            bytes_received: now.bytes_received,
            logins: now.logins,
            doubts: now.doubts,
        };
        let known = size.min(mem::size_of::<b2h_stats>());
        // SAFETY: the caller's struct has `size` bytes, ours at least `known`; what we do not know of becomes 0.
        unsafe {
            let bytes = stats.cast::<u8>();
            bytes.copy_from_nonoverlapping((&raw const all).cast(), known);
            bytes.add(known).write_bytes(0, size - known);
        }
        Ok(())
    };
    // SAFETY: by contract a valid output pointer or NULL.
    unsafe { boundary::call(err, &[], run) }
}

/// Whether a struct of this size is one of this version, of a later one, or of one that had fewer members.
fn ends_with_a_member(size: usize) -> bool {
    let begin = mem::offset_of!(b2h_stats, requests);
    size >= mem::size_of::<b2h_stats>()
        || size.checked_sub(begin).is_some_and(|members| members.is_multiple_of(mem::size_of::<u64>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use b2handle_client::{Client, Config};
    use std::ptr;

    #[test]
    fn nothing_is_written_beyond_the_size_or_into_half_a_member() {
        let client = b2h_client { client: Client::new(Config::from_text("{}").unwrap()).unwrap() };
        let whole = mem::size_of::<b2h_stats>();
        for size in 0..whole + 16 {
            let mut stats = vec![usize::MAX; whole / 4];
            stats[0] = size;
            // SAFETY: the memory is larger than the size that it says.
            let status = unsafe { b2h_client_stats(&client, stats.as_mut_ptr().cast(), ptr::null_mut()) };
            let is_whole_members = size >= whole || size >= 8 && size % 8 == 0;
            assert_eq!(status == b2h_status::B2H_OK, is_whole_members, "{size}");
            // SAFETY: any bytes may be read as bytes.
            let (_, bytes, _) = unsafe { stats[1..].align_to::<u8>() };
            let written = bytes.iter().take_while(|byte| **byte == 0).count();
            assert_eq!(written, if is_whole_members { size - 8 } else { 0 }, "{size}");
        }
    }
}
