//! What a client has done so far, in numbers.

use crate::request::Request;
use crate::transport::{Connection, Sent};
use std::sync::atomic::{AtomicU64, Ordering};

/// What a client has done so far, in this process: a forked child begins with zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Requests, with repetitions, logins and those that could not be sent.
    pub requests: u64,
    /// Requests that repeated others.
    pub retries: u64,
    /// Connections made.
    pub connections: u64,
    /// Connections made because an earlier one was closed or broke.
    pub reconnects: u64,
    /// Bytes in the bodies of requests.
    pub bytes_sent: u64,
    /// Bytes in the bodies of replies.
    pub bytes_received: u64,
    /// Sessions opened with the server.
    pub logins: u64,
    /// Writes that may have taken effect or not: neither their reply nor reading back told.
    pub doubts: u64,
}

/// The numbers while they grow.
#[derive(Debug, Default)]
pub(super) struct Counters {
    requests: Counter,
    pub(super) retries: Counter,
    connections: Counter,
    reconnects: Counter,
    bytes_sent: Counter,
    bytes_received: Counter,
    pub(super) logins: Counter,
    pub(super) doubts: Counter,
}

#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, count: usize) {
        self.0.fetch_add(count as u64, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Counters {
    pub(super) fn count(&self, request: &Request, sent: &Sent) {
        self.requests.add(1);
        self.connections.add(usize::from(sent.connection.is_new()));
        self.reconnects.add(usize::from(sent.connection == Connection::Again));
        if sent.connection != Connection::None {
            self.bytes_sent.add(request.body.as_ref().map_or(0, |body| body.len()));
        }
        if let Ok(reply) = &sent.outcome {
            self.bytes_received.add(reply.body.len());
        }
    }

    pub(super) fn read(&self) -> Stats {
        Stats {
            requests: self.requests.get(),
            retries: self.retries.get(),
            connections: self.connections.get(),
            reconnects: self.reconnects.get(),
            bytes_sent: self.bytes_sent.get(),
            bytes_received: self.bytes_received.get(),
            logins: self.logins.get(),
            doubts: self.doubts.get(),
        }
    }
}
