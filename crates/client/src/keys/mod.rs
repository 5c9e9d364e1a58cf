//! Key files: RSA and DSA keys and certificates, in the formats of the Handle tools, OpenSSL and Java
//! (BEHAVIOUR.md 7), found out from their content.
//!
//! ```text
//! bytes -> container (what the file holds) -> decrypted -> handle_format | asn1 | jwk -> numbers (checked)
//! ```

mod asn1;
mod certificate;
mod cipher;
mod container;
mod elements;
mod encrypted_pkcs8;
mod file;
mod handle_encryption;
mod handle_format;
mod inspect;
mod jwk;
mod numbers;
mod passphrase;
mod private;
mod public;
mod self_signed;
mod sign;

#[cfg(test)]
mod tests;

pub use certificate::Certificates;
pub use container::KeyFormat;
pub use file::{KeyFile, read_key_file, write_key_file};
pub use inspect::{KeyInfo, inspect};
pub use private::PrivateKey;
pub use public::PublicKey;
pub(crate) use sign::SignatureScheme;

use crate::error::{Error, Kind};
use std::fmt;

/// What kind of numbers a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA.
    Rsa,
    /// DSA.
    Dsa,
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyAlgorithm::Rsa => "RSA",
            KeyAlgorithm::Dsa => "DSA",
        })
    }
}

fn invalid(why: impl Into<String>) -> Error {
    Error::new(Kind::KeyInvalid, why)
}

fn damaged(what: &str) -> Error {
    invalid(format!("The {what} is damaged or incomplete. Take it from its source again."))
}

/// For EC keys and whatever else a server does not take (BEHAVIOUR.md 6.2, 6.3).
fn unusable_algorithm(name: &str) -> Error {
    invalid(format!("This is a key of the kind {name}, which Handle servers cannot use. Make an RSA key."))
}
