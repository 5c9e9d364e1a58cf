//! What a client is made from: the credentials JSON of B2HANDLE, read from a file or from text.

mod cached;
mod credentials;
mod document;
mod file;
mod key_file;
mod keys;
mod permissions;
mod reverse;
mod server;
mod settings;
mod trust;

pub(crate) use cached::CacheLimits;
pub(crate) use reverse::ReverseLookup;
pub use settings::Settings;

use crate::auth::Credentials;
use crate::error::{Error, Kind, Result};
use crate::locations;
use crate::log::Log;
use crate::options::CallOptions;
use crate::record::{AdminPermissions, Order};
use crate::reference::Reference;
use crate::transport;
use keys::Reader;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

const DEFAULT_SERVER: &str = "https://hdl.handle.net";
const DEFAULT_API_PATH: &str = "/api/handles/";
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Much more than any record has; a server's list of 100000 names has 10 MB.
const DEFAULT_REPLY: usize = 64 << 20;
/// The smallest has room for the replies of a login.
const REPLIES: RangeInclusive<u64> = 1024..=1 << 30;
const DEFAULT_RETRIES: u32 = 5;
const MOST_RETRIES: u64 = 1000;

/// The configuration of a client.
pub struct Config {
    /// Where Handles live on the server, in the URL library's own spelling: `https://host/api/handles/`.
    pub(crate) api_root: String,
    /// Where its other services live: `https://host/api/`.
    pub(crate) api_base: String,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) reverse_lookup: Option<ReverseLookup>,
    pub(crate) cache: CacheLimits,
    pub(crate) owner: Option<Reference>,
    pub(crate) admin_permissions: AdminPermissions,
    pub(crate) modify_admin: bool,
    /// The attribute `chooseby` of new 10320/LOC values.
    pub(crate) chooseby: Option<String>,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_retries: u32,
    /// The root of the API of a second server, to read from when the first fails.
    pub(crate) mirror: Option<String>,
    pub(crate) transport: transport::Settings,
    settings: Vec<(String, String)>,
    log: Log,
}

