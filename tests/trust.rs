//! Whom the client takes for the server, in real handshakes and seen from C.

mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use common::certificates::{self, Made, hex_hash, self_made, signed, version_1};
use common::outcome::{Outcome, call};
use common::servers::{Identity, Misbehaving, answer, read_request};
use rcgen::{PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, SanType};
use rustls::SignatureScheme;
use rustls::version::{TLS12, TLS13};
use sha2::{Digest, Sha256};
use std::path::Path;

const FOUND: &str = "{\"responseCode\":1,\"handle\":\"21.T12345/EXAMPLE\",\"values\":[{\"index\":1,\"type\":\"URL\",\"data\":{\"format\":\"string\",\"value\":\"http://x/\"},\"ttl\":86400}]}";

/// A server with this certificate that finds every Handle.
fn serving(identity: Identity) -> Misbehaving {
    let found = answer("200 OK", "application/json", FOUND);
    Misbehaving::tls(identity, move |stream, _| {
        while read_request(stream).is_some() {
            let _ = stream.write_all(found.as_bytes());
            let _ = stream.flush();
        }
    })
}

type Versions = &'static [&'static rustls::SupportedProtocolVersion];
const ONLY_12: &[Versions] = &[&[&TLS12]];
const BOTH: &[Versions] = &[&[&TLS12], &[&TLS13]];

