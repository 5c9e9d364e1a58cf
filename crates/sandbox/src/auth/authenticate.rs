//! Looking at the credentials of a request.

use super::authorization::{is_basic, split};
use super::basic;
use super::caller::Caller;
use crate::http::Head;
use crate::store::Records;

/// Over plain HTTP credentials are not even looked at.
pub(crate) fn authenticate(head: &Head, secure: bool, records: &Records<'_>) -> rusqlite::Result<Caller> {
    let Some(header) = head.header("Authorization").filter(|_| secure) else {
        return Ok(Caller::Anonymous);
    };
    match split(header) {
        (scheme, credentials) if is_basic(scheme) => basic::verify(credentials, records),
        _ => Ok(Caller::Refused(None)),
    }
}
