//! TLS as the real server speaks it: 1.2 only, ECDHE-RSA with AES-GCM, no ALPN (BEHAVIOUR.md 1).

use crate::certificate::Certificate;
use crate::error::Error;
use crate::http::Stream;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::{cipher_suite, default_provider};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

/// The configuration for a certificate.
pub(crate) fn configure(certificate: &Certificate) -> Result<Arc<ServerConfig>, Error> {
    let provider = CryptoProvider {
        cipher_suites: vec![
            cipher_suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ],
        ..default_provider()
    };
    let problem = |error: rustls::Error| Error::Tls(error.to_string());
    let config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS12])
        .map_err(problem)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der()?], certificate.key_der()?)
        .map_err(problem)?;
    Ok(Arc::new(config))
}

/// A connection after its handshake.
pub(crate) struct TlsStream(StreamOwned<ServerConnection, TcpStream>);

impl TlsStream {
    /// Shakes hands. A client that we cannot talk to sees the connection close, without an alert.
    pub(crate) fn accept(config: Arc<ServerConfig>, mut stream: TcpStream) -> io::Result<TlsStream> {
        let mut connection = ServerConnection::new(config).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            while connection.wants_write() {
                connection.write_tls(&mut stream)?;
            }
            if connection.is_handshaking() {
                if connection.read_tls(&mut stream)? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                connection.process_new_packets().map_err(io::Error::other)?;
            }
        }
        Ok(TlsStream(StreamOwned::new(connection, stream)))
    }
}

impl io::Read for TlsStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl io::Write for TlsStream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Stream for TlsStream {
    fn finish(&mut self) {
        self.0.conn.send_close_notify();
        // The client may be gone already, which is what we want.
        let _ = io::Write::flush(&mut self.0);
        let _ = self.0.sock.shutdown(Shutdown::Write);
    }
}
