//! The records, in SQLite. Whoever holds [`Records`] is alone with them: a check and the write that follows
//! belong under one lock (BEHAVIOUR.md 5.8).

use crate::record::{Access, Reference, Ttl, Value};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::{Mutex, MutexGuard, PoisonError};

const SCHEMA: &str = "
    CREATE TABLE handle (
        name TEXT PRIMARY KEY
    ) WITHOUT ROWID;
    CREATE TABLE value (
        handle TEXT NOT NULL,
        position INTEGER NOT NULL,
        idx INTEGER NOT NULL,
        type TEXT NOT NULL,
        data BLOB NOT NULL,
        access INTEGER NOT NULL,
        ttl INTEGER NOT NULL,
        ttl_is_absolute INTEGER NOT NULL,
        timestamp INTEGER NOT NULL,
        refs TEXT NOT NULL,
        PRIMARY KEY (handle, position)
    ) WITHOUT ROWID;
";

/// The database of all records.
pub(crate) struct Store {
    database: Mutex<Connection>,
}

impl Store {
    pub(crate) fn in_memory() -> rusqlite::Result<Store> {
        let database = Connection::open_in_memory()?;
        database.execute_batch(SCHEMA)?;
        Ok(Store { database: Mutex::new(database) })
    }

    /// Waits until nobody else uses the records.
    pub(crate) fn lock(&self) -> Records<'_> {
        // A panic elsewhere rolled its transaction back: the database itself is sound.
        Records { database: self.database.lock().unwrap_or_else(PoisonError::into_inner) }
    }
}

/// Exclusive access to the records; names are the keys of [`crate::name::Name::key`].
pub(crate) struct Records<'a> {
    database: MutexGuard<'a, Connection>,
}

impl Records<'_> {
    /// The values of a handle in their order; `None` when it does not exist.
    pub(crate) fn get(&self, name: &str) -> rusqlite::Result<Option<Vec<Value>>> {
        let mut values = self.database.prepare_cached(
            "SELECT idx, type, data, access, ttl, ttl_is_absolute, timestamp, refs
             FROM value WHERE handle = ? ORDER BY position",
        )?;
        let values = values.query_map([name], read_value)?.collect::<Result<Vec<_>, _>>()?;
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
    pub(crate) fn put(&mut self, name: &str, values: &[Value]) -> rusqlite::Result<()> {
        let change = self.database.transaction()?;
        change.prepare_cached("INSERT OR IGNORE INTO handle (name) VALUES (?)")?.execute([name])?;
        change.prepare_cached("DELETE FROM value WHERE handle = ?")?.execute([name])?;
        {
            let mut insert =
                change.prepare_cached("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
            for (position, value) in (0_i64..).zip(values) {
                let (ttl, absolute) = match value.ttl {
                    Ttl::Relative(seconds) => (i64::from(seconds), false),
                    Ttl::Absolute(seconds) => (seconds, true),
                };
                insert.execute(params![
                    name,
                    position,
                    value.index,
                    value.kind,
                    value.data,
                    value.access.bits(),
                    ttl,
                    absolute,
                    value.timestamp,
                    write_references(&value.references),
                ])?;
            }
        }
        change.commit()
    }

    pub(crate) fn remove(&mut self, name: &str) -> rusqlite::Result<()> {
        let change = self.database.transaction()?;
        change.prepare_cached("DELETE FROM value WHERE handle = ?")?.execute([name])?;
        change.prepare_cached("DELETE FROM handle WHERE name = ?")?.execute([name])?;
        change.commit()
    }
}

fn read_value(row: &Row<'_>) -> rusqlite::Result<Value> {
    let ttl: i64 = row.get(4)?;
    let absolute: bool = row.get(5)?;
    Ok(Value {
        index: row.get(0)?,
        kind: row.get(1)?,
        data: row.get(2)?,
        access: Access::from_bits(row.get(3)?),
        ttl: if absolute {
            Ttl::Absolute(ttl)
        } else {
            Ttl::Relative(i32::try_from(ttl).unwrap_or_default())
        },
        timestamp: row.get(6)?,
        references: read_references(&row.get::<_, String>(7)?),
    })
}

/// One reference a line, `index:handle`; line breaks and percent signs of a handle are escaped.
fn write_references(references: &[Reference]) -> String {
    let lines: Vec<String> = references
        .iter()
        .map(|reference| {
            let handle = reference.handle.replace('%', "%25").replace('\n', "%0A");
            format!("{}:{handle}", reference.index)
        })
        .collect();
    lines.join("\n")
}

fn read_references(text: &str) -> Vec<Reference> {
    text.split('\n')
        .filter_map(|line| {
            let (index, handle) = line.split_once(':')?;
            let handle = handle.replace("%0A", "\n").replace("%25", "%");
            Some(Reference { handle, index: index.parse().ok()? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let store = Store::in_memory().unwrap();
        let mut records = store.lock();
        assert_eq!(records.get("A/B").unwrap(), None);
        let values = vec![value(5, "five"), value(1, "one")];
        records.put("A/B", &values).unwrap();
        assert_eq!(records.get("A/B").unwrap(), Some(values));
        records.put("A/B", &[]).unwrap();
        assert_eq!(records.get("A/B").unwrap(), Some(vec![]));
        records.remove("A/B").unwrap();
        assert_eq!(records.get("A/B").unwrap(), None);
        assert!(!records.exists("A/B").unwrap());
    }
}
