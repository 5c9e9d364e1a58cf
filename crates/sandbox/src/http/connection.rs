//! One connection: requests in, answers out, until one side has enough.

use super::body::Body;
use super::head::{Head, NoHead};
use super::mishap::Mishaps;
use super::response::{Delivery, Response, malformed};
use super::wire::{Stream, Wire};
use crate::fault::Fault;
use crate::identity::Identity;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Who answers the requests.
pub(crate) trait Host {
    /// What is to go wrong with a request.
    fn faults(&self, head: &Head) -> Vec<Fault>;

    /// Fails only when the client cannot be read any more.
    fn answer(&self, exchange: &mut Exchange<'_, '_>) -> io::Result<Outcome>;

    /// Called once for every request, before its answer is sent; status 0 means that none will be.
    fn seen(&self, head: &Head, channel: &Channel, caller: Option<&Identity>, status: u16);
}

/// How a client is connected.
#[derive(Debug, Default)]
pub(crate) struct Channel {
    /// Through TLS.
    pub(crate) secure: bool,
    /// It was asked for a certificate in the handshake.
    pub(crate) asked_for_certificate: bool,
    /// Who it is by its certificate.
    pub(crate) certified: Option<Identity>,
    /// Between two requests.
    pub(crate) idle: Arc<AtomicBool>,
}

/// A request being answered.
pub(crate) struct Exchange<'a, 'w> {
    pub(crate) head: Head,
    pub(crate) body: Body<'a, 'w>,
    pub(crate) channel: &'a Channel,
    /// Who it came from, once that is known.
    pub(crate) caller: Option<Identity>,
}

/// What to do about a request.
pub(crate) enum Outcome {
    Answer(Response),
    /// The connection ends without an answer.
    Drop,
    /// The request line makes no sense: a plain-text 400, then the end of the connection.
    Malformed,
}

impl Outcome {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Outcome::Answer(response) => response.status,
            Outcome::Malformed => 400,
            Outcome::Drop => 0,
        }
    }
}

/// Serves a connection until it ends.
pub(crate) fn serve(stream: &mut dyn Stream, channel: &Channel, host: &dyn Host) -> io::Result<()> {
    let mut wire = Wire::new(stream);
    loop {
        match exchange(&mut wire, channel, host)? {
            Next::Request => channel.idle.store(true, Ordering::SeqCst),
            Next::Close => {
                wire.linger();
                return Ok(());
            }
            Next::Reset => {
                wire.reset();
                return Ok(());
            }
        }
    }
}

enum Next {
    Request,
    Close,
    Reset,
}

fn exchange(wire: &mut Wire<'_>, channel: &Channel, host: &dyn Host) -> io::Result<Next> {
    let head = match Head::read(wire) {
        Ok(head) => head,
        Err(NoHead::Gone) => return Ok(Next::Close),
        Err(NoHead::Malformed) => return refuse(wire, 400, ""),
        Err(NoHead::TooLarge) => return refuse(wire, 413, "Request Entity Too Large: head"),
    };
    channel.idle.store(false, Ordering::SeqCst);
    let mishaps = Mishaps(host.faults(&head));
    std::thread::sleep(mishaps.latency());
    if mishaps.has(&Fault::ResetBeforeReading) {
        host.seen(&head, channel, None, 0);
        return Ok(Next::Reset);
    }
    if mishaps.has(&Fault::Stall) {
        host.seen(&head, channel, None, 0);
        wire.wait_for_end();
        return Ok(Next::Reset);
    }
    let Some(body) = Body::new(wire, &head) else {
        return refuse(wire, 400, "");
    };
    if head.header("Host").is_none() && !head.is_http_1_0() {
        let delivery = Delivery { close: true, head_only: false, gzip: false };
        wire.send(&Response::empty(400).encode(&delivery)?)?;
        return Ok(Next::Close);
    }
    let mut exchange = Exchange { head, body, channel, caller: None };
    if mishaps.has(&Fault::ResetBeforeExecuting) {
        exchange.body.read()?;
        host.seen(&exchange.head, channel, exchange.caller.as_ref(), 0);
        return Ok(Next::Reset);
    }
    let outcome = match mishaps.refusal() {
        Some(response) => Outcome::Answer(response),
        None => host.answer(&mut exchange)?,
    };
    if mishaps.has(&Fault::ResetBeforeAnswering) {
        host.seen(&exchange.head, channel, exchange.caller.as_ref(), 0);
        return Ok(Next::Reset);
    }
    host.seen(&exchange.head, channel, exchange.caller.as_ref(), outcome.status());
    let response = match outcome {
        Outcome::Answer(response) => mishaps.spoil(response),
        Outcome::Malformed => return refuse(wire, 400, ""),
        Outcome::Drop => return Ok(Next::Close),
    };
    let close = exchange.head.wants_close() || exchange.body.is_withheld();
    let delivery = Delivery {
        close,
        head_only: exchange.head.method.eq_ignore_ascii_case("HEAD"),
        gzip: exchange.head.lists("Accept-Encoding", "gzip"),
    };
    exchange.body.answer(mishaps.part(&response.encode(&delivery)?))?;
    if close || mishaps.has(&Fault::Close) || mishaps.has(&Fault::Truncate) {
        return Ok(Next::Close);
    }
    // What nobody wanted to read must not be taken for the next request.
    exchange.body.read()?;
    Ok(Next::Request)
}

fn refuse(wire: &mut Wire<'_>, status: u16, explanation: &str) -> io::Result<Next> {
    wire.send(&malformed(status, explanation))?;
    Ok(Next::Close)
}
