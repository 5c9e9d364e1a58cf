//! Sharing one session among the threads of a process: who comes first logs in, the others wait for it.

use super::session::Session;
use crate::error::{Error, Kind, Result};
use crate::process::PerProcess;
use crate::transport::Deadline;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The session of each process. A child never uses or ends the one of its parent.
#[derive(Debug, Default)]
pub(super) struct Sessions(PerProcess<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    session: Option<Arc<Session>>,
    is_logging_in: bool,
    /// How many logins have ended, and why the last one that was refused was.
    logins: u64,
    refusal: Option<(u64, Error)>,
}

impl Sessions {
    /// The session, after a login where there is none. Threads that wait for the login of another get its refusal
    /// too, since theirs would be the same.
    pub(super) fn get(
        &self,
        deadline: Deadline,
        login: impl FnOnce() -> Result<Session>,
    ) -> Result<Arc<Session>> {
        self.0.with(|shared| {
            let mut state = shared.lock();
            let seen = state.logins;
            loop {
                if let Some(session) = &state.session {
                    return Ok(session.clone());
                }
                match &state.refusal {
                    Some((at, error)) if *at > seen => return Err(error.clone()),
                    _ if !state.is_logging_in => break,
                    _ => {}
                }
                let time = deadline.wait(
                    "The login that another thread had begun did not end within the time of this call.",
                )?;
                state = shared.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0;
            }
            state.is_logging_in = true;
            drop(state);
            let turn = Turn(shared);
            let outcome = login().map(Arc::new);
            let mut state = shared.lock();
            match &outcome {
                Ok(session) => state.session = Some(session.clone()),
                Err(error) if error.kind() == Kind::AuthenticationFailed => {
                    state.refusal = Some((state.logins + 1, error.clone()));
                }
                Err(_) => {}
            }
            drop(state);
            drop(turn);
            outcome
        })
    }

    /// Makes sure that a session is not used again, unless it has been replaced already.
    pub(super) fn forget(&self, session: &Arc<Session>) {
        self.0.with(|shared| {
            let mut state = shared.lock();
            if state.session.as_ref().is_some_and(|current| Arc::ptr_eq(current, session)) {
                state.session = None;
            }
        });
    }

    /// Takes the session out, if this process has one.
    pub(super) fn take(&self) -> Option<Arc<Session>> {
        self.0.with_own(|shared| shared.lock().session.take())?
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to log in; given up when it goes, also by a panic.
struct Turn<'a>(&'a Shared);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_logging_in = false;
        state.logins += 1;
        drop(state);
        self.0.changed.notify_all();
    }
}
