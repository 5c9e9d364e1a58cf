//! A server that plays scripts, over plain connections and TLS.

use super::script::{End, Script};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

/// How long it waits for a request. A client that waits for the rest of a reply is not kept waiting.
const PATIENCE: Duration = Duration::from_millis(10);

/// No client waits as long.
const LONGEST: Duration = Duration::from_secs(2);

pub(super) struct Server {
    plain: SocketAddr,
    tls: SocketAddr,
    running: Arc<Mutex<Arc<Served>>>,
}

/// A script, and what has become of it.
#[derive(Default)]
pub(super) struct Served {
    script: Script,
    log: Mutex<Vec<Exchange>>,
}

/// A request that came, and which reply it got.
struct Exchange {
    is_write: bool,
    reply: Option<usize>,
}

pub(super) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        // As all Rust programs do; but the fuzzer is none.
        // SAFETY: nobody handles it.
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
        let running = Arc::new(Mutex::new(Arc::new(Served::default())));
        let plain = listen(running.clone(), |stream, served| {
            drop(serve(stream.try_clone().unwrap(), &stream, &served))
        });
        let config = tls_config();
        let tls = listen(running.clone(), move |stream, served| {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let tcp = stream.try_clone().unwrap();
            drop(serve(StreamOwned::new(connection, stream), &tcp, &served));
        });
        Server { plain, tls, running }
    })
}

fn tls_config() -> Arc<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()).into();
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    config.send_tls13_tickets = 0;
    Arc::new(config)
}

fn listen(
    running: Arc<Mutex<Arc<Served>>>,
    serve: impl Fn(TcpStream, Arc<Served>) + Send + Sync + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serve = Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            let (serve, served) = (serve.clone(), running.lock().unwrap().clone());
            let _ = (
                stream.set_read_timeout(Some(PATIENCE)),
                stream.set_write_timeout(Some(LONGEST)),
                stream.set_nodelay(true),
            );
            thread::spawn(move || serve(stream, served));
        }
    });
    address
}

impl Server {
    pub(super) fn address(&self, tls: bool) -> SocketAddr {
        if tls { self.tls } else { self.plain }
    }

    /// Plays a script on all connections from now on.
    pub(super) fn play(&self, script: Script) -> Arc<Served> {
        let served = Arc::new(Served { script, log: Mutex::default() });
        *self.running.lock().unwrap() = served.clone();
        served
    }
}

impl Served {
    /// What was sent for each PUT and DELETE of a Handle; nothing where the connection just ended.
    pub(super) fn to_writes(&self) -> Vec<&[u8]> {
        let log = self.log.lock().unwrap();
        log.iter().filter(|exchange| exchange.is_write).map(|exchange| self.reply(exchange)).collect()
    }

    /// What was sent for the last of these, and for requests after it.
    pub(super) fn since_last_write(&self) -> Option<(&[u8], Vec<&[u8]>)> {
        let log = self.log.lock().unwrap();
        let last = log.iter().rposition(|exchange| exchange.is_write)?;
        let later = log[last + 1..].iter().map(|exchange| self.reply(exchange)).collect();
        Some((self.reply(&log[last]), later))
    }

    fn reply(&self, exchange: &Exchange) -> &[u8] {
        exchange.reply.map_or(&[], |reply| &self.script.replies[reply])
    }

    /// Whether a reply could have been lost, or have stood beside others.
    pub(super) fn was_disturbed(&self) -> bool {
        self.script.end != End::Close || self.script.hasty
    }

    /// Which reply the next request gets.
    fn next(&self, is_write: bool) -> Option<usize> {
        let mut log = self.log.lock().unwrap();
        let (so_far, all) = (log.len(), self.script.replies.len());
        let reply =
            if so_far < all { Some(so_far) } else { all.checked_sub(1).filter(|_| self.script.repeats) };
        log.push(Exchange { is_write, reply });
        reply
    }
}

fn serve(mut stream: impl Read + Write, tcp: &TcpStream, served: &Served) -> io::Result<()> {
    let script = &served.script;
    let mut hasty = script.hasty;
    loop {
        if hasty && let Some(first) = script.replies.first() {
            send(&mut stream, first, script.piece)?;
        }
        let is_write = match request(&mut stream) {
            Ok(Some(is_write)) => is_write,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) => return Err(error),
        };
        match served.next(is_write) {
            Some(0) if hasty => {}
            Some(reply) => send(&mut stream, &script.replies[reply], script.piece)?,
            None => break,
        }
        hasty = false;
        let is_last = || served.log.lock().unwrap().len() >= script.replies.len();
        if matches!(script.end, End::CloseAtOnce | End::Reset) && is_last() {
            break;
        }
    }
    match script.end {
        End::Close | End::CloseAtOnce => tcp.shutdown(Shutdown::Write)?,
        End::Reset => return SockRef::from(tcp).set_linger(Some(Duration::ZERO)),
        End::Stall => {}
    }
    tcp.set_read_timeout(Some(LONGEST))?;
    // Until the client goes, which so keeps the port for a while, not we.
    io::copy(&mut stream, &mut io::sink()).map(drop)
}

fn send(stream: &mut impl Write, reply: &[u8], piece: usize) -> io::Result<()> {
    for part in reply.chunks(if piece == 0 { reply.len().max(1) } else { piece }) {
        stream.write_all(part)?;
        stream.flush()?;
    }
    Ok(())
}

/// Reads a request, and tells whether it writes to a Handle; nothing at the end of the connection.
fn request(stream: &mut impl Read) -> io::Result<Option<bool>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&buffer[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if bytes.len() >= end + 4 + length.unwrap_or(0_usize) {
            let is_write = head.starts_with("put /api/handles/") || head.starts_with("delete /api/handles/");
            return Ok(Some(is_write));
        }
    }
}
