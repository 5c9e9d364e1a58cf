//! What reading a value costs: instructions, system calls and allocations. None of them depends on how busy the machine is,
//! so that a change that makes them more is seen at once (docs/performance.md).

mod common;

use common::under::{Tool, not_under};
use common::{Server, c_program, output, skipped};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The second run does so many more reads than the first.
const READS: usize = 200;

/// What one read may cost at most: a tenth more than it does.
struct Limits {
    instructions: usize,
    system_calls: usize,
    allocations: usize,
}

const HTTP: Limits = Limits { instructions: 65_500, system_calls: 6, allocations: 31 };
const HTTPS: Limits = Limits { instructions: 74_500, system_calls: 6, allocations: 33 };

fn server() -> Server {
    let server = Server::start();
    let record = r#"[{"index":1,"type":"URL","data":"http://x/"},{"index":2,"type":"CHECKSUM","data":"0123456789abcdef"}]"#;
    server.sandbox.put_values("21.T12345/COST", record).unwrap();
    server
}

/// What one read costs by this measure: the difference between two runs.
fn per_read(measure: impl Fn(usize) -> usize) -> usize {
    let few = measure(50);
    (measure(50 + READS) - few).div_ceil(READS)
}

/// Runs the reads under a tool; nothing where it is not there.
fn under(tool: &str, options: &[&str], program: &str, credentials: &Path, reads: usize) -> Option<String> {
    if Command::new(tool).arg("--version").output().is_err() {
        skipped(1, &format!("{tool} is not installed"));
        return None;
    }
    if not_under(&[Tool::Asan, Tool::Tsan, Tool::Valgrind], "what the tool costs is not ours") {
        return None;
    }
    let run = output(
        Command::new(tool).args(options).arg(c_program(program)).arg(credentials).arg(reads.to_string()),
    );
    let report = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{report}");
    Some(report)
}

/// The number after these words.
fn number(report: &str, words: &str) -> usize {
    let rest = report.split_once(words).unwrap_or_else(|| panic!("no {words}: {report}")).1;
    let digits = rest.trim_start().chars().take_while(|digit| digit.is_ascii_digit() || *digit == ',');
    digits.filter(|digit| *digit != ',').collect::<String>().parse().unwrap()
}

fn costs(credentials: PathBuf, limits: &Limits) {
    let callgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let instructions = |reads| {
        under("valgrind", &callgrind, "cost", &credentials, reads).map(|it| number(&it, "Collected :"))
    };
    let allocations = |reads| {
        under("valgrind", &["--leak-check=no"], "cost", &credentials, reads)
            .map(|it| number(&it, "total heap usage:"))
    };
    if instructions(1).is_none() {
        return;
    }
    for (what, measured, most) in [
        ("instructions", per_read(|reads| instructions(reads).unwrap()), limits.instructions),
        ("allocations", per_read(|reads| allocations(reads).unwrap()), limits.allocations),
    ] {
        println!("{what} for a read: {measured}");
        assert!(measured <= most, "a read takes {measured} {what}, which should be {most} at most");
    }
}

#[test]
fn instructions_and_allocations() {
    let server = server();
    costs(server.write(&format!(r#"{{"handle_server_url": "{}"}}"#, server.sandbox.http_url())), &HTTP);
    costs(server.credentials(""), &HTTPS);
}

#[test]
fn system_calls() {
    let server = server();
    let http = server.write(&format!(r#"{{"handle_server_url": "{}"}}"#, server.sandbox.http_url()));
    for (credentials, limits) in [(http, HTTP), (server.credentials(""), HTTPS)] {
        let calls = |reads| {
            let report = under("strace", &["-f", "-qq", "-e", "signal=none"], "cost", &credentials, reads)?;
            Some(report.lines().filter(|line| line.contains('(')).count())
        };
        if calls(1).is_none() {
            return;
        }
        let measured = per_read(|reads| calls(reads).unwrap());
        println!("system calls for a read: {measured}");
        // Waiting takes a second look where an event came that was for nobody.
        assert!(measured <= limits.system_calls + 1, "a read takes {measured} system calls");
    }
}

/// The descriptor that ends a call is not looked after anew for each request.
#[test]
fn many_reads_watch_their_token_together() {
    let server = server();
    let http = server.write(&format!(r#"{{"handle_server_url": "{}"}}"#, server.sandbox.http_url()));
    let calls = |reads| {
        let options = ["-f", "-qq", "-e", "trace=epoll_ctl", "-e", "signal=none"];
        let report = under("strace", &options, "cost_many", &http, reads)?;
        Some(report.lines().filter(|line| line.contains('(')).count())
    };
    let Some(few) = calls(50) else { return };
    let more = calls(50 + READS).unwrap().saturating_sub(few);
    assert!(more < READS / 10, "{READS} more reads take {more} more calls of epoll_ctl()");
}
