//! Fetching the key of a server, for a user to keep and to pin.

use super::on_handle;
use crate::client::Client;
use crate::config::{Config, Settings};
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::keys::{KeyAlgorithm, PublicKey};
use crate::options::CallOptions;
use crate::record::{Data, Record, SiteServer};
use crate::reply;
use crate::request::{Certificate, Query, Repeat, Request};
use crate::sending::Sender;
use crate::transport::{self, Deadline, Failure, FirstKey, Pin, Trust};
use http::Method;
use std::net::IpAddr;
use url::Url;

impl Config {
    /// Asks the configured server for its key, as PEM with the key's hash in a line before it, to be kept in a file for
    /// `HTTPS_verify`. This is trust on first use: whoever answers now is believed, so compare the hash with what the
    /// server's administrator says. It is only checked that the key is that of the TLS connection.
    ///
    /// One request, without credentials: GET of `/api/site`.
    ///
    /// # Errors
    /// [`Kind::TlsCertificate`] where the connection ends at somebody without the server's key, such as a proxy;
    /// [`Kind::InsecureTransport`] without HTTPS; [`Kind::NotAHandleServer`]; those of the connection.
    pub fn server_key_from_site(&self, options: &CallOptions) -> Result<String> {
        if !self.is_https() {
            let message = "Over plain HTTP a server does not prove its key. Use an https:// address in handle_server_url.";
            return Err(Error::new(Kind::InsecureTransport, message));
        }
        let first = FirstKey::default();
        let settings = transport::Settings {
            trust: Trust::First(first.clone()),
            // Not even this is shown to somebody unknown.
            certificate: None,
            ..self.transport.clone()
        };
        let request = Request {
            method: Method::GET,
            url: self.site_url()?,
            authorization: None,
            certificate: Certificate::Never,
            body: None,
            repeat: Repeat::Anytime,
            mirror: None,
        };
        let sender = Sender::new(settings, self.max_retries, self.log().clone())?;
        let reply = sender.send(&request, self.deadline(options)?);
        let site = reply::decode_site(reply.map_err(Failure::into_error)?)?;
        let shown = first.get().unwrap_or_default();
        let keys: Vec<_> =
            SiteServer::all_of(&site).into_iter().filter_map(|server| server.key?.ok()).collect();
        let proven = keys.iter().find(|key| key.to_spki() == shown);
        proven.map_or_else(|| Err(not_the_servers(Pin::of(shown))), pem)
    }

    /// The configured server's address, where it is one in numbers.
    fn socket_address(&self) -> Option<(IpAddr, u16)> {
        let url = Url::parse(&self.api_root).ok()?;
        let host = url.host_str()?.trim_matches(['[', ']']).parse().ok()?;
        Some((host, url.port_or_known_default()?))
    }

    /// `/api/site` beside `/api/handles/`.
    fn site_url(&self) -> Result<Url> {
        Url::parse(&format!("{}site", self.api_base))
            .map_err(|_| Error::new(Kind::Internal, "The address of the server's site cannot be made."))
    }
}

impl Client {
    /// A client of the public resolver, `https://hdl.handle.net`, that goes through the same proxy, takes the same time
    /// and has the same log as clients of a configuration.
    ///
    /// # Errors
    /// [`Kind::ConfigInvalid`] where the system has no certificate authorities.
    pub fn of_public_resolver(config: &Config) -> Result<Client> {
        let mut settings = Settings::new();
        settings.set_log(config.log().clone());
        let mut resolver = Config::from_settings(&settings)?;
        resolver.transport.proxy = config.transport.proxy.clone();
        (resolver.timeout, resolver.connect_timeout) = (config.timeout, config.connect_timeout);
        resolver.max_retries = config.max_retries;
        Client::new(resolver)
    }

