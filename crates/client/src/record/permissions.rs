//! The permissions of an administrator (BEHAVIOUR.md 5.7), in the two orders in which they are written down.

use std::fmt;

/// What an HS_ADMIN value permits: bit 0 is create_handle, bit 11 is list_handles, as in the binary value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdminPermissions(u32);

/// In which order a string of 0 and 1 names the permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// JSON: from list_handles to create_handle.
    Json,
    /// Batch files: from create_handle to list_handles.
    Batch,
}

const COUNT: usize = 12;

/// The names of the bits, from bit 0 on.
const NAMES: [&str; COUNT] = [
    "create_handle",
    "delete_handle",
    "add_derived_prefix",
    "delete_derived_prefix",
    "modify_value",
    "remove_value",
    "add_value",
    "modify_admin",
    "remove_admin",
    "add_admin",
    "read_value",
    "list_handles",
];

impl AdminPermissions {
    /// All rights but to list the Handles of a prefix and those on derived prefixes.
    pub const OWNER: AdminPermissions = AdminPermissions(0b0111_1111_0011);

    pub(crate) const CREATE_HANDLE: u32 = 1 << 0;
    pub(crate) const MODIFY_ADMIN: u32 = 1 << 7;

    /// Reads 12 characters of 0 and 1. Servers accept much else and mean something else by it
    /// (BEHAVIOUR.md 5.2), so nothing else is taken here.
    pub fn parse(text: &str, order: Order) -> Option<AdminPermissions> {
        if text.len() != COUNT || !text.bytes().all(|bit| matches!(bit, b'0' | b'1')) {
            return None;
        }
        let bit = |(at, bit): (usize, u8)| u32::from(bit == b'1') << at;
        Some(AdminPermissions(match order {
            Order::Json => text.bytes().rev().enumerate().map(bit).sum(),
            Order::Batch => text.bytes().enumerate().map(bit).sum(),
        }))
    }

    /// The permissions with these bits, if there are no others.
    pub fn from_bits(bits: u32) -> Option<AdminPermissions> {
        (bits < 1 << COUNT).then_some(AdminPermissions(bits))
    }

    /// One bit per permission.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The string of 0 and 1.
    pub fn text(self, order: Order) -> String {
        let bit = |at: usize| if self.0 & 1 << at == 0 { '0' } else { '1' };
        match order {
            Order::Json => (0..COUNT).rev().map(bit).collect(),
            Order::Batch => (0..COUNT).map(bit).collect(),
        }
    }

    /// Those that the other has not.
    pub(crate) fn without(self, other: AdminPermissions) -> AdminPermissions {
        AdminPermissions(self.0 & !other.0)
    }

    /// The names of the permissions.
    pub(crate) fn names(self) -> Vec<&'static str> {
        (0..COUNT).filter(|at| self.0 & 1 << at != 0).map(|at| NAMES[at]).collect()
    }

    pub(crate) fn has(self, bits: u32) -> bool {
        self.0 & bits == bits
    }
}

impl fmt::Display for AdminPermissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Order::Json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_name_the_same_permissions() {
        let owner = AdminPermissions::parse("011111110011", Order::Json).unwrap();
        assert_eq!(owner, AdminPermissions::OWNER);
        assert_eq!(owner.text(Order::Batch), "110011111110");
        assert_eq!(AdminPermissions::parse("110011111110", Order::Batch), Some(owner));
        assert!(owner.has(AdminPermissions::CREATE_HANDLE | AdminPermissions::MODIFY_ADMIN));
        assert!(
            !AdminPermissions::parse("011101111111", Order::Json)
                .unwrap()
                .has(AdminPermissions::MODIFY_ADMIN)
        );
        for bits in 0..1 << 12 {
            let permissions = AdminPermissions::from_bits(bits).unwrap();
            for order in [Order::Json, Order::Batch] {
                assert_eq!(AdminPermissions::parse(&permissions.text(order), order), Some(permissions));
            }
        }
    }

    #[test]
    fn nothing_else_is_taken() {
        for text in ["", "1", "01111111001", "0111111100110", "01111111001x", "*", "true"] {
            assert_eq!(AdminPermissions::parse(text, Order::Json), None, "{text}");
        }
        assert_eq!(AdminPermissions::from_bits(1 << 12), None);
    }
}
