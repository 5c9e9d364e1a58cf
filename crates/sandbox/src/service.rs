//! The server's knowledge: records, which prefixes live here, who is its administrator.

use crate::fixture::Accounts;
use crate::name::Name;
use crate::record::Reference;
use crate::store::{Records, Store};
use std::collections::BTreeMap;

/// What all connections share.
pub(crate) struct Service {
    store: Store,
    all_powerful: Vec<Reference>,
}

impl Service {
    pub(crate) fn new(store: Store, accounts: &Accounts) -> Service {
        let admins = accounts.server_admins.iter().filter_map(|id| {
            let (index, handle) = id.split_once(':')?;
            Some(Reference { handle: handle.to_owned(), index: index.parse().ok()? })
        });
        let all_powerful = if accounts.server_admin_full_access { admins.collect() } else { Vec::new() };
        Service { store, all_powerful }
    }

    pub(crate) fn records(&self) -> Records<'_> {
        self.store.lock()
    }

    /// How many times each record was written, by its key.
    pub(crate) fn writes(&self) -> BTreeMap<String, u64> {
        self.store.writes().iter().map(|(name, count)| (name.clone(), *count)).collect()
    }

    /// How many times one record was written.
    pub(crate) fn writes_of(&self, name: &Name) -> u64 {
        self.store.writes().get(&name.key()).copied().unwrap_or_default()
    }

    /// Whether the prefix of a name lives on this server.
    pub(crate) fn is_home_of(&self, name: &Name) -> rusqlite::Result<bool> {
        self.records().is_homed(&name.prefix_key())
    }

    /// The server administrators, when they may do everything.
    pub(crate) fn all_powerful(&self) -> &[Reference] {
        &self.all_powerful
    }
}
