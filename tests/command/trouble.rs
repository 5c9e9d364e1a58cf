//! Interrupts, and memory under valgrind.

use crate::b2h::{EXAMPLE, Scene, finish, program};
use crate::common::under::{Tool, not_under};
use crate::common::{root, skipped};
use crate::search::SEARCHER;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

fn stall(scene: &Scene, method: &str) {
    let fault = format!("stall on {method} /api/handles");
    scene.server.sandbox.add_fault(fault.parse::<b2h_sandbox::FaultRule>().unwrap());
}

#[test]
fn control_c_ends_the_call_and_tells_what_is_in_doubt() {
    for (signal, number) in [("INT", 2), ("TERM", 15)] {
        let scene = Scene::new();
        stall(&scene, "PUT");
        let mut command = Command::new("env");
        // Who runs the tests in the background of a shell without job control has them ignore SIGINT.
        command.arg("--default-signal=INT,TERM").arg(program()).args([
            "register",
            "21.T12345/S",
            "https://x/",
        ]);
        command.env("B2H_CREDENTIALS", &scene.credentials);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while scene.server.sandbox.count("PUT", "/api/handles") == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        let sent =
            Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.signal(), Some(number), "{said}");
        assert!(said.starts_with("b2h: ") && said.contains("21.T12345/S"), "{said}");
    }
}

#[test]
fn signals_that_are_ignored_stay_so() {
    let scene = Scene::new();
    stall(&scene, "GET");
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' INT TERM; exec \"$0\" get \"$1\" URL"]).arg(program()).arg(EXAMPLE);
    command.env("B2H_CREDENTIALS", &scene.credentials).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    while scene.server.sandbox.count("GET", "/api/handles") == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap().trim();
    let ignored = u64::from_str_radix(ignored, 16).unwrap();
    assert!([2, 15].iter().all(|number| ignored & (1 << (number - 1)) != 0), "{ignored:x}");
}

/// So that those of several programs do not mix.
#[test]
fn a_message_is_written_at_once() {
    let scene = Scene::new();
    let (read, write) = UnixDatagram::pair().unwrap();
    let mut command = scene.command(&["get", "non\x1bsense"]);
    assert_eq!(command.stderr(OwnedFd::from(write)).status().unwrap().code(), Some(2));
    let mut message = [0; 1024];
    let length = read.recv(&mut message).unwrap();
    let message = std::str::from_utf8(&message[..length]).unwrap();
    assert!(message.starts_with("b2h: ") && message.ends_with('\n'), "{message:?}");
}

#[test]
fn a_full_disk_is_told_once() {
    let scene = Scene::new();
    for (arguments, count) in [(&["get", "-", "URL"][..], 2), (&["get", "-", "URL"], 0), (&["--help"], 0)] {
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" >/dev/full"]).arg(program()).args(arguments);
        command.env("B2H_CREDENTIALS", &scene.credentials);
        let ran = finish(command, format!("{EXAMPLE}\n").repeat(count).as_bytes());
        let is_written = count > 0 || arguments == ["--help"];
        let said = "b2h: Standard output cannot be written: No space left on device.\n";
        assert_eq!(ran.err, if is_written { said } else { "" }, "{ran:?}");
        assert_eq!(ran.exit, Some(i32::from(is_written)), "{ran:?}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_it() {
    let scene = Scene::new();
    let mut command = Command::new("sh");
    let script = "yes 21.T12345/EXAMPLE | \"$0\" get - URL | head -n 1";
    command.args(["-c", script]).arg(program()).env("B2H_CREDENTIALS", &scene.credentials);
    finish(command, b"").is(0, "https://www.example.org/\n");
}

/// Every subcommand, in one form at least, loses nothing and touches nothing wrong.
#[test]
fn nothing_is_lost_under_valgrind() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return skipped(1, "valgrind is not installed");
    }
    if not_under(&[Tool::Asan, Tool::Tsan, Tool::Valgrind], "this runs valgrind itself") {
        return;
    }
    let scene = Scene::with(SEARCHER);
    let key = root().join("crates/client/tests/keys/rsa.pem").display().to_string();
    let passphrase = scene.server.folder.path().join("passphrase");
    std::fs::write(&passphrase, "throw-away\n").unwrap();
    let passphrase = passphrase.to_str().unwrap();
    let new = |name: &str| scene.server.folder.path().join(name).display().to_string();
    let locked = root().join("crates/client/tests/keys/rsa.encrypted.aes-256-cbc.pem").display().to_string();
    let values = r#"[{"type": "URL", "data": "https://v/"}, {"type": "B", "data": {"format": "base64", "value": "/w=="}}]"#;
    let handles = format!("{EXAMPLE}\nnonsense\n21.T12345/NONE\tURL\n");
    let runs: &[(i32, &[&str], &str)] = &[
        (0, &["check", "-j"], ""),
        (12, &["get", "-j"], &handles),
        (12, &["get"], &handles),
        (0, &["register", "21.T12345/V", "--values", "-"], values),
        (0, &["register", "21.T12345/W", "--profile", "eudat-v1", "https://x/"], ""),
        (2, &["register", "21.T12345/X", "--profile", "eudat-v1", "NAME=x"], ""),
        (0, &["modify", "21.T12345/V", "N=1"], ""),
        (0, &["unset", "21.T12345/V", "N"], ""),
        (0, &["loc", "add", "21.T12345/V", "https://l/", "weight=1"], ""),
        (0, &["loc", "list", "21.T12345/V"], ""),
        (0, &["loc", "remove", "21.T12345/V", "https://l/"], ""),
        (0, &["search", "--records", "URL=https://www.example.org/*"], ""),
        (0, &["list"], ""),
        (0, &["delete", "-y", "21.T12345/V"], ""),
        (0, &["key", "convert", "--passphrase-file", passphrase, "-o", &new("a"), &locked], ""),
        (0, &["key", "convert", "--handle", "--new-passphrase-file", passphrase, "-o", &new("b"), &key], ""),
        (0, &["key", "value", &key], ""),
        (0, &["key", "certificate", &key, "301:21.T12345/USER01"], ""),
        (0, &["key", "fetch"], ""),
        (2, &["key", "convert", &key], ""),
    ];
    let suppressions = format!("--suppressions={}", root().join("tests/valgrind.supp").display());
    for (exit, arguments, input) in runs {
        let mut command = Command::new("valgrind");
        command.args(["--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect,possible"]);
        command.args(["--error-exitcode=99", &suppressions]).arg(program()).args(*arguments);
        command.env("B2H_CREDENTIALS", &scene.credentials);
        let ran = finish(command, input.as_bytes());
        assert_eq!(ran.exit, Some(*exit), "{arguments:?}: {ran:?}");
    }
}
