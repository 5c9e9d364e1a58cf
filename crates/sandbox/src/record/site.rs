//! HS_SITE: where the servers of a prefix are. The bytes follow RFC 3651, section 3.2.2.

use super::binary::{Reader, put_field, put_length};
use super::key;
use super::malformed::{Malformed, Member, elements};
use crate::json::Json;
use std::net::{IpAddr, Ipv6Addr};

const PRIMARY: u8 = 0x80;
const MULTI_PRIMARY: u8 = 0x40;
const ADMIN: u8 = 1;
const QUERY: u8 = 2;
const PROTOCOLS: [&str; 4] = ["UDP", "TCP", "HTTP", "HTTPS"];
/// The hash option "whole handle" and an empty filter: how servers of a site share handles, always the default.
const HASH_WHOLE_HANDLE: u8 = 2;

pub(super) fn from_json(json: &Json) -> Result<Vec<u8>, Malformed> {
    let mut out = Vec::new();
    put_short(&mut out, json.need_integer("version")?, "version")?;
    let protocol = json.need_text("protocolVersion")?;
    let (major, minor) = protocol.split_once('.').unwrap_or((protocol, "0"));
    for part in [major, minor] {
        let number = part.parse::<u8>();
        out.push(number.map_err(|_| Malformed(format!("protocolVersion {protocol} is not a version")))?);
    }
    put_short(&mut out, json.need_integer("serialNumber")?, "serialNumber")?;
    let flag = |name, bit| if matches!(json.get(name), Some(Json::Bool(true))) { bit } else { 0 };
    out.push(flag("primarySite", PRIMARY) | flag("multiPrimary", MULTI_PRIMARY));
    out.push(HASH_WHOLE_HANDLE);
    put_field(&mut out, b"");
    let attributes = optional_elements(json, "attributes")?;
    put_length(&mut out, attributes.len());
    for attribute in attributes {
        put_field(&mut out, attribute.need_text("name")?.as_bytes());
        put_field(&mut out, attribute.need_text("value")?.as_bytes());
    }
    let servers = optional_elements(json, "servers")?;
    put_length(&mut out, servers.len());
    servers.iter().try_for_each(|server| put_server(&mut out, server))?;
    Ok(out)
}

pub(super) fn to_json(data: &[u8]) -> Option<Json> {
    let mut reader = Reader(data);
    let version = reader.u16()?;
    let (major, minor) = (reader.u8()?, reader.u8()?);
    let serial = reader.u16()?;
    let flags = reader.u8()?;
    let (_hash_option, _hash_filter) = (reader.u8()?, reader.field()?);
    let attributes = list(&mut reader, |reader| {
        Some(Json::object([("name", Json::text(reader.text()?)), ("value", Json::text(reader.text()?))]))
    })?;
    let servers = list(&mut reader, server)?;
    reader.0.is_empty().then(|| {
        Json::object([
            ("version", Json::number(version)),
            ("protocolVersion", Json::text(format!("{major}.{minor}"))),
            ("serialNumber", Json::number(serial)),
            ("primarySite", Json::Bool(flags & PRIMARY != 0)),
            ("multiPrimary", Json::Bool(flags & MULTI_PRIMARY != 0)),
            ("attributes", attributes),
            ("servers", servers),
        ])
    })
}

fn put_short(out: &mut Vec<u8>, number: i32, name: &str) -> Result<(), Malformed> {
    let number = u16::try_from(number).map_err(|_| Malformed(format!("{name} is out of range")))?;
    out.extend_from_slice(&number.to_be_bytes());
    Ok(())
}

fn optional_elements<'a>(json: &'a Json, name: &str) -> Result<&'a [Json], Malformed> {
    json.get(name).map_or(Ok(&[]), elements)
}

fn put_server(out: &mut Vec<u8>, server: &Json) -> Result<(), Malformed> {
    out.extend_from_slice(&server.need_integer("serverId")?.to_be_bytes());
    let address = server.need_text("address")?;
    let address: IpAddr =
        address.parse().map_err(|_| Malformed(format!("address {address} is not an IP address")))?;
    out.extend_from_slice(&match address {
        IpAddr::V4(address) => address.to_ipv6_compatible().octets(),
        IpAddr::V6(address) => address.octets(),
    });
    let public_key = match server.get("publicKey") {
        None | Some(Json::Null) => Vec::new(),
        Some(data) => key::from_json(data.need("value")?)?,
    };
    put_field(out, &public_key);
    let interfaces = optional_elements(server, "interfaces")?;
    put_length(out, interfaces.len());
    for interface in interfaces {
        let flag = |name, bit| if matches!(interface.get(name), Some(Json::Bool(true))) { bit } else { 0 };
        out.push(flag("admin", ADMIN) | flag("query", QUERY));
        let protocol = interface.need_text("protocol")?;
        let number = PROTOCOLS.iter().position(|known| known.eq_ignore_ascii_case(protocol));
        let number = number.and_then(|number| u8::try_from(number).ok());
        out.push(number.ok_or_else(|| Malformed(format!("unknown protocol {protocol}")))?);
        out.extend_from_slice(&interface.need_integer("port")?.to_be_bytes());
    }
    Ok(())
}

fn server(reader: &mut Reader<'_>) -> Option<Json> {
    let id = reader.i32()?;
    let address: [u8; 16] = reader.take(16)?.try_into().ok()?;
    let address = Ipv6Addr::from(address);
    let address = address.to_ipv4().map_or(IpAddr::V6(address), IpAddr::V4);
    let mut members = vec![
        ("serverId".to_owned(), Json::number(id)),
        ("address".to_owned(), Json::text(address.to_string())),
    ];
    let public_key = reader.field()?;
    if !public_key.is_empty() {
        let value = key::to_json(public_key)?;
        let data = Json::object([("format", Json::text("key")), ("value", value)]);
        members.push(("publicKey".to_owned(), data));
    }
    members.push(("interfaces".to_owned(), list(reader, interface)?));
    Some(Json::Object(members))
}

fn interface(reader: &mut Reader<'_>) -> Option<Json> {
    let service = reader.u8()?;
    let protocol = PROTOCOLS.get(usize::from(reader.u8()?))?;
    Some(Json::object([
        ("query", Json::Bool(service & QUERY != 0)),
        ("admin", Json::Bool(service & ADMIN != 0)),
        ("protocol", Json::text(*protocol)),
        ("port", Json::number(reader.i32()?)),
    ]))
}

fn list(reader: &mut Reader<'_>, item: fn(&mut Reader<'_>) -> Option<Json>) -> Option<Json> {
    let count = reader.length()?;
    (0..count).map(|_| item(reader)).collect::<Option<_>>().map(Json::Array)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn round_trip() {
        let json = parse(
            r#"{"version":1,"protocolVersion":"2.11","serialNumber":1,"primarySite":true,"multiPrimary":false,
            "attributes":[{"name":"desc","value":"x"}],"servers":[{"serverId":1,"address":"192.0.2.7",
            "publicKey":{"format":"key","value":{"kty":"RSA","n":"7mvb","e":"AQAB"}},
            "interfaces":[{"query":true,"admin":false,"protocol":"UDP","port":2641}]}]}"#,
        )
        .unwrap();
        assert_eq!(to_json(&from_json(&json).unwrap()), Some(json));
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(to_json(b"not a site"), None);
    }
}
