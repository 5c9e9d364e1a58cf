//! A lane: the requests of one call at a time, on a runtime of its own that runs only while its caller waits.

use super::body::Body;
use super::connect::Connector;
use super::deadline::{Deadline, LOOKS};
use super::failure::Failure;
use super::lanes::{Lanes, Lost};
use super::proxy::ProxyChoice;
use super::resolve::Resolver;
use super::retry_after::retry_after;
use super::stage::Stage;
use super::wire::{End, Wire};
use super::{Connection, Reply, Sent, Settings, tls};
use crate::cancel::Cancel;
use crate::error::{Error, Kind};
use crate::fault::fault_point;
use crate::request::Request;
use http::header::CONTENT_TYPE;
use http::{Response, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::cell::{Cell, RefCell};
use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout_at};

/// A body of so many bytes has left when the reply comes: any system keeps so much for the network.
const SENT_AT_ONCE: usize = 8 << 10;

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
            wires: RefCell::default(),
            plain,
            certified,
            runtime,
            largest_reply: self.largest_reply,
            lost: lanes.lost.clone(),
            is_sound: Cell::new(true),
        })
    }
}

fn no_resources(what: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::unsent(Kind::NoResources, format!("{what} ({error}). Is a limit of the process reached?"))
}

/// One runtime with its connections.
#[derive(Debug)]
pub(crate) struct Lane {
    // Dropped before the runtime, on which their other halves live.
    wires: RefCell<Vec<Wire>>,
    plain: Connector,
    certified: Option<Connector>,
    runtime: Runtime,
    largest_reply: usize,
    lost: Arc<Lost>,
    is_sound: Cell<bool>,
}

impl Lane {
    /// Runs work of this lane to its end, on the caller's thread.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(async {
            // Lets the runtime notice the connections that the server closed while it was not running.
            tokio::task::yield_now().await;
            work.await
        })
    }

    /// Sends a request once and waits for the reply. The failure tells whether the server may have seen it.
    pub(crate) async fn send(
        &self,
        request: &Request,
        with_certificate: bool,
        deadline: Deadline<'_>,
    ) -> Sent {
        if deadline.is_cancelled() {
            return Sent::not_at_all(Error::cancelled().into());
        }
        if deadline.left().is_zero() {
            return Sent::not_at_all(Failure::too_late(deadline.total));
        }
        fault_point("before-sending");
        let stage = Stage::default();
        let exchange = self.exchange(request, with_certificate, &stage, deadline.connect);
        let exchange = timeout_at(Instant::from_std(deadline.until), exchange);
        let outcome = match unless_cancelled(exchange, deadline.cancel).await {
            None => Err(Failure::cancelled(&stage)),
            Some(Err(_)) => Err(Failure::timed_out(deadline.total, &stage)),
            Some(Ok(Err(Problem::Body(failure)))) => Err(failure),
            Some(Ok(Err(Problem::Broken(error)))) => Err(Failure::broken(&*error, &request.url, &stage)),
            Some(Ok(Ok((wire, reply)))) => {
                self.is_sound.set(has_been_read(request, &reply));
                if self.is_sound() {
                    self.wires.borrow_mut().push(wire);
                } else {
                    self.lost.add(1);
                }
                Ok(reply)
            }
        };
        if outcome.is_err() {
            self.is_sound.set(false);
            self.lost.add(usize::from(!stage.is_connecting()));
        }
        fault_point("after-sending");
        Sent { outcome, connection: stage.connection() }
    }

    /// Lets time pass, though not beyond the end of the call.
    pub(crate) async fn rest(&self, time: Duration, deadline: Deadline<'_>) -> Result<(), Failure> {
        let rested = tokio::time::sleep(time.min(deadline.left()));
        unless_cancelled(rested, deadline.cancel).await.ok_or_else(|| Error::cancelled().into())
    }

    /// Whether it may be used once more: nothing is left on it of an exchange that failed or was given up. (What an earlier
    /// one left has ended while the last one ran.)
    pub(super) fn is_sound(&self) -> bool {
        self.is_sound.get()
    }

    /// Notes that exchanges are given up before their end.
    pub(crate) fn give_up(&self) {
        self.is_sound.set(false);
    }

    /// Closes it with its connections.
    pub(super) fn close(self) {
        self.lost.add(self.wires.borrow().len());
    }

    /// Sends a request on a connection that is there, or on a new one.
    async fn exchange(
        &self,
        request: &Request,
        with_certificate: bool,
        stage: &Stage,
        limit: Duration,
    ) -> Result<(Wire, Reply), Problem> {
        let uri: Uri = request.url.as_str().parse().map_err(Problem::broken)?;
        let end = End::of(&request.url, with_certificate);
        loop {
            let (mut wire, connection) = match self.take_wire(&end) {
                Some(wire) => (wire, Connection::Reused),
                None => {
                    let connector =
                        self.certified.as_ref().filter(|_| with_certificate).unwrap_or(&self.plain);
                    let wire =
                        Wire::open(connector, &uri, end.clone(), limit).await.map_err(Problem::Broken)?;
                    (wire, if self.lost.replace() { Connection::Again } else { Connection::New })
                }
            };
            let message = wire.message(request, &uri).map_err(Problem::broken)?;
            stage.set(connection);
            fault_point("exchange");
            match wire.send(message).await {
                Ok(response) => {
                    let reply = read(response, self.largest_reply).await?;
                    wire.done();
                    return Ok((wire, reply));
                }
                Err(mut failed) => {
                    let was_sent = failed.take_message().is_none();
                    if was_sent || connection != Connection::Reused {
                        return Err(Problem::broken(failed.into_error()));
                    }
                    // It was closed while nobody used it: a new one is made.
                    self.lost.add(1);
                    stage.set(Connection::None);
                }
            }
        }
    }

    /// The connection to this end that was used last, if there is one.
    fn take_wire(&self, end: &End) -> Option<Wire> {
        let mut wires = self.wires.borrow_mut();
        let before = wires.len();
        wires.retain(Wire::is_alive);
        if wires.len() < before {
            self.lost.add(before - wires.len());
        }
        let at = wires.iter().rposition(|wire| wire.end == *end)?;
        Some(wires.remove(at))
    }
}

/// Whether the server has certainly read the whole request. One that refuses a large one may do so before; its connection
/// would become free while the next exchange waits for a new one, take it, and nobody could tell that it was sent.
fn has_been_read(request: &Request, reply: &Reply) -> bool {
    let length = request.body.as_ref().map_or(0, |body| body.len());
    length <= SENT_AT_ONCE || (200..300).contains(&reply.status)
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
