//! The server's key and its self-signed certificate, as the real server makes them (BEHAVIOUR.md 6.4).

use crate::error::Error;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, IsCa, KeyPair, PKCS_RSA_SHA256, SerialNumber, date_time_ymd,
};
use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use rsa::rand_core::OsRng;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};

const KEY_BITS: usize = 2048;

/// A certificate with its private key, in PEM.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Certificate {
    pub(crate) pem: String,
    pub(crate) key_pem: String,
}

impl Certificate {
    /// RSA 2048, X.509 v3 without any extension, CN=anonymous, a random 20-byte serial, 2000 to 9999.
    pub(crate) fn make() -> Result<Certificate, Error> {
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS).map_err(problem)?;
        let key_pem = key.to_pkcs8_pem(LineEnding::LF).map_err(problem)?.to_string();
        let pair = KeyPair::from_pkcs8_pem_and_sign_algo(&key_pem, &PKCS_RSA_SHA256).map_err(problem)?;
        let certificate = parameters()?.self_signed(&pair).map_err(problem)?;
        Ok(Certificate { pem: certificate.pem(), key_pem })
    }

    pub(crate) fn der(&self) -> Result<CertificateDer<'static>, Error> {
        CertificateDer::from_pem_slice(self.pem.as_bytes()).map_err(problem)
    }

    pub(crate) fn key_der(&self) -> Result<PrivateKeyDer<'static>, Error> {
        PrivateKeyDer::from_pem_slice(self.key_pem.as_bytes()).map_err(problem)
    }
}

fn problem(problem: impl std::fmt::Display) -> Error {
    Error::Tls(problem.to_string())
}

fn parameters() -> Result<CertificateParams, Error> {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "anonymous");
    let mut serial = [0; 20];
    getrandom::fill(&mut serial).map_err(problem)?;
    // A serial number is positive and its first byte is not dropped.
    serial[0] = serial[0] & 0x7F | 0x40;
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = name;
    parameters.serial_number = Some(SerialNumber::from_slice(&serial));
    parameters.not_before = date_time_ymd(2000, 1, 1);
    parameters.not_after = date_time_ymd(9999, 12, 31) + std::time::Duration::from_secs(86_399);
    // Without authority there is nothing left that rcgen writes an extension for.
    parameters.is_ca = IsCa::NoCa;
    Ok(parameters)
}
