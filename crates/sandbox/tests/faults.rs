//! Misbehaviour on purpose, and what really happened meanwhile.

// Helpers of tests fail like tests.
#![allow(clippy::unwrap_used)]

mod support;

use b2h_sandbox::{Error, Fault, FaultRule, Options, Sandbox};
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use support::*;

const TARGET: &str = "/api/handles/21.T12345/FAULT";

fn sandbox(rules: &[&str]) -> Sandbox {
    let faults = rules.iter().map(|rule| rule.parse::<FaultRule>().unwrap()).collect();
    Sandbox::start(Options { faults, ..Options::default() }).unwrap()
}

fn write() -> String {
    request(Some(OWNER), "PUT", TARGET, &format!("[{OWNED}]"))
}

/// What the client of a plain connection meets: `Err` for a reset, else all that came.
fn meet(address: SocketAddr, request: &str) -> Result<String, ErrorKind> {
    let mut stream = tcp_to(address);
    let mut answer = String::new();
    stream.write_all(request.as_bytes()).map_err(|error| error.kind())?;
    stream.read_to_string(&mut answer).map_err(|error| error.kind())?;
    Ok(answer)
}

#[test]
fn resets_and_what_was_executed() {
    for (fault, writes) in
        [("reset-before-reading", 0), ("reset-before-executing", 0), ("reset-before-answering", 1)]
    {
        let sandbox = sandbox(&[&format!("{fault} next 1")]);
        assert!(Wire::tls(&sandbox).dropped_by(write()), "{fault}");
        assert_eq!(sandbox.writes("21.T12345/FAULT"), writes, "{fault}");
        let seen = sandbox.requests();
        assert_eq!((seen.len(), seen[0].status, sandbox.requests_seen()), (1, 0, 1), "{fault}");
        // Once only.
        let status = Wire::tls(&sandbox).ask(write()).status;
        assert_eq!(status, if writes == 0 { 201 } else { 200 }, "{fault}");
        sandbox.add_fault(fault.parse::<Fault>().unwrap());
        let read = request(None, "GET", "/api/handles/21.T12345/EXAMPLE", "");
        assert_eq!(meet(sandbox.address(), &read), Err(ErrorKind::ConnectionReset), "{fault}");
        sandbox.clear_faults();
        assert_eq!(Wire::plain(&sandbox).ask(read).status, 200);
    }
}

#[test]
fn statuses_instead_of_an_execution() {
    let sandbox =
        sandbox(&["429:7 next 1", "503 on PUT /api/handles next 1", "500 on * /api/handles next 1"]);
    // All three match the first request; the first of them answers, and all are used up.
    let answer = Wire::tls(&sandbox).ask(write());
    assert!(answer.status == 429 && answer.has_header("Retry-After: 7"), "{answer:?}");
    assert_eq!(sandbox.faults_happened(), 3);
    sandbox.add_fault("503".parse::<FaultRule>().unwrap());
    let answer = Wire::tls(&sandbox).ask(write());
    assert!((answer.status, answer.code()) == (503, 3) && !answer.head.contains("Retry-After"), "{answer:?}");
    sandbox.clear_faults();
    sandbox.add_fault(Fault::Error);
    let mut wire = Wire::tls(&sandbox);
    let answer = wire.ask(write());
    assert_eq!((answer.status, answer.code(), sandbox.writes("21.T12345/FAULT")), (500, 2, 0));
    // The connection is usable, the body of the refused request is not taken for the next one.
    sandbox.clear_faults();
    assert_eq!(wire.ask(write()).status, 201);
}

#[test]
fn spoilt_answers() {
    let sandbox = sandbox(&["garbage on PUT /", "truncate on GET /"]);
    let wire = &mut Wire::tls(&sandbox);
    wire.send(write());
    assert!(wire.take_until("\r\n\r\n").starts_with("HTTP/1.1 201"));
    assert_eq!(sandbox.writes("21.T12345/FAULT"), 1);
    let whole = "Connection: close\r\nHost: localhost\r\n\r\n";
    let read = |sandbox: &Sandbox| {
        meet(sandbox.address(), &format!("GET /api/handles/21.T12345/EXAMPLE HTTP/1.1\r\n{whole}")).unwrap()
    };
    let part = read(&sandbox);
    sandbox.clear_faults();
    let all = read(&sandbox);
    assert!(all.starts_with(&part) && part.contains("\r\n\r\n{") && part.len() < all.len(), "{part}");
}

