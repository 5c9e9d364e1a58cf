//! A lane: the requests of one call at a time, on a runtime of its own that runs only while its caller waits.

use super::connect::Connector;
use super::deadline::Deadline;
use super::failure::Failure;
use super::lanes::{Lanes, Lost};
use super::proxy::ProxyChoice;
use super::resolve::Resolver;
use super::stage::Stage;
use super::waking::{Bell, Woken};
use super::watch::Watch;
use super::wire::{End, Problem, Wire};
use super::{Connection, Reply, Sent, Settings, tls};
use crate::error::{Error, Kind};
use crate::fault::fault_point;
use crate::request::Request;
use http::Uri;
use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::coop::unconstrained;
use tokio::task::yield_now;
use tokio::time::{Instant, Sleep, sleep_until};

/// A body of so many bytes has left when the reply comes: any system keeps so much for the network.
const SENT_AT_ONCE: usize = 8 << 10;

/// So many connections of a lane are kept for later calls.
const MOST_IDLE: usize = 16;

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
            watch: Watch::default(),
            plain,
            certified,
            runtime,
            largest_reply: self.largest_reply,
            lost: lanes.lost.clone(),
            timers: RefCell::default(),
            bell: Arc::default(),
        })
    }
}

fn no_resources(what: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::unsent(Kind::NoResources, format!("{what} ({error}). Is a limit of the process reached?"))
}

/// One runtime with its connections.
#[derive(Debug)]
pub(crate) struct Lane {
    // Dropped before the runtime that wakes them.
    wires: RefCell<Vec<Wire>>,
    watch: Watch,
    plain: Connector,
    certified: Option<Connector>,
    runtime: Runtime,
    largest_reply: usize,
    lost: Arc<Lost>,
    timers: RefCell<Vec<Pin<Box<Sleep>>>>,
    bell: Arc<Bell>,
}

