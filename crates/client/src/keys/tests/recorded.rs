//! Signatures and key values in the recordings of the real server.

use super::*;
use crate::keys::PublicKey;
use crate::keys::public::PublicNumbers;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use dsa::signature::hazmat::PrehashVerifier;
use rsa::Pkcs1v15Sign;
use serde_json::Value as Json;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

fn verifies(key: &PublicKey, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
    let (padding, hash) = match algorithm.to_ascii_uppercase().as_str() {
        "SHA1" | "SHA" | "SHA-1" => (Pkcs1v15Sign::new::<Sha1>(), Sha1::digest(message).to_vec()),
        "SHA256" | "SHA2" | "SHA-2" | "SHA-256" => {
            (Pkcs1v15Sign::new::<Sha256>(), Sha256::digest(message).to_vec())
        }
        other => panic!("{other}"),
    };
    match &key.0 {
        PublicNumbers::Rsa(key) => key.verify(padding, &hash, signature).is_ok(),
        PublicNumbers::Dsa(key) => dsa::Signature::try_from(signature)
            .is_ok_and(|signature| key.verify_prehash(&hash, &signature).is_ok()),
    }
}

fn json(folder: &Path, name: &str) -> Json {
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

/// The value of `name="..."` in the challenge headers of a reply.
fn challenged(step: &Json, name: &str) -> Option<String> {
    let headers = step["response"]["headers"].as_array()?;
    let header = headers.iter().find_map(|header| header[1].as_str()?.strip_prefix("Handle "))?;
    let (_, rest) = header.split_once(&format!("{name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

#[test]
fn the_signatures_that_the_server_accepted_verify() {
    let Some(folder) = recordings() else { return };
    let recorded = |name: &str| PublicKey::read(&sample(&folder, name)).unwrap();
    let any = ["user01-301-rsa2048-pub.bin", "user03-301-rsa2048-pub.bin"].map(recorded);
    let (mut nonces, mut counts) = (BTreeMap::new(), BTreeMap::new());
    for step in json(&folder, "transcripts.json").as_array().unwrap() {
        let reply = &step["response"]["json"];
        let said = |name: &str| reply[name].as_str().map(str::to_owned).or_else(|| challenged(step, name));
        if let (Some(session), Some(nonce)) = (said("sessionId"), said("nonce")) {
            nonces.insert(session, BASE64.decode(nonce).unwrap());
        }
        let body = step["request"]["body"].as_str().and_then(|body| serde_json::from_str::<Json>(body).ok());
        let proof = [Some(&step["request"]["auth"]), body.as_ref()];
        let Some(proof) = proof.into_iter().flatten().find(|proof| proof["type"] == "HS_PUBKEY") else {
            continue;
        };
        if step["response"]["status"] != 200 {
            continue;
        }
        let text = |name: &str| proof[name].as_str().unwrap();
        let (cnonce, signature) =
            (BASE64.decode(text("cnonce")).unwrap(), BASE64.decode(text("signature")).unwrap());
        let mut message = [nonces[text("sessionId")].as_slice(), &cnonce].concat();
        let keys = match proof["key"].as_str() {
            Some(file) => vec![recorded(&file.trim_start_matches("keys/").replace("-priv", "-pub"))],
            None => any.to_vec(),
        };
        let verified = |message: &[u8]| {
            keys.iter().filter(|key| verifies(key, text("alg"), message, &signature)).count()
        };
        assert_eq!(verified(&message), 1, "{}", step["name"]);
        *message.last_mut().unwrap() ^= 1;
        assert_eq!(verified(&message), 0, "{}", step["name"]);
        *counts.entry(keys[0].algorithm().to_string()).or_insert(0) += 1;
    }
    assert_eq!(counts, BTreeMap::from([("RSA".to_owned(), 19), ("DSA".to_owned(), 4)]));
}

#[test]
fn the_server_s_own_signature_verifies() {
    let Some(folder) = recordings() else { return };
    let steps = json(&folder, "transcripts.json");
    let step = steps.as_array().unwrap().iter().find(|step| step["name"] == "I-session/34-post-json-cnonce");
    let step = step.unwrap();
    let request: Json = serde_json::from_str(step["request"]["body"].as_str().unwrap()).unwrap();
    let bytes = |json: &Json| BASE64.decode(json.as_str().unwrap()).unwrap();
    let reply = &step["response"]["json"];
    let message = [bytes(&reply["nonce"]), bytes(&request["cnonce"])].concat();
    let key = PublicKey::read(&sample(&folder, "server-certificate.pem")).unwrap();
    assert!(verifies(&key, "SHA-256", &message, &bytes(&reply["serverSignature"])));
}

#[test]
fn key_values_of_the_server_are_read_and_written() {
    let Some(folder) = recordings() else { return };
    let mut seen = 0;
    for record in json(&folder, "fixture.json")["records"].as_array().unwrap() {
        for value in record["values"].as_array().unwrap().iter().filter(|value| value["type"] == "HS_PUBKEY")
        {
            let bytes = BASE64.decode(value["data"]["value"].as_str().unwrap()).unwrap();
            let key = PublicKey::read(&bytes).unwrap();
            let file = match (record["handle"].as_str().unwrap(), value["index"].as_u64().unwrap()) {
                ("0.NA/21.T12345", _) => "admin-300-rsa2048-pub.bin",
                ("21.T12345/USER01", 302) => "user01-302-dsa2048-pub.bin",
                ("21.T12345/USER01", 304) => "user01-304-dsa1024-pub.bin",
                ("21.T12345/USER01", _) => "user01-301-rsa2048-pub.bin",
                ("21.T12345/USER02", _) => "user02-301-rsa2048-pub.bin",
                ("21.T12345/USER03", _) => "user03-301-rsa2048-pub.bin",
                other => panic!("{other:?}"),
            };
            assert_eq!(bytes, sample(&folder, file), "{file}");
            assert_eq!(key.to_handle(), bytes, "{file}");
            seen += 1;
        }
    }
    assert!(seen >= 6, "{seen}");
}
