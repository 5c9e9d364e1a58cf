//! The recorded key files: each is read, and written again byte for byte where the format leaves no choice.

use super::*;
use crate::Kind;
use crate::keys::{Certificates, KeyAlgorithm, PrivateKey, PublicKey, inspect};
use pem::parse;

/// Recorded keys, each as NAME-priv.bin, NAME-priv.pem, NAME-pub.bin, NAME-pub.pem.
const KEYS: [(&str, KeyAlgorithm, usize); 6] = [
    ("admin-300-rsa2048", KeyAlgorithm::Rsa, 2048),
    ("user01-301-rsa2048", KeyAlgorithm::Rsa, 2048),
    ("user01-302-dsa2048", KeyAlgorithm::Dsa, 2048),
    ("user01-304-dsa1024", KeyAlgorithm::Dsa, 1024),
    ("user02-301-rsa2048", KeyAlgorithm::Rsa, 2048),
    ("user03-301-rsa2048", KeyAlgorithm::Rsa, 2048),
];

#[test]
fn keys_convert_both_ways_byte_for_byte() {
    let Some(folder) = recordings() else { return };
    for (name, algorithm, bits) in KEYS {
        let file = |rest: &str| sample(&folder, &format!("{name}-{rest}"));
        let (bin, pem) = (file("priv.bin"), file("priv.pem"));
        for source in [&bin, &pem] {
            let key = PrivateKey::read(source, None).unwrap();
            assert_eq!((key.algorithm(), key.bits()), (algorithm, bits), "{name}");
            assert_eq!(*key.to_handle(None).unwrap(), bin, "{name}");
            // The tools differ in the length of lines.
            assert_eq!(parse(&*key.to_pem(None).unwrap()).unwrap(), parse(&pem).unwrap(), "{name}");
        }
        let (bin, pem) = (file("pub.bin"), file("pub.pem"));
        let private = PrivateKey::read(&file("priv.bin"), None).unwrap();
        let mut publics =
            vec![PublicKey::read(&bin).unwrap(), PublicKey::read(&pem).unwrap(), private.public_key()];
        if let Ok(jwk) = std::fs::read(folder.join("keys").join(format!("{name}-pub.jwk.json"))) {
            publics.push(PublicKey::read(&jwk).unwrap());
        }
        for key in &publics {
            assert_eq!((key.algorithm(), key.bits()), (algorithm, bits), "{name}");
            assert_eq!(key.to_handle(), bin, "{name}");
            assert_eq!(parse(key.to_pem()).unwrap(), parse(&pem).unwrap(), "{name}");
            assert_eq!(*key, publics[0]);
        }
    }
}

#[test]
fn every_encryption_is_read() {
    let Some(folder) = recordings() else { return };
    let rsa = "user01-301-rsa2048-priv";
    for (name, plain, passphrase, encryption) in [
        ("enc-des-cbc.bin", rsa, PASSPHRASE, "DES-CBC, MD5"),
        ("enc-des-ecb.bin", rsa, PASSPHRASE, "DES-ECB, MD5"),
        ("enc-pbkdf2-aes.bin", rsa, PASSPHRASE, "AES-128-CBC, PBKDF2"),
        ("enc-pbkdf2-aes-nonascii.bin", rsa, NON_ASCII.as_bytes(), "AES-128-CBC, PBKDF2"),
        ("enc-pbkdf2-desede.bin", rsa, PASSPHRASE, "DES-EDE3-CBC, PBKDF2"),
        ("enc.pem", rsa, PASSPHRASE, "DES-EDE3-CBC, PKCS#12 with SHA-1"),
        ("enc-pbkdf2-aes.bin", "user01-302-dsa2048-priv", PASSPHRASE, "AES-128-CBC, PBKDF2"),
    ] {
        let bytes = sample(&folder, &format!("{plain}.{name}"));
        let info = inspect(&bytes).unwrap();
        assert_eq!(info.encryption.as_deref(), Some(encryption), "{name}");
        assert_eq!((info.algorithm, info.bits), (None, None), "{name}");
        let key = PrivateKey::read(&bytes, Some(passphrase)).unwrap();
        assert_eq!(*key.to_handle(None).unwrap(), sample(&folder, &format!("{plain}.bin")), "{name}");
        let kind = |passphrase| PrivateKey::read(&bytes, passphrase).unwrap_err().kind();
        assert_eq!(kind(None), Kind::PassphraseNeeded, "{name}");
        assert_eq!(kind(Some(b"wrong")), Kind::PassphraseWrong, "{name}");
        assert_eq!(PublicKey::read(&bytes).unwrap_err().kind(), Kind::PassphraseNeeded, "{name}");
    }
}

