//! Misbehaviour on purpose: what can go wrong, with which requests, and how often.

mod kind;
mod plan;
mod rule;

pub use kind::Fault;
pub(crate) use plan::Plan;
pub use rule::{FaultRule, When};
