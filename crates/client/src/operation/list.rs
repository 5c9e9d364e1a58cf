//! Listing the Handles below a prefix (BEHAVIOUR.md 4).

use super::cursor::{Cursor, Found, Page, Pages, page_size};
use crate::client::Client;
use crate::error::Result;
use crate::handle;
use crate::options::CallOptions;
use crate::request::Query;
use crate::transport::Deadline;

const OPERATION: &str = "list_handles";

/// The pages of a listing that is wanted as a whole.
const LARGE_PAGE: usize = 10_000;

impl Client {
    /// Lists the Handles below a prefix, such as `21.T12345`, each once, at most `limit` of them (0: all).
    ///
    /// One request for 10000 names, with credentials.
    ///
    /// # Errors
    /// [`crate::Kind::PermissionDenied`] without the permission list_handles on the prefix;
    /// [`crate::Kind::PrefixNotServed`]; [`crate::Kind::RequestRefused`] where the server lists nothing;
    /// [`crate::Kind::ReplyTooLarge`] beyond 256 MiB.
    pub fn list_handles(&self, prefix: &str, limit: usize, options: &CallOptions) -> Result<Vec<Found>> {
        let size = if limit == 0 { LARGE_PAGE } else { limit.min(LARGE_PAGE) };
        let run = || self.gather(self.open_list(prefix, size)?, limit, self.deadline(options)?);
        run().map_err(|error| error.of(OPERATION))
    }

    /// Begins a listing whose pages [`Client::next_page`] gives; `page_size` 0 is a usual one, 1000.
    ///
    /// Handles that are there all the time come once, whatever is registered or deleted meanwhile; others come once or
    /// not. (Only where as many are registered as deleted between two pages, the server does not let it show.)
    ///
    /// No request.
    ///
    /// # Errors
    /// [`crate::Kind::InvalidHandle`] for what is no prefix; [`crate::Kind::InvalidArgument`] for pages of more than
    /// 100000.
    pub fn open_list(&self, prefix: &str, page_size_wanted: usize) -> Result<Cursor> {
        let open = || {
            let prefix = handle::parse_prefix(prefix)?;
            let size = page_size(page_size_wanted)?;
            let pages = ListPages { prefix: prefix.clone(), size, page: 0, least_total: None };
            Ok(Cursor::new(OPERATION, Pages::List(pages), Some(prefix)))
        };
        open().map_err(|error: crate::error::Error| error.of(OPERATION))
    }
}

/// The pages of a listing.
#[derive(Debug)]
pub(super) struct ListPages {
    prefix: String,
    size: usize,
    page: usize,
    /// The fewest names that there were on all pages.
    least_total: Option<usize>,
}

impl ListPages {
    pub(super) fn next(&mut self, client: &Client, deadline: Deadline) -> Result<Page> {
        let query = Query::default()
            .with("prefix", &self.prefix)
            .with("page", &self.page.to_string())
            .with("pageSize", &self.size.to_string());
        let listing = client.list_request(&self.prefix, &query, deadline)?;
        let is_last = self.turn(listing.names.len(), listing.total, listing.is_page);
        Ok(Page { found: listing.names.into_iter().map(Found::name).collect(), is_last })
    }

    /// Decides which page is next; tells whether there is none.
    fn turn(&mut self, count: usize, total: Option<usize>, is_page: bool) -> bool {
        let fewer = self.least_total.zip(total).map_or(0, |(least, total)| least.saturating_sub(total));
        self.least_total = self.least_total.into_iter().chain(total).min();
        if fewer > 0 && self.page > 0 {
            // Names moved up by as many places, some of them past this page. The total falls only so often.
            self.page = self.page.saturating_sub(fewer.div_ceil(self.size));
            return false;
        }
        self.page += 1;
        let is_all = total.is_some_and(|total| self.page.saturating_mul(self.size) >= total);
        !is_page || is_all || count < self.size
    }
}

#[cfg(test)]
mod tests {
    use super::ListPages;

    /// Plays a listing of names that change between pages.
    fn listed(
        size: usize,
        mut names: Vec<u32>,
        mut change: impl FnMut(usize, &mut Vec<u32>),
    ) -> (Vec<u32>, usize) {
        let mut pages = ListPages { prefix: String::new(), size, page: 0, least_total: None };
        let (mut seen, mut requests) = (Vec::new(), 0);
        loop {
            let page: Vec<u32> = names.iter().copied().skip(pages.page * size).take(size).collect();
            seen.extend(page.iter().filter(|name| !seen.contains(*name)).copied().collect::<Vec<_>>());
            requests += 1;
            if pages.turn(page.len(), Some(names.len()), true) {
                return (seen, requests);
            }
            change(requests, &mut names);
            names.sort();
        }
    }

    #[test]
    fn pages_end() {
        assert_eq!(listed(2, vec![1, 2, 3], |_, _| {}), (vec![1, 2, 3], 2));
        assert_eq!(listed(2, vec![1, 2, 3, 4], |_, _| {}), (vec![1, 2, 3, 4], 2));
        assert_eq!(listed(2, vec![], |_, _| {}), (vec![], 1));
    }

    #[test]
    fn what_stays_is_not_missed_when_others_go_or_come() {
        // After the first page, its names are deleted, and the others move up.
        let (seen, _) = listed(2, (1..=6).collect(), |request, names| {
            if request == 1 {
                names.drain(..2);
            }
        });
        assert_eq!(seen.iter().filter(|name| **name > 2).count(), 4, "{seen:?}");
        let (seen, _) = listed(2, (10..=16).collect(), |request, names| {
            if request < 4 {
                names.push(request as u32);
            }
        });
        assert!((10..=16).all(|name| seen.contains(&name)), "{seen:?}");
        // One goes after each request, from the front.
        let (seen, requests) = listed(3, (1..=30).collect(), |_, names| {
            if names.len() > 5 {
                names.remove(0);
            }
        });
        assert!((26..=30).all(|name| seen.contains(&name)), "{seen:?}");
        assert!(requests < 60);
    }

    #[test]
    fn a_total_that_goes_up_and_down_ends() {
        let mut pages = ListPages { prefix: String::new(), size: 1, page: 0, least_total: None };
        let ended = (0..100).any(|request| pages.turn(1, Some(25 + request % 2), true));
        assert!(ended, "on page {}", pages.page);
    }

    #[test]
    fn a_server_without_pages_gave_all() {
        let mut pages = ListPages { prefix: String::new(), size: 2, page: 0, least_total: None };
        assert!(pages.turn(5, None, false));
    }
}
