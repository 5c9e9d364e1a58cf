//! Why a server's certificate was refused.

use super::Pin;
use rustls::CertificateError;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// A refused certificate: the reason, and the key that it shows, so that a user can compare it.
#[derive(Debug)]
pub(in crate::transport) struct Refusal {
    pub(in crate::transport) why: CertificateError,
    pub(in crate::transport) shown: Option<Pin>,
}

impl Refusal {
    /// The refusal behind an error of the TLS library.
    pub(in crate::transport) fn behind(error: &CertificateError) -> Option<&Refusal> {
        match error {
            CertificateError::Other(other) => other.0.downcast_ref(),
            _ => None,
        }
    }

    /// Adds the key to an error of the TLS library.
    pub(super) fn of(error: rustls::Error, shown: Option<Pin>) -> rustls::Error {
        match error {
            rustls::Error::InvalidCertificate(why) => {
                let refusal = Arc::new(Refusal { why, shown });
                CertificateError::Other(rustls::OtherError(refusal)).into()
            }
            other => other,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.why.fmt(f)
    }
}

impl Error for Refusal {}
