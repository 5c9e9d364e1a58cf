//! The reverse-lookup servlet: where it is, and who we are to it.

use super::keys::Reader;
use super::server;
use crate::auth::basic;
use reqwest::Url;
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

const DEFAULT_PATH: &str = "/hrls/handles/";

/// The reverse lookup of a server. It has users of its own.
#[derive(Debug)]
pub(crate) struct ReverseLookup {
    /// Where searches go.
    root: String,
    pub(crate) authorization: Option<HeaderValue>,
}

impl ReverseLookup {
    /// Where the servlet says that it is there.
    pub(crate) fn ping_url(&self) -> Option<Url> {
        let servlet = self.root.strip_suffix("handles/")?;
        Url::parse(&format!("{servlet}ping")).ok()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.root.starts_with("https:")
    }
}

/// Reads the keys; without any of them there is no reverse lookup. Users and passwords are by default those for the
/// Handle server, as B2HANDLE has it.
pub(super) fn read(reader: &mut Reader, server_address: &str) -> Option<ReverseLookup> {
    let keys = ["reverselookup_baseuri", "reverselookup_username", "reverselookup_password"];
    let is_configured = keys.iter().any(|key| reader.json(key).is_some());
    if !is_configured {
        return None;
    }
    let path = reader.text("reverselookup_url_extension").unwrap_or_else(|| DEFAULT_PATH.to_owned());
    let address = reader.text("reverselookup_baseuri").unwrap_or_else(|| server_address.to_owned());
    let user = reader.text("reverselookup_username").or_else(|| reader.text("username"));
    let password =
        reader.text("reverselookup_password").or_else(|| reader.text("password")).map(Zeroizing::new);
    let root = reader.check("reverselookup_baseuri", server::api_root(&address, &path))?;
    let authorization = match (user, password) {
        (Some(user), Some(password)) => basic(&user, &password).ok(),
        _ => None,
    };
    Some(ReverseLookup { root, authorization })
}
