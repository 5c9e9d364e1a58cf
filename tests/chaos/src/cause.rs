//! Whether what a client says can be true: the records that it may have seen, and the answers that it got.

use crate::history::Record;
use crate::operation::{Kind, Operation};
use crate::outcome::Outcome;
use crate::requests::Requests;

/// Why a failure without doubt cannot be what was reported; `None` if it can. `records` are those that may have been there
/// during the call, `requests` all that the server saw, where it was not killed.
pub(crate) fn objection(
    operation: &Operation,
    outcome: &Outcome,
    records: &[Option<&Record>],
    requests: Option<&Requests>,
) -> Option<String> {
    let seen = |wanted: &dyn Fn(&Record) -> bool| {
        let found = records.iter().any(|record| record.is_some_and(wanted));
        (!found).then(|| "the record was never like that".to_owned())
    };
    let several = |record: &Record| operation.kind.value_type().is_some_and(|kind| record.of_type(kind) > 1);
    let objection = match (outcome.status, operation.kind) {
        (80, _) if records.iter().any(Option::is_none) => None,
        (80, _) => Some("the Handle was there all the time".to_owned()),
        (81, _) => seen(&|_| true),
        (82, Kind::Get) => seen(&|record| record.of_type("URL") == 0),
        (82, Kind::ExchangeLocation) => seen(&|record| record.count(&operation.other) == 0),
        (84, _) => seen(&several),
        (41, _) if requests.is_none() => None,
        (41, _) => Some("the server could be reached all the time".to_owned()),
        (42 | 45 | 46 | 60 | 100 | 101 | 102 | 105, _) => None,
        _ => Some("nothing that happened is a reason for it".to_owned()),
    };
    objection.or_else(|| contradiction(operation, outcome, requests?))
}

/// What the requests of the operation say against a definite failure.
fn contradiction(operation: &Operation, outcome: &Outcome, requests: &Requests) -> Option<String> {
    // The name that the client has chosen tells nobody whose request it is.
    if operation.kind == Kind::Generate {
        return None;
    }
    let own = requests.of(operation.number);
    if let Some(request) = own.iter().find(|request| request.is_unsure_write()) {
        return Some(format!("a write got {}, which is no refusal", request.status));
    }
    let told = outcome.http;
    // Or the login itself was refused, which other calls shared.
    let asked = own.iter().any(|request| request.status == 401);
    if outcome.status == 60 && !asked && (told == 401 || !requests.a_login_got(told)) {
        return Some("the server asked for no credentials".to_owned());
    }
    let was_answered = own.iter().any(|request| request.status == told) || requests.a_login_got(told);
    (told != 0 && !was_answered).then(|| format!("the server never answered {told}"))
}

/// Whether a read tells what was there.
pub(crate) fn is_true(operation: &Operation, outcome: &Outcome, records: &[Option<&Record>]) -> bool {
    records.iter().any(|record| match (operation.kind, record) {
        (Kind::Exists, record) => (outcome.out == "1") == record.is_some(),
        (_, None) => false,
        (Kind::Get, Some(record)) => record.data_of("URL").next() == Some(&outcome.out),
        (_, Some(record)) => {
            let mut urls = outcome.out.split_whitespace();
            let all: Vec<&str> = record.data_of("10320/LOC").collect();
            let count: usize = all.iter().map(|data| data.matches("href=").count()).sum();
            outcome.out.split_whitespace().count() == count
                && urls.all(|url| all.iter().any(|data| data.contains(url)))
        }
    })
}
