//! TLS as the real server speaks it: 1.2 only, ECDHE-RSA with AES-GCM, no ALPN (BEHAVIOUR.md 1).

mod clients;
mod stream;

use crate::certificate::Certificate;
use crate::error::Error;
use clients::AnyClient;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::{cipher_suite, default_provider};
use rustls::server::WebPkiClientVerifier;
use std::sync::Arc;

pub(crate) use stream::TlsStream;

/// Whether a listener asks clients for a certificate in the first handshake (BEHAVIOUR.md 6.3). A listener that does
/// speaks HTTPS only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// Never, as the stock configuration. It would ask later, by a renegotiation, which the sandbox cannot do.
    #[default]
    None,
    /// It asks; clients without one may log in otherwise.
    Want,
    /// It asks, and drops clients without one.
    Need,
}

/// The configuration for a certificate.
pub(crate) fn configure(certificate: &Certificate, clients: ClientAuth) -> Result<Arc<ServerConfig>, Error> {
    let provider = CryptoProvider {
        cipher_suites: vec![
            cipher_suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ],
        ..default_provider()
    };
    let problem = |error: rustls::Error| Error::Tls(error.to_string());
    let config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS12])
        .map_err(problem)?
        .with_client_cert_verifier(match clients {
            ClientAuth::None => WebPkiClientVerifier::no_client_auth(),
            ClientAuth::Want => Arc::new(AnyClient { mandatory: false }),
            ClientAuth::Need => Arc::new(AnyClient { mandatory: true }),
        })
        .with_single_cert(vec![certificate.der()?], certificate.key_der()?)
        .map_err(problem)?;
    Ok(Arc::new(config))
}
