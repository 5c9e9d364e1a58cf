//! Listing the handles of a prefix (BEHAVIOUR.md 4).

use crate::api::call::Call;
use crate::api::paging::Paging;
use crate::api::reply::{Reply, Stop};
use crate::codes::ResponseCode;
use crate::json::Json;
use crate::record::Permissions;

pub(super) fn answer(call: &Call<'_, '_, '_>) -> Result<Reply, Stop> {
    if !call.service.has_listing() {
        return Err(call.reply(501, ResponseCode::NOT_SUPPORTED).into());
    }
    let paging = Paging::from_parameters(&call.parameters)?;
    let prefix = call.name.key_to_read();
    call.need_homed(&prefix)?;
    let identity = call.need_identity()?;
    let records = call.service.records();
    call.need(call.permits(identity, &records).allow_by(&prefix, Permissions::LIST_HANDLES)?)?;
    let count = records.count(&prefix)?;
    let names = records.names(&prefix, paging.page())?.into_iter().map(Json::text).collect();
    let reply = Reply::new(200, ResponseCode::SUCCESS).member("prefix", Json::text(call.name.as_str()));
    Ok(paging.describe(reply, count).member("handles", Json::Array(names)))
}
