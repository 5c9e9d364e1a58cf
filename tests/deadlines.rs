//! No call outlives its deadline, whatever the server, the network or the name server do; and a call that another thread
//! ends, ends. The program that makes the calls (tests/c/deadlines.c) allows 2 s.

mod common;

use common::servers::{Misbehaving, Stream, read_request};
use common::under::{Tool, not_under};
use common::{Server, c_program, certificates, run};
use socket2::{Domain, Socket, Type};
use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

const READS: &[&str] = &["get"];
const ALL: &[&str] = &["get", "register", "modify", "delete", "search", "list", "check"];

/// Some kind of trouble, and how to get into it.
struct Trouble {
    name: String,
    credentials: PathBuf,
    operations: &'static [&'static str],
    /// The request of a write has been sent when the call ends.
    sent: bool,
    /// What must not end before the calls have.
    _keep: Vec<Box<dyn std::any::Any + Send + Sync>>,
}

/// Runs calls that take so long, or are ended then, and returns what came of them.
fn calls(trouble: &Trouble, operation: &str, threads: u32, calls: u32, ms: u32, cancel: bool) -> String {
    let (threads, calls, ms) = (threads.to_string(), calls.to_string(), ms.to_string());
    let credentials = trouble.credentials.to_str().unwrap();
    let mut arguments = vec![credentials, operation, &threads, &calls, &ms];
    if cancel {
        arguments.push("cancel");
    }
    run(&c_program("deadlines"), &arguments)
}

/// A server that the sandbox is, with a fault for every request or for some.
fn faulty(fault: &str, method: &str, sent: bool) -> Trouble {
    let server = Server::start_with(|options| {
        options.idle = Duration::from_secs(3600);
        options.faults.push(fault.parse().unwrap());
    });
    let more = format!(r#", "auth_method": "{method}", "allowed_search_keys": []"#);
    Trouble {
        name: format!("{fault} ({method})"),
        credentials: server.credentials(&more),
        operations: ALL,
        sent,
        _keep: vec![Box::new(server)],
    }
}

/// Something that is reached under a URL, perhaps by a proxy.
fn at(
    name: &str,
    url: &str,
    proxy: &str,
    sent: bool,
    keep: Vec<Box<dyn std::any::Any + Send + Sync>>,
) -> Trouble {
    let folder = tempfile::tempdir().unwrap();
    let credentials = folder.path().join("credentials.json");
    let json = format!(
        r#"{{"handle_server_url": "{url}", "HTTPS_verify": false, "proxy": "{proxy}",
            "username": "300:21.T12345/USER01", "password": "secret-word"}}"#
    );
    std::fs::write(&credentials, json).unwrap();
    let operations = if url.starts_with("https:") { ALL } else { READS };
    let mut all: Vec<Box<dyn std::any::Any + Send + Sync>> = vec![Box::new(folder)];
    all.extend(keep);
    Trouble { name: name.to_owned(), credentials, operations, sent, _keep: all }
}

/// An address where connections are neither accepted nor refused: the queue of a listener that accepts none is full.
fn black_hole() -> (SocketAddr, Vec<Box<dyn std::any::Any + Send + Sync>>) {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    listener.listen(1).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    let mut all: Vec<Box<dyn std::any::Any + Send + Sync>> = vec![Box::new(listener)];
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        all.push(Box::new(stream));
    }
    (address, all)
}

/// Sends a byte a second, and never ends.
fn drip(stream: &mut dyn Stream, bytes: &[u8]) {
    for byte in bytes.iter().cycle() {
        if stream.write_all(&[*byte]).and_then(|()| stream.flush()).is_err() {
            return;
        }
        thread::sleep(Duration::from_secs(1));
    }
}

/// Accepts a connection and says nothing until the client has gone.
fn silent(mut stream: TcpStream) {
    while stream.read(&mut [0; 4096]).is_ok_and(|bytes| bytes > 0) {}
}

