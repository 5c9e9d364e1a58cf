//! Reverse lookup: finding Handles by their values.

use super::cursor::{Cursor, Found, LARGEST_PAGE, Page, Pages, USUAL_PAGE, page_size};
use crate::client::Client;
use crate::config::ReverseLookup;
use crate::error::{Error, Kind, Result};
use crate::handle;
use crate::options::CallOptions;
use crate::reply;
use crate::request::Query;
use crate::transport::Deadline;
use crate::values::check_type;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};

const OPERATION: &str = "search_handles";

/// What the servlet takes for itself, in this spelling; sent as a type one of them would change the search.
const RESERVED: [&str; 4] = ["limit", "page", "enforcesql", "retrieverecords"];
/// A longer query does not fit the request line of a server.
const LONGEST_QUERY: usize = 15_000;
/// Below this, prefixes that only begin alike could take a request for each few names.
const SMALLEST_PAGE: usize = 100;
/// How a search grows that has no pages.
const GROWTH: usize = 4;

/// What to search for.
#[derive(Clone, Debug, Default)]
pub struct Search<'a> {
    /// Types and texts, of which a Handle must have all. The case of types counts. In a text, `*` stands for anything,
    /// and beside it `%` and `_` may be wildcards, too; without `*` the text is meant as it is. Two texts of one type are
    /// two conditions on one value.
    pub terms: Vec<(&'a str, &'a str)>,
    /// The prefix of the Handles; without it, those of all prefixes.
    pub prefix: Option<&'a str>,
}

impl Client {
    /// Finds the Handles that have these values, each once, at most `limit` of them (0: all); with `options.with_records`
    /// also their values as the servlet tells them, type and text alone, those that are not public too.
    ///
    /// One request for 100000 names or 1000 records, as a rule.
    ///
    /// # Errors
    /// [`Kind::NotAllowed`] for a type that is not in `allowed_search_keys`; [`Kind::NoReverseLookup`];
    /// [`Kind::AuthenticationFailed`]; [`Kind::AuthenticationRequired`]; [`Kind::RequestRefused`] for a type that the
    /// servlet does not know, and for records where it has none; [`Kind::ReplyTooLarge`] beyond 256 MiB.
    pub fn search_handles(
        &self,
        search: &Search<'_>,
        limit: usize,
        options: &CallOptions,
    ) -> Result<Vec<Found>> {
        let largest = if options.with_records { USUAL_PAGE } else { LARGEST_PAGE };
        let size = if limit == 0 { largest } else { limit.clamp(SMALLEST_PAGE, largest) };
        let run =
            || self.gather(self.search(search, size, options.with_records)?, limit, self.deadline(options)?);
        run().map_err(|error| error.of(OPERATION))
    }

    /// Begins a search whose pages [`Client::next_page`] gives; `page_size` 0 is a usual one, for names 1000. Pages are not
    /// in any order, so that Handles that are changed meanwhile may be missed, but none comes twice.
    ///
    /// No request.
    ///
    /// # Errors
    /// As [`Client::search_handles`], those that need no server; [`Kind::InvalidArgument`] for pages of more than 100000.
    pub fn open_search(
        &self,
        search: &Search<'_>,
        page_size: usize,
        options: &CallOptions,
    ) -> Result<Cursor> {
        self.search(search, page_size, options.with_records).map_err(|error| error.of(OPERATION))
    }

    fn search(&self, search: &Search<'_>, size: usize, records: bool) -> Result<Cursor> {
        let lookup = self.reverse_lookup()?;
        check_terms(search, lookup, records)?;
        let prefix = search.prefix.map(handle::parse_prefix).transpose()?;
        let terms =
            search.terms.iter().map(|(kind, text)| ((*kind).to_owned(), (*text).to_owned())).collect();
        let pages = SearchPages {
            terms,
            prefix: prefix.clone().filter(|prefix| is_path(prefix)),
            records,
            // Many of a small page may not belong to the prefix, which servers take for the beginning of a text.
            size: if prefix.is_some() && size > 0 {
                page_size(size)?.max(SMALLEST_PAGE)
            } else {
                page_size(size)?
            },
            page: 0,
            has_pages: true,
            last: None,
            key: RandomState::new(),
        };
        if pages.query().as_str().len() > LONGEST_QUERY {
            let message =
                format!("The search is too long: percent-encoded, {LONGEST_QUERY} bytes fit a request.");
            return Err(Error::new(Kind::InvalidArgument, message));
        }
        Ok(Cursor::new(OPERATION, Pages::Search(pages), prefix))
    }

    pub(crate) fn reverse_lookup(&self) -> Result<&ReverseLookup> {
        self.config().reverse_lookup.as_ref().ok_or_else(|| {
            Error::new(
                Kind::ConfigInvalid,
                "The configuration does not say where to search. Set reverselookup_baseuri, or handle_server_url.",
            )
        })
    }
}

