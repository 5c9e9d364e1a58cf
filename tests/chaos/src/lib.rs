//! What a client says of its writes, held against what the server did: `make chaos`.
//!
//! A plan of mixed operations, made from a seed, is carried out by a C program (`tests/c/chaos.c`) with 16 threads and three
//! clients, on a sandbox that misbehaves. The sandbox keeps a journal of the writes it executed. Every request carries
//! the number of its operation in the spelling of the Handle's name, so that each effect, also that of a DELETE, belongs
//! to one operation; and the journal is the history of every record. Nothing that the client says counts as evidence.
//!
//! * An operation that was reported as done and has no effect is **lost**, and so is what an effect did to values of
//!   others, or a record that is not as the journal says.
//! * An operation with two effects is **doubled**.
//! * An operation that was reported as definitely failed, and was executed or may have been as far as the client can
//!   know, or whose reported cause was not there, is **misreported**; so is a read that tells what never was.

mod cause;
mod driver;
#[cfg(test)]
mod forged;
mod history;
mod judge;
mod operation;
mod outcome;
mod part;
mod plan;
mod report;
mod requests;
mod score;
mod server;
mod spelling;

pub use part::{Setup, run};
pub use score::Score;
