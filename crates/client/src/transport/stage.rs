//! How far an exchange has come: it decides what a failure means.

use std::cell::Cell;

/// The stage of the exchange on a lane, which runs one at a time.
#[derive(Debug, Default)]
pub(super) struct Stage(Cell<Step>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Step {
    /// There is no connection yet.
    #[default]
    Connecting,
    /// The request is on its way, on a connection made for it.
    OnNew,
    /// The request is on its way, on a connection used before.
    OnReused,
}

impl Stage {
    pub(super) fn set(&self, step: Step) {
        self.0.set(step);
    }

    pub(super) fn get(&self) -> Step {
        self.0.get()
    }

    /// Nothing of the request has been sent.
    pub(super) fn is_connecting(&self) -> bool {
        self.0.get() == Step::Connecting
    }
}
