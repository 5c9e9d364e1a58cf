//! `b2h key`.

use crate::b2h::{EXAMPLE, Ran, Scene, finish, program};
use crate::common::root;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const FINGERPRINT: &str = "sha256:d7764a3bf798a86029a72db6ac187c5cb9603f4c2f8d0f05d86b79c885565445";
const USER: &str = "301:21.T12345/USER01";

fn key(name: &str) -> String {
    root().join("crates/client/tests/keys").join(name).display().to_string()
}

struct Keys {
    scene: Scene,
    passphrase: String,
}

impl Keys {
    fn new() -> Keys {
        let scene = Scene::new();
        let passphrase = scene.server.folder.path().join("passphrase");
        fs::write(&passphrase, "throw-away\r\nsecond line").unwrap();
        Keys { passphrase: passphrase.display().to_string(), scene }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.scene.run(&[&["key"], arguments].concat())
    }

    fn file(&self, name: &str) -> String {
        self.scene.server.folder.path().join(name).display().to_string()
    }
}

#[test]
fn show() {
    let keys = Keys::new();
    let path = key("rsa.pem");
    keys.run(&["show", &path]).is(
        0,
        &format!("{path}: PKCS#8 private key\n  key          RSA, 1024 bits\n  fingerprint  {FINGERPRINT}\n"),
    );
    keys.run(&["show", "-q", &path]).is(0, "PKCS#8 private key\n");
    let path = key("rsa.encrypted.aes-256-cbc.pem");
    let locked = json!({"file": path, "format": "encrypted PKCS#8 private key", "algorithm": null, "bits": 0,
        "private": true, "locked": true, "encryption": "AES-256-CBC, PBKDF2", "fingerprint": null, "identity": null});
    assert_eq!(keys.run(&["show", "-j", &path]).json(), [locked]);
    assert!(keys.run(&["show", &path]).out.contains("passphrase is needed"));
    let open = keys.run(&["show", "-j", "--passphrase-file", &keys.passphrase, &path]).json();
    assert_eq!((&open[0]["locked"], &open[0]["fingerprint"]), (&json!(false), &json!(FINGERPRINT)));
    keys.run(&["show", "/no/such/key"]).fails(3, "no such file");
    keys.run(&["show", &key("ec.pem")]).fails(3, "RSA");
    keys.run(&["show", "--passphrase-file", "/no/such/file", &path]).fails(3, "/no/such/file");
}

#[test]
fn fingerprint() {
    let keys = Keys::new();
    for name in ["rsa.pem", "rsa.public.pem", "rsa.certificate.pem"] {
        keys.run(&["fingerprint", &key(name)]).is(0, &format!("{FINGERPRINT}\n"));
    }
    let json = keys.run(&["fingerprint", "-j", &key("rsa.der")]).json();
    assert_eq!(json[0]["fingerprint"], FINGERPRINT);
}

