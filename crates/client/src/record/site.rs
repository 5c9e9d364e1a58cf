//! HS_SITE: which servers a site has, and their keys.

use crate::error::{Error, Kind, Result};
use crate::keys::PublicKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value as Json;
use std::net::IpAddr;

/// A server of a site.
#[derive(Debug)]
pub(crate) struct SiteServer {
    address: Option<IpAddr>,
    /// Where it speaks HTTP or HTTPS.
    ports: Vec<u64>,
    /// Nothing where it has none.
    pub(crate) key: Option<Result<PublicKey>>,
}

impl SiteServer {
    /// The servers of a site, as the REST API writes it (BEHAVIOUR.md 4.1).
    pub(crate) fn all_of(site: &Json) -> Vec<SiteServer> {
        site["servers"].as_array().into_iter().flatten().map(SiteServer::from_json).collect()
    }

    fn from_json(server: &Json) -> SiteServer {
        let is_http = |interface: &&Json| matches!(interface["protocol"].as_str(), Some("HTTP" | "HTTPS"));
        let interfaces = server["interfaces"].as_array();
        SiteServer {
            address: server["address"].as_str().and_then(|address| address.parse().ok()),
            ports: interfaces
                .into_iter()
                .flatten()
                .filter(is_http)
                .filter_map(|one| one["port"].as_u64())
                .collect(),
            key: key_of(&server["publicKey"]),
        }
    }

    /// Whether it has this address.
    pub(crate) fn is_at(&self, address: IpAddr) -> bool {
        self.address == Some(address)
    }

    /// Whether it says that it speaks HTTP or HTTPS at this port.
    pub(crate) fn listens_at(&self, port: u16) -> bool {
        self.ports.contains(&port.into())
    }
}

/// A key in one of the forms that values have: a JWK, or the bytes that Handle tools write.
fn key_of(data: &Json) -> Option<Result<PublicKey>> {
    let value = &data["value"];
    match data["format"].as_str()? {
        "key" => Some(PublicKey::read(value.to_string().as_bytes())),
        "base64" => match BASE64.decode(value.as_str()?) {
            Ok(bytes) => (!bytes.is_empty()).then(|| PublicKey::read(&bytes)),
            Err(_) => Some(Err(Error::new(Kind::KeyInvalid, "The key is not base64."))),
        },
        _ => None,
    }
}
