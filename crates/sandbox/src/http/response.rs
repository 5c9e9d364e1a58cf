//! Answers, written byte by byte: no `Date`, no `Server` (BEHAVIOUR.md 1).

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// The body of an answer and how it is framed.
#[derive(Debug)]
pub(crate) enum Content {
    /// With `Content-Length`, never compressed: errors and everything that is not JSON.
    Fixed(Vec<u8>),
    /// Chunked, compressed when the client likes: successful JSON.
    Streamed(Vec<u8>),
}

/// An answer to a request.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) content: Content,
}

/// What the framing of an answer depends on besides itself.
pub(super) struct Delivery {
    pub(super) close: bool,
    pub(super) head_only: bool,
    pub(super) gzip: bool,
}

impl Response {
    /// An answer without body.
    pub(crate) fn empty(status: u16) -> Response {
        Response { status, headers: Vec::new(), content: Content::Fixed(Vec::new()) }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Response {
        self.headers.push((name, value.into()));
        self
    }

    /// The bytes to send.
    pub(super) fn encode(&self, delivery: &Delivery) -> io::Result<Vec<u8>> {
        let mut out = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for (name, value) in &self.headers {
            put_header(&mut out, name, value);
        }
        match &self.content {
            // A 204 has no body and no length.
            Content::Fixed(_) if self.status == 204 => end_head(&mut out, delivery),
            Content::Fixed(body) => {
                put_header(&mut out, "Content-Length", &body.len().to_string());
                end_head(&mut out, delivery);
                if !delivery.head_only {
                    out.extend_from_slice(body);
                }
            }
            Content::Streamed(body) if delivery.head_only => {
                put_header(&mut out, "Vary", "Accept-Encoding");
                put_header(&mut out, "Content-Length", &body.len().to_string());
                end_head(&mut out, delivery);
            }
            Content::Streamed(plain) => {
                let mut body = plain.clone();
                if delivery.gzip {
                    put_header(&mut out, "Content-Encoding", "gzip");
                    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                    encoder.write_all(plain)?;
                    body = encoder.finish()?;
                }
                put_header(&mut out, "Vary", "Accept-Encoding");
                if !delivery.close {
                    put_header(&mut out, "Transfer-Encoding", "chunked");
                }
                end_head(&mut out, delivery);
                if delivery.close {
                    out.extend_from_slice(&body);
                } else {
                    out.extend_from_slice(format!("{:X}\r\n", body.len()).as_bytes());
                    out.extend_from_slice(&body);
                    out.extend_from_slice(b"\r\n0\r\n\r\n");
                }
            }
        }
        Ok(out)
    }
}

fn put_header(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value.as_bytes());
    out.extend_from_slice(b"\r\n");
}

fn end_head(out: &mut Vec<u8>, delivery: &Delivery) {
    if delivery.close {
        put_header(out, "Connection", "close");
    }
    out.extend_from_slice(b"\r\n");
}

/// The answer to a request that cannot be understood: plain text, then the end of the connection.
pub(super) fn malformed(status: u16, explanation: &str) -> Vec<u8> {
    let (reason, text) = if explanation.is_empty() {
        (reason(status), status.to_string())
    } else {
        (explanation, explanation.to_owned())
    };
    format!("HTTP/1.1 {status} {reason}\r\nConnection: close\r\n\r\nError: {text}").into_bytes()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Request Entity Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "",
    }
}
