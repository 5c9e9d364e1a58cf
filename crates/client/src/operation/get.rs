//! Reading.

use super::on_handle;
use crate::cache;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::exchange::Exchange;
use crate::handle::Handle;
use crate::options::CallOptions;
use crate::record::Record;
use crate::reply::{self, Answer};
use crate::request::Query;
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
            let name = handle.as_str();
            let exchange = self.reading(name, &nothing, options.authenticated, !options.authoritative)?;
            let received = self.exchanger().exchange(exchange, self.deadline(options)?);
            match received.and_then(|received| received.record(name)) {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == Kind::HandleNotFound => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    pub(super) fn selected(
        &self,
        handle: &Handle,
        selection: &Selection<'_>,
        options: &CallOptions,
    ) -> Result<Record> {
        let part = Part::new(handle, selection)?;
        self.kept_or_read(handle.as_str(), part.query(), options).map(|record| part.of(record))
    }

    /// What the cache has of this query, or of the whole record; else what the server says.
    fn kept_or_read(&self, name: &str, query: Query, options: &CallOptions) -> Result<Record> {
        let deadline = self.deadline(options)?;
        if let Some(record) = self.kept(name, &query, options) {
            return Ok(record);
        }
        let reading = Reading::begin(self, query, options);
        let exchange = reading.exchange(self, name, options)?;
        let received = self.exchanger().exchange(exchange, deadline)?;
        reading.end(self, name, received.record(name)?)
    }

    pub(super) fn kept(&self, name: &str, query: &Query, options: &CallOptions) -> Option<Record> {
        if !may_be_kept(options) {
            if options.authoritative {
                // Whoever asked would wonder at older answers afterwards.
                self.cache().forget(name);
            }
            return None;
        }
        let record = self.cache().get(name, query.as_str()).or_else(|| self.cache().get(name, ""))?;
        Some(Record { handle: name.to_owned(), ..record })
    }
}

/// What to read of one Handle. Of one with an index before its name, that is the value there alone.
pub(super) struct Part<'a> {
    selection: &'a Selection<'a>,
    index: Option<u32>,
}

impl<'a> Part<'a> {
    pub(super) fn new(handle: &Handle, selection: &'a Selection<'a>) -> Result<Part<'a>> {
        if selection.types.len() + selection.indexes.len() > MOST_SELECTED {
            let message =
                format!("At most {MOST_SELECTED} types and indexes fit a request. Read the whole record.");
            return Err(Error::new(Kind::InvalidArgument, message));
        }
        selection.types.iter().try_for_each(|kind| check_type(kind))?;
        Ok(Part { selection, index: handle.index().filter(|index| *index != 0) })
    }

    pub(super) fn query(&self) -> Query {
        let query = Query::default();
        if let Some(index) = self.index
            && self.selection.is_all()
        {
            return query.with("index", &index.to_string());
        }
        let query = self.selection.types.iter().fold(query, |query, kind| query.with("type", kind));
        let indexes = self.selection.indexes.iter();
        indexes.fold(query, |query, index| query.with("index", &index.to_string()))
    }

    /// The part of a record that was read.
    pub(super) fn of(&self, mut record: Record) -> Record {
        let Selection { types, indexes } = self.selection;
        // The server also sends sub-types for a type that ends in a dot (BEHAVIOUR.md 4).
        let is_asked = |kind: &str, index: u32| {
            indexes.contains(&index) || types.iter().any(|asked| asked.eq_ignore_ascii_case(kind))
        };
        let before = record.values.len();
        if !self.selection.is_all() {
            record.values.retain(|value| is_asked(&value.kind, value.index));
        }
        if let Some(index) = self.index {
            record.values.retain(|value| value.index == index);
        }
        if record.values.len() < before {
            record.json = reply::as_json(&record);
        }
        record
    }
}

impl Selection<'_> {
    fn is_all(&self) -> bool {
        self.types.is_empty() && self.indexes.is_empty()
    }
}

/// A read that is under way.
pub(super) struct Reading {
    query: Query,
    /// Where its answer may be kept.
    kept: Option<cache::Reading>,
}

impl Reading {
    pub(super) fn begin(client: &Client, query: Query, options: &CallOptions) -> Reading {
        let kept = if may_be_kept(options) { client.cache().begin() } else { None };
        Reading { query: with_options(query, options), kept }
    }

    /// With the view that the options ask for; what need not be the last word may come from a second server.
    pub(super) fn exchange(&self, client: &Client, name: &str, options: &CallOptions) -> Result<Exchange> {
        client.reading(name, &self.query, options.authenticated, !options.authoritative)
    }

    pub(super) fn end(self, client: &Client, name: &str, answer: Answer) -> Result<Record> {
        let may_lag = answer.is_mirrored();
        let record = answer.into_record(name)?;
        if !may_lag {
            client.cache().keep(self.kept, name, self.query.as_str(), &record);
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
