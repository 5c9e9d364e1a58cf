//! The client: one server, one identity, any number of threads.

use crate::cache::Cache;
use crate::config::{Config, ReverseLookup};
use crate::edits::Edits;
use crate::error::{Error, Kind, Result};
use crate::exchange::{Exchange, Exchanger, over_plain_http};
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
    exchanger: Exchanger,
    api_root: Url,
    /// The same on the second server.
    mirror: Option<Url>,
    edits: Edits,
    cache: Cache,
}

impl Client {
    /// Makes a client. Reads the certificate files the configuration names; contacts nobody.
    ///
    /// # Errors
    /// [`Kind::ConfigInvalid`] where such a file cannot be used.
    pub fn new(config: Config) -> Result<Client> {
        let root = |address: &str| {
            let no_address =
                |error| Error::new(Kind::Internal, format!("{address} is no address ({error})."));
            Url::parse(address).map_err(no_address)
        };
        let (api_root, mirror) = (root(&config.api_root)?, config.mirror.as_deref().map(root).transpose()?);
        let cache = Cache::new(config.cache);
        Ok(Client { exchanger: Exchanger::new(config)?, api_root, mirror, edits: Edits::default(), cache })
    }

    /// What the client was made from.
    pub fn config(&self) -> &Config {
        self.exchanger.config()
    }

    /// What the client has done so far, in this process.
    pub fn stats(&self) -> Stats {
        self.sender().stats()
    }

    pub(crate) fn sender(&self) -> &Sender {
        self.exchanger.sender()
    }

    pub(crate) fn exchanger(&self) -> &Exchanger {
        &self.exchanger
    }

    pub(crate) fn edits(&self) -> &Edits {
        &self.edits
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The time that one call may take.
    pub(crate) fn deadline<'a>(&self, options: &'a CallOptions) -> Result<Deadline<'a>> {
        self.config().deadline(options)
    }

    /// GET of a record, or of a part of it.
    pub(crate) fn read(
        &self,
        name: &str,
        query: &Query,
        authenticated: bool,
        deadline: Deadline,
    ) -> Result<Answer> {
        let reading = self.reading(name, query, authenticated, false)?;
        self.exchanger.exchange(reading, deadline)?.record(name)
    }

    /// The GET of a record or of a part of it, to be sent. What everybody may read may come from the second server where the
    /// first one fails; it may lag behind, so this is for those who only want to know.
    pub(crate) fn reading(
        &self,
        name: &str,
        query: &Query,
        authenticated: bool,
        may_lag: bool,
    ) -> Result<Exchange> {
        let mirror = self.mirror.as_ref().filter(|_| may_lag && !authenticated);
        let mirror = mirror.map(|root| request::handle_url(root, name, query)).transpose()?;
        let url = request::handle_url(&self.api_root, name, query)?;
        Ok(Exchange::reading(url, mirror, authenticated))
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
        let received = self.exchanger.exchange(Exchange::new(method, url, body), deadline)?;
        received.judged(|reply| reply::decode(asked, name, reply))
    }

    /// GET of a page of the Handles below a prefix.
    pub(crate) fn list_request(&self, prefix: &str, query: &Query, deadline: Deadline) -> Result<Listing> {
        let url = request::collection_url(&self.api_root, None, query)?;
        let received = self.exchanger.exchange(Exchange::new(Method::GET, url, None), deadline)?;
        received.judged(|reply| reply::decode_list(prefix, reply))
    }

    /// Asks the reverse lookup whether it is there; nothing where none is configured.
    pub(crate) fn ping_reverse_lookup(&self, deadline: Deadline) -> Option<Result<()>> {
        let lookup = self.config().reverse_lookup.as_ref()?;
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
        let reply = self.sender().send(&request, deadline).map_err(Failure::into_error)?;
        Ok((reply, shows_user))
    }
}
