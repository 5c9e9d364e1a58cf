//! The keys of the credentials JSON: which there are, and reading their values.

use super::settings::Settings;
use crate::error::{Error, Kind, Result};
use crate::log::Log;
use serde_json::Value as Json;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// All keys that B2HANDLE and PYHANDLE know, and ours.
const KNOWN: &[&str] = &[
    "handle_server_url",
    "baseuri",
    "REST_API_url_extension",
    "username",
    "password",
    "private_key",
    "certificate_only",
    "certificate_and_key",
    "auth_method",
    "prefix",
    "handleowner",
    "HTTPS_verify",
    "HS_ADMIN_permissions",
    "modify_HS_ADMIN",
    "10320LOC_chooseby",
    "reverselookup_baseuri",
    "reverselookup_url_extension",
    "reverselookup_username",
    "reverselookup_password",
    "allowed_search_keys",
    "cache_size",
    "cache_bytes",
    "credentials_filename",
    "client",
    "db_host",
    "db_user",
    "db_password",
    "db_name",
    "passphrase",
    "passphrase_file",
    "passphrase_env",
    "proxy",
    "timeout_ms",
    "connect_timeout_ms",
    "max_reply_bytes",
    "max_retries",
    "mirror",
    "strict_permissions",
];

/// Known, but of no use here: nobody means them by a similar word.
const FOREIGN: &[&str] = &["client", "db_host", "db_user", "db_password", "db_name", "credentials_filename"];

/// Keys whose values are never shown.
/// A proxy's address may contain one.
const SECRET: &[&str] = &["password", "reverselookup_password", "db_password", "passphrase", "proxy"];

/// Keys whose values are lists of texts.
const LISTS: &[&str] = &["allowed_search_keys"];

pub(super) fn is_list(key: &str) -> bool {
    LISTS.contains(&key) || key == "HTTPS_verify"
}

pub(super) fn is_secret(key: &str) -> bool {
    SECRET.contains(&key)
}

/// Whether there is a secret in the value of a key.
pub(super) fn holds_secret(key: &str, value: &Json) -> bool {
    let text = value.as_str().unwrap_or_default();
    is_secret(key) && !text.is_empty() && (key != "proxy" || text.contains('@'))
}

/// No call may wait longer than a day.
const LONGEST_TIMEOUT_MS: u64 = 86_400_000;

