//! A TLS connection of a client.

use crate::http::{Stream, reset_when_dropped};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

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

impl TlsStream {
    /// The certificate the client has shown, in DER.
    pub(crate) fn client_certificate(&self) -> Option<&[u8]> {
        self.0.conn.peer_certificates()?.first().map(AsRef::as_ref)
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

    fn reset(&mut self) {
        reset_when_dropped(&self.0.sock);
    }
}
