//! The server's key and its self-signed certificate, as the real server makes them (BEHAVIOUR.md 6.4).

use crate::error::Error;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, IsCa, KeyPair, PKCS_RSA_SHA256, SerialNumber, date_time_ymd,
};
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

const KEY_BITS: usize = 2048;

/// A certificate with its private key.
pub(crate) struct Certificate {
    pub(crate) pem: String,
    pub(crate) der: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Certificate {
    /// RSA 2048, X.509 v3 without any extension, CN=anonymous, a random 20-byte serial, 2000 to 9999.
    pub(crate) fn make() -> Result<Certificate, Error> {
        let problem = |what: &dyn std::fmt::Display| Error::Tls(what.to_string());
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS).map_err(|error| problem(&error))?;
        let key = key.to_pkcs8_der().map_err(|error| problem(&error))?;
        let key = PrivatePkcs8KeyDer::from(key.as_bytes().to_vec());
        let pair =
            KeyPair::from_pkcs8_der_and_sign_algo(&key, &PKCS_RSA_SHA256).map_err(|error| problem(&error))?;
        let certificate = parameters()?.self_signed(&pair).map_err(|error| problem(&error))?;
        Ok(Certificate {
            pem: certificate.pem(),
            der: certificate.der().clone(),
            key: PrivateKeyDer::Pkcs8(key),
        })
    }
}

fn parameters() -> Result<CertificateParams, Error> {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "anonymous");
    let mut serial = [0; 20];
    getrandom::fill(&mut serial).map_err(|error| Error::Tls(error.to_string()))?;
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
