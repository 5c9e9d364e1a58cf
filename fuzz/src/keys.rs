//! Key files: whatever is read can be written and read again as the same key, and no bytes do any harm.

use b2handle_client::{Certificates, KeyFile, Kind, PrivateKey, PublicKey, Reference, inspect};

/// That of the keys in crates/client/tests/keys.
const PASSPHRASE: &[u8] = b"throw-away";

pub fn run(data: &[u8]) {
    let info = inspect(data);
    for passphrase in [None, Some(PASSPHRASE)] {
        match KeyFile::read(data, passphrase) {
            Ok(file) => same_again(&file),
            Err(error) => {
                assert!(!error.message().is_empty());
                assert!(
                    error.kind() != Kind::PassphraseNeeded || info.as_ref().is_ok_and(|i| i.is_encrypted())
                );
            }
        }
    }
    let _ = PrivateKey::read(data, None);
    if let Ok(key) = PublicKey::read(data) {
        same_public(&key);
    }
    if let Ok(key) = PublicKey::from_spki(data) {
        same_public(&key);
    }
    if let Ok(certificates) = Certificates::read(data) {
        assert!(!certificates.der().is_empty());
        let _ = certificates.identity();
        same_public(certificates.public_key());
    }
}

fn same_again(file: &KeyFile) {
    if let Ok(key) = file.public_key() {
        same_public(key);
    }
    let Ok(key) = file.private_key() else { return };
    assert!(!file.is_locked());
    let handle = key.to_handle(None).unwrap();
    let again = PrivateKey::read(&handle, None).unwrap();
    assert_eq!(again.public_key(), key.public_key());
    assert_eq!(again.to_handle(None).unwrap(), handle);
    let pem = key.to_pem(None).unwrap();
    let again = PrivateKey::read(pem.as_bytes(), None).unwrap();
    assert_eq!(again.public_key(), key.public_key());
    assert_eq!(again.to_pem(None).unwrap(), pem);
    // What takes long is tried now and then.
    if handle.last().is_some_and(|last| last % 16 == 0) {
        let encrypted = key.to_handle(Some(PASSPHRASE)).unwrap();
        assert!(PrivateKey::read(&encrypted, Some(b"another")).is_err());
        let again = PrivateKey::read(&encrypted, Some(PASSPHRASE)).unwrap();
        assert_eq!(again.to_handle(None).unwrap(), handle);
        certified(key);
    }
}

fn certified(key: &PrivateKey) {
    let identity = Reference { index: 300, handle: "p/u".to_owned() };
    if let Ok(pem) = key.self_signed_certificate(&identity) {
        let certificates = Certificates::read(pem.as_bytes()).unwrap();
        certificates.check_key(key).unwrap();
        assert_eq!(certificates.identity().unwrap(), identity);
    }
}

fn same_public(key: &PublicKey) {
    for written in [key.to_handle(), key.to_spki(), key.to_pem().into_bytes()] {
        let again = PublicKey::read(&written).unwrap();
        assert_eq!((again.algorithm(), again.bits()), (key.algorithm(), key.bits()));
        assert_eq!(again.fingerprint(), key.fingerprint());
    }
}
