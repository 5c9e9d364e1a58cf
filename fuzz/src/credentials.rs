//! Credentials JSON: clients can be made of what is accepted, and no message tells a secret.

use b2handle_client::{Client, Config, Settings};
use serde_json::Value as Json;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// Keys that name files.
const PATHS: [&str; 5] =
    ["private_key", "certificate_only", "certificate_and_key", "passphrase_file", "HTTPS_verify"];

/// A password that begins like this is looked for in all that is said.
const SECRET: &str = "S3cret-";

/// The text of the credentials, which may name the files of [`folder`].
pub fn run(data: &[u8]) {
    let json =
        serde_json::from_slice(data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data)).unwrap_or(Json::Null);
    if PATHS.iter().any(|key| leads_away(&json[key])) {
        return;
    }
    let secrets: Vec<&str> = ["password", "passphrase", "reverselookup_password"]
        .iter()
        .filter_map(|key| json[key].as_str())
        .filter(|text| text.starts_with(SECRET) && text.len() > SECRET.len() + 4)
        .collect();
    let keeps_secrets = |said: &str| assert!(!secrets.iter().any(|secret| said.contains(secret)), "{said}");

    let file = folder().join("credentials.json");
    std::fs::write(&file, data).unwrap();
    let from_file = Config::from_file(&file);
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Settings::new().load_text(text);
    }
    match from_file {
        Err(error) => keeps_secrets(&format!("{error} {error:?}")),
        Ok(config) => {
            keeps_secrets(&format!("{config:?}"));
            for key in json.as_object().unwrap().keys() {
                if let Ok(Some(text)) = config.setting(key) {
                    assert!(!secrets.contains(&text) || ["username", "handleowner"].contains(&key.as_str()));
                }
            }
            match Client::new(config) {
                Ok(client) => keeps_secrets(&format!("{client:?}")),
                Err(error) => keeps_secrets(&format!("{error} {error:?}")),
            }
        }
    }
}

/// Whether a path, or one of a list, could be of a file that is not in our folder.
fn leads_away(paths: &Json) -> bool {
    match paths {
        Json::String(path) => {
            Path::new(path).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
        }
        Json::Array(paths) => paths.iter().any(leads_away),
        _ => false,
    }
}

/// Where the credentials lie, with files that they may name.
fn folder() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write("k", include_bytes!("../../crates/client/tests/keys/rsa.e3.pem"));
        write("r", include_bytes!("../../crates/client/tests/keys/rsa.pem"));
        write("d", include_bytes!("../../crates/client/tests/keys/dsa.pem"));
        write("c", include_bytes!("../../crates/client/tests/keys/rsa.certificate.pem"));
        write("e", include_bytes!("../../crates/client/tests/keys/rsa.encrypted.aes-128-cbc.pem"));
        write("p", b"throw-away\n");
        let both = [
            include_str!("../../crates/client/tests/keys/rsa.pem"),
            include_str!("../../crates/client/tests/keys/rsa.certificate.pem"),
        ];
        write("b", both.concat().as_bytes());
        std::fs::create_dir(folder.path().join("f")).unwrap();
        write("f/c.pem", include_bytes!("../../crates/client/tests/keys/rsa.certificate.pem"));
        folder
    });
    folder.path().to_owned()
}
