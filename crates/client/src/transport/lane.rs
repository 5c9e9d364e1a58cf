//! A lane: one call at a time, on a runtime of its own that runs only while its caller waits.

use super::body::Body;
use super::connect::Connector;
use super::deadline::{Deadline, LOOKS};
use super::failure::Failure;
use super::lanes::Lanes;
use super::proxy::ProxyChoice;
use super::resolve::Resolver;
use super::retry_after::retry_after;
use super::stage::{Stage, Step};
use super::wire::{End, Wire};
use super::{Connection, Reply, Settings, tls};
use crate::cancel::Cancel;
use crate::error::Kind;
use crate::fault::fault_point;
use crate::request::Request;
use http::header::CONTENT_TYPE;
use http::{Response, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout_at};

/// Makes the lanes of one client.
#[derive(Debug)]
pub(super) struct Factory {
    verification: tls::Verification,
    proxy: ProxyChoice,
    certificate: Option<tls::ClientCertificate>,
    largest_reply: usize,
}

impl Factory {
    pub(super) fn new(verification: tls::Verification, settings: Settings) -> Factory {
        let Settings { proxy, certificate, largest_reply, .. } = settings;
        Factory { verification, proxy, certificate, largest_reply }
    }

    pub(super) fn make(&self, lanes: &Lanes) -> Result<Lane, Failure> {
        let runtime =
            lanes.runtime().map_err(|error| no_resources("No event queue could be made", &error))?;
        let connector = |tls: &rustls::ClientConfig| {
            let resolver = Resolver::new(lanes.resolving.clone());
            Connector::new(resolver, Arc::new(tls.clone()), self.proxy.clone())
        };
        let plain = connector(lanes.tls.get_or_try_init(|| self.verification.client_config(None))?);
        let certified = match &self.certificate {
            None => None,
            Some(certificate) => {
                let made = || self.verification.client_config(Some(certificate));
                Some(connector(lanes.tls_with_certificate.get_or_try_init(made)?))
            }
        };
        Ok(Lane {
            wires: Vec::new(),
            plain,
            certified,
            runtime,
            stage: Stage::default(),
            largest_reply: self.largest_reply,
            connected: Vec::new(),
        })
    }
}

fn no_resources(what: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::unsent(Kind::NoResources, format!("{what} ({error}). Is a limit of the process reached?"))
}

/// One runtime with its connections.
#[derive(Debug)]
pub(super) struct Lane {
    // Dropped before the runtime, on which their other halves live.
    wires: Vec<Wire>,
    plain: Connector,
    certified: Option<Connector>,
    runtime: Runtime,
    stage: Stage,
    largest_reply: usize,
    /// Where there have been connections to.
    connected: Vec<End>,
}

impl Lane {
    /// Runs one exchange to its end, or to the deadline.
    pub(super) fn run(
        &mut self,
        request: &Request,
        with_certificate: bool,
        deadline: Deadline,
    ) -> Result<Reply, Failure> {
        let Lane { wires, plain, certified, runtime, stage, largest_reply, .. } = self;
        let connector = certified.as_ref().filter(|_| with_certificate).unwrap_or(plain);
        let end = End::of(&request.url, with_certificate);
        stage.set(Step::Connecting);
        runtime.block_on(async {
            // Lets the runtime notice the connections that the server closed while it was not running.
            tokio::task::yield_now().await;
            let exchange = exchange(wires, connector, end, request, stage, deadline, *largest_reply);
            let exchange = timeout_at(Instant::from_std(deadline.until), exchange);
            let Some(outcome) = unless_cancelled(exchange, deadline.cancel).await else {
                return Err(Failure::cancelled(stage));
            };
            match outcome {
                Ok(Ok(reply)) => Ok(reply),
                Ok(Err(Problem::Broken(error))) => Err(Failure::broken(&*error, &request.url, stage)),
                Ok(Err(Problem::Body(failure))) => Err(failure),
                Err(_) => Err(Failure::timed_out(deadline.total, stage)),
            }
        })
    }

