//! `/api/sessions` (BEHAVIOUR.md 6.2).

use super::body;
use super::method::Method;
use super::renegotiation;
use super::reply::{Reply, Stop};
use crate::auth::{Claim, Standing, authenticate, claim, log_in};
use crate::http::Exchange;
use crate::json::Json;
use crate::service::Service;
use crate::session::{Login, Session};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What of it a request names.
#[derive(Debug, PartialEq)]
pub(super) enum Sessions {
    /// `/api/sessions`.
    All,
    /// `/api/sessions/this`.
    This,
    Other,
}

impl Sessions {
    /// By the path behind `/api/sessions`.
    pub(super) fn from_path(path: &str) -> Sessions {
        match path {
            "" => Sessions::All,
            "this" => Sessions::This,
            _ => Sessions::Other,
        }
    }

    pub(super) fn allowed(&self) -> &'static str {
        match self {
            Sessions::All => "POST, TRACE, OPTIONS",
            Sessions::This | Sessions::Other => "GET, HEAD, POST, PUT, DELETE, TRACE, OPTIONS",
        }
    }
}

pub(super) fn answer(
    resource: &Sessions,
    method: Method,
    service: &Service,
    exchange: &mut Exchange<'_, '_>,
) -> Result<Reply, Stop> {
    if !exchange.channel.secure {
        return Ok(Reply::empty(403));
    }
    match (resource, method) {
        (Sessions::All, Method::Post) => create(service, exchange),
        (Sessions::All, _) => Ok(Reply::empty(405).header("Allow", resource.allowed())),
        (Sessions::This, Method::Post | Method::Put) => authenticate_this(service, exchange),
        (Sessions::This, Method::Delete) => end(service, exchange),
        (Sessions::This, _) => show(service, exchange),
        (Sessions::Other, _) => Ok(Reply::empty(403)),
    }
}

fn create(service: &Service, exchange: &mut Exchange<'_, '_>) -> Result<Reply, Stop> {
    let claim = whole_claim(exchange)?;
    if claim.get("sessionId").is_some() {
        return Ok(Reply::empty(400));
    }
    renegotiation::check(&claim, exchange)?;
    let (login, refusal) = match authenticate(&exchange.head, exchange.channel, service)?.standing {
        Standing::Known(identity) => (Some(Login { claimed: identity.clone(), identity }), None),
        Standing::Refused(refusal) => (None, Some(refusal)),
        Standing::Anonymous => (None, None),
    };
    let session = service.sessions().create(login)?;
    // Wrong credentials make a session all the same.
    let error = refusal.map(|refusal| refusal.error().unwrap_or("Identity not verified"));
    let reply = describe(201, &session, prove(service, &session, &claim), error);
    Ok(reply.header("Location", "/api/sessions/this"))
}

fn show(service: &Service, exchange: &Exchange<'_, '_>) -> Result<Reply, Stop> {
    let claim = header_claim(exchange)?;
    let Some(id) = claim.get("sessionId") else {
        return Ok(Reply::object(200, vec![("authenticated".to_owned(), Json::Bool(false))]));
    };
    Ok(match service.sessions().get(id) {
        Some(session) => describe(200, &session, prove(service, &session, &claim), None),
        None => Reply::empty(403),
    })
}

fn end(service: &Service, exchange: &Exchange<'_, '_>) -> Result<Reply, Stop> {
    let claim = header_claim(exchange)?;
    let ended = claim.get("sessionId").and_then(|id| service.sessions().remove(id));
    Ok(Reply::empty(if ended.is_some() { 204 } else { 403 }))
}

fn authenticate_this(service: &Service, exchange: &mut Exchange<'_, '_>) -> Result<Reply, Stop> {
    let claim = whole_claim(exchange)?;
    let Some(mut session) = claim.get("sessionId").and_then(|id| service.sessions().get(id)) else {
        return Ok(Reply::empty(403));
    };
    let error = match log_in(&claim, &session, service)? {
        Some(Ok(login)) => {
            session.login = Some(login);
            None
        }
        Some(Err(refusal)) => refusal.error(),
        None => None,
    };
    let proof = prove(service, &session, &claim);
    if error.is_some() && session.login.is_none() {
        return Ok(describe(401, &session, proof, error).challenge(&exchange.head, &session, error));
    }
    Ok(describe(200, &session, proof, error))
}

fn header_claim(exchange: &Exchange<'_, '_>) -> Result<Claim, Reply> {
    claim(&exchange.head).ok_or_else(|| Reply::empty(400))
}

/// What the header and a JSON body say.
fn whole_claim(exchange: &mut Exchange<'_, '_>) -> Result<Claim, Stop> {
    let header = header_claim(exchange)?;
    if body::media_type(&exchange.head).as_deref() != Some(body::JSON) {
        return Ok(header);
    }
    let json = match body::json(exchange) {
        Ok(Json::Null) => return Ok(header),
        Ok(json) => json,
        Err(Stop::Reply(_)) => return Err(Reply::empty(400).into()),
        Err(gone) => return Err(gone),
    };
    Ok(header.and(Claim::from_json(&json).ok_or_else(|| Reply::empty(400))?))
}

/// The server's own signature, for a client that sends a challenge without claiming to be somebody.
fn prove(service: &Service, session: &Session, claim: &Claim) -> Option<Vec<u8>> {
    let cnonce = claim.get("cnonce").filter(|_| claim.get("id").is_none())?;
    let cnonce = STANDARD.decode(cnonce).ok()?;
    service.key().sign(&[session.nonce.as_slice(), &cnonce].concat())
}

fn describe(status: u16, session: &Session, proof: Option<Vec<u8>>, error: Option<&str>) -> Reply {
    let mut members = vec![
        ("sessionId".to_owned(), Json::text(&session.id)),
        ("nonce".to_owned(), Json::text(STANDARD.encode(&session.nonce))),
    ];
    if let Some(signature) = proof {
        members.push(("serverAlg".to_owned(), Json::text("SHA-256")));
        members.push(("serverSignature".to_owned(), Json::text(STANDARD.encode(signature))));
    }
    if let Some(login) = &session.login {
        members.push(("authenticated".to_owned(), Json::Bool(true)));
        members.push(("id".to_owned(), Json::text(login.claimed.to_string())));
    }
    if let Some(error) = error {
        members.push(("error".to_owned(), Json::text(error)));
    }
    Reply::object(status, members)
}
