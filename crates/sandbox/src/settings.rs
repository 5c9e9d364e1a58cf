//! What a server knows besides its records and keeps with them: its users, its prefix, its key.

use crate::certificate::Certificate;
use crate::error::Error;
use crate::fixture::{Accounts, Fixture};
use crate::name::Name;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Made once for a store and the same ever after, so that clients may pin the certificate.
#[derive(Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) accounts: Accounts,
    /// The prefix to create handles under.
    pub(crate) prefix: String,
    pub(crate) certificate: Certificate,
}

impl Settings {
    /// The settings of a store. A new store is filled from the fixture first.
    pub(crate) fn load(store: &Store, fixture: Option<&Path>) -> Result<Settings, Error> {
        let problem = |problem: &dyn std::fmt::Display| Error::Store(problem.to_string());
        let mut records = store.lock();
        if let Some(kept) = records.settings().map_err(|error| problem(&error))? {
            return serde_json::from_str(&kept).map_err(|error| problem(&error));
        }
        let fixture = Fixture::load(fixture)?;
        let prefix = fixture.prefix();
        let settings = Settings { accounts: fixture.accounts, prefix, certificate: Certificate::make()? };
        let text = serde_json::to_string(&settings).map_err(|error| problem(&error))?;
        let homed: Vec<String> = fixture.homed_prefixes.iter().map(Name::key_to_read).collect();
        let initial: Vec<_> =
            fixture.records.into_iter().map(|(name, values)| (name.key(), values)).collect();
        records.found(&text, &homed, &initial).map_err(|error| problem(&error))?;
        Ok(settings)
    }
}
