//! One value of a handle record.

use super::key::PublicKey;
use super::reference::Reference;

/// A single data field over this size is accepted, but makes the record unreadable (BEHAVIOUR.md 5.6).
const DATA_LIMIT: usize = 1_048_576;

/// A value as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) index: i32,
    pub(crate) kind: String,
    pub(crate) data: Vec<u8>,
    pub(crate) access: Access,
    pub(crate) ttl: Ttl,
    /// Seconds since 1970.
    pub(crate) timestamp: i64,
    pub(crate) references: Vec<Reference>,
}

impl Value {
    pub(crate) fn is_admin(&self) -> bool {
        self.kind.eq_ignore_ascii_case("HS_ADMIN")
    }

    pub(crate) fn is_vlist(&self) -> bool {
        self.kind.eq_ignore_ascii_case("HS_VLIST")
    }

    pub(crate) fn is_secret_key(&self) -> bool {
        self.kind.eq_ignore_ascii_case("HS_SECKEY")
    }

    pub(crate) fn is_public_key(&self) -> bool {
        self.kind.eq_ignore_ascii_case("HS_PUBKEY")
    }

    /// The data as a public key.
    pub(crate) fn public_key(&self) -> Option<PublicKey> {
        PublicKey::decode(&self.data)
    }

    /// Too large to be decoded again.
    pub(crate) fn is_poisoned(&self) -> bool {
        self.data.len() > DATA_LIMIT
    }

    /// Equal but for the timestamp.
    pub(crate) fn same_content(&self, other: &Value) -> bool {
        self.index == other.index
            && self.kind == other.kind
            && self.data == other.data
            && self.access == other.access
            && self.ttl == other.ttl
            && self.references == other.references
    }
}

/// The permissions of a value: admin read, admin write, public read, public write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access(u8);

impl Access {
    pub(super) const DEFAULT: Access = Access(0b1110);
    pub(super) const ALL: Access = Access(0b1111);

    /// From the right, with the real server's off-by-one: the n-th character from the right counts only in a
    /// string of more than n characters, otherwise the default stays (BEHAVIOUR.md 5.2).
    pub(super) fn from_text(text: &str) -> Access {
        if text == "*" {
            return Access::ALL;
        }
        let characters: Vec<char> = text.chars().rev().collect();
        let counted = characters.len().saturating_sub(1);
        let bits = characters.iter().take(counted).take(4).enumerate();
        Access(bits.fold(Access::DEFAULT.0, |access, (bit, character)| {
            access & !(1 << bit) | (u8::from(*character == '1') << bit)
        }))
    }

    pub(super) fn to_text(self) -> String {
        format!("{:04b}", self.0)
    }

    pub(crate) fn from_bits(bits: u8) -> Access {
        Access(bits & Access::ALL.0)
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn admin_read(self) -> bool {
        self.0 & 0b1000 != 0
    }

    pub(crate) fn public_read(self) -> bool {
        self.0 & 0b0010 != 0
    }

    pub(crate) fn public_write(self) -> bool {
        self.0 & 0b0001 != 0
    }
}

/// How long a value may be cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ttl {
    /// Seconds from the time of reading.
    Relative(i32),
    /// A point in time, in seconds since 1970.
    Absolute(i64),
}

impl Ttl {
    pub(super) const DEFAULT: Ttl = Ttl::Relative(86_400);
}

#[cfg(test)]
mod tests {
    use super::Access;

    #[test]
    fn access_is_off_by_one() {
        for (text, expected) in [
            ("", "1110"),
            ("1", "1110"),
            ("0000", "1000"),
            ("00000", "0000"),
            ("0100", "1100"),
            ("0010", "1010"),
            ("01110", "1110"),
            ("1111", "1111"),
            ("*", "1111"),
        ] {
            assert_eq!(Access::from_text(text).to_text(), expected, "{text}");
        }
    }
}
