//! Trust on first use, while a server's key is fetched.

use std::sync::{Arc, OnceLock};

/// The key (SubjectPublicKeyInfo) of the server that answered first.
#[derive(Clone, Debug, Default)]
pub(crate) struct FirstKey(Arc<OnceLock<Vec<u8>>>);

impl FirstKey {
    /// The key, once a server has answered.
    pub(crate) fn get(&self) -> Option<&[u8]> {
        self.0.get().map(Vec::as_slice)
    }

    /// Takes the first key that it is shown for the server's, and tells whether this is it.
    pub(super) fn is(&self, key: &[u8]) -> bool {
        self.0.get_or_init(|| key.to_vec()) == key
    }
}
