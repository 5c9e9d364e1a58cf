//! A request to the API, understood so far.

use super::parameters::Parameters;
use super::reply::{Reply, Stop};
use crate::auth::Permits;
use crate::codes::ResponseCode;
use crate::http::Exchange;
use crate::identity::Identity;
use crate::json::Json;
use crate::name::Name;
use crate::service::Service;
use crate::session::Session;
use crate::store::{Cause, Records};

/// One call of the API.
pub(super) struct Call<'c, 'a, 'w> {
    pub(super) service: &'c Service,
    pub(super) exchange: &'c mut Exchange<'a, 'w>,
    /// The handle or prefix it is about; may be empty.
    pub(super) name: Name,
    pub(super) parameters: Parameters,
    pub(super) identity: Option<Identity>,
    /// The session the request is part of, whether or not somebody has logged in to it.
    pub(super) session: Option<Session>,
}

impl Call<'_, '_, '_> {
    /// An answer about the handle, which it repeats in the spelling of the request.
    pub(super) fn reply(&self, status: u16, code: ResponseCode) -> Reply {
        self.about_handle(Reply::new(status, code))
    }

    pub(super) fn about_handle(&self, reply: Reply) -> Reply {
        if self.name.as_str().is_empty() {
            reply
        } else {
            reply.member("handle", Json::text(self.name.as_str()))
        }
    }

    /// What everything but public reading needs. Over plain HTTP nobody can log in (BEHAVIOUR.md 6).
    pub(super) fn need_identity(&self) -> Result<&Identity, Stop> {
        if let Some(identity) = &self.identity {
            return Ok(identity);
        }
        let code = ResponseCode::AUTHENTICATION_NEEDED;
        if !self.exchange.channel.secure {
            return Err(self.reply(403, code).into());
        }
        let session = match &self.session {
            Some(session) => session.clone(),
            None => self.service.sessions().create(None)?,
        };
        Err(self.reply(401, code).challenge(&self.exchange.head, &session, None).into())
    }

    pub(super) fn permits<'p>(&'p self, identity: &'p Identity, records: &'p Records<'p>) -> Permits<'p> {
        Permits { identity, service: self.service, records }
    }

    /// What the journal says about a write.
    pub(super) fn cause(&self) -> Cause<'_> {
        let head = &self.exchange.head;
        Cause { method: &head.method, target: &head.target, caller: self.identity.as_ref() }
    }

    /// Refuses names whose prefix lives elsewhere.
    pub(super) fn need_home(&self) -> Result<(), Stop> {
        self.need_homed(&self.name.prefix_key())
    }

    /// Refuses prefixes that live elsewhere.
    pub(super) fn need_homed(&self, prefix_key: &str) -> Result<(), Stop> {
        if self.service.records().is_homed(prefix_key)? {
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
