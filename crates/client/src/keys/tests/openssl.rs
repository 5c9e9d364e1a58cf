//! Keys as OpenSSL writes them (tests/keys/make.sh).

use super::*;
use crate::Kind;
use crate::keys::{Certificates, KeyFormat, PrivateKey, PublicKey, inspect};

const FIXTURE_PASSPHRASE: &[u8] = b"throw-away";

const ENCRYPTED: [(&str, &str); 8] = [
    ("rsa.encrypted.aes-128-cbc.pem", "AES-128-CBC, PBKDF2"),
    ("rsa.encrypted.aes-192-cbc.pem", "AES-192-CBC, PBKDF2"),
    ("rsa.encrypted.aes-256-cbc.pem", "AES-256-CBC, PBKDF2"),
    ("rsa.encrypted.des3.pem", "DES-EDE3-CBC, PBKDF2"),
    ("rsa.encrypted.hmacWithSHA1.pem", "AES-256-CBC, PBKDF2"),
    ("rsa.encrypted.hmacWithSHA512.pem", "AES-256-CBC, PBKDF2"),
    ("rsa.encrypted.pkcs12.pem", "DES-EDE3-CBC, PKCS#12 with SHA-1"),
    ("dsa.encrypted.der", "AES-256-CBC, PBKDF2"),
];

fn key(name: &str) -> PrivateKey {
    PrivateKey::read(&fixture(name), None).unwrap()
}

fn invalid(bytes: &[u8]) -> String {
    let error = PrivateKey::read(bytes, Some(FIXTURE_PASSPHRASE)).unwrap_err();
    assert_eq!(error.kind(), Kind::KeyInvalid, "{error}");
    error.message().to_owned()
}

#[test]
fn every_form_of_a_key_is_the_same_key() {
    for (first, others) in [
        ("rsa.pem", ["rsa.pkcs1.pem", "rsa.der", "rsa.pkcs1.der"].as_slice()),
        ("dsa.pem", ["dsa.openssl.pem", "dsa.openssl.der"].as_slice()),
    ] {
        let whole = key(first);
        // PKCS#8 is written as OpenSSL writes it.
        assert_eq!(whole.to_pem(None).unwrap().as_bytes(), fixture(first));
        for other in others {
            assert_eq!(*key(other).to_handle(None).unwrap(), *whole.to_handle(None).unwrap(), "{other}");
        }
        assert_eq!(PublicKey::read(&fixture(first)).unwrap(), whole.public_key());
    }
    for name in ["public.pem", "public.der", "public.pkcs1.pem", "certificate.pem", "certificate.der"] {
        let public = PublicKey::read(&fixture(&format!("rsa.{name}"))).unwrap();
        assert_eq!(public, key("rsa.pem").public_key(), "{name}");
    }
    let public = key("rsa.pem").public_key();
    assert_eq!(public.to_pem().as_bytes(), fixture("rsa.public.pem"));
    assert_eq!(public.to_spki(), fixture("rsa.public.der"));
    assert_eq!(key("dsa.pem").public_key().to_pem().as_bytes(), fixture("dsa.public.pem"));
    assert_ne!(public, key("rsa.e3.pem").public_key());
}

#[test]
fn every_encryption_of_openssl_is_read() {
    for (name, encryption) in ENCRYPTED {
        let bytes = fixture(name);
        let info = inspect(&bytes).unwrap();
        assert_eq!(
            (info.format, info.encryption.as_deref()),
            (KeyFormat::EncryptedPkcs8, Some(encryption)),
            "{name}"
        );
        let plain = key(&format!("{}.pem", name.split_once('.').unwrap().0));
        let read = PrivateKey::read(&bytes, Some(FIXTURE_PASSPHRASE)).unwrap();
        assert_eq!(*read.to_handle(None).unwrap(), *plain.to_handle(None).unwrap(), "{name}");
        let kind = |passphrase| PrivateKey::read(&bytes, passphrase).unwrap_err().kind();
        assert_eq!(kind(None), Kind::PassphraseNeeded, "{name}");
        assert_eq!(kind(Some(b"")), Kind::PassphraseWrong, "{name}");
        assert_eq!(kind(Some(b"throw-awaY")), Kind::PassphraseWrong, "{name}");
        assert_eq!(kind(Some(b"\xFF")), Kind::PassphraseWrong, "{name}");
    }
}

#[test]
fn what_is_written_encrypted_is_read_again() {
    for name in ["rsa.pem", "dsa.pem"] {
        let key = key(name);
        let plain = key.to_handle(None).unwrap();
        for passphrase in ["", "throw-away", NON_ASCII] {
            let handle = key.to_handle(Some(passphrase.as_bytes())).unwrap();
            assert_eq!(inspect(&handle).unwrap().encryption.unwrap(), "AES-128-CBC, PBKDF2");
            let again = PrivateKey::read(&handle, Some(passphrase.as_bytes())).unwrap();
            assert_eq!(*again.to_handle(None).unwrap(), *plain);
        }
        let pem = key.to_pem(Some(NON_ASCII.as_bytes())).unwrap();
        assert_eq!(inspect(pem.as_bytes()).unwrap().encryption.unwrap(), "AES-256-CBC, PBKDF2");
        let again = PrivateKey::read(pem.as_bytes(), Some(NON_ASCII.as_bytes())).unwrap();
        assert_eq!(*again.to_handle(None).unwrap(), *plain);
        assert_ne!(key.to_handle(Some(b"x")).unwrap(), key.to_handle(Some(b"x")).unwrap(), "salt");
    }
}

