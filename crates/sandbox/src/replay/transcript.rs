//! The recorded exchanges, as far as the replay needs them.

use serde::Deserialize;
use std::path::Path;

/// One recorded exchange.
#[derive(Deserialize)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) group: String,
    pub(super) request: Request,
    /// `None` when the server closed the connection without one.
    pub(super) response: Option<Response>,
    /// What differs on every run: JSON pointers in which `*` stands for every element, and names of headers.
    pub(super) volatile: Option<Vec<String>>,
    #[serde(default)]
    setup: bool,
    #[serde(default)]
    cleanup: bool,
    #[serde(default)]
    context: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) scheme: String,
    pub(super) listener: String,
    pub(super) headers: Vec<(String, String)>,
    /// The file of the certificate the client had.
    pub(super) client_cert: Option<String>,
    pub(super) http_version: Option<String>,
    pub(super) body: Option<String>,
    pub(super) body_base64: Option<String>,
    pub(super) body_truncated_from_bytes: Option<usize>,
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
    /// Whether the step only prepares or tidies up.
    pub(super) fn is_aside(&self) -> bool {
        self.setup || self.cleanup || self.context
    }

    /// Whether the step shows what parallel requests left behind, which are not recorded themselves.
    pub(super) fn follows_parallel_requests(&self) -> bool {
        self.group.starts_with("P-")
    }

    /// Why this step is not played, if so.
    pub(super) fn unplayable(&self) -> Option<&'static str> {
        let request = &self.request;
        if self.group.starts_with("S-") {
            Some("recorded on another Java version")
        } else if request.renegotiates() && request.client_cert.is_none() {
            Some("a TLS renegotiation without certificate")
        } else {
            None
        }
    }
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it made the real server ask for the certificate in the middle of the connection. Too long a body is
    /// refused before.
    pub(super) fn renegotiates(&self) -> bool {
        const LONGEST_BODY: usize = 200_000;
        const WISHES: [&str; 2] = ["clientcert=true", "renegotiate=true"];
        let plain = |text: &str| text.to_ascii_lowercase().replace(['"', ' '], "").replace(':', "=");
        let asks = |text: Option<&str>| {
            text.is_some_and(|text| WISHES.iter().any(|wish| plain(text).contains(wish)))
        };
        let in_body = self.body.as_deref().filter(|_| self.target.starts_with("/api/sessions"));
        let length =
            self.body.as_ref().map_or(0, String::len).max(self.body_truncated_from_bytes.unwrap_or(0));
        let wish = asks(self.header("Authorization")) || asks(in_body);
        self.listener == "default" && self.scheme == "https" && wish && length <= LONGEST_BODY
    }
}

/// Reads the file of all exchanges.
pub(super) fn load(path: &Path) -> Result<Vec<Step>, String> {
    let problem = |problem: &dyn std::fmt::Display| format!("cannot read {}: {problem}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| problem(&error))?;
    serde_json::from_str(&text).map_err(|error| problem(&error))
}
