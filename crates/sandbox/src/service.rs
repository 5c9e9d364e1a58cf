//! The server's knowledge: records, which prefixes live here, who is its administrator.

use crate::error::Error;
use crate::name::Name;
use crate::record::Reference;
use crate::reverse_lookup::ReverseLookup;
use crate::server_key::ServerKey;
use crate::session::Sessions;
use crate::settings::Settings;
use crate::store::{Executed, Records, Store};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// What all connections share.
pub(crate) struct Service {
    store: Store,
    sessions: Sessions,
    key: ServerKey,
    address: SocketAddr,
    server_admins: Vec<Reference>,
    settings: Settings,
    reverse_lookup: ReverseLookup,
    listing: bool,
}

impl Service {
    pub(crate) fn new(store: Store, settings: Settings, address: SocketAddr) -> Result<Service, Error> {
        let admins = settings.accounts.server_admins.iter().filter_map(|id| {
            let (index, handle) = id.split_once(':')?;
            Some(Reference { handle: handle.to_owned(), index: index.parse().ok()? })
        });
        Ok(Service {
            store,
            sessions: Sessions::default(),
            key: ServerKey::new(&settings.certificate)?,
            address,
            server_admins: admins.collect(),
            settings,
            reverse_lookup: ReverseLookup::Sql,
            listing: true,
        })
    }

    /// With these services, which not every server has.
    pub(crate) fn offering(self, reverse_lookup: ReverseLookup, listing: bool) -> Service {
        Service { reverse_lookup, listing, ..self }
    }

    pub(crate) fn reverse_lookup(&self) -> ReverseLookup {
        self.reverse_lookup
    }

    /// Whether the handles of a prefix can be listed.
    pub(crate) fn has_listing(&self) -> bool {
        self.listing
    }

    pub(crate) fn records(&self) -> Records<'_> {
        self.store.lock()
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    pub(crate) fn key(&self) -> &ServerKey {
        &self.key
    }

    /// How many times each record was written, by its key.
    pub(crate) fn writes(&self) -> BTreeMap<String, u64> {
        self.store.writes().iter().map(|(name, count)| (name.clone(), *count)).collect()
    }

    /// How many times one record was written.
    pub(crate) fn writes_of(&self, name: &Name) -> u64 {
        self.store.writes().get(&name.key()).copied().unwrap_or_default()
    }

    /// The writes that were executed, where a journal is kept.
    pub(crate) fn journal(&self) -> rusqlite::Result<Vec<Executed>> {
        if self.store.keeps_journal() { self.records().journal() } else { Ok(Vec::new()) }
    }

    pub(crate) fn server_admins(&self) -> &[Reference] {
        &self.server_admins
    }

    /// Whether server administrators may do everything with records, too.
    pub(crate) fn server_admins_have_full_access(&self) -> bool {
        self.settings.accounts.server_admin_full_access
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The handle of the prefix to create handles under.
    pub(crate) fn prefix_key(&self) -> String {
        Name::new(&self.settings.prefix).key_to_read()
    }
}
