//! Fetching a server's key to pin it, as a C program does.

mod common;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use common::certificates::{self, Made, hex_hash};
use common::outcome::{Outcome, call};
use common::servers::{Identity, Misbehaving, answer};
use common::{PASSWORD, Server, USER, c_program, run};
use rsa::RsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::pki_types::pem::PemObject;
use serde_json::Value as Json;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

/// A DSA key, as a member of a server.
const DSA_KEY: &str = concat!(
    r#","publicKey":{"format":"key","value":{"kty":"DSA","q":"l2BQjxUjC8yykrmCouuEC_BYHPU","p":""#,
    "_X9TgR11EilS30qcLuzk5_YRt1I870QAwx4_gLZRJmlFXUAiUftZPY1Y-r_F9bow9subVWzXgTuAHTRv8mZgt2uZUKWkn5_oBHsQ",
    "IsJPu6nX_rfGG_g7V-fGqKYVDwT7g_bTxR7DAjVUE1oWkTL2dfOuK2HXKu_yIgMZndFIAcc",
    r#"","g":""#,
    "9-GghdabPd7LvKtcNrhXuXmUr7v6OuqC-VdMCz0HgmdRWVeOutRZT-ZxBxCBgLRJFnEj6EwoFhO3zwkyjMim4TwWeotUfI0o4KOu",
    "HiuzpnWRbqN_C_ohNWLx-2J6ASQ7zKTxvqhRkImog9_hWuWfBpKLZl6Ae1UlZAFMO_7PSSo",
    r#"","y":""#,
    "fDCMhYuq2_ip9NeMSMSiXiDuzYyr9aNy1s4M-OkgmkLe_NPCXC-0sXM8lKS1ITzg27a67s0gkLFo3gHDKgCvSA_KHNtrbLB_Bduz",
    "Nml2k2LBM0e9rqAw52zv7roeapSaB2uWfZpvR8p6phvjQoS9WCVk92gzmO0_hxpx6G0ztUk",
    r#""}}"#,
);

/// Fetches a key with `tests/c/server_key.c` into `server-key.pem` of the folder.
fn fetch(folder: &Path, credentials: &Path, from: &[&str]) -> Outcome {
    let file = folder.join("server-key.pem");
    let arguments = [&[file.to_str().unwrap(), credentials.to_str().unwrap()], from].concat();
    Outcome::of(&run(&c_program("server_key"), &arguments))
}

/// The hash of a server's key, from its certificate.
fn hash_of(server: &Server) -> String {
    let fetched = fetch_from(server);
    fetched.lines().next().unwrap().to_owned()
}

/// Fetches the key of a server from itself, as text.
fn fetch_from(server: &Server) -> String {
    let folder = server.folder.path();
    let json = format!(
        r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "{PASSWORD}",
            "HTTPS_verify": "server-key.pem"}}"#,
        server.sandbox.https_url()
    );
    fetch(folder, &server.write(&json), &[]).is(0, "");
    std::fs::read_to_string(folder.join("server-key.pem")).unwrap()
}

#[test]
fn a_key_that_the_server_gives_can_be_kept() {
    let server = Server::start();
    let key = fetch_from(&server);
    assert_eq!(server.sandbox.requests().len(), 1);
    assert_eq!(server.sandbox.count("GET", "/api/site"), 1);

    // It is the key of the certificate, and the line before it is its hash.
    let (hash, pem) = key.split_once('\n').unwrap();
    let der = SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes()).unwrap();
    assert_eq!(hash, hex_hash(&der));
    let with = |server: &Server, verify: &str| {
        std::fs::write(server.folder.path().join("kept.pem"), &key).unwrap();
        server.write(&format!(
            r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "{PASSWORD}", "HTTPS_verify": "{verify}"}}"#,
            server.sandbox.https_url()
        ))
    };
    const DELETE: &[&str] = &["delete", "21.T12345/EXAMPLE"];
    let impostor = Server::start();
    for verify in ["kept.pem", hash] {
        call(with(&impostor, verify), DELETE).is(43, "Either the server has a new key, or somebody else");
    }
    call(with(&server, hash), &["get", "21.T12345/EXAMPLE", "URL"]).is(0, "");
    call(with(&server, "kept.pem"), DELETE).is(0, "");
    assert!(impostor.sandbox.record("21.T12345/EXAMPLE").is_some());
}

