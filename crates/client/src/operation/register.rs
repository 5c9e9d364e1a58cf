//! Registering a Handle.

use super::{check_data, on_handle};
use crate::client::Client;
use crate::error::Result;
use crate::handle::Handle;
use crate::options::CallOptions;
use crate::record::{self, ADMIN_INDEX, Data, URL_INDEX, Value};
use crate::request::Query;
use serde_json::Value as Json;

impl Client {
    /// Registers a Handle that points to a URL, with an HS_ADMIN value for its owner. Returns the name as
    /// registered.
    ///
    /// One request: the PUT itself is conditional, so that two registrations of one name cannot both succeed.
    ///
    /// # Errors
    /// [`Kind::HandleExists`](crate::Kind::HandleExists) unless `options.overwrite` is set, which replaces the
    /// whole record.
    pub fn register_handle(&self, handle: &str, url: &str, options: &CallOptions) -> Result<String> {
        on_handle("register_handle", handle, |handle| {
            let deadline = self.deadline(options)?;
            check_data("URL", url)?;
            let values = [Value::new(URL_INDEX, "URL", Data::Text(url.to_owned())), self.owner_value(handle)];
            let body = Json::Array(values.iter().map(Value::to_json).collect());
            // The server's own default is to overwrite (BEHAVIOUR.md 5.3), so this is always sent.
            let overwrite = if options.overwrite { "true" } else { "false" };
            self.put(handle, &Query::default().with("overwrite", overwrite), &body, deadline)?;
            Ok(handle.as_str().to_owned())
        })
    }

    /// The HS_ADMIN value of a new record: by default the administrators' list of the prefix.
    fn owner_value(&self, handle: &Handle) -> Value {
        let config = self.config();
        let data = match &config.owner {
            Some(owner) => record::admin(&owner.handle, owner.index, &config.admin_permissions),
            None => record::admin(&format!("0.NA/{}", handle.prefix()), 200, &config.admin_permissions),
        };
        Value::new(ADMIN_INDEX, "HS_ADMIN", data)
    }
}