#[test]
fn waiting() {
    let sandbox = sandbox(&["latency:300 on GET /", "stall on PUT /"]);
    let start = Instant::now();
    assert_eq!(Wire::plain(&sandbox).ask(request(None, "GET", "/api/site", "")).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
    let mut stalled = tcp(&sandbox);
    stalled.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    stalled.write_all(write().as_bytes()).unwrap();
    let problem = stalled.read(&mut [0]).unwrap_err().kind();
    assert!(matches!(problem, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{problem}");
    assert_eq!(sandbox.writes("21.T12345/FAULT"), 0);
    // Dropping the sandbox ends a connection that stalls.
    drop(sandbox);
    assert!(!matches!(stalled.read(&mut [0]), Ok(1)));
}

#[test]
fn connections_that_end() {
    let sandbox = sandbox(&["close on GET /api/site next 1"]);
    let mut wire = Wire::plain(&sandbox);
    assert!(!wire.ask(request(None, "GET", "/api/site", "")).head.contains("Connection"));
    assert_eq!(wire.rest(), "");
    let mut idle = Wire::plain(&sandbox);
    assert_eq!(idle.ask(request(None, "GET", "/api/site", "")).status, 200);
    // The server knows of its idleness a moment after the answer is there.
    let deadline = Instant::now() + Duration::from_secs(60);
    let closed = std::thread::spawn(move || idle.rest());
    while !closed.is_finished() {
        assert!(Instant::now() < deadline, "still open");
        sandbox.close_idle_connections();
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(closed.join().unwrap(), "");
}

#[test]
fn forgetting_sessions() {
    let sandbox = sandbox(&["forget-sessions on GET /api/handles next 1"]);
    let session = Wire::tls(&sandbox).ask(request(None, "POST", "/api/sessions", "")).json();
    let header =
        format!("\r\nAuthorization: Handle sessionId={}\r\n", session["sessionId"].as_str().unwrap());
    let read = |target| request(None, "GET", target, "").replacen("\r\n", &header, 1);
    assert_eq!(Wire::tls(&sandbox).ask(read("/api/sessions/this")).status, 200);
    assert_eq!(Wire::tls(&sandbox).ask(read("/api/handles/21.T12345/EXAMPLE")).status, 401);
    assert_eq!(Wire::tls(&sandbox).ask(read("/api/sessions/this")).status, 403);
}

#[test]
fn the_control_endpoint() {
    let loopback: SocketAddr = ([127, 0, 0, 1], 0).into();
    let sandbox =
        Sandbox::start(Options { control: Some(loopback), journal: true, ..Options::default() }).unwrap();
    let control: SocketAddr =
        sandbox.control_url().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
    let ask = |method: &str, target: &str, body: &str| {
        let length = body.len();
        let request =
            format!("{method} {target} HTTP/1.1\r\nHost: c\r\nContent-Length: {length}\r\n\r\n{body}");
        Wire::plain_to(control).ask(request)
    };
    assert_eq!(ask("POST", "/faults", "500 on PUT / next 1\nlatency:1 with 0.5\n").status, 204);
    assert_eq!(ask("GET", "/faults", "").body, "500 on PUT / next 1\nlatency:1 with 0.5\n");
    let refused = ask("POST", "/faults", "500\nnonsense");
    assert!(refused.status == 400 && refused.body.contains("nonsense is no fault"), "{refused:?}");
    assert_eq!(Wire::tls(&sandbox).ask(write()).status, 500);
    assert_eq!(Wire::tls(&sandbox).ask(write()).status, 201);
    assert_eq!(ask("DELETE", "/faults", "").status, 204);
    assert_eq!(ask("GET", "/faults", "").body, "");
    let counters = ask("GET", "/counters", "").json();
    assert_eq!((&counters["requests"], &counters["connections"]), (&2.into(), &2.into()));
    assert_eq!(counters["writes"], serde_json::json!({"21.T12345/FAULT": 1}));
    let lines = |target: &str| -> Vec<serde_json::Value> {
        ask("GET", target, "").body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let statuses: Vec<_> = lines("/requests").iter().map(|request| request["status"].clone()).collect();
    assert_eq!(statuses, [500, 201]);
    let journal = lines("/journal");
    assert_eq!((journal.len(), &journal[0]["method"]), (1, &"PUT".into()));
    assert_eq!(journal[0]["values"][0]["type"], "HS_ADMIN");
    assert_eq!(ask("POST", "/forget-sessions", "").status, 204);
    assert_eq!(ask("POST", "/close-idle", "").status, 204);
    let (usage, missing) = (ask("GET", "/", ""), ask("GET", "/nothing", ""));
    assert_eq!((usage.status, missing.status, &usage.body), (200, 404, &missing.body));
    assert!(usage.body.contains("/counters"), "{usage:?}");
    let open = Options { control: Some(([0, 0, 0, 0], 0).into()), ..Options::default() };
    assert!(matches!(Sandbox::start(open), Err(Error::RemoteControl(_))));
}
