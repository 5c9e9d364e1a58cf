//! The proxy to use, decided once when the client is made.

use crate::error::{Error, Kind, Result};
use std::fmt;

/// A proxy from the configuration, else the environment's, else none.
#[derive(Clone)]
pub(crate) struct ProxyChoice(Vec<reqwest::Proxy>);

impl ProxyChoice {
    /// `configured` is the `proxy` key: an address, or empty for "no proxy, whatever the environment says".
    pub(crate) fn new(configured: Option<String>) -> Result<ProxyChoice> {
        let is_https =
            |address: &str| address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
        let refused = |from: &str| {
            // The TLS of the server would be that of the proxy too: its pins, and our certificate.
            Error::new(
                Kind::ConfigInvalid,
                format!(
                    "{from} names a proxy that is itself reached over HTTPS, which is not supported. Use its http:// \
                     address: what goes through it to an https:// server stays encrypted."
                ),
            )
        };
        let usable = |result: reqwest::Result<reqwest::Proxy>, from: &str| {
            // The address is not shown: it may contain a password.
            result.map_err(|_| {
                Error::new(
                    Kind::ConfigInvalid,
                    format!("{from} is not the address of a proxy, such as http://proxy.example.org:3128."),
                )
            })
        };
        match configured.as_deref() {
            Some("") => Ok(ProxyChoice(Vec::new())),
            Some(address) if is_https(address) => Err(refused("The key proxy")),
            Some(address) => Ok(ProxyChoice(vec![usable(reqwest::Proxy::all(address), "The key proxy")?])),
            None => {
                let mut proxies = Vec::new();
                let except = || reqwest::NoProxy::from_env();
                if let Some((name, address)) = variable(&["https_proxy", "HTTPS_PROXY"]) {
                    if is_https(&address) {
                        return Err(refused(name));
                    }
                    proxies.push(usable(reqwest::Proxy::https(address), name)?.no_proxy(except()));
                }
                // HTTP_PROXY in capitals can be set by a request header in CGI programs, so only this one counts.
                if let Some((name, address)) = variable(&["http_proxy"]) {
                    if is_https(&address) {
                        return Err(refused(name));
                    }
                    proxies.push(usable(reqwest::Proxy::http(address), name)?.no_proxy(except()));
                }
                Ok(ProxyChoice(proxies))
            }
        }
    }

    pub(super) fn apply(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        // Without this reqwest would look into the environment each time a lane is made.
        let builder = builder.no_proxy();
        self.0.iter().fold(builder, |builder, proxy| builder.proxy(proxy.clone()))
    }
}

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyChoice({} proxies)", self.0.len())
    }
}

fn variable(names: &[&'static str]) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| {
        std::env::var(name).ok().filter(|value| !value.is_empty()).map(|value| (*name, value))
    })
}
