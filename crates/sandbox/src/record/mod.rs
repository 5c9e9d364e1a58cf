//! A handle record: its values, their JSON and their bytes.

mod admin;
mod binary;
mod json_in;
mod json_out;
mod key;
mod malformed;
mod reference;
mod site;
mod text;
mod time;
mod value;
mod vlist;

pub(crate) use admin::{Admin, Permissions};
pub(crate) use key::PublicKey;
pub(crate) use reference::Reference;
pub(crate) use time::now;
pub(crate) use value::{Access, Ttl, Value};
pub(crate) use vlist::decode as decode_vlist;
