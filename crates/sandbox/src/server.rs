//! Accepting connections: one thread each, HTTP or HTTPS by the first byte.

use crate::connections::{Connections, Registration};
use crate::error::Error;
use crate::http::{Channel, Host, Stream, reset_when_dropped, serve};
use crate::identity::Identity;
use crate::tls::{ClientAuth, TlsStream};
use rustls::ServerConfig;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// The first byte of a TLS handshake.
const TLS_HANDSHAKE: u8 = 0x16;

/// Deeply nested JSON is parsed recursively.
const STACK: usize = 16 * 1024 * 1024;

/// Who the clients really talk to.
pub(crate) trait Handler: Host + Send + Sync {
    /// Whose certificate this is; `None` to drop the client.
    fn identify(&self, certificate: &[u8]) -> Option<Identity>;
}

/// How a server treats its connections.
pub(crate) struct Manners {
    /// How long a silent connection stays open.
    pub(crate) idle: Duration,
    pub(crate) client_auth: ClientAuth,
    pub(crate) tls: Arc<ServerConfig>,
}

/// An address that is taken but not yet served.
pub(crate) struct Listener {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
}

impl Listener {
    pub(crate) fn bind(address: SocketAddr) -> Result<Listener, Error> {
        let problem = |source| Error::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(problem)?;
        let address = listener.local_addr().map_err(problem)?;
        Ok(Listener { listener, address })
    }
}

/// A listening server; dropping it closes all connections and waits for its threads.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    handler: Arc<dyn Handler>,
    manners: Manners,
    stopping: AtomicBool,
    connections: Arc<Connections>,
}

impl Server {
    pub(crate) fn start(
        Listener { listener, address }: Listener,
        manners: Manners,
        handler: Arc<dyn Handler>,
    ) -> Result<Server, Error> {
        let shared = Arc::new(Shared {
            handler,
            manners,
            stopping: AtomicBool::new(false),
            connections: Arc::default(),
        });
        let acceptor = Builder::new().name("sandbox-accept".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Ok(Server { address, shared, acceptor: Some(acceptor.map_err(Error::Thread)?) })
    }

    pub(crate) fn connections(&self) -> &Arc<Connections> {
        &self.shared.connections
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // A blocked accept ends with one more connection.
        let woken = TcpStream::connect(reachable(self.address)).is_ok();
        if let Some(acceptor) = self.acceptor.take().filter(|_| woken) {
            // It has nothing to tell, not even a panic.
            let _ = acceptor.join();
        }
        self.shared.connections.close_all();
    }
}

/// An address to connect to for one that is listened on.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    address
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        // A client that is gone already, or too few descriptors: the next one may have more luck.
        let Ok(stream) = stream else { continue };
        let Ok(registration) = shared.connections.register(&stream) else { continue };
        let shared = Arc::clone(shared);
        let thread = Builder::new().name(format!("sandbox-{}", registration.number)).stack_size(STACK);
        // Without a thread the registration is dropped and the connection with it.
        let _ = thread.spawn(move || {
            // The client is told by the connection; nobody else wants to know.
            let _ = converse(stream, &shared, &registration);
            // The registration goes last: who waits for its end waits for all that is shared.
            drop(shared);
            drop(registration);
        });
    }
}

fn converse(stream: TcpStream, shared: &Shared, registration: &Registration) -> io::Result<()> {
    let Shared { handler, manners, .. } = shared;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(manners.idle))?;
    stream.set_write_timeout(Some(manners.idle))?;
    let host: &dyn Host = &**handler;
    let idle = Arc::clone(&registration.idle);
    let mut first = [0];
    stream.peek(&mut first)?;
    if first == [TLS_HANDSHAKE] {
        let mut stream = TlsStream::accept(Arc::clone(&manners.tls), stream)?;
        let shown = stream.client_certificate().map(|certificate| handler.identify(certificate));
        if let Some(None) = shown {
            return Ok(());
        }
        let asked = manners.client_auth != ClientAuth::None;
        let channel =
            Channel { secure: true, asked_for_certificate: asked, certified: shown.flatten(), idle };
        serve(&mut stream, &channel, host)
    } else if manners.client_auth == ClientAuth::None {
        let mut stream = PlainStream(stream);
        serve(&mut stream, &Channel { idle, ..Channel::default() }, host)
    } else {
        // A listener that asks for certificates speaks HTTPS only.
        Ok(())
    }
}

/// A connection without TLS.
struct PlainStream(TcpStream);

impl io::Read for PlainStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl io::Write for PlainStream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Stream for PlainStream {
    fn finish(&mut self) {
        // The client may be gone already, which is what we want.
        let _ = self.0.shutdown(Shutdown::Write);
    }

    fn reset(&mut self) {
        reset_when_dropped(&self.0);
    }
}
