//! Requests that ask the server for a renegotiation (BEHAVIOUR.md 6.3).

use super::reply::{Reply, Stop};
use crate::auth::{Claim, Renegotiation};
use crate::codes::ResponseCode;
use crate::http::Exchange;

/// The server keeps a body aside while it shakes hands, but no longer one than this.
const MAX_BODY: usize = 200_000;

/// Ends requests that get no further.
pub(super) fn check(claim: &Claim, exchange: &mut Exchange<'_, '_>) -> Result<(), Stop> {
    match claim.renegotiation(exchange.channel) {
        Renegotiation::NotAskedFor => Ok(()),
        Renegotiation::Broken => {
            Err(Reply::new(500, ResponseCode::ERROR).message("Unexpected server error").into())
        }
        Renegotiation::Needed if exchange.body.read()?.len() > MAX_BODY => Err(Reply::empty(413).into()),
        Renegotiation::Needed => Err(Stop::Drop),
    }
}
