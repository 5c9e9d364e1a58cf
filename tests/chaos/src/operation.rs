//! The operations of a plan, and what each of them is meant to do to a record.

use crate::history::Record;

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Register,
    Overwrite,
    Mint,
    Generate,
    Modify,
    Note,
    Add,
    Put,
    DeleteValues,
    Delete,
    AddLocation,
    ExchangeLocation,
    RemoveLocation,
    Get,
    Exists,
    Locations,
}

impl Kind {
    /// All kinds, with the names that the C program knows and their shares of a plan, in percent.
    pub(crate) const ALL: &[(Kind, &str, u32)] = &[
        (Kind::Register, "register", 14),
        (Kind::Overwrite, "overwrite", 6),
        (Kind::Mint, "mint", 5),
        (Kind::Generate, "generate", 4),
        (Kind::Modify, "modify", 12),
        (Kind::Note, "note", 8),
        (Kind::Add, "add", 8),
        (Kind::Put, "put", 6),
        (Kind::DeleteValues, "delete_values", 5),
        (Kind::Delete, "delete", 10),
        (Kind::AddLocation, "add_location", 6),
        (Kind::ExchangeLocation, "exchange_location", 3),
        (Kind::RemoveLocation, "remove_location", 2),
        (Kind::Get, "get", 7),
        (Kind::Exists, "exists", 2),
        (Kind::Locations, "locations", 2),
    ];

    pub(crate) fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, _)| name)
    }

    pub(crate) fn is_read(self) -> bool {
        matches!(self, Kind::Get | Kind::Exists | Kind::Locations)
    }

    /// Whether the name of the Handle is not known before.
    pub(crate) fn names_itself(self) -> bool {
        matches!(self, Kind::Mint | Kind::Generate)
    }

    /// The type of value that it reads or writes; the rest of the record must stay as it is.
    pub(crate) fn value_type(self) -> Option<&'static str> {
        match self {
            Kind::Modify | Kind::Get => Some("URL"),
            Kind::Note | Kind::DeleteValues => Some("NOTE"),
            Kind::Add => Some("EXTRA"),
            Kind::Put => Some("PUT"),
            Kind::AddLocation | Kind::ExchangeLocation | Kind::RemoveLocation | Kind::Locations => {
                Some("10320/LOC")
            }
            _ => None,
        }
    }
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) number: u32,
    pub(crate) thread: usize,
    pub(crate) kind: Kind,
    /// In its own spelling; the beginning of the name for mint, the prefix for generate.
    pub(crate) handle: String,
    /// Which of the Handles that all threads use.
    pub(crate) shared: Option<usize>,
    /// What is written: unlike any other operation's.
    pub(crate) text: String,
    /// The location to exchange or remove.
    pub(crate) other: String,
}

impl Operation {
    /// Whether a record is as the operation wants it.
    pub(crate) fn is_done(&self, record: Option<&Record>) -> bool {
        match (self.kind, record) {
            (Kind::Delete, record) => record.is_none(),
            (_, None) => false,
            (Kind::DeleteValues, Some(record)) => record.of_type("NOTE") == 0,
            (Kind::RemoveLocation, Some(record)) => record.count(&self.other) == 0,
            (_, Some(record)) => record.count(&self.text) > 0,
        }
    }
}
