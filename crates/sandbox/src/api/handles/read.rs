//! Reading a record or some of its values (BEHAVIOUR.md 4).

use crate::api::call::Call;
use crate::api::reply::{Reply, Stop};
use crate::codes::ResponseCode;
use crate::json::Json;
use crate::record::{Permissions, Value};

pub(super) fn answer(call: &Call<'_, '_, '_>) -> Result<Reply, Stop> {
    let selection =
        Selection { indexes: call.parameters.indexes()?, kinds: call.parameters.all("type").collect() };
    call.need_home()?;
    let records = call.service.records();
    let record = records.get(&call.name.key_to_read())?.ok_or_else(|| call.handle_not_found())?;
    let mut selected: Vec<&Value> = record.iter().filter(|value| selection.takes(value)).collect();
    if call.parameters.flag("publicOnly").unwrap_or(call.identity.is_none()) {
        selected.retain(|value| value.access.public_read());
    }
    if selected.iter().any(|value| !value.access.public_read()) {
        let identity = call.need_identity()?;
        call.need(call.permits(identity, &records).allow(&record, Permissions::READ_VALUE)?)?;
    }
    if selected.iter().any(|value| !value.access.public_read() && !value.access.admin_read()) {
        return Err(call.reply(403, ResponseCode::READABLE_BY_NOBODY).into());
    }
    if selected.iter().any(|value| value.is_poisoned()) {
        return Ok(call.reply(200, ResponseCode::ERROR));
    }
    let values = Json::Array(selected.iter().map(|value| value.to_json()).collect());
    if selected.is_empty() {
        return Ok(
            call.about_handle(Reply::new(200, ResponseCode::VALUES_NOT_FOUND).member("values", values))
        );
    }
    Ok(call.reply(200, ResponseCode::SUCCESS).member("values", values))
}

/// The values asked for: by index or by type; all when neither is given.
struct Selection<'a> {
    indexes: Vec<i32>,
    kinds: Vec<&'a str>,
}

impl Selection<'_> {
    fn takes(&self, value: &Value) -> bool {
        (self.indexes.is_empty() && self.kinds.is_empty())
            || self.indexes.contains(&value.index)
            || self.kinds.iter().any(|wanted| is_kind(&value.kind, wanted))
    }
}

/// `URL.` asks for `URL` and everything below it.
fn is_kind(kind: &str, wanted: &str) -> bool {
    let kind = kind.to_ascii_uppercase();
    let wanted = wanted.to_ascii_uppercase();
    kind == wanted
        || wanted.strip_suffix('.').is_some_and(|family| kind == family || kind.starts_with(&wanted))
}

#[cfg(test)]
mod tests {
    use super::is_kind;

    #[test]
    fn kinds() {
        for (kind, wanted) in [("URL", "url"), ("URL", "URL."), ("URL.mirror", "url."), ("", "")] {
            assert!(is_kind(kind, wanted), "{kind} {wanted}");
        }
        for (kind, wanted) in [("URL", ""), ("URL.mirror", "URL"), ("URLX", "URL.")] {
            assert!(!is_kind(kind, wanted), "{kind} {wanted}");
        }
    }
}