/// Reads values out of a document and gathers what is wrong with them, to name all of it at once.
pub(super) struct Reader<'a> {
    settings: &'a Settings,
    problems: Vec<(Kind, String)>,
    /// Secrets that others may read are an error.
    strict: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(settings: &'a Settings) -> Reader<'a> {
        let mut reader = Reader { settings, problems: Vec::new(), strict: false };
        reader.strict = reader.flag("strict_permissions").unwrap_or(false);
        for exposure in settings.exposures() {
            reader.exposed(exposure);
        }
        for key in settings.keys().filter(|key| !KNOWN.contains(key)) {
            // Keys that resemble none of ours belong to somebody else who reads the same file.
            if let Some(meant) = similar(key) {
                reader.problem(key, &format!("is not a known key. Did you mean \"{meant}\"?"));
            }
        }
        reader
    }

    /// Says what is wrong with the permissions of a file with a secret.
    pub(super) fn exposed(&mut self, exposure: &str) {
        if self.strict {
            self.problems.push((Kind::ConfigInvalid, exposure.to_owned()));
        } else {
            self.log().warn(|| format!("{exposure}."));
        }
    }

    pub(super) fn log(&self) -> &'a Log {
        self.settings.log()
    }

    /// Adds a problem with a key's value; `what` continues a sentence that begins with the key.
    pub(super) fn problem(&mut self, key: &str, what: &str) {
        self.problem_of(Kind::ConfigInvalid, key, what);
    }

    /// Adds a problem of a kind of its own.
    pub(super) fn problem_of(&mut self, kind: Kind, key: &str, what: &str) {
        let place = self.settings.place_of(key).unwrap_or(self.settings.name());
        let problem = format!("{place}: {key} {what}");
        // Some keys are read by more than one.
        if !self.problems.iter().any(|(_, known)| *known == problem) {
            self.problems.push((kind, problem));
        }
    }

    /// The value if it is usable, else nothing and a problem.
    pub(super) fn check<T>(&mut self, key: &str, value: std::result::Result<T, String>) -> Option<T> {
        value.map_err(|what| self.problem(key, &what)).ok()
    }

    pub(super) fn json(&self, key: &str) -> Option<&'a Json> {
        self.settings.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        match self.json(key)? {
            Json::String(text) => Some(text.clone()),
            other => {
                self.problem(key, &format!("must be text in quotes, not {}", what_it_is(other)));
                None
            }
        }
    }

    /// True or false, also as the text that B2HANDLE's documents show.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        match self.json(key)? {
            Json::Bool(flag) => Some(*flag),
            Json::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Json::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            other => {
                self.problem(key, &format!("must be true or false, not {}", what_it_is(other)));
                None
            }
        }
    }

    pub(super) fn milliseconds(&mut self, key: &str) -> Option<Duration> {
        let value = self.json(key)?;
        match value.as_u64().or_else(|| value.as_str()?.parse().ok()) {
            Some(ms @ 1..=LONGEST_TIMEOUT_MS) => Some(Duration::from_millis(ms)),
            _ => {
                self.problem(
                    key,
                    &format!("must be a whole number of milliseconds from 1 to {LONGEST_TIMEOUT_MS}"),
                );
                None
            }
        }
    }

    /// Under which name the server's address is given.
    pub(super) fn server_key(&self) -> Option<&'static str> {
        ["handle_server_url", "baseuri"].into_iter().find(|key| self.json(key).is_some())
    }

    /// The server's address under either of its names.
    pub(super) fn server_address(&mut self) -> Option<String> {
        let (documented, alias) = (self.text("handle_server_url"), self.text("baseuri"));
        if documented.is_some() && alias.is_some() && documented != alias {
            self.problem("baseuri", "names another server than handle_server_url. Remove one of them");
        }
        documented.or(alias)
    }

    /// A path as it is meant: from the folder of the file that names it.
    pub(super) fn path(&self, key: &str, text: &str) -> PathBuf {
        self.settings.path(key, text)
    }

    /// Asks whoever the host has named for the passphrase of a key file.
    pub(super) fn ask_passphrase(&self, path: &Path) -> Option<Zeroizing<Vec<u8>>> {
        self.settings.passphrase()?(path)
    }

    /// A whole number that makes sense.
    pub(super) fn number(&mut self, key: &str, range: RangeInclusive<u64>) -> Option<usize> {
        let value = self.json(key)?;
        let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        let usable = number.filter(|number| range.contains(number)).and_then(|number| number.try_into().ok());
        if usable.is_none() {
            self.problem(key, &format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        usable
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let list = self.json(key)?.as_array().map(Vec::as_slice);
        let text = |json: &Json| json.as_str().map(str::to_owned);
        let texts = list.and_then(|list| list.iter().map(text).collect());
        if texts.is_none() {
            self.problem(key, "must be a list of texts, such as [\"URL\", \"CHECKSUM\"]");
        }
        texts
    }

    /// All problems as one error.
    pub(super) fn finish(self) -> Result<()> {
        match self.problems.as_slice() {
            [] => Ok(()),
            [(kind, problem)] => Err(Error::new(*kind, sentence(problem))),
            several => {
                let list = several
                    .iter()
                    .enumerate()
                    .map(|(at, (_, one))| format!(" ({}) {}", at + 1, sentence(one)));
                let message = format!("There are {} problems:{}", several.len(), list.collect::<String>());
                Err(Error::new(Kind::ConfigInvalid, message))
            }
        }
    }
}

fn sentence(problem: &str) -> String {
    format!("{problem}{}", if problem.ends_with(['?', '.']) { "" } else { "." })
}

pub(super) fn what_it_is(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// The known key that somebody who wrote this one probably meant.
fn similar(key: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_', ' ', '.'], "");
    let written = plain(key);
    KNOWN
        .iter()
        .filter(|known| !FOREIGN.contains(known))
        .map(|known| (strsim::damerau_levenshtein(&written, &plain(known)), *known))
        .filter(|(distance, known)| *distance <= if known.len() < 8 { 1 } else { 2 })
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_keys_are_recognised() {
        for (key, meant) in [
            ("user_name", Some("username")),
            ("pasword", Some("password")),
            ("HTTPS_verfy", Some("HTTPS_verify")),
            ("https_verify", Some("HTTPS_verify")),
            ("handle_server_uri", Some("handle_server_url")),
            ("handle-owner", Some("handleowner")),
            ("max_reply_byte", Some("max_reply_bytes")),
            ("irods", None),
            ("profiles", None),
            ("comment", None),
            ("clients", None),
        ] {
            assert_eq!(similar(key), meant, "{key}");
        }
    }

    fn loaded(text: &str) -> Settings {
        let mut settings = Settings::new();
        settings.load_text(text).unwrap();
        settings
    }

    #[test]
    fn foreign_keys_are_left_alone_and_mistyped_ones_are_not() {
        let settings = loaded("{\"irods\": {}}");
        assert!(Reader::new(&settings).finish().is_ok());
        let settings = loaded("{\n\"pasword\": \"x\"}");
        let error = Reader::new(&settings).finish().unwrap_err();
        assert_eq!(
            error.message(),
            "the credentials text, line 2: pasword is not a known key. Did you mean \"password\"?"
        );
    }
}
