//! What a client is made from: the credentials JSON of B2HANDLE, read from a file or from text.

mod credentials;
mod document;
mod keys;
mod server;
mod trust;

pub(crate) use credentials::Credentials;

use crate::error::{Error, Kind, Result};
use crate::record::{AdminPermissions, Order};
use crate::reference::Reference;
use crate::transport;
use document::Document;
use keys::Reader;
use std::fmt;
use std::path::Path;
use std::time::Duration;

const DEFAULT_SERVER: &str = "https://hdl.handle.net";
const DEFAULT_API_PATH: &str = "/api/handles/";
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A credentials file is small; anything larger is some other file.
const LARGEST_FILE: u64 = 1 << 20;

/// The configuration of a client.
pub struct Config {
    /// Where Handles live on the server, in the URL library's own spelling: `https://host/api/handles/`.
    pub(crate) api_root: String,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) owner: Option<Reference>,
    pub(crate) admin_permissions: AdminPermissions,
    pub(crate) modify_admin: bool,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) transport: transport::Settings,
    settings: Vec<(String, String)>,
}

impl Config {
    /// Reads a credentials JSON file. Relative paths in it are meant from the folder it lies in.
    ///
    /// # Errors
    /// Errors name the file, the line and column where that is possible, and what to change.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Config> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = read_text(path, &name)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Config::from_document(&Document::parse(&name, &text)?, folder)
    }

    /// Reads credentials from JSON text. Relative paths in it are meant from the current folder.
    ///
    /// # Errors
    /// As [`Config::from_file`].
    pub fn from_text(text: &str) -> Result<Config> {
        Config::from_document(&Document::parse("the credentials text", text)?, Path::new(""))
    }

    fn from_document(document: &Document, folder: &Path) -> Result<Config> {
        let mut reader = Reader::new(document, folder);
        let address = reader.server_address().unwrap_or_else(|| DEFAULT_SERVER.to_owned());
        let api_path = reader.text("REST_API_url_extension").unwrap_or_else(|| DEFAULT_API_PATH.to_owned());
        let api_root = reader.check("handle_server_url", server::api_root(&address, &api_path));
        let credentials = credentials::read(&mut reader);
        let owner = match reader.text("handleowner") {
            Some(text) => reader.check("handleowner", Reference::parse(&text)),
            None => None,
        };
        let admin_permissions = match reader.text("HS_ADMIN_permissions") {
            Some(text) => reader.check("HS_ADMIN_permissions", permissions(&text)),
            None => None,
        };
        let modify_admin = reader.flag("modify_HS_ADMIN").unwrap_or(false);
        let timeout = reader.milliseconds("timeout_ms").unwrap_or(DEFAULT_TIMEOUT);
        let connect_timeout = reader.milliseconds("connect_timeout_ms").unwrap_or(DEFAULT_CONNECT_TIMEOUT);
        let trust = trust::read(&mut reader);
        let proxy = reader.text("proxy");
        reader.finish()?;
        let mut settings = document.settings();
        settings.push(("handle_server_url".to_owned(), address));
        Ok(Config {
            settings,
            transport: transport::Settings { trust, proxy: transport::ProxyChoice::new(proxy)? },
            api_root: api_root.unwrap_or_default(),
            credentials,
            owner,
            admin_permissions: admin_permissions.unwrap_or(AdminPermissions::OWNER),
            modify_admin,
            timeout,
            connect_timeout,
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

fn permissions(text: &str) -> std::result::Result<AdminPermissions, String> {
    AdminPermissions::parse(text, Order::Json)
        .ok_or_else(|| format!("must be 12 characters of 0 and 1, such as {}", AdminPermissions::OWNER))
}

fn read_text(path: &Path, name: &str) -> Result<String> {
    use std::io::Read;
    let unreadable = |why: String| Error::new(Kind::ConfigUnreadable, format!("{name}: {why}"));
    let because = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => unreadable("there is no such file. Check the path.".to_owned()),
        std::io::ErrorKind::PermissionDenied => {
            unreadable("this user may not read the file. Check its owner and permissions.".to_owned())
        }
        std::io::ErrorKind::IsADirectory => unreadable("this is a folder, not a file.".to_owned()),
        _ => unreadable(format!("the file cannot be read ({error}).")),
    };
    let file = std::fs::File::open(path).map_err(because)?;
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(because)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(unreadable("the file is over 1 MiB and cannot be credentials.".to_owned()));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (line, column) = document::position(&bytes, error.valid_up_to());
            Err(Error::new(
                Kind::ConfigSyntax,
                format!(
                    "{name}, line {line}, column {column}: the file is not UTF-8. Save it as UTF-8 text."
                ),
            ))
        }
    }
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
            (r#"{"username": "300:p/u"}"#, "password is missing"),
            (r#"{"password": "secret-word"}"#, "username is missing"),
            (r#"{"username": "p/u", "password": "secret-word"}"#, "has no index"),
            (r#"{"username": "x:p/u", "password": "secret-word"}"#, "\"x\" is not an index"),
            (r#"{"username": "300:pu", "password": "secret-word"}"#, "no slash"),
            (r#"{"username": "300:p/u", "password": ""}"#, "password is empty"),
            (
                r#"{"username": "300:p/u", "password": 12345}"#,
                "password must be text in quotes, not a number",
            ),
            (r#"{"private_key": "k.pem", "certificate_only": "c.pem"}"#, "username and password"),
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
        let config = Config::from_text(r#"{"username": "300:p/u", "password": "secret-word"}"#).unwrap();
        assert!(!format!("{config:?}").contains("secret-word"));
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
