//! The server's knowledge: records, which prefixes live here, who is its administrator.

use crate::fixture::Fixture;
use crate::name::Name;
use crate::record::Reference;
use crate::store::{Records, Store};
use std::collections::BTreeSet;

/// What all connections share.
pub(crate) struct Service {
    store: Store,
    homed_prefixes: BTreeSet<String>,
    all_powerful: Vec<Reference>,
}

impl Service {
    pub(crate) fn new(store: Store, fixture: &Fixture) -> rusqlite::Result<Service> {
        let mut records = store.lock();
        for (handle, values) in &fixture.records {
            records.put(&Name::new(handle).key(), values)?;
        }
        drop(records);
        let homed_prefixes =
            fixture.homed_prefixes.iter().map(|prefix| Name::new(prefix).key_to_read()).collect();
        let admins = fixture.server_admins.iter().filter_map(|id| {
            let (index, handle) = id.split_once(':')?;
            Some(Reference { handle: handle.to_owned(), index: index.parse().ok()? })
        });
        let all_powerful =
            if fixture.server_admins_may_do_everything { admins.collect() } else { Vec::new() };
        Ok(Service { store, homed_prefixes, all_powerful })
    }

    pub(crate) fn records(&self) -> Records<'_> {
        self.store.lock()
    }

    /// Whether the prefix of a name lives on this server.
    pub(crate) fn is_home_of(&self, name: &Name) -> bool {
        self.homed_prefixes.contains(&name.prefix_key())
    }

    /// The server administrators, when they may do everything.
    pub(crate) fn all_powerful(&self) -> &[Reference] {
        &self.all_powerful
    }
}
