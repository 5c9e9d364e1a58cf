//! Whether the server accepts the credentials.

use super::{Finding, Verdict};
use crate::client::Client;
use crate::error::Kind;
use crate::request::Query;
use crate::transport::Deadline;

impl Client {
    /// A read with credentials: wrong ones are refused even for public values (BEHAVIOUR.md 2). Tells whether the
    /// identity may be right.
    pub(super) fn check_credentials(&self, findings: &mut Vec<Finding>, deadline: Deadline) -> bool {
        let subject = "credentials";
        let Some(credentials) = &self.config().credentials else {
            let message = "There are no credentials: this client can only read.";
            findings.push(Finding::new(subject, Verdict::NotConfigured, message));
            return false;
        };
        let public = Query::default().with("index", "0");
        let finding = match self.read(&credentials.user().handle, &public, true, deadline) {
            Ok(_) => {
                let message = format!("The server accepts {}.", credentials.description());
                Finding::new(subject, Verdict::Good, message)
            }
            Err(error) => match error.kind() {
                Kind::HandleNotFound | Kind::PrefixNotServed => Finding::new(
                    subject,
                    Verdict::Unknown,
                    format!(
                        "The Handle of {} is not on this server, so this shows with the first change.",
                        credentials.user()
                    ),
                ),
                Kind::TimedOut | Kind::ConnectionLost | Kind::ServerBusy | Kind::ServerError => {
                    Finding::new(subject, Verdict::Unknown, error.message())
                }
                _ => Finding::new(subject, Verdict::Bad, error.message()),
            },
        };
        let known = finding.verdict != Verdict::Bad;
        findings.push(finding);
        known
    }
}
