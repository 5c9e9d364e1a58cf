//! A client certificate on demand, in the middle of a request (BEHAVIOUR.md 6.3).

use super::claim::Claim;
use crate::http::Channel;

/// What the server does about a wish for a client certificate.
#[derive(Debug, PartialEq)]
pub(crate) enum Renegotiation {
    NotAskedFor,
    /// The real server would shake hands again and drop a client that cannot. The sandbox takes every client for
    /// one that cannot: its TLS library does not renegotiate.
    Needed,
    /// On a listener that has asked for the certificate already, the wish breaks the real server.
    Broken,
}

impl Claim {
    /// Whether this makes the server ask for the client's certificate.
    pub(crate) fn renegotiation(&self, channel: &Channel) -> Renegotiation {
        let wish = self.get("clientCert");
        if !channel.secure {
            Renegotiation::NotAskedFor
        } else if channel.asked_for_certificate {
            if wish.is_some() { Renegotiation::Broken } else { Renegotiation::NotAskedFor }
        } else if wish == Some("true") || self.get("renegotiate") == Some("true") {
            Renegotiation::Needed
        } else {
            Renegotiation::NotAskedFor
        }
    }
}
