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
mod tls;

pub(crate) use deadline::Deadline;
pub(crate) use failure::Failure;
pub(crate) use proxy::ProxyChoice;
pub(crate) use tls::{ClientCertificate, FirstKey, Pin, Trust};

use crate::error::{Error, Result};
use crate::process::PerProcess;
use crate::request::{Certificate, Request};
use lanes::Lanes;
use std::sync::atomic::{AtomicBool, Ordering};

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
    has_certificate: bool,
    /// What was found out about the server: it drops connections without certificate, or those with ours.
    needs_certificate: AtomicBool,
    drops_certificate: AtomicBool,
}

impl Transport {
    /// Prepares the transport; opens no connection.
    pub(crate) fn new(settings: Settings) -> Result<Transport> {
        let verification = tls::Verification::new(&settings.trust)?;
        Ok(Transport {
            has_certificate: settings.certificate.is_some(),
            factory: lane::Factory::new(verification, settings),
            lanes: PerProcess::default(),
            needs_certificate: AtomicBool::new(false),
            drops_certificate: AtomicBool::new(false),
        })
    }

    /// Sends a request and waits for the reply. The failure tells whether the server may have seen it.
    ///
    /// A server that requires a certificate, or does not like ours, just drops the connection in the handshake
    /// (BEHAVIOUR.md 6.3); when it does so twice, a third attempt is made the other way.
    pub(crate) fn send(&self, request: &Request, deadline: Deadline) -> std::result::Result<Reply, Failure> {
        let with_certificate = self.has_certificate
            && match request.certificate {
                Certificate::Never => false,
                Certificate::Avoided => self.needs_certificate.load(Ordering::Relaxed),
                Certificate::Offered => !self.drops_certificate.load(Ordering::Relaxed),
                Certificate::Required => true,
            };
        let may_change = self.has_certificate
            && matches!(request.certificate, Certificate::Avoided | Certificate::Offered);
        let mut outcome = self.send_once(request, with_certificate, deadline);
        if may_change && outcome.as_ref().is_err_and(Failure::was_dropped) {
            // Once is no rule: connections break for many reasons.
            outcome = self.send_once(request, with_certificate, deadline);
        }
        match outcome {
            Err(failure) if failure.was_dropped() && may_change => {
                match self.send_once(request, !with_certificate, deadline) {
                    Err(other) if other.was_dropped() => Err(failure.with_and_without_certificate()),
                    Err(other) => Err(other),
                    Ok(reply) => {
                        self.drops_certificate.store(with_certificate, Ordering::Relaxed);
                        self.needs_certificate.store(!with_certificate, Ordering::Relaxed);
                        Ok(reply)
                    }
                }
            }
            outcome => outcome,
        }
    }

    fn send_once(
        &self,
        request: &Request,
        with_certificate: bool,
        deadline: Deadline,
    ) -> std::result::Result<Reply, Failure> {
        if deadline.is_cancelled() {
            return Err(Error::cancelled().into());
        }
        self.lanes.with(|lanes| {
            let lane = match lanes.take() {
                Some(lane) => lane,
                None => self.factory.make(lanes)?,
            };
            let reply = lane.run(request, with_certificate, deadline)?;
            // A lane that failed is not put back: dropping it closes its connections at once.
            lanes.put_back(lane);
            Ok(reply)
        })
    }
}
