//! Why the sandbox does not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why the sandbox does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The fixture file cannot be read.
    UnreadableFixture {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The fixture is not what it should be.
    BadFixture {
        /// The file; `None` for the built-in fixture.
        path: Option<PathBuf>,
        /// What is wrong and where.
        problem: String,
    },
    /// The address cannot be listened on.
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The control endpoint is for this machine alone.
    RemoteControl(SocketAddr),
    /// The key, the certificate or the TLS configuration cannot be made.
    Tls(String),
    /// The record store cannot be used.
    Store(String),
    /// The data file cannot be used.
    Data {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// Another sandbox uses the data file.
    DataInUse {
        /// The file.
        path: PathBuf,
    },
    /// The system refuses a thread.
    Thread(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnreadableFixture { path, source } => {
                write!(f, "cannot read the fixture {}: {source}", path.display())
            }
            Error::BadFixture { path: Some(path), problem } => {
                write!(f, "the fixture {} is not valid: {problem}", path.display())
            }
            Error::BadFixture { path: None, problem } => {
                write!(f, "the built-in fixture is not valid: {problem}")
            }
            Error::Listen { address, source } => {
                write!(f, "cannot listen on {address}: {source}; choose another port, or 0 for a free one")
            }
            Error::RemoteControl(address) => write!(
                f,
                "the control endpoint would be open to other machines on {address}; choose a loopback address \
                 such as 127.0.0.1"
            ),
            Error::Tls(problem) => write!(f, "cannot set up TLS: {problem}"),
            Error::Store(problem) => write!(f, "cannot set up the record store: {problem}"),
            Error::Data { path, problem } => write!(
                f,
                "cannot use the data file {}: {problem}; choose another file, a new one is made",
                path.display()
            ),
            Error::DataInUse { path } => write!(
                f,
                "another sandbox uses the data file {}; stop that one or choose another file",
                path.display()
            ),
            Error::Thread(source) => write!(f, "cannot start a thread: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::UnreadableFixture { source, .. }
            | Error::Listen { source, .. }
            | Error::Thread(source) => Some(source),
            Error::BadFixture { .. }
            | Error::RemoteControl(_)
            | Error::Tls(_)
            | Error::Store(_)
            | Error::Data { .. }
            | Error::DataInUse { .. } => None,
        }
    }
}
