//! Keys and values, before anybody has made sense of them.

use super::{document, file, keys};
use crate::error::Result;
use crate::log::Log;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The keys of B2HANDLE's credentials JSON and their values: from files, from text, or set one by one. What is set
/// later counts.
#[derive(Default)]
pub struct Settings {
    passphrase: Option<AskPassphrase>,
    /// What errors call them.
    name: String,
    all: Vec<Setting>,
    /// What is wrong with the permissions of files that secrets came from.
    exposures: Vec<String>,
    log: Log,
}

/// Asks for the passphrase of the file at a path; nothing when there is none.
pub(super) type AskPassphrase = Arc<dyn Fn(&Path) -> Option<Zeroizing<Vec<u8>>> + Send + Sync>;

/// A key and its value, with what errors and relative paths need.
struct Setting {
    key: String,
    value: Json,
    /// What errors call the place: a file and a line.
    place: Option<String>,
    folder: PathBuf,
}

impl Settings {
    /// No setting at all: fine for reading.
    pub fn new() -> Settings {
        Settings { name: "the configuration".to_owned(), ..Settings::default() }
    }

    /// Sets the log of the clients that are made of these settings.
    pub fn set_log(&mut self, log: Log) {
        self.log = log;
    }

    /// Reads a credentials JSON file. Relative paths in it are meant from the folder it lies in.
    ///
    /// # Errors
    /// Errors name the file, the line and column, and what to change. Then no setting has changed.
    pub fn load_file(&mut self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let (text, exposure) = file::read_text(path, &name)?;
        let has_secrets = self.load(&name, &text, path.parent().unwrap_or(Path::new("")))?;
        self.exposures.extend(exposure.filter(|_| has_secrets));
        Ok(())
    }

    /// Reads credentials from JSON text. Relative paths in it are meant from the current folder.
    ///
    /// # Errors
    /// As [`Settings::load_file`].
    pub fn load_text(&mut self, text: &str) -> Result<()> {
        self.load("the credentials text", text, Path::new(""))?;
        Ok(())
    }

    /// Sets a key. Numbers and true or false are written as text, lists of text as JSON. Relative paths are meant
    /// from the current folder.
    pub fn set(&mut self, key: &str, value: &str) {
        let list = serde_json::from_str(value).ok().filter(|json| keys::is_list(key) && Json::is_array(json));
        let value = list.unwrap_or_else(|| Json::String(value.to_owned()));
        self.replace(Setting { key: key.to_owned(), value, place: None, folder: PathBuf::new() });
    }

    /// Sets whom to ask for the passphrase of an encrypted private key, where no setting gives it. Asked when a
    /// configuration is made, on the same thread, and only for encrypted keys; the answer is used once.
    pub fn ask_passphrase(
        &mut self,
        ask: impl Fn(&Path) -> Option<Zeroizing<Vec<u8>>> + Send + Sync + 'static,
    ) {
        self.passphrase = Some(Arc::new(ask));
    }

    pub(super) fn passphrase(&self) -> Option<&AskPassphrase> {
        self.passphrase.as_ref()
    }

    /// Takes the settings of a document, and tells whether there are secrets among them.
    fn load(&mut self, name: &str, text: &str, folder: &Path) -> Result<bool> {
        let mut has_secrets = false;
        for entry in document::parse(name, text)? {
            has_secrets |= keys::holds_secret(&entry.key, &entry.value);
            let place = Some(format!("{name}, line {}", entry.line));
            self.replace(Setting { key: entry.key, value: entry.value, place, folder: folder.to_owned() });
        }
        self.name = name.to_owned();
        Ok(has_secrets)
    }

    fn replace(&mut self, setting: Setting) {
        self.all.retain(|other| other.key != setting.key);
        self.all.push(setting);
    }

    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    pub(super) fn exposures(&self) -> &[String] {
        &self.exposures
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|setting| setting.key.as_str())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        self.find(key).map(|setting| &setting.value)
    }

    pub(super) fn place_of(&self, key: &str) -> Option<&str> {
        self.find(key)?.place.as_deref()
    }

    /// A path that a key gives, from the folder that is meant.
    pub(super) fn path(&self, key: &str, path: &str) -> PathBuf {
        self.find(key).map_or_else(|| path.into(), |setting| setting.folder.join(path))
    }

    /// All settings but the secret ones, as text.
    pub(super) fn public(&self) -> Vec<(String, String)> {
        let as_text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let public = self.all.iter().filter(|setting| !keys::is_secret(&setting.key));
        public.map(|setting| (setting.key.clone(), as_text(&setting.value))).collect()
    }

    fn find(&self, key: &str) -> Option<&Setting> {
        self.all.iter().find(|setting| setting.key == key)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::Settings;
    use crate::config::Config;
    use crate::log::{Level, Log};
    use std::os::unix::fs::PermissionsExt;
    use std::sync::{Arc, Mutex};

    #[test]
    fn only_files_with_secrets_must_be_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my.json");
        for (text, warned) in [
            (r#"{"baseuri": "https://h", "username": "300:p/u", "password": "x"}"#, true),
            (r#"{"baseuri": "https://h", "proxy": "http://user:word@h:3128"}"#, true),
            (r#"{"baseuri": "https://h", "proxy": "http://h:3128", "password": null}"#, false),
        ] {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
            let heard = Arc::new(Mutex::new(Vec::new()));
            let ears = heard.clone();
            let mut settings = Settings::new();
            settings
                .set_log(Log::new(Level::Warning, move |_, text| ears.lock().unwrap().push(text.to_owned())));
            settings.load_file(&path).unwrap();
            Config::from_settings(&settings).unwrap();
            assert_eq!(heard.lock().unwrap().len(), usize::from(warned), "{text}: {heard:?}");
            settings.set("strict_permissions", "true");
            let outcome = Config::from_settings(&settings);
            assert_eq!(outcome.is_err(), warned);
            if let Err(error) = outcome {
                assert!(error.message().contains("chmod 600"), "{error}");
            }
            assert_eq!(heard.lock().unwrap().len(), usize::from(warned));
        }
    }
}
