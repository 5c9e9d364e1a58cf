//! Names for new Handles.

use crate::error::{Error, Kind, Result};
use crate::handle::Handle;
use md5::Md5;
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

/// Where a text that names something comes from; part of the name that is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace(Uuid);

impl Namespace {
    /// Reads "dns", "url", "oid", "x500", or the UUID of a namespace of one's own.
    ///
    /// # Errors
    /// [`Kind::InvalidArgument`] for anything else.
    pub fn parse(text: &str) -> Result<Namespace> {
        let namespace = match text.to_ascii_lowercase().as_str() {
            "dns" => Uuid::NAMESPACE_DNS,
            "url" => Uuid::NAMESPACE_URL,
            "oid" => Uuid::NAMESPACE_OID,
            "x500" => Uuid::NAMESPACE_X500,
            other => Uuid::parse_str(other).map_err(|_| {
                Error::new(
                    Kind::InvalidArgument,
                    format!("\"{text}\" is not a namespace; expected dns, url, oid, x500 or a UUID."),
                )
            })?,
        };
        Ok(Namespace(namespace))
    }

    /// The beginning of the digest of namespace and text (RFC 9562, 5.3 and 5.5), made by the crates that read key
    /// files: the UUID crate has others.
    fn digest<D: Digest>(self, text: &str) -> [u8; 16] {
        let digest = D::new().chain_update(self.0).chain_update(text).finalize();
        std::array::from_fn(|place| digest[place])
    }
}

/// A new name under a prefix: `prefix/` and a random UUID.
///
/// # Errors
/// [`Kind::InvalidHandle`] when the prefix cannot be one.
pub fn generate_name(prefix: &str) -> Result<String> {
    named(prefix, Uuid::new_v4())
}

/// The name under a prefix that belongs to a text: the same each time. `version` 5 makes the UUID with SHA-1;
/// 3 with MD5, as ESGF names its data sets.
///
/// # Errors
/// [`Kind::InvalidHandle`] when the prefix cannot be one, [`Kind::InvalidArgument`] for other versions.
pub fn name_from_text(prefix: &str, namespace: Namespace, text: &str, version: i32) -> Result<String> {
    match version {
        3 => named(prefix, Builder::from_md5_bytes(namespace.digest::<Md5>(text)).into_uuid()),
        5 => named(prefix, Builder::from_sha1_bytes(namespace.digest::<Sha1>(text)).into_uuid()),
        _ => Err(Error::new(
            Kind::InvalidArgument,
            format!("UUIDs of version {version} are not made of text; 3 and 5 are."),
        )),
    }
}

fn named(prefix: &str, uuid: Uuid) -> Result<String> {
    let handle = Handle::parse(&format!("{prefix}/{uuid}"))?;
    // A prefix with a slash would be a prefix and the beginning of a suffix.
    if handle.prefix() != prefix {
        return Err(Error::new(
            Kind::InvalidHandle,
            format!("\"{prefix}\" is not a prefix, such as 21.T12345."),
        ));
    }
    Ok(handle.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_names_differ() {
        let (one, other) = (generate_name("21.T12345").unwrap(), generate_name("21.T12345").unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), "21.T12345/".len() + 36);
        for prefix in ["", "a/b", "hdl:21.T1", "a\nb"] {
            assert_eq!(generate_name(prefix).unwrap_err().kind(), Kind::InvalidHandle, "{prefix:?}");
        }
    }

    /// Compared with uuid.uuid5 and uuid.uuid3 of Python.
    #[test]
    fn names_of_texts_are_always_the_same() {
        let name = |namespace: &str, text: &str, version: i32| {
            name_from_text("21.14100", Namespace::parse(namespace).unwrap(), text, version)
        };
        assert_eq!(name("dns", "python.org", 5).unwrap(), "21.14100/886313e1-3b8a-5372-9b90-0c9aee199e5d");
        assert_eq!(name("DNS", "python.org", 3).unwrap(), "21.14100/6fa459ea-ee8a-3ca4-894e-db77e160355e");
        let own = name("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org", 5);
        assert_eq!(own.unwrap(), "21.14100/886313e1-3b8a-5372-9b90-0c9aee199e5d");
        assert!(name("dns", "x", 4).is_err());
        assert!(Namespace::parse("esgf").is_err());
    }
}
