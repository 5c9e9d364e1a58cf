//! What is measured.

pub(crate) mod footprint;
pub(crate) mod in_flight;
pub(crate) mod instructions;
pub(crate) mod one_by_one;
pub(crate) mod start;
