//! Whether to show the client certificate (BEHAVIOUR.md 6.3).

use super::retry::Outcome;
use crate::request::Certificate;
use crate::transport::Failure;
use std::sync::atomic::{AtomicBool, Ordering};

/// What was found out about the server: it drops connections without certificate, or those with ours.
#[derive(Debug, Default)]
pub(super) struct Certificates {
    is_there: bool,
    is_needed: AtomicBool,
    is_dropped: AtomicBool,
}

impl Certificates {
    pub(super) fn new(is_there: bool) -> Certificates {
        Certificates { is_there, ..Certificates::default() }
    }

    /// Sends with or without the certificate.
    ///
    /// A server that requires one, or does not like ours, just drops the connection in the handshake; when it does so
    /// twice, a third attempt is made the other way.
    pub(super) async fn send(
        &self,
        certificate: Certificate,
        send: impl AsyncFn(bool) -> Outcome,
    ) -> Outcome {
        let shown = self.is_there
            && match certificate {
                Certificate::Never => false,
                Certificate::Avoided => self.is_needed.load(Ordering::Relaxed),
                Certificate::Offered => !self.is_dropped.load(Ordering::Relaxed),
                Certificate::Required => true,
            };
        let may_change = self.is_there && matches!(certificate, Certificate::Avoided | Certificate::Offered);
        let mut outcome = send(shown).await;
        if may_change && outcome.as_ref().is_err_and(Failure::was_dropped) {
            // Once is no rule: connections break for many reasons.
            outcome = send(shown).await;
        }
        match outcome {
            Err(failure) if failure.was_dropped() && may_change => match send(!shown).await {
                Err(other) if other.was_dropped() => Err(failure.with_and_without_certificate()),
                Err(other) => Err(other),
                Ok(reply) => {
                    self.is_dropped.store(shown, Ordering::Relaxed);
                    self.is_needed.store(!shown, Ordering::Relaxed);
                    Ok(reply)
                }
            },
            outcome => outcome,
        }
    }
}
