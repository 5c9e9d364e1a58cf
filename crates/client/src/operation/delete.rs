//! Deleting Handles and values.

use super::view::View;
use super::{admins, on_handle};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::record::Value;
use crate::request::Query;

/// As many indexes fit the query of one request (BEHAVIOUR.md 1).
const AT_ONCE: usize = 500;
/// How often others may delete the same values at the same time.
const ATTEMPTS: usize = 10;

/// Which values to delete.
#[derive(Clone, Debug)]
pub enum Victims<'a> {
    /// All values of these types.
    Types(Vec<&'a str>),
    /// The values at these indexes.
    Indexes(Vec<u32>),
}

impl Victims<'_> {
    fn include(&self, value: &Value) -> bool {
        match self {
            Victims::Types(types) => types.iter().any(|kind| value.is(kind)),
            Victims::Indexes(indexes) => indexes.contains(&value.index),
        }
    }
}

impl Client {
    /// Deletes a Handle with all its values. Persistent identifiers are meant to stay: prefer to point them
    /// to a page that says what became of the object.
    ///
    /// One request.
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`] when there is nothing to delete.
    pub fn delete_handle(&self, handle: &str, options: &CallOptions) -> Result<()> {
        on_handle("delete_handle", handle, |handle| {
            let deadline = self.deadline(options)?;
            self.delete(handle.as_str(), &Query::default(), deadline)?;
            Ok(())
        })
    }

    /// Deletes values. Nothing to delete is no error. Returns how many were deleted.
    ///
    /// Two requests: the record is read, then the values are deleted by their indexes (500 at a time).
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`] without the Handle; [`Kind::NotAllowed`] for HS_ADMIN values, unless
    /// `modify_HS_ADMIN` is set and an administrator remains.
    pub fn delete_values(&self, handle: &str, victims: &Victims<'_>, options: &CallOptions) -> Result<usize> {
        on_handle("delete_values", handle, |handle| {
            let deadline = self.deadline(options)?;
            let mut unseen = match victims {
                Victims::Indexes(indexes) => indexes.clone(),
                Victims::Types(_) => Vec::new(),
            };
            for _ in 0..ATTEMPTS {
                let View { record, is_partial } = self.view(handle.as_str(), deadline)?;
                let (gone, kept): (Vec<&Value>, Vec<&Value>) =
                    record.values.iter().partition(|value| victims.include(value));
                admins::check_allowed(
                    self.config().modify_admin,
                    gone.iter().map(|value| value.kind.as_str()),
                )?;
                admins::check_left(&record.values, kept, options.force_admin)?;
                // Where we do not see everything, a given index may hold a value all the same.
                unseen.retain(|index| is_partial && record.at(*index).is_none());
                let mut indexes: Vec<u32> = gone.iter().map(|value| value.index).collect();
                indexes.extend(&unseen);
                match self.delete_at(handle.as_str(), &indexes, deadline) {
                    // Somebody else deleted one of them, or there was none behind what we do not see.
                    Err(error) if error.kind() == Kind::ValueNotFound => unseen.clear(),
                    outcome => return outcome.map(|()| indexes.len()),
                }
            }
            Err(Error::new(
                Kind::Conflict,
                "Others delete values of this record at the same time. Try again.",
            ))
        })
    }

    fn delete_at(&self, name: &str, indexes: &[u32], deadline: crate::transport::Deadline) -> Result<()> {
        // No chunk is ever empty: a DELETE without an index deletes the whole Handle.
        for (at, chunk) in indexes.chunks(AT_ONCE).enumerate() {
            let query =
                chunk.iter().fold(Query::default(), |query, index| query.with("index", &index.to_string()));
            self.delete(name, &query, deadline).map_err(|error| match at {
                0 => error,
                _ => error.after(&format!("{} values have been deleted.", at * AT_ONCE)),
            })?;
        }
        Ok(())
    }
}
