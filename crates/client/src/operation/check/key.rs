//! Whether the key on the server is ours.

use super::{Finding, Verdict};
use crate::auth::Proof;
use crate::client::Client;
use crate::error::{Error, Kind};
use crate::keys::PublicKey;
use crate::record::{Data, Value};
use crate::reference::Reference;
use crate::request::Query;
use crate::transport::Deadline;

impl Client {
    /// Compares the HS_PUBKEY value of the user with the public half of our key; nothing where there is no key. Where
    /// the server has not accepted it, the value is read without credentials: they may be what is wrong.
    pub(super) fn check_key(&self, accepted: bool, deadline: Deadline) -> Option<Finding> {
        let credentials = self.config().credentials.as_ref()?;
        let Proof::Key(key) = credentials.proof() else { return None };
        let user = credentials.user();
        if accepted {
            let message = format!("The server has accepted the key as that of {user}.");
            return Some(Finding::new(SUBJECT, Verdict::Good, message));
        }
        let query = match user.index {
            0 => Query::default().with("type", "HS_PUBKEY"),
            index => Query::default().with("index", &index.to_string()),
        };
        let record = self
            .read(&user.handle, &query, false, deadline)
            .and_then(|answer| answer.into_record(&user.handle));
        Some(match record {
            Ok(record) => judge(user, record.values(), &key.public_key()),
            Err(error) => unreadable(user, &error),
        })
    }
}

const SUBJECT: &str = "key";

fn judge(user: &Reference, values: &[Value], ours: &PublicKey) -> Finding {
    let Some(first) = values.first() else {
        let what = match user.index {
            0 => format!("The record {} has no HS_PUBKEY value that everybody may read.", user.handle),
            index => {
                format!("The record {} has no value that everybody may read at index {index}.", user.handle)
            }
        };
        let advice =
            "Is the index that of the HS_PUBKEY value? Ask the server's administrator what stands there.";
        return Finding::new(SUBJECT, Verdict::Unknown, format!("{what} {advice}"));
    };
    let mut keys = values.iter().filter(|value| value.kind.eq_ignore_ascii_case("HS_PUBKEY")).peekable();
    if keys.peek().is_none() {
        let message = format!("{user} is a value of type {}, not HS_PUBKEY. Correct the index.", first.kind);
        return Finding::new(SUBJECT, Verdict::Bad, message);
    }
    let keys: Vec<_> = keys.map(public_key).collect();
    if keys.iter().flatten().any(|key| key == ours) {
        let message = format!("The HS_PUBKEY value {user} is the public half of our key.");
        return Finding::new(SUBJECT, Verdict::Good, message);
    }
    let theirs: Vec<String> =
        keys.iter().map(|key| key.as_ref().map_or("unreadable".to_owned(), name)).collect();
    let message = format!(
        "The HS_PUBKEY value {user} is another key than ours (ours: {}; there: {}). Take the private key that belongs \
         to it, or have the value replaced.",
        name(ours),
        theirs.join(", ")
    );
    Finding::new(SUBJECT, Verdict::Bad, message)
}

fn unreadable(user: &Reference, error: &Error) -> Finding {
    match error.kind() {
        Kind::HandleNotFound => {
            let message = format!("There is no record {} on this server. Correct username.", user.handle);
            Finding::new(SUBJECT, Verdict::Bad, message)
        }
        _ => {
            let message = format!("The HS_PUBKEY value {user} cannot be read: {}", error.message());
            Finding::new(SUBJECT, Verdict::Unknown, message)
        }
    }
}

fn public_key(value: &Value) -> Option<PublicKey> {
    match &value.data {
        Data::Bytes(bytes) => PublicKey::read(bytes).ok(),
        Data::Structured { value, .. } => PublicKey::read(value.to_string().as_bytes()).ok(),
        Data::Text(_) => None,
    }
}

fn name(key: &PublicKey) -> String {
    format!("{} {} bit, {}", key.algorithm(), key.bits(), key.fingerprint())
}
