//! Who is asking, and what they may do (BEHAVIOUR.md 5.7, 6).

mod authenticate;
mod authorization;
mod basic;
mod caller;
mod challenge;
mod identity;
mod permission;

pub(crate) use authenticate::authenticate;
pub(crate) use caller::Caller;
pub(crate) use challenge::challenge;
pub(crate) use identity::Identity;
pub(crate) use permission::Permits;
