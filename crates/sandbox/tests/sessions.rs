//! Handle sessions and client certificates (BEHAVIOUR.md 6.2, 6.3), with keys made here.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{ClientAuth, Options, Sandbox};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256};
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use support::*;

const CNONCE: &[u8] = b"0123456789abcdef";
const ID: &str = "301:21.T12345/KEYS";

static KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| RsaPrivateKey::new(&mut OsRng, 2048).unwrap());

/// A sandbox in which [`KEY`] belongs to the owner of the prefix.
fn sandbox(client_auth: ClientAuth) -> Sandbox {
    let sandbox = Sandbox::start(Options { client_auth, ..Options::default() }).unwrap();
    let encode = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
    let jwk = json!({"kty": "RSA", "n": encode(KEY.n()), "e": encode(KEY.e())});
    let key = json!([{"index": 301, "type": "HS_PUBKEY", "data": {"format": "key", "value": jwk}}]);
    sandbox.put_values("21.T12345/KEYS", &key.to_string()).unwrap();
    let group = json!([{"index": 200, "type": "HS_VLIST", "data": {"format": "vlist", "value": [
        {"handle": "21.T12345/USER01", "index": 300}, {"handle": "21.T12345/KEYS", "index": 301}]}}]);
    sandbox.put_values("0.NA/21.T12345", &group.to_string()).unwrap();
    sandbox
}

fn ask(sandbox: &Sandbox, method: &str, target: &str, authorization: &str, body: &str) -> Answer {
    let request = request(None, method, target, body);
    let header = format!("\r\nAuthorization: {authorization}\r\n");
    let request = if authorization.is_empty() { request } else { request.replacen("\r\n", &header, 1) };
    Wire::tls(sandbox).ask(request)
}

fn start_session(sandbox: &Sandbox) -> (String, Vec<u8>) {
    let answer = ask(sandbox, "POST", "/api/sessions", "", "");
    assert!(answer.status == 201 && answer.has_header("Location: /api/sessions/this"), "{answer:?}");
    let session = answer.json();
    let nonce = STANDARD.decode(session["nonce"].as_str().unwrap()).unwrap();
    assert_eq!(nonce.len(), 16);
    (session["sessionId"].as_str().unwrap().to_owned(), nonce)
}

fn proof(session: &str, nonce: &[u8], id: &str) -> String {
    let signature = SigningKey::<Sha256>::new(KEY.clone()).sign(&[nonce, CNONCE].concat()).to_vec();
    let (cnonce, signature) = (STANDARD.encode(CNONCE), STANDARD.encode(signature));
    format!(
        "Handle sessionId=\"{session}\", id=\"{id}\", type=\"HS_PUBKEY\", cnonce=\"{cnonce}\", alg=\"SHA256\", \
         signature=\"{signature}\""
    )
}

fn this(session: &str) -> String {
    format!("Handle sessionId=\"{session}\"")
}

#[test]
fn a_session_authenticates_every_connection_until_it_is_forgotten() {
    let sandbox = sandbox(ClientAuth::None);
    let (session, nonce) = start_session(&sandbox);
    let write = |authorization: &str| {
        let target = "/api/handles/21.T12345/BY-SESSION";
        ask(&sandbox, "PUT", target, authorization, &format!("[{OWNED}]"))
    };
    // Nobody has logged in yet: the challenge is that of the session.
    let answer = write(&this(&session));
    assert_eq!((answer.status, answer.code()), (401, 402));
    let nonce_sent = STANDARD.encode(&nonce);
    let challenge = format!("WWW-Authenticate: Handle sessionId=\"{session}\", nonce=\"{nonce_sent}\"");
    assert!(answer.has_header(&challenge) && !answer.head.contains("Basic"), "{answer:?}");
    // The answer to the challenge comes with the request itself.
    assert_eq!(write(&proof(&session, &nonce, ID)).status, 201);
    assert_eq!(write(&this(&session)).status, 200);
    let shown = ask(&sandbox, "GET", "/api/sessions/this", &this(&session), "").json();
    assert_eq!((shown["authenticated"].as_bool(), shown["id"].as_str()), (Some(true), Some(ID)));
    sandbox.forget_sessions();
    let answer = write(&this(&session));
    assert_eq!((answer.status, answer.body.as_str()), (401, ""));
    assert_eq!(ask(&sandbox, "GET", "/api/sessions/this", &this(&session), "").status, 403);
}

