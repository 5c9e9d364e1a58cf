//! The values in the body of a PUT (BEHAVIOUR.md 5.1).

use crate::api::reply::{Reply, malformed};
use crate::json::Json;
use crate::name::Name;
use crate::record::{Value, now};

/// Reads an array of values, an object with `values`, or a single value.
pub(super) fn from_body(json: &Json, name: &Name) -> Result<Vec<Value>, Reply> {
    if let Some(Json::String(handle)) = json.get("handle")
        && Name::new(handle).key() != name.key()
    {
        return Err(malformed("Mismatched handle in PUT request"));
    }
    let items = match json {
        Json::Array(items) => items.as_slice(),
        Json::Object(_) => match json.get("values") {
            Some(Json::Array(items)) => items.as_slice(),
            Some(Json::Null) => &[],
            None if ["index", "type", "data"].iter().all(|member| json.get(member).is_some()) => {
                std::slice::from_ref(json)
            }
            _ => return Err(malformed("Invalid JSON in PUT request")),
        },
        _ => return Err(malformed("Invalid JSON in PUT request")),
    };
    let now = now();
    let values = items.iter().map(|item| Value::from_json(item, now));
    values.collect::<Result<_, _>>().map_err(|problem| malformed(problem.to_string()))
}
