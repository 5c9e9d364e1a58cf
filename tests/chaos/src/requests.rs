//! The requests that the sandbox saw, by operation.

use crate::spelling::number_in;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// Complete, or not there.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    of: HashMap<u32, Vec<Request>>,
    /// What logins were answered, which belong to no operation.
    logins: HashSet<u16>,
}

/// A request about a Handle.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    is_write: bool,
    /// 0 without an answer.
    pub(crate) status: u16,
}

impl Request {
    /// A write that no answer refused. A 500 is no refusal: a server that fails may have begun.
    pub(crate) fn is_unsure_write(&self) -> bool {
        self.is_write && !matches!(self.status, 400..500 | 503)
    }
}

impl Requests {
    /// From the lines of the control endpoint.
    pub(crate) fn parse(lines: &str) -> Requests {
        let mut requests = Requests::default();
        for line in lines.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok()) {
            let text = |member: &str| line[member].as_str().unwrap_or_default().to_owned();
            let status =
                line["status"].as_u64().and_then(|status| status.try_into().ok()).unwrap_or_default();
            match number_in(&text("target")) {
                Some(number) => requests.add(number, text("method") != "GET", status),
                None => drop(requests.logins.insert(status)),
            }
        }
        requests
    }

    pub(crate) fn add(&mut self, operation: u32, is_write: bool, status: u16) {
        self.of.entry(operation).or_default().push(Request { is_write, status });
    }

    pub(crate) fn of(&self, operation: u32) -> &[Request] {
        self.of.get(&operation).map_or(&[], Vec::as_slice)
    }

    /// How many of its writes were executed, or may have been as far as a client can know.
    pub(crate) fn unsure_writes(&self, operation: u32) -> usize {
        self.of(operation).iter().filter(|request| request.is_unsure_write()).count()
    }

    pub(crate) fn a_login_got(&self, status: u16) -> bool {
        self.logins.contains(&status)
    }
}
