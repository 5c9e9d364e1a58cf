//! Digests and signatures, by the names and encodings of the Handle system.

mod digest;
mod verify;

pub(crate) use digest::Digest;
