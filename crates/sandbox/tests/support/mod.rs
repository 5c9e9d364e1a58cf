//! A client that sends bytes as they are, over TCP and TLS.

// Every test program uses its own part of this.
#![allow(dead_code, unreachable_pub)]
// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used, clippy::panic)]

use b2h_sandbox::Sandbox;
use rustls::client::WantsClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring::default_provider;
use rustls::crypto::verify_tls12_signature;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, ConfigBuilder, DigitallySignedStruct, SignatureScheme, StreamOwned,
};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// The prefix owner of the built-in fixture, for Basic authentication.
pub const OWNER: (&str, &str) = ("300%3A21.T12345/USER01", "user01-secret");
/// A user without rights.
pub const NOBODY: (&str, &str) = ("300%3A21.T12345/USER02", "user02-secret");
/// The server administrator.
pub const ADMIN: (&str, &str) = ("300%3A21.T12345/ADMIN", "admin-secret");

/// An HS_ADMIN value that lets [`OWNER`] do everything.
pub const OWNED: &str = r#"{"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/21.T12345","index":200,"permissions":"011111110011"}}}"#;

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// A connection to a sandbox.
pub struct Wire {
    stream: Box<dyn Stream>,
    read: Vec<u8>,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn code(&self) -> u64 {
        self.json()["responseCode"].as_u64().unwrap()
    }

    pub fn has_header(&self, line: &str) -> bool {
        self.head.lines().any(|known| known == line)
    }
}

impl Wire {
    pub fn plain(sandbox: &Sandbox) -> Wire {
        Wire::plain_to(sandbox.address())
    }

    pub fn plain_to(address: SocketAddr) -> Wire {
        Wire { stream: Box::new(tcp_to(address)), read: Vec::new() }
    }

    pub fn tls(sandbox: &Sandbox) -> Wire {
        Wire::tls_to(sandbox.address())
    }

    pub fn tls_to(address: SocketAddr) -> Wire {
        let config = client_config(&rustls::version::TLS12);
        let connection = ClientConnection::new(config, ServerName::from(address.ip())).unwrap();
        Wire { stream: Box::new(StreamOwned::new(connection, tcp_to(address))), read: Vec::new() }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
        self.stream.flush().unwrap();
    }

    /// Shows a certificate if the server asks.
    pub fn tls_with(address: SocketAddr, certificate: Vec<u8>, pkcs8: Vec<u8>) -> Wire {
        let key = PrivateKeyDer::Pkcs8(pkcs8.into());
        let config = client_builder(&rustls::version::TLS12)
            .with_client_auth_cert(vec![certificate.into()], key)
            .unwrap();
        let connection = ClientConnection::new(Arc::new(config), ServerName::from(address.ip())).unwrap();
        Wire { stream: Box::new(StreamOwned::new(connection, tcp_to(address))), read: Vec::new() }
    }

    /// Whether the server closes without a word.
    pub fn dropped_by(mut self, request: impl AsRef<[u8]>) -> bool {
        // The connection may be closed already.
        let _ = self.stream.write_all(request.as_ref()).and_then(|()| self.stream.flush());
        let mut byte = [0];
        !matches!(self.stream.read(&mut byte), Ok(1))
    }

    /// The next answer.
    pub fn answer(&mut self) -> Answer {
        let head = self.take_until("\r\n\r\n");
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let header = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_start_matches(':').trim().to_owned())
        };
        let body = if matches!(status, 100 | 204) {
            String::new()
        } else if header("Transfer-Encoding").is_some() {
            let mut body = String::new();
            loop {
                let length = usize::from_str_radix(self.take_until("\r\n").trim(), 16).unwrap();
                let chunk = self.take(length + 2);
                body.push_str(&chunk[..length]);
                if length == 0 {
                    break body;
                }
            }
        } else if let Some(length) = header("Content-Length") {
            self.take(length.parse().unwrap())
        } else {
            self.rest()
        };
        Answer { status, head, body }
    }

    /// Sends a request and waits for its answer.
    pub fn ask(&mut self, request: impl AsRef<[u8]>) -> Answer {
        self.send(request);
        self.answer()
    }

    /// Everything until the server closes.
    pub fn rest(&mut self) -> String {
        while self.fill() {}
        String::from_utf8(std::mem::take(&mut self.read)).unwrap()
    }

    pub fn take_until(&mut self, end: &str) -> String {
        loop {
            let found = self.read.windows(end.len()).position(|window| window == end.as_bytes());
            match found {
                Some(position) => return self.take(position + end.len()),
                None => assert!(self.fill(), "closed after {:?}", String::from_utf8_lossy(&self.read)),
            }
        }
    }

    fn take(&mut self, length: usize) -> String {
        while self.read.len() < length {
            assert!(self.fill(), "closed after {:?}", String::from_utf8_lossy(&self.read));
        }
        String::from_utf8(self.read.drain(..length).collect()).unwrap()
    }

    /// `false` at the end.
    fn fill(&mut self) -> bool {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(length) => {
                self.read.extend_from_slice(&buffer[..length]);
                length > 0
            }
            Err(error) if matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => {
                false
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// One API request over HTTPS, on its own connection.
pub fn call(sandbox: &Sandbox, user: Option<(&str, &str)>, method: &str, handle: &str, body: &str) -> Answer {
    Wire::tls(sandbox).ask(request(user, method, &format!("/api/handles/{handle}"), body))
}

/// The bytes of a request; a body is JSON in UTF-8.
pub fn request(user: Option<(&str, &str)>, method: &str, target: &str, body: &str) -> String {
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n");
    if let Some((name, password)) = user {
        request.push_str(&format!("Authorization: {}\r\n", basic(name, password)));
    }
    if !body.is_empty() {
        request.push_str("Content-Type: application/json; charset=UTF-8\r\n");
        request.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    request + "\r\n" + body
}

pub fn basic(name: &str, password: &str) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

pub fn tcp(sandbox: &Sandbox) -> TcpStream {
    tcp_to(sandbox.address())
}

pub fn tcp_to(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    // Far more than any answer takes: a test that fails must not hang.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

pub fn client_config(version: &'static rustls::SupportedProtocolVersion) -> Arc<ClientConfig> {
    Arc::new(client_builder(version).with_no_client_auth())
}

fn client_builder(
    version: &'static rustls::SupportedProtocolVersion,
) -> ConfigBuilder<ClientConfig, WantsClientCert> {
    ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate))
}

/// The tests of the certificate look at it elsewhere.
#[derive(Debug)]
struct AnyCertificate;

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = default_provider().signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        panic!("the sandbox must not speak TLS 1.3")
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}
