//! The lanes of a client in one process.

use super::lane::Lane;
use super::resolve::MOST_AT_ONCE;
use crate::fault::fault_point;
use once_cell::sync::OnceCell;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

/// Servers close idle connections after 30 s (BEHAVIOUR.md 1); we are a little quicker.
pub(super) const LONGEST_IDLE: Duration = Duration::from_secs(25);

/// Free lanes, and what all lanes share.
#[derive(Debug)]
pub(crate) struct Lanes {
    /// Made with the client, or by the first call in a child: it reads the environment, which the host may change later.
    runtime: Mutex<Builder>,
    free: Mutex<Vec<(Instant, Lane)>>,
    /// Made with the first lane that needs it, since reading the system's roots takes milliseconds.
    pub(super) tls: OnceCell<rustls::ClientConfig>,
    /// The same, showing the client certificate to servers that ask for one.
    pub(super) tls_with_certificate: OnceCell<rustls::ClientConfig>,
    /// Connections that ended and were not replaced yet.
    pub(super) lost: Arc<Lost>,
    /// For threads inside the system's resolver.
    pub(super) resolving: Arc<Semaphore>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        let mut runtime = Builder::new_current_thread();
        runtime.enable_io().enable_time();
        Lanes {
            runtime: Mutex::new(runtime),
            free: Mutex::default(),
            tls: OnceCell::new(),
            tls_with_certificate: OnceCell::new(),
            lost: Arc::default(),
            resolving: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }
}

impl Lanes {
    /// A runtime for a new lane.
    pub(super) fn runtime(&self) -> io::Result<Runtime> {
        self.runtime.lock().unwrap_or_else(PoisonError::into_inner).build()
    }

    /// The lane that was used last, since its connections are the warmest.
    pub(super) fn take(&self) -> Option<Lane> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).pop().map(|(_, lane)| lane)
    }

    /// Makes a lane available again, and closes those that nobody has needed for a while.
    pub(super) fn put_back(&self, lane: Lane) {
        let now = Instant::now();
        lane.settle(now);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = free.iter().take_while(|(since, _)| now.duration_since(*since) > LONGEST_IDLE).count();
        let closed: Vec<_> = free.drain(..idle).collect();
        fault_point("pool");
        free.push((now, lane));
        drop(free);
        drop(closed);
    }
}

/// Counts connections that ended and were not replaced yet.
#[derive(Debug, Default)]
pub(super) struct Lost(AtomicUsize);

impl Lost {
    pub(super) fn add(&self, connections: usize) {
        self.0.fetch_add(connections, Ordering::Relaxed);
    }

    /// Whether a new connection takes the place of one that was lost.
    pub(super) fn replace(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |lost| lost.checked_sub(1)).is_ok()
    }
}
