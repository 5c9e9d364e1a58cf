//! Going through Handles page by page: those of a search, or those of a listing.

use super::list::ListPages;
use super::search::SearchPages;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::handle;
use crate::options::CallOptions;
use crate::record::Record;
use crate::transport::Deadline;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// What one call gathers at most, in bytes.
const LARGEST_RESULT: usize = 256 << 20;
/// What a name takes besides its letters.
const NAME_OVERHEAD: usize = 64;

/// The pages asked for at a time, unless somebody wants others.
pub(super) const USUAL_PAGE: usize = 1000;
/// The largest page that reverse lookups give.
pub(super) const LARGEST_PAGE: usize = 100_000;

/// A Handle that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name, as the server has stored it.
    pub handle: String,
    /// Its values, where they were asked for.
    pub record: Option<Record>,
}

/// Where a search or a listing has got to. It remembers which Handles it gave, in 16 bytes each.
#[derive(Debug)]
pub struct Cursor {
    operation: &'static str,
    pages: Pages,
    prefix: Option<String>,
    seen: Seen,
    is_over: bool,
}

#[derive(Debug)]
pub(super) enum Pages {
    Search(SearchPages),
    List(ListPages),
}

/// What a request brought.
pub(super) struct Page {
    pub(super) found: Vec<Found>,
    pub(super) is_last: bool,
}

impl Cursor {
    /// `prefix` is what all names must begin with, before a slash.
    pub(super) fn new(operation: &'static str, pages: Pages, prefix: Option<String>) -> Cursor {
        Cursor { operation, pages, prefix, seen: Seen::default(), is_over: false }
    }

    fn accepts(&mut self, name: &str) -> bool {
        let is_below = self.prefix.as_deref().is_none_or(|prefix| handle::is_below(prefix, name));
        is_below && self.seen.is_new(name)
    }
}

impl Client {
    /// The next Handles of a search or a listing, each of them once; none at the end. After a failure the same page can
    /// be asked for again.
    ///
    /// One request as a rule; more where pages hold nothing new.
    ///
    /// # Errors
    /// Those of [`Client::search_handles`] and [`Client::list_handles`].
    pub fn next_page(&self, cursor: &mut Cursor, options: &CallOptions) -> Result<Vec<Found>> {
        let deadline = self.deadline(options)?;
        self.advance(cursor, deadline).map_err(|error| error.of(cursor.operation))
    }

    /// All that is left of a search or a listing, or as many as are wanted.
    pub(super) fn gather(&self, mut cursor: Cursor, limit: usize, deadline: Deadline) -> Result<Vec<Found>> {
        let (mut all, mut size) = (Vec::new(), 0);
        while limit == 0 || all.len() < limit {
            let page = self.advance(&mut cursor, deadline)?;
            if page.is_empty() {
                break;
            }
            size += page.iter().map(Found::size).sum::<usize>();
            if size > LARGEST_RESULT {
                return Err(Error::new(
                    Kind::ReplyTooLarge,
                    format!(
                        "More than {} MiB were found and not kept. Set a limit, or go through them page by page.",
                        LARGEST_RESULT >> 20
                    ),
                ));
            }
            all.extend(page);
        }
        if limit > 0 {
            all.truncate(limit);
        }
        Ok(all)
    }

    fn advance(&self, cursor: &mut Cursor, deadline: Deadline) -> Result<Vec<Found>> {
        while !cursor.is_over {
            let page = match &mut cursor.pages {
                Pages::Search(pages) => pages.next(self, deadline)?,
                Pages::List(pages) => pages.next(self, deadline)?,
            };
            cursor.is_over = page.is_last;
            let mut found = page.found;
            found.retain(|found| cursor.accepts(&found.handle));
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}

impl Found {
    pub(super) fn name(handle: String) -> Found {
        Found { handle, record: None }
    }

    fn size(&self) -> usize {
        // Values are there as JSON and taken apart.
        self.handle.len() + NAME_OVERHEAD + self.record.as_ref().map_or(0, |record| 3 * record.json().len())
    }
}

/// Which names were given. Not the names themselves, since there may be millions: two of them are taken for the same
/// once in 2^128 cases.
#[derive(Debug, Default)]
struct Seen {
    hashes: HashSet<u128>,
    keys: (RandomState, RandomState),
}

impl Seen {
    fn is_new(&mut self, name: &str) -> bool {
        // Servers ignore the case of ASCII letters.
        let name = name.to_ascii_uppercase();
        let [high, low] = [&self.keys.0, &self.keys.1].map(|key| u128::from(key.hash_one(&name)));
        self.hashes.insert(high << 64 | low)
    }
}

/// The size of the pages: a usual one for 0.
pub(super) fn page_size(wanted: usize) -> Result<usize> {
    match wanted {
        0 => Ok(USUAL_PAGE),
        1..=LARGEST_PAGE => Ok(wanted),
        _ => Err(Error::new(Kind::InvalidArgument, format!("A page has at most {LARGEST_PAGE} Handles."))),
    }
}
