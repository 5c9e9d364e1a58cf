//! Reading many records at once.

use super::get::{Part, Reading};
use super::named;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::exchange::{Exchange, Exchanges, Received};
use crate::handle::Handle;
use crate::operation::Selection;
use crate::options::CallOptions;
use crate::record::Record;
use crate::transport::Deadline;

/// More would be an attack on the server rather than a use of it.
const MOST_AT_ONCE: usize = 1024;

impl Client {
    /// Reads many records, or the same part of each, so many at the same time, on the thread of the caller. Each is read
    /// as [`Client::get_record`] reads it, with the time that the options give to one read, and handed over as soon as it
    /// is there, with what was given beside its name; in which order they come is open.
    ///
    /// One request for each Handle; none for those that the cache has. There are never more connections than reads at the
    /// same time. Once the options' switch is triggered, the rest of the reads fail with [`Kind::Cancelled`].
    ///
    /// # Errors
    /// [`Kind::InvalidArgument`] where `at_once` is not from 1 to 1024; where nothing can be sent at all. What becomes of
    /// each Handle is handed over with it.
    pub fn get_records<'a, T: 'a>(
        &self,
        handles: impl IntoIterator<Item = (T, &'a str)>,
        selection: &Selection<'_>,
        at_once: usize,
        options: &'a CallOptions,
        each: impl FnMut(T, Result<Record>),
    ) -> Result<()> {
        if !(1..=MOST_AT_ONCE).contains(&at_once) {
            let message =
                format!("From 1 to {MOST_AT_ONCE} Handles can be read at the same time, not {at_once}.");
            return Err(Error::new(Kind::InvalidArgument, message));
        }
        let handles = handles.into_iter();
        self.exchanger().exchange_all(&mut Reads { client: self, handles, selection, options, each }, at_once)
    }
}

struct Reads<'c, 'a, 's, H, F> {
    client: &'c Client,
    handles: H,
    selection: &'s Selection<'s>,
    options: &'a CallOptions,
    each: F,
}

/// A read that is under way.
struct Read<'a, T> {
    beside: T,
    text: &'a str,
    handle: Handle,
    reading: Reading,
}

/// What is there without a request, or what takes one.
#[expect(clippy::large_enum_variant, reason = "it is taken apart where it is made")]
enum Start<'a> {
    Kept(Record),
    Asked(Handle, Reading, Exchange, Deadline<'a>),
}

impl<'a, H, F> Reads<'_, 'a, '_, H, F> {
    fn start(&self, text: &str) -> Result<Start<'a>> {
        let handle = Handle::parse(text)?;
        let deadline = self.client.deadline(self.options)?;
        let part = Part::new(&handle, self.selection)?;
        let query = part.query();
        if let Some(record) = self.client.kept(handle.as_str(), &query, self.options) {
            return Ok(Start::Kept(part.of(record)));
        }
        let reading = Reading::begin(self.client, query, self.options);
        let exchange = reading.exchange(self.client, handle.as_str(), self.options)?;
        Ok(Start::Asked(handle, reading, exchange, deadline))
    }

    fn done<T>(&mut self, beside: T, text: &str, outcome: Result<Record>)
    where
        F: FnMut(T, Result<Record>),
    {
        (self.each)(beside, named("get_records", text, outcome));
    }
}

impl<'a, T: 'a, H, F> Exchanges<'a> for Reads<'_, 'a, '_, H, F>
where
    H: Iterator<Item = (T, &'a str)>,
    F: FnMut(T, Result<Record>),
{
    type About = Read<'a, T>;

    fn next(&mut self) -> Option<(Read<'a, T>, Exchange, Deadline<'a>)> {
        loop {
            let (beside, text) = self.handles.next()?;
            match self.start(text) {
                Ok(Start::Asked(handle, reading, exchange, deadline)) => {
                    return Some((Read { beside, text, handle, reading }, exchange, deadline));
                }
                Ok(Start::Kept(record)) => self.done(beside, text, Ok(record)),
                Err(error) => self.done(beside, text, Err(error)),
            }
        }
    }

    fn ended(&mut self, about: Read<'a, T>, outcome: Result<Received>) {
        let Read { beside, text, handle, reading } = about;
        let record = outcome
            .and_then(|received| received.record(handle.as_str()))
            .and_then(|answer| reading.end(self.client, handle.as_str(), answer))
            .and_then(|record| Part::new(&handle, self.selection).map(|part| part.of(record)));
        self.done(beside, text, record);
    }
}
