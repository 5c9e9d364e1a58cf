//! The client: one server, one identity, any number of threads.

use crate::config::Config;
use crate::edits::Edits;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::record::Value;
use crate::reply::{self, Answer, Asked};
use crate::request::{self, Query, Request};
use crate::transport::{Deadline, Transport};
use reqwest::{Method, header::HeaderValue};
use serde_json::Value as Json;

/// A client of one Handle server. It may be used by any number of threads at once, and in forked children;
/// no connection is made before the first call.
#[derive(Debug)]
pub struct Client {
    config: Config,
    transport: Transport,
    edits: Edits,
}

impl Client {
    /// Makes a client. Reads the certificate files the configuration names; contacts nobody.
    ///
    /// # Errors
    /// [`Kind::ConfigInvalid`] where such a file cannot be used.
    pub fn new(config: Config) -> Result<Client> {
        let transport = Transport::new(config.transport.clone())?;
        Ok(Client { config, transport, edits: Edits::default() })
    }

    /// What the client was made from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn edits(&self) -> &Edits {
        &self.edits
    }

    /// The time that one call may take.
    pub(crate) fn deadline(&self, options: &CallOptions) -> Result<Deadline> {
        self.config.deadline(options)
    }

    /// GET of a record, or of a part of it.
    pub(crate) fn read(
        &self,
        name: &str,
        query: &Query,
        authenticated: bool,
        deadline: Deadline,
    ) -> Result<Answer> {
        let authorization = if authenticated { Some(self.authorization()?) } else { None };
        self.exchange(Asked::Read, Method::GET, name, query, authorization, None, deadline)
    }

    /// PUT of a record, or of single values.
    pub(crate) fn put(
        &self,
        asked: Asked,
        name: &str,
        query: &Query,
        values: &[Value],
        deadline: Deadline,
    ) -> Result<Answer> {
        let authorization = Some(self.authorization()?);
        let body = Json::Array(values.iter().map(Value::to_json).collect());
        let body = Some(body.to_string().into_bytes());
        self.exchange(asked, Method::PUT, name, query, authorization, body, deadline)
    }

    /// DELETE of the values that the query names, or of the whole Handle where it names none.
    pub(crate) fn delete(&self, name: &str, query: &Query, deadline: Deadline) -> Result<Answer> {
        let authorization = Some(self.authorization()?);
        self.exchange(Asked::Write, Method::DELETE, name, query, authorization, None, deadline)
    }

    #[allow(clippy::too_many_arguments)]
    fn exchange(
        &self,
        asked: Asked,
        method: Method,
        name: &str,
        query: &Query,
        authorization: Option<HeaderValue>,
        body: Option<Vec<u8>>,
        deadline: Deadline,
    ) -> Result<Answer> {
        let url = request::handle_url(&self.config.api_root, name, query)?;
        let request = Request { method, url, authorization, body };
        let reply = self.transport.send(request, deadline).map_err(|failure| {
            let in_doubt = asked.is_write() && failure.may_have_arrived();
            failure.into_error().with_in_doubt(in_doubt)
        })?;
        reply::decode(asked, name, reply)
    }

    /// Asks the reverse lookup whether it is there; nothing where none is configured.
    pub(crate) fn ping_reverse_lookup(&self, deadline: Deadline) -> Option<Result<()>> {
        let lookup = self.config.reverse_lookup.as_ref()?;
        let url = lookup.ping_url()?;
        if lookup.authorization.is_some() && !lookup.is_https() {
            return Some(Err(over_plain_http("reverselookup_baseuri")));
        }
        let request =
            Request { method: Method::GET, url, authorization: lookup.authorization.clone(), body: None };
        Some(match self.transport.send(request, deadline) {
            Err(failure) => Err(failure.into_error()),
            Ok(reply) => reply::decode_ping(&reply),
        })
    }

    /// The header that says who we are. Refused over plain HTTP before anything is sent: the server would not
    /// look at it (BEHAVIOUR.md 6), and everybody in between could.
    fn authorization(&self) -> Result<HeaderValue> {
        let Some(credentials) = &self.config.credentials else {
            return Err(Error::new(
                Kind::AuthenticationRequired,
                "This needs credentials, and the configuration has none. Add username and password.",
            ));
        };
        if !self.config.is_https() {
            return Err(over_plain_http("handle_server_url"));
        }
        credentials.authorization()
    }
}

fn over_plain_http(key: &str) -> Error {
    Error::new(
        Kind::InsecureTransport,
        format!(
            "Nothing was sent, since credentials never travel over plain HTTP. Use an https:// address in {key}."
        ),
    )
}
