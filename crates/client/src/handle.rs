//! Handle names: `prefix/suffix`, where everything after the first slash is opaque.

use crate::error::{Error, Kind, Result};
use percent_encoding::percent_decode_str;
use std::fmt;

/// A name longer than this, once percent-encoded, does not fit the request line of the server (BEHAVIOUR.md 1).
const LONGEST_ENCODED: usize = 15_000;

/// Resolvers of Handles, with the address of one's API.
const RESOLVERS: &[&str] = &["hdl.handle.net", "www.handle.net", "doi.org", "dx.doi.org", "www.doi.org"];
const API: &str = "api/handles/";
const PLAIN_FORMS: &[&str] = &["info:hdl/", "info:doi/", "hdl:", "doi:"];

/// The name of a Handle, in the spelling of the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    name: String,
    slash: usize,
    index: Option<u32>,
}

impl Handle {
    /// Reads a name as people write it: plain, or as `hdl:`, `doi:`, `info:hdl/`, or resolver URL; also with the index of
    /// a value before it, `300:prefix/suffix`.
    ///
    /// # Errors
    /// [`Kind::InvalidHandle`], saying what is missing.
    pub fn parse(text: &str) -> Result<Handle> {
        let handle = Handle::parse_beginning(text)?;
        if handle.suffix().is_empty() {
            return Err(unusable(text, "the suffix after the slash is empty"));
        }
        Ok(handle)
    }

    /// Reads the beginning of a name that a server completes: the suffix may be empty.
    pub(crate) fn parse_beginning(text: &str) -> Result<Handle> {
        let (index, name) = without_forms(text)?;
        let refuse = |what: &str| Err(unusable(text, what));
        if name.is_empty() {
            return refuse("it is empty; expected prefix/suffix such as 21.T12345/abc");
        }
        let Some(slash) = name.find('/') else {
            return refuse("it has no slash between prefix and suffix, as in 21.T12345/abc");
        };
        if name[..slash].contains(':') {
            return refuse("the prefix before the first slash contains a colon");
        }
        if slash == 0 {
            return refuse("the prefix before the first slash is empty");
        }
        if let Some(bad) = name.chars().find(|c| c.is_control()) {
            return refuse(&format!("it contains the control character U+{:04X}", bad as u32));
        }
        let encoded = crate::request::encoded_name(&name).len();
        if encoded > LONGEST_ENCODED {
            return refuse(&format!(
                "it is too long ({encoded} bytes percent-encoded, at most {LONGEST_ENCODED} fit a request)"
            ));
        }
        Ok(Handle { name, slash, index })
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The index that stood before the name, if one did.
    pub fn index(&self) -> Option<u32> {
        self.index
    }

    /// What stands before the first slash.
    pub fn prefix(&self) -> &str {
        &self.name[..self.slash]
    }

    /// What stands after the first slash.
    pub fn suffix(&self) -> &str {
        &self.name[self.slash + 1..]
    }

    /// The URL under which a resolver resolves it; by default `https://hdl.handle.net`.
    pub fn to_url(&self, resolver: Option<&str>) -> String {
        let resolver = resolver.unwrap_or("https://hdl.handle.net").trim_end_matches('/');
        format!("{resolver}/{}", crate::request::encoded_name(&self.name))
    }

    /// Whether both name the same Handle: servers ignore the case of ASCII letters (BEHAVIOUR.md 3).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Reads a prefix, such as `21.T12345`, also as the name of its own record, `0.NA/21.T12345`.
///
/// # Errors
/// [`Kind::InvalidHandle`], saying what is wrong.
pub(crate) fn parse_prefix(text: &str) -> Result<String> {
    let prefix = after_form(text, "0.NA/").unwrap_or(text);
    let problem = if prefix.is_empty() {
        "it is empty"
    } else if prefix.contains('/') {
        "it has a slash; expected what stands before the first slash of a Handle, such as 21.T12345"
    } else if prefix.chars().any(char::is_control) {
        "it contains a control character"
    } else {
        return Ok(prefix.to_owned());
    };
    Err(Error::new(Kind::InvalidHandle, format!("\"{}\" is not a prefix: {problem}.", shown(text))))
}

/// Whether a Handle stands below a prefix: that is more than to begin alike.
pub(crate) fn is_below(prefix: &str, name: &str) -> bool {
    let (start, rest) = name.as_bytes().split_at_checked(prefix.len()).unwrap_or_default();
    !prefix.is_empty() && start.eq_ignore_ascii_case(prefix.as_bytes()) && rest.first() == Some(&b'/')
}

fn unusable(text: &str, what: &str) -> Error {
    Error::new(Kind::InvalidHandle, format!("\"{}\" is not a Handle name: {what}.", shown(text)))
}

/// Removes the forms in which a name is written: the URL of a resolver, `hdl:` and the like, and the index of a value.
fn without_forms(text: &str) -> Result<(Option<u32>, String)> {
    // No prefix begins with a space, so that one before it was only pasted; one at the end may belong to the name.
    let text = text.trim_start();
    let name = without_url(text)?.map_or_else(|| text.to_owned(), |name| name.to_owned());
    let (index, name) = without_index(without_plain_form(&name).to_owned());
    // Either may come first.
    let name = if index.is_some() { without_plain_form(&name).to_owned() } else { name };
    Ok((index, name))
}

fn without_plain_form(text: &str) -> &str {
    PLAIN_FORMS.iter().find_map(|form| after_form(text, form)).map_or(text, str::trim_start)
}

/// What a resolver's URL names, percent-decoded, without query and fragment; nothing where the text is no URL.
fn without_url(text: &str) -> Result<Option<String>> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| after_form(text, scheme));
    let (host, path) = rest.unwrap_or(text).split_once('/').unwrap_or_default();
    let host =
        ["443", "80"].iter().find_map(|port| host.strip_suffix(port)?.strip_suffix(':')).unwrap_or(host);
    if !RESOLVERS.iter().any(|resolver| resolver.eq_ignore_ascii_case(host)) {
        return match rest {
            Some(_) => Err(unusable(text, "it is an address, but not that of a resolver of Handles")),
            None => Ok(None),
        };
    }
    let path = after_form(path, API).unwrap_or(path).split(['?', '#']).next().unwrap_or_default();
    match percent_decode_str(path).decode_utf8() {
        Ok(name) => Ok(Some(name.into_owned())),
        Err(_) => Err(unusable(text, "it is not UTF-8 once percent-decoded")),
    }
}

