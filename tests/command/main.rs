//! `b2h`, the command (`command/`), as people, scripts and monitors use it.

#[path = "../common/mod.rs"]
mod common;

mod b2h;
mod exits;
mod files;
mod keys;
mod many;
mod output;
mod search;
mod terminal;
mod trouble;
