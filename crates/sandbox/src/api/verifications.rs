//! `/api/verifications`. What it answers when a handle is given is not recorded: the sandbox does not offer it.

use super::call::Call;
use super::method::Method;
use super::posted;
use super::reply::{Reply, Stop, malformed};
use crate::codes::ResponseCode;

pub(super) const ALLOWED: &str = "GET, HEAD, POST, TRACE, OPTIONS";

pub(super) fn answer(method: Method, call: &mut Call<'_, '_, '_>) -> Result<Reply, Stop> {
    if let Method::Post = method {
        posted::add_parameters(call)?;
    }
    if call.parameters.first("handle").is_none() {
        return Err(malformed("Handle not specified in verification request").into());
    }
    Ok(Reply::new(501, ResponseCode::NOT_SUPPORTED).message("the sandbox verifies nobody"))
}
