//! Lists of users (HS_VLIST): adding and removing members.

use super::on_whole_handle;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::record::{Data, Value};
use crate::reference::Reference;
use crate::request::Query;
use crate::transport::Deadline;
use crate::values::check_data;

impl Client {
    /// Adds a member to the HS_VLIST at an index. One that is there already is no error.
    ///
    /// Three requests: the value is read, written, and read once more, since there is no conditional write
    /// (BEHAVIOUR.md 5.8). Edits through this client wait for each other.
    ///
    /// # Errors
    /// [`Kind::ValueNotFound`] when there is no HS_VLIST at the index; [`Kind::Conflict`] when another program
    /// undid the change at the same time.
    pub fn add_to_vlist(&self, handle: &str, index: u32, member: &str, options: &CallOptions) -> Result<()> {
        self.edit_vlist("add_to_vlist", handle, index, member, true, options)
    }

    /// Removes a member from the HS_VLIST at an index. One that is not there is no error.
    ///
    /// # Errors
    /// As [`Client::add_to_vlist`].
    pub fn remove_from_vlist(
        &self,
        handle: &str,
        index: u32,
        member: &str,
        options: &CallOptions,
    ) -> Result<()> {
        self.edit_vlist("remove_from_vlist", handle, index, member, false, options)
    }

    fn edit_vlist(
        &self,
        operation: &'static str,
        handle: &str,
        index: u32,
        member: &str,
        wanted: bool,
        options: &CallOptions,
    ) -> Result<()> {
        on_whole_handle(operation, handle, |handle| {
            let invalid = |what| Error::new(Kind::InvalidArgument, format!("The member {what}."));
            let member = Reference::parse(member).map_err(invalid)?;
            let deadline = self.deadline(options)?;
            let name = handle.as_str();
            self.edits().alone(name, deadline, || {
                let (value, mut members) = self.vlist(name, index, deadline)?;
                let has = |members: &[Reference]| members.iter().any(|other| other.is(&member));
                if has(&members) == wanted {
                    return Ok(());
                }
                if wanted {
                    members.push(member.clone());
                } else {
                    members.retain(|other| !other.is(&member));
                }
                let changed = Value { data: Data::vlist(&members), ..value };
                check_data(&changed.kind, &changed.data)?;
                self.put_at(name, &[changed], true, deadline)?;
                let written = self
                    .vlist(name, index, deadline)
                    .map_err(|error| error.after("The list was written."))?;
                if has(&written.1) == wanted {
                    return Ok(());
                }
                Err(Error::new(
                    Kind::Conflict,
                    "Another program changed the list at the same time and undid this.",
                ))
            })
        })
    }

    fn vlist(&self, name: &str, index: u32, deadline: Deadline) -> Result<(Value, Vec<Reference>)> {
        let query = Query::default().with("index", &index.to_string());
        let record = self.read(name, &query, true, deadline)?.into_record(name)?;
        let value = record.at(index).filter(|value| value.is("HS_VLIST"));
        let members = value.and_then(|value| match &value.data {
            Data::Structured { value, .. } => value.as_array()?.iter().map(Reference::from_json).collect(),
            _ => None,
        });
        match (value, members) {
            (Some(value), Some(members)) => Ok((value.clone(), members)),
            _ => Err(Error::new(
                Kind::ValueNotFound,
                format!("There is no HS_VLIST value at the index {index}."),
            )),
        }
    }
}
