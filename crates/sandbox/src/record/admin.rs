//! HS_ADMIN: who may do what with a handle (BEHAVIOUR.md 5.2, 5.7).

use super::binary::Reader;
use super::malformed::{Malformed, Member, elements};
use super::reference::Reference;
use crate::json::{Json, wrapped_integer};
use std::ops::{BitOr, BitOrAssign};

/// A set of administrator permissions; bit 0 is the last character of the permission string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Permissions(u16);

impl Permissions {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const CREATE_HANDLE: Self = Self(1);
    pub(crate) const DELETE_HANDLE: Self = Self(1 << 1);
    pub(crate) const ADD_DERIVED_PREFIX: Self = Self(1 << 2);
    pub(crate) const MODIFY_VALUE: Self = Self(1 << 4);
    pub(crate) const REMOVE_VALUE: Self = Self(1 << 5);
    pub(crate) const ADD_VALUE: Self = Self(1 << 6);
    pub(crate) const MODIFY_ADMIN: Self = Self(1 << 7);
    pub(crate) const REMOVE_ADMIN: Self = Self(1 << 8);
    pub(crate) const ADD_ADMIN: Self = Self(1 << 9);
    pub(crate) const READ_VALUE: Self = Self(1 << 10);
    pub(crate) const LIST_HANDLES: Self = Self(1 << 11);
    const ALL: Self = Self(0xFFF);
    const COUNT: usize = 12;

    pub(crate) fn contains(self, needed: Self) -> bool {
        self.0 & needed.0 == needed.0
    }

    fn from_text(text: &str) -> Self {
        match text {
            "*" => Self::ALL,
            _ => Self::from_bits(text.chars().rev().map(|character| character == '1')),
        }
    }

    fn from_bits(lowest_first: impl Iterator<Item = bool>) -> Self {
        Self(lowest_first.take(Self::COUNT).enumerate().map(|(bit, set)| u16::from(set) << bit).sum())
    }

    fn from_json(json: Option<&Json>) -> Result<Self, Malformed> {
        Ok(match json {
            None | Some(Json::Null) => Self::NONE,
            Some(Json::Bool(all)) => {
                if *all {
                    Self::ALL
                } else {
                    Self::NONE
                }
            }
            // A number is an integer and stands for its binary digits.
            Some(Json::Number(text)) => {
                let number = wrapped_integer(text).unwrap_or_default();
                Self::from_text(&format!("{number:b}"))
            }
            Some(Json::String(text)) => Self::from_text(text),
            Some(array @ Json::Array(_)) => Self::from_bits(elements(array)?.iter().map(|bit| match bit {
                Json::Bool(set) => *set,
                other => other.as_integer() == Some(1),
            })),
            Some(Json::Object(_)) => return Err(Malformed("permissions must not be an object".to_owned())),
        })
    }

    fn to_text(self) -> String {
        format!("{:012b}", self.0)
    }
}

impl BitOr for Permissions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Permissions {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The content of an HS_ADMIN value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Admin {
    pub(crate) reference: Reference,
    pub(crate) permissions: Permissions,
    /// The old form with two extra zero bytes at the end.
    legacy: bool,
}

impl Admin {
    pub(super) fn from_json(json: &Json) -> Result<Admin, Malformed> {
        Ok(Admin {
            reference: Reference::from_json(json)?,
            permissions: Permissions::from_json(json.get("permissions"))?,
            legacy: matches!(json.get("legacyByteLength"), Some(Json::Bool(true))),
        })
    }

    pub(super) fn to_json(&self) -> Json {
        let mut members = vec![
            ("handle".to_owned(), Json::text(&self.reference.handle)),
            ("index".to_owned(), Json::number(self.reference.index)),
            ("permissions".to_owned(), Json::text(self.permissions.to_text())),
        ];
        if self.legacy {
            members.push(("legacyByteLength".to_owned(), Json::Bool(true)));
        }
        Json::Object(members)
    }

    /// `None` for bytes that are no HS_ADMIN.
    pub(crate) fn decode(data: &[u8]) -> Option<Admin> {
        let mut reader = Reader(data);
        let permissions = Permissions(reader.u16()? & Permissions::ALL.0);
        let reference = Reference::read(&mut reader)?;
        let legacy = match reader.0 {
            [] => false,
            [0, 0] => true,
            _ => return None,
        };
        Some(Admin { reference, permissions, legacy })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = self.permissions.0.to_be_bytes().to_vec();
        self.reference.put(&mut out);
        if self.legacy {
            out.extend_from_slice(&[0, 0]);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn permission_forms() {
        for (json, text) in [
            (r#""011111110011""#, "011111110011"),
            (r#""11""#, "000000000011"),
            (r#""1000000000001""#, "000000000001"),
            (r#""abcdefghijkl""#, "000000000000"),
            (r#""*""#, "111111111111"),
            ("true", "111111111111"),
            ("null", "000000000000"),
            ("1011", "001111110011"),
            ("[1,0,1]", "000000000101"),
        ] {
            let permissions = Permissions::from_json(Some(&parse(json).unwrap())).unwrap();
            assert_eq!(permissions.to_text(), text, "{json}");
        }
    }

    #[test]
    fn bytes_as_recorded() {
        let json = r#"{"handle":"0.NA/21.T12345","index":200,"permissions":"011111110011"}"#;
        let admin = Admin::from_json(&parse(json).unwrap()).unwrap();
        let bytes = admin.encode();
        assert_eq!(hex::encode(&bytes), "07f30000000e302e4e412f32312e543132333435000000c8");
        assert_eq!(Admin::decode(&bytes), Some(admin));
        assert_eq!(Admin::decode(b"not an admin record"), None);
    }
}
