//! Deleting a Handle.

use super::on_handle;
use crate::client::Client;
use crate::error::Result;
use crate::options::CallOptions;

impl Client {
    /// Deletes a Handle with all its values. Persistent identifiers are meant to stay: prefer to point them
    /// to a page that says what became of the object.
    ///
    /// One request.
    ///
    /// # Errors
    /// [`Kind::HandleNotFound`](crate::Kind::HandleNotFound) when there is nothing to delete.
    pub fn delete_handle(&self, handle: &str, options: &CallOptions) -> Result<()> {
        on_handle("delete_handle", handle, |handle| {
            let deadline = self.deadline(options)?;
            self.delete(handle, deadline)?;
            Ok(())
        })
    }
}
