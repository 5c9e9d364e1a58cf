//! Deleting Handles and values.

use super::confirm::Wanted;
use super::view::View;
use super::{admins, on_whole_handle};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::record::{Record, Value};
use crate::request::Query;
use crate::transport::Deadline;
use std::collections::BTreeSet;

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
    /// The given indexes at which the record shows no value.
    fn beyond(&self, record: &Record) -> BTreeSet<u32> {
        let mut beyond = BTreeSet::new();
        if let Victims::Indexes(indexes) = self {
            // To collect would bring a sorting algorithm.
            beyond.extend(indexes.iter().filter(|index| record.at(**index).is_none()));
        }
        beyond
    }

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
        on_whole_handle("delete_handle", handle, |handle| {
            let deadline = self.deadline(options)?;
            self.delete_surely(Wanted::NoHandle, handle.as_str(), &Query::default(), deadline)
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
        on_whole_handle("delete_values", handle, |handle| {
            let deadline = self.deadline(options)?;
            let mut deleted = 0;
            self.delete_chosen(handle.as_str(), victims, options, deadline, &mut deleted).map_err(
                |error| match deleted {
                    0 => error,
                    some => error.after(&format!("{some} values have been deleted.")),
                },
            )?;
            Ok(deleted)
        })
    }

    fn delete_chosen(
        &self,
        name: &str,
        victims: &Victims<'_>,
        options: &CallOptions,
        deadline: Deadline,
        deleted: &mut usize,
    ) -> Result<()> {
        for _ in 0..ATTEMPTS {
            let View { record, is_partial } = self.view(name, deadline)?;
            let (gone, kept): (Vec<&Value>, Vec<&Value>) =
                record.values.iter().partition(|value| victims.include(value));
            let allowed = self.config().modify_admin;
            admins::check_allowed(allowed, gone.iter().map(|value| value.kind.as_str()))?;
            admins::check_left(&record.values, kept, options.force_admin)?;
            let unseen = if is_partial { victims.beyond(&record) } else { BTreeSet::new() };
            admins::check_unseen(allowed && options.force_admin, &unseen)?;
            let indexes: Vec<u32> = gone.iter().map(|value| value.index).collect();
            match self.delete_at(name, &indexes, deadline, deleted) {
                // Somebody else deleted one of them meanwhile, and so nothing was deleted (BEHAVIOUR.md 5.5).
                Err(error) if error.kind() == Kind::ValueNotFound => continue,
                done => done?,
            }
            // Where we do not see everything, a given index may hold a value all the same: one by one, since one
            // that is missing would keep the others from being deleted.
            for index in unseen {
                match self.delete_at(name, &[index], deadline, deleted) {
                    Err(error) if error.kind() == Kind::ValueNotFound => {}
                    done => done?,
                }
            }
            return Ok(());
        }
        Err(Error::new(Kind::Conflict, "Others delete values of this record at the same time. Try again."))
    }

    fn delete_at(&self, name: &str, indexes: &[u32], deadline: Deadline, deleted: &mut usize) -> Result<()> {
        // No chunk is ever empty: a DELETE without an index deletes the whole Handle.
        for chunk in indexes.chunks(AT_ONCE) {
            let query =
                chunk.iter().fold(Query::default(), |query, index| query.with("index", &index.to_string()));
            self.delete_surely(Wanted::NoValues(chunk), name, &query, deadline)?;
            *deleted += chunk.len();
        }
        Ok(())
    }
}