fn all() -> Vec<Trouble> {
    let mut all = Vec::new();
    for fault in
        ["stall", "latency:4000", "503:3600", "429:3600", "503", "500", "truncate", "garbage", "close"]
            .into_iter()
            .chain([
                "reset-before-reading",
                "reset-before-executing",
                "reset-before-answering",
                "forget-sessions",
            ])
    {
        for method in ["basic", "session"] {
            all.push(faulty(fault, method, matches!(fault, "stall" | "latency:4000") && method == "basic"));
        }
    }
    all.push(faulty("stall on PUT /api/sessions", "session", false));
    all.push(faulty("stall on DELETE /api/sessions", "session", false));
    let keep = |server: Misbehaving| -> Vec<Box<dyn std::any::Any + Send + Sync>> { vec![Box::new(server)] };

    let (address, held) = black_hole();
    all.push(at("a black hole", &format!("https://{address}"), "", false, held));
    let (address, held) = black_hole();
    all.push(at("a black hole as proxy", "https://h.invalid", &format!("http://{address}"), false, held));
    all.push(at("a name server without answer", "https://stuck.example.org", "", false, Vec::new()));
    let server = Misbehaving::plain(silent);
    all.push(at("silence", &server.http_url(), "", true, keep(server)));
    let server = Misbehaving::plain(silent);
    all.push(at("silence in the handshake", &server.https_url(), "", false, keep(server)));
    let server = Misbehaving::plain(silent);
    all.push(at("a silent proxy", "https://h.invalid", &server.http_url(), false, keep(server)));
    // The head of a handshake message of 16 KiB.
    let server = Misbehaving::plain(|mut stream| drip(&mut stream, b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"));
    all.push(at("a slow handshake", &server.https_url(), "", false, keep(server)));
    for (name, at_once, slowly) in [
        ("a slow head", "", "HTTP/1.1 200 OK\r\nX: xxxxxxxxxxxxxxxxxxxxx"),
        ("a slow body", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " "),
        ("slow chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
        ("provisional replies", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"),
    ] {
        let server = Misbehaving::tls(certificates::self_made().identity(), move |stream, _| {
            read_request(stream);
            let _ = stream.write_all(at_once.as_bytes());
            drip(stream, slowly.as_bytes());
        });
        all.push(at(name, &server.https_url(), "", true, keep(server)));
    }
    all
}

/// Hands troubles to a few threads, most of which wait most of the time.
fn each(troubles: &[Trouble], check: impl Fn(&Trouble) + Sync) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(trouble) =
                    troubles.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    check(trouble);
                }
            });
        }
    });
}

/// Whether a request has left within the 300 ms that calls have here.
fn is_fast() -> bool {
    !not_under(&[Tool::Tsan, Tool::Valgrind], "requests leave late, so that doubt is not judged")
}

#[test]
fn no_call_outlives_its_deadline() {
    c_program("deadlines");
    let is_fast = is_fast();
    each(&all(), |trouble| {
        for operation in trouble.operations {
            let said = calls(trouble, operation, 1, 1, 300, false);
            if is_fast && trouble.sent && ["register", "delete"].contains(operation) {
                assert!(said.starts_with("status=45 in_doubt=1"), "{} {operation}: {said}", trouble.name);
            }
        }
    });
}

/// Reads are never in doubt; writes are where they were sent, and nowhere else.
#[test]
fn calls_that_another_thread_ends() {
    c_program("deadlines");
    let is_fast = is_fast();
    let lasting: Vec<Trouble> = all()
        .into_iter()
        .filter(|trouble| {
            trouble.sent
                || !["reset", "503", "429", "500", "trunc", "garb", "close", "forget"]
                    .iter()
                    .any(|start| trouble.name.starts_with(start))
        })
        .filter(|trouble| !trouble.name.contains("DELETE"))
        .collect();
    each(&lasting, |trouble| {
        for operation in trouble.operations {
            let said = calls(trouble, operation, 1, 1, 300, true);
            let is_write = ["register", "delete"].contains(operation);
            let expected = match *operation {
                // It tells what it found, or that it was ended.
                "check" => continue,
                // The search is not in the path of some.
                "search" if trouble.name.contains("/api/") => continue,
                "get" | "search" if trouble.name.contains("/api/sessions") => continue,
                _ if is_fast => format!("status=48 in_doubt={}", i32::from(is_write && trouble.sent)),
                _ => "status=48".to_owned(),
            };
            assert!(said.starts_with(&expected), "{} {operation}: {said}", trouble.name);
        }
    });
}

/// One logs in, the others wait for it: each has its own deadline.
#[test]
fn threads_that_wait_for_a_login() {
    for cancel in [false, true] {
        let trouble = faulty("stall on POST /api/sessions", "session", false);
        let said = calls(&trouble, "register", 8, 1, 300, cancel);
        let status = if cancel { 48 } else { 45 };
        assert_eq!(said.matches(&format!("status={status} in_doubt=0")).count(), 8, "{said}");
    }
}

/// Not a test: how late calls end, which depends on the machine.
///
///     cargo test --test deadlines -- --ignored --nocapture
#[test]
#[ignore = "a measurement"]
fn how_late_calls_end() {
    println!("{:45} {:>8} {:>10} {:>8}", "", "calls", "median ms", "most ms");
    for trouble in all() {
        for operation in ["get", "register"] {
            if !trouble.operations.contains(&operation) {
                continue;
            }
            let said = calls(&trouble, operation, 1, 20, 200, false);
            if let Some(late) = said.lines().find(|line| line.starts_with("late=")) {
                let numbers: Vec<&str> = late.split([' ', '=']).skip(1).step_by(2).collect();
                let name = format!("{}, {operation}", trouble.name);
                println!("{name:45} {:>8} {:>10} {:>8}", numbers[0], numbers[1], numbers[2]);
            }
        }
    }
}
