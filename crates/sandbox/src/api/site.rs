//! `/api/site`: where this server is and what its key is (BEHAVIOUR.md 4, 6.4).

use super::reply::{Reply, Stop};
use crate::codes::ResponseCode;
use crate::json::{Json, parse};
use crate::service::Service;

pub(super) const ALLOWED: &str = "GET, HEAD, TRACE, OPTIONS";

/// The site when the prefix handle has none.
const PLAIN: &str = r#"{"version":1,"protocolVersion":"2.11","serialNumber":1,"primarySite":true,
    "multiPrimary":false,"attributes":[{"name":"desc","value":"Sandbox handle server"}],
    "servers":[{"serverId":1,"address":"","publicKey":{},
    "interfaces":[{"query":true,"admin":true,"protocol":"HTTP","port":0}]}]}"#;

pub(super) fn answer(service: &Service) -> Result<Reply, Stop> {
    let record = service.records().get(&service.prefix_key())?.unwrap_or_default();
    let known = record.iter().find(|value| value.kind.eq_ignore_ascii_case("HS_SITE"));
    let known = known.and_then(|value| value.to_json().get("data")?.get("value").cloned());
    let mut site = known.or_else(|| parse(PLAIN).ok()).unwrap_or(Json::Null);
    if let Some(server) = site.get_mut("servers").and_then(first) {
        describe(server, service);
    }
    Ok(Reply::new(200, ResponseCode::SUCCESS).member("site", site))
}

/// Puts this server's own address, port and key in.
fn describe(server: &mut Json, service: &Service) {
    let address = service.address();
    let public_key =
        Json::object([("format", Json::text("key")), ("value", service.key().public().to_json())]);
    for (name, value) in [("address", Json::text(address.ip().to_string())), ("publicKey", public_key)] {
        if let Some(member) = server.get_mut(name) {
            *member = value;
        }
    }
    if let Some(Json::Array(interfaces)) = server.get_mut("interfaces") {
        for interface in interfaces {
            let http = matches!(interface.get("protocol"), Some(Json::String(name)) if name == "HTTP");
            if let Some(port) = interface.get_mut("port").filter(|_| http) {
                *port = Json::number(address.port());
            }
        }
    }
}

fn first(json: &mut Json) -> Option<&mut Json> {
    match json {
        Json::Array(items) => items.first_mut(),
        _ => None,
    }
}
