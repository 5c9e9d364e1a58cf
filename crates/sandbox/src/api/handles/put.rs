//! Creating and replacing records (BEHAVIOUR.md 5.3), adding and replacing values (5.4). The order of the checks
//! is that of section 2.

use super::values;
use crate::api::body;
use crate::api::call::Call;
use crate::api::reply::{Reply, Stop, malformed};
use crate::auth::Permits;
use crate::codes::ResponseCode;
use crate::name::Name;
use crate::record::{Permissions, Value};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub(super) fn answer(call: &mut Call<'_, '_, '_>) -> Result<Reply, Stop> {
    let scope = Scope::from_parameters(call)?;
    let media_type = body::media_type(&call.exchange.head);
    if media_type.as_deref() != Some(body::JSON) {
        let given = media_type.unwrap_or_else(|| "null".to_owned());
        return Err(malformed(format!("Unsupported media type {given}")).into());
    }
    let values = values::from_body(&body::json(call.exchange)?, &call.name)?;
    if let Scope::Indexes(indexes) = &scope
        && *indexes != values.iter().map(|value| value.index).collect()
    {
        return Err(malformed("Mismatched indexes in PUT request").into());
    }
    if call.parameters.strict_flag("mintNewSuffix") == Some(true) {
        call.name = Name::new(format!("{}{}", call.name.as_str(), Uuid::new_v4()));
    }
    call.need_home()?;
    check(call, &values)?;
    match scope {
        Scope::Record => put_record(call, values),
        Scope::Indexes(_) | Scope::Various => put_values(call, values),
    }
}

/// What a PUT is about.
enum Scope {
    Record,
    /// The values with exactly these indexes.
    Indexes(HashSet<i32>),
    /// Whatever values the body has.
    Various,
}

impl Scope {
    fn from_parameters(call: &Call<'_, '_, '_>) -> Result<Scope, Reply> {
        match call.parameters.first("index") {
            None => Ok(Scope::Record),
            Some("various") => Ok(Scope::Various),
            Some(_) => Ok(Scope::Indexes(call.parameters.indexes()?.into_iter().collect())),
        }
    }
}

fn check(call: &Call<'_, '_, '_>, values: &[Value]) -> Result<(), Reply> {
    let refuse =
        |status, code, message: String| Err(call.about_handle(Reply::new(status, code).message(message)));
    let mut seen = HashSet::new();
    for value in values {
        if value.index <= 0 {
            return refuse(400, ResponseCode::INVALID_VALUE, "Value indexes must be positive".to_owned());
        }
        if !seen.insert(value.index) {
            let message = format!("Index conflict for {}", value.index);
            return refuse(409, ResponseCode::VALUE_ALREADY_EXISTS, message);
        }
    }
    Ok(())
}

fn may_overwrite(call: &Call<'_, '_, '_>) -> bool {
    call.parameters.strict_flag("overwrite").unwrap_or(true)
}

fn put_record(call: &Call<'_, '_, '_>, mut values: Vec<Value>) -> Result<Reply, Stop> {
    let mut records = call.service.records();
    let key = call.name.key();
    let old = records.get(&key)?;
    if old.is_some() && !may_overwrite(call) {
        return Err(call.reply(409, ResponseCode::HANDLE_ALREADY_EXISTS).into());
    }
    let identity = call.need_identity()?;
    let permits = call.permits(identity, &records);
    let status = match &old {
        None => {
            call.need(permits.allow_creation(&call.name)?)?;
            201
        }
        Some(old) => {
            need_readable(call, old)?;
            call.need(may_replace(&permits, &call.name, old, &values)?)?;
            keep_timestamps(&mut values, old);
            200
        }
    };
    records.put(&key, &values, call.cause())?;
    Ok(call.reply(status, ResponseCode::SUCCESS))
}

