//! What a change is based on: the record as far as we may see it.

use super::confirm::Wanted;
use super::overwriting;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::record::{Record, Value};
use crate::request::Query;
use crate::transport::Deadline;

/// More indexes than this make a query too long for the server (BEHAVIOUR.md 1); it has a word for "many".
const MOST_INDEXES: usize = 500;

/// A record, and whether there may be more to it than we see.
pub(super) struct View {
    pub(super) record: Record,
    pub(super) is_partial: bool,
}

impl Client {
    /// Reads the whole record with our rights. Such a read is refused whole when one value is private and we
    /// lack the right to read it (BEHAVIOUR.md 4); then the public view has to do.
    pub(super) fn view(&self, name: &str, deadline: Deadline) -> Result<View> {
        self.view_of(name, &Query::default(), deadline)
    }

    /// Reads some values in the same way.
    pub(super) fn view_of(&self, name: &str, query: &Query, deadline: Deadline) -> Result<View> {
        match self.read(name, query, true, deadline) {
            Err(error) if matches!(error.kind(), Kind::PermissionDenied | Kind::ValueHidden) => {
                let record = self.read(name, query, false, deadline)?.into_record(name)?;
                Ok(View { record, is_partial: true })
            }
            answer => Ok(View { record: answer?.into_record(name)?, is_partial: false }),
        }
    }

    /// Writes values by their indexes, and nothing else of the record.
    pub(super) fn put_at(
        &self,
        name: &str,
        values: &[Value],
        overwrite: bool,
        deadline: Deadline,
    ) -> Result<()> {
        let query = match values.len() {
            // Without an index this would replace the whole record.
            0 => return Err(Error::new(Kind::Internal, "There was nothing to write.")),
            1..=MOST_INDEXES => values
                .iter()
                .fold(Query::default(), |query, value| query.with("index", &value.index.to_string())),
            _ => Query::default().with("index", "various"),
        };
        self.put_surely(Wanted::Values(values), name, &overwriting(query, overwrite), values, deadline)
    }
}
