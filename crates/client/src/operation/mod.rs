//! What the public calls mean: which requests they make, and what they conclude from the answers.
//! One file per operation.

mod delete;
mod get;
mod modify;
mod register;

use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::record::LARGEST_DATA;

/// Runs an operation on a Handle; its failure then names both.
fn on_handle<T>(operation: &'static str, text: &str, run: impl FnOnce(&Handle) -> Result<T>) -> Result<T> {
    Handle::parse(text).and_then(|handle| run(&handle)).map_err(|error| error.during(operation, text))
}

/// Refuses text that a server would accept and then be unable to read back (BEHAVIOUR.md 5.6).
fn check_data(kind: &str, text: &str) -> Result<()> {
    if text.len() > LARGEST_DATA {
        return Err(Error::new(
            Kind::ValueTooLarge,
            format!(
                "The {kind} value has {} bytes. A value of more than {LARGEST_DATA} bytes (1 MiB) makes the record \
                 unreadable; nothing was sent.",
                text.len()
            ),
        ));
    }
    Ok(())
}

fn check_type(kind: &str) -> Result<()> {
    if kind.is_empty() || kind.chars().any(char::is_control) {
        return Err(Error::new(
            Kind::InvalidArgument,
            "The type of a value must not be empty or contain control characters.",
        ));
    }
    Ok(())
}
