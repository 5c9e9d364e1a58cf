//! A client for the JSON REST API of Handle.Net servers.
//!
//! Data flows one way through the rooms of this crate:
//!
//! ```text
//! Client -> operation (decide) -> request (encode) -> exchange (identify) -> sending (retry, log, count) -> transport (send)
//!                              <- reply (decode, classify) <-
//! ```
//!
//! An operation never touches a socket, and the transport never knows what a Handle record is.
//!
//! Calls block the calling thread and must not be made from inside an asynchronous runtime.

mod auth;
mod cache;
mod cancel;
mod client;
mod config;
mod edits;
mod error;
mod exchange;
mod fault;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod handle;
mod keys;
mod locations;
mod log;
mod memory;
mod name;
mod operation;
mod options;
mod process;
mod profile;
mod record;
mod reference;
mod reply;
mod request;
mod sending;
mod transport;
mod values;
mod x509;

pub use cancel::Cancel;
pub use client::Client;
pub use config::{Config, Settings};
pub use error::{Error, Kind, Result};
#[doc(hidden)]
pub use fault::fault_point;
pub use handle::Handle;
pub use keys::{
    Certificates, KeyAlgorithm, KeyFile, KeyFormat, KeyInfo, PrivateKey, PublicKey, inspect, read_key_file,
    write_key_file,
};
pub use locations::{Location, Locations};
pub use log::{Level, Log};
pub use memory::{RESERVE_ALIGN, release_reserve};
pub use name::{Namespace, generate_name, name_from_text};
pub use operation::{Change, Cursor, Finding, Found, Search, Selection, Verdict, Victims};
pub use options::CallOptions;
pub use profile::{Placeholder, Profile};
pub use record::{AdminPermissions, Data, Order, Record, Ttl, Value};
pub use reference::Reference;
pub use sending::Stats;
pub use values::Values;
