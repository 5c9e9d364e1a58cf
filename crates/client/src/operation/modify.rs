//! Changing and adding values.

use super::view::View;
use super::{admins, on_whole_handle};
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::record::{ADMIN_INDEXES, Record, Value, free_index};
use crate::values::{NewValue, Values};
use std::collections::HashSet;

/// How often new indexes are chosen when others keep taking them. Of many writers at least one succeeds in each
/// round.
pub(super) const INDEX_ATTEMPTS: usize = 100;

/// What to do with values that the record has, or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Change the value of the type, or add one where there is none.
    ModifyOrAdd,
    /// Change the value of the type; one that is not there is an error, and nothing is written.
    Modify,
    /// Add values beside those that are there.
    Add,
}

impl Client {
    /// Changes the value of a type to a text, or adds one where the Handle has none.
    ///
    /// # Errors
    /// As [`Client::modify_values`].
    pub fn modify_value(&self, handle: &str, kind: &str, text: &str, options: &CallOptions) -> Result<()> {
        on_whole_handle("modify_value", handle, |handle| {
            admins::check_allowed(self.config().modify_admin, [kind])?;
            let mut values = Values::new();
            values.add_text(None, kind, text)?;
            self.change(handle.as_str(), &values, Change::ModifyOrAdd, options)
        })
    }

    /// Changes or adds values. Nothing else of the record is written. Of a changed value stays what is not said:
    /// ttl, permissions, references.
    ///
    /// A value is found by its index where one is given, else by its type.
    ///
    /// Two requests: the record is read (once more without credentials where we may not read all of it), then
    /// all changed values are written by their indexes; and one more when values are added.
    ///
    /// # Errors
    /// [`Kind::BrokenRecord`] when the Handle has several values of a type, [`Kind::ValueNotFound`] for
    /// [`Change::Modify`] where it has none, [`Kind::Conflict`] when a given index holds another type,
    /// [`Kind::NotAllowed`] for HS_ADMIN. Then nothing is written.
    pub fn modify_values(
        &self,
        handle: &str,
        values: &Values,
        change: Change,
        options: &CallOptions,
    ) -> Result<()> {
        on_whole_handle("modify_values", handle, |handle| {
            admins::check_allowed(
                self.config().modify_admin,
                values.iter().map(|value| value.kind.as_str()),
            )?;
            let values = values.choosing_by(self.config().chooseby.as_deref())?;
            self.change(handle.as_str(), &values, change, options)
        })
    }

    /// Writes values at the indexes they are given, whatever is there now. Nothing is read, so nothing of a value
    /// stays that is not said.
    ///
    /// One request.
    ///
    /// # Errors
    /// [`Kind::InvalidArgument`] for a value without an index; [`Kind::NotAllowed`] for HS_ADMIN values and for
    /// their indexes, 100 to 199.
    pub fn put_values(&self, handle: &str, values: &Values, options: &CallOptions) -> Result<()> {
        on_whole_handle("put_values", handle, |handle| {
            let allowed = self.config().modify_admin;
            admins::check_allowed(allowed, values.iter().map(|value| value.kind.as_str()))?;
            let values = values.choosing_by(self.config().chooseby.as_deref())?;
            let mut placed = Vec::with_capacity(values.len());
            for value in values.iter() {
                let Some(index) = value.index else {
                    return Err(Error::new(
                        Kind::InvalidArgument,
                        format!("The {} value has no index to be written at.", value.kind),
                    ));
                };
                if !allowed && ADMIN_INDEXES.contains(&index) {
                    return Err(Error::new(
                        Kind::NotAllowed,
                        format!(
                            "The index {index} is one of those (100 to 199) where HS_ADMIN values stand."
                        ),
                    ));
                }
                placed.push(value.at(index));
            }
            if placed.is_empty() {
                return Ok(());
            }
            self.put_at(handle.as_str(), &placed, true, self.deadline(options)?)
        })
    }

    fn change(&self, name: &str, values: &Values, change: Change, options: &CallOptions) -> Result<()> {
        let deadline = self.deadline(options)?;
        let mut pending: Vec<&NewValue> = values.iter().collect();
        let mut free = FreeIndexes::default();
        let mut changed = false;
        for _ in 0..INDEX_ATTEMPTS {
            if pending.is_empty() {
                return Ok(());
            }
            let partly = |error: Error| match changed {
                true => error.after("The values that were there have been changed."),
                false => error,
            };
            let View { record, .. } = self.view(name, deadline).map_err(partly)?;
            // Anew in each round: what another writer added meanwhile is now to be changed.
            let plan = Plan::new(&record, &pending, change).map_err(partly)?;
            let after = record
                .values
                .iter()
                .map(|old| plan.changed.iter().find(|new| new.index == old.index).unwrap_or(old));
            admins::check_left(&record.values, after, options.force_admin).map_err(partly)?;
            let placed = free.place(&record, &plan.added).map_err(partly)?;
            if !plan.changed.is_empty() {
                self.put_at(name, &plan.changed, true, deadline).map_err(partly)?;
                changed = true;
            }
            if placed.is_empty() {
                return Ok(());
            }
            // `overwrite=false` makes the server refuse an index that is taken by a value we cannot see or that
            // somebody adds at the same time.
            match self.put_at(name, &placed, false, deadline) {
                Err(error) if error.kind() == Kind::Conflict => pending = plan.added,
                Err(error) if changed => {
                    return Err(error.after("The values that were there have been changed."));
                }
                done => return done,
            }
        }
        let error =
            Error::new(Kind::Conflict, "No free index was found: other writers take them. Try again.");
        Err(if changed { error.after("The values that were there have been changed.") } else { error })
    }
}

