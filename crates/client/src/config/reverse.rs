//! The reverse-lookup servlet: where it is, who we are to it, and what it may be asked.

use super::keys::Reader;
use super::server;
use crate::auth::basic;
use crate::error::Result;
use crate::request::{self, Certificate, Query};
use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;
use zeroize::Zeroizing;

const DEFAULT_PATH: &str = "/hrls/handles/";
/// What B2HANDLE allows to search for.
const DEFAULT_KEYS: [&str; 2] = ["URL", "CHECKSUM"];
/// What B2HANDLE leaves as it is in the name of a user.
const USER_ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The reverse lookup of a server. It has users of its own.
#[derive(Debug)]
pub(crate) struct ReverseLookup {
    /// Where searches go.
    root: Url,
    authorization: Option<HeaderValue>,
    allowed_keys: Vec<String>,
    is_configured: bool,
    /// It is at the address of the Handle server.
    is_same: bool,
}

impl ReverseLookup {
    /// Where the servlet says that it is there, if the configuration speaks of it.
    pub(crate) fn ping_url(&self) -> Option<Url> {
        let servlet = self.root.as_str().strip_suffix("handles/").filter(|_| self.is_configured)?;
        Url::parse(&format!("{servlet}ping")).ok()
    }

    /// Where a search goes.
    pub(crate) fn search_url(&self, prefix: Option<&str>, query: &Query) -> Result<Url> {
        request::collection_url(&self.root, prefix, query)
    }

    /// What shows who we are; nothing where no user is configured for this address.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }

    /// Whether it may be shown the client certificate, which is for the Handle server.
    pub(crate) fn certificate(&self) -> Certificate {
        if self.is_same { Certificate::Avoided } else { Certificate::Never }
    }

    /// The types that may be searched for; none for all.
    pub(crate) fn allowed_keys(&self) -> &[String] {
        &self.allowed_keys
    }

    pub(crate) fn is_https(&self) -> bool {
        self.root.scheme() == "https"
    }
}

/// Reads the keys; there is no reverse lookup where no server is named. User and password are by default those for the
/// Handle server, as B2HANDLE has it, but they are never shown to another server.
pub(super) fn read(reader: &mut Reader, handle_server: Option<&str>) -> Option<ReverseLookup> {
    let keys = ["reverselookup_baseuri", "reverselookup_username", "reverselookup_password"];
    let given = keys.into_iter().find(|key| reader.json(key).is_some());
    let allowed_keys = reader.texts("allowed_search_keys");
    let path = reader.text("reverselookup_url_extension").unwrap_or_else(|| DEFAULT_PATH.to_owned());
    let own_address = reader.text("reverselookup_baseuri");
    let Some(address) = own_address.as_deref().or(handle_server) else {
        if let Some(key) = given {
            reader
                .problem(key, "is given, but neither reverselookup_baseuri nor handle_server_url says where");
        }
        return None;
    };
    let is_same = handle_server.is_some_and(|server| is_same_server(server, address));
    let (user, password) = (reader.text("reverselookup_username"), secret(reader, "reverselookup_password"));
    if user.is_some() && password.is_none() && !(is_same && reader.json("password").is_some()) {
        reader.problem("reverselookup_username", "is given, but reverselookup_password is missing");
    }
    let user = user.or_else(|| reader.text("username").filter(|_| is_same));
    let password = password.or_else(|| secret(reader, "password").filter(|_| is_same));
    let root = reader.check("reverselookup_baseuri", server::api_root(address, &path))?;
    Some(ReverseLookup {
        root: Url::parse(&root).ok()?,
        authorization: user.zip(password).and_then(|(user, password)| basic(&sent(user), &password).ok()),
        allowed_keys: allowed_keys.unwrap_or_else(|| DEFAULT_KEYS.map(str::to_owned).to_vec()),
        is_configured: given.is_some(),
        is_same,
    })
}

fn secret(reader: &mut Reader, key: &str) -> Option<Zeroizing<String>> {
    reader.text(key).map(Zeroizing::new)
}

fn is_same_server(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one.origin() == other.origin(),
        _ => false,
    }
}

/// A colon would end the name of the user: those of Handle servers are sent as B2HANDLE does.
fn sent(user: String) -> String {
    if user.contains(':') { utf8_percent_encode(&user, USER_ENCODED).to_string() } else { user }
}

#[cfg(test)]
mod tests {
    use super::ReverseLookup;
    use crate::config::Config;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD as BASE64;

    fn lookup(more: &str) -> Option<ReverseLookup> {
        let user = r#""username": "300:p/u", "password": "a:b %""#;
        Config::from_text(&format!(r#"{{"baseuri": "https://h", {user}{more}}}"#)).unwrap().reverse_lookup
    }

    fn shown(more: &str) -> Option<String> {
        let lookup = lookup(more).unwrap();
        let header = lookup.authorization()?.to_str().unwrap().strip_prefix("Basic ")?.to_owned();
        Some(String::from_utf8(BASE64.decode(header).unwrap()).unwrap())
    }

    #[test]
    fn users_are_shown_to_their_own_server_only() {
        // As B2HANDLE writes the user; the password as it is.
        assert_eq!(shown("").as_deref(), Some("300%3Ap/u:a:b %"));
        assert_eq!(shown(r#", "reverselookup_baseuri": "https://h:443/""#), shown(""));
        for other in ["https://h:8000", "http://h", "https://h.example.org"] {
            assert_eq!(shown(&format!(r#", "reverselookup_baseuri": "{other}""#)), None, "{other}");
        }
        let own = r#", "reverselookup_username": "search er", "reverselookup_password": "x""#;
        assert_eq!(shown(own).as_deref(), Some("search er:x"));
        let elsewhere = format!(r#"{own}, "reverselookup_baseuri": "https://other""#);
        assert_eq!(shown(&elsewhere).as_deref(), Some("search er:x"));
        // Each half for itself, as B2HANDLE has it.
        assert_eq!(shown(r#", "reverselookup_username": "s""#).as_deref(), Some("s:a:b %"));
    }

    #[test]
    fn without_a_server_there_is_none() {
        assert!(Config::from_text("{}").unwrap().reverse_lookup.is_none());
        for (text, part) in [
            (r#"{"reverselookup_username": "s", "reverselookup_password": "x"}"#, "says where"),
            (
                r#"{"baseuri": "https://h", "reverselookup_username": "s"}"#,
                "reverselookup_password is missing",
            ),
            (r#"{"baseuri": "https://h", "reverselookup_url_extension": "/a?b/"}"#, "plain path"),
        ] {
            let error = Config::from_text(text).unwrap_err();
            assert!(error.message().contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn allowed_keys() {
        assert_eq!(lookup("").unwrap().allowed_keys(), ["URL", "CHECKSUM"]);
        assert!(lookup(r#", "allowed_search_keys": []"#).unwrap().allowed_keys().is_empty());
    }
}
