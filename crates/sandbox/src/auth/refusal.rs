//! Why credentials are refused, as the challenge says it.

/// A reason to refuse credentials.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// Nobody could be found in the header.
    Nameless,
    /// The answer to a challenge cannot be read.
    Unreadable,
    NotVerified,
}

impl Refusal {
    /// The `error` of a challenge.
    pub(crate) fn error(self) -> Option<&'static str> {
        match self {
            Refusal::Nameless => None,
            Refusal::Unreadable => Some("Error parsing Authorization: Handle"),
            Refusal::NotVerified => Some("Identity not verified"),
        }
    }
}
