//! The integration tests of B2HANDLE and PYHANDLE, run against the sandbox.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;

/// When nothing can be downloaded.
const CANNOT_TEST: Option<i32> = Some(77);

/// Past the test harness, which hides what passing tests print.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED 1: the tests of B2HANDLE and PYHANDLE: {why}");
}

#[test]
fn only_the_listed_tests_of_the_peers_fail() {
    if std::env::var_os("B2H_OFFLINE").is_some() {
        return skipped("B2H_OFFLINE is set");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers-own");
    let output = Command::new("python3")
        .arg(folder.join("run.py"))
        .arg(env!("CARGO_BIN_EXE_b2h-sandbox"))
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers-own"))
        .output();
    let output = match output {
        Err(error) if error.kind() == ErrorKind::NotFound => return skipped("there is no python3"),
        output => output.unwrap(),
    };
    let stderr = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == CANNOT_TEST {
        return skipped(&stderr);
    }
    assert!(output.status.success(), "{}{stderr}", String::from_utf8_lossy(&output.stdout));
}
