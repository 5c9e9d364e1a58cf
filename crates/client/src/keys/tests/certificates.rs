//! Certificates that are made here.

use super::*;
use crate::Reference;
use crate::keys::public::PublicNumbers;
use crate::keys::{Certificates, PrivateKey, PublicKey, SignatureScheme};
use dsa::signature::hazmat::PrehashVerifier;
use rsa::Pkcs1v15Sign;
use rsa::pss::Pss;
use rsa::traits::SignatureScheme as Padding;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

#[test]
fn a_certificate_says_who_and_nothing_else() {
    let long = format!("21.T12345/{}", "ü".repeat(100));
    for (name, algorithm) in [("rsa.pem", "1.2.840.113549.1.1.11"), ("dsa.pem", "2.16.840.1.101.3.4.3.2")] {
        let key = PrivateKey::read(&fixture(name), None).unwrap();
        for handle in ["21.T12345/USER01", "21.T12345/a,b=c+d\"<>;#\\ ", &long] {
            let identity = Reference { index: 301, handle: handle.to_owned() };
            let text = key.self_signed_certificate(&identity).unwrap();
            let made = Certificates::read(text.as_bytes()).unwrap();
            assert_eq!(made.identity().unwrap(), identity);
            assert_eq!(*made.public_key(), key.public_key());

            let (rest, parsed) = X509Certificate::from_der(&made.der()[0]).unwrap();
            assert!(rest.is_empty() && parsed.version() == X509Version::V3 && parsed.extensions().is_empty());
            assert_eq!(parsed.subject(), parsed.issuer());
            let names = if handle == long { 1 } else { 2 };
            assert_eq!(parsed.subject().iter_attributes().count(), names);
            assert_eq!(parsed.signature_algorithm.algorithm.to_id_string(), algorithm);
            assert_eq!(parsed.validity().not_before.to_string(), "Jan  1 00:00:00 2000 +00:00");
            assert_eq!(parsed.validity().not_after.to_string(), "Dec 31 23:59:59 9999 +00:00");
            assert_eq!(parsed.raw_serial().len(), 20);
            let again = key.self_signed_certificate(&identity).unwrap();
            assert_ne!(text, again, "the serial number is random");
        }
    }
}

/// Short keys sign through another crate than usual ones. That OpenSSL takes the signatures is shown through the C
/// interface.
#[test]
fn signatures_verify() {
    use SignatureScheme::*;
    fn hash<D: Digest>() -> Vec<u8> {
        D::digest(b"message").to_vec()
    }
    fn fits(public: &PublicKey, padding: impl Padding, hash: &[u8], signature: &[u8]) {
        let PublicNumbers::Rsa(public) = &public.0 else { panic!("not RSA") };
        public.verify(padding, hash, signature).unwrap();
    }
    let schemes = [RsaPkcs1Sha256, RsaPssSha256];
    for (name, count) in [("rsa.pem", 1), ("rsa.2048.pem", 2)] {
        let key = PrivateKey::read(&fixture(name), None).unwrap();
        let public = key.public_key();
        for scheme in &schemes[..count] {
            let signature = key.sign(*scheme, b"message").unwrap();
            match scheme {
                RsaPkcs1Sha256 => fits(&public, Pkcs1v15Sign::new::<Sha256>(), &hash::<Sha256>(), &signature),
                RsaPssSha256 => fits(&public, Pss::new::<Sha256>(), &hash::<Sha256>(), &signature),
                DsaSha256 => unreachable!(),
            }
        }
        for scheme in &schemes[count..] {
            assert!(key.sign(*scheme, b"message").is_err(), "{scheme:?}");
        }
        assert!(key.sign(DsaSha256, b"message").is_err());
    }
    let dsa = PrivateKey::read(&fixture("dsa.pem"), None).unwrap();
    let signature = dsa.sign(DsaSha256, b"message").unwrap();
    let PublicNumbers::Dsa(public) = dsa.public_key().0 else { panic!("not DSA") };
    let signature = dsa::Signature::try_from(signature.as_slice()).unwrap();
    public.verify_prehash(&hash::<Sha256>(), &signature).unwrap();
    assert!(dsa.sign(RsaPkcs1Sha256, b"message").is_err());
}
