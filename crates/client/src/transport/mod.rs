//! Sending a request and waiting for its reply, on the caller's thread and within a deadline.
//!
//! Knows nothing of Handle records. A client keeps a small pool of *lanes*; each is a single-threaded runtime
//! with its own kept-alive connections. A request takes a free lane or makes one, blocks on it, and puts it
//! back. So no thread outlives a call, and calls of several threads do not wait for each other.

mod connect;
mod deadline;
mod failure;
mod lane;
mod lanes;
mod proxy;
mod resolve;
mod tls;

pub(crate) use deadline::Deadline;
pub(crate) use failure::Failure;
pub(crate) use proxy::ProxyChoice;
pub(crate) use tls::{FirstKey, Pin, Trust};

use crate::error::Result;
use crate::process::PerProcess;
use crate::request::Request;
use lanes::Lanes;

/// What all lanes of a client have in common.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) trust: Trust,
    pub(crate) proxy: ProxyChoice,
}

/// A reply as it came: nothing in it has been judged yet.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// The way to the server.
#[derive(Debug)]
pub(crate) struct Transport {
    factory: lane::Factory,
    lanes: PerProcess<Lanes>,
}

impl Transport {
    /// Prepares the transport; opens no connection.
    pub(crate) fn new(settings: Settings) -> Result<Transport> {
        let verification = tls::Verification::new(&settings.trust)?;
        Ok(Transport {
            factory: lane::Factory::new(verification, settings.proxy),
            lanes: PerProcess::default(),
        })
    }

    /// Sends a request and waits for the reply. The failure tells whether the server may have seen it.
    pub(crate) fn send(&self, request: Request, deadline: Deadline) -> std::result::Result<Reply, Failure> {
        self.lanes.with(|lanes| {
            let lane = match lanes.take() {
                Some(lane) => lane,
                None => self.factory.make(lanes)?,
            };
            let reply = lane.run(request, deadline)?;
            // A lane that failed is not put back: dropping it closes its connections at once.
            lanes.put_back(lane);
            Ok(reply)
        })
    }
}
