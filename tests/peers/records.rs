//! Records as the sandbox holds them, in a form to be compared.

use crate::common::Server;
use serde_json::{Value as Json, json};

/// The values of a record without their times; `None` without the Handle.
pub type Held = Option<Vec<Json>>;

/// What a sandbox holds of a Handle, in the server's order.
pub fn values(server: &Server, handle: &str) -> Held {
    let mut record = server.sandbox.record(handle)?;
    let Json::Array(mut values) = record["values"].take() else { panic!("{record}") };
    for value in &mut values {
        value.as_object_mut().unwrap().remove("timestamp");
    }
    Some(values)
}

/// Those in the order of their indexes.
pub fn sorted(held: Held) -> Held {
    held.map(|mut values| {
        values.sort_by_key(|value| value["index"].as_u64());
        values
    })
}

/// A record in a line: index, type and data of each value, and what is unusual about it.
pub fn summary(held: &Held) -> String {
    let Some(values) = held else { return "none".to_owned() };
    let one = |value: &Json| {
        let mut text = format!("{} {}", value["index"], value["type"].as_str().unwrap());
        match value["data"]["value"].as_str() {
            Some(data) => text += &format!("={}", data.chars().take(40).collect::<String>()),
            None if value["data"]["value"] == usual_owner() => {}
            None => text += &format!("={}", value["data"]["value"]),
        }
        if value["ttl"] != 86400 {
            text += &format!(" ttl={}", value["ttl"]);
        }
        if let Some(permissions) = value["permissions"].as_str() {
            text += &format!(" permissions={permissions}");
        }
        text
    };
    values.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What an HS_ADMIN value says unless one asks for something else.
fn usual_owner() -> Json {
    json!({"handle": "0.NA/21.T12345", "index": 200, "permissions": "011111110011"})
}
