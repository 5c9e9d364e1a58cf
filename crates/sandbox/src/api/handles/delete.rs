//! Deleting a handle or some of its values (BEHAVIOUR.md 5.5).

use super::put::{need_readable, to_remove};
use crate::api::call::Call;
use crate::api::reply::{Reply, Stop};
use crate::codes::ResponseCode;
use crate::record::{Permissions, Value};
use std::collections::HashSet;

pub(super) fn answer(call: &Call<'_, '_, '_>) -> Result<Reply, Stop> {
    let indexes: HashSet<i32> = call.parameters.indexes()?.into_iter().collect();
    let identity = call.need_identity()?;
    let mut records = call.service.records();
    let key = call.name.key();
    let mut values = records.get(&key)?.ok_or_else(|| call.handle_not_found())?;
    if indexes.is_empty() {
        call.need(call.permits(identity, &records).allow(&values, Permissions::DELETE_HANDLE)?)?;
        records.remove(&key, call.cause())?;
        return Ok(call.reply(200, ResponseCode::SUCCESS));
    }
    need_readable(call, &values)?;
    let removed: Vec<&Value> = values.iter().filter(|value| indexes.contains(&value.index)).collect();
    if removed.len() < indexes.len() {
        return Err(call.reply(400, ResponseCode::VALUES_NOT_FOUND).into());
    }
    let needed = removed.iter().fold(Permissions::NONE, |needed, value| needed | to_remove(value));
    call.need(call.permits(identity, &records).allow(&values, needed)?)?;
    values.retain(|value| !indexes.contains(&value.index));
    records.put(&key, &values, call.cause())?;
    Ok(call.reply(200, ResponseCode::SUCCESS))
}
