//! The body of a request, read when somebody asks for it.

use super::head::Head;
use super::wire::Wire;
use std::io;

enum Framing {
    /// All read, or none: without length and chunking a body counts as empty.
    Done,
    Length(usize),
    Chunked,
}

/// The body of the request at hand.
pub(crate) struct Body<'a, 'w> {
    wire: &'a mut Wire<'w>,
    framing: Framing,
    /// The client waits for our word before it sends the body.
    waiting: bool,
}

impl<'a, 'w> Body<'a, 'w> {
    /// `None` for contradictory or unreadable framing.
    pub(super) fn new(wire: &'a mut Wire<'w>, head: &Head) -> Option<Body<'a, 'w>> {
        let framing = if head.lists("Transfer-Encoding", "chunked") {
            Framing::Chunked
        } else {
            match head.text("Content-Length").map(|length| length.trim().parse()) {
                None | Some(Ok(0)) => Framing::Done,
                Some(Ok(length)) => Framing::Length(length),
                Some(Err(_)) => return None,
            }
        };
        let waiting = head.expects_continue() && !matches!(framing, Framing::Done);
        Some(Body { wire, framing, waiting })
    }

    /// The whole body; empty when it was read before.
    pub(crate) fn read(&mut self) -> io::Result<Vec<u8>> {
        if std::mem::take(&mut self.waiting) {
            self.wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        match std::mem::replace(&mut self.framing, Framing::Done) {
            Framing::Done => Ok(Vec::new()),
            Framing::Length(length) => {
                let mut body = Vec::new();
                self.read_exactly(length, &mut body)?;
                Ok(body)
            }
            Framing::Chunked => self.read_chunks(),
        }
    }

    /// Sends an answer, whether or not the body has been read.
    pub(super) fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.wire.send(bytes)
    }

    /// Whether the client still waits: it will not send this body, so that the connection ends here.
    pub(super) fn is_withheld(&self) -> bool {
        self.waiting
    }

    fn read_exactly(&mut self, mut length: usize, out: &mut Vec<u8>) -> io::Result<()> {
        while length > 0 {
            if self.wire.pending().is_empty() {
                self.wire.need_more()?;
            }
            let pending = self.wire.pending();
            let taken = pending.len().min(length);
            out.extend_from_slice(&pending[..taken]);
            self.wire.consume(taken);
            length -= taken;
        }
        Ok(())
    }

    fn read_chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = loop {
                match httparse::parse_chunk_size(self.wire.pending()) {
                    Ok(httparse::Status::Complete((used, length))) => {
                        self.wire.consume(used);
                        break usize::try_from(length).map_err(io::Error::other)?;
                    }
                    Ok(httparse::Status::Partial) => self.wire.need_more()?,
                    Err(_) => return Err(io::ErrorKind::InvalidData.into()),
                }
            };
            if length == 0 {
                while !self.skip_line()?.is_empty() {}
                return Ok(body);
            }
            self.read_exactly(length, &mut body)?;
            self.skip_line()?;
        }
    }

    /// The end of a chunk or a trailer.
    fn skip_line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(end) = self.wire.pending().iter().position(|byte| *byte == b'\n') {
                let line = self.wire.pending()[..end].trim_ascii().to_vec();
                self.wire.consume(end + 1);
                return Ok(line);
            }
            self.wire.need_more()?;
        }
    }
}