/// Chooses indexes for new values, and remembers which ones were refused although we see nothing there.
#[derive(Default)]
pub(super) struct FreeIndexes {
    hidden: HashSet<u32>,
    refused: Vec<Value>,
    hidden_rounds: u32,
}

impl FreeIndexes {
    /// Places the values in a record, which was read after the last placing was refused.
    pub(super) fn place(&mut self, record: &Record, values: &[&NewValue]) -> Result<Vec<Value>> {
        self.learn(record, values)?;
        let mut taken: HashSet<u32> = record.values.iter().map(|value| value.index).collect();
        taken.extend(&self.hidden);
        taken.extend(values.iter().filter_map(|value| value.index));
        let mut placed = Vec::with_capacity(values.len());
        for value in values {
            let index = value.index.or_else(|| free_index(&value.kind, |index| taken.contains(&index)));
            let Some(index) = index else {
                let message = format!("No index is left for another {} value.", value.kind);
                return Err(Error::new(Kind::Conflict, message));
            };
            taken.insert(index);
            placed.push(value.at(index));
        }
        self.refused.clone_from(&placed);
        Ok(placed)
    }

    fn learn(&mut self, record: &Record, values: &[&NewValue]) -> Result<()> {
        let seen = self.refused.iter().any(|value| record.at(value.index).is_some());
        if self.refused.is_empty() || seen {
            return Ok(());
        }
        let given: HashSet<u32> = values.iter().filter_map(|value| value.index).collect();
        let chosen: Vec<u32> =
            self.refused.iter().map(|value| value.index).filter(|index| !given.contains(index)).collect();
        if chosen.is_empty() {
            let message = "A given index is taken by a value that this identity may not see.";
            return Err(Error::new(Kind::Conflict, message));
        }
        // Hidden values come in rows, so each time a longer row is passed over.
        let row = 1 << self.hidden_rounds.min(16);
        self.hidden.extend(chosen.into_iter().flat_map(|index| index..index.saturating_add(row)));
        self.hidden_rounds += 1;
        Ok(())
    }
}

/// Which values are to be changed, and which are new.
struct Plan<'a> {
    changed: Vec<Value>,
    added: Vec<&'a NewValue>,
}

impl<'a> Plan<'a> {
    fn new(record: &Record, values: &[&'a NewValue], change: Change) -> Result<Plan<'a>> {
        let mut plan = Plan { changed: Vec::new(), added: Vec::new() };
        for &new in values {
            let old = match (change, new.index) {
                (Change::Add, None) => None,
                (_, Some(index)) => at_index(record, new, index)?,
                (_, None) => of_type(record, new)?,
            };
            match (old, change) {
                (Some(old), Change::Add) => {
                    return Err(Error::new(
                        Kind::Conflict,
                        format!("The index {} holds a {} value already.", old.index, old.kind),
                    ));
                }
                (None, Change::Modify) => {
                    return Err(Error::new(
                        Kind::ValueNotFound,
                        format!("The Handle has no {} value to be changed.", new.kind),
                    ));
                }
                (Some(old), _) => {
                    if plan.changed.iter().any(|other| other.index == old.index) {
                        return Err(Error::new(
                            Kind::InvalidArgument,
                            format!("Two of the values would change the same {} value.", old.kind),
                        ));
                    }
                    plan.changed.push(new.instead_of(old));
                }
                (None, _) => plan.added.push(new),
            }
        }
        if change == Change::ModifyOrAdd {
            check_not_twice(&plan.added)?;
        }
        Ok(plan)
    }
}

/// Otherwise the same call, made once more, would find a broken record.
fn check_not_twice(added: &[&NewValue]) -> Result<()> {
    for (at, value) in added.iter().enumerate() {
        let same = |other: &&&NewValue| other.index.is_none() && other.kind.eq_ignore_ascii_case(&value.kind);
        if value.index.is_none() && added[..at].iter().any(|other| same(&other)) {
            return Err(Error::new(
                Kind::InvalidArgument,
                format!(
                    "The type {} is there twice. Add several values of one type as additions.",
                    value.kind
                ),
            ));
        }
    }
    Ok(())
}

fn at_index<'a>(record: &'a Record, new: &NewValue, index: u32) -> Result<Option<&'a Value>> {
    match record.at(index) {
        Some(old) if !old.is(&new.kind) => Err(Error::new(
            Kind::Conflict,
            format!("The index {index} holds a {} value, not a {} value.", old.kind, new.kind),
        )),
        old => Ok(old),
    }
}

fn of_type<'a>(record: &'a Record, new: &NewValue) -> Result<Option<&'a Value>> {
    let mut same = record.values.iter().filter(|value| value.is(&new.kind));
    match (same.next(), same.next()) {
        (_, Some(_)) => Err(Error::new(
            Kind::BrokenRecord,
            format!("The Handle has several {} values, so it is not clear which one to change.", new.kind),
        )),
        (old, None) => Ok(old),
    }
}