impl Config {
    /// Reads a credentials JSON file.
    ///
    /// # Errors
    /// Errors name the file, the line and column where that is possible, and what to change.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Config> {
        let mut settings = Settings::new();
        settings.load_file(path)?;
        Config::from_settings(&settings)
    }

    /// Reads credentials from JSON text.
    ///
    /// # Errors
    /// As [`Config::from_file`].
    pub fn from_text(text: &str) -> Result<Config> {
        let mut settings = Settings::new();
        settings.load_text(text)?;
        Config::from_settings(&settings)
    }

    /// Makes sense of settings.
    ///
    /// # Errors
    /// [`Kind::ConfigInvalid`], naming all that is wrong.
    pub fn from_settings(settings: &Settings) -> Result<Config> {
        let mut reader = Reader::new(settings);
        let address = reader.server_address().unwrap_or_else(|| DEFAULT_SERVER.to_owned());
        let api_path = reader.text("REST_API_url_extension").unwrap_or_else(|| DEFAULT_API_PATH.to_owned());
        let server_key = reader.server_key();
        let api_root =
            reader.check(server_key.unwrap_or("handle_server_url"), server::api_root(&address, &api_path));
        let (credentials, certificate) = credentials::read(&mut reader);
        if let (Some(_), Some(key), None) = (&credentials, credentials::given(&reader), server_key) {
            // Not even by mistake is a password sent to the resolver that everybody reads from.
            reader.problem(key, "is given, but no handle_server_url says where it is valid");
        }
        let reverse_lookup = reverse::read(&mut reader, server_key.map(|_| address.as_str()));
        let cache = cached::read(&mut reader);
        let owner = match reader.text("handleowner") {
            Some(text) => reader.check("handleowner", Reference::parse(&text)),
            None => None,
        };
        let admin_permissions = match reader.text("HS_ADMIN_permissions") {
            Some(text) => reader.check("HS_ADMIN_permissions", permissions(&text)),
            None => None,
        };
        let modify_admin = reader.flag("modify_HS_ADMIN").unwrap_or(false);
        let chooseby = match reader.text("10320LOC_chooseby") {
            Some(text) => reader.check("10320LOC_chooseby", chooseby(text)),
            None => None,
        };
        let timeout = reader.milliseconds("timeout_ms").unwrap_or(DEFAULT_TIMEOUT);
        let connect_timeout = reader.milliseconds("connect_timeout_ms").unwrap_or(DEFAULT_CONNECT_TIMEOUT);
        let largest_reply = reader.number("max_reply_bytes", REPLIES).unwrap_or(DEFAULT_REPLY);
        let max_retries = reader.number("max_retries", 0..=MOST_RETRIES);
        let mirror = reader.text("mirror");
        let mirror = mirror.and_then(|text| reader.check("mirror", server::api_root(&text, &api_path)));
        let trust = trust::read(&mut reader);
        let proxy = reader.text("proxy");
        reader.finish()?;
        let log = settings.log().clone();
        let mut settings = settings.public();
        settings.push(("handle_server_url".to_owned(), address));
        Ok(Config {
            settings,
            log,
            transport: transport::Settings {
                trust,
                proxy: transport::ProxyChoice::new(proxy)?,
                certificate,
                largest_reply,
            },
            api_base: api_root.as_deref().map(server::api_base).unwrap_or_default(),
            api_root: api_root.unwrap_or_default(),
            credentials,
            reverse_lookup,
            cache,
            owner,
            admin_permissions: admin_permissions.unwrap_or(AdminPermissions::OWNER),
            modify_admin,
            chooseby,
            timeout,
            connect_timeout,
            max_retries: max_retries.and_then(|retries| retries.try_into().ok()).unwrap_or(DEFAULT_RETRIES),
            mirror,
        })
    }

    /// What the credentials say for a key, those of other programs included; text as it is, anything else as
    /// JSON. `handle_server_url` is always there.
    ///
    /// # Errors
    /// [`Kind::NotAllowed`] for secrets.
    pub fn setting(&self, key: &str) -> Result<Option<&str>> {
        if keys::is_secret(key) {
            return Err(Error::new(Kind::NotAllowed, format!("The value of {key} is secret.")));
        }
        Ok(self.settings.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str()))
    }

    /// Where messages go.
    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// The time that one call may take.
    pub(crate) fn deadline<'a>(&self, options: &'a CallOptions) -> Result<transport::Deadline<'a>> {
        let total = options.timeout.unwrap_or(self.timeout);
        let connect = options.connect_timeout.unwrap_or(self.connect_timeout);
        transport::Deadline::start(total, connect, options.cancel.as_ref())
    }

    pub(crate) fn is_https(&self) -> bool {
        self.api_root.starts_with("https:")
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("api_root", &self.api_root)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

fn chooseby(text: String) -> std::result::Result<String, String> {
    match locations::with_chooseby("<locations/>", Some(&text)) {
        Ok(_) => Ok(text),
        Err(_) => Err("has a control character, which XML cannot hold".to_owned()),
    }
}

fn permissions(text: &str) -> std::result::Result<AdminPermissions, String> {
    AdminPermissions::parse(text, Order::Json)
        .ok_or_else(|| format!("must be 12 characters of 0 and 1, such as {}", AdminPermissions::OWNER))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> Error {
        Config::from_text(text).unwrap_err()
    }

    #[test]
    fn the_documented_example_is_understood() {
        let config = Config::from_text(
            r#"{"baseuri": "https://my.handle.server", "username": "300:foo/bar", "password": "mypassword123"}"#,
        )
        .unwrap();
        assert_eq!(config.api_root, "https://my.handle.server/api/handles/");
        assert!(config.credentials.is_some());
        assert!(config.is_https());
    }

    #[test]
    fn nothing_is_needed_to_read() {
        let config = Config::from_text("{}").unwrap();
        assert_eq!(config.api_root, "https://hdl.handle.net/api/handles/");
        assert!(config.credentials.is_none());
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let error = failure("{\n\"username\": 300,\n \"HS_ADMIN_permissions\": \"01\",\n\"timeout_ms\": -1}");
        assert_eq!(error.kind(), Kind::ConfigInvalid);
        for part in ["line 2: username", "line 3: HS_ADMIN_permissions", "line 4: timeout_ms"] {
            assert!(error.message().contains(part), "{part}: {}", error.message());
        }
    }

    #[test]
    fn half_of_the_credentials_is_not_enough() {
        for (text, part) in [
            (r#"{"username": "300:p/u"}"#, "neither password nor private_key"),
            (
                r#"{"server": "https://h", "username": "300:p/u", "password": "secret-word"}"#,
                "no handle_server_url",
            ),
            (r#"{"password": "secret-word"}"#, "username is missing"),
            (r#"{"username": "p/u", "password": "secret-word"}"#, "has no index"),
            (r#"{"username": "x:p/u", "password": "secret-word"}"#, "\"x\" is not an index"),
            (r#"{"username": "300:pu", "password": "secret-word"}"#, "no slash"),
            (r#"{"username": "300:p/u", "password": ""}"#, "password is empty"),
            (
                r#"{"username": "300:p/u", "password": 12345}"#,
                "password must be text in quotes, not a number",
            ),
            (
                r#"{"private_key": "k.pem", "username": "300:p/u", "auth_method": "basic"}"#,
                "needs username and password",
            ),
            (r#"{"certificate_only": "c.pem"}"#, "private_key is missing"),
            (r#"{"username": "300:p/u", "password": "x", "auth_method": "secret"}"#, "must be auto, basic"),
            (r#"{"10320LOC_chooseby": "\u0001"}"#, "10320LOC_chooseby has a control character"),
            (r#"{"proxy": "https://proxy:3128"}"#, "proxy"),
            (r#"{"handleowner": "0.NA/p"}"#, "handleowner must have the form"),
        ] {
            let error = failure(text);
            assert_eq!(error.kind(), Kind::ConfigInvalid, "{text}");
            assert!(error.message().contains(part), "{text}: {}", error.message());
            assert!(!format!("{error} {error:?}").contains("secret-word"));
        }
    }

    #[test]
    fn a_secret_is_never_shown() {
        let config = Config::from_text(
            r#"{"baseuri": "https://h", "username": "300:p/u", "password": "secret-word"}"#,
        )
        .unwrap();
        assert!(!format!("{config:?}").contains("secret-word"));
    }

    #[test]
    fn what_is_set_later_counts() {
        let mut settings = Settings::new();
        settings.load_text(r#"{"baseuri": "https://h", "timeout_ms": 5, "prefix": "p"}"#).unwrap();
        for (key, value) in [
            ("timeout_ms", "7000"),
            ("modify_HS_ADMIN", "True"),
            ("username", "300:p/u"),
            ("password", "12345"),
            ("prefix", "q"),
            ("allowed_search_keys", "[\"URL\"]"),
        ] {
            settings.set(key, value);
        }
        let config = Config::from_settings(&settings).unwrap();
        assert_eq!(config.timeout, Duration::from_millis(7000));
        assert!(config.modify_admin && config.credentials.is_some());
        assert_eq!(config.setting("prefix").unwrap(), Some("q"));
        settings.set("timeout_ms", "soon");
        let error = Config::from_settings(&settings).unwrap_err();
        assert!(error.message().contains("timeout_ms must be a whole number"), "{error}");
        assert!(error.message().starts_with("the credentials text: timeout_ms"), "{error}");
    }

    #[test]
    fn lists_and_flags_have_their_form() {
        for (text, part) in [
            (r#"{"allowed_search_keys": "URL"}"#, "allowed_search_keys must be a list"),
            (r#"{"allowed_search_keys": [1]}"#, "allowed_search_keys must be a list"),
            (r#"{"modify_HS_ADMIN": 1}"#, "modify_HS_ADMIN must be true or false"),
        ] {
            assert!(failure(text).message().contains(part), "{}", failure(text));
        }
    }

    #[test]
    fn the_largest_reply() {
        let largest = |text: &str| Config::from_text(text).map(|config| config.transport.largest_reply);
        assert_eq!(largest("{}").unwrap(), 67_108_864);
        assert_eq!(largest(r#"{"max_reply_bytes": 1024}"#).unwrap(), 1024);
        assert_eq!(largest(r#"{"max_reply_bytes": "1073741824"}"#).unwrap(), 1 << 30);
        for value in ["1023", "0", "-1", "1073741825", "18446744073709551616", "1.5", "\"64M\""] {
            let error = largest(&format!("{{\"max_reply_bytes\": {value}}}")).unwrap_err();
            assert!(error.message().contains("a whole number from 1024 to 1073741824"), "{value}: {error}");
        }
    }

    #[test]
    fn settings_can_be_read_back() {
        let text = r#"{"baseuri": "https://h", "prefix": "21.T1", "irods": {"zone": 1}, "password": "x",
            "username": "300:p/u"}"#;
        let config = Config::from_text(text).unwrap();
        assert_eq!(config.setting("prefix").unwrap(), Some("21.T1"));
        assert_eq!(config.setting("handle_server_url").unwrap(), Some("https://h"));
        assert_eq!(config.setting("irods").unwrap(), Some(r#"{"zone":1}"#));
        assert_eq!(config.setting("none").unwrap(), None);
        assert_eq!(config.setting("password").unwrap_err().kind(), Kind::NotAllowed);
    }

    #[test]
    fn unreadable_files_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("missing.json");
        let error = Config::from_file(&path).unwrap_err();
        assert_eq!(error.kind(), Kind::ConfigUnreadable);
        assert!(error.message().contains("missing.json: there is no such file"));
        assert!(Config::from_file(folder.path()).unwrap_err().message().contains("folder"));
        std::fs::write(&path, b"{\n  \"username\": \"\xe9\"}").unwrap();
        let error = Config::from_file(&path).unwrap_err();
        assert_eq!(error.kind(), Kind::ConfigSyntax);
        assert!(error.message().contains("line 2, column 16: the file is not UTF-8"), "{error}");
        std::fs::write(&path, vec![b' '; (1 << 20) + 1]).unwrap();
        assert!(Config::from_file(&path).unwrap_err().message().contains("1 MiB"));
    }
}
