//! Where the real server has its web pages.

use super::target::Resource;
use crate::http::{Content, Response};

pub(super) fn answer(resource: &Resource) -> Response {
    let (status, page) = match resource {
        Resource::Root => {
            (200, "<title>Sandbox</title><p>A Handle server to try things out: see /api/handles.")
        }
        _ => (404, "<title>Not Found</title><p>Only /api/ is served here."),
    };
    let content = Content::Fixed(format!("<!DOCTYPE html>{page}").into_bytes());
    let response = Response { content, ..Response::empty(status) };
    let response = if status == 200 { response.with_header("Vary", "Accept-Encoding") } else { response };
    response.with_header("Content-Type", "text/html;charset=UTF-8")
}
