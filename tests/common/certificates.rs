//! Certificates of every kind, and the keys to them.

use super::servers::Identity;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256,
    SanType, SignatureAlgorithm, date_time_ymd,
};
use rsa::pkcs8::EncodePrivateKey;
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};

/// A certificate and its key.
pub struct Made {
    pub der: CertificateDer<'static>,
    pub key: KeyPair,
}

impl Made {
    /// Makes a certificate that is signed with its own key.
    pub fn new(key: KeyPair, change: impl FnOnce(&mut CertificateParams)) -> Made {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "anonymous");
        change(&mut params);
        let der = params.self_signed(&key).unwrap().der().clone();
        Made { der, key }
    }

    pub fn identity(&self) -> Identity {
        Identity::new(vec![self.der.clone()], &self.key)
    }

    pub fn pem(&self) -> String {
        pem("CERTIFICATE", &self.der)
    }

    /// SubjectPublicKeyInfo.
    pub fn spki(&self) -> Vec<u8> {
        rcgen::PublicKeyData::subject_public_key_info(&self.key)
    }
}

/// As the servers make it themselves, but for the kind of the key.
pub fn self_made() -> Made {
    Made::new(KeyPair::generate().unwrap(), |_| {})
}

pub fn expired(params: &mut CertificateParams) {
    (params.not_before, params.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
}

pub fn authority(params: &mut CertificateParams) {
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
}

pub fn key_of(algorithm: &'static SignatureAlgorithm) -> KeyPair {
    KeyPair::generate_for(algorithm).unwrap()
}

/// An RSA key, as servers have it.
pub fn rsa_key() -> KeyPair {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
    let der = key.to_pkcs8_der().unwrap();
    KeyPair::from_pkcs8_der_and_sign_algo(&der.as_bytes().into(), &PKCS_RSA_SHA256).unwrap()
}

/// A certificate of version 1 for a key, as old servers made them. Its own signature is nonsense, at which nobody who
/// pins its key looks.
pub fn version_1(key: KeyPair) -> Made {
    let der = |tag: u8, content: &[u8]| {
        let length = content.len();
        // All lengths in the long form's two bytes would not be DER.
        let head = match u8::try_from(length) {
            Ok(short @ 0..0x80) => vec![tag, short],
            Ok(length) => vec![tag, 0x81, length],
            Err(_) => [&[tag, 0x82][..], &u16::try_from(length).unwrap().to_be_bytes()].concat(),
        };
        [head, content.to_vec()].concat()
    };
    const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
    let algorithm = der(0x30, &[der(0x06, SHA256_WITH_RSA), der(0x05, b"")].concat());
    let times = [der(0x17, b"000101000000Z"), der(0x17, b"010101000000Z")].concat();
    let name = der(0x30, b"");
    let spki = rcgen::PublicKeyData::subject_public_key_info(&key);
    let serial = der(0x02, &[0x7f; 20]);
    let parts = [serial, algorithm.clone(), name.clone(), der(0x30, &times), name, spki].concat();
    let certificate = [der(0x30, &parts), algorithm, der(0x03, &[0; 257])].concat();
    Made { der: der(0x30, &certificate).into(), key }
}

/// A certificate for a name that an authority signed, with the authority's PEM text.
pub fn signed(name: SanType) -> (Identity, String) {
    let authority_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    authority(&mut params);
    let ca = params.self_signed(&authority_key).unwrap().pem();
    let issuer = Issuer::new(params, authority_key);
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![name];
    let certificate = params.signed_by(&key, &issuer).unwrap();
    (Identity::new(vec![certificate.der().clone()], &key), ca)
}

/// The hash of a public key, as `HTTPS_verify` takes it.
pub fn hex_hash(spki: &[u8]) -> String {
    let hex: String = Sha256::digest(spki).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Text of a PEM file.
pub fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
