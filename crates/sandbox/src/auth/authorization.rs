//! The `Authorization` header.

/// The scheme of an `Authorization` header and what follows it.
pub(super) fn split(header: &[u8]) -> (&[u8], &[u8]) {
    let header = header.trim_ascii();
    let end = header.iter().position(|byte| *byte == b' ').unwrap_or(header.len());
    let (scheme, rest) = header.split_at(end);
    (scheme, rest.trim_ascii())
}

pub(super) fn is_basic(scheme: &[u8]) -> bool {
    scheme.eq_ignore_ascii_case(b"Basic")
}
