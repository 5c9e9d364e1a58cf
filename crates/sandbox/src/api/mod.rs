//! The JSON API: from a request to an answer.

mod body;
mod call;
mod cors;
mod handles;
mod method;
mod parameters;
mod reply;
mod target;

use crate::auth::{Caller, authenticate};
use crate::codes::ResponseCode;
use crate::http::{Content, Exchange, Outcome, Response};
use crate::service::Service;
use call::Call;
use method::Method;
use parameters::Parameters;
use reply::{Reply, Stop};
use std::io;
use target::Target;

/// Answers one request.
pub(crate) fn answer(service: &Service, exchange: &mut Exchange<'_, '_>) -> io::Result<Outcome> {
    let raw_target = exchange.head.target.clone();
    let Some(target) = Target::parse(&raw_target) else {
        return Ok(Outcome::Malformed);
    };
    let parameters = Parameters::parse(target.query);
    let style = parameters.style();
    let response = match respond(service, exchange, &target, parameters) {
        Ok(response) => response,
        Err(Stop::Gone(error)) => return Err(error),
        Err(Stop::Reply(reply)) => reply.render(&exchange.head, &style)?,
    };
    Ok(Outcome::Answer(cors::allow(response, &exchange.head)))
}

fn respond(
    service: &Service,
    exchange: &mut Exchange<'_, '_>,
    target: &Target<'_>,
    parameters: Parameters,
) -> Result<Response, Stop> {
    let Some(method) = Method::parse(&exchange.head.method) else {
        let message = format!("Unknown method {}", exchange.head.method);
        return Err(Reply::new(501, ResponseCode::PROTOCOL_ERROR).message(message).into());
    };
    if let Method::Trace = method {
        let content = Content::Fixed(exchange.head.echo(target.path));
        return Ok(Response { content, ..Response::empty(200) }.with_header("Content-Type", "message/http"));
    }
    let Some(name) = target.handle() else {
        return unknown(&exchange.head.method, target);
    };
    if let Method::Options = method {
        return Ok(cors::options(&exchange.head, handles::ALLOWED));
    }
    let identity = match authenticate(&exchange.head, exchange.secure, &service.records())? {
        Caller::Anonymous => None,
        Caller::Known(identity) => Some(identity),
        Caller::Refused(error) => {
            return Ok(crate::auth::challenge(Response::empty(401), &exchange.head, error)?);
        }
    };
    let mut call = Call { service, exchange, name, parameters, identity };
    let reply = handles::answer(method, &mut call)?;
    Ok(reply.render(&call.exchange.head, &call.parameters.style())?)
}

fn unknown(method: &str, target: &Target<'_>) -> Result<Response, Stop> {
    if target.is_api() {
        let message = format!("Unknown HTTP API endpoint {method} {}", target.path);
        return Err(Reply::new(404, ResponseCode::PROTOCOL_ERROR).message(message).into());
    }
    // The real server has its web pages here.
    let page = b"<!DOCTYPE html><title>Not Found</title><p>Only /api/ is served here.".to_vec();
    let response = Response { content: Content::Fixed(page), ..Response::empty(404) };
    Ok(response.with_header("Content-Type", "text/html;charset=UTF-8"))
}
