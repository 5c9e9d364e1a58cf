//! What belongs to one process: after a fork, the child must not touch what it inherited.
//!
//! A child shares its parent's sockets and epoll instance: using or even closing them there breaks the parent.
//! Locks may be held for ever by threads that do not exist in the child. So everything that changes sits in a
//! [`Process`], found without a lock; a child that finds its parent's leaks it and starts with a new one.

use super::lane::Lane;
use arc_swap::ArcSwap;
use once_cell::sync::OnceCell;
use std::mem;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Servers close idle connections after 30 s (BEHAVIOUR.md 1); we are a little quicker.
pub(super) const LONGEST_IDLE: Duration = Duration::from_secs(25);

/// The state of this client in one process.
#[derive(Debug)]
pub(super) struct Process {
    id: u32,
    free: Mutex<Vec<(Instant, Lane)>>,
    /// Made with the first lane that needs it, since reading the system's roots takes milliseconds.
    pub(super) tls: OnceCell<rustls::ClientConfig>,
    /// Threads inside the system's resolver, those given up by their call included.
    pub(super) resolving: Arc<AtomicUsize>,
}

impl Process {
    fn new() -> Process {
        Process {
            id: std::process::id(),
            free: Mutex::default(),
            tls: OnceCell::new(),
            resolving: Arc::default(),
        }
    }

    fn is_this(&self) -> bool {
        self.id == std::process::id()
    }

    /// The lane that was used last, since its connections are the warmest.
    pub(super) fn take_lane(&self) -> Option<Lane> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).pop().map(|(_, lane)| lane)
    }

    /// Makes a lane available again, and closes those that nobody has needed for a while.
    pub(super) fn put_back(&self, lane: Lane) {
        let now = Instant::now();
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = free.iter().take_while(|(since, _)| now.duration_since(*since) > LONGEST_IDLE).count();
        let closed: Vec<_> = free.drain(..idle).collect();
        free.push((now, lane));
        drop(free);
        drop(closed);
    }
}

/// The state of the process that asks.
#[derive(Debug)]
pub(super) struct Processes(ArcSwap<Process>);

impl Processes {
    pub(super) fn new() -> Processes {
        Processes(ArcSwap::from_pointee(Process::new()))
    }

    pub(super) fn current(&self) -> Arc<Process> {
        let found = self.0.load_full();
        if found.is_this() {
            return found;
        }
        let replaced = self.0.compare_and_swap(&found, Arc::new(Process::new()));
        if Arc::ptr_eq(&replaced, &found) {
            // Never dropped: that would close what is still our parent's.
            mem::forget(found);
        }
        self.0.load_full()
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        let last = self.0.load_full();
        if !last.is_this() {
            mem::forget(last);
        }
    }
}
