//! Reading.

use super::on_handle;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::options::CallOptions;
use crate::record::Record;
use crate::reply::{self, Answer};
use crate::request::Query;
use crate::transport::Deadline;
use crate::values::check_type;

/// More make a query too long for the server (BEHAVIOUR.md 1).
const MOST_SELECTED: usize = 500;

/// Which values of a record to read; all of them by default. A value counts that has one of the types or one of
/// the indexes.
#[derive(Clone, Debug, Default)]
pub struct Selection<'a> {
    /// Names of types.
    pub types: Vec<&'a str>,
    /// Indexes.
    pub indexes: Vec<u32>,
}

impl Client {
    /// Reads the first value of a type, as text. Structured values (HS_ADMIN, HS_VLIST, ...) come as JSON.
    ///
    /// One request; none where the cache has the answer.
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`] without the Handle, [`Kind::ValueNotFound`] without a visible value of the type,
    /// [`Kind::ValueIsBinary`] where the value is no text.
    pub fn get_value(&self, handle: &str, kind: &str, options: &CallOptions) -> Result<String> {
        let selection = Selection { types: vec![kind], indexes: Vec::new() };
        on_handle("get_value", handle, |handle| {
            let record = self.selected(handle, &selection, options)?;
            let Some(value) = record.values.into_iter().next() else {
                let view = if options.authenticated { "" } else { " that everybody may read" };
                return Err(Error::new(
                    Kind::ValueNotFound,
                    format!("The Handle has no {kind} value{view}."),
                ));
            };
            value.data.into_text().ok_or_else(|| {
                Error::new(
                    Kind::ValueIsBinary,
                    format!("The {kind} value is binary and cannot be read as text."),
                )
            })
        })
    }

    /// Reads a record, or a part of it. Values that everybody may not read are missing, unless
    /// `options.authenticated` is set; then the server refuses the whole read where we may not read one of them.
    ///
    /// One request; none where the cache has the answer.
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`] without the Handle. No matching value is no error.
    pub fn get_record(
        &self,
        handle: &str,
        selection: &Selection<'_>,
        options: &CallOptions,
    ) -> Result<Record> {
        on_handle("get_record", handle, |handle| self.selected(handle, selection, options))
    }

    /// Whether a Handle exists, even without a value that we may read.
    ///
    /// One request, whose answer is small however large the record is; none where the cache knows the Handle.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn handle_exists(&self, handle: &str, options: &CallOptions) -> Result<bool> {
        on_handle("handle_exists", handle, |handle| {
            if options.authoritative {
                self.cache().forget(handle.as_str());
            }
            if may_be_kept(options) && self.cache().knows(handle.as_str()) {
                return Ok(true);
            }
            // There is no index 0, so no value matches (BEHAVIOUR.md 4).
            let nothing = with_options(Query::default().with("index", "0"), options);
            match self.read_as(options, handle.as_str(), &nothing, self.deadline(options)?) {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == Kind::HandleNotFound => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    /// Of a Handle with an index before its name, the value there alone.
    fn selected(&self, handle: &Handle, selection: &Selection<'_>, options: &CallOptions) -> Result<Record> {
        let Some(index) = handle.index().filter(|index| *index != 0) else {
            return self.select(handle.as_str(), selection, options);
        };
        let alone = Selection { types: Vec::new(), indexes: vec![index] };
        let is_all = selection.types.is_empty() && selection.indexes.is_empty();
        let mut record = self.select(handle.as_str(), if is_all { &alone } else { selection }, options)?;
        record.values.retain(|value| value.index == index);
        Ok(record)
    }

    pub(super) fn select(
        &self,
        name: &str,
        selection: &Selection<'_>,
        options: &CallOptions,
    ) -> Result<Record> {
        if selection.types.len() + selection.indexes.len() > MOST_SELECTED {
            let message =
                format!("At most {MOST_SELECTED} types and indexes fit a request. Read the whole record.");
            return Err(Error::new(Kind::InvalidArgument, message));
        }
        let mut query = Query::default();
        for kind in &selection.types {
            check_type(kind)?;
            query = query.with("type", kind);
        }
        for index in &selection.indexes {
            query = query.with("index", &index.to_string());
        }
        let mut record = self.kept_or_read(name, query, options)?;
        // The server also sends sub-types for a type that ends in a dot (BEHAVIOUR.md 4).
        let is_asked = |kind: &str, index: u32| {
            selection.indexes.contains(&index)
                || selection.types.iter().any(|asked| asked.eq_ignore_ascii_case(kind))
        };
        if !(selection.types.is_empty() && selection.indexes.is_empty()) {
            let before = record.values.len();
            record.values.retain(|value| is_asked(&value.kind, value.index));
            if record.values.len() < before {
                record.json = reply::as_json(&record);
            }
        }
        Ok(record)
    }

    /// Reads with the view that the options ask for; what need not be the last word may come from a second server.
    fn read_as(
        &self,
        options: &CallOptions,
        name: &str,
        query: &Query,
        deadline: Deadline,
    ) -> Result<Answer> {
        if options.authenticated || options.authoritative {
            return self.read(name, query, options.authenticated, deadline);
        }
        self.read_anywhere(name, query, deadline)
    }

    /// What the cache has of this query, or of the whole record; else what the server says.
    fn kept_or_read(&self, name: &str, query: Query, options: &CallOptions) -> Result<Record> {
        let deadline = self.deadline(options)?;
        let read = |query: &Query| self.read_as(options, name, query, deadline);
        if !may_be_kept(options) {
            if options.authoritative {
                // Whoever asked would wonder at older answers afterwards.
                self.cache().forget(name);
            }
            return read(&with_options(query, options))?.into_record(name);
        }
        let kept = || self.cache().get(name, query.as_str()).or_else(|| self.cache().get(name, ""));
        if let Some(record) = kept() {
            return Ok(Record { handle: name.to_owned(), ..record });
        }
        let reading = self.cache().begin();
        let answer = read(&query)?;
        let may_lag = answer.is_mirrored();
        let record = answer.into_record(name)?;
        if !may_lag {
            self.cache().keep(reading, name, query.as_str(), &record);
        }
        Ok(record)
    }
}

/// Whether an answer may come from the cache, and go there.
fn may_be_kept(options: &CallOptions) -> bool {
    !options.authenticated && !options.authoritative
}

fn with_options(query: Query, options: &CallOptions) -> Query {
    if options.authoritative { query.with("auth", "true") } else { query }
}
