//! One session with the server: logging in, and logging out (BEHAVIOUR.md 6.2).

use super::answer;
use super::basic::secret_header;
use super::credentials::{Credentials, Proof};
use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use crate::reference::Reference;
use crate::reply;
use crate::request::{Certificate, Repeat, Request};
use crate::sending::Sender;
use crate::transport::{Deadline, Reply};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::{HeaderValue, Method};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value as Json;
use url::Url;
use zeroize::Zeroizing;

/// The server percent-decodes ids in headers; quotes would end them.
const ID_ENCODED: &AsciiSet = &CONTROLS.add(b'%').add(b'"').add(b'\\').add(b' ').add(b',');

/// A session that has proven who we are.
#[derive(Debug)]
pub(crate) struct Session {
    header: HeaderValue,
    this: Url,
}

impl Session {
    /// Opens a session and answers its challenge: two requests. Where the server forgets it in between, once more.
    pub(super) fn login(
        credentials: &Credentials,
        api: &str,
        sender: &Sender,
        deadline: Deadline,
    ) -> Result<Session> {
        match Session::attempt(credentials, api, sender, deadline)? {
            Some(session) => Ok(session),
            None => Session::attempt(credentials, api, sender, deadline)?.ok_or_else(|| {
                Error::new(
                    Kind::AuthenticationFailed,
                    "Logging in failed. The server forgets each session that it opens (HTTP 403). Do several servers \
                     share this address? Then use the address of one of them.",
                )
            }),
        }
    }

    fn attempt(
        credentials: &Credentials,
        api: &str,
        sender: &Sender,
        deadline: Deadline,
    ) -> Result<Option<Session>> {
        fault_point("login");
        let reply = send(sender, deadline, Method::POST, url(api, "sessions")?, None)?;
        let challenge = members(reply, 201)?;
        let text = |name: &str| challenge[name].as_str().filter(|text| is_plain(text));
        let nonce = text("nonce").and_then(|nonce| BASE64.decode(nonce).ok());
        let (Some(id), Some(nonce)) = (text("sessionId"), nonce) else {
            return Err(Error::new(
                Kind::UnexpectedReply,
                "The server opened a session without a challenge that makes sense.",
            ));
        };
        let this = url(api, "sessions/this")?;
        let user = credentials.user().to_string();
        let mut header = Zeroizing::new(format!("Handle sessionId=\"{id}\""));
        let session = Session { header: secret_header(header.clone())?, this: this.clone() };
        header.push_str(&format!(", id=\"{}\"", utf8_percent_encode(&user, ID_ENCODED)));
        for (name, value) in answer::answer(credentials, &nonce)? {
            header.push_str(&format!(", {name}=\"{value}\""));
        }
        let reply = send(sender, deadline, Method::PUT, this, Some(secret_header(header)?))?;
        if reply.status == 403 && reply.body.is_empty() {
            return Ok(None);
        }
        accepted(credentials, reply)?;
        Ok(Some(session))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// Asks the server to forget the session. Whether it does is of no importance to us.
    pub(super) fn log_out(&self, sender: &Sender, deadline: Deadline) {
        let _ = send(sender, deadline, Method::DELETE, self.this.clone(), Some(self.header()));
    }
}

fn url(api: &str, path: &str) -> Result<Url> {
    Url::parse(&format!("{api}{path}"))
        .map_err(|_| Error::new(Kind::Internal, "The address of the server's sessions makes no sense."))
}

fn send(
    sender: &Sender,
    deadline: Deadline,
    method: Method,
    url: Url,
    authorization: Option<HeaderValue>,
) -> Result<Reply> {
    // A session that nobody uses does no harm, and an answer can be given again (BEHAVIOUR.md 6.2).
    let repeat = if method == Method::DELETE { Repeat::Never } else { Repeat::Anytime };
    let certificate = Certificate::Offered;
    let request = Request { method, url, authorization, certificate, body: None, repeat, mirror: None };
    sender.send(&request, deadline).map_err(|failure| failure.into_error().before("Logging in failed."))
}

/// Base64 and session ids consist of such characters: nothing else gets into a header.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_.".contains(&byte))
}

fn members(reply: Reply, expected: u16) -> Result<Json> {
    match serde_json::from_str(str::from_utf8(&reply.body).unwrap_or_default()) {
        Ok(json @ Json::Object(_)) if reply.status == expected => Ok(json),
        _ => Err(reply::without_session(&reply)),
    }
}

/// Whether the server now takes us for who we are. A failed answer may come with status 200 and an earlier identity
/// (BEHAVIOUR.md 6.2).
fn accepted(credentials: &Credentials, reply: Reply) -> Result<()> {
    let status = reply.status;
    if status == 401 {
        return Err(refused(credentials).with_http_status(status));
    }
    let login = members(reply, 200)?;
    let is_ours = login["id"].as_str().is_some_and(|id| names(id, credentials.user()));
    if login["authenticated"] == true && login.get("error").is_none() && is_ours {
        return Ok(());
    }
    Err(refused(credentials).with_http_status(status))
}

/// Whether an id that the server returned is ours. Our index 0 stands for whichever value fits.
fn names(id: &str, ours: &Reference) -> bool {
    let with_index = id.split_once(':').and_then(|(index, handle)| Some((index.parse().ok()?, handle)));
    let (index, handle): (u32, _) = with_index.unwrap_or((0, id));
    handle.eq_ignore_ascii_case(&ours.handle) && (ours.index == 0 || index == ours.index)
}

fn refused(credentials: &Credentials) -> Error {
    let user = credentials.user();
    let what = match credentials.proof() {
        Proof::Password(_) => format!(
            "Check that {user} exists with an HS_SECKEY value at that index on this server, and the password."
        ),
        Proof::Key(key) => format!(
            "Check that {user} exists with an HS_PUBKEY value at that index on this server, and that the value holds \
             the public half of this {} key. b2h_client_check() compares them.",
            key.algorithm()
        ),
    };
    Error::new(Kind::AuthenticationFailed, format!("The server refused to log in {user}. {what}"))
}
