//! The recorded exchanges with the real server, played against the sandbox.

use b2h_sandbox::replay::{Plan, run};
use std::path::PathBuf;

/// Groups of which every step that can be played must match.
const GROUPS: [&str; 10] = ["A-", "B-", "C-", "E-", "F-", "G-", "H-", "N-", "Q-", "T-"];

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
fn groups_match() {
    let Some(folder) = shared() else { return };
    for group in GROUPS {
        let plan = Plan {
            transcripts: folder.join("transcripts.json"),
            fixture: folder.join("fixture.json"),
            group: Some(group.to_owned()),
            verbose: false,
        };
        let mut out = Vec::new();
        let score = run(&plan, &mut out).unwrap();
        assert!(score.played > 0, "group {group} is empty");
        assert_eq!(score.matched, score.played, "{}", String::from_utf8_lossy(&out));
    }
}
