//! A data file: what was acknowledged stays, whatever happens to the program.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Error, FaultRule, Options, Sandbox};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::*;

fn options(data: &Path) -> Options {
    Options { data: Some(data.to_owned()), ..Options::default() }
}

#[test]
fn everything_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sandbox.db");
    let first = Sandbox::start(options(&data)).unwrap();
    let answer = call(&first, Some(OWNER), "PUT", "21.T12345/KEPT", &format!("[{OWNED}]"));
    assert_eq!(answer.status, 201);
    assert_eq!(call(&first, Some(OWNER), "DELETE", "21.T12345/EXAMPLE", "").status, 200);
    let (certificate, record) = (first.certificate_pem().to_owned(), first.record("21.T12345/KEPT"));
    assert!(record.is_some());
    drop(first);
    // The fixture is not looked at any more.
    let fixture = Some(folder.path().join("missing.json"));
    let second = Sandbox::start(Options { fixture, ..options(&data) }).unwrap();
    assert_eq!(second.certificate_pem(), certificate);
    assert_eq!(second.record("21.T12345/KEPT"), record);
    assert_eq!(second.record("21.T12345/EXAMPLE"), None);
    assert_eq!((second.prefix(), second.users().len()), ("21.T12345", 3));
}

#[test]
fn a_file_serves_one_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sandbox.db");
    let _first = Sandbox::start(options(&data)).unwrap();
    let problem = Sandbox::start(options(&data)).err().unwrap();
    assert!(matches!(problem, Error::DataInUse { .. }), "{problem}");
    // On a port that is taken the program ends even if it gets the file.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = port.local_addr().unwrap().to_string();
    let mut program = Command::new(env!("CARGO_BIN_EXE_b2h-sandbox"));
    let output = program.args(["--listen", &listen, "--data"]).arg(&data).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let problem = String::from_utf8(output.stderr).unwrap();
    assert!(problem.contains("another sandbox uses") && problem.contains("sandbox.db"), "{problem}");
}

#[test]
fn writes_are_counted_when_they_happen() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    assert_eq!(sandbox.all_writes().len(), 0);
    let put = |query: &str| {
        call(&sandbox, Some(OWNER), "PUT", &format!("21.T12345/count{query}"), &format!("[{OWNED}]")).status
    };
    assert_eq!((put("?overwrite=false"), put("?overwrite=false"), put("?index=100")), (201, 409, 200));
    assert_eq!(sandbox.writes("21.t12345/COUNT"), 2);
    assert_eq!(call(&sandbox, None, "DELETE", "21.T12345/COUNT", "").status, 401);
    assert_eq!(call(&sandbox, Some(OWNER), "DELETE", "21.T12345/COUNT", "").status, 200);
    assert_eq!(sandbox.all_writes().into_iter().collect::<Vec<_>>(), [("21.T12345/COUNT".to_owned(), 3)]);
}

#[test]
fn a_killed_program_loses_nothing_acknowledged() {
    const ROUNDS: usize = 4;
    const WRITES: usize = 25;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sandbox.db");
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let program = Program::start(&data, &folder.path().join(format!("ready{round}.json")));
        let mut wire = Wire::tls_to(program.address);
        for handle in &acknowledged {
            let answer = wire.ask(request(None, "GET", &format!("/api/handles/{handle}"), ""));
            assert_eq!(answer.status, 200, "{handle} is lost");
        }
        for number in 0..WRITES {
            let handle = format!("21.T12345/{round}-{number}");
            let target = format!("/api/handles/{handle}?overwrite=false");
            assert_eq!(wire.ask(request(Some(OWNER), "PUT", &target, &format!("[{OWNED}]"))).status, 201);
            acknowledged.push(handle);
        }
        // The kill meets a write that nobody has acknowledged.
        wire.send(request(Some(OWNER), "PUT", &format!("/api/handles/21.T12345/{round}"), "[]"));
        program.kill();
    }
    let sandbox = Sandbox::start(Options { journal: true, ..options(&data) }).unwrap();
    let lost: Vec<_> = acknowledged.iter().filter(|handle| sandbox.record(handle).is_none()).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // The journal has what the records have, whether it was acknowledged or not.
    let noted: Vec<String> = sandbox.journal().unwrap().into_iter().map(|write| write.handle).collect();
    let all = acknowledged.into_iter().chain((0..ROUNDS).map(|round| format!("21.T12345/{round}")));
    for handle in all {
        let count = noted.iter().filter(|noted| **noted == handle).count();
        assert_eq!(count == 1, sandbox.record(&handle).is_some(), "{handle} is noted {count} times");
    }
}

#[test]
fn the_journal_has_every_executed_write() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sandbox.db");
    // A file of a sandbox that kept none.
    drop(Sandbox::start(options(&data)).unwrap());
    let with_journal = || Sandbox::start(Options { journal: true, ..options(&data) }).unwrap();
    let sandbox = with_journal();
    sandbox.add_fault("reset-before-executing on PUT / next 1".parse::<FaultRule>().unwrap());
    let reset = Wire::tls(&sandbox).dropped_by(put("?overwrite=false"));
    let ask = |bytes: String| Wire::tls(&sandbox).ask(bytes).status;
    assert_eq!((reset, ask(put("?overwrite=false")), ask(put("?overwrite=false"))), (true, 201, 409));
    sandbox.add_fault("reset-before-answering on DELETE / next 1".parse::<FaultRule>().unwrap());
    assert!(Wire::tls(&sandbox).dropped_by(request(
        Some(OWNER),
        "DELETE",
        "/api/handles/21.T12345/NOTED",
        ""
    )));
    sandbox.put_values("21.T12345/ELSEWHERE", r#"[{"index": 1, "type": "URL", "data": "x"}]"#).unwrap();
    drop(sandbox);
    let journal = with_journal().journal().unwrap();
    let writes: Vec<_> = journal
        .iter()
        .map(|write| (write.sequence, write.method.as_str(), write.target.as_str(), write.caller.as_deref()))
        .collect();
    let owner = Some("300:21.T12345/USER01");
    let (put, delete) = ("/api/handles/21.T12345/Noted?overwrite=false", "/api/handles/21.T12345/NOTED");
    assert_eq!(writes, [(1, "PUT", put, owner), (2, "DELETE", delete, owner), (3, "", "", None)]);
    assert!(journal.iter().take(2).all(|write| write.handle == "21.T12345/NOTED"));
    assert_eq!(journal[0].values.as_ref().unwrap()[0]["type"], "HS_ADMIN");
    assert_eq!(journal[1].values, None);
    assert_eq!(journal[2].values.as_ref().unwrap()[0]["data"]["value"], "x");
}

fn put(query: &str) -> String {
    request(Some(OWNER), "PUT", &format!("/api/handles/21.T12345/Noted{query}"), &format!("[{OWNED}]"))
}

/// The program with a data file.
struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    fn start(data: &Path, ready: &Path) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_b2h-sandbox"))
            .args(["--listen", "127.0.0.1:0", "--journal", "--data"])
            .arg(data)
            .arg("--ready-file")
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
        let facts: serde_json::Value = serde_json::from_slice(&std::fs::read(ready).unwrap()).unwrap();
        let address = facts["https"].as_str().unwrap().trim_start_matches("https://").parse().unwrap();
        Program { child, address }
    }

    /// `kill -9`.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already when all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