#[test]
fn convert() {
    let keys = Keys::new();
    let (bin, pem) = (keys.file("admpriv.bin"), keys.file("key.pem"));
    let convert = ["convert", "--handle", "--new-passphrase-file", &keys.passphrase, "--output", &bin];
    keys.run(&[&convert[..], &[&key("rsa.pem")]].concat()).is(0, &format!("{bin}: written\n"));
    assert_eq!(fs::metadata(&bin).unwrap().permissions().mode() & 0o777, 0o600);
    keys.run(&["show", "-q", &bin]).is(0, "Handle private key\n");
    keys.run(&["convert", "-q", "-o", &pem, "--passphrase-file", &keys.passphrase, &bin]).is(0, "");
    assert!(fs::read_to_string(&pem).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
    keys.run(&["fingerprint", &pem]).is(0, &format!("{FINGERPRINT}\n"));
    // Never overwritten, never printed.
    keys.run(&["convert", "-o", &pem, &key("rsa.pem")]).fails(3, "key.pem");
    keys.run(&["convert", &pem]).fails(2, "--output");
    keys.run(&["convert", "--handle", "--json", &pem]).fails(2, "--output");
    let empty = keys.file("empty");
    fs::write(&empty, "\n").unwrap();
    keys.run(&["convert", "-o", &keys.file("x"), "--new-passphrase-file", &empty, &pem]).fails(2, "empty");
}

#[test]
fn public_halves() {
    let keys = Keys::new();
    let public = fs::read_to_string(key("rsa.public.pem")).unwrap();
    for name in ["rsa.pem", "rsa.certificate.pem", "rsa.public.der"] {
        keys.run(&["public", &key(name)]).is(0, &public);
    }
    assert_eq!(keys.run(&["public", "-j", &key("rsa.pem")]).json(), [json!({"pem": public})]);
    let json = keys.run(&["public", "--handle", "-j", &key("rsa.pem")]).json();
    assert!(json[0]["base64"].as_str().unwrap().starts_with("AAAAC1JTQV9QVUJfS0VZ"));
    let file = keys.file("public.pem");
    let json = keys.run(&["public", "-j", "-o", &file, &key("rsa.pem")]).json();
    assert_eq!(json, [json!({"file": file, "result": "written"})]);
    assert_eq!(fs::read_to_string(&file).unwrap(), public);
}

/// From a key to a user who logs in with it.
#[test]
fn a_key_is_registered_and_used() {
    let keys = Keys::new();
    let value = keys.run(&["value", "--index", "301", &key("rsa.pem")]);
    assert_eq!(value.json()[0]["type"], "HS_PUBKEY");
    keys.scene.run_with(&["modify", "-q", "21.T12345/USER01", "--values", "-"], &value.out).is(0, "");
    let owners = r#"[{"index": 200, "type": "HS_VLIST", "data": {"format": "vlist", "value":
        [{"handle": "21.T12345/USER01", "index": 300}, {"handle": "21.T12345/USER01", "index": 301}]}}]"#;
    keys.scene.server.sandbox.put_values("0.NA/21.T12345", owners).unwrap();
    let credentials = keys.scene.other_credentials(&format!(
        r#""username": "{USER}", "private_key": "{}", "passphrase_file": "passphrase""#,
        key("rsa.encrypted.aes-256-cbc.pem")
    ));
    keys.scene
        .run(&["--log", "error", "-c", credentials.to_str().unwrap(), "modify", EXAMPLE, "NOTE=by key"])
        .is(0, &format!("{EXAMPLE}: modified\n"));
}

#[test]
fn certificates() {
    let keys = Keys::new();
    let file = keys.file("certificate.pem");
    keys.run(&["certificate", "-q", "-o", &file, &key("rsa.pem"), USER]).is(0, "");
    let json = keys.run(&["show", "-j", &file]).json();
    assert_eq!((&json[0]["format"], &json[0]["identity"]), (&json!("X.509 certificate"), &json!(USER)));
    assert!(keys.run(&["certificate", &key("rsa.pem"), USER]).out.starts_with("-----BEGIN CERTIFICATE-----"));
    keys.run(&["certificate", &key("rsa.pem"), "USER01"]).fails(2, "USER01");
    keys.run(&["certificate", &key("rsa.public.pem"), USER]).fails(3, "private");
    keys.run(&["certificate", &key("rsa.pem")]).fails(2, "index:handle");
}

#[test]
fn fetch() {
    let keys = Keys::new();
    let fetched = keys.run(&["fetch"]);
    assert!(fetched.exit == Some(0) && fetched.out.starts_with("sha256:"), "{fetched:?}");
    let file = keys.file("fetched.pem");
    let url = keys.scene.server.sandbox.https_url();
    // Nothing has to be configured.
    keys.run(&["-c", "", "fetch", "--server", &url, "-q", "-o", &file]).is(0, "");
    assert_eq!(fs::read_to_string(&file).unwrap(), fetched.out);
    let pinned = keys
        .scene
        .server
        .write(&format!(r#"{{"handle_server_url": "{url}", "HTTPS_verify": "fetched.pem"}}"#));
    keys.scene
        .run(&["-c", pinned.to_str().unwrap(), "get", EXAMPLE, "URL"])
        .is(0, "https://www.example.org/\n");

    // The record of the prefix has no HS_SITE value here.
    let resolver = keys.scene.credentials.to_str().unwrap();
    keys.run(&["fetch", "--resolver", resolver, "21.T12345"]).fails(4, "21.T12345");
    keys.run(&["fetch", "--resolver", resolver, "21.T12345", "x"]).fails(2, "one prefix");
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let keys = Keys::new();
    let mut command = std::process::Command::new("setsid");
    command.args(["--wait"]).arg(program()).args([
        "key",
        "fingerprint",
        &key("rsa.encrypted.aes-256-cbc.pem"),
    ]);
    finish(command, b"throw-away\n").fails(3, "There is no terminal");
    let members =
        format!(r#""username": "{USER}", "private_key": "{}""#, key("rsa.encrypted.aes-256-cbc.pem"));
    let mut command = std::process::Command::new("setsid");
    command.arg("--wait").arg(program()).args(["get", EXAMPLE]);
    command.env("B2H_CREDENTIALS", keys.scene.other_credentials(&members));
    finish(command, b"").fails(3, "passphrase");
}
