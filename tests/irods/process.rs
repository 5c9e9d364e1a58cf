//! One process: its client, its configuration, and what must not leave.

use super::site::*;
use std::fs;
use std::process::Command;

#[test]
fn a_process_has_one_client_and_each_child_its_own() {
    let site = Site::start();
    let get = ALL[1];
    site.calls(ADMIN, &[get; 5]).iter().for_each(|one| _ = one.ok());
    assert_eq!(site.server.sandbox.connections(), 1);
    site.calls(&["--admin", "--fork"], &[get; 3]).iter().for_each(|one| _ = one.ok());
    assert_eq!(site.server.sandbox.connections(), 4);
}

#[test]
fn the_configuration_is_read_again_when_it_changes() {
    let site = Site::start();
    let others = ["open", "closed"].map(|name| site.server.folder.path().join(name));
    // As many bytes, and the program gives them the same time.
    for (path, who) in others.iter().zip(["alice#tempZone", "alicf#tempZone"]) {
        site.configure(&format!(r#""permissions": {{"get": {{"users": ["{who}"]}}}}, {IRODS}"#));
        fs::rename(&site.file, path).unwrap();
    }
    runs(
        Command::new(program("agents.c"))
            .env("B2HANDLE_IRODS_CONFIG", &site.file)
            .arg(&site.file)
            .args(&others),
    );
}

#[test]
fn exceptions_of_callbacks_do_not_leave() {
    let site = Site::with(&format!(
        r#""permissions": {{"get": {{"groups": ["g"], "object_acl": "read"}}}}, {IRODS}"#
    ));
    runs(Command::new(program("callbacks.cpp")).env("B2HANDLE_IRODS_CONFIG", &site.file));
}
