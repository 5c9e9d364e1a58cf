//! The program: flags, ready file, signals, exit codes.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_b2h-sandbox");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A started program; killed when the test ends early.
struct Running(Child);

impl Running {
    fn start(ready: &Path) -> (Running, serde_json::Value) {
        let mut child = Command::new(PROGRAM)
            .args(["--listen", "127.0.0.1:0", "--ready-file"])
            .arg(ready)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        while !ready.exists() {
            assert!(child.try_wait().unwrap().is_none(), "ended early");
            assert!(Instant::now() < deadline, "not ready");
            std::thread::sleep(Duration::from_millis(5));
        }
        let facts = serde_json::from_slice(&std::fs::read(ready).unwrap()).unwrap();
        (Running(child), facts)
    }

    fn signal(mut self, name: &str) -> Option<i32> {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
        self.0.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already when all went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn ready_file_and_signals() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let (running, facts) = Running::start(&folder.path().join("ready.json"));
        let http = facts["http"].as_str().unwrap();
        assert_eq!(facts["https"], http.replace("http:", "https:"));
        assert_eq!(facts["prefix"], "21.T12345");
        assert_eq!(facts["users"][0]["id"], "300:21.T12345/USER01");
        assert_eq!(facts["users"][0]["password"], "user01-secret");
        let certificate = PathBuf::from(facts["certificate"].as_str().unwrap());
        assert_eq!(certificate, folder.path().join("ready.pem"));
        assert!(std::fs::read_to_string(certificate).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
        let address = http.strip_prefix("http://").unwrap();
        std::net::TcpStream::connect(address).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing unfinished is left");
        assert_eq!(running.signal(signal), Some(0), "{signal}");
    }
}

#[test]
fn help_and_version() {
    let help = run(&["--help"]);
    assert!(help.status.success() && String::from_utf8(help.stdout).unwrap().contains("--ready-file"));
    let version = String::from_utf8(run(&["--version"]).stdout).unwrap();
    assert_eq!(version, format!("b2h-sandbox {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_flags_end_with_2() {
    for arguments in [&["--nonsense"][..], &["--listen", "0.0.0.0:0"], &["--listen", "x"], &["replay"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("--help"), "{output:?}");
    }
}

#[test]
fn problems_at_the_start_end_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.json");
    std::fs::write(&bad, "{\n \"records\": 1}").unwrap();
    let output = run(&["--fixture", bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let problem = stderr(&output);
    assert!(problem.contains("bad.json") && problem.contains("line 2 column 13"), "{problem}");

    let missing = folder.path().join("missing.json");
    let output = run(&["--fixture", missing.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("missing.json"), "{output:?}");

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(&address), "{output:?}");
}
