//! `/api/handles/NAME`.

mod delete;
mod list;
mod put;
mod read;
mod values;

use super::body;
use super::call::Call;
use super::method::Method;
use super::parameters::Parameters;
use super::reply::{Reply, Stop, malformed};
use crate::codes::ResponseCode;
use crate::name::Name;

/// The methods offered, for OPTIONS.
pub(super) const ALLOWED: &str = "GET, HEAD, POST, PUT, DELETE, TRACE, OPTIONS";

/// Form bodies over this size are refused; JSON bodies have no limit.
const MAX_FORM: usize = 200_000;

pub(super) fn answer(method: Method, call: &mut Call<'_, '_, '_>) -> Result<Reply, Stop> {
    if let Method::Post = method {
        let more = posted_parameters(call)?;
        call.parameters.extend(more);
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

pub(super) fn posted_parameters(call: &mut Call<'_, '_, '_>) -> Result<Parameters, Stop> {
    match body::media_type(&call.exchange.head).as_deref() {
        Some(body::JSON) => {
            let json = body::json(call.exchange)?;
            Parameters::from_json(&json).ok_or_else(|| malformed("Expected JSON object").into())
        }
        Some("application/x-www-form-urlencoded") => {
            let form = body::text(call.exchange)?;
            if form.len() > MAX_FORM {
                return Err(malformed(format!("Form too large {}>{MAX_FORM}", form.len())).into());
            }
            Ok(Parameters::parse(&form))
        }
        _ => Ok(Parameters::parse("")),
    }
}
