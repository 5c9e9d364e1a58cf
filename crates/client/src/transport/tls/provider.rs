//! The cryptography of connections: what a client of Handle servers uses of the TLS library's own choice. What is not
//! named here is not linked: signing (the client's keys have [`super::ClientCertificate`]) and ChaCha20.

use rustls::crypto::ring::{ALL_KX_GROUPS, cipher_suite::*};
use rustls::crypto::{
    CryptoProvider, GetRandomFailed, KeyProvider, SecureRandom, WebPkiSupportedAlgorithms as Algorithms,
};
use rustls::sign::SigningKey;
use rustls::{SignatureScheme as Scheme, SupportedCipherSuite};
use rustls_pki_types::{PrivateKeyDer, SignatureVerificationAlgorithm};
use std::sync::Arc;
use webpki::ring::*;

pub(super) fn provider() -> CryptoProvider {
    CryptoProvider {
        cipher_suites: CIPHER_SUITES.to_vec(),
        kx_groups: ALL_KX_GROUPS.to_vec(),
        signature_verification_algorithms: Algorithms { all: VERIFIED, mapping: VERIFIED_BY_SCHEME },
        secure_random: &System,
        key_provider: &NoKeys,
    }
}

/// AES-GCM is mandatory in TLS 1.3, and Handle servers have it in TLS 1.2 since they run on Java 8. ChaCha20-Poly1305 came
/// to Java later; a server that takes nothing else cannot be reached.
const CIPHER_SUITES: &[SupportedCipherSuite] = &[
    TLS13_AES_256_GCM_SHA384,
    TLS13_AES_128_GCM_SHA256,
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
];

type Verification = &'static dyn SignatureVerificationAlgorithm;

/// In certificates: all that the TLS library would take.
const VERIFIED: &[Verification] = &[
    ECDSA_P256_SHA256,
    ECDSA_P256_SHA384,
    ECDSA_P384_SHA256,
    ECDSA_P384_SHA384,
    ED25519,
    RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
    RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512,
    RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
    RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
    RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
];

/// In handshakes, the preferred first. In TLS 1.2 a scheme leaves the curve open.
const VERIFIED_BY_SCHEME: &[(Scheme, &[Verification])] = &[
    (Scheme::ECDSA_NISTP384_SHA384, &[ECDSA_P384_SHA384, ECDSA_P256_SHA384]),
    (Scheme::ECDSA_NISTP256_SHA256, &[ECDSA_P256_SHA256, ECDSA_P384_SHA256]),
    (Scheme::ED25519, &[ED25519]),
    (Scheme::RSA_PSS_SHA512, &[RSA_PSS_2048_8192_SHA512_LEGACY_KEY]),
    (Scheme::RSA_PSS_SHA384, &[RSA_PSS_2048_8192_SHA384_LEGACY_KEY]),
    (Scheme::RSA_PSS_SHA256, &[RSA_PSS_2048_8192_SHA256_LEGACY_KEY]),
    (Scheme::RSA_PKCS1_SHA512, &[RSA_PKCS1_2048_8192_SHA512]),
    (Scheme::RSA_PKCS1_SHA384, &[RSA_PKCS1_2048_8192_SHA384]),
    (Scheme::RSA_PKCS1_SHA256, &[RSA_PKCS1_2048_8192_SHA256]),
];

#[derive(Debug)]
struct System;

impl SecureRandom for System {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        getrandom::fill(bytes).map_err(|_| GetRandomFailed)
    }
}

/// The TLS library never gets a private key to load.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _key: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("the library loads no private keys".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_verified_as_by_the_tls_librarys_own_provider() {
        let (ours, theirs) = (provider(), rustls::crypto::ring::default_provider());
        let (ours, theirs) =
            (ours.signature_verification_algorithms, theirs.signature_verification_algorithms);
        assert_eq!(format!("{:?}", ours.all), format!("{:?}", theirs.all));
        assert_eq!(format!("{:?}", ours.mapping), format!("{:?}", theirs.mapping));
    }
}