/// All that the difference requires, or add_admin alone, or the right to delete and create.
fn may_replace(permits: &Permits<'_>, name: &Name, old: &[Value], new: &[Value]) -> rusqlite::Result<bool> {
    let new_indexes: HashSet<i32> = new.iter().map(|value| value.index).collect();
    let removed = old.iter().filter(|value| !new_indexes.contains(&value.index));
    let needed =
        removed.fold(needed_to_write(&by_index(old), new), |needed, value| needed | to_remove(value));
    Ok(permits.allow(old, needed)?
        || permits.allow(old, Permissions::ADD_ADMIN)?
        || (permits.allow(old, Permissions::DELETE_HANDLE)? && permits.allow_creation(name)?))
}

fn put_values(call: &Call<'_, '_, '_>, mut values: Vec<Value>) -> Result<Reply, Stop> {
    if values.is_empty() {
        return Err(call.reply(400, ResponseCode::INVALID_VALUE).into());
    }
    let identity = call.need_identity()?;
    let mut records = call.service.records();
    let key = call.name.key();
    let old = records.get(&key)?.ok_or_else(|| call.handle_not_found())?;
    need_readable(call, &old)?;
    let known = by_index(&old);
    let existed = values.iter().any(|value| known.contains_key(&value.index));
    if existed && !may_overwrite(call) {
        return Err(call.reply(409, ResponseCode::VALUE_ALREADY_EXISTS).into());
    }
    // Values that everybody may write need no permission.
    let restricted = values.iter().filter(|new| {
        let old = known.get(&new.index);
        !old.is_some_and(|old| old.access.public_write() && !old.is_admin() && !new.is_admin())
    });
    let needed = needed_to_write(&known, restricted);
    call.need(call.permits(identity, &records).allow(&old, needed)?)?;
    keep_timestamps(&mut values, &old);
    let written: HashSet<i32> = values.iter().map(|value| value.index).collect();
    values.extend(old.into_iter().filter(|value| !written.contains(&value.index)));
    values.sort_by_key(|value| value.index);
    records.put(&key, &values, call.cause())?;
    Ok(call.reply(if existed { 200 } else { 201 }, ResponseCode::SUCCESS))
}

/// A record that cannot be decoded cannot be changed either (BEHAVIOUR.md 5.6).
pub(super) fn need_readable(call: &Call<'_, '_, '_>, record: &[Value]) -> Result<(), Reply> {
    if record.iter().any(Value::is_poisoned) {
        return Err(call.reply(500, ResponseCode::ERROR));
    }
    Ok(())
}

/// What removing a value needs.
pub(super) fn to_remove(value: &Value) -> Permissions {
    if value.is_admin() { Permissions::REMOVE_ADMIN } else { Permissions::REMOVE_VALUE }
}

fn by_index(values: &[Value]) -> HashMap<i32, &Value> {
    values.iter().map(|value| (value.index, value)).collect()
}

/// What adding and changing values needs; unchanged values need nothing.
fn needed_to_write<'v>(old: &HashMap<i32, &Value>, new: impl IntoIterator<Item = &'v Value>) -> Permissions {
    new.into_iter().fold(Permissions::NONE, |needed, new| {
        needed
            | match old.get(&new.index) {
                None if new.is_admin() => Permissions::ADD_ADMIN,
                None => Permissions::ADD_VALUE,
                Some(old) if old.same_content(new) => Permissions::NONE,
                Some(old) => match (old.is_admin(), new.is_admin()) {
                    (true, true) => Permissions::MODIFY_ADMIN,
                    (false, false) => Permissions::MODIFY_VALUE,
                    _ => Permissions::MODIFY_ADMIN | Permissions::MODIFY_VALUE,
                },
            }
    })
}

fn keep_timestamps(new: &mut [Value], old: &[Value]) {
    let old = by_index(old);
    for value in new {
        if let Some(unchanged) = old.get(&value.index).filter(|old| old.same_content(value)) {
            value.timestamp = unchanged.timestamp;
        }
    }
}
