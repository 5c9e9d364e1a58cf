//! The identity of a caller: `index:handle`.

use crate::name::Name;
use crate::record::Reference;
use std::fmt;

/// An authenticated caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// 0 when the caller named none.
    pub(crate) index: i32,
    pub(crate) handle: Name,
}

impl Identity {
    /// `index:handle`, or a handle alone.
    pub(crate) fn parse(id: &str) -> Identity {
        let split = id.split_once(':').and_then(|(index, handle)| Some((index.parse().ok()?, handle)));
        let (index, handle) = split.unwrap_or((0, id));
        Identity { index, handle: Name::new(handle) }
    }

    /// Whether a reference names this identity; its index 0 means any.
    pub(crate) fn is_named_by(&self, reference: &Reference) -> bool {
        (reference.index == 0 || reference.index == self.index)
            && self.handle.same_identity(&Name::new(&reference.handle))
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.index, self.handle.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_in_handles() {
        let id = |index, handle: &str| Identity { index, handle: Name::new(handle) };
        assert_eq!(Identity::parse("300:a/b:c"), id(300, "a/b:c"));
        assert_eq!(Identity::parse("a/b:c"), id(0, "a/b:c"));
    }

    #[test]
    fn references_with_index_zero_name_every_index() {
        let reference = |index| Reference { handle: "21.T1/A".to_owned(), index };
        let identity = Identity::parse("300:21.t1/A");
        assert!(identity.is_named_by(&reference(0)) && identity.is_named_by(&reference(300)));
        assert!(!identity.is_named_by(&reference(301)));
        assert!(!Identity::parse("21.T1/A").is_named_by(&reference(300)));
    }
}