    /// The connection that the exchange just run had.
    pub(super) fn connection(
        &mut self,
        request: &Request,
        with_certificate: bool,
        lanes: &Lanes,
    ) -> Connection {
        match self.stage.get() {
            Step::Connecting => return Connection::None,
            Step::OnReused => return Connection::Reused,
            Step::OnNew => {}
        }
        let end = End::of(&request.url, with_certificate);
        if self.connected.contains(&end) {
            return Connection::Again;
        }
        self.connected.push(end);
        if lanes.replace_lost() { Connection::Again } else { Connection::New }
    }

    pub(super) fn has_connected(&self) -> bool {
        !self.connected.is_empty()
    }
}

/// The outcome of something, or nothing once the switch is triggered.
async fn unless_cancelled<F: Future>(work: F, cancel: Option<&Cancel>) -> Option<F::Output> {
    let Some(cancel) = cancel else { return Some(work.await) };
    let (mut work, mut triggered) = (pin!(work), pin!(triggered(cancel)));
    poll_fn(|context| match triggered.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(context).map(Some),
    })
    .await
}

#[allow(
    deprecated,
    reason = "a borrowed descriptor stays open and the same, which the replacement wants promised"
)]
async fn triggered(cancel: &Cancel) {
    let event = cancel.event().and_then(|event| AsyncFd::with_interest(event, Interest::READABLE).ok());
    while !cancel.is_triggered() {
        match &event {
            Some(event) if event.readable().await.is_ok() => {}
            _ => tokio::time::sleep(LOOKS).await,
        }
    }
}

/// Sends a request on a connection that is there, or on a new one.
async fn exchange(
    wires: &mut Vec<Wire>,
    connector: &Connector,
    end: End,
    request: &Request,
    stage: &Stage,
    deadline: Deadline<'_>,
    largest_reply: usize,
) -> Result<Reply, Problem> {
    let uri: Uri = request.url.as_str().parse().map_err(Problem::broken)?;
    wires.retain(Wire::is_alive);
    loop {
        let (mut wire, step) = match wires.iter().position(|wire| wire.end == end) {
            Some(at) => (wires.swap_remove(at), Step::OnReused),
            None => {
                let opened = Wire::open(connector, &uri, end.clone(), deadline.connect).await;
                (opened.map_err(Problem::Broken)?, Step::OnNew)
            }
        };
        let message = wire.message(request, &uri).map_err(Problem::broken)?;
        stage.set(step);
        fault_point("exchange");
        match wire.send(message).await {
            Ok(response) => {
                let reply = read(response, largest_reply).await?;
                wire.done();
                wires.push(wire);
                return Ok(reply);
            }
            Err(mut failed) => {
                let was_sent = failed.take_message().is_none();
                if was_sent || step == Step::OnNew {
                    return Err(Problem::broken(failed.into_error()));
                }
                // It was closed while nobody used it: a new one is made.
                stage.set(Step::Connecting);
            }
        }
    }
}

async fn read(mut response: Response<Incoming>, largest_reply: usize) -> Result<Reply, Problem> {
    fault_point("receiving");
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    let retry_after = retry_after(response.headers());
    let mut body = Body::new(largest_reply);
    while let Some(frame) = response.frame().await {
        if let Ok(chunk) = frame.map_err(Problem::broken)?.into_data() {
            body.push(&chunk).map_err(Problem::Body)?;
        }
    }
    let body = body.finish().map_err(Problem::Body)?;
    Ok(Reply { status, content_type, retry_after, body, is_mirrored: false })
}

enum Problem {
    Broken(Box<dyn StdError + Send + Sync>),
    Body(Failure),
}

impl Problem {
    fn broken(error: impl StdError + Send + Sync + 'static) -> Problem {
        Problem::Broken(error.into())
    }
}
