//! The open connections of a listener.

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
pub(crate) struct Connections {
    accepted: AtomicU64,
    open: Mutex<HashMap<u64, Connection>>,
    closed_one: Condvar,
}

struct Connection {
    stream: TcpStream,
    idle: Arc<AtomicBool>,
}

impl Connections {
    /// How many there were so far.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Keeps a connection in the list until the registration is dropped.
    pub(crate) fn register(self: &Arc<Self>, stream: &TcpStream) -> io::Result<Registration> {
        let number = self.accepted.fetch_add(1, Ordering::Relaxed);
        let idle = Arc::new(AtomicBool::new(false));
        let connection = Connection { stream: stream.try_clone()?, idle: Arc::clone(&idle) };
        self.open().insert(number, connection);
        Ok(Registration { number, idle, connections: Arc::clone(self) })
    }

    /// Closes those that wait for their next request.
    pub(crate) fn close_idle(&self) {
        for connection in self.open().values().filter(|connection| connection.idle.load(Ordering::SeqCst)) {
            connection.close();
        }
    }

    /// Closes all and waits until nobody uses them any more.
    pub(crate) fn close_all(&self) {
        let mut open = self.open();
        open.values().for_each(Connection::close);
        while !open.is_empty() {
            open = self.closed_one.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    fn close(&self) {
        // It may have ended by itself.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Keeps a connection in the list of open ones, even through a panic of its thread.
pub(crate) struct Registration {
    pub(crate) number: u64,
    /// For the one who serves it to tell.
    pub(crate) idle: Arc<AtomicBool>,
    connections: Arc<Connections>,
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.connections.open().remove(&self.number);
        self.connections.closed_one.notify_all();
    }
}
