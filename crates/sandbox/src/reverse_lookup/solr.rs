//! The servlet over Solr: prefix, page and the wish for records are ignored, and the limit has no maximum.

use super::{json, text};
use crate::http::Response;
use crate::store::{Page, Records, Search};

pub(super) fn search(records: &Records<'_>, search: Search, limit: i64) -> Response {
    if search.conditions.is_empty() {
        return json(&json!([]));
    }
    let found = search.conditions.iter().try_fold(None, |unknown, condition| {
        Ok::<_, rusqlite::Error>(
            unknown.or((!records.has_type(&condition.kind)?).then_some(condition.kind.as_str())),
        )
    });
    let names = match found {
        Ok(Some(unknown)) => {
            let server = "http://127.0.0.1:8983/solr/handles";
            let problem =
                format!("RemoteSolrException: Error from server at {server}: undefined field {unknown}\n");
            return text(400, problem);
        }
        Ok(None) => {
            let all = Search { prefix: None, page: Page { limit: -1, offset: 0 }, ..search };
            records.search_names(&all)
        }
        Err(problem) => Err(problem),
    };
    match names {
        Ok(mut names) => {
            // A document is one handle.
            names.sort();
            names.dedup();
            names.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            json(&json!(names))
        }
        Err(problem) => text(500, format!("SolrServerException: {problem}\n")),
    }
}
