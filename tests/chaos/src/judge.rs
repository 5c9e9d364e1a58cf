//! The verdict on every operation, by what the server did.

use crate::cause;
use crate::history::{History, Place, Record};
use crate::operation::{Kind, Operation};
use crate::outcome::Outcome;
use crate::requests::Requests;
use std::collections::HashMap;

/// The status for an edit that another program undid.
const CONFLICT: i32 = 87;

/// What is wrong with a report, and why.
#[derive(Debug, PartialEq)]
pub(crate) enum Wrong {
    Lost(String),
    Doubled(String),
    Misreported(String),
}

/// What an effect did to values that it was not about.
#[derive(PartialEq)]
enum Beside {
    Untouched,
    /// It wrote over what had taken the place of a value that the call had read. Servers have no conditional write, so no
    /// client can know (BEHAVIOUR.md 5.8).
    Raced,
    Harmed,
}

/// All that is known.
pub(crate) struct Evidence<'a> {
    pub(crate) history: &'a History,
    pub(crate) outcomes: HashMap<u32, &'a Outcome>,
    /// `None` where the server that saw them was killed.
    pub(crate) requests: Option<&'a Requests>,
}

impl Evidence<'_> {
    pub(crate) fn judge(&self, operation: &Operation, outcome: &Outcome) -> Vec<Wrong> {
        let effects = self.history.of(operation.number);
        let mut wrong: Vec<Wrong> =
            effects.iter().filter_map(|place| self.harm(operation, outcome, place)).collect();
        let unsure = self.requests.map_or(0, |requests| requests.unsure_writes(operation.number));
        if effects.len() > usize::from(!operation.kind.is_read()) {
            wrong.push(Wrong::Doubled(format!("it has {} effects", effects.len())));
        } else if unsure > 1 {
            wrong.push(Wrong::Doubled("it was sent again, though it may have been executed".to_owned()));
        }
        wrong.extend(self.false_report(operation, outcome, effects));
        wrong
    }

    /// Whether it met a value of another program where its own had been when it read the record.
    pub(crate) fn was_raced(&self, operation: &Operation, outcome: &Outcome) -> bool {
        let effects = self.history.of(operation.number);
        effects.iter().any(|place| self.beside(operation, outcome, place) == Beside::Raced)
    }

    /// Whether it had an effect, whatever was reported.
    pub(crate) fn is_in_effect(&self, operation: &Operation) -> bool {
        !self.history.of(operation.number).is_empty()
    }

    /// Whether its effect was there as long as the call lasted: who read the record before the end saw it.
    pub(crate) fn is_plain(&self, operation: &Operation, outcome: &Outcome) -> bool {
        let effects = self.history.of(operation.number);
        effects.first().is_some_and(|place| !self.was_undone(operation, outcome, place))
    }

    /// What an effect did that it should not.
    fn harm(&self, operation: &Operation, outcome: &Outcome, place: &Place) -> Option<Wrong> {
        let (handle, nth) = place;
        let before = self.history.record(handle, *nth);
        let after = self.history.record(handle, *nth + 1);
        let lost = |what: &str| Some(Wrong::Lost(what.to_owned()));
        let is_done = match (operation.kind, before, after) {
            // It deletes what it has read: another value of the type may have come since.
            (Kind::DeleteValues, Some(before), Some(after)) => after.0.len() < before.0.len(),
            _ => operation.is_done(after),
        };
        if !is_done {
            return lost("its effect is another than it should be");
        }
        let after = after?;
        if after.count(&operation.text) > 1 {
            return Some(Wrong::Doubled("its text is in the record more than once".to_owned()));
        }
        if self.beside(operation, outcome, place) == Beside::Harmed {
            return lost("it changed values of other types");
        }
        match (operation.kind, before) {
            (Kind::Register | Kind::Mint | Kind::Generate, Some(_)) => lost("it replaced a record"),
            (Kind::Add, Some(before)) if !before.0.iter().all(|value| after.0.contains(value)) => {
                lost("it replaced values of its type")
            }
            _ => None,
        }
    }

    /// What became of values of other types.
    fn beside(&self, operation: &Operation, outcome: &Outcome, (handle, nth): &Place) -> Beside {
        let (before, after) = (self.history.record(handle, *nth), self.history.record(handle, *nth + 1));
        let (Some(kind), Some(before), Some(after)) = (operation.kind.value_type(), before, after) else {
            return Beside::Untouched;
        };
        if after.missing_in(before, kind).next().is_some() {
            return Beside::Harmed;
        }
        let mut missing = before.missing_in(after, kind).peekable();
        if missing.peek().is_none() {
            return Beside::Untouched;
        }
        let (first, _) = self.window(handle, outcome);
        let mut earlier = (first..*nth).filter_map(|effects| self.history.record(handle, effects));
        let was_its_own = |index| earlier.any(|record| record.has(index, kind));
        if operation.kind != Kind::Add && missing.map(|(index, ..)| *index).all(was_its_own) {
            Beside::Raced
        } else {
            Beside::Harmed
        }
    }

    fn false_report(&self, operation: &Operation, outcome: &Outcome, effects: &[Place]) -> Option<Wrong> {
        let misreported = |what: &str| Some(Wrong::Misreported(what.to_owned()));
        let records = self.records(operation, outcome);
        if operation.kind.is_read() && outcome.is_success() {
            let is_true = cause::is_true(operation, outcome, &records);
            return if is_true { None } else { misreported("what it read was never there") };
        }
        if operation.kind.is_read() && outcome.in_doubt {
            return misreported("a read is in doubt");
        }
        if outcome.is_success() {
            return match effects.first() {
                Some((handle, _)) if operation.kind.names_itself() => {
                    let is_it = outcome.out.eq_ignore_ascii_case(handle);
                    if is_it { None } else { misreported("it made another Handle than it told") }
                }
                Some(_) => None,
                // Others may have done the same meanwhile.
                None if records.iter().any(|record| operation.is_done(*record)) => None,
                None => Some(Wrong::Lost("there is no effect".to_owned())),
            };
        }
        if outcome.in_doubt {
            return None;
        }
        if let Some(place) = effects.first() {
            let undone = outcome.status == CONFLICT && self.was_undone(operation, outcome, place);
            return if undone { None } else { misreported("it was executed") };
        }
        let objection = cause::objection(operation, outcome, &records, self.requests);
        objection.map(Wrong::Misreported)
    }

    /// The records of the Handle that may have been there during the call.
    fn records(&self, operation: &Operation, outcome: &Outcome) -> Vec<Option<&Record>> {
        let handle = operation.handle.to_ascii_uppercase();
        let (first, last) = self.window(&handle, outcome);
        (first..=last).map(|effects| self.history.record(&handle, effects)).collect()
    }

    /// How many effects the Handle had at least when the call began, and at most when it ended. An effect that was reported
    /// before the call is not after it; one of an operation that began later is not before it.
    fn window(&self, handle: &str, outcome: &Outcome) -> (usize, usize) {
        let effects = self.history.on(handle);
        let (mut first, mut last) = (0, effects.len());
        for (nth, effect) in effects.iter().enumerate() {
            let Some(cause) = self.outcomes.get(&effect.operation) else { continue };
            if cause.is_success() && cause.end < outcome.begin {
                first = nth + 1;
            }
            if cause.begin > outcome.end {
                last = last.min(nth);
            }
        }
        (first, last)
    }

    fn was_undone(&self, operation: &Operation, outcome: &Outcome, (handle, nth): &Place) -> bool {
        let (_, last) = self.window(handle, outcome);
        (nth + 2..=last).any(|effects| !operation.is_done(self.history.record(handle, effects)))
    }
}
