//! The exit status for each kind of failure, and the probe.

use crate::b2h::{EXAMPLE, Scene, finish, program, user};
use serde_json::json;
use std::process::Command;

/// The scene with another user.
fn as_user(scene: &Scene, name: &str, password: &str, arguments: &[&str]) -> crate::b2h::Ran {
    let credentials = scene.other_credentials(&user(name, password));
    scene.run(&[&["-c", credentials.to_str().unwrap()], arguments].concat())
}

#[test]
fn wrong_usage() {
    let scene = Scene::new();
    let cases: &[&[&str]] = &[
        &[],
        &["nonsense"],
        &["get", "--nonsense"],
        &["get", "--overwrite", EXAMPLE],
        &["get", "-t", "0", EXAMPLE],
        &["get", "-t", "soon", EXAMPLE],
        &["get", "--log", "loud", EXAMPLE],
        &["get", "--credentials"],
        &["get", "nonsense"],
        &["register", "21.T12345/X"],
        &["register", "21.T12345/X", "https://x/", "CHECKSUM"],
        &["register", "21.T12345/X", "https://x/", "--values", "/no/such/file"],
        &["register", "-", "https://x/", "--values", "-"],
        &["modify", EXAMPLE],
        &["modify", EXAMPLE, "URL"],
        &["unset", EXAMPLE],
        &["unset", EXAMPLE, "URL", "1"],
        &["delete", EXAMPLE, "URL"],
        &["delete", "-"],
        &["loc"],
        &["loc", "list", EXAMPLE, "x"],
        &["key"],
        &["key", "show"],
        &["key", "eat", "file"],
    ];
    for arguments in cases {
        scene.run(arguments).fails(2, "");
        assert_eq!(
            scene.run(&[&["--json"], *arguments].concat()).json()[0]["error"]["exit"],
            2,
            "{arguments:?}"
        );
    }
    assert_eq!(scene.server.sandbox.requests().len(), 0);
}

#[test]
fn the_option_that_is_wrong_is_named() {
    let scene = Scene::new();
    for (arguments, named) in [
        (["get", "-xj"], "option -x here"),
        (["get", "-jx"], "option -x here"),
        (["get", "-jt"], "-t needs an argument"),
        (["get", "--nonsense"], "option --nonsense here"),
        (["get", "--timeout"], "--timeout needs an argument"),
    ] {
        scene.run(&arguments).fails(2, named);
    }
}

#[test]
fn a_prefix_is_one_however_names_are_made() {
    let scene = Scene::new();
    for prefix in ["hdl:21.T12345/abc", "hdl:21.T12345", "300:21.T12345", "21.T12345/abc", "21.T12345/", ""] {
        for how in [&[][..], &["--by-server"]] {
            scene.run(&[&["mint", "--prefix", prefix, "https://x/"], how].concat()).fails(2, "");
        }
    }
    assert_eq!(scene.server.sandbox.requests().len(), 0);
}

#[test]
fn secrets_are_no_arguments() {
    let scene = Scene::new();
    for subcommand in ["register", "modify"] {
        scene.run(&[subcommand, "21.T12345/X", "hs_seckey=seen"]).fails(2, "--values");
    }
    assert_eq!(scene.server.sandbox.requests().len(), 0);
    let secret = r#"{"index": 300, "type": "HS_SECKEY", "data": "hidden", "permissions": "1100"}"#;
    scene.run_with(&["register", "-q", "21.T12345/X", "--values", "-"], secret).is(0, "");
    assert_eq!(scene.stored("21.T12345/X", "HS_SECKEY").unwrap(), "hidden");
}

