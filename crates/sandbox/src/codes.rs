//! The response codes of the Handle protocol that this server sends (BEHAVIOUR.md 2).

/// The `responseCode` member of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ResponseCode(pub(crate) u16);

impl ResponseCode {
    pub(crate) const SUCCESS: Self = Self(1);
    pub(crate) const ERROR: Self = Self(2);
    pub(crate) const PROTOCOL_ERROR: Self = Self(4);
    pub(crate) const NOT_SUPPORTED: Self = Self(5);
    pub(crate) const HANDLE_NOT_FOUND: Self = Self(100);
    pub(crate) const HANDLE_ALREADY_EXISTS: Self = Self(101);
    pub(crate) const INVALID_HANDLE: Self = Self(102);
    pub(crate) const VALUES_NOT_FOUND: Self = Self(200);
    pub(crate) const VALUE_ALREADY_EXISTS: Self = Self(201);
    pub(crate) const INVALID_VALUE: Self = Self(202);
    pub(crate) const SERVER_NOT_RESPONSIBLE: Self = Self(301);
    pub(crate) const NOT_PERMITTED: Self = Self(400);
    pub(crate) const READABLE_BY_NOBODY: Self = Self(401);
    pub(crate) const AUTHENTICATION_NEEDED: Self = Self(402);
}
