//! Handle records: what the server sent, and which indexes are free.

mod index;
mod permissions;
mod plain;
mod site;
mod value;

pub use permissions::{AdminPermissions, Order};
pub use value::{Data, Ttl, Value};

pub(crate) use index::{ADMIN_INDEXES, LARGEST_INDEX, free_index};
pub(crate) use plain::{PlainText, PlainValue, once, unusual};
pub(crate) use site::SiteServer;
pub(crate) use value::{LARGEST_DATA, USUAL_PERMISSIONS};

/// A record, or the part of it that was asked for and may be seen.
#[derive(Clone, Debug)]
pub struct Record {
    pub(crate) handle: String,
    pub(crate) values: Vec<Value>,
    pub(crate) json: String,
}

impl Record {
    /// The name of the Handle, as it was asked for.
    pub fn handle(&self) -> &str {
        &self.handle
    }

    /// The values in the server's order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The reply as the server sent it.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The name, the values and the reply, none of them copied.
    pub fn into_parts(self) -> (String, Vec<Value>, String) {
        (self.handle, self.values, self.json)
    }

    /// The values of a type, whose name ignores ASCII case.
    pub fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.values.iter().filter(move |value| value.is(kind))
    }

    pub(crate) fn at(&self, index: u32) -> Option<&Value> {
        self.values.iter().find(|value| value.index == index)
    }
}
