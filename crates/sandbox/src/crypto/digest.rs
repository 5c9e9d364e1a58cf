//! The digests a client may choose from.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// A digest, by the names of `alg`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Digest {
    Md5,
    Sha1,
    Sha256,
}

impl Digest {
    /// Any case.
    pub(crate) fn from_name(name: &str) -> Option<Digest> {
        Some(match name.to_ascii_uppercase().as_str() {
            "MD5" => Digest::Md5,
            "SHA" | "SHA1" | "SHA-1" => Digest::Sha1,
            "SHA2" | "SHA-2" | "SHA256" | "SHA-256" => Digest::Sha256,
            _ => return None,
        })
    }

    pub(crate) fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            Digest::Md5 => Md5::digest(message).to_vec(),
            Digest::Sha1 => Sha1::digest(message).to_vec(),
            Digest::Sha256 => Sha256::digest(message).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn names() {
        assert_eq!(Digest::from_name("sha"), Some(Digest::Sha1));
        assert_eq!(Digest::from_name("Sha-256"), Some(Digest::Sha256));
        for other in ["SHA384", "SHA512", "RS256", "SHA256withRSA", "", "HMAC-SHA1"] {
            assert_eq!(Digest::from_name(other), None, "{other}");
        }
    }
}
