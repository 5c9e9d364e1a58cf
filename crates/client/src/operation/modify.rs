//! Changing a single value.

use super::{check_data, check_type, on_handle};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::options::CallOptions;
use crate::record::{self, Data, Value};
use crate::request::Query;
use crate::transport::Deadline;
use serde_json::Value as Json;
use std::collections::HashSet;

/// Types that hold a structure, and on which access to records depends: text in their place would lock a
/// Handle or a user out.
const STRUCTURED: &[&str] = &["HS_ADMIN", "HS_VLIST", "HS_PUBKEY", "HS_SITE"];

/// How often a new index is chosen when others keep taking it.
const INDEX_ATTEMPTS: usize = 40;

impl Client {
    /// Changes the value of a type to a text, or adds one where the Handle has none.
    ///
    /// Two requests: the record is read, then only this one value is written, by its index. Its ttl,
    /// permissions and references stay.
    ///
    /// # Errors
    /// [`Kind::BrokenRecord`] when the Handle has several values of the type, [`Kind::NotAllowed`] for types
    /// that hold structures.
    pub fn modify_value(&self, handle: &str, kind: &str, text: &str, options: &CallOptions) -> Result<()> {
        on_handle("modify_value", handle, |handle| {
            check_type(kind)?;
            if STRUCTURED.iter().any(|structured| structured.eq_ignore_ascii_case(kind)) {
                return Err(Error::new(
                    Kind::NotAllowed,
                    format!("A {kind} value holds a structure and is not replaced by text."),
                ));
            }
            check_data(kind, text)?;
            let deadline = self.deadline(options)?;
            let record = self.read_for_change(handle, deadline)?;
            let mut same_type = record.iter().filter(|value| value.is(kind));
            match (same_type.next(), same_type.next()) {
                (None, _) => self.add_value(handle, kind, text, &record, deadline),
                (Some(value), None) => {
                    let changed = Value { data: Data::Text(text.to_owned()), ..value.clone() };
                    self.put_value(handle, &changed, true, deadline)
                }
                (Some(_), Some(_)) => Err(Error::new(
                    Kind::BrokenRecord,
                    format!("The Handle has several {kind} values, so it is not clear which one to change."),
                )),
            }
        })
    }

    /// The whole record as far as we may see it. An authenticated read is refused whole when one value is
    /// private and we lack the right to read it (BEHAVIOUR.md 4); then the public view has to do.
    fn read_for_change(&self, handle: &Handle, deadline: Deadline) -> Result<Vec<Value>> {
        let all = Query::default();
        match self.read(handle, &all, true, deadline) {
            Err(error) if matches!(error.kind(), Kind::PermissionDenied | Kind::ValueHidden) => {
                self.read(handle, &all, false, deadline)?.into_values()
            }
            answer => answer?.into_values(),
        }
    }

    /// Adds a value at a free index. `overwrite=false` makes the server refuse an index that is taken by a
    /// value we cannot see or that somebody adds at the same time; then the next one is tried.
    fn add_value(
        &self,
        handle: &Handle,
        kind: &str,
        text: &str,
        record: &[Value],
        deadline: Deadline,
    ) -> Result<()> {
        let mut taken: HashSet<u32> = record.iter().map(|value| value.index).collect();
        for _ in 0..INDEX_ATTEMPTS {
            let Some(index) = record::free_index(kind, |index| taken.contains(&index)) else { break };
            let value = Value::new(index, kind, Data::Text(text.to_owned()));
            match self.put_value(handle, &value, false, deadline) {
                Err(error) if error.kind() == Kind::Conflict => taken.insert(index),
                done => return done,
            };
        }
        Err(Error::new(
            Kind::Conflict,
            format!("No free index was found for the new {kind} value: others take them. Try again."),
        ))
    }

    fn put_value(&self, handle: &Handle, value: &Value, overwrite: bool, deadline: Deadline) -> Result<()> {
        let query = Query::default()
            .with("index", &value.index.to_string())
            .with("overwrite", if overwrite { "true" } else { "false" });
        self.put(handle, &query, &Json::Array(vec![value.to_json()]), deadline)?;
        Ok(())
    }
}
