//! Parameters in the body of a POST, as a form or as JSON (BEHAVIOUR.md 4).

use super::body;
use super::call::Call;
use super::parameters::Parameters;
use super::reply::{Stop, malformed};

/// Form bodies over this size are refused; JSON bodies have no limit.
const MAX_FORM: usize = 200_000;

/// Adds those of the body to those of the query string.
pub(super) fn add_parameters(call: &mut Call<'_, '_, '_>) -> Result<(), Stop> {
    let more = parameters(call)?;
    call.parameters.extend(more);
    Ok(())
}

fn parameters(call: &mut Call<'_, '_, '_>) -> Result<Parameters, Stop> {
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
