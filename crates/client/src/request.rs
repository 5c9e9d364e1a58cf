//! Requests of the REST API, encoded so that exactly the intended Handle is reached.

use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use bytes::Bytes;
use http::{HeaderValue, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// RFC 3986 "unreserved" stays as it is; everything else is encoded, since `?`, `#`, `%` and raw non-ASCII
/// must be (BEHAVIOUR.md 3), `\` is a slash to URL parsers, and encoding the rest changes nothing.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Without a charset the server reads bodies as ISO-8859-1 (BEHAVIOUR.md 5.1).
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");

/// A request, complete but for the connection it travels on.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) certificate: Certificate,
    pub(crate) body: Option<Bytes>,
    pub(crate) repeat: Repeat,
    /// The same on a second server.
    pub(crate) mirror: Option<Url>,
}

/// When a request may be sent once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Whenever it has failed: it changes nothing.
    Anytime,
    /// When it certainly was not carried out.
    IfUnsent,
    /// Never: nothing depends on it.
    Never,
}

/// Whether a connection shows the client certificate to a server that asks for one, where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certificate {
    /// No: the request goes to another server.
    Never,
    /// No, unless the server accepts no connection without.
    Avoided,
    /// Yes, unless the server accepts no connection with it.
    Offered,
    /// Yes, since nothing else says who we are.
    Required,
}

/// The parameters of a query string.
#[derive(Debug, Default)]
pub(crate) struct Query(String);

impl Query {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Query {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, ENCODED));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, ENCODED));
        self
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The URL of a Handle on the server whose API root (`https://host/api/handles/`) is given.
///
/// # Errors
/// [`Kind::Internal`] when the URL library would send anything but the intended path: a name like
/// `p/keep/../other` must never reach `p/other`.
pub(crate) fn handle_url(api_root: &Url, name: &str, query: &Query) -> Result<Url> {
    fault_point("encoding");
    exact(api_root, [api_root.path(), &encoded_name(name)].concat(), query)
}

/// The URL of what has many Handles in it, or of the part of it below a prefix: without a slash at its end.
///
/// # Errors
/// As [`handle_url`].
pub(crate) fn collection_url(root: &Url, prefix: Option<&str>, query: &Query) -> Result<Url> {
    let mut path = root.path().trim_end_matches('/').to_owned();
    if let Some(prefix) = prefix {
        path.push('/');
        path.push_str(&encoded_name(prefix));
    }
    exact(root, path, query)
}

fn exact(root: &Url, path: String, query: &Query) -> Result<Url> {
    let query = Some(query.0.as_str()).filter(|query| !query.is_empty());
    let mut url = root.clone();
    url.set_path(&path);
    url.set_query(query);
    if url.path() != path || url.query() != query {
        return Err(Error::new(
            Kind::Internal,
            "The request was not sent, since its URL would have reached another Handle. Please report this.",
        ));
    }
    Ok(url)
}

/// The name as it stands in a path. A slash beside a `.` or `..` segment is encoded too, so that there is no
/// such segment: URL parsers remove them, also when they are spelled `%2E`. Servers take `%2F` and `/` for
/// the same (BEHAVIOUR.md 3).
pub(crate) fn encoded_name(name: &str) -> String {
    let is_dots = |segment: &str| segment == "." || segment == "..";
    let mut encoded = String::with_capacity(name.len());
    let mut previous: Option<&str> = None;
    for segment in name.split('/') {
        if let Some(previous) = previous {
            encoded.push_str(if is_dots(previous) || is_dots(segment) { "%2F" } else { "/" });
        }
        encoded.extend(utf8_percent_encode(segment, ENCODED));
        previous = Some(segment);
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use percent_encoding::percent_decode_str;

    fn root() -> Url {
        Url::parse("https://127.0.0.1:8000/api/handles/").unwrap()
    }

    fn path(name: &str) -> String {
        handle_url(&root(), name, &Query::default()).unwrap().path().to_owned()
    }

    #[test]
    fn plain_names_stay_readable() {
        assert_eq!(path("21.T12345/abc/d-e_f~g"), "/api/handles/21.T12345/abc/d-e_f~g");
    }

    #[test]
    fn what_a_url_gives_a_meaning_is_encoded() {
        assert_eq!(
            path("p/a b#c?d%e+f;g\\h&i=j:k"),
            "/api/handles/p/a%20b%23c%3Fd%25e%2Bf%3Bg%5Ch%26i%3Dj%3Ak"
        );
        assert_eq!(path("p/ü€"), "/api/handles/p/%C3%BC%E2%82%AC");
    }

    #[test]
    fn no_name_reaches_another() {
        for name in [
            "p/..",
            "p/.",
            "../p",
            "./p",
            "p/keep/../other",
            "p/keep/./other",
            "p/a/..",
            "p/../../x",
            "p/%2e%2e/x",
            "p/%2E%2E%2Fx",
            "p/..%2Fx",
            "p/.%2e/x",
            "p/a\\..\\b",
            "p/..;/x",
            "p//x",
            "p///",
            "p/a/",
            "../../sessions/this",
            "p/...",
            "p/.. ",
            "p/ ..",
            "p/..\u{ff0e}",
        ] {
            let path = path(name);
            let sent = path.strip_prefix("/api/handles/").unwrap();
            assert_eq!(percent_decode_str(sent).decode_utf8().unwrap(), name);
            assert!(
                !sent
                    .split('/')
                    .any(|s| matches!(s.to_ascii_lowercase().as_str(), "." | ".." | "%2e" | "%2e%2e"))
            );
        }
    }

    #[test]
    fn query_values_are_encoded() {
        let query = Query::default().with("type", "10320/LOC &+").with("index", "1");
        let url = handle_url(&root(), "p/x", &query).unwrap();
        assert_eq!(url.query(), Some("type=10320%2FLOC%20%26%2B&index=1"));
    }

    #[test]
    fn collections_have_no_slash_at_the_end() {
        let query = Query::default().with("EUDAT/CHECKSUM", "a*+b;c=%");
        let root = Url::parse("https://h/hrls/handles/").unwrap();
        let url = |prefix| collection_url(&root, prefix, &query).unwrap().to_string();
        assert_eq!(url(None), "https://h/hrls/handles?EUDAT%2FCHECKSUM=a%2A%2Bb%3Bc%3D%25");
        assert_eq!(url(Some("21.T1")), "https://h/hrls/handles/21.T1?EUDAT%2FCHECKSUM=a%2A%2Bb%3Bc%3D%25");
    }

    #[test]
    fn a_changed_url_is_never_sent() {
        let query = Query("type=a#b".to_owned());
        assert!(handle_url(&root(), "p/x", &query).is_err());
    }
}
