//! The client: one server, one identity, any number of threads.

use crate::auth::{self, Authenticator, Pass};
use crate::cache::Cache;
use crate::config::{Config, ReverseLookup};
use crate::edits::Edits;
use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use crate::log::Level;
use crate::options::CallOptions;
use crate::record::Value;
use crate::reply::{self, Answer, Asked, Listing};
use crate::request::{self, Query, Repeat, Request};
use crate::sending::{Sender, Stats};
use crate::transport::{Deadline, Failure, Reply};
use bytes::Bytes;
use http::Method;
use serde_json::Value as Json;
use url::Url;

/// A client of one Handle server. It may be used by any number of threads at once, and in forked children;
/// no connection is made before the first call.
#[derive(Debug)]
pub struct Client {
    config: Config,
    api_root: Url,
    /// The same on the second server.
    mirror: Option<Url>,
    sender: Sender,
    authenticator: Authenticator,
    edits: Edits,
    cache: Cache,
}

impl Client {
    /// Makes a client. Reads the certificate files the configuration names; contacts nobody.
    ///
    /// # Errors
    /// [`Kind::ConfigInvalid`] where such a file cannot be used.
    pub fn new(config: Config) -> Result<Client> {
        let sender = Sender::new(config.transport.clone(), config.max_retries, config.log().clone())?;
        let root = |address: &str| {
            let no_address =
                |error| Error::new(Kind::Internal, format!("{address} is no address ({error})."));
            Url::parse(address).map_err(no_address)
        };
        let (api_root, mirror) = (root(&config.api_root)?, config.mirror.as_deref().map(root).transpose()?);
        let (cache, authenticator, edits) =
            (Cache::new(config.cache), Default::default(), Default::default());
        Ok(Client { config, api_root, mirror, sender, authenticator, edits, cache })
    }

    /// What the client was made from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What the client has done so far, in this process.
    pub fn stats(&self) -> Stats {
        self.sender.stats()
    }

    pub(crate) fn sender(&self) -> &Sender {
        &self.sender
    }

