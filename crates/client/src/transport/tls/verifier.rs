//! Judging a server's certificate, and always its proof that it has the key.

use super::Provider;
use crate::error::{Error, Kind, Result};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::{CertificateError, DigitallySignedStruct, PeerMisbehaved, RootCertStore, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use std::sync::Arc;
use x509_parser::asn1_rs::Any;
use x509_parser::prelude::{FromDer, X509Certificate};

/// Accepts a server that shows one of the pinned keys, or that an authority vouches for under its name, or
/// anyone. The signature of the handshake is verified in each case.
#[derive(Debug)]
pub(super) struct Verifier {
    anyone: bool,
    pins: Vec<Vec<u8>>,
    authorities: Option<Arc<WebPkiServerVerifier>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Verifier {
    pub(super) fn new(provider: &Provider, roots: RootCertStore, pins: Vec<Vec<u8>>) -> Result<Verifier> {
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
        let algorithms = provider.signature_verification_algorithms;
        Ok(Verifier { anyone: false, pins, authorities, algorithms })
    }

    pub(super) fn of_anyone(provider: &Provider) -> Verifier {
        let algorithms = provider.signature_verification_algorithms;
        Verifier { anyone: true, pins: Vec::new(), authorities: None, algorithms }
    }

    /// Verifies a handshake signature with the key in the certificate. The TLS library's own function refuses
    /// certificates of version 1 and other oddities that do not matter to a pinned key.
    fn verify_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let (_, parsed) =
            X509Certificate::from_der(certificate).map_err(|_| CertificateError::BadEncoding)?;
        let key = parsed.public_key();
        let key_algorithm = algorithm_identifier(key.raw).ok_or(CertificateError::BadEncoding)?;
        let (_, candidates) = self
            .algorithms
            .mapping
            .iter()
            .find(|(scheme, _)| *scheme == signed.scheme)
            .ok_or(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme)?;
        // In TLS 1.2 a scheme leaves the curve open, so there may be several candidates.
        let verified = candidates
            .iter()
            .filter(|candidate| candidate.public_key_alg_id().as_ref() == key_algorithm)
            .any(|candidate| {
                candidate.verify_signature(&key.subject_public_key.data, message, signed.signature()).is_ok()
            });
        if verified {
            Ok(HandshakeSignatureValid::assertion())
        } else {
            Err(CertificateError::BadSignature.into())
        }
    }
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
        if self.anyone {
            return Ok(ServerCertVerified::assertion());
        }
        if let Ok((_, certificate)) = X509Certificate::from_der(end_entity)
            && self.pins.iter().any(|pin| pin == certificate.public_key().raw)
        {
            return Ok(ServerCertVerified::assertion());
        }
        match &self.authorities {
            Some(authorities) => {
                authorities.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            None => Err(CertificateError::ApplicationVerificationFailure.into()),
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

/// The content of the AlgorithmIdentifier in a SubjectPublicKeyInfo, as the verification algorithms name it.
fn algorithm_identifier(key: &[u8]) -> Option<&[u8]> {
    let (_, key) = Any::from_der(key).ok()?;
    let (_, identifier) = Any::from_der(key.data).ok()?;
    Some(identifier.data)
}
