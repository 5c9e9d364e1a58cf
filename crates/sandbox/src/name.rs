//! Handle names (BEHAVIOUR.md 3).

/// The prefix under which all prefix handles live.
const ROOT: &str = "0.NA";

/// A handle name in the spelling of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    pub(crate) fn new(text: impl Into<String>) -> Name {
        Name(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The key the record is stored under: ASCII letters fold, others do not.
    pub(crate) fn key(&self) -> String {
        self.0.to_ascii_uppercase()
    }

    /// The key to read: without a slash, the name of a prefix stands for its handle.
    pub(crate) fn key_to_read(&self) -> String {
        let key = self.key();
        if key.contains('/') { key } else { format!("{ROOT}/{key}") }
    }

    /// The name of a prefix, without the `0.NA/` of its handle.
    pub(crate) fn without_root(&self) -> &str {
        let start = self.0.get(..ROOT.len()).filter(|start| start.eq_ignore_ascii_case(ROOT));
        start.and_then(|_| self.0[ROOT.len()..].strip_prefix('/')).unwrap_or(&self.0)
    }

    /// The key of the prefix handle that decides where this name lives.
    pub(crate) fn prefix_key(&self) -> String {
        let key = self.key();
        let prefix = key.split_once('/').map_or(ROOT, |(prefix, _)| prefix);
        format!("{ROOT}/{prefix}")
    }

    /// For the name of a derived prefix (`0.NA/21.T1.X`): the key of its parent's prefix handle (`0.NA/21.T1`).
    pub(crate) fn parent_prefix_key(&self) -> Option<String> {
        let key = self.key();
        let (parent, _) = key.strip_prefix(ROOT)?.strip_prefix('/')?.rsplit_once('.')?;
        // The dot of `21.T1` separates no derived prefix: its parent `21` is none of ours.
        parent.contains('.').then(|| format!("{ROOT}/{parent}"))
    }

    /// Equality as administrators are compared: the prefix ignores case, the suffix does not (BEHAVIOUR.md 5.7).
    pub(crate) fn same_identity(&self, other: &Name) -> bool {
        match (self.0.split_once('/'), other.0.split_once('/')) {
            (Some((prefix, suffix)), Some((other_prefix, other_suffix))) => {
                prefix.eq_ignore_ascii_case(other_prefix) && suffix == other_suffix
            }
            _ => self.0.eq_ignore_ascii_case(&other.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn keys_fold_ascii_only() {
        assert_eq!(Name::new("21.t1/aü").key(), "21.T1/Aü");
        assert_eq!(Name::new("21.t1").key(), "21.T1");
        assert_eq!(Name::new("21.t1").key_to_read(), "0.NA/21.T1");
        assert_eq!(Name::new("21.t1/a/b").prefix_key(), "0.NA/21.T1");
        assert_eq!(Name::new("21.t1").prefix_key(), "0.NA/0.NA");
    }

    #[test]
    fn prefixes_without_their_root() {
        for (name, prefix) in
            [("0.na/21.T1", "21.T1"), ("21.T1", "21.T1"), ("0.NA", "0.NA"), ("0.NA/0.NA", "0.NA")]
        {
            assert_eq!(Name::new(name).without_root(), prefix);
        }
    }

    #[test]
    fn only_derived_prefixes_have_a_parent() {
        assert_eq!(Name::new("0.na/21.T1.X").parent_prefix_key().as_deref(), Some("0.NA/21.T1"));
        assert_eq!(Name::new("0.NA/21.T1").parent_prefix_key(), None);
        assert_eq!(Name::new("21.T1.X/a").parent_prefix_key(), None);
    }

    #[test]
    fn identities_compare_the_suffix_exactly() {
        assert!(Name::new("21.t1/USER").same_identity(&Name::new("21.T1/USER")));
        assert!(!Name::new("21.T1/user").same_identity(&Name::new("21.T1/USER")));
    }
}
