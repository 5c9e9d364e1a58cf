//! Sessions: challenges, and who has answered them (BEHAVIOUR.md 6.2). They live in memory and belong to no
//! connection.

use crate::identity::Identity;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Every 401 makes a session: of very many the oldest are forgotten.
const CAPACITY: usize = 65_536;

/// One session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// The challenge; it stays the same.
    pub(crate) nonce: Vec<u8>,
    pub(crate) login: Option<Login>,
}

/// Who has authenticated.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) identity: Identity,
    /// The identity as the client gave it: maybe without the index of the key that was found.
    pub(crate) claimed: Identity,
}

/// The sessions of a server.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    by_id: HashMap<String, Session>,
    /// The ids from the oldest on; also those that were removed since.
    age: VecDeque<String>,
}

impl Sessions {
    /// A new session with a random challenge.
    pub(crate) fn create(&self, login: Option<Login>) -> io::Result<Session> {
        let mut nonce = vec![0; 16];
        getrandom::fill(&mut nonce).map_err(io::Error::other)?;
        let session = Session { id: random_id(), nonce, login };
        self.insert(session.clone());
        Ok(session)
    }

    pub(crate) fn insert(&self, session: Session) {
        let mut inner = self.lock();
        while inner.age.len() >= CAPACITY {
            if let Some(oldest) = inner.age.pop_front() {
                inner.by_id.remove(&oldest);
            }
        }
        inner.age.push_back(session.id.clone());
        inner.by_id.insert(session.id.clone(), session);
    }

    pub(crate) fn get(&self, id: &str) -> Option<Session> {
        self.lock().by_id.get(id).cloned()
    }

    /// Makes somebody the user of a session, in the place of whoever was it before.
    pub(crate) fn log_in(&self, id: &str, login: Login) {
        if let Some(session) = self.lock().by_id.get_mut(id) {
            session.login = Some(login);
        }
    }

    pub(crate) fn remove(&self, id: &str) -> Option<Session> {
        self.lock().by_id.remove(id)
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Inner::default();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// About 25 lower-case letters and digits.
fn random_id() -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut number = Uuid::new_v4().as_u128();
    let mut id = String::new();
    while number > 0 {
        let digit = usize::try_from(number % 36).unwrap_or_default();
        id.push(char::from(DIGITS[digit]));
        number /= 36;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten() {
        let sessions = Sessions::default();
        let first = sessions.create(None).unwrap();
        let second = sessions.create(None).unwrap();
        for _ in 0..CAPACITY - 1 {
            sessions.create(None).unwrap();
        }
        assert!(sessions.get(&first.id).is_none());
        assert_eq!(sessions.get(&second.id).unwrap().nonce, second.nonce);
        sessions.clear();
        assert!(sessions.get(&second.id).is_none());
    }
}
