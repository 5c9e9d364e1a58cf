//! One connection: requests in, answers out, until one side has enough.

use super::body::Body;
use super::head::{Head, NoHead};
use super::response::{Delivery, Response, malformed};
use super::wire::{Stream, Wire};
use crate::identity::Identity;
use std::io;

/// How a client is connected.
#[derive(Clone, Debug, Default)]
pub(crate) struct Channel {
    /// Through TLS.
    pub(crate) secure: bool,
    /// It was asked for a certificate in the handshake.
    pub(crate) asked_for_certificate: bool,
    /// Who it is by its certificate.
    pub(crate) certified: Option<Identity>,
}

/// A request being answered.
pub(crate) struct Exchange<'a, 'w> {
    pub(crate) head: Head,
    pub(crate) body: Body<'a, 'w>,
    pub(crate) channel: &'a Channel,
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

/// Serves a connection until it ends. `answer` fails only when the client cannot be read any more.
pub(crate) fn serve(
    stream: &mut dyn Stream,
    channel: &Channel,
    answer: &dyn Fn(&mut Exchange<'_, '_>) -> io::Result<Outcome>,
) -> io::Result<()> {
    let mut wire = Wire::new(stream);
    loop {
        match exchange(&mut wire, channel, answer)? {
            Next::Request => {}
            Next::Close => {
                wire.linger();
                return Ok(());
            }
        }
    }
}

enum Next {
    Request,
    Close,
}

fn exchange(
    wire: &mut Wire<'_>,
    channel: &Channel,
    answer: &dyn Fn(&mut Exchange<'_, '_>) -> io::Result<Outcome>,
) -> io::Result<Next> {
    let head = match Head::read(wire) {
        Ok(head) => head,
        Err(NoHead::Gone) => return Ok(Next::Close),
        Err(NoHead::Malformed) => return refuse(wire, 400, ""),
        Err(NoHead::TooLarge) => return refuse(wire, 413, "Request Entity Too Large: head"),
    };
    let Some(body) = Body::new(wire, &head) else {
        return refuse(wire, 400, "");
    };
    if head.header("Host").is_none() && !head.is_http_1_0() {
        let delivery = Delivery { close: true, head_only: false, gzip: false };
        wire.send(&Response::empty(400).encode(&delivery)?)?;
        return Ok(Next::Close);
    }
    let mut exchange = Exchange { head, body, channel };
    let outcome = answer(&mut exchange)?;
    let response = match outcome {
        Outcome::Answer(response) => response,
        Outcome::Malformed => return refuse(wire, 400, ""),
        Outcome::Drop => return Ok(Next::Close),
    };
    let close = exchange.head.wants_close() || exchange.body.is_withheld();
    let delivery = Delivery {
        close,
        head_only: exchange.head.method.eq_ignore_ascii_case("HEAD"),
        gzip: exchange.head.lists("Accept-Encoding", "gzip"),
    };
    exchange.body.answer(&response.encode(&delivery)?)?;
    if close {
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
