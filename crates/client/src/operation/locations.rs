//! Several locations of a Handle: reading and editing its 10320/LOC value.

use super::confirm::Wanted;
use super::modify::{FreeIndexes, INDEX_ATTEMPTS};
use super::view::View;
use super::{Selection, on_handle, on_whole_handle};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::locations::{self, Edit, Edited, KIND, Locations};
use crate::options::CallOptions;
use crate::record::{Data, Record, Value};
use crate::request::Query;
use crate::transport::Deadline;
use crate::values::{Values, check_data};

impl Client {
    /// Reads the locations of a Handle: those of all its 10320/LOC values. None are no error.
    ///
    /// One request.
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`] without the Handle; [`Kind::BrokenRecord`] when a value cannot be understood.
    pub fn locations(&self, handle: &str, options: &CallOptions) -> Result<Locations> {
        on_handle("get_locations", handle, |handle| self.read_locations(handle, options))
    }

    /// Whether a location of a Handle has the URL.
    ///
    /// One request.
    ///
    /// # Errors
    /// As [`Client::locations`].
    pub fn has_location(&self, handle: &str, url: &str, options: &CallOptions) -> Result<bool> {
        on_handle("has_location", handle, |handle| Ok(self.read_locations(handle, options)?.has(url)))
    }

    fn read_locations(&self, handle: &Handle, options: &CallOptions) -> Result<Locations> {
        let selection = Selection { types: vec![KIND], indexes: Vec::new() };
        all_of(&self.selected(handle, &selection, options)?)
    }

    /// Adds locations to a Handle: several URLs, each with these attributes. A URL that is there already is not
    /// added once more, but gets the attributes; its other attributes stay. Without an `id` among the attributes,
    /// a new location gets the first number that is free, from 0 on.
    ///
    /// Three requests: the record is read, the value written, and read once more, since there is no conditional
    /// write (BEHAVIOUR.md 5.8). Edits through this client wait for each other. One request where all is as wanted
    /// already.
    ///
    /// # Errors
    /// [`Kind::BrokenRecord`] when the Handle has several 10320/LOC values, or one that cannot be understood;
    /// [`Kind::InvalidValue`] for a weight that is not 0 to 1, and attributes that cannot be written as XML. Then
    /// nothing is written. [`Kind::Conflict`] when another location has the id, or when another program undid the
    /// change at the same time.
    pub fn add_locations(
        &self,
        handle: &str,
        urls: &[&str],
        attributes: &[(&str, &str)],
        options: &CallOptions,
    ) -> Result<()> {
        on_whole_handle("add_locations", handle, |handle| {
            self.edit_locations(handle.as_str(), &Edit::Add { urls, attributes }, options).map(drop)
        })
    }

    /// Puts one URL in the place of another; id, weight and all other attributes stay.
    ///
    /// Requests as for [`Client::add_locations`].
    ///
    /// # Errors
    /// As [`Client::add_locations`]; [`Kind::ValueNotFound`] when no location has the old URL, [`Kind::Conflict`]
    /// when one has the new URL already.
    pub fn exchange_location(&self, handle: &str, old: &str, new: &str, options: &CallOptions) -> Result<()> {
        on_whole_handle("exchange_location", handle, |handle| {
            self.edit_locations(handle.as_str(), &Edit::Exchange { old, new }, options).map(drop)
        })
    }

    /// Removes the locations that have one of these URLs; the value goes with the last location. None to remove is
    /// no error. Returns how many were removed.
    ///
    /// Requests as for [`Client::add_locations`]; the value is deleted by its index.
    ///
    /// # Errors
    /// As [`Client::add_locations`].
    pub fn remove_locations(&self, handle: &str, urls: &[&str], options: &CallOptions) -> Result<usize> {
        on_whole_handle("remove_locations", handle, |handle| {
            self.edit_locations(handle.as_str(), &Edit::Remove { urls }, options)
        })
    }

    /// Returns how many locations were removed.
    fn edit_locations(&self, name: &str, edit: &Edit<'_>, options: &CallOptions) -> Result<usize> {
        edit.check()?;
        if edit.is_empty() {
            return Ok(0);
        }
        let deadline = self.deadline(options)?;
        self.edits().alone(name, deadline, || {
            let mut free = FreeIndexes::default();
            for _ in 0..INDEX_ATTEMPTS {
                let record = self.record_with_locations(name, deadline)?;
                let old = the_only(&record)?;
                let text = old.map(text_of).transpose()?;
                let chooseby = self.config().chooseby.as_deref();
                let (removed, written) = match (old, locations::edited(text, edit, chooseby)?) {
                    (_, Edited::Same) | (None, Edited::Gone(_)) => {
                        // Older answers would contradict what was just seen.
                        self.cache().forget(name);
                        return Ok(0);
                    }
                    (Some(old), Edited::Changed(text, removed)) => {
                        let changed = Value { data: Data::Text(text), ..old.clone() };
                        check_data(&changed.kind, &changed.data)?;
                        (removed, self.put_at(name, &[changed], true, deadline))
                    }
                    (None, Edited::Changed(text, removed)) => {
                        let mut values = Values::new();
                        values.add_text(None, KIND, &text)?;
                        let placed = free.place(&record, &values.iter().collect::<Vec<_>>())?;
                        (removed, self.put_at(name, &placed, false, deadline))
                    }
                    (Some(old), Edited::Gone(removed)) => {
                        let index = Query::default().with("index", &old.index.to_string());
                        let wanted = Wanted::NoValues(&[old.index]);
                        (removed, self.delete_surely(wanted, name, &index, deadline))
                    }
                };
                match written {
                    // Another writer took the index, or deleted the value: anew with what is there now.
                    Err(error) if matches!(error.kind(), Kind::Conflict | Kind::ValueNotFound) => {}
                    written => {
                        written?;
                        return self.look_again(name, edit, deadline).map(|()| removed);
                    }
                }
            }
            Err(Error::new(Kind::Conflict, "Others write this record at the same time. Try again."))
        })
    }

    /// The record as far as we may see it, and certainly with its locations. Where a value of the record is private, the
    /// public view does not tell whether there are locations that are private, too: asking for them alone does.
    fn record_with_locations(&self, name: &str, deadline: Deadline) -> Result<Record> {
        let View { mut record, is_partial } = self.view(name, deadline)?;
        if is_partial && record.of_type(KIND).next().is_none() {
            let query = Query::default().with("type", KIND);
            let alone = self.read(name, &query, true, deadline).map_err(|error| match error.kind() {
                Kind::PermissionDenied | Kind::ValueHidden => Error::new(
                    Kind::ValueHidden,
                    "The Handle has a 10320/LOC value that this identity may not read, so nothing was written. It takes \
                     the permission read_value.",
                ),
                _ => error,
            })?;
            let alone = alone.into_record(name)?;
            record.values.extend(alone.values.into_iter().filter(|value| value.is(KIND)));
        }
        Ok(record)
    }

    fn look_again(&self, name: &str, edit: &Edit<'_>, deadline: Deadline) -> Result<()> {
        let read = self.view_of(name, &Query::default().with("type", KIND), deadline).and_then(|view| {
            the_only(&view.record)?;
            all_of(&view.record)
        });
        let locations = read.map_err(|error| error.after("The locations were written."))?;
        if edit.is_done(&locations) {
            return Ok(());
        }
        Err(Error::new(
            Kind::Conflict,
            "Another program changed the locations at the same time and undid this.",
        ))
    }
}

fn all_of(record: &Record) -> Result<Locations> {
    let mut all = Locations::default();
    for value in record.of_type(KIND) {
        all.join(Locations::parse(text_of(value)?)?);
    }
    Ok(all)
}

fn the_only(record: &Record) -> Result<Option<&Value>> {
    let mut values = record.of_type(KIND);
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(Error::new(
            Kind::BrokenRecord,
            "The Handle has several 10320/LOC values, so it is not clear which one to change.",
        )),
        (value, None) => Ok(value),
    }
}

fn text_of(value: &Value) -> Result<&str> {
    match &value.data {
        Data::Text(text) => Ok(text),
        _ => Err(Error::new(
            Kind::BrokenRecord,
            format!("The 10320/LOC value at index {} is not text, so it was left alone.", value.index),
        )),
    }
}
