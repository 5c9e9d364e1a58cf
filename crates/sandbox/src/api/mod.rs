//! The JSON API: from a request to an answer.

mod body;
mod call;
mod cors;
mod handles;
mod method;
mod pages;
mod posted;
mod paging;
mod parameters;
mod prefixes;
mod renegotiation;
mod reply;
mod sessions;
mod site;
mod target;
mod verifications;

use crate::auth::{Caller, Standing, authenticate, claim};
use crate::codes::ResponseCode;
use crate::http::{Content, Exchange, Outcome, Response};
use crate::identity::Identity;
use crate::name::Name;
use crate::service::Service;
use crate::session::Session;
use call::Call;
use method::Method;
use parameters::Parameters;
use reply::{Reply, Stop};
use std::io;
use target::{Resource, Target};

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
        Err(Stop::Drop) => return Ok(Outcome::Drop),
        Err(Stop::Reply(reply)) => reply.render(&style),
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
    let resource = target.resource();
    let allowed = match &resource {
        Resource::Handles(_) => handles::ALLOWED,
        Resource::Prefixes(_) => prefixes::ALLOWED,
        Resource::Sessions(sessions) => sessions.allowed(),
        Resource::Site => site::ALLOWED,
        Resource::Verifications => verifications::ALLOWED,
        Resource::UnknownApi => return Err(no_endpoint(404, exchange, target).into()),
        Resource::Root | Resource::Page => return Ok(pages::answer(&resource)),
    };
    if let Method::Options = method {
        return Ok(cors::options(&exchange.head, allowed));
    }
    if let Resource::Sessions(sessions) = &resource {
        return Ok(sessions::answer(sessions, method, service, exchange)?.render(&parameters.style()));
    }
    let (identity, session) = log_in(service, exchange)?;
    if !allowed.split(", ").any(|offered| offered == method.name()) {
        return Err(no_endpoint(405, exchange, target).into());
    }
    let name = match &resource {
        Resource::Handles(name) | Resource::Prefixes(name) => name.clone(),
        _ => Name::new(""),
    };
    let mut call = Call { service, exchange, name, parameters, identity, session };
    let reply = match resource {
        Resource::Prefixes(_) => prefixes::answer(method, &mut call)?,
        Resource::Site => site::answer(service)?,
        Resource::Verifications => verifications::answer(method, &mut call)?,
        _ => handles::answer(method, &mut call)?,
    };
    Ok(reply.render(&call.parameters.style()))
}

/// Who is calling, and in which session. Wrong credentials end every request, even for what is public.
fn log_in(
    service: &Service,
    exchange: &mut Exchange<'_, '_>,
) -> Result<(Option<Identity>, Option<Session>), Stop> {
    if let Some(claim) = claim(&exchange.head) {
        renegotiation::check(&claim, exchange)?;
    }
    let Caller { standing, session } = authenticate(&exchange.head, exchange.channel, service)?;
    match standing {
        Standing::Anonymous => Ok((None, session)),
        Standing::Known(identity) => {
            exchange.caller = Some(identity.clone());
            Ok((Some(identity), session))
        }
        Standing::Refused(refusal) => {
            let session = session.map_or_else(|| service.sessions().create(None), Ok)?;
            Err(Reply::empty(401).challenge(&exchange.head, &session, refusal.error()).into())
        }
    }
}

fn no_endpoint(status: u16, exchange: &Exchange<'_, '_>, target: &Target<'_>) -> Reply {
    let message = format!("Unknown HTTP API endpoint {} {}", exchange.head.method, target.path);
    Reply::new(status, ResponseCode::PROTOCOL_ERROR).message(message)
}