#[test]
fn each_failure_has_its_number() {
    let scene = Scene::new();
    scene.run(&["-c", "/no/such/file", "get", EXAMPLE]).fails(3, "no such file");
    scene.run(&["get", "21.T12345/NONE"]).fails(4, "no such Handle");
    scene.run(&["delete", "21.T12345/NONE"]).fails(4, "no such Handle");
    scene.run(&["register", EXAMPLE, "https://x/"]).fails(5, "exists already");
    as_user(&scene, "USER01", "wrong", &["delete", EXAMPLE]).fails(6, EXAMPLE);
    as_user(&scene, "USER02", "user02-secret", &["delete", EXAMPLE]).fails(7, EXAMPLE);
    scene.run(&["unset", EXAMPLE, "HS_ADMIN"]).fails(7, "HS_ADMIN");

    let nowhere = scene.server.write(r#"{"handle_server_url": "http://127.0.0.1:1"}"#);
    scene.run(&["-c", nowhere.to_str().unwrap(), "get", EXAMPLE]).fails(8, "127.0.0.1:1");

    scene.server.sandbox.add_fault("500 next 2".parse::<b2h_sandbox::FaultRule>().unwrap());
    scene.run(&["get", EXAMPLE]).fails(9, EXAMPLE);
    let fault = "reset-before-executing on PUT /api/handles next 1";
    scene.server.sandbox.add_fault(fault.parse::<b2h_sandbox::FaultRule>().unwrap());
    let json = scene.run(&["register", "--json", "21.T12345/DOUBT", "https://x/"]);
    assert_eq!(json.exit, Some(10));
    assert_eq!(json.json()[0]["error"]["in_doubt"], json!(true));

    scene.run(&["modify", "-q", "--add", EXAMPLE, "NOTE=1"]).is(0, "");
    scene.run(&["modify", "-q", "--add", EXAMPLE, "NOTE=2"]).is(0, "");
    scene.run(&["modify", EXAMPLE, "NOTE=3"]).fails(11, "NOTE");
}

#[test]
fn time_is_limited() {
    let scene = Scene::new();
    scene.server.sandbox.add_fault("stall on GET /api/handles".parse::<b2h_sandbox::FaultRule>().unwrap());
    let json = scene.run(&["-t", "0.2", "-j", "get", EXAMPLE]);
    assert_eq!(json.exit, Some(8));
    assert_eq!(
        (&json.json()[0]["error"]["status"], &json.json()[0]["error"]["retryable"]),
        (&json!(45), &json!(true))
    );
}

#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let scene = Scene::new();
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" get 21.T12345/EXAMPLE >/dev/full"]).arg(program());
    command.env("B2H_CREDENTIALS", &scene.credentials);
    finish(command, b"").fails(1, "No space left");
}

#[test]
fn a_probe_for_monitors() {
    let scene = Scene::new();
    let good = scene.run(&["check"]);
    assert!(
        good.exit == Some(0) && good.out.starts_with("OK - ") && good.out.lines().count() > 4,
        "{good:?}"
    );
    assert_eq!(scene.run(&["check", "-q"]).out.lines().count(), 1);
    let json = scene.run(&["check", "-j"]).json();
    assert_eq!((&json[0]["state"], &json[0]["findings"][0]["subject"]), (&json!("OK"), &json!("server")));
    assert_eq!(json[0]["findings"][0]["verdict"], "good");

    let bad = as_user(&scene, "USER01", "wrong", &["check"]);
    assert!(bad.exit == Some(2) && bad.out.starts_with("CRITICAL - credentials: "), "{bad:?}");
    assert_eq!(as_user(&scene, "USER01", "wrong", &["check", "-j"]).json()[0]["state"], "CRITICAL");

    let busy = "503 on GET /api/handles/21.T12345/USER01 next 6";
    scene.server.sandbox.add_fault(busy.parse::<b2h_sandbox::FaultRule>().unwrap());
    let unclear = scene.run(&["check", "-q"]);
    assert!(unclear.exit == Some(1) && unclear.out.starts_with("WARNING - credentials: "), "{unclear:?}");

    for arguments in [&["-c", "/no/such/file", "check"][..], &["check", "more"], &["check", "--more"]] {
        let unknown = scene.run(arguments);
        assert!(unknown.exit == Some(3) && unknown.out.starts_with("UNKNOWN - "), "{unknown:?}");
    }
}

#[test]
fn the_log_goes_to_standard_error() {
    let scene = Scene::with(r#", "auth_method": "session""#);
    let log = scene.run(&["--log", "info", "get", "-a", EXAMPLE, "URL"]);
    log.is(0, "https://www.example.org/\n");
    assert!(log.err.starts_with("b2h: info: Logged in"), "{log:?}");
    assert_eq!(scene.run(&["get", "-a", EXAMPLE]).err, "");

    // Others may read this one.
    let open = scene.server.credentials("");
    let warned = scene.run(&["-c", open.to_str().unwrap(), "get", EXAMPLE, "URL"]);
    assert!(warned.exit == Some(0) && warned.err.starts_with("b2h: warning: "), "{warned:?}");
    assert_eq!(scene.run(&["--log", "error", "-c", open.to_str().unwrap(), "get", EXAMPLE]).err, "");
}