/// A folder for credentials and what they name.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path().join(name), content).unwrap();
    }

    /// Reads a Handle from a server with this `HTTPS_verify`, in JSON.
    fn verify(&self, server: &Misbehaving, verify: &str) -> Outcome {
        let url = server.https_url();
        self.write("credentials.json", format!(r#"{{"baseuri": "{url}", "HTTPS_verify": {verify}}}"#));
        call(self.path().join("credentials.json"), &["get", "21.T12345/EXAMPLE", "URL"])
    }
}

#[test]
fn a_server_can_be_named_in_many_ways() {
    let folder = Folder::new();
    let (own, other) = (self_made(), self_made());
    folder.write("own.pem", own.pem());
    folder.write("own.der", &own.der);
    folder.write("other.pem", other.pem());
    folder.write("key.pem", certificates::pem("PUBLIC KEY", &own.spki()));
    folder.write("key.der", own.spki());
    folder.write("noted.pem", format!("Our server\n{}", certificates::pem("PUBLIC KEY", &own.spki())));
    let hex = hex_hash(&own.spki());
    let base64 = BASE64.encode(Sha256::digest(own.spki()));
    let server = serving(own.identity());
    for verify in [
        "\"own.pem\"",
        "\"own.der\"",
        "\"key.pem\"",
        "\"key.der\"",
        "\"noted.pem\"",
        "[\"other.pem\", \"own.pem\"]",
        &format!("\"{hex}\""),
        &format!("\"SHA256:{}\"", hex[7..].to_uppercase()),
        &format!("\"sha256//{base64}\""),
        &format!("[\"other.pem\", \"{hex}\"]"),
        "false",
        "\"False\"",
    ] {
        folder.verify(&server, verify).is(0, "");
    }
    let wrong = hex_hash(&other.spki());
    for verify in ["\"other.pem\"", &format!("\"{wrong}\""), &format!("[\"{wrong}\", \"other.pem\"]")] {
        // The message has what there is to compare, and to pin.
        folder.verify(&server, verify).is(43, "none of those that HTTPS_verify names").is(43, &hex);
    }
    folder
        .verify(&server, "true")
        .is(43, "its issuer is unknown")
        .is(43, &hex)
        .is(43, "pin it by setting HTTPS_verify");
    folder.verify(&server, "\"True\"").is(43, "HTTPS_verify");
}

#[test]
fn files_that_name_no_server() {
    let folder = Folder::new();
    let server = serving(self_made().identity());
    folder.verify(&server, "\"no.pem\"").is(22, "no.pem cannot be read");
    folder.write("notes.txt", "no certificate");
    folder.verify(&server, "\"notes.txt\"").is(22, "holds no certificate");
    folder.write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    folder.verify(&server, "\"broken.pem\"").is(22, "cannot be decoded");
    folder.verify(&server, "\"sha256:abcd\"").is(22, "64 hexadecimal digits");
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    folder.verify(&server, "\"empty\"").is(22, "holds no file with a certificate");
}

#[test]
fn authorities_vouch_for_names() {
    let folder = Folder::new();
    let (identity, ca) = signed(SanType::IpAddress([127, 0, 0, 1].into()));
    folder.write("ca.pem", &ca);
    folder.write("other.pem", self_made().pem());
    std::fs::create_dir(folder.path().join("cas")).unwrap();
    folder.write("cas/ca.pem", &ca);
    folder.write("cas/readme", "not a certificate");
    let server = serving(identity);
    folder.verify(&server, "\"ca.pem\"").is(0, "");
    folder.verify(&server, "\"cas\"").is(0, "");
    folder.verify(&server, "[\"cas\", \"other.pem\"]").is(0, "");
    folder.verify(&server, "true").is(43, "its issuer is unknown");
    folder.verify(&server, "\"other.pem\"").is(43, "none of those");
    // A server's own certificate vouches for that server only.
    folder.verify(&serving(self_made().identity()), "\"ca.pem\"").is(43, "issuer is unknown");

    let (identity, ca) = signed(SanType::DnsName("handle.example.org".try_into().unwrap()));
    folder.write("ca.pem", &ca);
    folder.verify(&serving(identity), "\"ca.pem\"").is(44, "for another name");
}

#[test]
fn odd_certificates_can_be_pinned() {
    let folder = Folder::new();
    for (what, made) in [
        ("expired", Made::new(certificates::rsa_key(), certificates::expired)),
        ("an authority's", Made::new(certificates::rsa_key(), certificates::authority)),
        ("without a name", Made::new(certificates::rsa_key(), |_| {})),
        ("version 1", version_1(certificates::rsa_key())),
        ("version 1, ECDSA", version_1(rcgen::KeyPair::generate().unwrap())),
    ] {
        folder.write("own.pem", made.pem());
        folder.write("key.pem", certificates::pem("PUBLIC KEY", &made.spki()));
        for version in BOTH.iter().copied() {
            let server = serving(made.identity().version(version));
            for verify in ["\"own.pem\"", "\"key.pem\"", &format!("\"{}\"", hex_hash(&made.spki()))] {
                println!("{what}, {version:?}, {verify}");
                folder.verify(&server, verify).is(0, "");
            }
            folder.verify(&server, "true").is(43, "not trusted");
        }
    }
}

#[test]
fn an_impostor_with_the_right_certificate() {
    use SignatureScheme::*;
    let folder = Folder::new();
    type MakeKey = fn() -> rcgen::KeyPair;
    let p256: MakeKey = || certificates::key_of(&PKCS_ECDSA_P256_SHA256);
    let p384: MakeKey = || certificates::key_of(&PKCS_ECDSA_P384_SHA384);
    let ed25519: MakeKey = || certificates::key_of(&PKCS_ED25519);
    for (make_key, scheme, versions) in [
        (certificates::rsa_key as MakeKey, RSA_PKCS1_SHA256, ONLY_12),
        (certificates::rsa_key, RSA_PKCS1_SHA512, ONLY_12),
        (certificates::rsa_key, RSA_PSS_SHA256, BOTH),
        (certificates::rsa_key, RSA_PSS_SHA512, BOTH),
        (p256, ECDSA_NISTP256_SHA256, BOTH),
        (p384, ECDSA_NISTP384_SHA384, BOTH),
        (ed25519, ED25519, BOTH),
    ] {
        let (victim, thief) = (Made::new(make_key(), |_| {}), make_key());
        folder.write("own.pem", victim.pem());
        for version in versions.iter().copied() {
            println!("{scheme:?}, {version:?}");
            let shows = |key| Identity::new(vec![victim.der.clone()], key).version(version).signing(scheme);
            folder.verify(&serving(shows(&victim.key)), "\"own.pem\"").is(0, "");
            let impostor = serving(shows(&thief));
            for verify in ["\"own.pem\"", &format!("\"{}\"", hex_hash(&victim.spki())), "false"] {
                folder.verify(&impostor, verify).is(43, "shows a certificate whose key it does not have");
            }
        }
    }
}

#[test]
fn files_of_real_servers() {
    let Some(keys) = common::shared("handle-server/keys") else { return };
    let folder = Folder::new();
    let pem = std::fs::read_to_string(keys.join("user01-301-rsa2048-priv.pem")).unwrap();
    let key = rcgen::KeyPair::from_pkcs8_pem_and_sign_algo(&pem, &rcgen::PKCS_RSA_SHA256).unwrap();
    let server = serving(Made::new(key, |_| {}).identity());
    for (file, status, words) in [
        ("user01-301-rsa2048-pub.pem", 0, ""),
        ("user01-301-rsa2048-pub.bin", 0, ""),
        ("user01-301-cert-cn-expired.pem", 0, ""),
        ("server-certificate.pem", 43, "none of those that HTTPS_verify names"),
        ("user02-301-rsa2048-pub.bin", 43, "none of those that HTTPS_verify names"),
        ("user01-304-dsa1024-pub.pem", 22, "DSA"),
        ("user01-304-dsa1024-pub.bin", 22, "DSA"),
        ("user01-304-cert-dsa-cn.pem", 22, "DSA"),
    ] {
        folder.verify(&server, &format!("\"{}\"", keys.join(file).display())).is(status, words);
    }
}