#[test]
fn index_0_finds_the_key_and_its_index_counts() {
    let sandbox = sandbox(ClientAuth::None);
    let (session, nonce) = start_session(&sandbox);
    let header = proof(&session, &nonce, "0:21.T12345/KEYS");
    let login = ask(&sandbox, "PUT", "/api/sessions/this", &header, "");
    assert_eq!((login.status, login.json()["id"].as_str()), (200, Some("0:21.T12345/KEYS")));
    let answer =
        ask(&sandbox, "PUT", "/api/handles/21.T12345/BY-INDEX", &this(&session), &format!("[{OWNED}]"));
    assert_eq!(answer.status, 201);
}

#[test]
fn a_failed_login_keeps_the_old_one() {
    let sandbox = sandbox(ClientAuth::None);
    let (session, nonce) = start_session(&sandbox);
    let wrong = |id| ask(&sandbox, "PUT", "/api/sessions/this", &proof(&session, b"other", id), "");
    let answer = wrong(ID);
    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("Identity not verified")));
    let good = ask(&sandbox, "PUT", "/api/sessions/this", &proof(&session, &nonce, ID), "");
    assert_eq!((good.status, good.json().get("error")), (200, None));
    let again = wrong("301:21.T12345/USER02");
    let json = again.json();
    assert_eq!(
        (again.status, json["id"].as_str(), json["authenticated"].as_bool()),
        (200, Some(ID), Some(true))
    );
    assert_eq!(json["error"], "Identity not verified");
    assert_eq!(ask(&sandbox, "DELETE", "/api/sessions/this", &this(&session), "").status, 204);
    assert_eq!(ask(&sandbox, "DELETE", "/api/sessions/this", &this(&session), "").status, 403);
}

#[test]
fn secrets_in_json() {
    let sandbox = sandbox(ClientAuth::None);
    let (session, nonce) = start_session(&sandbox);
    let secret = b"user01-secret";
    let signature = Sha256::digest([&secret[..], &nonce, CNONCE, secret].concat());
    let members = |algorithm: &str| {
        json!({"sessionId": session, "id": "300:21.T12345/USER01", "type": "HS_SECKEY", "alg": algorithm,
            "cnonce": STANDARD.encode(CNONCE), "signature": STANDARD.encode(signature)})
    };
    let login = |algorithm| ask(&sandbox, "POST", "/api/sessions/this", "", &members(algorithm).to_string());
    assert_eq!(login("SHA512").json()["error"], "Error parsing Authorization: Handle");
    assert_eq!(login("SHA1").status, 401);
    let answer = login("sha-256");
    assert_eq!((answer.status, answer.json()["id"].as_str()), (200, Some("300:21.T12345/USER01")));
}

#[test]
fn the_server_proves_itself() {
    let sandbox = sandbox(ClientAuth::None);
    let body = json!({"cnonce": STANDARD.encode(CNONCE)}).to_string();
    let answer = ask(&sandbox, "POST", "/api/sessions", "", &body).json();
    assert_eq!(answer["serverAlg"], "SHA-256");
    let bytes = |name: &str| STANDARD.decode(answer[name].as_str().unwrap()).unwrap();
    let site = ask(&sandbox, "GET", "/api/site", "", "").json();
    let key = &site["site"]["servers"][0]["publicKey"]["value"];
    let number = |name: &str| {
        rsa::BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap())
    };
    let public = RsaPublicKey::new(number("n"), number("e")).unwrap();
    let digest = Sha256::digest([bytes("nonce"), CNONCE.to_vec()].concat());
    public.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, &bytes("serverSignature")).unwrap();
    assert_eq!(site["site"]["servers"][0]["interfaces"][0]["port"], sandbox.address().port());
}

