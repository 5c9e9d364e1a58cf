//! Servers that misbehave, and servers with certificates of every kind. Each serves until it is dropped.

use rcgen::KeyPair;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

pub trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// A server that treats each connection in its own way.
pub struct Misbehaving {
    pub address: SocketAddr,
    pub connections: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Misbehaving {
    /// Hands each plain connection to `serve`.
    pub fn plain(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Misbehaving {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let serve = Arc::new(serve);
        let (counter, stopped) = (connections.clone(), stop.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                counter.fetch_add(1, Ordering::Relaxed);
                let serve = serve.clone();
                thread::spawn(move || serve(stream));
            }
        });
        Misbehaving { address, connections, stop }
    }

    /// Hands each TLS connection to `serve`, with the TCP connection under it.
    pub fn tls(
        identity: Identity,
        serve: impl Fn(&mut dyn Stream, &TcpStream) + Send + Sync + 'static,
    ) -> Misbehaving {
        let config = identity.server_config();
        Misbehaving::plain(move |stream| {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let tcp = stream.try_clone().unwrap();
            let mut tls = rustls::StreamOwned::new(connection, stream);
            serve(&mut tls, &tcp);
        })
    }

    pub fn http_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn https_url(&self) -> String {
        format!("https://{}", self.address)
    }
}

impl Drop for Misbehaving {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

/// A proxy for HTTPS: it connects to wherever it is told.
pub fn proxy() -> Misbehaving {
    Misbehaving::plain(|mut client| {
        let Some(request) = read_request(&mut client) else { return };
        let target = request.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap();
        let target = target.parse().unwrap();
        client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
        relay_to(&client, target);
    })
}

/// Passes on all that comes, in both directions, until one side ends.
pub fn relay_to(client: &TcpStream, server: SocketAddr) {
    let server = TcpStream::connect(server).unwrap();
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let (mut from_server, mut to_client) = (server, client.try_clone().unwrap());
    thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Write);
    });
    let _ = std::io::copy(&mut from_server, &mut to_client);
    let _ = to_client.shutdown(Shutdown::Write);
}

/// What a server shows and signs with in handshakes.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: Arc<dyn SigningKey>,
    versions: &'static [&'static rustls::SupportedProtocolVersion],
}

impl Identity {
    /// A certificate chain and a key, which need not belong together.
    pub fn new(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Identity {
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
        Identity { chain, key, versions: rustls::ALL_VERSIONS }
    }

    /// One version of TLS only.
    pub fn version(mut self, version: &'static [&'static rustls::SupportedProtocolVersion]) -> Identity {
        self.versions = version;
        self
    }

    /// One way to sign only.
    pub fn signing(mut self, scheme: SignatureScheme) -> Identity {
        self.key = Arc::new(Only(self.key, scheme));
        self
    }

    fn server_config(self) -> Arc<rustls::ServerConfig> {
        #[derive(Debug)]
        struct Always(Arc<CertifiedKey>);
        impl ResolvesServerCert for Always {
            fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
                Some(self.0.clone())
            }
        }
        // Not checked, so that an impostor can show a certificate that is not its own.
        let certified = CertifiedKey::new(self.chain, self.key);
        let provider = rustls::crypto::ring::default_provider();
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(self.versions)
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Always(Arc::new(certified))));
        Arc::new(config)
    }
}

#[derive(Debug)]
struct Only(Arc<dyn SigningKey>, SignatureScheme);

impl SigningKey for Only {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&self.1).then(|| self.0.choose_scheme(&[self.1]))?
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.0.algorithm()
    }
}

/// Reads one request, with its body, and returns its first line; `None` when the client closed.
pub fn read_request(stream: &mut dyn Stream) -> Option<String> {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        seen.push(byte[0]);
    }
    let head = String::from_utf8(seen).unwrap();
    let length = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse().unwrap())
        })
        .unwrap_or(0);
    stream.read_exact(&mut vec![0; length]).ok()?;
    head.lines().next().map(str::to_owned)
}

/// Answers every request on a connection alike.
pub fn always(answer: &'static str) -> impl Fn(TcpStream) + Send + Sync {
    move |mut stream| {
        while read_request(&mut stream).is_some() {
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// An HTTP answer with a length.
pub fn answer(status: &str, content_type: &str, body: &str) -> &'static str {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    Box::leak(text.into_boxed_str())
}
