//! A buffered byte stream.

use socket2::SockRef;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What a connection talks over: plain TCP or TLS.
pub(crate) trait Stream: Read + Write {
    /// Tells the client that nothing more will come.
    fn finish(&mut self);

    /// Makes the connection end with a reset when it is dropped.
    fn reset(&mut self);
}

pub(crate) fn reset_when_dropped(stream: &TcpStream) {
    // A connection that is gone already needs no reset.
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

const READ_SIZE: usize = 16 * 1024;

/// A stream with the bytes that were read from it but not used yet.
pub(super) struct Wire<'a> {
    stream: &'a mut dyn Stream,
    buffer: Vec<u8>,
    start: usize,
}

impl<'a> Wire<'a> {
    pub(super) fn new(stream: &'a mut dyn Stream) -> Wire<'a> {
        Wire { stream, buffer: Vec::new(), start: 0 }
    }

    /// The bytes at hand.
    pub(super) fn pending(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    pub(super) fn consume(&mut self, length: usize) {
        self.start += length;
    }

    /// Waits for more bytes; 0 means that the client has closed.
    pub(super) fn fill(&mut self) -> io::Result<usize> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let used = self.buffer.len();
        self.buffer.resize(used + READ_SIZE, 0);
        let result = self.stream.read(&mut self.buffer[used..]);
        self.buffer.truncate(used + result.as_ref().map_or(0, |length| *length));
        result
    }

    /// Like [`Wire::fill`], but the end of the stream is an error.
    pub(super) fn need_more(&mut self) -> io::Result<()> {
        match self.fill()? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    pub(super) fn reset(&mut self) {
        self.stream.reset();
    }

    /// Until the client closes, however long it is silent.
    pub(super) fn wait_for_end(&mut self) {
        loop {
            match self.fill() {
                Ok(0) => return,
                Ok(length) => self.consume(length),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                }
                Err(_) => return,
            }
        }
    }

    /// Closes our direction and waits for the client's: a reset because of unread bytes could otherwise destroy
    /// the answer on its way.
    pub(super) fn linger(&mut self) {
        const PATIENCE: usize = 4 * 1024 * 1024;
        self.stream.finish();
        let mut thrown_away = 0;
        while let Ok(length @ 1..) = self.fill() {
            thrown_away += length;
            self.consume(length);
            if thrown_away > PATIENCE {
                return;
            }
        }
    }
}
