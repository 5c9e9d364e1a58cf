//! Who is asking, and what they may do (BEHAVIOUR.md 5.7, 6).

mod authenticate;
mod basic;
mod caller;
mod challenge;
mod claim;
mod permission;
mod proof;
mod refusal;
mod renegotiation;

pub(crate) use authenticate::{authenticate, claim, log_in};
pub(crate) use caller::{Caller, Standing};
pub(crate) use challenge::challenge;
pub(crate) use claim::Claim;
pub(crate) use permission::Permits;
pub(crate) use renegotiation::Renegotiation;
