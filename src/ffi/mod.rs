//! The foundation of the C layer: what every function needs, and none of what they are about.

pub(crate) mod allocator;
pub(crate) mod boundary;
pub(crate) mod bytes;
mod descriptors;
// What it takes from the C library is not for our header.
/// cbindgen:ignore
mod floating;
pub(crate) mod passphrase;
pub(crate) mod pointer;
pub(crate) mod text;
