//! Cross-origin requests of browsers, and OPTIONS (BEHAVIOUR.md 4).

use crate::http::{Head, Response};

/// Lets the page that asked read the answer.
pub(super) fn allow(mut response: Response, head: &Head) -> Response {
    let Some(origin) = head.text("Origin") else {
        return response;
    };
    let exposed = if response.status == 401 { "WWW-Authenticate,Content-Length" } else { "Content-Length" };
    if !is_preflight(head) {
        response.headers.insert(0, ("Access-Control-Expose-Headers", exposed.to_owned()));
    }
    response.headers.insert(0, ("Access-Control-Allow-Origin", origin.to_owned()));
    response
}

/// The answer to OPTIONS.
pub(super) fn options(head: &Head, allowed: &str) -> Response {
    let response = Response::empty(200);
    if is_preflight(head) {
        return response
            .with_header("Access-Control-Max-Age", "86400")
            .with_header("Access-Control-Allow-Methods", "GET,POST,HEAD,PUT,DELETE")
            .with_header(
                "Access-Control-Allow-Headers",
                "X-Requested-With,Authorization,Origin,Accept,Content-Type",
            );
    }
    response.with_header("Allow", allowed)
}

fn is_preflight(head: &Head) -> bool {
    head.header("Origin").is_some() && head.header("Access-Control-Request-Method").is_some()
}
