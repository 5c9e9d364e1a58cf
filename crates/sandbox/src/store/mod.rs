//! The records, in SQLite. Whoever holds [`Records`] is alone with them: a check and the write that follows
//! belong under one lock (BEHAVIOUR.md 5.8).

mod journal;
mod open;
mod rows;
mod search;

use crate::error::Error;
use crate::record::Value;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub use journal::Executed;

pub(crate) use journal::Cause;
pub(crate) use search::{Condition, Found, Search};

/// The database of all records.
pub(crate) struct Store {
    database: Mutex<Connection>,
    writes: Mutex<HashMap<String, u64>>,
    keeps_journal: bool,
}

impl Store {
    /// The database in a file, or in memory without one.
    pub(crate) fn open(file: Option<&Path>) -> Result<Store, Error> {
        Ok(Store { database: Mutex::new(open::open(file)?), writes: Mutex::default(), keeps_journal: false })
    }

    /// From now on, each write is noted in the journal.
    pub(crate) fn keep_journal(&mut self) -> Result<(), Error> {
        let created = self.lock().database.execute_batch(journal::TABLE);
        created.map_err(|error| Error::Store(error.to_string()))?;
        self.keeps_journal = true;
        Ok(())
    }

    pub(crate) fn keeps_journal(&self) -> bool {
        self.keeps_journal
    }

    /// Waits until nobody else uses the records.
    pub(crate) fn lock(&self) -> Records<'_> {
        // A panic elsewhere rolled its transaction back: the database itself is sound.
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        Records { database, writes: &self.writes, keeps_journal: self.keeps_journal }
    }

    /// How many times each record was created, changed or removed since the start.
    pub(crate) fn writes(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.writes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Exclusive access to the records; names are the keys of [`crate::name::Name::key`].
pub(crate) struct Records<'a> {
    database: MutexGuard<'a, Connection>,
    writes: &'a Mutex<HashMap<String, u64>>,
    keeps_journal: bool,
}

