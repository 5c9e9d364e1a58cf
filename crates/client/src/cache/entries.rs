//! What the cache holds: by Handle, and the Handle that was used longest ago is the first to go.

use super::Now;
use crate::config::CacheLimits;
use crate::fault::fault_point;
use crate::record::{Record, Ttl, Value};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// What a value takes besides its data.
const VALUE_OVERHEAD: usize = size_of::<Value>();
/// What an entry takes besides its record.
const ENTRY_OVERHEAD: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Entries {
    handles: HashMap<String, Handle>,
    /// The Handles by when they were used.
    order: BTreeMap<u64, String>,
    uses: u64,
    count: usize,
    bytes: usize,
    changes: u64,
}

/// The reads of one Handle.
#[derive(Debug, Default)]
struct Handle {
    reads: Vec<Entry>,
    used: u64,
}

#[derive(Debug)]
struct Entry {
    query: String,
    record: Record,
    until: Until,
    size: usize,
}

/// When the first of its values may not be kept any longer.
#[derive(Clone, Copy, Debug)]
struct Until {
    steady: Duration,
    date: i64,
}

impl Entries {
    /// How many times something was forgotten.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn get(&mut self, name: &str, query: &str, now: Now) -> Option<Record> {
        self.drop_old(name, now);
        let handle = self.handles.get_mut(name)?;
        let record = handle.reads.iter().find(|entry| entry.query == query)?.record.clone();
        self.uses += 1;
        let used = std::mem::replace(&mut handle.used, self.uses);
        if let Some(name) = self.order.remove(&used) {
            self.order.insert(self.uses, name);
        }
        Some(record)
    }

    pub(super) fn knows(&mut self, name: &str, now: Now) -> bool {
        self.drop_old(name, now);
        self.handles.contains_key(name)
    }

    pub(super) fn keep(
        &mut self,
        name: String,
        query: &str,
        record: &Record,
        began: Now,
        limits: CacheLimits,
    ) {
        let Some(until) = until(record, began) else { return };
        let size = size(record) + name.len() + query.len();
        if size > limits.bytes {
            return;
        }
        self.retain(&name, |entry| entry.query != query);
        self.uses += 1;
        let handle = self.handles.entry(name.clone()).or_default();
        self.order.remove(&handle.used);
        self.order.insert(self.uses, name.clone());
        handle.used = self.uses;
        handle.reads.push(Entry { query: query.to_owned(), record: record.clone(), until, size });
        fault_point("caching");
        self.count += 1;
        self.bytes += size;
        while self.count > limits.entries || self.bytes > limits.bytes {
            match self.order.first_key_value().map(|(_, oldest)| oldest.clone()) {
                Some(oldest) if oldest != name => self.retain(&oldest, |_| false),
                // Of a single Handle, the oldest read goes.
                _ => {
                    let mut is_first = true;
                    self.retain(&name, |_| !std::mem::take(&mut is_first));
                }
            }
        }
    }

    pub(super) fn forget(&mut self, name: &str) {
        self.changes += 1;
        self.retain(name, |_| false);
    }

    pub(super) fn forget_all(&mut self) {
        *self = Entries { changes: self.changes + 1, ..Entries::default() };
    }

    fn drop_old(&mut self, name: &str, now: Now) {
        self.retain(name, |entry| now.steady < entry.until.steady && now.date < entry.until.date);
    }

    /// Removes reads of a Handle, and the Handle with the last of them.
    fn retain(&mut self, name: &str, mut stays: impl FnMut(&Entry) -> bool) {
        let Some(handle) = self.handles.get_mut(name) else { return };
        handle.reads.retain(|entry| {
            let stays = stays(entry);
            if !stays {
                self.count -= 1;
                self.bytes -= entry.size;
            }
            stays
        });
        if handle.reads.is_empty() {
            self.order.remove(&handle.used);
            self.handles.remove(name);
        }
    }
}

/// Until when a record may be kept that was asked for at a moment: nothing where it may not. That it has no value
/// may change at any time.
fn until(record: &Record, began: Now) -> Option<Until> {
    let mut until = Until { steady: Duration::MAX, date: i64::MAX };
    for value in record.values() {
        match value.ttl {
            Ttl::Relative(seconds) => {
                let seconds = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
                until.steady = until.steady.min(began.steady.saturating_add(seconds));
            }
            Ttl::Absolute(date) => until.date = until.date.min(date),
        }
    }
    let is_kept = !record.values().is_empty() && began.steady < until.steady && began.date < until.date;
    is_kept.then_some(until)
}

/// About how many bytes a record takes.
fn size(record: &Record) -> usize {
    let value = |value: &Value| VALUE_OVERHEAD + value.kind.len() + value.data.len();
    ENTRY_OVERHEAD + record.json().len() + record.values().iter().map(value).sum::<usize>()
}
