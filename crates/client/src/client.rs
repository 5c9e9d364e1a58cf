//! The client: one server, one identity, any number of threads.

use crate::config::Config;
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::options::CallOptions;
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
}

impl Client {
    /// Makes a client. Reads the certificate files the configuration names; contacts nobody.
    ///
    /// # Errors
    /// [`Kind::ConfigInvalid`] where such a file cannot be used.
    pub fn new(config: Config) -> Result<Client> {
        let transport = Transport::new(config.transport.clone())?;
        Ok(Client { config, transport })
    }

    /// What the client was made from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time that one call may take.
    pub(crate) fn deadline(&self, options: &CallOptions) -> Result<Deadline> {
        let total = options.timeout.unwrap_or(self.config.timeout);
        let connect = options.connect_timeout.unwrap_or(self.config.connect_timeout);
        Deadline::start(total, connect)
    }

    /// GET of a record, or of a part of it.
    pub(crate) fn read(
        &self,
        handle: &Handle,
        query: &Query,
        authenticated: bool,
        deadline: Deadline,
    ) -> Result<Answer> {
        let authorization = if authenticated { Some(self.authorization()?) } else { None };
        self.exchange(Asked::Read, Method::GET, handle, query, authorization, None, deadline)
    }

    /// PUT of a record, or of single values.
    pub(crate) fn put(
        &self,
        handle: &Handle,
        query: &Query,
        body: &Json,
        deadline: Deadline,
    ) -> Result<Answer> {
        let authorization = Some(self.authorization()?);
        let body = Some(body.to_string().into_bytes());
        self.exchange(Asked::Write, Method::PUT, handle, query, authorization, body, deadline)
    }

    /// DELETE of the whole Handle: without an index there is nothing else it could be.
    pub(crate) fn delete(&self, handle: &Handle, deadline: Deadline) -> Result<Answer> {
        let authorization = Some(self.authorization()?);
        let query = Query::default();
        self.exchange(Asked::Write, Method::DELETE, handle, &query, authorization, None, deadline)
    }

    #[allow(clippy::too_many_arguments)]
    fn exchange(
        &self,
        asked: Asked,
        method: Method,
        handle: &Handle,
        query: &Query,
        authorization: Option<HeaderValue>,
        body: Option<Vec<u8>>,
        deadline: Deadline,
    ) -> Result<Answer> {
        let url = request::handle_url(&self.config.api_root, handle.as_str(), query)?;
        let request = Request { method, url, authorization, body };
        let reply = self.transport.send(request, deadline).map_err(|failure| {
            let in_doubt = asked == Asked::Write && failure.may_have_arrived();
            failure.into_error().with_in_doubt(in_doubt)
        })?;
        reply::decode(asked, handle.as_str(), reply)
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
            return Err(Error::new(
                Kind::InsecureTransport,
                "Nothing was sent, since credentials never travel over plain HTTP. Use an https:// address in \
                 handle_server_url.",
            ));
        }
        credentials.authorization()
    }
}