#[test]
fn certificate_and_key_may_share_a_file() {
    let (certificate, private) = (fixture("rsa.certificate.pem"), fixture("rsa.encrypted.aes-256-cbc.pem"));
    let text = b"\xEF\xBB\xBFBag Attributes\n    friendlyName: user \xC3\xBC\nsubject=/CN=x\n";
    for parts in [
        [text.as_slice(), &certificate, b"Key Attributes: <No Attributes>\n", &private],
        [b"", &private, text, &certificate],
    ] {
        let unix = parts.concat();
        let windows = String::from_utf8(unix.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        for file in [unix, windows] {
            let info = inspect(&file).unwrap();
            assert_eq!((info.format, info.certificates), (KeyFormat::EncryptedPkcs8, 1));
            let certificates = Certificates::read(&file).unwrap();
            let key = PrivateKey::read(&file, Some(FIXTURE_PASSPHRASE)).unwrap();
            assert_eq!(certificates.der(), [fixture("rsa.certificate.der")]);
            assert_eq!(*certificates.public_key(), key.public_key());
            // That of the certificate, for which no passphrase is needed.
            assert_eq!(PublicKey::read(&file).unwrap(), key.public_key());
        }
    }
    let chain = [fixture("dsa.certificate.pem"), certificate].concat();
    let chain = Certificates::read(&chain).unwrap();
    assert_eq!(chain.der().len(), 2);
    assert_eq!(*chain.public_key(), key("dsa.pem").public_key());
    assert_eq!(chain.identity().unwrap().to_string(), "301:21.T12345/USER01");
}

#[test]
fn pasted_text_is_read() {
    let text = String::from_utf8(fixture("rsa.pem")).unwrap();
    let expected = key("rsa.pem").to_handle(None).unwrap();
    for pasted in [
        text.replace('\n', "\n\n"),
        text.replace('\n', "\r"),
        text.replace('\n', " \r\n\t  "),
        text.replace("\n-----END", "\n\n-----END"),
        text.trim_end().to_owned(),
        format!("key: |\n    {}", text.replace('\n', "\n    ")),
    ] {
        let read =
            PrivateKey::read(pasted.as_bytes(), None).unwrap_or_else(|error| panic!("{error}\n{pasted}"));
        assert_eq!(read.to_handle(None).unwrap(), expected, "{pasted}");
    }
}

#[test]
fn what_cannot_be_used_says_why() {
    for (name, said) in [
        ("ec.pem", "kind EC, which Handle servers cannot use. Make an RSA key"),
        ("ec.sec1.pem", "kind EC, which Handle servers cannot use. Make an RSA key"),
        ("ed25519.pem", "kind 1.3.101.112, which Handle servers cannot use. Make an RSA key"),
        ("rsa.512.pem", "512 bits cannot be used"),
        ("rsa.3primes.pem", "more than two primes"),
        ("rsa.public.pem", "no private key, but: public key"),
        ("rsa.certificate.pem", "no private key, but: X.509 certificate"),
        ("rsa.unsupported.traditional.pem", "openssl pkcs8 -topk8"),
        ("rsa.unsupported.scrypt.pem", "openssl pkcs8 -topk8"),
        ("rsa.unsupported.rc2.pem", "openssl pkcs8 -topk8"),
        ("rsa.unsupported.camellia.pem", "openssl pkcs8 -topk8"),
    ] {
        let message = invalid(&fixture(name));
        assert!(message.contains(said), "{name}: {message}");
    }
    for bytes in
        [b"".as_slice(), b"-----BEGIN ", b"hello", b"0", &[0; 4], &[0; 13], b"{}", b"{", b"\xFF\xFE-\0-\0"]
    {
        invalid(bytes);
        assert_eq!(inspect(bytes).unwrap_err().kind(), Kind::KeyInvalid);
        assert_eq!(PublicKey::read(bytes).unwrap_err().kind(), Kind::KeyInvalid);
        assert_eq!(Certificates::read(bytes).unwrap_err().kind(), Kind::KeyInvalid);
    }
    // The certificate beside it does not hide the EC key.
    let both = [fixture("rsa.certificate.pem"), fixture("ec.sec1.pem")].concat();
    assert!(invalid(&both).contains("EC"));
}

#[test]
fn secrets_are_not_shown() {
    let shown = format!("{:?} {:?}", key("rsa.pem"), key("dsa.pem"));
    assert_eq!(shown, "PrivateKey(RSA 1024 bits, not shown) PrivateKey(DSA 1024 bits, not shown)");
}
