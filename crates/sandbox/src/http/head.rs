//! The head of a request.

use super::wire::Wire;
use std::io;

/// About 16 KB go through on the real server, 33 KB do not.
const MAX_HEAD: usize = 32 * 1024;
const MAX_HEADERS: usize = 256;

/// Request line and headers.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) method: String,
    /// The request target, byte for byte.
    pub(crate) target: String,
    minor_version: u8,
    headers: Vec<(String, Vec<u8>)>,
}

/// Why there is no head.
pub(super) enum NoHead {
    /// The client left, was silent for too long, or speaks HTTP/0.9: nothing is answered.
    Gone,
    Malformed,
    TooLarge,
}

impl From<io::Error> for NoHead {
    fn from(_: io::Error) -> NoHead {
        NoHead::Gone
    }
}

impl Head {
    pub(super) fn read(wire: &mut Wire<'_>) -> Result<Head, NoHead> {
        loop {
            if let Some((head, length)) = Head::parse(wire.pending())? {
                wire.consume(length);
                return Ok(head);
            }
            if wire.pending().len() > MAX_HEAD {
                return Err(NoHead::TooLarge);
            }
            if wire.fill()? == 0 {
                return Err(NoHead::Gone);
            }
        }
    }

    /// The head and its length, once it is complete.
    fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, NoHead> {
        let mut slots = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut slots);
        match request.parse(bytes) {
            Ok(httparse::Status::Partial) => Ok(None),
            Ok(httparse::Status::Complete(length)) if length > MAX_HEAD => Err(NoHead::TooLarge),
            Ok(httparse::Status::Complete(length)) => {
                let (Some(method), Some(minor_version)) = (request.method, request.version) else {
                    return Err(NoHead::Malformed);
                };
                let headers = request.headers.iter();
                let headers = headers.map(|header| (header.name.to_owned(), header.value.to_vec())).collect();
                let head = Head {
                    method: method.to_owned(),
                    target: request.path.unwrap_or_default().to_owned(),
                    minor_version,
                    headers,
                };
                // Its target is never a path, and there is no tunnel to be had.
                if head.method == "CONNECT" {
                    return Err(NoHead::Malformed);
                }
                Ok(Some((head, length)))
            }
            Err(_) if is_http_0_9(bytes) => Err(NoHead::Gone),
            Err(_) => Err(NoHead::Malformed),
        }
    }

    /// The first header of this name, any case.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_slice())
    }

    /// The first header of this name as text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.header(name).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// Whether a header that lists words has this one.
    pub(crate) fn lists(&self, name: &str, word: &str) -> bool {
        self.text(name).is_some_and(|list| list.split(',').any(|item| item.trim().eq_ignore_ascii_case(word)))
    }

    pub(super) fn is_http_1_0(&self) -> bool {
        self.minor_version == 0
    }

    /// `Connection: keep-alive` of an HTTP/1.0 client is not honoured.
    pub(super) fn wants_close(&self) -> bool {
        self.is_http_1_0() || self.lists("Connection", "close")
    }

    pub(super) fn expects_continue(&self) -> bool {
        !self.is_http_1_0() && self.lists("Expect", "100-continue")
    }

    /// The request as it came, for TRACE.
    pub(crate) fn echo(&self, path: &str) -> Vec<u8> {
        let mut out = format!("{} {path} HTTP/1.{}\r\n", self.method, self.minor_version).into_bytes();
        for (name, value) in &self.headers {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value);
            out.extend_from_slice(b"\r\n");
        }
        out
    }
}

/// `GET /path` and nothing more on the line.
fn is_http_0_9(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.trim_ascii().split(|byte| *byte == b' ').count() == 2
}