#[test]
fn misuse() {
    let sandbox = sandbox(ClientAuth::None);
    let status =
        |method, target, authorization: &str, body| ask(&sandbox, method, target, authorization, body).status;
    assert_eq!(status("GET", "/api/sessions", "", ""), 405);
    assert_eq!(status("GET", "/api/sessions/abc", "", ""), 403);
    assert_eq!(status("POST", "/api/sessions", &this("x"), ""), 400);
    assert_eq!(status("POST", "/api/sessions", "", "{bad"), 400);
    assert_eq!(status("PUT", "/api/sessions/this", "", ""), 403);
    assert_eq!(ask(&sandbox, "GET", "/api/sessions/this", "", "").json(), json!({"authenticated": false}));
    let wrong = basic("300%3A21.T12345/USER01", "wrong");
    let answer = ask(&sandbox, "POST", "/api/sessions", &wrong, "");
    assert_eq!((answer.status, answer.json()["error"].as_str()), (201, Some("Identity not verified")));
    let read = "/api/handles/21.T12345/EXAMPLE";
    assert_eq!(status("GET", read, "Handle version=\"1\", sessionId=\"x\"", ""), 401);
    assert_eq!(status("GET", read, "Handle foo=\"bar\"", ""), 200);
    assert_eq!(Wire::plain(&sandbox).ask(request(None, "POST", "/api/sessions", "")).status, 403);
}

#[test]
fn a_wish_to_renegotiate_ends_the_connection() {
    let sandbox = sandbox(ClientAuth::None);
    let wish = |body: &str| {
        request(None, "PUT", "/api/handles/21.T12345/X", body).replacen(
            "\r\n",
            "\r\nAuthorization: Handle clientCert=\"true\"\r\n",
            1,
        )
    };
    assert!(Wire::tls(&sandbox).dropped_by(wish("[]")));
    assert_eq!(Wire::tls(&sandbox).ask(wish(&" ".repeat(200_001))).status, 413);
    assert_eq!(Wire::plain(&sandbox).ask(wish("[]")).code(), 402);
    assert_eq!(sandbox.writes("21.T12345/X"), 0);
    assert_eq!(sandbox.requests()[0].status, 0);
}

/// A certificate with a subject, for [`KEY`] or another key.
fn certificate(kind: DnType, name: &str, key: &RsaPrivateKey) -> (Vec<u8>, Vec<u8>) {
    let pkcs8 = key.to_pkcs8_der().unwrap().as_bytes().to_vec();
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.clone().into(), &PKCS_RSA_SHA256).unwrap();
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(kind, name);
    (parameters.self_signed(&pair).unwrap().der().to_vec(), pkcs8)
}

#[test]
fn certificates_in_the_first_handshake() {
    let mut sandbox = sandbox(ClientAuth::Want);
    let need = sandbox.listen_too(([127, 0, 0, 1], 0).into(), ClientAuth::Need).unwrap();
    let write = request(None, "PUT", "/api/handles/21.T12345/BY-CERT", &format!("[{OWNED}]"));
    let want = sandbox.address();
    let (good, key) = certificate(DnType::CommonName, ID, &KEY);
    assert_eq!(Wire::tls_with(want, good.clone(), key.clone()).ask(&write).status, 201);
    assert_eq!(Wire::tls_with(need, good.clone(), key.clone()).ask(&write).status, 200);
    let uid = DnType::CustomDnType(vec![0, 9, 2342, 19_200_300, 100, 1, 1]);
    let (any_index, key_2) = certificate(uid, "21.T12345/KEYS", &KEY);
    assert_eq!(Wire::tls_with(want, any_index, key_2).ask(&write).status, 200);
    let wish = write.replacen("\r\n", "\r\nAuthorization: Handle clientCert=\"true\"\r\n", 1);
    let broken = Wire::tls_with(want, good.clone(), key.clone()).ask(wish);
    assert_eq!((broken.status, broken.code()), (500, 2));
    // Basic comes before the certificate.
    let other = request(Some(NOBODY), "PUT", "/api/handles/21.T12345/OTHER", &format!("[{OWNED}]"));
    assert_eq!(Wire::tls_with(want, good, key).ask(other).status, 403);

    let stranger = RsaPrivateKey::new(&mut OsRng, 2048).unwrap();
    for (name, key) in [(ID, &stranger), ("302:21.T12345/KEYS", &*KEY), ("301:21.T12345/NOPE", &*KEY)] {
        let (wrong, key) = certificate(DnType::CommonName, name, key);
        assert!(Wire::tls_with(want, wrong, key).dropped_by(&write), "{name}");
    }
    assert_eq!(Wire::tls_to(want).ask(&write).status, 401);
    assert!(Wire::tls_to(need).dropped_by(&write));
    assert!(Wire::plain(&sandbox).dropped_by(&write));
}
