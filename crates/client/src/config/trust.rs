//! `HTTPS_verify`: whom to take for the server.

use super::keys::{Reader, what_it_is};
use crate::transport::{Pin, Trust};
use serde_json::Value as Json;

const KEY: &str = "HTTPS_verify";

/// Reads true, false (also as text, as B2HANDLE's documents show them), a path or the hash of a public key, or a list
/// of these.
pub(super) fn read(reader: &mut Reader) -> Trust {
    match reader.json(KEY) {
        None | Some(Json::Bool(true)) => Trust::SystemRoots,
        Some(Json::Bool(false)) => anyone(reader),
        Some(Json::String(text)) if text.eq_ignore_ascii_case("true") => Trust::SystemRoots,
        Some(Json::String(text)) if text.eq_ignore_ascii_case("false") => anyone(reader),
        Some(Json::String(text)) => named(reader, [text.as_str()]),
        Some(Json::Array(list)) if !list.is_empty() && list.iter().all(Json::is_string) => {
            named(reader, list.iter().filter_map(Json::as_str))
        }
        Some(other) => {
            let what = format!(
                "must be true, false, a path, sha256: with the hash of a public key, or a list of paths and hashes, \
                 not {}",
                what_it_is(other)
            );
            reader.problem(KEY, &what);
            Trust::SystemRoots
        }
    }
}

fn named<'a>(reader: &mut Reader, all: impl IntoIterator<Item = &'a str>) -> Trust {
    let (mut pins, mut files) = (Vec::new(), Vec::new());
    for text in all {
        match Pin::parse(text) {
            Some(pin) => pins.extend(reader.check(KEY, pin)),
            None => files.push(reader.path(KEY, text)),
        }
    }
    Trust::Named { pins, files }
}

#[cfg(feature = "insecure-tls")]
fn anyone(reader: &mut Reader) -> Trust {
    reader.log().warn(|| {
        format!(
            "{KEY} is false: anybody in between can pose as the server and take the password. Pin the server's key \
             instead."
        )
    });
    Trust::Anyone
}

#[cfg(not(feature = "insecure-tls"))]
fn anyone(reader: &mut Reader) -> Trust {
    reader.problem(
        KEY,
        "must not be false: this build of the library always verifies servers. Pin the server's key instead",
    );
    Trust::SystemRoots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn trust(value: &str) -> crate::Result<Trust> {
        let text = format!(r#"{{"baseuri": "https://h", "HTTPS_verify": {value}}}"#);
        Ok(Config::from_text(&text)?.transport.trust)
    }

    #[test]
    fn hashes_and_paths_are_told_apart() {
        let hex = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";
        let list =
            format!(r#"["sha256:{hex}", "a.pem", "sha256//ASNFZ4mrze+rze8BI0VniavN7wEjRWeJq83vASNFZ4k="]"#);
        let Trust::Named { pins, files } = trust(&list).unwrap() else { panic!() };
        assert_eq!(pins.len(), 2);
        assert_eq!(pins[0], pins[1]);
        assert_eq!(pins[0].to_string(), format!("sha256:{}", hex.to_lowercase()));
        assert_eq!(files, [std::path::PathBuf::from("a.pem")]);
        for wrong in
            ["sha256:12", "SHA256:xyz", "sha256//AAAA", &format!("sha256:{hex}0"), &format!("sha256://{hex}")]
        {
            let error = trust(&format!("\"{wrong}\"")).unwrap_err();
            assert!(error.message().contains("64 hexadecimal digits"), "{wrong}: {error}");
        }
    }

    #[cfg(feature = "insecure-tls")]
    #[test]
    fn no_verification_is_said_in_the_log() {
        use crate::config::Settings;
        use crate::log::{Level, Log};
        use std::sync::{Arc, Mutex};
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        let mut settings = Settings::new();
        settings.set_log(Log::new(Level::Warning, move |_, text| ears.lock().unwrap().push(text.to_owned())));
        Config::from_settings(&settings).unwrap();
        assert!(heard.lock().unwrap().is_empty());
        settings.set(KEY, "false");
        Config::from_settings(&settings).unwrap();
        assert!(heard.lock().unwrap()[0].contains("HTTPS_verify is false"));
    }

    #[cfg(not(feature = "insecure-tls"))]
    #[test]
    fn no_verification_is_refused() {
        for value in ["false", "\"False\""] {
            assert!(trust(value).unwrap_err().message().contains("always verifies servers"));
        }
    }
}
