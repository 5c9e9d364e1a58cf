//! HTTP/1.1 on a byte stream, with the real server's own habits (BEHAVIOUR.md 1).

mod body;
mod connection;
mod head;
mod mishap;
mod response;
mod wire;

pub(crate) use connection::{Channel, Exchange, Host, Outcome, serve};
pub(crate) use head::Head;
pub(crate) use response::{Content, Response};
pub(crate) use wire::{Stream, reset_when_dropped};
