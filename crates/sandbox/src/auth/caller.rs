//! Who a request comes from.

use super::refusal::Refusal;
use crate::identity::Identity;
use crate::session::Session;

/// The outcome of looking at a request's credentials.
pub(crate) struct Caller {
    pub(crate) standing: Standing,
    /// The session that the request is part of, for the next challenge.
    pub(crate) session: Option<Session>,
}

/// How far the server knows who is calling.
pub(crate) enum Standing {
    Anonymous,
    Known(Identity),
    /// Credentials were sent but are wrong or unusable.
    Refused(Refusal),
}

impl From<Standing> for Caller {
    fn from(standing: Standing) -> Caller {
        Caller { standing, session: None }
    }
}
