//! Sending a request and waiting for its reply, on the caller's thread and within a deadline.
//!
//! Knows nothing of Handle records. A client keeps a small pool of *lanes*; each is a single-threaded runtime
//! with its own kept-alive connections. A request takes a free lane or makes one, blocks on it, and puts it
//! back. So no thread outlives a call, and calls of several threads do not wait for each other.

mod body;
mod connect;
mod deadline;
mod failure;
mod lane;
mod lanes;
mod proxy;
mod resolve;
mod retry_after;
mod tls;

pub(crate) use deadline::Deadline;
pub(crate) use failure::Failure;
pub(crate) use proxy::ProxyChoice;
pub(crate) use tls::{ClientCertificate, FirstKey, Pin, Trust};

use crate::error::{self, Error};
use crate::fault::fault_point;
use crate::process::PerProcess;
use crate::request::Request;
use lanes::Lanes;
use std::time::Duration;

/// What all lanes of a client have in common.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) trust: Trust,
    pub(crate) proxy: ProxyChoice,
    pub(crate) certificate: Option<ClientCertificate>,
    /// In bytes.
    pub(crate) largest_reply: usize,
}

/// A reply as it came: nothing in it has been judged yet.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    /// How long the server asks us to stay away.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

/// What became of a request.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) outcome: Result<Reply, Failure>,
    pub(crate) connection: Connection,
}

/// The connection that a request travelled on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// There was none.
    None,
    /// It was made for the request.
    New,
    /// It was made for the request, since an earlier one is gone.
    Again,
    /// It had been used before.
    Reused,
}

/// The way to the server.
#[derive(Debug)]
pub(crate) struct Transport {
    factory: lane::Factory,
    lanes: PerProcess<Lanes>,
}

impl Transport {
    /// Prepares the transport; opens no connection.
    pub(crate) fn new(settings: Settings) -> error::Result<Transport> {
        let verification = tls::Verification::new(&settings.trust)?;
        let factory = lane::Factory::new(verification, settings);
        Ok(Transport { factory, lanes: PerProcess::default() })
    }

    /// Sends a request once and waits for the reply. The failure tells whether the server may have seen it.
    pub(crate) fn send(&self, request: &Request, with_certificate: bool, deadline: Deadline) -> Sent {
        if deadline.is_cancelled() {
            return Sent::not_at_all(Error::cancelled().into());
        }
        self.lanes.with(|lanes| {
            let mut lane = match lanes.take().map_or_else(|| self.factory.make(lanes), Ok) {
                Ok(lane) => lane,
                Err(failure) => return Sent::not_at_all(failure),
            };
            fault_point("before-sending");
            let outcome = lane.run(request, with_certificate, deadline);
            fault_point("after-sending");
            let connection = lane.connection(request, with_certificate, lanes);
            // A lane that failed is not put back: dropping it closes its connections at once.
            if outcome.is_ok() {
                lanes.put_back(lane)
            } else {
                lanes.lose(lane)
            }
            Sent { outcome, connection }
        })
    }
}

impl Sent {
    fn not_at_all(failure: Failure) -> Sent {
        Sent { outcome: Err(failure), connection: Connection::None }
    }
}
