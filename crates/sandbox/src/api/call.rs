//! A request to the API, understood so far.

use super::parameters::Parameters;
use super::reply::{Reply, Stop};
use crate::auth::{Identity, Permits};
use crate::codes::ResponseCode;
use crate::http::Exchange;
use crate::json::Json;
use crate::name::Name;
use crate::service::Service;
use crate::store::Records;

/// One call of the API.
pub(super) struct Call<'c, 'a, 'w> {
    pub(super) service: &'c Service,
    pub(super) exchange: &'c mut Exchange<'a, 'w>,
    pub(super) name: Name,
    pub(super) parameters: Parameters,
    pub(super) identity: Option<Identity>,
}

impl Call<'_, '_, '_> {
    /// An answer about the handle, which it repeats in the spelling of the request.
    pub(super) fn reply(&self, status: u16, code: ResponseCode) -> Reply {
        self.about_handle(Reply::new(status, code))
    }

    pub(super) fn about_handle(&self, reply: Reply) -> Reply {
        reply.member("handle", Json::text(self.name.as_str()))
    }

    /// What everything but public reading needs. Over plain HTTP nobody can log in (BEHAVIOUR.md 6).
    pub(super) fn need_identity(&self) -> Result<&Identity, Reply> {
        self.identity.as_ref().ok_or_else(|| {
            let code = ResponseCode::AUTHENTICATION_NEEDED;
            if self.exchange.secure { self.reply(401, code).with_challenge() } else { self.reply(403, code) }
        })
    }

    pub(super) fn permits<'p>(&'p self, identity: &'p Identity, records: &'p Records<'p>) -> Permits<'p> {
        Permits { identity, service: self.service, records }
    }

    /// Refuses names whose prefix lives elsewhere.
    pub(super) fn need_home(&self) -> Result<(), Stop> {
        if self.service.is_home_of(&self.name)? {
            return Ok(());
        }
        let reply = Reply::new(400, ResponseCode::SERVER_NOT_RESPONSIBLE);
        Err(self.about_handle(reply.message("That prefix doesn't live here")).into())
    }

    pub(super) fn handle_not_found(&self) -> Reply {
        self.reply(404, ResponseCode::HANDLE_NOT_FOUND)
    }

    /// Refuses what the caller may not do.
    pub(super) fn need(&self, permitted: bool) -> Result<(), Reply> {
        if permitted { Ok(()) } else { Err(self.reply(403, ResponseCode::NOT_PERMITTED)) }
    }
}
