//! What this identity may do under the prefix (BEHAVIOUR.md 5.7).

use super::{Finding, Verdict};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::operation::admins;
use crate::record::{AdminPermissions, Data, Order, Record, Value};
use crate::reference::Reference;
use crate::request::Query;
use crate::transport::Deadline;

/// HS_VLISTs may contain further ones; real ones are not nested deeper.
const DEEPEST_LIST: usize = 8;

const SUBJECT: &str = "create";

/// How a reference and the user fit together.
enum Membership {
    Yes,
    No,
    /// But for upper and lower case: this reference.
    Almost(Reference),
}

impl Client {
    /// Whether an HS_ADMIN of the prefix lets this identity create Handles.
    pub(super) fn check_rights(&self, prefix: &Record, deadline: Deadline) -> Finding {
        let Some(credentials) = &self.config().credentials else {
            return Finding::new(SUBJECT, Verdict::NotConfigured, "There are no credentials.");
        };
        let user = credentials.user();
        let admins = prefix.values().iter().filter(|value| admins::is_admin(&value.kind));
        let mut unreadable = admins.clone().filter_map(admin_of).next().is_none();
        let (mut lacking, mut almost) = (None, None);
        for value in admins {
            let Some((owner, permissions)) = admin_of(value) else { continue };
            match self.membership(user, &owner, DEEPEST_LIST, deadline) {
                Ok(Membership::Yes) if permissions.has(AdminPermissions::CREATE_HANDLE) => {
                    let message = format!(
                        "{user} may create Handles: HS_ADMIN {} of {} says so.{}",
                        value.index,
                        prefix.handle(),
                        not_permitted(permissions)
                    );
                    return Finding::new(SUBJECT, Verdict::Good, message);
                }
                Ok(Membership::Yes) => lacking = lacking.or(Some((value.index, permissions))),
                Ok(Membership::Almost(listed)) => almost = almost.or(Some(listed)),
                Ok(Membership::No) => {}
                Err(_) => unreadable = true,
            }
        }
        let ask = "Ask whoever runs the server, unless you are a server administrator.";
        let message = match (lacking, almost, unreadable) {
            (Some((index, permissions)), ..) => format!(
                "{user} is an administrator of the prefix by HS_ADMIN {index} of {}, without the permission \
                 create_handle.{} {ask}",
                prefix.handle(),
                not_permitted(permissions)
            ),
            (None, Some(listed), _) => format!(
                "{user} is no administrator of the prefix, but {listed} is. The login ignores upper and lower case, the \
                 rights do not: write the user as {listed}."
            ),
            (None, None, true) => {
                let message = "A list of administrators cannot be read, so whether this identity is on it is not known.";
                return Finding::new(SUBJECT, Verdict::Unknown, message);
            }
            (None, None, false) => format!("{user} is no administrator of the prefix. {ask}"),
        };
        Finding::new(SUBJECT, Verdict::Bad, message)
    }

    /// Whether a reference means the user, or a list on which the user stands.
    fn membership(
        &self,
        user: &Reference,
        owner: &Reference,
        depth: usize,
        deadline: Deadline,
    ) -> Result<Membership> {
        match same_identity(user, owner) {
            Membership::No => {}
            found => return Ok(found),
        }
        if depth == 0 {
            return Err(Error::new(Kind::BrokenRecord, "The lists of administrators are nested too deeply."));
        }
        let query = Query::default().with("index", &owner.index.to_string());
        let record = match self.read(&owner.handle, &query, true, deadline) {
            Err(error) if error.kind() == Kind::PermissionDenied => {
                self.read(&owner.handle, &query, false, deadline)?
            }
            Err(error) if error.kind() == Kind::HandleNotFound => return Ok(Membership::No),
            answer => answer?,
        };
        let record = record.into_record(&owner.handle)?;
        let Some(Value { data: Data::Structured { value, .. }, .. }) = record.of_type("HS_VLIST").next()
        else {
            return Ok(Membership::No);
        };
        let mut almost = Membership::No;
        for member in value.as_array().into_iter().flatten().filter_map(Reference::from_json) {
            match self.membership(user, &member, depth - 1, deadline)? {
                Membership::Yes => return Ok(Membership::Yes),
                Membership::Almost(listed) => almost = Membership::Almost(listed),
                Membership::No => {}
            }
        }
        Ok(almost)
    }
}

fn admin_of(value: &Value) -> Option<(Reference, AdminPermissions)> {
    let Data::Structured { value, .. } = &value.data else { return None };
    let permissions = AdminPermissions::parse(value["permissions"].as_str()?, Order::Json)?;
    Some((Reference::from_json(value)?, permissions))
}

/// What the owner of a Handle usually may do, and this administrator may not.
fn not_permitted(permissions: AdminPermissions) -> String {
    let names = AdminPermissions::OWNER.without(permissions).names();
    if names.is_empty() { String::new() } else { format!(" It does not permit {}.", names.join(", ")) }
}

/// Prefixes are compared without case, suffixes with it, other than at login.
fn same_identity(user: &Reference, owner: &Reference) -> Membership {
    let (user_prefix, user_suffix) = split(&user.handle);
    let (prefix, suffix) = split(&owner.handle);
    // Where the user has no index, the server looks for the key.
    let is_value = owner.index == 0 || user.index == 0 || owner.index == user.index;
    if !is_value || !user_prefix.eq_ignore_ascii_case(prefix) {
        Membership::No
    } else if user_suffix == suffix {
        Membership::Yes
    } else if user_suffix.eq_ignore_ascii_case(suffix) {
        Membership::Almost(Reference { index: user.index, handle: owner.handle.clone() })
    } else {
        Membership::No
    }
}

fn split(handle: &str) -> (&str, &str) {
    handle.split_once('/').unwrap_or((handle, ""))
}
