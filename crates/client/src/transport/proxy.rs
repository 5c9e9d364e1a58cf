//! The proxy to use, decided once when the client is made.

use crate::error::{Error, Kind, Result};
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;
use std::fmt;
use std::sync::Arc;

/// A proxy from the configuration, else the environment's, else none.
#[derive(Clone)]
pub(crate) struct ProxyChoice(Option<Arc<Matcher>>);

/// A proxy, and what it wants to know of us.
#[derive(Debug)]
pub(super) struct Proxy {
    pub(super) uri: Uri,
    pub(super) authorization: Option<HeaderValue>,
}

impl ProxyChoice {
    /// `configured` is the `proxy` key: an address, or empty for "no proxy, whatever the environment says".
    pub(crate) fn new(configured: Option<String>) -> Result<ProxyChoice> {
        match configured {
            Some(address) if address.is_empty() => Ok(ProxyChoice(None)),
            Some(address) => {
                check(&address, "The key proxy")?;
                Ok(ProxyChoice(Some(Arc::new(Matcher::builder().all(address).build()))))
            }
            None => ProxyChoice::of_environment(),
        }
    }

    fn of_environment() -> Result<ProxyChoice> {
        let https = variable(&["https_proxy", "HTTPS_PROXY"]);
        // HTTP_PROXY in capitals can be set by a request header in CGI programs, so only this one counts.
        let http = variable(&["http_proxy"]);
        if https.is_none() && http.is_none() {
            return Ok(ProxyChoice(None));
        }
        let mut matcher = Matcher::builder();
        if let Some((name, address)) = https {
            check(&address, name)?;
            matcher = matcher.https(address);
        }
        if let Some((name, address)) = http {
            check(&address, name)?;
            matcher = matcher.http(address);
        }
        if let Some((_, except)) = variable(&["NO_PROXY", "no_proxy"]) {
            matcher = matcher.no(except);
        }
        Ok(ProxyChoice(Some(Arc::new(matcher.build()))))
    }

    /// The proxy on the way to a server.
    pub(super) fn of(&self, uri: &Uri) -> Option<Proxy> {
        let found = self.0.as_ref()?.intercept(uri)?;
        Some(Proxy { uri: found.uri().clone(), authorization: found.basic_auth().cloned() })
    }
}

/// The address itself is not shown: it may contain a password.
fn check(address: &str, from: &str) -> Result<()> {
    if address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://")) {
        // The TLS of the server would be that of the proxy too: its pins, and our certificate.
        return Err(Error::new(
            Kind::ConfigInvalid,
            format!(
                "{from} names a proxy that is itself reached over HTTPS, which is not supported. Use its http:// \
                 address: what goes through it to an https:// server stays encrypted."
            ),
        ));
    }
    let understood = Matcher::builder().all(address.to_owned()).build();
    let found = understood.intercept(&Uri::from_static("http://handle.invalid/"));
    if found.is_some_and(|proxy| proxy.uri().scheme_str() == Some("http")) {
        return Ok(());
    }
    Err(Error::new(
        Kind::ConfigInvalid,
        format!("{from} is not the address of a proxy, such as http://proxy.example.org:3128."),
    ))
}

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyChoice({})", if self.0.is_some() { "a proxy" } else { "none" })
    }
}

fn variable(names: &[&'static str]) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| {
        std::env::var(name).ok().filter(|value| !value.is_empty()).map(|value| (*name, value))
    })
}
