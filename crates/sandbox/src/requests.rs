//! The log of requests that were really served, for tests that count them.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Older entries are forgotten.
const CAPACITY: usize = 65_536;

/// A request that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSeen {
    /// The method as it was sent.
    pub method: String,
    /// The request target, byte for byte.
    pub target: String,
    /// The status of the answer; 0 when there was none.
    pub status: u16,
    /// Who it came from (`index:handle`), where somebody has proven that.
    pub caller: Option<String>,
    /// Whose certificate its connection has shown.
    pub certificate: Option<String>,
}

#[derive(Default)]
pub(crate) struct RequestLog {
    seen: Mutex<VecDeque<RequestSeen>>,
    total: AtomicU64,
}

impl RequestLog {
    pub(crate) fn add(&self, request: RequestSeen) {
        self.total.fetch_add(1, Ordering::Relaxed);
        let mut seen = self.lock();
        if seen.len() == CAPACITY {
            seen.pop_front();
        }
        seen.push_back(request);
    }

    /// How many there were, also those that are forgotten.
    pub(crate) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    pub(crate) fn all(&self) -> Vec<RequestSeen> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn count(&self, method: &str, target_prefix: &str) -> usize {
        let wanted =
            |request: &&RequestSeen| request.method == method && request.target.starts_with(target_prefix);
        self.lock().iter().filter(wanted).count()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<RequestSeen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
