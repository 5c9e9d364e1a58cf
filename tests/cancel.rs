//! Cancel tokens, seen from C.

mod common;

use common::{Server, c_program, run};
use std::time::Duration;

#[test]
fn calls_can_be_ended() {
    let stalling = Server::start_with(|options| {
        options.idle = Duration::from_secs(3600);
        options.faults.push("stall on GET /api/handles".parse().unwrap());
        options.faults.push("stall on PUT /api/handles".parse().unwrap());
    });
    let working = Server::start();
    // A call that is not ended would run into the time at which a test counts as hanging.
    let long = r#", "timeout_ms": 3600000"#;
    let (stalling, there) = (stalling.credentials(long), working.credentials(long));
    assert_eq!(run(&c_program("cancel"), &[stalling, there]), "");
    assert!(working.sandbox.record("21.T12345/NEVER").is_none());
    assert_eq!(working.sandbox.count("PUT", "/"), 0, "nothing was sent");
}
