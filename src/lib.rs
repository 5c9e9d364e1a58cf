//! The C interface of the library: one file per C object, over the small foundation in [`ffi`].
//!
//! Checks pointers, converts, guards the host process, and hands on to the Rust client. What a call means is
//! decided there; nothing here knows HTTP or JSON. The header is generated from these files, so their
//! documentation is written for C programmers.

#![allow(non_camel_case_types)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

// In the order of the header.
mod version;
mod status;
mod error;
mod string;
mod bytes;
mod cancel;
mod options;
mod client;
mod stats;
mod config;
mod log;
mod server_key;
mod check;
mod record;
mod results;
mod handles;
mod values;
mod locations;
mod permissions;
mod profile;
mod name;
mod key;
mod calls;

mod ffi;

#[global_allocator]
static ALLOCATOR: ffi::allocator::Allocator = ffi::allocator::Allocator;
