//! `HTTPS_verify`: whom to take for the server.

use super::keys::{Reader, what_it_is};
use crate::transport::Trust;
use serde_json::Value as Json;

/// Reads true, false (also as text, as B2HANDLE's documents show them), a path, or a list of paths.
pub(super) fn read(reader: &mut Reader) -> Trust {
    let key = "HTTPS_verify";
    let path_of = |reader: &Reader, text: &str| reader.path(key, text);
    match reader.json(key) {
        None | Some(Json::Bool(true)) => Trust::SystemRoots,
        Some(Json::Bool(false)) => Trust::Anyone,
        Some(Json::String(text)) if text.eq_ignore_ascii_case("true") => Trust::SystemRoots,
        Some(Json::String(text)) if text.eq_ignore_ascii_case("false") => Trust::Anyone,
        Some(Json::String(text)) => Trust::Files(vec![path_of(reader, text)]),
        Some(Json::Array(list)) if !list.is_empty() && list.iter().all(Json::is_string) => {
            Trust::Files(list.iter().filter_map(Json::as_str).map(|text| path_of(reader, text)).collect())
        }
        Some(other) => {
            let what = format!("must be true, false, a path or a list of paths, not {}", what_it_is(other));
            reader.problem(key, &what);
            Trust::SystemRoots
        }
    }
}
