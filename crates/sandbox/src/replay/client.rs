//! A client that sends bytes as they are and keeps what comes back.

use crate::sandbox::Sandbox;
use flate2::read::GzDecoder;
use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring, verify_tls12_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned,
};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// An answer of the sandbox.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) framing: &'static str,
    pub(super) body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

pub(super) struct Client {
    pinned: Arc<Pinned>,
    provider: Arc<CryptoProvider>,
}

/// Where and how to send a request.
pub(super) struct Route {
    pub(super) address: SocketAddr,
    pub(super) secure: bool,
    pub(super) certificate: Option<Arc<CertifiedKey>>,
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

impl Client {
    pub(super) fn new(sandbox: &Sandbox) -> Result<Client, Box<dyn std::error::Error>> {
        let provider = Arc::new(ring::default_provider());
        let pinned = Arc::new(Pinned {
            certificate: CertificateDer::from_pem_slice(sandbox.certificate_pem().as_bytes())?,
            algorithms: provider.signature_verification_algorithms,
        });
        Ok(Client { pinned, provider })
    }

    /// One request on a connection of its own; `None` when the server closes without an answer.
    pub(super) fn exchange(
        &self,
        request: &[u8],
        route: &Route,
        head_only: bool,
    ) -> io::Result<Option<Answer>> {
        let stream = TcpStream::connect(route.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut wire: Box<dyn Wire> = if route.secure {
            let name = ServerName::from(route.address.ip());
            let config = self.tls(route.certificate.as_ref()).map_err(io::Error::other)?;
            let connection = ClientConnection::new(config, name).map_err(io::Error::other)?;
            Box::new(StreamOwned::new(connection, stream))
        } else {
            Box::new(stream)
        };
        // A server that has heard enough may close before all is sent.
        let sent = wire.write_all(request).and_then(|()| wire.flush());
        let mut buffered = Buffered { wire: &mut *wire, bytes: Vec::new() };
        match read_answer(&mut buffered, head_only) {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if buffered.bytes.is_empty() && is_end(&error) => Ok(None),
            Err(error) => sent.and(Err(error)),
        }
    }

    fn tls(&self, certificate: Option<&Arc<CertifiedKey>>) -> Result<Arc<ClientConfig>, rustls::Error> {
        let builder = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&rustls::version::TLS12])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&self.pinned) as Arc<dyn ServerCertVerifier>);
        Ok(Arc::new(match certificate {
            None => builder.with_no_client_auth(),
            Some(key) => builder.with_client_cert_resolver(Arc::new(Shown(Arc::clone(key)))),
        }))
    }
}

fn is_end(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
    )
}

/// Shows its certificate to every server that asks.
#[derive(Debug)]
struct Shown(Arc<CertifiedKey>);

impl ResolvesClientCert for Shown {
    fn resolve(&self, _issuers: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

struct Buffered<'a> {
    wire: &'a mut dyn Wire,
    bytes: Vec<u8>,
}

impl Buffered<'_> {
    fn fill(&mut self) -> io::Result<usize> {
        let mut chunk = [0; 64 * 1024];
        let length = self.wire.read(&mut chunk)?;
        self.bytes.extend_from_slice(&chunk[..length]);
        Ok(length)
    }

    fn take(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.bytes.len() < length {
            if self.fill()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let rest = self.bytes.split_off(length);
        Ok(std::mem::replace(&mut self.bytes, rest))
    }

    fn take_until(&mut self, end: &[u8]) -> io::Result<Vec<u8>> {
        loop {
            if let Some(position) = self.bytes.windows(end.len()).position(|window| window == end) {
                return self.take(position + end.len());
            }
            if self.fill()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

fn read_answer(wire: &mut Buffered<'_>, head_only: bool) -> io::Result<Answer> {
    let mut answer = read_head(wire)?;
    if answer.status == 100 {
        answer = read_head(wire)?;
    }
    if answer.header("Transfer-Encoding").is_some() {
        answer.framing = "chunked";
        loop {
            let line = wire.take_until(b"\r\n")?;
            let Ok(httparse::Status::Complete((_, length))) = httparse::parse_chunk_size(&line) else {
                return Err(io::ErrorKind::InvalidData.into());
            };
            let chunk = wire.take(usize::try_from(length).map_err(io::Error::other)?)?;
            wire.take(2)?;
            if chunk.is_empty() {
                break;
            }
            answer.body.extend(chunk);
        }
    } else if let Some(length) = answer.header("Content-Length") {
        let length = length.parse().map_err(io::Error::other)?;
        answer.framing = "content-length";
        answer.body = wire.take(if head_only { 0 } else { length })?;
    } else if answer.status == 204 {
        answer.framing = "none";
    } else {
        answer.framing = "until-close";
        while wire.fill()? > 0 {}
        answer.body = std::mem::take(&mut wire.bytes);
    }
    if answer.header("Content-Encoding") == Some("gzip") {
        let compressed = std::mem::take(&mut answer.body);
        GzDecoder::new(compressed.as_slice()).read_to_end(&mut answer.body)?;
    }
    Ok(answer)
}

fn read_head(wire: &mut Buffered<'_>) -> io::Result<Answer> {
    let head = wire.take_until(b"\r\n\r\n")?;
    let mut slots = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut slots);
    response.parse(&head).map_err(io::Error::other)?;
    let headers = response.headers.iter();
    let headers = headers
        .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    Ok(Answer { status: response.code.unwrap_or_default(), headers, framing: "", body: Vec::new() })
}

/// Accepts the sandbox's own certificate, for any name.
#[derive(Debug)]
struct Pinned {
    certificate: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if *end_entity == self.certificate {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::UnknownIssuer.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::General("the sandbox does not speak TLS 1.3".to_owned()))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
