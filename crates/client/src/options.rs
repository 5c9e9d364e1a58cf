//! What a caller may say for a single call.

use crate::cancel::Cancel;
use std::time::Duration;

/// Options of one call. `CallOptions::default()` takes everything from the client's configuration.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    /// The longest time the whole call may take, all its requests together.
    pub timeout: Option<Duration>,
    /// The longest time one connection attempt may take, name resolution and TLS handshake included.
    pub connect_timeout: Option<Duration>,
    /// Registering replaces the whole record of a Handle that exists already.
    pub overwrite: bool,
    /// Reading asks the server's own storage and not a cache (`auth=true`).
    pub authoritative: bool,
    /// Administrators may be changed or removed so that nobody is left who could repair the Handle.
    pub force_admin: bool,
    /// Reading sends the credentials, and so also sees values that are not public.
    pub authenticated: bool,
    /// Ends the call when it is triggered.
    pub cancel: Option<Cancel>,
}
