//! Checking a configuration against the server, without changing anything there.

mod identity;
mod key;
mod rights;

use crate::client::Client;
use crate::error::{Kind, Result};
use crate::options::CallOptions;
use crate::record::Record;
use crate::request::Query;
use crate::transport::Deadline;

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Work that needs this will fail.
    Bad,
    /// It could not be found out.
    Unknown,
    /// There is nothing to check.
    NotConfigured,
}

/// One thing that was checked.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was checked: "server", "credentials", "key", "prefix", "create", "reverse lookup".
    pub subject: &'static str,
    /// How it came out.
    pub verdict: Verdict,
    /// What was found, and where it is not good, what to do.
    pub message: String,
}

impl Finding {
    fn new(subject: &'static str, verdict: Verdict, message: impl Into<String>) -> Finding {
        Finding { subject, verdict, message: message.into() }
    }
}

impl Client {
    /// Connects, authenticates, and finds out by reading whether the prefix is served there, what this identity
    /// may do with it, and whether reverse lookup answers. Writes nothing.
    ///
    /// A few requests: for the prefix, for the user, for its key, for lists of users, and to the reverse lookup.
    ///
    /// # Errors
    /// Only for unusable options: whatever the server does becomes a finding.
    pub fn check(&self, options: &CallOptions) -> Result<Vec<Finding>> {
        let deadline = self.deadline(options)?;
        let prefix = self.config().setting("prefix")?.map(str::to_owned);
        let prefix_handle = prefix.map(|prefix| format!("0.NA/{prefix}"));
        let mut findings = Vec::new();
        let record = self.check_server(prefix_handle.as_deref(), &mut findings, deadline);
        if findings.iter().any(|finding| finding.subject == "server" && finding.verdict == Verdict::Bad) {
            return Ok(findings);
        }
        let known = self.check_credentials(&mut findings, deadline);
        findings.extend(self.check_key(known, deadline));
        if let (Some(record), true) = (record, known) {
            findings.push(self.check_rights(&record, deadline));
        }
        findings.push(self.check_reverse_lookup(deadline));
        Ok(findings)
    }

    /// Reads the record of the prefix, which tells both whether the server answers and whether it serves it.
    fn check_server(
        &self,
        prefix: Option<&str>,
        findings: &mut Vec<Finding>,
        deadline: Deadline,
    ) -> Option<Record> {
        // Without a prefix any name does: "not found" is an answer too.
        let name = prefix.unwrap_or("0.NA/0.NA");
        let outcome =
            self.read(name, &Query::default(), false, deadline).and_then(|answer| answer.into_record(name));
        let served = match &outcome {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.kind(), Kind::HandleNotFound | Kind::PrefixNotServed) => Ok(false),
            Err(error) => Err(error),
        };
        match (served, prefix) {
            (Err(error), _) => {
                findings.push(Finding::new("server", Verdict::Bad, error.message()));
                return None;
            }
            (Ok(_), _) => findings.push(Finding::new("server", Verdict::Good, "The server answers.")),
        }
        findings.push(match (served, prefix) {
            (Ok(true), Some(name)) => Finding::new(
                "prefix",
                Verdict::Good,
                format!("The prefix is served: there is a record {name}."),
            ),
            (_, Some(name)) => Finding::new(
                "prefix",
                Verdict::Bad,
                format!("The server has no record {name}. Check the keys prefix and handle_server_url."),
            ),
            (_, None) => Finding::new("prefix", Verdict::NotConfigured, "No prefix is configured."),
        });
        // Rights are those under the configured prefix; with credentials more of its record may be seen.
        let public = prefix.and(outcome.ok())?;
        Some(self.view(name, deadline).map_or(public, |view| view.record))
    }

    fn check_reverse_lookup(&self, deadline: Deadline) -> Finding {
        let subject = "reverse lookup";
        match self.ping_reverse_lookup(deadline) {
            None => Finding::new(subject, Verdict::NotConfigured, "No reverse lookup is configured."),
            Some(Ok(())) => Finding::new(subject, Verdict::Good, "The reverse lookup answers."),
            Some(Err(error)) => Finding::new(subject, Verdict::Bad, error.message()),
        }
    }
}
