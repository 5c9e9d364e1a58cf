//! The journal of executed writes: each of them is kept in the transaction that carries it out, so that a killed server has
//! the one where it has the other.

use super::Records;
use crate::identity::Identity;
use crate::json::Json;
use crate::record::Value;
use rusqlite::{Connection, params};

/// Added to files that have none yet: those of sandboxes that kept no journal have the same version.
pub(super) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS journal (
        sequence INTEGER PRIMARY KEY,
        method TEXT NOT NULL,
        target TEXT NOT NULL,
        caller TEXT,
        handle TEXT NOT NULL,
        \"values\" TEXT
    )
";

/// A write that was executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Executed {
    /// From 1 on, in the order of execution.
    pub sequence: i64,
    /// The method of the request; empty for [`crate::Sandbox::put_values`].
    pub method: String,
    /// The request target, byte for byte.
    pub target: String,
    /// Who it came from (`index:handle`).
    pub caller: Option<String>,
    /// The handle, in upper case.
    pub handle: String,
    /// The values of the record after it, in the form of a GET; `None` where the record is gone.
    pub values: Option<serde_json::Value>,
}

/// The request behind a write.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cause<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: &'a str,
    pub(crate) caller: Option<&'a Identity>,
}

impl Cause<'_> {
    pub(super) fn note(
        &self,
        database: &Connection,
        handle: &str,
        values: Option<&[Value]>,
    ) -> rusqlite::Result<()> {
        let values = values.map(|all| Json::Array(all.iter().map(Value::to_json).collect()).compact());
        let mut insert = database.prepare_cached(
            "INSERT INTO journal (method, target, caller, handle, \"values\") VALUES (?, ?, ?, ?, ?)",
        )?;
        let caller = self.caller.map(Identity::to_string);
        insert.execute(params![self.method, self.target, caller, handle, values]).map(drop)
    }
}

impl Records<'_> {
    /// All writes that were executed while a journal was kept.
    pub(crate) fn journal(&self) -> rusqlite::Result<Vec<Executed>> {
        let mut all = self.database.prepare_cached(
            "SELECT sequence, method, target, caller, handle, \"values\" FROM journal ORDER BY sequence",
        )?;
        let all = all.query_map([], |row| {
            Ok(Executed {
                sequence: row.get(0)?,
                method: row.get(1)?,
                target: row.get(2)?,
                caller: row.get(3)?,
                handle: row.get(4)?,
                values: row.get::<_, Option<String>>(5)?.and_then(|text| serde_json::from_str(&text).ok()),
            })
        })?;
        all.collect()
    }
}
