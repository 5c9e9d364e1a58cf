//! Which client certificates are let in (BEHAVIOUR.md 6.3).

use crate::client_certificate::ClientCertificate;
use crate::crypto::Digest;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, SignatureScheme};

/// Lets everybody in who has the key of his certificate; issuer, dates and extensions do not matter.
#[derive(Debug)]
pub(super) struct AnyClient {
    pub(super) mandatory: bool,
}

/// What is not in the list of rustls.
const DSA_SHA1: SignatureScheme = SignatureScheme::Unknown(0x0202);
const DSA_SHA256: SignatureScheme = SignatureScheme::Unknown(0x0402);

impl ClientCertVerifier for AnyClient {
    fn client_auth_mandatory(&self) -> bool {
        self.mandatory
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let digest = match signed.scheme {
            SignatureScheme::RSA_PKCS1_SHA1 | DSA_SHA1 => Some(Digest::Sha1),
            SignatureScheme::RSA_PKCS1_SHA256 | DSA_SHA256 => Some(Digest::Sha256),
            _ => None,
        };
        let client = ClientCertificate::from_der(certificate);
        match client.zip(digest) {
            Some((client, digest)) if client.key.verify(digest, message, signed.signature()) => {
                Ok(HandshakeSignatureValid::assertion())
            }
            _ => Err(CertificateError::BadSignature.into()),
        }
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::General("TLS 1.3 is off".to_owned()))
    }

    /// Clients with other keys are dropped when they show them: a client without a scheme to use would rather come
    /// without certificate.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![
            SignatureScheme::RSA_PKCS1_SHA256,
            DSA_SHA256,
            SignatureScheme::ECDSA_NISTP256_SHA256,
            SignatureScheme::RSA_PKCS1_SHA1,
            DSA_SHA1,
        ]
    }
}
