//! What the public calls mean: which requests they make, and what they conclude from the answers.
//! One file per operation.

mod admins;
mod check;
mod confirm;
mod cursor;
mod delete;
mod get;
mod get_many;
mod list;
mod locations;
mod modify;
mod register;
mod search;
mod server_key;
mod view;
mod vlist;

pub use check::{Finding, Verdict};
pub use cursor::{Cursor, Found};
pub use delete::Victims;
pub use get::Selection;
pub use modify::Change;
pub use search::Search;

use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use crate::handle::Handle;
use crate::request::Query;

/// Runs an operation on a Handle; its failure then names both.
fn on_handle<T>(operation: &'static str, text: &str, run: impl FnOnce(&Handle) -> Result<T>) -> Result<T> {
    named(
        operation,
        text,
        Handle::parse(text).and_then(|handle| {
            fault_point("operation");
            run(&handle)
        }),
    )
}

/// The same for an operation that writes. What is said of one value must not be done to the whole Handle.
fn on_whole_handle<T>(
    operation: &'static str,
    text: &str,
    run: impl FnOnce(&Handle) -> Result<T>,
) -> Result<T> {
    on_handle(operation, text, |handle| match handle.index() {
        None => run(handle),
        Some(index) => Err(Error::new(
            Kind::InvalidHandle,
            format!(
                "This names one value of a Handle. Leave out {index}:, and say the index where the call takes one."
            ),
        )),
    })
}

fn named<T>(operation: &'static str, text: &str, outcome: Result<T>) -> Result<T> {
    outcome.map_err(|error| error.during(operation, text))
}

/// `overwrite` is always said, since the server's own default is to overwrite (BEHAVIOUR.md 5.3).
fn overwriting(query: Query, overwrite: bool) -> Query {
    query.with("overwrite", if overwrite { "true" } else { "false" })
}
