//! Secrets stay secret: not in errors, not in the log, not in memory once the client is freed.

mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use common::under::{Tool, not_under};
use common::{PASSWORD, Server, USER, c_program, root, run, shared};
use rsa::RsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PrivateKeyParts;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// A secret with the name that the C program prints when it finds it.
type Needle = (&'static str, Vec<u8>);

/// Writes the needles down so that they are not in the memory of who reads them.
fn write_needles(folder: &Path, needles: &[Needle]) -> PathBuf {
    let line = |(name, bytes): &Needle| {
        let hex: String = bytes.iter().map(|byte| format!("{:02x}", !byte)).collect();
        format!("{name} {hex}\n")
    };
    let path = folder.join("needles");
    fs::write(&path, needles.iter().map(line).collect::<String>()).unwrap();
    path
}

fn memory_is_shared() -> bool {
    not_under(
        &[Tool::Asan, Tool::Tsan, Tool::Valgrind],
        "the tool has memory in the process, terabytes of it to search",
    )
}

/// The names of what was found while the client was there. After that nothing may be found.
fn found(server: &Server, more: &str, needles: &[Needle]) -> Vec<String> {
    let credentials = server.write(&format!(
        r#"{{"baseuri": "{}", "HTTPS_verify": "server.pem", {more}}}"#,
        server.sandbox.https_url()
    ));
    let needles = write_needles(server.folder.path(), needles);
    let handle = "21.T12345/SECRETS";
    let said =
        run(&c_program("secrets"), &[credentials.to_str().unwrap(), needles.to_str().unwrap(), handle]);
    let left: Vec<_> = said.lines().filter(|line| line.starts_with("after")).collect();
    assert!(left.is_empty(), "{more}: {left:?}");
    said.lines().filter_map(|line| line.strip_prefix("while ")).map(str::to_owned).collect()
}

#[test]
fn passwords_leave_memory_with_the_client() {
    if memory_is_shared() {
        return;
    }
    let server = Server::start();
    let user = "300%3A21.T12345%2FUSER01";
    let header = BASE64.encode(format!("{user}:{PASSWORD}"));
    let needles = [
        ("password", PASSWORD.as_bytes().to_vec()),
        ("header", header.as_bytes()[header.len() - 24..].to_vec()),
    ];
    let lookup = BASE64.encode("search:search-secret");
    let needles = [&needles[..], &[("lookup", lookup.as_bytes()[4..].to_vec())]].concat();
    let password = format!(r#""username": "{USER}", "password": "{PASSWORD}""#);
    // The one header that is kept ready; others are made for each request.
    let with_lookup = format!(
        r#"{password}, "reverselookup_username": "search", "reverselookup_password": "search-secret""#
    );
    assert!(
        found(&server, &with_lookup, &needles).contains(&"lookup".to_owned()),
        "the search finds no header"
    );
    assert!(found(&server, &password, &needles).contains(&"password".to_owned()), "the search finds nothing");
    let session = format!(r#"{password}, "auth_method": "session""#);
    assert!(found(&server, &session, &needles).contains(&"password".to_owned()), "the search finds nothing");
    // Logging in fails for one who does not exist.
    let nobody = format!(r#""username": "300:21.T12345/NOBODY", "password": "{PASSWORD}""#);
    found(&server, &nobody, &needles);
}

#[test]
fn nothing_that_is_said_contains_a_secret() {
    let keys = root().join("crates/client/tests/keys");
    let keys = keys.display();
    let server = Server::start();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let encrypted = format!(r#""private_key": "{keys}/rsa.encrypted.aes-256-cbc.pem""#);
    let user = r#""username": "301:21.T12345/USER01""#;
    let encoded = BASE64.encode(format!("300%3A21.T12345%2FUSER01:{PASSWORD}"));
    let secrets = [PASSWORD, "search-secret", "wrong-secret", "throw-away", "proxy-secret", &encoded];
    let credentials = [
        format!(r#""username": "{USER}", "password": "{PASSWORD}""#),
        format!(r#""username": "{USER}", "password": "{PASSWORD}", "auth_method": "session""#),
        format!(r#""username": "{USER}", "password": "wrong-secret", "auth_method": "session""#),
        format!(r#""username": "{USER}", "password": "wrong-secret", "auth_method": "secret""#),
        format!(r#""username": "secret-user", "password": "{PASSWORD}""#),
        format!(r#"{user}, {encrypted}, "passphrase": "throw-away""#),
        format!(r#"{user}, {encrypted}, "passphrase": "throw-away-wrong""#),
        format!(r#"{user}, {encrypted}, "passphrase": ["throw-away"]"#),
        format!(
            r#"{user}, {encrypted}, "passphrase": "throw-away", "proxy": "http://u:proxy-secret@127.0.0.1:1""#
        ),
    ];
    let servers = [server.sandbox.https_url(), server.sandbox.http_url(), format!("https://{closed}")];
    let (mut said_nothing, mut lines) = (true, 0);
    for credentials in &credentials {
        for url in &servers {
            let path = server.write(&format!(
                r#"{{"baseuri": "{url}", "HTTPS_verify": "server.pem", "prefix": "21.T12345",
                    "reverselookup_username": "search", "reverselookup_password": "search-secret", {credentials}}}"#
            ));
            for operation in
                [&["register", "21.T12345/X", "http://x/"][..], &["delete", "21.T12345/X"], &["check"]]
            {
                let arguments = [&["log", path.to_str().unwrap()], operation].concat();
                let said = run(&c_program("call"), &arguments);
                for line in said.lines() {
                    let secret = secrets.iter().find(|secret| line.contains(*secret));
                    assert_eq!(secret, None, "{credentials}: {line}");
                    lines += 1;
                }
                said_nothing &= !said.contains("log 3 Logged in as");
            }
        }
    }
    assert!(lines > 100 && !said_nothing, "too little was said");
}

/// The large numbers of an RSA private key, as files write them and as they lie in memory.
fn numbers(key: &Path) -> Vec<Needle> {
    let pem = fs::read_to_string(key).unwrap();
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).map(str::trim_end).collect();
    let key = RsaPrivateKey::from_pkcs8_der(&BASE64.decode(der).unwrap()).unwrap();
    let (p, q) = (&key.primes()[0], &key.primes()[1]);
    let inverse = key.crt_coefficient().unwrap();
    let mut needles = Vec::new();
    for (number, big, little) in [
        (key.d(), "d", "d-reversed"),
        (p, "p", "p-reversed"),
        (q, "q", "q-reversed"),
        (&inverse, "inverse", "inverse-reversed"),
    ] {
        let middle = number.to_bytes_be()[16..40].to_vec();
        needles.push((little, middle.iter().rev().copied().collect()));
        needles.push((big, middle));
    }
    needles
}

#[test]
fn keys_leave_memory_with_the_client() {
    if memory_is_shared() {
        return;
    }
    let key = root().join("crates/client/tests/keys/rsa.pem");
    let mut needles = numbers(&key);
    let pem = fs::read_to_string(&key).unwrap();
    let line = pem.lines().nth(4).unwrap();
    needles.push(("pem", line.as_bytes().to_vec()));
    needles.push(("der", BASE64.decode(line).unwrap()));
    needles.push(("passphrase", b"throw-away".to_vec()));
    let server = Server::start();
    let user = r#""username": "301:21.T12345/USER01""#;
    let folder = root().join("crates/client/tests/keys");
    let folder = folder.display();
    for more in [
        format!(r#"{user}, "private_key": "{folder}/rsa.pem""#),
        format!(r#"{user}, "private_key": "{folder}/rsa.pkcs1.der""#),
        format!(
            r#"{user}, "private_key": "{folder}/rsa.encrypted.aes-256-cbc.pem", "passphrase": "throw-away""#
        ),
        format!(r#"{user}, "private_key": "{folder}/rsa.encrypted.pkcs12.pem", "passphrase": "throw-away""#),
        format!(r#""private_key": "{folder}/rsa.pem", "certificate_only": "{folder}/rsa.certificate.pem""#),
    ] {
        let found = found(&server, &more, &needles);
        assert!(found.iter().any(|name| name.ends_with("-reversed")), "{more}: the search finds no key");
    }
}

#[test]
fn recorded_keys_leave_memory_with_the_client() {
    if memory_is_shared() {
        return;
    }
    let Some(folder) = shared("handle-server") else { return };
    let keys = folder.join("keys");
    let mut needles = numbers(&keys.join("user01-301-rsa2048-priv.pem"));
    needles.push(("passphrase", b"sample passphrase".to_vec()));
    let server = Server::start_with(|options| options.fixture = Some(folder.join("fixture.json")));
    for key in [
        "pem",
        "bin",
        "noncrt.bin",
        "enc-des-cbc.bin",
        "enc-pbkdf2-aes.bin",
        "enc-pbkdf2-desede.bin",
        "enc.pem",
    ] {
        let more = format!(
            r#""username": "301:21.T12345/USER01", "passphrase": "sample passphrase",
               "private_key": "{}/user01-301-rsa2048-priv.{key}""#,
            keys.display()
        );
        let found = found(&server, &more, &needles);
        assert!(found.iter().any(|name| name.ends_with("-reversed")), "{key}: the search finds no key");
    }
}