#[test]
fn a_key_without_public_exponent_is_completed() {
    let Some(folder) = recordings() else { return };
    let key = PrivateKey::read(&sample(&folder, "user01-301-rsa2048-priv.noncrt.bin"), None).unwrap();
    assert_eq!(key.public_key().to_handle(), sample(&folder, "user01-301-rsa2048-pub.bin"));
    let signature = key.sign(crate::keys::SignatureScheme::RsaPkcs1Sha256, b"message").unwrap();
    let whole = PrivateKey::read(&sample(&folder, "user01-301-rsa2048-priv.bin"), None).unwrap();
    assert_eq!(signature, whole.sign(crate::keys::SignatureScheme::RsaPkcs1Sha256, b"message").unwrap());
}

#[test]
fn every_other_sample_is_what_its_name_says() {
    let Some(folder) = recordings() else { return };
    let (mut certificates, mut all) = (0, 0);
    for entry in std::fs::read_dir(folder.join("keys")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let bytes = sample(&folder, &name);
        all += 1;
        if name.contains("-ec-") {
            let error = if name.contains("cert") {
                Certificates::read(&bytes).unwrap_err()
            } else {
                PrivateKey::read(&bytes, None).unwrap_err()
            };
            assert_eq!(error.kind(), Kind::KeyInvalid);
            assert!(
                error.message().contains("EC, which Handle servers cannot use. Make an RSA key"),
                "{error}"
            );
            assert_eq!(inspect(&bytes).unwrap_err().kind(), Kind::KeyInvalid);
        } else if name.contains("cert") {
            certificates += 1;
            identity_fits(&folder, &name, &bytes);
        } else {
            let info = inspect(&bytes).unwrap();
            assert_eq!(info.format.is_private(), name.contains("-priv"), "{name}");
            assert_eq!(info.is_encrypted(), name.contains(".enc"), "{name}");
        }
    }
    assert!(certificates > 20 && all > 50, "{certificates} of {all}");
}

fn identity_fits(folder: &Path, name: &str, bytes: &[u8]) {
    let certificates = Certificates::read(bytes).unwrap();
    let Ok(identity) = certificates.identity() else {
        let unnamed = ["server-certificate.pem"];
        assert!(unnamed.contains(&name), "{name}: {}", certificates.identity().unwrap_err());
        return;
    };
    let expected = match name {
        "admin-300-cert-cn.pem" => "300:0.NA/21.T12345",
        "tu-300-cert-cn.pem" => return,
        "tu-301-cert-cn.pem" => return,
        name if name.starts_with("user01-301-cert") || name.starts_with("user02key") => {
            "301:21.T12345/USER01"
        }
        name if name.starts_with("user01-302") => "302:21.T12345/USER01",
        name if name.starts_with("user01-304") => "304:21.T12345/USER01",
        name if name.starts_with("user01-0-") => "0:21.T12345/USER01",
        name if name.starts_with("user02-301") => "301:21.T12345/USER02",
        name if name.starts_with("user03-301") => "301:21.T12345/USER03",
        _ => return,
    };
    assert_eq!(identity.to_string(), expected, "{name}");
    let key = match name {
        name if name.starts_with("user01-302") => "user01-302-dsa2048-pub.pem",
        name if name.starts_with("user01-304") => "user01-304-dsa1024-pub.pem",
        name if name.starts_with("user01-") => "user01-301-rsa2048-pub.pem",
        name if name.starts_with("user02") => "user02-301-rsa2048-pub.pem",
        name if name.starts_with("user03") => "user03-301-rsa2048-pub.pem",
        _ => "admin-300-rsa2048-pub.pem",
    };
    assert_eq!(*certificates.public_key(), PublicKey::read(&sample(folder, key)).unwrap(), "{name}");
}
