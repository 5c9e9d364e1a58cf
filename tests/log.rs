//! What the log of a client tells, and to whom.

mod common;

use common::{PASSWORD, Server, USER, c_program, run};
use std::os::unix::fs::PermissionsExt;

#[test]
fn the_log_warns() {
    let server = Server::start();
    let credentials = |verify: &str, mode: u32| {
        let path = server.write(&format!(
            r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "{PASSWORD}", "HTTPS_verify": {verify}}}"#,
            server.sandbox.https_url()
        ));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        path
    };
    run(&c_program("log"), &[credentials("false", 0o600), credentials("true", 0o644)]);
}
