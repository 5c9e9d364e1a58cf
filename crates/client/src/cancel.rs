//! Ending calls from another thread, or from a signal handler.

use crate::error::{Error, Kind, Result};
use nix::sys::eventfd::{EfdFlags, EventFd};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A switch that ends all calls it was given to, now and later. Copies are the same switch.
#[derive(Clone, Debug)]
pub struct Cancel(Arc<Switch>);

#[derive(Debug)]
struct Switch {
    triggered: AtomicBool,
    /// Readable for ever once the switch is triggered: it wakes whoever waits.
    event: EventFd,
    process: u32,
}

impl Cancel {
    /// A switch that is off. Takes a file descriptor.
    ///
    /// # Errors
    /// [`Kind::NoResources`] where there is none.
    pub fn new() -> Result<Cancel> {
        let event = EventFd::from_value_and_flags(0, EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK);
        let event = event.map_err(|error| {
            Error::new(Kind::NoResources, format!("No cancel token can be made ({error})."))
        })?;
        let process = std::process::id();
        Ok(Cancel(Arc::new(Switch { triggered: AtomicBool::new(false), event, process })))
    }

    /// Ends the calls. Does nothing that a signal handler must not do: it sets a flag and writes to a descriptor.
    pub fn trigger(&self) {
        self.0.triggered.store(true, Ordering::Release);
        if self.is_ours() {
            // It can only fail where it was written to before.
            let _ = self.0.event.write(1);
        }
    }

    /// Whether the switch has been triggered.
    pub fn is_triggered(&self) -> bool {
        self.0.triggered.load(Ordering::Acquire)
    }

    /// What becomes readable with the trigger; nothing in a child, whose trigger must not reach its parent.
    pub(crate) fn event(&self) -> Option<BorrowedFd<'_>> {
        self.is_ours().then(|| self.0.event.as_fd())
    }

    /// Whether it is the same switch.
    pub(crate) fn is(&self, other: &Cancel) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn is_ours(&self) -> bool {
        self.0.process == std::process::id()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_is_seen_by_all_copies() {
        let cancel = Cancel::new().unwrap();
        let copy = cancel.clone();
        assert!(!copy.is_triggered());
        cancel.trigger();
        cancel.trigger();
        assert!(copy.is_triggered());
    }
}
