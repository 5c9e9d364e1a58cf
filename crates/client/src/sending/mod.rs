//! Sending requests until their outcome is certain: over which kind of connection, how often, after which pauses, to which
//! of two servers; and what is logged and counted of it.

mod certificate;
mod flights;
mod retry;
mod stats;

pub(crate) use flights::Flights;
pub(crate) use retry::{Outcome, pause};
pub use stats::Stats;

use crate::error::Result;
use crate::fault::fault_point;
use crate::log::{Level, Log};
use crate::process::PerProcess;
use crate::reply;
use crate::request::{Certificate, Repeat, Request};
use crate::transport::{self, Connection, Deadline, Lane, Lanes, Reply, Sent, Transport};
use certificate::Certificates;
use retry::{Attempts, Budget};
use stats::Counters;
use std::time::{Duration, Instant};

/// Sends the requests of one client.
#[derive(Debug)]
pub(crate) struct Sender {
    transport: Transport,
    certificates: Certificates,
    most_retries: u32,
    log: Log,
    shared: PerProcess<Shared>,
}

/// What all threads of a process have in common.
#[derive(Debug, Default)]
struct Shared {
    lanes: Lanes,
    budget: Budget,
    counters: Counters,
}

impl Sender {
    /// Prepares the way to the server; opens no connection.
    pub(crate) fn new(settings: transport::Settings, most_retries: u32, log: Log) -> Result<Sender> {
        let certificates = Certificates::new(settings.certificate.is_some());
        let transport = Transport::new(settings)?;
        Ok(Sender { transport, certificates, most_retries, log, shared: PerProcess::default() })
    }

    /// Sends a request and waits for the reply; again where that is allowed and may help. The failure tells whether the
    /// server may have seen it.
    pub(crate) fn send(&self, request: &Request, deadline: Deadline) -> Outcome {
        self.shared.with(|shared| {
            let sent = |lane: &Lane| lane.block_on(self.send_on(lane, shared, request, deadline));
            self.transport.on_lane(&shared.lanes, sent)?
        })
    }

    async fn send_on(
        &self,
        lane: &Lane,
        shared: &Shared,
        request: &Request,
        deadline: Deadline<'_>,
    ) -> Outcome {
        let attempt = async |request: &Request, number, deadline| {
            self.attempt(lane, shared, request, number, deadline).await
        };
        let mut attempts = Attempts::new(&shared.budget, request.repeat, self.most_retries);
        let mut mirrored = self.mirrored(request);
        loop {
            let time = if mirrored.is_some() { deadline.half() } else { deadline };
            let outcome = attempt(request, attempts.number(), time).await;
            if !attempts.is_worth_another(&outcome) {
                return outcome;
            }
            if let Some(mirrored) = mirrored.take() {
                self.say(&mirrored, &outcome, "Asking the mirror.");
                let reply = attempt(&mirrored, 1, deadline).await;
                // It may lag behind: only what it has is believed, not what it lacks.
                if let Ok(reply) = reply
                    && reply::is_read(&reply)
                {
                    return Ok(Reply { is_mirrored: true, ..reply });
                }
            }
            let Some(pause) = attempts.again(&outcome, deadline) else {
                return outcome.map_err(|failure| failure.after(attempts.number()));
            };
            self.say(request, &outcome, &format!("Trying again in {} ms.", pause.as_millis()));
            shared.counters.retries.add(1);
            lane.rest(pause, deadline).await?;
        }
    }

    /// What was done so far.
    pub(crate) fn stats(&self) -> Stats {
        self.shared.with(|shared| shared.counters.read())
    }

    pub(crate) fn count_login(&self) {
        self.shared.with(|shared| shared.counters.logins.add(1));
    }

    pub(crate) fn count_doubt(&self) {
        self.shared.with(|shared| shared.counters.doubts.add(1));
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// The same request to the second server, which gets it once.
    fn mirrored(&self, request: &Request) -> Option<Request> {
        let url = request.mirror.clone()?;
        Some(Request {
            method: request.method.clone(),
            url,
            authorization: None,
            certificate: Certificate::Never,
            body: None,
            repeat: Repeat::Never,
            mirror: None,
        })
    }

    async fn attempt(
        &self,
        lane: &Lane,
        shared: &Shared,
        request: &Request,
        number: u32,
        deadline: Deadline<'_>,
    ) -> Outcome {
        let send = async |with_certificate| {
            fault_point("sending");
            let begun = Instant::now();
            let sent = lane.send(request, with_certificate, deadline).await;
            shared.counters.count(request, &sent);
            self.log.write(Level::Debug, || describe(request, &sent, number, begun.elapsed()));
            sent.outcome
        };
        self.certificates.send(request.certificate, send).await
    }

    fn say(&self, request: &Request, outcome: &Outcome, next: &str) {
        self.log.write(Level::Info, || {
            let what = match outcome {
                Ok(reply) => format!("HTTP {}.", reply.status),
                Err(failure) => failure.message().to_owned(),
            };
            format!("{} {}: {what} {next}", request.method, request.url)
        });
    }
}

/// One line about an exchange. No URL has a secret in it: those travel in headers and bodies.
fn describe(request: &Request, sent: &Sent, number: u32, took: Duration) -> String {
    let outcome = match &sent.outcome {
        Ok(reply) => match reply::code(reply) {
            Some(code) => format!("HTTP {}, rc {code}", reply.status),
            None => format!("HTTP {}", reply.status),
        },
        Err(failure) => format!("no reply ({})", failure.message()),
    };
    let connection = match sent.connection {
        Connection::None => "no connection",
        Connection::New | Connection::Again => "new connection",
        Connection::Reused => "connection reused",
    };
    let ms = took.as_millis();
    format!("{} {}: {outcome}, {ms} ms, attempt {number}, {connection}", request.method, request.url)
}
