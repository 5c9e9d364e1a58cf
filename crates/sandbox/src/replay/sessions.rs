//! The sessions of the recording: a session that the sandbox makes in the place of a recorded one takes its id and
//! nonce, so that recorded signatures are checked as they are.

use super::client::Answer;
use super::transcript::Response;
use crate::session::{Session, Sessions};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

pub(super) fn adopt(sessions: &Sessions, recorded: &Response, answer: &Answer) {
    let theirs = named(recorded.json.as_ref(), &recorded.headers);
    let json = serde_json::from_slice(&answer.body).ok();
    let ours = named(json.as_ref(), &answer.headers);
    let (Some((id, nonce)), Some((made, _))) = (theirs, ours) else {
        return;
    };
    let Ok(nonce) = STANDARD.decode(nonce) else {
        return;
    };
    if id != made
        && let Some(session) = sessions.remove(&made)
    {
        sessions.insert(Session { id, nonce, ..session });
    }
}

/// Id and nonce, from the body or from a challenge.
fn named(json: Option<&Value>, headers: &[(String, String)]) -> Option<(String, String)> {
    let member = |name| Some(json?.get(name)?.as_str()?.to_owned());
    let in_body = member("sessionId").zip(member("nonce"));
    in_body.or_else(|| {
        let challenge =
            headers.iter().find(|(name, value)| name == "WWW-Authenticate" && value.starts_with("Handle"));
        let (_, challenge) = challenge?;
        let quoted = |label: &str| {
            let (_, rest) = challenge.split_once(label)?;
            rest.split_once('"').map(|(value, _)| value.to_owned())
        };
        quoted("sessionId=\"").zip(quoted("nonce=\""))
    })
}
