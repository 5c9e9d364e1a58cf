//! Handle names: `prefix/suffix`, where everything after the first slash is opaque.

use crate::error::{Error, Kind, Result};
use percent_encoding::percent_decode_str;
use std::fmt;

/// A name longer than this, once percent-encoded, does not fit the request line of the server (BEHAVIOUR.md 1).
const LONGEST_ENCODED: usize = 15_000;

/// Forms in which people write down a Handle, longest first where one begins another.
const URL_FORMS: &[&str] = &[
    "https://hdl.handle.net/",
    "http://hdl.handle.net/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "https://doi.org/",
    "http://doi.org/",
];
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
        let (index, name) = without_index(without_form(text)?);
        let refuse = |what: &str| Err(unusable(text, what));
        if name.is_empty() {
            return refuse("it is empty; expected prefix/suffix such as 21.T12345/abc");
        }
        let Some(slash) = name.find('/') else {
            return refuse("it has no slash between prefix and suffix, as in 21.T12345/abc");
        };
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

fn unusable(text: &str, what: &str) -> Error {
    Error::new(Kind::InvalidHandle, format!("\"{}\" is not a Handle name: {what}.", shown(text)))
}

/// Removes one written form, exactly. URL forms are percent-decoded, and lose their query and fragment.
fn without_form(text: &str) -> Result<String> {
    if let Some(rest) = URL_FORMS.iter().find_map(|form| after_form(text, form)) {
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        return match percent_decode_str(path).decode_utf8() {
            Ok(name) => Ok(name.into_owned()),
            Err(_) => Err(Error::new(
                Kind::InvalidHandle,
                format!("\"{}\" is not UTF-8 once percent-decoded.", shown(text)),
            )),
        };
    }
    Ok(PLAIN_FORMS.iter().find_map(|form| after_form(text, form)).unwrap_or(text).to_owned())
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
        assert_eq!(name("hdl:hdl:x/y"), "hdl:x/y");
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
            ("99999999999:p/x", None, "99999999999:p/x"),
            ("+1:p/x", None, "+1:p/x"),
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
        ] {
            let error = Handle::parse(text).unwrap_err();
            assert_eq!(error.kind(), Kind::InvalidHandle, "{text:?}");
            assert!(error.message().contains(what), "{text:?}: {}", error.message());
        }
        let long = format!("21.T12345/{}", "ü".repeat(2600));
        assert!(Handle::parse(&long).unwrap_err().message().contains("too long"));
    }

    #[test]
    fn names_compare_without_ascii_case() {
        let handle = Handle::parse("21.T12345/Äb").unwrap();
        assert!(handle.is("21.t12345/ÄB"));
        assert!(!handle.is("21.t12345/äb"));
    }
}