    /// Reads the key of a prefix's server from the record of the prefix on this client's server, a resolver such as
    /// `https://hdl.handle.net`: as PEM with the key's hash in a line before it, to be kept in a file for
    /// `HTTPS_verify`. Where the address in `config` tells which of several servers is meant, only its key is given, else
    /// those of all.
    ///
    /// One request to the resolver, two where the record only names another that describes the servers (HS_SERV). They
    /// carry no credentials, and the resolver's certificate must be verified.
    ///
    /// # Errors
    /// [`Kind::InsecureTransport`] where the resolver is not verified; [`Kind::HandleNotFound`] for an unknown prefix;
    /// [`Kind::ValueNotFound`] where no server or no key is named; [`Kind::KeyInvalid`] where there are only keys that TLS
    /// cannot use.
    pub fn server_key_from_prefix(
        &self,
        config: &Config,
        prefix: &str,
        options: &CallOptions,
    ) -> Result<String> {
        let is_whole = prefix.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("0.NA/"));
        let name = if is_whole { prefix.to_owned() } else { format!("0.NA/{prefix}") };
        on_handle("server_key_from_prefix", &name, |handle| {
            let site = self.sites_of(handle, self.deadline(options)?)?;
            pems(ours(site, config))
        })
    }

    /// The servers of a prefix: of the HS_SITE values of its record, or of the one that its HS_SERV value names.
    fn sites_of(&self, handle: &Handle, deadline: Deadline) -> Result<Vec<SiteServer>> {
        if !self.config().is_https() {
            return Err(unverified("its address is not https://"));
        }
        if !self.config().transport.trust.is_verified() {
            return Err(unverified("HTTPS_verify is false"));
        }
        let query =
            || SITES.iter().chain(SERVICE).fold(Query::default(), |query, kind| query.with("type", kind));
        let read = |name: &str| self.read(name, &query(), false, deadline)?.into_record(name);
        let mut record = read(handle.as_str())?;
        let service = |kind: &&str| Some(record.of_type(kind).next()?.data.text()?.into_owned());
        let service = SERVICE.iter().find_map(service);
        if let Some(service) = service.filter(|_| servers_of(&record).is_empty()) {
            record = read(Handle::parse(&service)?.as_str())?;
        }
        let servers = servers_of(&record);
        if servers.is_empty() {
            return Err(Error::new(
                Kind::ValueNotFound,
                "The record names no server: it has no HS_SITE value that can be read. Ask the server itself for its key, or its \
                 administrator.",
            ));
        }
        Ok(servers)
    }
}

const SITES: &[&str] = &["HS_SITE", "HS_SITE.6"];
const SERVICE: &[&str] = &["HS_SERV"];

fn servers_of(record: &Record) -> Vec<SiteServer> {
    let sites = SITES.iter().flat_map(|kind| record.of_type(kind));
    let structures = sites.filter_map(|value| match &value.data {
        Data::Structured { value, .. } => Some(value),
        _ => None,
    });
    structures.flat_map(SiteServer::all_of).collect()
}

/// Those that have the address and port of the configured server; with that address; else all.
fn ours(mut servers: Vec<SiteServer>, config: &Config) -> Vec<SiteServer> {
    let Some((address, port)) = config.socket_address() else { return servers };
    if servers.iter().any(|server| server.is_at(address)) {
        servers.retain(|server| server.is_at(address));
    }
    if servers.iter().any(|server| server.is_at(address) && server.listens_at(port)) {
        servers.retain(|server| server.listens_at(port));
    }
    servers
}

/// The keys of servers that can be pinned.
fn pems(servers: Vec<SiteServer>) -> Result<String> {
    let mut pems: Vec<String> = Vec::new();
    let mut problem = Error::new(
        Kind::ValueNotFound,
        "The HS_SITE value names no key of its server. Ask the server itself for it.",
    );
    for key in servers.into_iter().filter_map(|server| server.key) {
        match key.and_then(|key| pem(&key)) {
            Ok(pem) if pems.contains(&pem) => {}
            Ok(pem) => pems.push(pem),
            Err(error) => problem = error,
        }
    }
    if pems.is_empty() { Err(problem) } else { Ok(pems.concat()) }
}

/// A key as it is kept: its hash, for people to compare, and PEM, whose readers skip what stands before it.
fn pem(key: &PublicKey) -> Result<String> {
    if key.algorithm() == KeyAlgorithm::Dsa {
        return Err(Error::new(
            Kind::KeyInvalid,
            "The server has a DSA key, and TLS has no DSA any more: it cannot be reached over HTTPS until its \
             administrator gives it an RSA key.",
        ));
    }
    Ok(format!("{}\n{}", key.fingerprint(), key.to_pem()))
}

fn unverified(why: &str) -> Error {
    let message = format!(
        "Nothing was sent to the resolver, since {why}: then anybody in between could name a key. Verify the resolver."
    );
    Error::new(Kind::InsecureTransport, message)
}

fn not_the_servers(shown: Pin) -> Error {
    let message = format!(
        "The certificate that was shown has the key {shown}, and that is not the key of the Handle server behind it: \
         something in between, perhaps a proxy, ends TLS. Where an authority signed its certificate, let HTTPS_verify be \
         true or name the file of that CA; else ask its administrator."
    );
    Error::new(Kind::TlsCertificate, message)
}
