//! Tests against the recorded samples of the real server's tools, and against keys of OpenSSL.

mod recorded;
mod samples;

use std::io::Write;
use std::path::{Path, PathBuf};

/// The passphrase of the samples, and that of the one with other characters (BEHAVIOUR.md 7).
const PASSPHRASE: &[u8] = b"sample passphrase";
const NON_ASCII: &str = "pässphräse €";

/// The recordings of the real server, which lie beside the checkout; says so where they do not.
fn recordings() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("B2H_SHARED").map_or_else(beside, PathBuf::from).join("handle-server");
    if folder.is_dir() {
        return Some(folder);
    }
    // Past the test harness, which hides what passing tests print.
    let _ = writeln!(std::io::stderr(), "SKIPPED 1: {} is not there", folder.display());
    None
}

fn sample(folder: &Path, name: &str) -> Vec<u8> {
    let path = folder.join("keys").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
