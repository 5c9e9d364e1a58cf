//! How far an exchange has come: it decides what a failure means.

use super::Connection;
use std::cell::Cell;

/// The stage of one exchange: on which connection the request is on its way, if on any.
#[derive(Debug, Default)]
pub(super) struct Stage(Cell<Connection>);

impl Stage {
    pub(super) fn set(&self, connection: Connection) {
        self.0.set(connection);
    }

    pub(super) fn connection(&self) -> Connection {
        self.0.get()
    }

    /// Nothing of the request has been sent.
    pub(super) fn is_connecting(&self) -> bool {
        self.0.get() == Connection::None
    }
}
