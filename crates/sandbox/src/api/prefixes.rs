//! `/api/prefixes`: which prefixes live here, for server administrators (BEHAVIOUR.md 4).

use super::call::Call;
use super::method::Method;
use super::paging::Paging;
use super::posted;
use super::reply::{Reply, Stop, malformed};
use crate::codes::ResponseCode;
use crate::json::Json;
use crate::name::Name;

pub(super) const ALLOWED: &str = "GET, HEAD, POST, DELETE, TRACE, OPTIONS";

pub(super) fn answer(method: Method, call: &mut Call<'_, '_, '_>) -> Result<Reply, Stop> {
    match method {
        Method::Post => {
            posted::add_parameters(call)?;
            need_prefix(call, "homing")?;
            need_server_admin(call)?;
            call.service.records().home(&call.name.key_to_read())?;
            Ok(call.reply(200, ResponseCode::SUCCESS))
        }
        Method::Delete => {
            need_prefix(call, "unhoming")?;
            need_server_admin(call)?;
            call.service.records().unhome(&call.name.key_to_read())?;
            Ok(call.reply(200, ResponseCode::SUCCESS))
        }
        _ => {
            need_server_admin(call)?;
            let paging = Paging::from_parameters(&call.parameters)?;
            let all = call.service.records().homed_prefixes()?;
            let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
            let page = paging.page();
            let skipped = usize::try_from(page.offset).unwrap_or(usize::MAX);
            let shown = usize::try_from(page.limit).unwrap_or(usize::MAX);
            let names = all.into_iter().skip(skipped).take(shown).map(Json::text).collect();
            let reply = paging.describe(Reply::new(200, ResponseCode::SUCCESS), total);
            Ok(reply.member("prefixes", Json::Array(names)))
        }
    }
}

/// The prefix is in the path or in a parameter.
fn need_prefix(call: &mut Call<'_, '_, '_>, what: &str) -> Result<(), Reply> {
    if call.name.as_str().is_empty() {
        call.name = Name::new(call.parameters.first("prefix").unwrap_or_default());
    }
    if call.name.as_str().is_empty() {
        return Err(malformed(format!("Prefix not specified in {what} request")));
    }
    Ok(())
}

fn need_server_admin(call: &Call<'_, '_, '_>) -> Result<(), Stop> {
    let identity = call.need_identity()?;
    let records = call.service.records();
    Ok(call.need(call.permits(identity, &records).is_server_admin()?)?)
}
