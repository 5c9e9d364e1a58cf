//! The recorded exchanges, as far as the replay needs them.

use serde::Deserialize;
use std::path::Path;

/// One recorded exchange.
#[derive(Deserialize)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) group: String,
    pub(super) request: Request,
    pub(super) response: Option<Response>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) scheme: String,
    listener: String,
    pub(super) headers: Vec<(String, String)>,
    auth: Option<Auth>,
    client_cert: Option<serde_json::Value>,
    pub(super) http_version: Option<String>,
    pub(super) body: Option<String>,
    pub(super) body_truncated_from_bytes: Option<usize>,
}

#[derive(Deserialize)]
struct Auth {
    scheme: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) framing: String,
    pub(super) body: Option<String>,
    pub(super) body_truncated_from_bytes: Option<usize>,
    pub(super) json: Option<serde_json::Value>,
}

impl Step {
    /// Why this step cannot be played, if so.
    pub(super) fn unplayable(&self) -> Option<&'static str> {
        let request = &self.request;
        if self.group.starts_with("P-") {
            Some("recorded under concurrency")
        } else if self.group.starts_with("S-") {
            Some("recorded on another Java version")
        } else if self.response.is_none() {
            Some("without answer, so that what was sent is not recorded exactly")
        } else if request.client_cert.as_ref().is_some_and(|certificate| !certificate.is_null()) {
            Some("client certificates are not served")
        } else if request.listener != "default" {
            Some("there is no such listener")
        } else if request.auth.as_ref().and_then(|auth| auth.scheme.as_deref()) == Some("handle")
            || request.target.starts_with("/api/sessions")
        {
            Some("sessions are not served")
        } else {
            None
        }
    }
}

/// Reads the file of all exchanges.
pub(super) fn load(path: &Path) -> Result<Vec<Step>, String> {
    let problem = |problem: &dyn std::fmt::Display| format!("cannot read {}: {problem}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| problem(&error))?;
    serde_json::from_str(&text).map_err(|error| problem(&error))
}
