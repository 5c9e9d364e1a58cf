//! The foundation of the C layer: what every function needs, and none of what they are about.

pub(crate) mod allocator;
pub(crate) mod boundary;
pub(crate) mod bytes;
mod descriptors;
mod floating;
pub(crate) mod passphrase;
pub(crate) mod pointer;
mod sigpipe;
pub(crate) mod text;
