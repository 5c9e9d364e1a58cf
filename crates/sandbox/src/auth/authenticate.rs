//! Looking at the credentials of a request.

use super::caller::{Caller, Standing};
use super::claim::{Claim, is_basic, is_handle, split};
use super::refusal::Refusal;
use super::{basic, proof};
use crate::http::{Channel, Head};
use crate::service::Service;
use crate::session::{Login, Session};

/// Over plain HTTP credentials are not even looked at.
pub(crate) fn authenticate(head: &Head, channel: &Channel, service: &Service) -> rusqlite::Result<Caller> {
    let Some(header) = head.header("Authorization").filter(|_| channel.secure) else {
        return Ok(by_certificate(channel).into());
    };
    match split(header) {
        (scheme, credentials) if is_basic(scheme) => {
            let verified = basic::verify(credentials, &service.records())?;
            Ok(verified.map_or_else(Standing::Refused, Standing::Known).into())
        }
        (scheme, parameters) if is_handle(scheme) => match Claim::from_header(parameters) {
            Some(claim) => by_session(&claim, channel, service),
            None => Ok(Standing::Refused(Refusal::Unreadable).into()),
        },
        _ => Ok(Standing::Refused(Refusal::Nameless).into()),
    }
}

fn by_certificate(channel: &Channel) -> Standing {
    channel.certified.clone().map_or(Standing::Anonymous, Standing::Known)
}

/// The parameters of a Handle scheme header; none without one.
pub(crate) fn claim(head: &Head) -> Option<Claim> {
    match head.header("Authorization").map(split) {
        Some((scheme, parameters)) if is_handle(scheme) => Claim::from_header(parameters),
        _ => Some(Claim::default()),
    }
}

/// Logs a client in to a session by its answer to the challenge; `None` when it claims to be nobody.
pub(crate) fn log_in(
    claim: &Claim,
    session: &Session,
    service: &Service,
) -> rusqlite::Result<Option<Result<Login, Refusal>>> {
    if claim.get("id").is_none() {
        return Ok(None);
    }
    let verified = proof::verify(claim, &session.nonce, &service.records())?;
    if let Ok(login) = &verified {
        service.sessions().log_in(&session.id, login.clone());
    }
    Ok(Some(verified))
}

fn by_session(claim: &Claim, channel: &Channel, service: &Service) -> rusqlite::Result<Caller> {
    let Some(id) = claim.get("sessionId") else {
        return Ok(by_certificate(channel).into());
    };
    let Some(session) = service.sessions().get(id) else {
        return Ok(Standing::Refused(Refusal::Nameless).into());
    };
    let standing = match log_in(claim, &session, service)? {
        Some(Ok(login)) => Standing::Known(login.identity),
        Some(Err(refusal)) => Standing::Refused(refusal),
        None => match &session.login {
            Some(login) => Standing::Known(login.identity.clone()),
            None => by_certificate(channel),
        },
    };
    Ok(Caller { standing, session: Some(session) })
}