    pub(crate) fn edits(&self) -> &Edits {
        &self.edits
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The time that one call may take.
    pub(crate) fn deadline<'a>(&self, options: &'a CallOptions) -> Result<Deadline<'a>> {
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
        self.get(name, query, authenticated, None, deadline)
    }

    /// GET of what everybody may read, from the second server where the first one fails. It may lag behind, so this is
    /// for those who only want to know.
    pub(crate) fn read_anywhere(&self, name: &str, query: &Query, deadline: Deadline) -> Result<Answer> {
        let mirror = self.mirror.as_ref().map(|root| request::handle_url(root, name, query)).transpose()?;
        self.get(name, query, false, mirror, deadline)
    }

    fn get(
        &self,
        name: &str,
        query: &Query,
        authenticated: bool,
        mirror: Option<Url>,
        deadline: Deadline,
    ) -> Result<Answer> {
        let url = request::handle_url(&self.api_root, name, query)?;
        let exchange = Exchange { method: Method::GET, url, body: None, mirror };
        let received = self.exchange(exchange, authenticated, deadline)?;
        received.judged(|reply| reply::decode(Asked::Read, name, reply))
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
        let body = Json::Array(values.iter().map(Value::to_json).collect());
        let body = Some(body.to_string().into_bytes().into());
        self.write(asked, Method::PUT, name, query, body, deadline)
    }

    /// DELETE of the values that the query names, or of the whole Handle where it names none.
    pub(crate) fn delete(&self, name: &str, query: &Query, deadline: Deadline) -> Result<Answer> {
        self.write(Asked::Write, Method::DELETE, name, query, None, deadline)
    }

    /// However a write ends, also by a panic, what was read before it counts no more.
    fn write(
        &self,
        asked: Asked,
        method: Method,
        name: &str,
        query: &Query,
        body: Option<Bytes>,
        deadline: Deadline,
    ) -> Result<Answer> {
        let url = request::handle_url(&self.api_root, name, query)?;
        let _forgets = self.cache.forgetting(name);
        let received = self.exchange(Exchange { method, url, body, mirror: None }, true, deadline)?;
        received.judged(|reply| reply::decode(asked, name, reply))
    }

    /// GET of a page of the Handles below a prefix.
    pub(crate) fn list_request(&self, prefix: &str, query: &Query, deadline: Deadline) -> Result<Listing> {
        let url = request::collection_url(&self.api_root, None, query)?;
        let exchange = Exchange { method: Method::GET, url, body: None, mirror: None };
        self.exchange(exchange, true, deadline)?.judged(|reply| reply::decode_list(prefix, reply))
    }

    /// Sends a request with or without our identity. Where the server has forgotten our session, it is renewed once
    /// and the request, which was not carried out, sent again.
    fn exchange(&self, exchange: Exchange, authenticated: bool, deadline: Deadline) -> Result<Received> {
        let Exchange { method, url, body, mirror } = exchange;
        let repeat = if method == Method::GET { Repeat::Anytime } else { Repeat::IfUnsent };
        let mut may_renew = true;
        loop {
            let pass = if authenticated { self.pass(deadline)? } else { Pass::Anonymous };
            let (method, url, body, mirror) = (method.clone(), url.clone(), body.clone(), mirror.clone());
            let (authorization, certificate) = (pass.header(), pass.certificate());
            let request = Request { method, url, authorization, certificate, body, repeat, mirror };
            let reply = self.sender.send(&request, deadline).map_err(|failure| {
                let in_doubt = repeat == Repeat::IfUnsent && failure.may_have_arrived();
                failure.into_error().with_in_doubt(in_doubt)
            })?;
            if self.authenticator.is_over(&pass, &reply) {
                if !may_renew {
                    return Err(self.authenticator.give_up(&pass, &self.sender, deadline));
                }
                self.config.log().write(Level::Info, || "The server has forgotten the session.".to_owned());
                may_renew = false;
                continue;
            }
            return Ok(Received { reply, by_certificate: matches!(pass, Pass::Certificate) });
        }
    }

    /// What shows who we are. Refused over plain HTTP before anything is sent: the server would not look at it
    /// (BEHAVIOUR.md 6), and everybody in between could.
    fn pass(&self, deadline: Deadline) -> Result<Pass> {
        let Some(credentials) = &self.config.credentials else {
            return Err(Error::new(
                Kind::AuthenticationRequired,
                "This needs credentials, and the configuration has none. Add username and password, or username \
                 and private_key.",
            ));
        };
        if !self.config.is_https() {
            return Err(over_plain_http("handle_server_url"));
        }
        self.authenticator.pass(credentials, &self.config.api_base, &self.sender, deadline)
    }

    /// Asks the reverse lookup whether it is there; nothing where none is configured.
    pub(crate) fn ping_reverse_lookup(&self, deadline: Deadline) -> Option<Result<()>> {
        let lookup = self.config.reverse_lookup.as_ref()?;
        let url = lookup.ping_url()?;
        let pong = self.to_reverse_lookup(lookup, url, deadline);
        Some(pong.and_then(|(reply, showed_user)| reply::decode_ping(&reply, showed_user)))
    }

    /// GET of a page of what a search finds; tells whether we have said who we are.
    pub(crate) fn search_request(
        &self,
        prefix: Option<&str>,
        query: &Query,
        deadline: Deadline,
    ) -> Result<(Reply, bool)> {
        let lookup = self.reverse_lookup()?;
        self.to_reverse_lookup(lookup, lookup.search_url(prefix, query)?, deadline)
    }

    fn to_reverse_lookup(
        &self,
        lookup: &ReverseLookup,
        url: Url,
        deadline: Deadline,
    ) -> Result<(Reply, bool)> {
        let authorization = lookup.authorization().cloned();
        let shows_user = authorization.is_some();
        if shows_user && !lookup.is_https() {
            return Err(over_plain_http("reverselookup_baseuri"));
        }
        let certificate = lookup.certificate();
        let request = Request {
            method: Method::GET,
            url,
            authorization,
            certificate,
            body: None,
            repeat: Repeat::Anytime,
            mirror: None,
        };
        let reply = self.sender.send(&request, deadline).map_err(Failure::into_error)?;
        Ok((reply, shows_user))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        fault_point("dropping");
        self.authenticator.log_out(&self.sender);
    }
}

/// A request about a Handle, without what says who we are.
struct Exchange {
    method: Method,
    url: Url,
    body: Option<Bytes>,
    mirror: Option<Url>,
}

/// A reply to a request, and whether only the connection said who we are.
struct Received {
    reply: Reply,
    by_certificate: bool,
}

impl Received {
    fn judged<T>(self, decode: impl FnOnce(Reply) -> Result<T>) -> Result<T> {
        let answer = decode(self.reply);
        if self.by_certificate { answer.map_err(auth::certificate_not_seen) } else { answer }
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
