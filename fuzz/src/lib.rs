//! What each fuzz target does with its input: calls the library, and panics where it breaks a promise.
//!
//! The programs in fuzz_targets/ hand the fuzzer's inputs to these functions, tests/corpora.rs the committed ones.

pub mod c_api;
pub mod credentials;
pub mod keys;
pub mod locations;
pub mod record;
pub mod replies;
