//! The journal as the history of every record: which effects each operation had, and what each of them did.

use crate::spelling;
use b2h_sandbox::Executed;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};

/// Where the texts of operations begin; their numbers follow.
const TEXTS: &str = "https://example.org/op/";

/// What an operation writes.
pub(crate) fn text_of(number: u32) -> String {
    format!("{TEXTS}{number}/")
}

/// A value: index, type, data.
pub(crate) type Value = (i64, String, String);

/// The values of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Record(pub(crate) Vec<Value>);

impl Record {
    pub(crate) fn from_json(values: &Json) -> Record {
        let values = values.as_array().into_iter().flatten().map(|value| {
            let data = &value["data"]["value"];
            let data = data.as_str().map_or_else(|| data.to_string(), str::to_owned);
            let kind = value["type"].as_str().unwrap_or_default();
            (value["index"].as_i64().unwrap_or_default(), kind.to_owned(), data)
        });
        Record(values.collect())
    }

    /// How often a text is in it.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.0.iter().map(|(_, _, data)| data.matches(text).count()).sum()
    }

    pub(crate) fn of_type(&self, kind: &str) -> usize {
        self.data_of(kind).count()
    }

    pub(crate) fn data_of<'r>(&'r self, kind: &'r str) -> impl Iterator<Item = &'r str> {
        self.0.iter().filter(move |(_, other, _)| other == kind).map(|(_, _, data)| data.as_str())
    }

    pub(crate) fn has(&self, index: i64, kind: &str) -> bool {
        self.0.iter().any(|(at, other, _)| *at == index && other == kind)
    }

    /// The values of other types that are not in another record.
    pub(crate) fn missing_in<'r>(
        &'r self,
        other: &'r Record,
        kind: &'r str,
    ) -> impl Iterator<Item = &'r Value> {
        self.0.iter().filter(move |value| value.1 != kind && !other.0.contains(value))
    }
}

/// A write that was executed.
#[derive(Debug)]
pub(crate) struct Effect {
    pub(crate) operation: u32,
    /// The record after it.
    pub(crate) after: Option<Record>,
}

/// Where an effect is: the Handle in upper case, and how many effects that Handle had before.
pub(crate) type Place = (String, usize);

/// All effects, by Handle and by operation.
#[derive(Debug, Default)]
pub(crate) struct History {
    effects: BTreeMap<String, Vec<Effect>>,
    of_operations: HashMap<u32, Vec<Place>>,
    /// Writes that belong to no operation.
    pub(crate) strangers: Vec<String>,
}

impl History {
    pub(crate) fn new(journal: &[Executed]) -> History {
        let mut history = History::default();
        for write in journal {
            let after = write.values.as_ref().map(Record::from_json);
            let number = spelling::number_in(&write.target).or_else(|| number_in(after.as_ref()?));
            let Some(operation) = number else {
                history.strangers.push(format!("{} {}", write.method, write.target));
                continue;
            };
            let effects = history.effects.entry(write.handle.clone()).or_default();
            let place = (write.handle.clone(), effects.len());
            history.of_operations.entry(operation).or_default().push(place);
            effects.push(Effect { operation, after });
        }
        history
    }

    /// The effects of an operation.
    pub(crate) fn of(&self, operation: u32) -> &[Place] {
        self.of_operations.get(&operation).map_or(&[], Vec::as_slice)
    }

    /// The effects on a Handle, in their order.
    pub(crate) fn on(&self, handle: &str) -> &[Effect] {
        self.effects.get(handle).map_or(&[], Vec::as_slice)
    }

    /// The record of a Handle after so many effects; there is none before the first.
    pub(crate) fn record(&self, handle: &str, effects: usize) -> Option<&Record> {
        let last = effects.checked_sub(1)?;
        self.on(handle).get(last)?.after.as_ref()
    }

    /// The record of every Handle after all.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (&str, Option<&Record>)> {
        self.effects.iter().map(|(handle, effects)| {
            (handle.as_str(), effects.last().and_then(|effect| effect.after.as_ref()))
        })
    }
}

/// A name that the client has chosen says nothing of the operation; its only text does.
fn number_in(record: &Record) -> Option<u32> {
    let text = record.data_of("URL").find_map(|data| data.strip_prefix(TEXTS))?;
    text.strip_suffix('/')?.parse().ok()
}
