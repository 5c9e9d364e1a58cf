//! The pair handle and index, used by HS_ADMIN, HS_VLIST and value references.

use super::binary::{Reader, put_field};
use super::malformed::{Malformed, Member};
use crate::json::Json;

/// A reference to one value of a handle; index 0 means any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) handle: String,
    pub(crate) index: i32,
}

impl Reference {
    pub(super) fn from_json(json: &Json) -> Result<Reference, Malformed> {
        Ok(Reference { handle: json.need_text("handle")?.to_owned(), index: json.need_integer("index")? })
    }

    pub(super) fn to_json(&self) -> Json {
        Json::object([("handle", Json::text(&self.handle)), ("index", Json::number(self.index))])
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Reference> {
        Some(Reference { handle: reader.text()?, index: reader.i32()? })
    }

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_field(out, self.handle.as_bytes());
        out.extend_from_slice(&self.index.to_be_bytes());
    }
}
