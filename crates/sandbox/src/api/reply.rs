//! JSON answers: response code, message, handle, values.

use crate::auth::challenge;
use crate::codes::ResponseCode;
use crate::http::{Content, Head, Response};
use crate::json::Json;
use crate::session::Session;
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
    headers: Vec<(&'static str, String)>,
    /// The members of the JSON; `None` without body.
    members: Option<Vec<(String, Json)>>,
}

impl Reply {
    pub(super) fn new(status: u16, code: ResponseCode) -> Reply {
        Reply::object(status, vec![("responseCode".to_owned(), Json::number(code.0))])
    }

    /// JSON without a response code.
    pub(super) fn object(status: u16, members: Vec<(String, Json)>) -> Reply {
        Reply { status, headers: Vec::new(), members: Some(members) }
    }

    /// Nothing but a status.
    pub(super) fn empty(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), members: None }
    }

    pub(super) fn message(self, message: impl Into<String>) -> Reply {
        self.member("message", Json::text(message))
    }

    pub(super) fn member(mut self, name: &str, value: Json) -> Reply {
        self.members.get_or_insert_default().push((name.to_owned(), value));
        self
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    /// With the challenge of a session, as a 401 has it.
    pub(super) fn challenge(mut self, head: &Head, session: &Session, error: Option<&str>) -> Reply {
        let lines = challenge(head, session, error).into_iter();
        self.headers.extend(lines.map(|line| ("WWW-Authenticate", line)));
        self
    }

    pub(super) fn render(self, style: &Style) -> Response {
        let Some(members) = self.members else {
            return Response { headers: self.headers, ..Response::empty(self.status) };
        };
        let json = Json::Object(members);
        let text = if style.pretty { json.pretty() } else { json.compact() };
        let (body, content_type) = match &style.callback {
            Some(function) => (format!("{function}({text});"), "application/javascript;charset=UTF-8"),
            None => (text, "application/json;charset=UTF-8"),
        };
        let body = body.into_bytes();
        let content =
            if matches!(self.status, 200 | 201) { Content::Streamed(body) } else { Content::Fixed(body) };
        Response { status: self.status, headers: self.headers, content }
            .with_header("Content-Type", content_type)
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
    /// The connection ends without an answer.
    Drop,
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
