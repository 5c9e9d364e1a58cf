//! Judging a server's certificate, and always its proof that it has the key.

use super::{FirstKey, Pin, Provider, Refusal};
use crate::error::{Error, Kind, Result};
use crate::fault::fault_point;
use crate::keys::{KeyAlgorithm, PublicKey};
use crate::x509::{Certificate, SubjectPublicKey};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::{CertificateError, DigitallySignedStruct, PeerMisbehaved, RootCertStore, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use std::sync::Arc;

/// Judges certificates; the signature of the handshake is verified in each case.
#[derive(Debug)]
pub(super) struct Verifier {
    accepted: Accepted,
    algorithms: WebPkiSupportedAlgorithms,
}

/// Which servers are accepted.
#[derive(Debug)]
enum Accepted {
    /// Those that show a pinned key, and those that an authority vouches for under their name.
    Known {
        pins: Vec<Pin>,
        authorities: Option<Arc<WebPkiServerVerifier>>,
    },
    First(FirstKey),
    #[cfg(feature = "insecure-tls")]
    Anyone,
}

impl Verifier {
    pub(super) fn new(provider: &Provider, roots: RootCertStore, pins: Vec<Pin>) -> Result<Verifier> {
        let authorities = if roots.is_empty() {
            None
        } else {
            let built =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
            Some(built.map_err(|error| {
                Error::new(
                    Kind::ConfigInvalid,
                    format!("The certificate authorities cannot be used ({error})."),
                )
            })?)
        };
        Ok(Verifier::of(provider, Accepted::Known { pins, authorities }))
    }

    pub(super) fn of_first(provider: &Provider, key: FirstKey) -> Verifier {
        Verifier::of(provider, Accepted::First(key))
    }

    #[cfg(feature = "insecure-tls")]
    pub(super) fn of_anyone(provider: &Provider) -> Verifier {
        Verifier::of(provider, Accepted::Anyone)
    }

    fn of(provider: &Provider, accepted: Accepted) -> Verifier {
        Verifier { accepted, algorithms: provider.signature_verification_algorithms }
    }

    /// Verifies a handshake signature with the key in the certificate. The TLS library's own function refuses
    /// certificates of version 1 and other oddities that do not matter to a pinned key.
    fn verify_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let key = key_of(certificate)?;
        let (_, candidates) = self
            .algorithms
            .mapping
            .iter()
            .find(|(scheme, _)| *scheme == signed.scheme)
            .ok_or(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme)?;
        // In TLS 1.2 a scheme leaves the curve open, so there may be several candidates.
        let verified = candidates
            .iter()
            .filter(|candidate| candidate.public_key_alg_id().as_ref() == key.algorithm)
            .any(|candidate| candidate.verify_signature(key.key, message, signed.signature()).is_ok());
        if verified {
            Ok(HandshakeSignatureValid::assertion())
        } else if let Some(bits) = bits_of_short_rsa_key(key.bytes) {
            Err(rustls::Error::General(format!(
                "the server's RSA key has only {bits} bits, and TLS here takes no less than {LEAST_RSA_BITS}: its \
                 administrator has to make a new one"
            )))
        } else {
            Err(Refusal::of(CertificateError::BadSignature.into(), Some(Pin::of(key.bytes))))
        }
    }
}

/// What the TLS library verifies with.
const LEAST_RSA_BITS: usize = 2048;

fn bits_of_short_rsa_key(key: &[u8]) -> Option<usize> {
    let key = PublicKey::from_spki(key).ok()?;
    (key.algorithm() == KeyAlgorithm::Rsa).then(|| key.bits()).filter(|bits| *bits < LEAST_RSA_BITS)
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        fault_point("verifying");
        let key = key_of(end_entity);
        let shown = key.as_ref().ok().map(|key| Pin::of(key.bytes));
        let verdict = match &self.accepted {
            Accepted::Known { pins, .. } if shown.is_some_and(|shown| pins.contains(&shown)) => Ok(()),
            Accepted::Known { authorities: Some(authorities), .. } => authorities
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map(|_| ()),
            Accepted::Known { authorities: None, .. } => Err(WRONG_KEY.into()),
            Accepted::First(first) => key
                .and_then(|key| if first.is(key.bytes) { Ok(()) } else { Err(WRONG_KEY) })
                .map_err(rustls::Error::from),
            #[cfg(feature = "insecure-tls")]
            Accepted::Anyone => Ok(()),
        };
        match verdict {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(error) => Err(Refusal::of(error, shown)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.verify_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        // TLS 1.3 forbids PKCS#1 v1.5 and binds each ECDSA scheme to its curve.
        let allowed = matches!(
            signed.scheme,
            SignatureScheme::ECDSA_NISTP256_SHA256
                | SignatureScheme::ECDSA_NISTP384_SHA384
                | SignatureScheme::ECDSA_NISTP521_SHA512
                | SignatureScheme::RSA_PSS_SHA256
                | SignatureScheme::RSA_PSS_SHA384
                | SignatureScheme::RSA_PSS_SHA512
                | SignatureScheme::ED25519
        );
        if !allowed {
            return Err(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme.into());
        }
        self.verify_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// What the TLS library has for refusals of our own.
const WRONG_KEY: CertificateError = CertificateError::ApplicationVerificationFailure;

fn key_of<'a>(
    certificate: &'a CertificateDer<'_>,
) -> std::result::Result<SubjectPublicKey<'a>, CertificateError> {
    Certificate::read(certificate)
        .map(|certificate| certificate.key)
        .map_err(|_| CertificateError::BadEncoding)
}