/// A server that answers every request alike, and what it was sent.
fn recording(identity: Identity, body: &str) -> (Misbehaving, Arc<Mutex<String>>) {
    let (reply, seen) = (answer("200 OK", "application/json", body), Arc::new(Mutex::new(String::new())));
    let record = seen.clone();
    let server = Misbehaving::tls(identity, move |stream, _| {
        let mut head = Vec::new();
        let mut byte = [0];
        while stream.read(&mut byte).is_ok_and(|count| count == 1) {
            head.push(byte[0]);
            if head.ends_with(b"\r\n\r\n") {
                record.lock().unwrap().push_str(&String::from_utf8_lossy(&std::mem::take(&mut head)));
                let _ = stream.write_all(reply.as_bytes());
                let _ = stream.flush();
            }
        }
    });
    (server, seen)
}

/// A site with one server, whose key is this member.
fn site(key: &str) -> String {
    format!(
        r#"{{"version":1,"servers":[{{"serverId":1,"address":"192.0.2.1"{key},
            "interfaces":[{{"query":true,"admin":true,"protocol":"HTTP","port":8000}}]}}]}}"#
    )
}

fn jwk(spki: &[u8]) -> String {
    let key = RsaPublicKey::from_public_key_der(spki).unwrap();
    let (n, e) = (BASE64URL.encode(key.n().to_bytes_be()), BASE64URL.encode(key.e().to_bytes_be()));
    format!(r#","publicKey":{{"format":"key","value":{{"kty":"RSA","n":"{n}","e":"{e}"}}}}"#)
}

#[test]
fn a_key_is_not_taken_from_just_anybody() {
    let folder = tempfile::tempdir().unwrap();
    let config = |url: &str| {
        let path = folder.path().join("credentials.json");
        std::fs::write(
            &path,
            format!(r#"{{"baseuri": "{url}", "username": "{USER}", "password": "{PASSWORD}"}}"#),
        )
        .unwrap();
        path
    };
    let (own, other) =
        (Made::new(certificates::rsa_key(), |_| {}), Made::new(certificates::rsa_key(), |_| {}));
    let fetch = |server: &Misbehaving| fetch(folder.path(), &config(&server.https_url()), &[]);
    let answering = |site: &str| recording(own.identity(), &format!(r#"{{"responseCode":1,"site":{site}}}"#));

    let (honest, seen) = answering(&site(&jwk(&own.spki())));
    fetch(&honest).is(0, "");
    let seen = seen.lock().unwrap().to_ascii_lowercase();
    assert!(seen.starts_with("get /api/site http/1.1\r\n"), "{seen}");
    assert!(!seen.contains("authorization"), "{seen}");

    let (proxy, _) = answering(&site(&jwk(&other.spki())));
    fetch(&proxy).is(43, "something in between").is(43, &hex_hash(&own.spki()));
    fetch(&answering(&site("")).0).is(43, "something in between");
    fetch(&answering("{}").0).is(43, "something in between");
    fetch(&recording(own.identity(), "{\"responseCode\":1}").0)
        .is(100, "not the REST API of a Handle server");
    let impostor = Identity::new(vec![own.der.clone()], &other.key);
    let (impostor, _) =
        recording(impostor, &format!(r#"{{"responseCode":1,"site":{}}}"#, site(&jwk(&own.spki()))));
    fetch(&impostor).is(43, "shows a certificate whose key it does not have");
    let plain = Misbehaving::plain(|_| {});
    let over_http = config(&plain.http_url());
    self::fetch(folder.path(), &over_http, &[]).is(63, "plain HTTP");
    assert_eq!(plain.connections.load(Ordering::Relaxed), 0);
}

#[test]
fn a_key_that_a_resolver_knows() {
    let server = Server::start();
    let own_hash = hash_of(&server);
    let text = std::fs::read_to_string(server.folder.path().join("server-key.pem")).unwrap();
    let own = jwk(&SubjectPublicKeyInfoDer::from_pem_slice(text.as_bytes()).unwrap());
    let other_key = certificates::rsa_key();
    let other_spki = rcgen::PublicKeyData::subject_public_key_info(&other_key);
    let (other, other_hash) = (jwk(&other_spki), hex_hash(&other_spki));
    let port = server.sandbox.address().port();

    let member = |address: &str, port: u16, key: &str| {
        format!(
            r#"{{"serverId":1,"address":"{address}"{key},
                "interfaces":[{{"query":true,"admin":true,"protocol":"HTTP","port":{port}}}]}}"#
        )
    };
    let value = |kind: &str, format: &str, value: &str| {
        serde_json::from_str::<Json>(&format!(
            r#"{{"index":1,"type":"{kind}","data":{{"format":"{format}","value":{value}}},"ttl":86400}}"#
        ))
        .unwrap()
    };
    let site = |servers: &[String]| {
        let site = format!(
            r#"{{"version":1,"protocolVersion":"2.11","serialNumber":1,"primarySite":true,"multiPrimary":false,
                "attributes":[],"servers":[{}]}}"#,
            servers.join(",")
        );
        value("HS_SITE", "site", &site)
    };
    let both = [member("192.0.2.7", port, &other), member("127.0.0.1", port, &own)];
    let mut fixture: Json = serde_json::from_str(include_str!("../crates/sandbox/src/fixture.json")).unwrap();
    for (handle, value) in [
        ("0.NA/21.ALL", site(&both)),
        ("0.NA/21.PORTS", site(&[member("127.0.0.1", port - 1, &other), member("127.0.0.1", port, &own)])),
        ("0.NA/21.ELSEWHERE", site(&[member("192.0.2.7", port, &own), member("192.0.2.8", port, &other)])),
        ("0.NA/21.SERVICE", value("HS_SERV", "string", "\"21.T12345/SERVICE\"")),
        ("21.T12345/SERVICE", site(&both)),
        ("0.NA/21.NO-SITE", value("URL", "string", "\"http://x/\"")),
        ("0.NA/21.NO-KEY", site(&[member("127.0.0.1", port, "")])),
        ("0.NA/21.DSA", site(&[member("127.0.0.1", port, DSA_KEY)])),
    ] {
        let record = serde_json::json!({"handle": handle, "values": [value]});
        fixture["records"].as_array_mut().unwrap().push(record);
    }
    let folder = server.folder.path();
    std::fs::write(folder.join("fixture.json"), fixture.to_string()).unwrap();
    let resolver = Server::start_with(|options| options.fixture = Some(folder.join("fixture.json")));
    let resolving = resolver.credentials("");
    let config = server.write(&format!(
        r#"{{"baseuri": "{}", "HTTPS_verify": "server-key.pem", "prefix": "21.ALL"}}"#,
        server.sandbox.https_url()
    ));
    let ask = |prefix: &str| fetch(folder, &config, &[prefix, resolving.to_str().unwrap()]);
    let keys = || {
        let text = std::fs::read_to_string(folder.join("server-key.pem")).unwrap();
        text.lines().filter(|line| line.starts_with("sha256:")).map(str::to_owned).collect::<Vec<_>>()
    };

    for (prefix, requests) in
        [("21.ALL", 1), ("0.NA/21.ALL", 1), ("-", 1), ("21.PORTS", 1), ("21.SERVICE", 2)]
    {
        std::fs::remove_file(folder.join("server-key.pem")).unwrap();
        resolver.sandbox.clear_requests();
        ask(prefix).is(0, "");
        assert_eq!(keys(), [own_hash.as_str()], "{prefix}");
        assert_eq!(resolver.sandbox.requests().len(), requests);
        call(&config, &["get", "21.T12345/EXAMPLE", "URL"]).is(0, "");
    }
    ask("21.ELSEWHERE").is(0, "");
    assert_eq!(keys(), [own_hash.as_str(), other_hash.as_str()]);
    call(&config, &["get", "21.T12345/EXAMPLE", "URL"]).is(0, "");

    ask("21.NOBODY").is(80, "server_key_from_prefix 0.NA/21.NOBODY: There is no such Handle");
    ask("21.NO-SITE").is(82, "names no server");
    ask("21.NO-KEY").is(82, "names no key");
    ask("21.DSA").is(24, "TLS has no DSA");

    // A resolver that is not verified is not asked.
    resolver.sandbox.clear_requests();
    for url in [resolver.sandbox.http_url(), resolver.sandbox.https_url()] {
        let resolving = resolver.write(&format!(r#"{{"baseuri": "{url}", "HTTPS_verify": false}}"#));
        fetch(folder, &config, &["21.ALL", resolving.to_str().unwrap()])
            .is(63, "Nothing was sent to the resolver");
    }
    assert_eq!(resolver.sandbox.requests(), []);
}
