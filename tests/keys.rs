//! Key files through the C interface; OpenSSL says what it thinks of what was made, and the sandbox of what was
//! registered.

mod common;

use common::{Server, c_program, root, run};
use std::path::Path;
use std::process::Command;

/// The passphrase that the C program gives to what it encrypts.
const PASSPHRASE: &str = "päss €";

fn openssl(arguments: &[&str], file: &Path) -> String {
    let output = Command::new("openssl").args(arguments).arg("-in").arg(file).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?} {}: {error}", file.display());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn keys_are_read_converted_and_registered() {
    let server = Server::start();
    let keys = root().join("crates/client/tests/keys");
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str| folder.path().join(name);
    let credentials = server.credentials("");
    let said = run(&c_program("keys"), &[keys.as_path(), folder.path(), &credentials]);

    for name in ["rsa", "dsa"] {
        let original = openssl(&["pkey", "-outform", "PEM"], &keys.join(format!("{name}.pem")));
        assert_eq!(openssl(&["pkey"], &made(&format!("{name}.plain.pem"))), original);
        let passphrase = format!("pass:{PASSPHRASE}");
        let encrypted = made(&format!("{name}.encrypted.pem"));
        assert_eq!(openssl(&["pkey", "-passin", &passphrase], &encrypted), original);

        let certificate = made(&format!("{name}.certificate.pem"));
        let public = openssl(&["pkey", "-pubout"], &keys.join(format!("{name}.pem")));
        assert_eq!(openssl(&["x509", "-noout", "-pubkey"], &certificate), public);
        let shown = openssl(
            &["x509", "-noout", "-subject", "-issuer", "-startdate", "-enddate", "-nameopt", "RFC2253"],
            &certificate,
        );
        let who = "CN=301:21.T12345/USER01,UID=301:21.T12345/USER01";
        assert_eq!(
            shown,
            format!(
                "subject={who}\nissuer={who}\nnotBefore=Jan  1 00:00:00 2000 GMT\nnotAfter=Dec 31 23:59:59 9999 GMT\n"
            )
        );
        // Its own signature holds.
        let verified = Command::new("openssl")
            .args(["verify", "-check_ss_sig", "-auth_level", "0", "-CAfile"])
            .args([&certificate, &certificate])
            .output()
            .unwrap();
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        assert!(said.contains(&format!("{name} sha256:")), "{said}");
    }

    let record = server.sandbox.record("21.T12345/KEYS").unwrap();
    let kinds: Vec<_> = record["values"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|value| value["type"] == "HS_PUBKEY")
        .map(|value| (value["index"].as_u64().unwrap(), value["data"]["value"]["kty"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds, [(301, "RSA"), (302, "DSA")]);
}
