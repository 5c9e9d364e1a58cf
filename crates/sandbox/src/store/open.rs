//! Opening the database: in memory, or in a file that outlives the process.

use crate::error::Error;
use rusqlite::{Connection, ErrorCode};
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

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
    CREATE TABLE homed_prefix (
        name TEXT PRIMARY KEY
    ) WITHOUT ROWID;
    CREATE TABLE server (
        settings TEXT NOT NULL
    );
    PRAGMA user_version = 1;
";
const VERSION: i64 = 1;

/// A sandbox that is just ending still holds its file for a moment.
const PATIENCE: Duration = Duration::from_secs(1);

/// SQLite's lock on the file is held from here on and dies with the process. A commit is on the disk when it
/// returns.
const EXCLUSIVE_AND_DURABLE: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    BEGIN IMMEDIATE;
    COMMIT;
";

pub(super) fn open(file: Option<&Path>) -> Result<Connection, Error> {
    let Some(file) = file else {
        return Connection::open_in_memory().map_err(|error| Error::Store(error.to_string()));
    };
    let problem =
        |problem: &dyn std::fmt::Display| Error::Data { path: file.to_owned(), problem: problem.to_string() };
    make(file).map_err(|error| problem(&error))?;
    let database = Connection::open(file).map_err(|error| problem(&error))?;
    let locked = database.busy_timeout(PATIENCE).and_then(|()| database.execute_batch(EXCLUSIVE_AND_DURABLE));
    locked.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::DataInUse { path: file.to_owned() }
        }
        _ => problem(&error),
    })?;
    match version(&database).map_err(|error| problem(&error))? {
        0 if !is_empty(&database).map_err(|error| problem(&error))? => Err(problem(&"it is no sandbox's")),
        0 | VERSION => Ok(database),
        _ => Err(problem(&"it was written by another version of the sandbox")),
    }
}

pub(super) fn create_tables(database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch(SCHEMA)
}

/// Whether nothing has been stored yet.
pub(super) fn is_new(database: &Connection) -> rusqlite::Result<bool> {
    Ok(version(database)? == 0)
}

fn version(database: &Connection) -> rusqlite::Result<i64> {
    database.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn is_empty(database: &Connection) -> rusqlite::Result<bool> {
    database.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}

/// Makes a missing file, readable for its owner alone: it will hold a private key and passwords. A file that is
/// there must not be opened: closing it again would drop the lock of a sandbox in this process.
fn make(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_others_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("text");
        std::fs::write(&text, "This is some text that is no database at all.".repeat(100)).unwrap();
        assert!(open(Some(&text)).unwrap_err().to_string().contains("not a database"));
        let other = folder.path().join("other");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
        assert!(open(Some(&other)).unwrap_err().to_string().contains("no sandbox's"));
    }

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data");
        let first = open(Some(&file)).unwrap();
        assert!(matches!(open(Some(&file)), Err(Error::DataInUse { .. })));
        drop(first);
        assert!(open(Some(&file)).is_ok());
    }
}
