//! Edits that derive a value from its old content must not overtake each other.

use crate::error::Result;
use crate::fault::fault_point;
use crate::process::PerProcess;
use crate::transport::Deadline;
use std::collections::HashSet;
use std::sync::{Condvar, Mutex, PoisonError};

/// The Handles that a client is editing in this process.
#[derive(Debug, Default)]
pub(crate) struct Edits(PerProcess<Names>);

#[derive(Debug, Default)]
struct Names {
    busy: Mutex<HashSet<String>>,
    one_is_done: Condvar,
}

impl Edits {
    /// Runs an edit of a Handle when no other edit of it is under way.
    pub(crate) fn alone<T>(
        &self,
        handle: &str,
        deadline: Deadline,
        run: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        self.0.with(|names| {
            // Servers ignore the case of ASCII letters.
            let name = handle.to_ascii_uppercase();
            let mut busy = names.busy.lock().unwrap_or_else(PoisonError::into_inner);
            while !busy.insert(name.clone()) {
                let time =
                    deadline.wait("Another edit of the Handle did not end within the time of this call.")?;
                busy = names.one_is_done.wait_timeout(busy, time).unwrap_or_else(PoisonError::into_inner).0;
            }
            drop(busy);
            let _turn = Turn { names, name };
            fault_point("editing");
            run()
        })
    }
}

/// The right to edit a Handle; given up when it goes, also by a panic.
struct Turn<'a> {
    names: &'a Names,
    name: String,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.names.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
        self.names.one_is_done.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use std::thread;
    use std::time::Duration;

    fn deadline(time: Duration) -> Deadline<'static> {
        Deadline::start(time, time, None).unwrap()
    }

    #[test]
    fn edits_of_one_handle_wait_for_each_other() {
        let edits = Edits::default();
        let counter = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        edits
                            .alone("p/x", deadline(Duration::from_secs(60)), || {
                                let read = *counter.lock().unwrap();
                                thread::yield_now();
                                *counter.lock().unwrap() = read + 1;
                                Ok(())
                            })
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(*counter.lock().unwrap(), 800);
    }

    #[test]
    fn an_edit_gives_up_at_its_deadline_and_others_are_free() {
        let edits = Edits::default();
        let long = deadline(Duration::from_secs(60));
        let outcome = edits.alone("p/x", long, || {
            edits.alone("p/y", long, || Ok(()))?;
            edits.alone("P/X", deadline(Duration::from_millis(10)), || Ok(()))
        });
        assert_eq!(outcome.unwrap_err().kind(), Kind::TimedOut);
        edits.alone("p/x", long, || Ok(())).unwrap();
    }
}
