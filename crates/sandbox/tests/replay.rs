//! The recorded exchanges with the real server, played against the sandbox.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

use b2h_sandbox::replay::{Plan, run};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// Where the recordings are, if they are.
fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("B2H_SHARED").map_or(beside, PathBuf::from).join("handle-server");
    if folder.join("transcripts.json").exists() {
        return Some(folder);
    }
    // Past the test harness, which hides what passing tests print.
    let why = "no recorded exchanges of the real server; set B2H_SHARED to the folder of handle-server";
    let _ = writeln!(std::io::stderr(), "SKIPPED 1: the replay: {}: {why}", folder.display());
    None
}

#[test]
fn the_sandbox_answers_as_recorded() {
    let Some(folder) = shared() else { return };
    let plan = Plan {
        transcripts: folder.join("transcripts.json"),
        fixture: folder.join("fixture.json"),
        keys: Some(folder.join("keys")),
        group: None,
        verbose: true,
    };
    let mut out = Vec::new();
    let score = run(&plan, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(score.unexpected, 0, "{out}");
    assert!(out.lines().last().unwrap().starts_with("replay: "), "{out}");
    // What is known to differ may not grow beyond this either.
    for group in ["A", "B", "C", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "P", "Q", "T"] {
        let enough = if group == "L" { 60 } else { 95 };
        let (matched, played) = in_group(&out, group);
        assert!(played > 0 && matched * 100 >= played * enough, "{group}\n{out}");
    }
    for skipped in out.lines().filter_map(|line| line.strip_prefix("skipped ")) {
        let allowed =
            skipped.starts_with("S-") || skipped.ends_with(": a TLS renegotiation without certificate");
        assert!(allowed, "{skipped}");
    }
}

/// How many steps matched and were played, from the table.
fn in_group(out: &str, letter: &str) -> (usize, usize) {
    let start = format!("{letter}-");
    // Other lines that start like this name single steps.
    let lines = out.lines().filter(|line| line.starts_with(&start) && !line.contains('/'));
    let numbers = |line: &str| {
        let mut columns = line.split_whitespace().skip(1).map(|column| column.parse::<usize>().unwrap());
        (columns.next().unwrap(), columns.next().unwrap())
    };
    lines.map(numbers).fold((0, 0), |sum, line| (sum.0 + line.0, sum.1 + line.1))
}

/// A recording of four exchanges: a session that is logged in to with the recorded nonce, an answer that no server
/// gives, and one that cannot be played.
fn recording() -> Value {
    let exchange = |name: &str, method: &str, target: &str, body: &str, status: u16, json: Value| {
        let headers = [["Host", "h"], ["Content-Type", "application/json"]];
        let mut headers: Vec<_> = headers.map(|[name, value]| json!([name, value])).to_vec();
        headers.push(json!(["Content-Length", body.len().to_string()]));
        let mut sent = vec![json!(["Content-Type", "application/json;charset=UTF-8"])];
        if status == 201 {
            sent.push(json!(["Location", "/api/sessions/this"]));
        }
        sent.push(json!(["Vary", "Accept-Encoding"]));
        sent.push(json!(["Transfer-Encoding", "chunked"]));
        json!({
            "name": name, "group": name.split_once('/').unwrap().0, "setup": status == 201,
            "request": {"method": method, "target": target, "scheme": "https", "listener": "default",
                "headers": headers, "body": body},
            "response": {"status": status, "headers": sent, "framing": "chunked", "body": json.to_string(),
                "json": json}
        })
    };
    let (nonce, cnonce, secret) = (b"recorded nonce..", b"recorded cnonce.", b"user01-secret");
    let signature = Sha256::digest([&secret[..], nonce, cnonce, secret].concat());
    let (nonce, cnonce) = (STANDARD.encode(nonce), STANDARD.encode(cnonce));
    let answer = json!({"sessionId": "abc", "id": "300:21.T12345/USER01", "type": "HS_SECKEY", "alg": "SHA256",
        "cnonce": cnonce, "signature": STANDARD.encode(signature)});
    let session = json!({"sessionId": "abc", "nonce": nonce});
    let logged_in =
        json!({"sessionId": "abc", "nonce": nonce, "authenticated": true, "id": "300:21.T12345/USER01"});
    let this = "/api/sessions/this";
    json!([
        exchange("I-x/1", "POST", "/api/sessions", "{}", 201, session),
        exchange("I-x/2", "PUT", this, &answer.to_string(), 200, logged_in),
        exchange("I-x/3", "GET", this, "", 200, json!({"authenticated": true})),
        exchange("S-x/1", "GET", this, "", 200, json!({})),
    ])
}

#[test]
fn what_differs_is_found_and_recorded_signatures_count() {
    let folder = tempfile::tempdir().unwrap();
    let transcripts = folder.path().join("transcripts.json");
    std::fs::write(&transcripts, recording().to_string()).unwrap();
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/fixture.json");
    let mut program = Command::new(env!("CARGO_BIN_EXE_b2h-sandbox"));
    let program = program.arg("replay").arg("--transcripts").arg(&transcripts).arg("--fixture").arg(&fixture);
    let output = program.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.matches("DIFFERS").count(), 1, "{text}");
    assert!(text.contains("DIFFERS I-x/3: GET /api/sessions/this"), "{text}");
    assert!(text.contains("setup and cleanup: 1 of 1 matched"), "{text}");
    assert_eq!(text.lines().last(), Some("replay: 1 of 2 matched, 1 skipped"));
}
