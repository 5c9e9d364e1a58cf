//! What an identity may do, by the HS_ADMIN values of a record and the groups they name (BEHAVIOUR.md 5.7).

use crate::identity::Identity;
use crate::name::Name;
use crate::record::{Admin, Permissions, Reference, Value, decode_vlist};
use crate::service::Service;
use crate::store::Records;
use std::collections::HashSet;

/// The rights of one identity.
pub(crate) struct Permits<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) service: &'a Service,
    pub(crate) records: &'a Records<'a>,
}

impl Permits<'_> {
    /// Whether one HS_ADMIN among the values names the identity and carries all that is needed.
    pub(crate) fn allow(&self, values: &[Value], needed: Permissions) -> rusqlite::Result<bool> {
        let all_powerful = self.service.server_admins_have_full_access() && self.is_server_admin()?;
        if needed == Permissions::NONE || all_powerful {
            return Ok(true);
        }
        for value in values.iter().filter(|value| value.is_admin()) {
            if let Some(admin) = Admin::decode(&value.data)
                && admin.permissions.contains(needed)
                && self.is_named_by(&admin.reference)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Like [`Permits::allow`], by the HS_ADMIN values of another record.
    pub(crate) fn allow_by(&self, key: &str, needed: Permissions) -> rusqlite::Result<bool> {
        self.allow(&self.records.get(key)?.unwrap_or_default(), needed)
    }

    /// Whether the identity may create a handle of this name: the prefix decides, for a derived prefix its parent.
    pub(crate) fn allow_creation(&self, name: &Name) -> rusqlite::Result<bool> {
        match name.parent_prefix_key() {
            Some(parent) => self.allow_by(&parent, Permissions::ADD_DERIVED_PREFIX),
            None => self.allow_by(&name.prefix_key(), Permissions::CREATE_HANDLE),
        }
    }

    pub(crate) fn is_server_admin(&self) -> rusqlite::Result<bool> {
        for admin in self.service.server_admins() {
            if self.is_named_by(admin)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Directly, or through groups and groups of groups.
    fn is_named_by(&self, reference: &Reference) -> rusqlite::Result<bool> {
        let mut seen = HashSet::new();
        let mut waiting = vec![reference.clone()];
        while let Some(reference) = waiting.pop() {
            if self.identity.is_named_by(&reference) {
                return Ok(true);
            }
            let key = Name::new(&reference.handle).key();
            let values = self.records.get(&key)?.unwrap_or_default();
            if seen.insert((key, reference.index)) {
                let group = |value: &&Value| value.index == reference.index && value.is_vlist();
                let members = values.iter().filter(group).filter_map(|value| decode_vlist(&value.data));
                waiting.extend(members.flatten());
            }
        }
        Ok(false)
    }
}
