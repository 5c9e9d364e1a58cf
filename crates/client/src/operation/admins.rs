//! Who administers a Handle must not be changed by accident: nobody could undo it.

use crate::error::{Error, Kind, Result};
use crate::record::{ADMIN_INDEXES, AdminPermissions, Data, Order, Value};
use std::collections::BTreeSet;

/// Refuses anything that touches HS_ADMIN, unless the configuration allows it.
pub(super) fn check_allowed<'a>(allowed: bool, kinds: impl IntoIterator<Item = &'a str>) -> Result<()> {
    if !allowed && kinds.into_iter().any(is_admin) {
        return Err(Error::new(
            Kind::NotAllowed,
            "HS_ADMIN values say who may change the Handle and are protected. Set modify_HS_ADMIN to true in the \
             credentials to change them.",
        ));
    }
    Ok(())
}

/// Refuses a change after which nobody is left who may change the administrators.
pub(super) fn check_left<'a>(
    before: &[Value],
    after: impl IntoIterator<Item = &'a Value>,
    force: bool,
) -> Result<()> {
    let can_repair = |value: &Value| is_admin(&value.kind) && may_modify_admin(value);
    if force || !before.iter().any(can_repair) || after.into_iter().any(can_repair) {
        return Ok(());
    }
    Err(Error::new(
        Kind::NotAllowed,
        "No HS_ADMIN value with the permission modify_admin would be left, and nobody could repair the Handle. If \
         that is meant, say so with the option to force it.",
    ))
}

/// Refuses to touch what we do not see where HS_ADMIN values stand.
pub(super) fn check_unseen(forced: bool, unseen: &BTreeSet<u32>) -> Result<()> {
    match unseen.range(ADMIN_INDEXES).next() {
        Some(index) if !forced => Err(Error::new(
            Kind::NotAllowed,
            format!(
                "This identity does not see what is at the index {index}, one of those (100 to 199) where HS_ADMIN \
                 values stand. If it is meant, set modify_HS_ADMIN in the credentials and use the option to force it."
            ),
        )),
        _ => Ok(()),
    }
}

pub(super) fn is_admin(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("HS_ADMIN")
}

fn may_modify_admin(value: &Value) -> bool {
    let Data::Structured { value, .. } = &value.data else { return false };
    value["permissions"]
        .as_str()
        .and_then(|text| AdminPermissions::parse(text, Order::Json))
        .is_some_and(|permissions| permissions.has(AdminPermissions::MODIFY_ADMIN))
}
