//! Whom to take for the server.

mod client;
mod files;
mod first;
mod pin;
mod provider;
mod refusal;
mod system;
mod verifier;

pub(crate) use client::ClientCertificate;
pub(crate) use first::FirstKey;
pub(crate) use pin::Pin;
pub(in crate::transport) use refusal::Refusal;

use crate::error::{Error, Kind, Result};
use rustls::crypto::CryptoProvider;
use std::path::PathBuf;
use std::sync::Arc;
use system::System;
use verifier::Verifier;

/// What the configuration says about it.
#[derive(Clone, Debug)]
pub(crate) enum Trust {
    /// Whoever the system's certificate authorities vouch for, under its name.
    SystemRoots,
    /// Whoever is named here: by the hash of the server's key, or in a file by a CA certificate or by the server's own
    /// certificate or key.
    Named { pins: Vec<Pin>, files: Vec<PathBuf> },
    /// Whoever answers first, and then nobody else.
    First(FirstKey),
    /// Whoever answers.
    #[cfg(feature = "insecure-tls")]
    Anyone,
}

impl Trust {
    /// Whether a server must be somebody in particular.
    pub(crate) fn is_verified(&self) -> bool {
        matches!(self, Trust::SystemRoots | Trust::Named { .. })
    }
}

/// The rule by which certificates are judged, with its files read.
#[derive(Debug)]
pub(in crate::transport) enum Verification {
    System(System),
    Named(files::Named),
    First(FirstKey),
    #[cfg(feature = "insecure-tls")]
    None,
}

impl Verification {
    pub(super) fn new(trust: &Trust) -> Result<Verification> {
        Ok(match trust {
            Trust::SystemRoots => Verification::System(System::find()),
            Trust::Named { pins, files } => Verification::Named(files::read(pins, files)?),
            Trust::First(key) => Verification::First(key.clone()),
            #[cfg(feature = "insecure-tls")]
            Trust::Anyone => Verification::None,
        })
    }

    /// The TLS configuration that applies the rule, and shows a certificate to servers that ask for one.
    pub(super) fn client_config(
        &self,
        certificate: Option<&ClientCertificate>,
    ) -> Result<rustls::ClientConfig> {
        let provider = Arc::new(provider::provider());
        let verifier = match self {
            Verification::System(system) => Verifier::new(&provider, system.roots()?, Vec::new())?,
            Verification::Named(named) => Verifier::new(&provider, named.roots.clone(), named.pins.clone())?,
            Verification::First(key) => Verifier::of_first(&provider, key.clone()),
            #[cfg(feature = "insecure-tls")]
            Verification::None => Verifier::of_anyone(&provider),
        };
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::new(Kind::Internal, format!("TLS cannot be set up ({error}).")))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        Ok(match certificate {
            Some(certificate) => config.with_client_cert_resolver(certificate.resolver()),
            None => config.with_no_client_auth(),
        })
    }
}

type Provider = Arc<CryptoProvider>;
