//! Writing to a connection that the server reset raises SIGPIPE, which by default ends the process. The host's
//! choice for it is the host's; so it is blocked in the calling thread during the call, and what we caused is
//! taken out of the queue.

use std::mem::MaybeUninit;
use std::ptr;

/// While this exists, writes of this thread raise no SIGPIPE.
pub(super) struct NoSigpipe {
    callers_mask: libc::sigset_t,
    was_pending: bool,
}

impl NoSigpipe {
    pub(super) fn new() -> NoSigpipe {
        let sigpipe = set_of_sigpipe();
        let mut callers_mask = MaybeUninit::uninit();
        // SAFETY: both sets are valid, and the call with these arguments cannot fail and so fills the mask.
        let callers_mask = unsafe {
            libc::pthread_sigmask(libc::SIG_BLOCK, &sigpipe, callers_mask.as_mut_ptr());
            callers_mask.assume_init()
        };
        // SAFETY: a valid set and a valid signal.
        let was_blocked = unsafe { libc::sigismember(&callers_mask, libc::SIGPIPE) } == 1;
        // It can only be waiting where it was blocked.
        let was_pending = was_blocked && is_pending();
        NoSigpipe { callers_mask, was_pending }
    }
}

impl Drop for NoSigpipe {
    fn drop(&mut self) {
        // SAFETY: all pointers are to valid sets or NULL; nothing waits, since the timeout is zero.
        unsafe {
            if !self.was_pending {
                let now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
                libc::sigtimedwait(&set_of_sigpipe(), ptr::null_mut(), &now);
            }
            libc::pthread_sigmask(libc::SIG_SETMASK, &self.callers_mask, ptr::null_mut());
        }
    }
}

fn set_of_sigpipe() -> libc::sigset_t {
    let mut set = MaybeUninit::uninit();
    // SAFETY: sigemptyset fills the set.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), libc::SIGPIPE);
        set.assume_init()
    }
}

fn is_pending() -> bool {
    let mut pending = MaybeUninit::uninit();
    // SAFETY: sigpending fills the set.
    unsafe {
        libc::sigpending(pending.as_mut_ptr());
        libc::sigismember(pending.as_ptr(), libc::SIGPIPE) == 1
    }
}
