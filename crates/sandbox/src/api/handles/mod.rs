//! `/api/handles/NAME`.

mod delete;
mod list;
mod put;
mod read;
mod values;

use super::call::Call;
use super::method::Method;
use super::posted;
use super::reply::{Reply, Stop};
use crate::codes::ResponseCode;
use crate::name::Name;

/// The methods offered, for OPTIONS.
pub(super) const ALLOWED: &str = "GET, HEAD, POST, PUT, DELETE, TRACE, OPTIONS";

pub(super) fn answer(method: Method, call: &mut Call<'_, '_, '_>) -> Result<Reply, Stop> {
    if let Method::Post = method {
        posted::add_parameters(call)?;
    }
    if call.name.as_str().is_empty() {
        // A name in the path wins over the parameter.
        if let (Method::Get | Method::Head | Method::Post, Some(prefix)) =
            (method, call.parameters.first("prefix"))
        {
            call.name = Name::new(prefix);
            return list::answer(call);
        }
        return Err(Reply::new(400, ResponseCode::INVALID_HANDLE).message("Empty handle invalid").into());
    }
    match method {
        Method::Put => put::answer(call),
        Method::Delete => delete::answer(call),
        // POST is GET with parameters in the body.
        Method::Get | Method::Head | Method::Post | Method::Options | Method::Trace => read::answer(call),
    }
}