impl Records<'_> {
    /// The values of a handle in their order; `None` when it does not exist.
    pub(crate) fn get(&self, name: &str) -> rusqlite::Result<Option<Vec<Value>>> {
        let mut values = self.database.prepare_cached(
            "SELECT idx, type, data, access, ttl, ttl_is_absolute, timestamp, refs
             FROM value WHERE handle = ? ORDER BY position",
        )?;
        let values = values.query_map([name], rows::read)?.collect::<Result<Vec<_>, _>>()?;
        if values.is_empty() && !self.exists(name)? {
            return Ok(None);
        }
        Ok(Some(values))
    }

    pub(crate) fn exists(&self, name: &str) -> rusqlite::Result<bool> {
        let mut handle = self.database.prepare_cached("SELECT 1 FROM handle WHERE name = ?")?;
        Ok(handle.query_row([name], |_| Ok(())).optional()?.is_some())
    }

    /// Creates or replaces a record.
    pub(crate) fn put(&mut self, name: &str, values: &[Value], cause: Cause<'_>) -> rusqlite::Result<()> {
        let change = self.database.transaction()?;
        rows::write(&change, name, values)?;
        if self.keeps_journal {
            cause.note(&change, name, Some(values))?;
        }
        change.commit()?;
        self.count_write(name);
        Ok(())
    }

    pub(crate) fn remove(&mut self, name: &str, cause: Cause<'_>) -> rusqlite::Result<()> {
        let change = self.database.transaction()?;
        change.prepare_cached("DELETE FROM value WHERE handle = ?")?.execute([name])?;
        change.prepare_cached("DELETE FROM handle WHERE name = ?")?.execute([name])?;
        if self.keeps_journal {
            cause.note(&change, name, None)?;
        }
        change.commit()?;
        self.count_write(name);
        Ok(())
    }

    fn count_write(&self, name: &str) {
        let mut writes = self.writes.lock().unwrap_or_else(PoisonError::into_inner);
        *writes.entry(name.to_owned()).or_default() += 1;
    }

    /// Fills a new database: all of it or nothing.
    pub(crate) fn found(
        &mut self,
        settings: &str,
        homed_prefixes: &[String],
        records: &[(String, Vec<Value>)],
    ) -> rusqlite::Result<()> {
        let change = self.database.transaction()?;
        open::create_tables(&change)?;
        change.execute("INSERT INTO server (settings) VALUES (?)", [settings])?;
        for prefix in homed_prefixes {
            change.execute("INSERT OR IGNORE INTO homed_prefix (name) VALUES (?)", [prefix])?;
        }
        for (name, values) in records {
            rows::write(&change, name, values)?;
        }
        change.commit()
    }

    /// The settings given to [`Records::found`]; `None` for a new database.
    pub(crate) fn settings(&self) -> rusqlite::Result<Option<String>> {
        if open::is_new(&self.database)? {
            return Ok(None);
        }
        self.database.query_row("SELECT settings FROM server", [], |row| row.get(0)).map(Some)
    }

    /// The names below a prefix, by the key of its handle, sorted by their bytes.
    pub(crate) fn names(&self, prefix: &str, page: Page) -> rusqlite::Result<Vec<String>> {
        let (first, end) = below(prefix);
        let mut names = self.database.prepare_cached(
            "SELECT name FROM handle WHERE name >= ? AND name < ? ORDER BY name LIMIT ? OFFSET ?",
        )?;
        names.query_map((first, end, page.limit, page.offset), |row| row.get(0))?.collect()
    }

    pub(crate) fn count(&self, prefix: &str) -> rusqlite::Result<i64> {
        let (first, end) = below(prefix);
        let mut count =
            self.database.prepare_cached("SELECT count(*) FROM handle WHERE name >= ? AND name < ?")?;
        count.query_row((first, end), |row| row.get(0))
    }

    /// The keys of the prefixes that live here, sorted.
    pub(crate) fn homed_prefixes(&self) -> rusqlite::Result<Vec<String>> {
        let mut names = self.database.prepare_cached("SELECT name FROM homed_prefix ORDER BY name")?;
        names.query_map([], |row| row.get(0))?.collect()
    }

    pub(crate) fn home(&mut self, prefix: &str) -> rusqlite::Result<()> {
        self.database.execute("INSERT OR IGNORE INTO homed_prefix (name) VALUES (?)", [prefix]).map(drop)
    }

    pub(crate) fn unhome(&mut self, prefix: &str) -> rusqlite::Result<()> {
        self.database.execute("DELETE FROM homed_prefix WHERE name = ?", [prefix]).map(drop)
    }

    /// Whether a prefix lives on this server, by the key of its handle.
    pub(crate) fn is_homed(&self, prefix: &str) -> rusqlite::Result<bool> {
        let mut homed = self.database.prepare_cached("SELECT 1 FROM homed_prefix WHERE name = ?")?;
        Ok(homed.query_row([prefix], |_| Ok(())).optional()?.is_some())
    }
}

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Page {
    /// Negative for no limit.
    pub(crate) limit: i64,
    pub(crate) offset: i64,
}

/// The range of the names below a prefix handle: from `PREFIX/` on, before `PREFIX0`, which is what follows.
fn below(prefix: &str) -> (String, String) {
    let prefix = prefix.split_once('/').map_or(prefix, |(_, prefix)| prefix);
    (format!("{prefix}/"), format!("{prefix}0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Access, Reference, Ttl};

    fn value(index: i32, text: &str) -> Value {
        Value {
            index,
            kind: "T".to_owned(),
            data: text.as_bytes().to_vec(),
            access: Access::from_bits(0b1100),
            ttl: Ttl::Absolute(9),
            timestamp: 5,
            references: vec![Reference { handle: "a/%0A\n:b".to_owned(), index: -1 }],
        }
    }

    #[test]
    fn records_come_back_as_they_were_put() {
        let store = Store::open(None).unwrap();
        let mut records = store.lock();
        records.found("", &[], &[]).unwrap();
        assert_eq!(records.get("A/B").unwrap(), None);
        let values = vec![value(5, "five"), value(1, "one")];
        records.put("A/B", &values, Cause::default()).unwrap();
        assert_eq!(records.get("A/B").unwrap(), Some(values));
        records.put("A/B", &[], Cause::default()).unwrap();
        assert_eq!(records.get("A/B").unwrap(), Some(vec![]));
        records.remove("A/B", Cause::default()).unwrap();
        assert_eq!(records.get("A/B").unwrap(), None);
        assert!(!records.exists("A/B").unwrap());
        assert_eq!(store.writes()["A/B"], 3);
    }
}
