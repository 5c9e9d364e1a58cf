//! JSON answers: response code, message, handle, values.

use crate::auth::challenge;
use crate::codes::ResponseCode;
use crate::http::{Content, Head, Response};
use crate::json::Json;
use std::io;

/// How the client wants JSON to look.
#[derive(Debug)]
pub(super) struct Style {
    pub(super) pretty: bool,
    /// The function to call with it: JSONP.
    pub(super) callback: Option<String>,
}

/// An answer of the API.
#[derive(Debug)]
pub(super) struct Reply {
    status: u16,
    members: Vec<(String, Json)>,
    challenge: bool,
}

impl Reply {
    pub(super) fn new(status: u16, code: ResponseCode) -> Reply {
        let members = vec![("responseCode".to_owned(), Json::number(code.0))];
        Reply { status, members, challenge: false }
    }

    pub(super) fn message(self, message: impl Into<String>) -> Reply {
        self.member("message", Json::text(message))
    }

    pub(super) fn member(mut self, name: &str, value: Json) -> Reply {
        self.members.push((name.to_owned(), value));
        self
    }

    /// With the challenge headers of a 401.
    pub(super) fn with_challenge(mut self) -> Reply {
        self.challenge = true;
        self
    }

    pub(super) fn render(self, head: &Head, style: &Style) -> io::Result<Response> {
        let json = Json::Object(self.members);
        let text = if style.pretty { json.pretty() } else { json.compact() };
        let (body, content_type) = match &style.callback {
            Some(function) => (format!("{function}({text});"), "application/javascript;charset=UTF-8"),
            None => (text, "application/json;charset=UTF-8"),
        };
        let body = body.into_bytes();
        let content =
            if matches!(self.status, 200 | 201) { Content::Streamed(body) } else { Content::Fixed(body) };
        let mut response = Response { content, ..Response::empty(self.status) };
        if self.challenge {
            response = challenge(response, head, None)?;
        }
        Ok(response.with_header("Content-Type", content_type))
    }
}

/// 400 with response code 4: the request is malformed.
pub(super) fn malformed(message: impl Into<String>) -> Reply {
    Reply::new(400, ResponseCode::PROTOCOL_ERROR).message(message)
}

/// What ends the handling of a request early.
#[derive(Debug)]
pub(super) enum Stop {
    Reply(Reply),
    /// The client cannot be read any more.
    Gone(io::Error),
}

impl From<Reply> for Stop {
    fn from(reply: Reply) -> Stop {
        Stop::Reply(reply)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Gone(error)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        Stop::Reply(Reply::new(500, ResponseCode::ERROR).message(error.to_string()))
    }
}
