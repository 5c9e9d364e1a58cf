//! The recorded exchanges with the real server, played against the sandbox.

use b2h_sandbox::replay::{Plan, run};
use std::path::PathBuf;

/// Where the recordings are, if they are.
fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("B2H_SHARED").map_or(beside, PathBuf::from).join("handle-server");
    if folder.join("transcripts.json").exists() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no recorded exchanges in {}; set B2H_SHARED to their folder", folder.display());
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
    assert!(score.played > 0 && score.skipped * 20 < score.played, "{out}");
    assert!(out.lines().last().unwrap().starts_with("replay: "), "{out}");
}
