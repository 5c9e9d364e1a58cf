//! Registering Handles.

use super::confirm::Wanted;
use super::{admins, named, on_whole_handle, overwriting};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use crate::name::generate_name;
use crate::options::CallOptions;
use crate::record::{Data, Order};
use crate::reference::Reference;
use crate::request::Query;
use crate::transport::Deadline;
use crate::values::Values;

/// A random name that is taken already is a wonder; a second one is an error.
const NAME_ATTEMPTS: usize = 3;

impl Client {
    /// Registers a Handle that points to a URL, with an HS_ADMIN value for its owner. Returns the name as
    /// registered.
    ///
    /// # Errors
    /// As [`Client::register_values`].
    pub fn register_handle(&self, handle: &str, url: &str, options: &CallOptions) -> Result<String> {
        on_whole_handle("register_handle", handle, |handle| {
            let mut values = Values::new();
            values.add_text(None, "URL", url)?;
            self.register(handle, &values, options.overwrite, self.deadline(options)?)
        })
    }

    /// Registers a Handle with these values, and an HS_ADMIN value for its owner where they have none. Returns
    /// the name as registered.
    ///
    /// One request: the PUT itself is conditional, so that two registrations of one name cannot both succeed.
    ///
    /// # Errors
    /// [`Kind::HandleExists`] unless `options.overwrite` is set, which replaces the whole record.
    pub fn register_values(&self, handle: &str, values: &Values, options: &CallOptions) -> Result<String> {
        on_whole_handle("register_values", handle, |handle| {
            self.register(handle, values, options.overwrite, self.deadline(options)?)
        })
    }

    /// Registers a Handle under a random name; a name that is taken is replaced by another. Returns the name.
    ///
    /// One request, as a rule.
    ///
    /// # Errors
    /// As [`Client::register_values`], and [`Kind::InvalidHandle`] when the prefix cannot be one.
    pub fn generate_and_register(
        &self,
        prefix: &str,
        values: &Values,
        options: &CallOptions,
    ) -> Result<String> {
        let deadline = self.deadline(options)?;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let name = named("generate_and_register", prefix, generate_name(prefix))?;
            let outcome = on_whole_handle("generate_and_register", &name, |handle| {
                self.register(handle, values, false, deadline)
            });
            match outcome {
                Err(error) if error.kind() == Kind::HandleExists && attempt < NAME_ATTEMPTS => {}
                outcome => return outcome,
            }
        }
    }

    /// Registers a Handle whose name the server completes with a random suffix: `start` is `prefix/` or the
    /// beginning of a name. Returns the name.
    ///
    /// One request.
    ///
    /// # Errors
    /// As [`Client::register_values`]. When the outcome is in doubt, the name is not known either.
    pub fn mint_handle(&self, start: &str, values: &Values, options: &CallOptions) -> Result<String> {
        let minted = || {
            let deadline = self.deadline(options)?;
            let start = Handle::parse_beginning(start)?;
            let values = self.with_owner(start.prefix(), values)?.placed()?;
            let query = overwriting(Query::default().with("mintNewSuffix", "true"), false);
            Ok(self.put_once(start.as_str(), &query, &values, deadline)?.into_handle())
        };
        named("mint_handle", start, minted())
    }

    fn register(
        &self,
        handle: &Handle,
        values: &Values,
        overwrite: bool,
        deadline: Deadline,
    ) -> Result<String> {
        let values = self.with_owner(handle.prefix(), values)?.placed()?;
        let query = overwriting(Query::default(), overwrite);
        self.put_surely(Wanted::Record(&values), handle.as_str(), &query, &values, deadline)?;
        Ok(handle.as_str().to_owned())
    }

    /// The values with an HS_ADMIN value: by default for the administrators' list of the prefix.
    fn with_owner(&self, prefix: &str, values: &Values) -> Result<Values> {
        if values.is_empty() {
            return Err(Error::new(Kind::InvalidArgument, "There is no value to register the Handle with."));
        }
        let mut values = values.choosing_by(self.config().chooseby.as_deref())?;
        if !values.iter().any(|value| admins::is_admin(&value.kind)) {
            let config = self.config();
            let owner = config
                .owner
                .clone()
                .unwrap_or_else(|| Reference { index: 200, handle: format!("0.NA/{prefix}") });
            let permissions = config.admin_permissions.text(Order::Json);
            values.add(None, "HS_ADMIN", Data::admin(&owner, &permissions))?;
        }
        Ok(values)
    }
}
