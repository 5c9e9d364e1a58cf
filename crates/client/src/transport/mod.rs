//! Sending a request and waiting for its reply, on the caller's thread and within a deadline.
//!
//! Knows nothing of Handle records. A client keeps a small pool of *lanes*; each is a single-threaded runtime
//! with its own kept-alive connections. A call takes a free lane or makes one, blocks on it while it sends one request,
//! or several at once, and puts it back. So no thread outlives a call, and calls of several threads do not wait for
//! each other.

mod body;
mod connect;
mod deadline;
mod failure;
mod lane;
mod lanes;
mod proxy;
mod resolve;
mod retry_after;
mod socket;
mod stage;
mod tls;
mod waking;
mod watch;
mod wire;

pub(crate) use deadline::Deadline;
pub(crate) use failure::Failure;
pub(crate) use lane::Lane;
pub(crate) use lanes::Lanes;
pub(crate) use proxy::ProxyChoice;
pub(crate) use tls::{ClientCertificate, FirstKey, Pin, Trust};

use crate::error;
use crate::memory;
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
    /// It comes from the second server, which may lag behind.
    pub(crate) is_mirrored: bool,
    pub(crate) body: Vec<u8>,
    /// How much memory it may take to decode the body, in bytes.
    pub(crate) decoding: usize,
}

impl Reply {
    /// The same, with memory reserved for decoding it. That was done when it came; but then others have come.
    pub(crate) fn with_memory(self) -> Result<Reply, Failure> {
        if memory::reserve(self.decoding) { Ok(self) } else { Err(body::no_memory(self.body.len())) }
    }
}

/// What became of a request.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) outcome: Result<Reply, Failure>,
    pub(crate) connection: Connection,
}

/// The connection that a request travelled on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Connection {
    /// There was none.
    #[default]
    None,
    /// It was made for the request.
    New,
    /// It was made for the request, since an earlier one is gone.
    Again,
    /// It had been used before.
    Reused,
}

impl Connection {
    /// Whether it was made for the request.
    pub(crate) fn is_new(self) -> bool {
        matches!(self, Connection::New | Connection::Again)
    }
}

/// The way to the server.
#[derive(Debug)]
pub(crate) struct Transport {
    factory: lane::Factory,
}

impl Transport {
    /// Prepares the transport; opens no connection.
    pub(crate) fn new(settings: Settings) -> error::Result<Transport> {
        let verification = tls::Verification::new(&settings.trust)?;
        Ok(Transport { factory: lane::Factory::new(verification, settings) })
    }

    /// Runs work on a free lane, or on a new one.
    pub(crate) fn on_lane<T>(&self, lanes: &Lanes, work: impl FnOnce(&Lane) -> T) -> Result<T, Failure> {
        let lane = lanes.take().map_or_else(|| self.factory.make(lanes), Ok)?;
        let outcome = work(&lane);
        lanes.put_back(lane);
        Ok(outcome)
    }
}

impl Sent {
    fn not_at_all(failure: Failure) -> Sent {
        Sent { outcome: Err(failure), connection: Connection::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Certificate, Repeat, Request};
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    fn transport() -> Transport {
        let (trust, proxy) = (Trust::SystemRoots, ProxyChoice::new(Some(String::new())).unwrap());
        Transport::new(Settings { trust, proxy, certificate: None, largest_reply: 1024 }).unwrap()
    }

    fn send(
        transport: &Transport,
        lanes: &Lanes,
        request: &Request,
        deadline: Deadline,
    ) -> Result<Reply, Failure> {
        let sent = |lane: &Lane| lane.block_on(lane.send(request, false, deadline)).outcome;
        transport.on_lane(lanes, sent).unwrap()
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
        let (transport, lanes, request) = (transport(), Lanes::default(), request(&listener));
        let server = thread::spawn(move || {
            let mut connection = listener.accept().unwrap().0;
            let mut head = [0; 1000];
            assert!(connection.read(&mut head).unwrap() > 0);
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
            connection.read(&mut head).unwrap()
        });
        let time = Duration::from_secs(60);
        let deadline = Deadline::start(time, time, None).unwrap();
        assert!(send(&transport, &lanes, &request, deadline).is_ok());
        let late = Deadline { until: std::time::Instant::now(), ..deadline };
        let failure = send(&transport, &lanes, &request, late).unwrap_err();
        assert!(!failure.may_have_arrived(), "{failure:?}");
        drop(lanes);
        assert_eq!(server.join().unwrap(), 0, "something was sent");
    }

    #[test]
    fn a_connection_with_an_unread_request_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (transport, lanes, request) = (transport(), Lanes::default(), request(&listener));
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
        assert_eq!(send(&transport, &lanes, &request, deadline).unwrap().status, 401);
        assert!(server.join().unwrap(), "it is still open");
    }
}