/// Takes the index of a value off a name. A colon that belongs to a suffix has no such number before it.
fn without_index(name: String) -> (Option<u32>, String) {
    let with_index =
        name.split_once(':').and_then(|(index, rest)| Some((index.parse().ok()?, rest.to_owned())));
    match with_index {
        Some((index, rest)) if name.starts_with(|c: char| c.is_ascii_digit()) => (Some(index), rest),
        _ => (None, name),
    }
}

fn after_form<'a>(text: &'a str, form: &str) -> Option<&'a str> {
    let head = text.get(..form.len())?;
    head.eq_ignore_ascii_case(form).then(|| &text[form.len()..])
}

/// The text as an error message can carry it: short, on one line.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
    if text.chars().nth(80).is_some() {
        shown.push_str("...");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        Handle::parse(text).unwrap().as_str().to_owned()
    }

    #[test]
    fn written_forms_are_removed_exactly() {
        assert_eq!(name("21.T12345/abc"), "21.T12345/abc");
        assert_eq!(name("hdl:21.T12345/abc"), "21.T12345/abc");
        assert_eq!(name("HDL:21.T12345/abc"), "21.T12345/abc");
        assert_eq!(name("doi:10.1000/1"), "10.1000/1");
        assert_eq!(name("info:hdl/21.T12345/abc"), "21.T12345/abc");
        assert_eq!(name("https://hdl.handle.net/21.T12345/a%20b%2Fc"), "21.T12345/a b/c");
        assert_eq!(name("https://doi.org/10.1000/1?x=y#z"), "10.1000/1");
        // The characters of "hdl:" may well begin a prefix.
        assert_eq!(name("hd/l"), "hd/l");
        assert_eq!(name("hdl:x/hdl:y"), "x/hdl:y");
        for text in [
            "https://hdl.handle.net:443/21.T12345/abc",
            "hdl.handle.net/21.T12345/abc",
            "https://hdl.handle.net/api/handles/21.T12345/abc?auth=true",
            "HTTPS://WWW.DOI.ORG/21.T12345/abc",
            "doi.org/21.T12345/abc",
            " 21.T12345/abc",
            "doi: 21.T12345/abc",
            "https://hdl.handle.net/hdl:21.T12345/abc",
        ] {
            assert_eq!(name(text), "21.T12345/abc", "{text}");
        }
        assert_eq!(name("21.T12345/abc "), "21.T12345/abc ");
    }

    #[test]
    fn everything_after_the_first_slash_is_opaque() {
        let handle = Handle::parse("21.T12345/a/../b:c%20?#").unwrap();
        assert_eq!(handle.prefix(), "21.T12345");
        assert_eq!(handle.suffix(), "a/../b:c%20?#");
    }

    #[test]
    fn urls_name_the_same_handle() {
        for text in ["21.T12345/a b/../c?d#e%f", "10.1000/ü:1"] {
            let handle = Handle::parse(text).unwrap();
            assert_eq!(name(&handle.to_url(None)), text);
        }
        let handle = Handle::parse("21.T1/a b").unwrap();
        assert_eq!(handle.to_url(Some("http://127.0.0.1:8000/")), "http://127.0.0.1:8000/21.T1/a%20b");
    }

    #[test]
    fn an_index_may_stand_before_a_name() {
        for (text, index, name) in [
            ("300:21.T12345/USER01", Some(300), "21.T12345/USER01"),
            ("hdl:0:21.T12345/USER01", Some(0), "21.T12345/USER01"),
            ("https://hdl.handle.net/300:21.T12345/USER01", Some(300), "21.T12345/USER01"),
            ("300:21.T12345/a:b:1/c", Some(300), "21.T12345/a:b:1/c"),
            ("21.T12345/300:x", None, "21.T12345/300:x"),
            ("21.T12345/a:b", None, "21.T12345/a:b"),
            ("300:hdl:21.T12345/USER01", Some(300), "21.T12345/USER01"),
        ] {
            let handle = Handle::parse(text).unwrap();
            assert_eq!((handle.index(), handle.as_str()), (index, name), "{text}");
        }
    }

    #[test]
    fn unusable_names_are_refused() {
        for (text, what) in [
            ("", "empty"),
            ("hdl:", "empty"),
            ("21.T12345", "no slash"),
            ("/abc", "prefix"),
            ("21.T12345/", "suffix"),
            ("21.T12345/a\nb", "U+000A"),
            ("https://doi.org/10.1000/%FF", "UTF-8"),
            ("https://example.org/x", "not that of a resolver"),
            ("https://hdl.handle.net.example.org/p/x", "not that of a resolver"),
            ("99999999999:p/x", "colon"),
            ("+1:p/x", "colon"),
            ("hdl:hdl:p/x", "colon"),
        ] {
            let error = Handle::parse(text).unwrap_err();
            assert_eq!(error.kind(), Kind::InvalidHandle, "{text:?}");
            assert!(error.message().contains(what), "{text:?}: {}", error.message());
        }
        let long = format!("21.T12345/{}", "ü".repeat(2600));
        assert!(Handle::parse(&long).unwrap_err().message().contains("too long"));
    }

    #[test]
    fn prefixes() {
        assert_eq!(parse_prefix("21.T12345").unwrap(), "21.T12345");
        assert_eq!(parse_prefix("0.na/21.T12345").unwrap(), "21.T12345");
        for text in ["", "0.NA/", "21.T12345/", "21.T12345/x", "21.T1\n"] {
            assert_eq!(parse_prefix(text).unwrap_err().kind(), Kind::InvalidHandle, "{text:?}");
        }
        for (name, below) in [
            ("21.T1/x", true),
            ("21.t1/x/y", true),
            ("21.T1/", true),
            ("21.T12345/x", false),
            ("21.T1", false),
            ("21.T", false),
            ("21.T1ü/x", false),
            ("x/21.T1/y", false),
        ] {
            assert_eq!(is_below("21.T1", name), below, "{name}");
        }
    }

    #[test]
    fn names_compare_without_ascii_case() {
        let handle = Handle::parse("21.T12345/Äb").unwrap();
        assert!(handle.is("21.t12345/ÄB"));
        assert!(!handle.is("21.t12345/äb"));
    }
}
