//! What was read, for as long as the values may be kept (their ttl), so that reading it again takes no request.
//!
//! Only public reads come here: changes, authenticated and authoritative reads neither use nor fill the cache.

mod entries;

use crate::config::CacheLimits;
use crate::process::PerProcess;
use crate::record::Record;
use entries::Entries;
use std::fmt;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The cache of a client. A forked child begins with an empty one.
pub(crate) struct Cache {
    limits: CacheLimits,
    clock: Clock,
    state: PerProcess<Mutex<Entries>>,
}

/// What time it is; tests have clocks of their own.
type Clock = Box<dyn Fn() -> Now + Send + Sync>;

/// A moment. A ttl in seconds is measured by the one, a ttl that is a date by the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Now {
    /// Since some moment in the past; never set back.
    pub(crate) steady: Duration,
    /// Seconds since 1970.
    pub(crate) date: i64,
}

/// The state of the cache when a read began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    began: Now,
    changes: u64,
}

impl Cache {
    pub(crate) fn new(limits: CacheLimits) -> Cache {
        let start = Instant::now();
        Cache::with_clock(limits, move || {
            let date = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Now { steady: start.elapsed(), date: i64::try_from(date.as_secs()).unwrap_or(i64::MAX) }
        })
    }

    pub(crate) fn with_clock(limits: CacheLimits, clock: impl Fn() -> Now + Send + Sync + 'static) -> Cache {
        Cache { limits, clock: Box::new(clock), state: PerProcess::default() }
    }

    /// What an earlier read with this query gave, if all of it may still be kept.
    pub(crate) fn get(&self, name: &str, query: &str) -> Option<Record> {
        let now = (self.clock)();
        self.with(|entries| entries.get(&key(name), query, now)).flatten()
    }

    /// Whether some read of the Handle is kept.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let now = (self.clock)();
        self.with(|entries| entries.knows(&key(name), now)) == Some(true)
    }

    /// To be called before a read whose outcome is to be kept: the time to live begins then.
    pub(crate) fn begin(&self) -> Option<Reading> {
        self.with(|entries| entries.changes()).map(|changes| Reading { began: (self.clock)(), changes })
    }

    /// Keeps what was read, unless a write of ours has ended since: the read may have come before it.
    pub(crate) fn keep(&self, reading: Option<Reading>, name: &str, query: &str, record: &Record) {
        let Some(reading) = reading else { return };
        self.with(|entries| {
            if entries.changes() == reading.changes {
                entries.keep(key(name), query, record, reading.began, self.limits);
            }
        });
    }

    /// Forgets what is known of a Handle.
    pub(crate) fn forget(&self, name: &str) {
        self.with(|entries| entries.forget(&key(name)));
    }

    /// Forgets what is known of a Handle when this is dropped.
    pub(crate) fn forgetting<'a>(&'a self, name: &'a str) -> Forgets<'a> {
        Forgets { cache: self, name }
    }

    /// Nothing where nothing is kept.
    fn with<T>(&self, run: impl FnOnce(&mut Entries) -> T) -> Option<T> {
        if self.limits.entries == 0 {
            return None;
        }
        Some(self.state.with(|entries| run(&mut lock(entries))))
    }
}

/// A panic may have left the entries half changed: then they count no more.
fn lock(entries: &Mutex<Entries>) -> MutexGuard<'_, Entries> {
    entries.lock().unwrap_or_else(|poisoned| {
        entries.clear_poison();
        let mut guard = poisoned.into_inner();
        guard.forget_all();
        guard
    })
}

/// What a write does to the cache when it ends.
pub(crate) struct Forgets<'a> {
    cache: &'a Cache,
    name: &'a str,
}

impl Drop for Forgets<'_> {
    fn drop(&mut self) {
        self.cache.forget(self.name);
    }
}

/// Servers ignore the case of ASCII letters.
fn key(name: &str) -> String {
    name.to_ascii_uppercase()
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("limits", &self.limits).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
