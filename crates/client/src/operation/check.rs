//! Checking a configuration against the server, without changing anything there.

use super::admins;
use crate::client::Client;
use crate::error::{Error, Kind, Result};
use crate::options::CallOptions;
use crate::record::{AdminPermissions, Data, Order, Record, Value};
use crate::reference::Reference;
use crate::request::Query;
use crate::transport::Deadline;

/// HS_VLISTs may contain further ones; real ones are not nested deeper.
const DEEPEST_LIST: usize = 8;

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
    /// What was checked: "server", "credentials", "prefix", "create", "reverse lookup".
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
    /// A few requests: for the prefix, for the user, for lists of users, and to the reverse lookup.
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

    /// A read with credentials: wrong ones are refused even for public values (BEHAVIOUR.md 2).
    fn check_credentials(&self, findings: &mut Vec<Finding>, deadline: Deadline) -> bool {
        let subject = "credentials";
        let Some(credentials) = &self.config().credentials else {
            let message = "There are no credentials: this client can only read.";
            findings.push(Finding::new(subject, Verdict::NotConfigured, message));
            return false;
        };
        let user = credentials.user().clone();
        let public = Query::default().with("index", "0");
        let finding = match self.read(&user.handle, &public, true, deadline) {
            Ok(_) => Finding::new(subject, Verdict::Good, format!("The server accepts {user}.")),
            Err(error) => match error.kind() {
                Kind::AuthenticationFailed | Kind::InsecureTransport => {
                    Finding::new(subject, Verdict::Bad, error.message())
                }
                Kind::HandleNotFound | Kind::PrefixNotServed => Finding::new(
                    subject,
                    Verdict::Unknown,
                    format!(
                        "The Handle of {user} is not on this server, so this shows with the first change."
                    ),
                ),
                _ => Finding::new(subject, Verdict::Unknown, error.message()),
            },
        };
        let known = finding.verdict != Verdict::Bad;
        findings.push(finding);
        known
    }

    /// Whether an HS_ADMIN of the prefix lets this identity create Handles (BEHAVIOUR.md 5.7).
    fn check_rights(&self, prefix: &Record, deadline: Deadline) -> Finding {
        let subject = "create";
        let Some(user) = self.config().credentials.as_ref().map(|credentials| credentials.user().clone())
        else {
            return Finding::new(subject, Verdict::NotConfigured, "There are no credentials.");
        };
        let admins = prefix.values().iter().filter(|value| admins::is_admin(&value.kind));
        let mut unreadable = admins.clone().filter_map(admin_of).next().is_none();
        let mut lacking = false;
        for value in admins {
            let Some((owner, permissions)) = admin_of(value) else { continue };
            match self.is_member(&user, &owner, DEEPEST_LIST, deadline) {
                Ok(true) if permissions.has(AdminPermissions::CREATE_HANDLE) => {
                    let message = format!(
                        "{user} may create Handles: HS_ADMIN {} of {} says so.",
                        value.index,
                        prefix.handle()
                    );
                    return Finding::new(subject, Verdict::Good, message);
                }
                Ok(true) => lacking = true,
                Ok(false) => {}
                Err(_) => unreadable = true,
            }
        }
        if unreadable {
            return Finding::new(
                subject,
                Verdict::Unknown,
                "A list of administrators cannot be read, so whether this identity is on it is not known.",
            );
        }
        let why = if lacking {
            "is an administrator of the prefix without the permission create_handle"
        } else {
            "is no administrator of the prefix (the suffix must be written in the same upper and lower case)"
        };
        let message =
            format!("{user} {why}. Ask whoever runs the server, unless you are a server administrator.");
        Finding::new(subject, Verdict::Bad, message)
    }

    /// Whether a reference means the user, or a list on which the user stands. Suffixes count with their case,
    /// other than at login (BEHAVIOUR.md 5.7).
    fn is_member(
        &self,
        user: &Reference,
        owner: &Reference,
        depth: usize,
        deadline: Deadline,
    ) -> Result<bool> {
        if same_identity(user, owner) {
            return Ok(true);
        }
        if depth == 0 {
            return Err(Error::new(Kind::BrokenRecord, "The lists of administrators are nested too deeply."));
        }
        let query = Query::default().with("index", &owner.index.to_string());
        let record = match self.read(&owner.handle, &query, true, deadline) {
            Err(error) if error.kind() == Kind::PermissionDenied => {
                self.read(&owner.handle, &query, false, deadline)?
            }
            Err(error) if error.kind() == Kind::HandleNotFound => return Ok(false),
            answer => answer?,
        };
        let record = record.into_record(&owner.handle)?;
        let Some(Value { data: Data::Structured { value, .. }, .. }) = record.of_type("HS_VLIST").next()
        else {
            return Ok(false);
        };
        for member in value.as_array().into_iter().flatten().filter_map(Reference::from_json) {
            if self.is_member(user, &member, depth - 1, deadline)? {
                return Ok(true);
            }
        }
        Ok(false)
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

fn admin_of(value: &Value) -> Option<(Reference, AdminPermissions)> {
    let Data::Structured { value, .. } = &value.data else { return None };
    let permissions = AdminPermissions::parse(value["permissions"].as_str()?, Order::Json)?;
    Some((Reference::from_json(value)?, permissions))
}

fn same_identity(user: &Reference, owner: &Reference) -> bool {
    let (user_prefix, user_suffix) = split(&user.handle);
    let (prefix, suffix) = split(&owner.handle);
    (owner.index == 0 || owner.index == user.index)
        && user_prefix.eq_ignore_ascii_case(prefix)
        && user_suffix == suffix
}

fn split(handle: &str) -> (&str, &str) {
    handle.split_once('/').unwrap_or((handle, ""))
}
