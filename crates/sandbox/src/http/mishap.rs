//! What goes wrong on purpose with one exchange.

use super::response::{Content, Response};
use crate::fault::Fault;
use std::time::Duration;

/// No JSON, and no UTF-8 either.
const GARBAGE: &[u8] = b"{\"responseCode\":\xff\xfe<garbage>";

/// The faults of one request.
pub(super) struct Mishaps(pub(super) Vec<Fault>);

impl Mishaps {
    pub(super) fn has(&self, fault: &Fault) -> bool {
        self.0.contains(fault)
    }

    pub(super) fn latency(&self) -> Duration {
        let times =
            self.0.iter().map(|fault| if let Fault::Latency(time) = fault { *time } else { Duration::ZERO });
        times.sum()
    }

    /// The answer that comes in the place of an execution.
    pub(super) fn refusal(&self) -> Option<Response> {
        self.0.iter().find_map(|fault| {
            let (status, code, retry_after) = match fault {
                Fault::Error => (500, 2, None),
                Fault::Busy { status, retry_after } => (*status, 3, *retry_after),
                _ => return None,
            };
            let content = Content::Fixed(format!("{{\"responseCode\":{code}}}").into_bytes());
            let response = Response { content, ..Response::empty(status) };
            let response = response.with_header("Content-Type", "application/json;charset=UTF-8");
            Some(match retry_after {
                Some(seconds) => response.with_header("Retry-After", seconds.to_string()),
                None => response,
            })
        })
    }

    /// The answer as it is to be sent.
    pub(super) fn spoil(&self, mut response: Response) -> Response {
        if self.has(&Fault::Garbage) {
            let (Content::Fixed(body) | Content::Streamed(body)) = &mut response.content;
            *body = GARBAGE.to_vec();
        }
        response
    }

    /// How much of an answer is sent.
    pub(super) fn part<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        if !self.has(&Fault::Truncate) {
            return bytes;
        }
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |end| end + 4);
        &bytes[..head + (bytes.len() - head) / 2]
    }
}