fn check_terms(search: &Search<'_>, lookup: &ReverseLookup, records: bool) -> Result<()> {
    let refuse = |kind, message: String| Err(Error::new(kind, message));
    if search.terms.is_empty() {
        return refuse(Kind::InvalidArgument, "There is no type and no text to search for.".to_owned());
    }
    let allowed = lookup.allowed_keys();
    for (kind, _) in &search.terms {
        check_type(kind)?;
        if kind.eq_ignore_ascii_case("HS_SECKEY") {
            return refuse(Kind::NotAllowed, "Secrets (HS_SECKEY) cannot be searched for.".to_owned());
        }
        if !allowed.is_empty() && !allowed.iter().any(|one| one == kind) {
            let message = format!(
                "{kind} is not one of the types that may be searched for ({}). Add it to allowed_search_keys, or set \
                 that to [] for all.",
                allowed.join(", ")
            );
            return refuse(Kind::NotAllowed, message);
        }
        if RESERVED.contains(kind) {
            let message =
                format!("A type {kind} cannot be searched for: reverse lookups use this word themselves.");
            return refuse(Kind::InvalidArgument, message);
        }
    }
    let kinds: HashSet<&str> = search.terms.iter().map(|(kind, _)| *kind).collect();
    if records && kinds.len() > 1 {
        let message = "Reverse lookups give records only where one type is searched for. Search without records, and \
                       read the Handles.";
        return refuse(Kind::InvalidArgument, message.to_owned());
    }
    Ok(())
}

/// Prefixes that the servlet takes in its path: two digits, then letters, digits and dots. Others are only filtered.
fn is_path(prefix: &str) -> bool {
    let (start, rest) = prefix.as_bytes().split_at_checked(2).unwrap_or((b"", b""));
    start.len() == 2
        && start.iter().all(u8::is_ascii_digit)
        && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
}

/// The pages of a search.
#[derive(Debug)]
pub(super) struct SearchPages {
    terms: Vec<(String, String)>,
    prefix: Option<String>,
    records: bool,
    size: usize,
    page: usize,
    /// Over Solr there is one page only, the first; more comes by asking for a larger one.
    has_pages: bool,
    /// The hash of the page before.
    last: Option<u64>,
    key: RandomState,
}

impl SearchPages {
    fn query(&self) -> Query {
        let query = self.terms.iter().fold(Query::default(), |query, (kind, text)| query.with(kind, text));
        let query = query.with("limit", &self.size.to_string()).with("page", &self.page.to_string());
        if self.records { query.with("retrieverecords", "true") } else { query }
    }

    pub(super) fn next(&mut self, client: &Client, deadline: Deadline) -> Result<Page> {
        let prefix = self.prefix.as_deref();
        let (reply, showed_user) = client.search_request(prefix, &self.query(), deadline)?;
        if self.records {
            let records = reply::decode_records(reply, showed_user)?;
            let names: Vec<&str> = records.iter().map(|record| record.handle()).collect();
            if !names.is_empty() && self.is_as_before(&names) {
                let message = "The reverse lookup gives the same page again and again. Search without records, and read the \
                               Handles.";
                return Err(Error::new(Kind::UnexpectedReply, message));
            }
            self.page += 1;
            // A page counts matching values, of which a Handle may have several: only an empty one is the last.
            let is_last = records.is_empty();
            let found = |record: crate::record::Record| Found {
                handle: record.handle().to_owned(),
                record: Some(record),
            };
            return Ok(Page { found: records.into_iter().map(found).collect(), is_last });
        }
        let names = reply::decode_names(reply, showed_user)?;
        let is_last = self.turn(&names)?;
        Ok(Page { found: names.into_iter().map(Found::name).collect(), is_last })
    }

    /// Whether a page is equal to the one before: a server that gave it does not turn pages. What others register
    /// meanwhile changes a page once, not each time.
    fn is_as_before(&mut self, names: &(impl Hash + ?Sized)) -> bool {
        let hash = self.key.hash_one(names);
        self.last.replace(hash) == Some(hash)
    }

    /// Decides what is asked for after a page with these names; tells whether that is nothing.
    fn turn(&mut self, names: &[String]) -> Result<bool> {
        if self.size > LARGEST_PAGE && names.len() == LARGEST_PAGE {
            let message = format!(
                "The reverse lookup gives no more than {LARGEST_PAGE} of the names. Narrow the search, by the prefix or \
                 the texts."
            );
            return Err(Error::new(Kind::ReplyTooLarge, message));
        }
        if names.len() != self.size {
            return Ok(true);
        }
        if self.is_as_before(names) && self.has_pages && self.page > 0 {
            (self.has_pages, self.page) = (false, 0);
        }
        match self.has_pages {
            true => self.page += 1,
            false => self.size = self.size.saturating_mul(GROWTH),
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{SearchPages, is_path};
    use std::hash::RandomState;

    /// A server that does not turn pages is found out, also where its one page changed after it was first read.
    #[test]
    fn one_page_again_and_again() {
        let page = |first: usize| (first..first + 100).map(|n| format!("p/{n}")).collect::<Vec<_>>();
        let mut pages = SearchPages {
            terms: Vec::new(),
            prefix: None,
            records: false,
            size: 100,
            page: 0,
            has_pages: true,
            last: None,
            key: RandomState::new(),
        };
        for first in [0, 1, 1] {
            assert!(pages.has_pages);
            assert!(!pages.turn(&page(first)).unwrap());
        }
        assert!(!pages.has_pages && pages.page == 0 && pages.size > 100);
    }

    #[test]
    fn prefixes_for_the_path() {
        for prefix in ["21.T12345", "11", "841", "21."] {
            assert!(is_path(prefix), "{prefix}");
        }
        for prefix in ["", "1", "0.NA", "T1", "21-x", "21.ü"] {
            assert!(!is_path(prefix), "{prefix}");
        }
    }
}
