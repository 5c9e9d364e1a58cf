//! Reading back what a write left: its outcome is in doubt when the request may have arrived and no reply came.

use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::log::Level;
use crate::record::{Record, Value};
use crate::reply::{Answer, Asked};
use crate::request::Query;
use crate::sending::pause;
use crate::transport::Deadline;
use std::time::Duration;

/// How often to look. The server may still be at work when the connection broke.
const LOOKS: u32 = 4;
/// The part of a call's time that is kept for looking, and the most of it.
const RESERVE_PART: u32 = 4;
const LONGEST_RESERVE: Duration = Duration::from_secs(5);
/// More indexes make a query too long for the server (BEHAVIOUR.md 1).
const MOST_INDEXES: usize = 500;

/// What is there when a write has taken effect.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'a> {
    /// These values, and no others.
    Record(&'a [Value]),
    /// These values, beside others.
    Values(&'a [Value]),
    /// No values at these indexes.
    NoValues(&'a [u32]),
    /// No such Handle.
    NoHandle,
}

impl Client {
    /// PUT of values, whose outcome is read back where it is in doubt.
    pub(super) fn put_surely(
        &self,
        wanted: Wanted<'_>,
        name: &str,
        query: &Query,
        values: &[Value],
        deadline: Deadline,
    ) -> Result<()> {
        self.surely(wanted, name, deadline, |time| {
            self.put(Asked::Write, name, query, values, time).map(drop)
        })
    }

    /// DELETE of values or of a Handle, whose outcome is read back where it is in doubt.
    pub(super) fn delete_surely(
        &self,
        wanted: Wanted<'_>,
        name: &str,
        query: &Query,
        deadline: Deadline,
    ) -> Result<()> {
        self.surely(wanted, name, deadline, |time| self.delete(name, query, time).map(drop))
    }

    /// PUT of a Handle whose name the server chooses: there is nothing to read back where no reply names it.
    pub(super) fn put_once(
        &self,
        start: &str,
        query: &Query,
        values: &[Value],
        deadline: Deadline,
    ) -> Result<Answer> {
        let outcome = self.put(Asked::Mint, start, query, values, deadline);
        outcome.inspect_err(|error| self.note_doubt(error))
    }

    /// What is wanted and there is a success. What is not there may still come: a request can wait in the server.
    fn surely(
        &self,
        wanted: Wanted<'_>,
        name: &str,
        deadline: Deadline,
        write: impl FnOnce(Deadline) -> Result<()>,
    ) -> Result<()> {
        let reserve = (deadline.left() / RESERVE_PART).min(LONGEST_RESERVE);
        let outcome = write(deadline.without(reserve));
        let Err(error) = &outcome else { return outcome };
        if error.is_in_doubt() && error.kind() != Kind::Cancelled && self.is_there(wanted, name, deadline) {
            self.config().log().write(Level::Info, || {
                format!("{name}: the change has taken effect, as reading back shows. ({})", error.message())
            });
            return Ok(());
        }
        self.note_doubt(error);
        outcome
    }

    fn note_doubt(&self, error: &Error) {
        if error.is_in_doubt() {
            self.sender().count_doubt();
        }
    }

    fn is_there(&self, wanted: Wanted<'_>, name: &str, deadline: Deadline) -> bool {
        for look in 0..LOOKS {
            if look > 0 && deadline.sleep(pause(look - 1)).is_err() {
                return false;
            }
            match self.look(wanted, name, deadline) {
                Ok(true) => return true,
                Ok(false) => {}
                Err(_) => return false,
            }
        }
        false
    }

    /// Whether what is wanted is there now.
    fn look(&self, wanted: Wanted<'_>, name: &str, deadline: Deadline) -> Result<bool> {
        let now = |indexes: &mut dyn Iterator<Item = u32>| {
            let certain = || Query::default().with("auth", "true");
            let mut query = certain();
            for (at, index) in indexes.enumerate() {
                if at == MOST_INDEXES {
                    query = certain();
                    break;
                }
                query = query.with("index", &index.to_string());
            }
            self.view_of(name, &query, deadline)
        };
        let view = match wanted {
            Wanted::Record(_) => now(&mut std::iter::empty()),
            // There is no index 0: the answer is small, however large the record.
            Wanted::NoHandle => now(&mut std::iter::once(0)),
            Wanted::Values(values) => now(&mut values.iter().map(|value| value.index)),
            Wanted::NoValues(indexes) => now(&mut indexes.iter().copied()),
        };
        let view = match (view, wanted) {
            (Err(error), Wanted::NoHandle) if error.kind() == Kind::HandleNotFound => return Ok(true),
            (Err(error), _) if error.kind() == Kind::HandleNotFound => return Ok(false),
            (view, _) => view?,
        };
        let record = &view.record;
        Ok(match wanted {
            // Where there is more than we see, it is another record.
            Wanted::Record(values) => {
                !view.is_partial && record.values.len() == values.len() && has(record, values)
            }
            Wanted::Values(values) => has(record, values),
            // Of values that we may not see, nothing can be told.
            Wanted::NoValues(indexes) => {
                !view.is_partial && indexes.iter().all(|index| record.at(*index).is_none())
            }
            Wanted::NoHandle => false,
        })
    }
}

fn has(record: &Record, values: &[Value]) -> bool {
    values.iter().all(|value| record.at(value.index).is_some_and(|there| is_same(there, value)))
}

/// Whether a value is the one that was written. Bytes that are UTF-8 come back as text.
fn is_same(there: &Value, written: &Value) -> bool {
    let bytes = written.data.bytes();
    let is_same_data = there.data == written.data || bytes.is_some() && bytes == there.data.bytes();
    let rest =
        |value: &Value| (value.kind.clone(), value.ttl, value.permissions.clone(), value.references.clone());
    is_same_data && rest(there) == rest(written)
}
