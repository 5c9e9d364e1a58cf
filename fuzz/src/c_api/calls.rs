//! A call of each function of the header, as build.rs makes it.

#![allow(unused_mut, unused_unsafe, clippy::all)]

use super::arguments::{Output, Sized};
use super::callbacks::{LogCallback, PassphraseCallback};
use super::host::Host;
use arbitrary::{Result, Unstructured};
use std::ffi::{c_char, c_void};

include!(concat!(env!("OUT_DIR"), "/calls.rs"));
