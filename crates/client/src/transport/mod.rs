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
mod stage;
mod tls;
mod wire;

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

/// A body of so many bytes has left when the reply comes: any system keeps so much for the network.
const SENT_AT_ONCE: usize = 8 << 10;

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
    /// It comes from the second server, which may lag behind.
    pub(crate) is_mirrored: bool,
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
        if deadline.left().is_zero() {
            return Sent::not_at_all(Failure::too_late(deadline.total));
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
            // Any other lane is dropped, which closes its connections at once.
            if outcome.as_ref().is_ok_and(|reply| has_been_read(request, reply)) {
                lanes.put_back(lane)
            } else {
                lanes.lose(lane)
            }
            Sent { outcome, connection }
        })
    }
}

/// Whether the server has certainly read the whole request. One that refuses a large one may do so before; its connection
/// would become free while the next exchange waits for a new one, take it, and nobody could tell that it was sent.
fn has_been_read(request: &Request, reply: &Reply) -> bool {
    let length = request.body.as_ref().map_or(0, |body| body.len());
    length <= SENT_AT_ONCE || (200..300).contains(&reply.status)
}

impl Sent {
    fn not_at_all(failure: Failure) -> Sent {
        Sent { outcome: Err(failure), connection: Connection::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Certificate, Repeat};
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    fn transport() -> Transport {
        let (trust, proxy) = (Trust::SystemRoots, ProxyChoice::new(Some(String::new())).unwrap());
        Transport::new(Settings { trust, proxy, certificate: None, largest_reply: 1024 }).unwrap()
    }

    fn request(listener: &TcpListener) -> Request {
        Request {
            method: http::Method::PUT,
            url: format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap(),
            authorization: None,
            certificate: Certificate::Never,
            body: None,
            repeat: Repeat::IfUnsent,
            mirror: None,
        }
    }

    #[test]
    fn what_is_late_is_not_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (transport, request) = (transport(), request(&listener));
        let server = thread::spawn(move || {
            let mut connection = listener.accept().unwrap().0;
            let mut head = [0; 1000];
            assert!(connection.read(&mut head).unwrap() > 0);
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
            connection.read(&mut head).unwrap()
        });
        let time = Duration::from_secs(60);
        let deadline = Deadline::start(time, time, None).unwrap();
        assert!(transport.send(&request, false, deadline).outcome.is_ok());
        let late = Deadline { until: std::time::Instant::now(), ..deadline };
        let failure = transport.send(&request, false, late).outcome.unwrap_err();
        assert!(!failure.may_have_arrived(), "{failure:?}");
        drop(transport);
        assert_eq!(server.join().unwrap(), 0, "something was sent");
    }

    #[test]
    fn a_connection_with_an_unread_request_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (transport, request) = (transport(), request(&listener));
        let request = Request { body: Some(vec![b'x'; 8 << 20].into()), ..request };
        let server = thread::spawn(move || {
            let mut connection = listener.accept().unwrap().0;
            connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let mut bytes = [0; 10_000];
            assert!(connection.read(&mut bytes).unwrap() > 0);
            connection.write_all(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n").unwrap();
            loop {
                match connection.read(&mut bytes) {
                    Ok(0) => return true,
                    Ok(_) => {}
                    Err(error) => return error.kind() == std::io::ErrorKind::ConnectionReset,
                }
            }
        });
        let time = Duration::from_secs(60);
        let deadline = Deadline::start(time, time, None).unwrap();
        assert_eq!(transport.send(&request, false, deadline).outcome.unwrap().status, 401);
        assert!(server.join().unwrap(), "it is still open");
    }
}
