//! Who a request comes from.

use super::identity::Identity;

/// The outcome of looking at a request's credentials.
pub(crate) enum Caller {
    Anonymous,
    Known(Identity),
    /// Credentials were sent but are wrong or unusable; the challenge may say why.
    Refused(Option<&'static str>),
}
