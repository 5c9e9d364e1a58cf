//! Who we are to the server, and how a request proves it (BEHAVIOUR.md 6).

mod answer;
mod basic;
mod credentials;
mod session;
mod sessions;

pub(crate) use basic::basic;
pub(crate) use credentials::{Credentials, Method, Proof};

use crate::error::{Error, Kind, Result};
use crate::log::Level;
use crate::reply;
use crate::request::Certificate;
use crate::sending::Sender;
use crate::transport::{Deadline, Reply};
use http::HeaderValue;
use session::Session;
use sessions::Sessions;
use std::sync::Arc;
use std::time::Duration;

/// Nobody who frees a client waits longer than this for the server to forget its session.
const LOGOUT_TIME: Duration = Duration::from_secs(1);

/// What a request shows of our identity.
#[derive(Clone)]
pub(crate) enum Pass {
    /// Nothing.
    Anonymous,
    /// Username and password.
    Basic(HeaderValue),
    /// A session that the server knows to be ours.
    Session(Arc<Session>),
    /// Nothing in the request: the connection says who we are.
    Certificate,
}

impl Pass {
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        match self {
            Pass::Anonymous | Pass::Certificate => None,
            Pass::Basic(header) => Some(header.clone()),
            Pass::Session(session) => Some(session.header()),
        }
    }

    pub(crate) fn certificate(&self) -> Certificate {
        match self {
            Pass::Anonymous | Pass::Basic(_) => Certificate::Avoided,
            Pass::Session(_) => Certificate::Offered,
            Pass::Certificate => Certificate::Required,
        }
    }
}

/// Gives requests what proves our identity. Sessions are shared by all threads of a process.
#[derive(Debug, Default)]
pub(crate) struct Authenticator {
    sessions: Sessions,
}

impl Authenticator {
    /// What a request has to show. Logs in where that takes a session and there is none.
    pub(crate) fn pass(
        &self,
        credentials: &Credentials,
        api: &str,
        sender: &Sender,
        deadline: Deadline,
    ) -> Result<Pass> {
        let mut has_logged_in = false;
        let login = || {
            has_logged_in = true;
            Session::login(credentials, api, sender, deadline)
        };
        let pass = match credentials.method() {
            Method::Basic => Pass::Basic(credentials.basic()?),
            Method::ClientCertificate => Pass::Certificate,
            Method::Session => Pass::Session(self.sessions.get(deadline, login)?),
        };
        if has_logged_in {
            sender.count_login();
            sender.log().write(Level::Info, || format!("Logged in as {}.", credentials.description()));
        }
        Ok(pass)
    }

    /// Whether a reply says that the session is unknown to the server, which has restarted or removed it. It will
    /// not be used again; the request was not carried out.
    pub(crate) fn is_over(&self, pass: &Pass, reply: &Reply) -> bool {
        match pass {
            Pass::Session(session) if reply::is_session_unknown(reply) => {
                self.sessions.forget(session);
                true
            }
            _ => false,
        }
    }

    /// Leaves a session that the server does not know right after the login.
    pub(crate) fn give_up(&self, pass: &Pass, sender: &Sender, deadline: Deadline) -> Error {
        if let Pass::Session(session) = pass {
            session.log_out(sender, deadline.at_most(LOGOUT_TIME));
        }
        Error::new(
            Kind::AuthenticationFailed,
            "The server does not know the session that it has just opened (HTTP 401). Do several servers share this \
             address? Then use the address of one of them, or a password with auth_method \"basic\".",
        )
        .with_http_status(401)
    }

    /// Ends the session of this process, if there is one, within a short time. Sessions of a parent are left alone.
    pub(crate) fn log_out(&self, sender: &Sender) {
        if let Some(session) = self.sessions.take()
            && let Ok(deadline) = Deadline::start(LOGOUT_TIME, LOGOUT_TIME, None)
        {
            session.log_out(sender, deadline);
        }
    }
}

/// The certificate alone did not identify us: what may be the reason.
pub(crate) fn certificate_not_seen(error: Error) -> Error {
    if error.kind() != Kind::AuthenticationRequired {
        return error;
    }
    error.with_message(
        "The server does not take the client certificate: it asks for none in the TLS handshake, or cannot see it. \
         The stock server asks later, by renegotiation, which modern TLS does not have. Set auth_method to \
         \"session\" (or \"auto\"), which proves the same identity with the same key.",
    )
}