impl Lane {
    /// Runs work of this lane to its end, on the caller's thread.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        self.runtime.block_on(self.awake(work.as_mut()))
    }

    /// The same where others are left undone. Those for whom a turn of the runtime has no time left are woken when it goes
    /// on, and never if it stops: so it takes another turn.
    pub(crate) fn block_on_some<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        self.runtime.block_on(async {
            let outcome = self.awake(work.as_mut()).await;
            yield_now().await;
            outcome
        })
    }

    async fn awake<F: Future>(&self, work: Pin<&mut F>) -> F::Output {
        // Lets the runtime notice the connections that the server closed while it was not running.
        yield_now().await;
        Woken::new(work, &self.bell).await
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
        let exchange = pin!(self.exchange(request, with_certificate, &stage, deadline.connect));
        let outcome = match self.within(deadline, exchange).await {
            Ended::Cancelled => Err(Failure::cancelled(&stage)),
            Ended::Late => Err(Failure::timed_out(deadline.total, &stage)),
            Ended::Well(Err(Problem::Body(failure))) => Err(failure),
            Ended::Well(Err(Problem::Broken(error))) => Err(Failure::broken(&*error, &request.url, &stage)),
            Ended::Well(Err(Problem::Closed(error))) => Err(Failure::closed(&*error, &request.url)),
            Ended::Well(Ok((wire, reply))) => {
                if has_been_read(request, &reply) {
                    self.wires.borrow_mut().push(wire);
                } else {
                    self.lost.add(1);
                }
                Ok(reply)
            }
        };
        if outcome.is_err() && !stage.is_connecting() {
            self.lost.add(1);
        }
        fault_point("after-sending");
        Sent { outcome, connection: stage.connection() }
    }

    /// Lets time pass, though not beyond the end of the call.
    pub(crate) async fn rest(&self, time: Duration, deadline: Deadline<'_>) -> Result<(), Failure> {
        match self.within(deadline.at_most(time), pin!(pending::<()>())).await {
            Ended::Cancelled => Err(Error::cancelled().into()),
            Ended::Late | Ended::Well(()) => Ok(()),
        }
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
            let (mut wire, connection) = match self.take_wire(&end).await {
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
            match wire.exchange(message, self.largest_reply).await {
                // Nothing was sent: it was closed while nobody used it. A new one is made.
                Err(Problem::Closed(_)) if connection == Connection::Reused => {
                    self.lost.add(1);
                    stage.set(Connection::None);
                }
                outcome => return outcome.map(|reply| (wire, reply)),
            }
        }
    }

    /// The connection to this end that was used last, if there is one.
    async fn take_wire(&self, end: &End) -> Option<Wire> {
        loop {
            let mut wire = self.youngest_wire(end)?;
            if wire.is_alive().await {
                return Some(wire);
            }
            self.lost.add(1);
        }
    }

    fn youngest_wire(&self, end: &End) -> Option<Wire> {
        let mut wires = self.wires.borrow_mut();
        close_stale(&mut wires, std::time::Instant::now());
        let at = wires.iter().rposition(|wire| wire.end == *end)?;
        Some(wires.remove(at))
    }

    /// A call has ended: closes connections that a later one will hardly need.
    pub(super) fn settle(&self, now: std::time::Instant) {
        self.watch.end();
        let mut wires = self.wires.borrow_mut();
        close_stale(&mut wires, now);
        let superfluous = wires.len().saturating_sub(MOST_IDLE);
        wires.drain(..superfluous);
    }

    /// Runs work until the deadline. Timers are kept: to set one later than it was costs nothing, but the first one of a
    /// runtime a system call. The work is borrowed, since a future that takes another in has it twice.
    async fn within<F: Future>(&self, deadline: Deadline<'_>, mut work: Pin<&mut F>) -> Ended<F::Output> {
        let end = Instant::from_std(deadline.until);
        let kept = self.timers.borrow_mut().pop();
        let mut timer = kept.unwrap_or_else(|| Box::pin(sleep_until(end)));
        timer.as_mut().reset(end);
        let mut cancelled = pin!(self.watch.triggered(deadline.cancel));
        let ended = poll_fn(|context| {
            if cancelled.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ended::Cancelled);
            }
            match work.as_mut().poll(context) {
                Poll::Ready(outcome) => Poll::Ready(Ended::Well(outcome)),
                // Also where the work has used up what one poll may do, as it always will if the server sends fast enough.
                Poll::Pending => match pin!(unconstrained(timer.as_mut())).poll(context) {
                    Poll::Ready(()) if self.bell.has_rung() => {
                        // Something goes on: what has come in time is still taken.
                        context.waker().wake_by_ref();
                        Poll::Pending
                    }
                    timer => timer.map(|()| Ended::Late),
                },
            }
        });
        let ended = ended.await;
        self.timers.borrow_mut().push(timer);
        ended
    }
}

/// They are in the order in which they were used.
fn close_stale(wires: &mut Vec<Wire>, now: std::time::Instant) {
    let stale = wires.iter().take_while(|wire| wire.is_stale(now)).count();
    wires.drain(..stale);
}

/// How work with a deadline has ended.
enum Ended<T> {
    Well(T),
    Late,
    Cancelled,
}

/// Whether the server has certainly read the whole request. One that refuses a large one may do so before; its connection
/// would become free while the next exchange waits for a new one, take it, and nobody could tell that it was sent.
fn has_been_read(request: &Request, reply: &Reply) -> bool {
    let length = request.body.as_ref().map_or(0, |body| body.len());
    length <= SENT_AT_ONCE || (200..300).contains(&reply.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::{Settings, Transport, Trust};

    /// A server can be fast enough that there is always more to read.
    #[test]
    fn work_that_never_waits_is_late_as_any_other() {
        let (trust, proxy) = (Trust::SystemRoots, ProxyChoice::new(Some(String::new())).unwrap());
        let settings = Settings { trust, proxy, certificate: None, largest_reply: 1024 };
        let transport = Transport::new(settings).unwrap();
        let (total, connect) = (Duration::from_millis(100), Duration::from_secs(9));
        let deadline = Deadline::start(total, connect, None).unwrap();
        let run = |lane: &Lane| {
            lane.block_on(async {
                let work = pin!(async {
                    loop {
                        tokio::task::coop::consume_budget().await;
                    }
                });
                matches!(lane.within::<_>(deadline, work).await, Ended::<()>::Late)
            })
        };
        assert!(transport.on_lane(&Lanes::default(), run).unwrap());
    }
}
