//! State that belongs to one process: after a fork, the child must not touch what it inherited.
//!
//! A child shares its parent's sockets and epoll instance: using or even closing them there breaks the parent.
//! Locks may be held for ever by threads that do not exist in the child. So such state is found without a lock,
//! and a child that finds its parent's leaks it and starts with its own.

use arc_swap::ArcSwap;
use std::fmt;
use std::mem;
use std::sync::Arc;

/// A `T` for each process that asks for it.
pub(crate) struct PerProcess<T>(ArcSwap<Owned<T>>);

struct Owned<T> {
    process: u32,
    state: T,
}

impl<T: Default> Owned<T> {
    fn new() -> Owned<T> {
        Owned { process: std::process::id(), state: T::default() }
    }
}

impl<T> Owned<T> {
    fn is_ours(&self) -> bool {
        self.process == std::process::id()
    }
}

impl<T: Default> Default for PerProcess<T> {
    fn default() -> PerProcess<T> {
        PerProcess(ArcSwap::from_pointee(Owned::new()))
    }
}

impl<T: Default> PerProcess<T> {
    /// Calls a function with the state of this process.
    pub(crate) fn with<R>(&self, run: impl FnOnce(&T) -> R) -> R {
        let mut found = self.0.load_full();
        if !found.is_ours() {
            let replaced = self.0.compare_and_swap(&found, Arc::new(Owned::new()));
            if Arc::ptr_eq(&replaced, &found) {
                // Never dropped: that would close what is still our parent's.
                mem::forget(found);
            }
            found = self.0.load_full();
        }
        run(&found.state)
    }

    /// Calls a function with the state, if it belongs to this process.
    pub(crate) fn with_own<R>(&self, run: impl FnOnce(&T) -> R) -> Option<R> {
        let found = self.0.load_full();
        if found.is_ours() {
            return Some(run(&found.state));
        }
        // The other owner's count must not reach zero here.
        mem::forget(found);
        None
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        let last = self.0.load_full();
        if !last.is_ours() {
            mem::forget(last);
        }
    }
}

impl<T> fmt::Debug for PerProcess<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PerProcess")
    }
}
