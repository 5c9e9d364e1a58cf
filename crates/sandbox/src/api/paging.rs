//! Pages of lists (BEHAVIOUR.md 4).

use super::parameters::Parameters;
use super::reply::{Reply, malformed};
use crate::json::Json;
use crate::store::Page;

/// The page asked for: zero-based; everything unless both its number and its size are given and not negative.
pub(super) struct Paging(Option<(i32, i32)>);

impl Paging {
    pub(super) fn from_parameters(parameters: &Parameters) -> Result<Paging, Reply> {
        let number = |name| {
            let text = parameters.first(name);
            let parse = |text: &str| {
                text.parse::<i32>().map_err(|_| malformed(format!("For input string: \"{text}\"")))
            };
            text.map(parse).transpose()
        };
        let page = number("page")?.zip(number("pageSize")?);
        Ok(Paging(page.filter(|(page, size)| *page >= 0 && *size >= 0)))
    }

    pub(super) fn page(&self) -> Page {
        match self.0 {
            Some((page, size)) => Page { limit: size.into(), offset: i64::from(page) * i64::from(size) },
            None => Page { limit: -1, offset: 0 },
        }
    }

    /// The members that precede the list. The total is a string.
    pub(super) fn describe(&self, reply: Reply, total: i64) -> Reply {
        let reply = reply.member("totalCount", Json::text(total.to_string()));
        match self.0 {
            Some((page, size)) => {
                reply.member("page", Json::number(page)).member("pageSize", Json::number(size))
            }
            None => reply,
        }
    }
}
