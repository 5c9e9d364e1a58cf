//! Values as rows of the database.

use crate::record::{Access, Reference, Ttl, Value};
use rusqlite::{Connection, Row, params};

/// Replaces the values of a handle; the caller holds the transaction.
pub(super) fn write(database: &Connection, handle: &str, values: &[Value]) -> rusqlite::Result<()> {
    database.prepare_cached("INSERT OR IGNORE INTO handle (name) VALUES (?)")?.execute([handle])?;
    database.prepare_cached("DELETE FROM value WHERE handle = ?")?.execute([handle])?;
    let mut insert = database.prepare_cached("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (position, value) in (0_i64..).zip(values) {
        let (ttl, absolute) = match value.ttl {
            Ttl::Relative(seconds) => (i64::from(seconds), false),
            Ttl::Absolute(seconds) => (seconds, true),
        };
        insert.execute(params![
            handle,
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
    Ok(())
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Value> {
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
