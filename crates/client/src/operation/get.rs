//! Reading a single value.

use super::{check_type, on_handle};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::request::Query;

impl Client {
    /// Reads the first value of a type, as text. Structured values (HS_ADMIN, HS_VLIST, ...) come as JSON.
    ///
    /// One request.
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`] without the Handle, [`Kind::ValueNotFound`] without a visible value of the type,
    /// [`Kind::ValueIsBinary`] where the value is no text.
    pub fn get_value(&self, handle: &str, kind: &str, options: &CallOptions) -> Result<String> {
        on_handle("get_value", handle, |handle| {
            check_type(kind)?;
            let deadline = self.deadline(options)?;
            let query = Query::default().with("type", kind);
            let values = self.read(handle, &query, options.authenticated, deadline)?.into_values()?;
            // The server also sends sub-types for a type that ends in a dot (BEHAVIOUR.md 4).
            let Some(value) = values.into_iter().find(|value| value.is(kind)) else {
                let view = if options.authenticated { "" } else { " that everybody may read" };
                return Err(Error::new(
                    Kind::ValueNotFound,
                    format!("The Handle has no {kind} value{view}."),
                ));
            };
            value.data.into_text().ok_or_else(|| {
                Error::new(
                    Kind::ValueIsBinary,
                    format!("The {kind} value is binary and cannot be read as text."),
                )
            })
        })
    }
}
