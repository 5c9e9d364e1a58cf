//! How fast libb2handle is, beside what an expert would use instead: `make bench`.
//!
//! nginx serves one record. Programs in `c/` read it, with the library and with libcurl, and measure themselves; this
//! crate runs ours and the peer's by turns, and compares the two of each pair, so that what else the machine does
//! weighs on both.

mod bench;
mod interrupt;
mod nginx;
mod pace;
mod programs;
mod pyhandle;
mod row;
mod statistics;
mod suite;
mod tls;
mod work;

pub use interrupt::Interrupt;
pub use pace::Pace;
pub use row::{Bar, Row, table};
pub use suite::{Outcome, Setup, run};
