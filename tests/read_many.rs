//! Reading many Handles at once, seen from C.

mod common;

use b2h_sandbox::{FaultRule, Options};
use common::servers::{Misbehaving, answer, read_request};
use common::{Server, USER, c_program, run};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const COUNT: usize = 100;

fn name(number: usize) -> String {
    format!("21.T12345/MANY-{number:03}")
}

/// A server with many Handles, whose URLs have their numbers.
fn server(change: impl FnOnce(&mut Options)) -> Server {
    let server = Server::start_with(change);
    for number in 0..COUNT {
        let values = format!(r#"[{{"index":1,"type":"URL","data":"http://x/{number}"}}]"#);
        server.sandbox.put_values(&name(number), &values).unwrap();
    }
    server
}

fn all() -> Vec<String> {
    (0..COUNT).map(name).collect()
}

fn fault(server: &Server, rule: &str) {
    server.sandbox.add_fault(rule.parse::<FaultRule>().unwrap());
}

/// What became of each Handle: status and text.
fn read(credentials: &Path, concurrency: usize, options: &str, handles: &[String]) -> Vec<(i32, String)> {
    let (path, concurrency) = (credentials.to_str().unwrap().to_owned(), concurrency.to_string());
    let options = options.split_whitespace().map(str::to_owned);
    let arguments: Vec<_> = [path, concurrency].into_iter().chain(options).chain(handles.to_vec()).collect();
    let line = |line: &str| {
        let (status, text) = line.split_once(' ').unwrap();
        (status.parse().unwrap(), text.to_owned())
    };
    run(&c_program("read_many"), &arguments).lines().map(line).collect()
}

fn found() -> Vec<(i32, String)> {
    (0..COUNT).map(|number| (0, format!("http://x/{number}"))).collect()
}

#[test]
fn each_handle_has_its_outcome_at_its_place() {
    let server = server(|_| {});
    for (credentials, concurrency) in [(server.credentials(""), 7), (server.credentials(""), 0)] {
        assert_eq!(read(&credentials, concurrency, "", &all()), found());
    }
    let odd = ["NULL", "nothing", "BYTES", "21.T12345/MANY-005", "21.T12345/NONE", "1:21.T12345/MANY-006"];
    let outcomes = read(&server.credentials(""), 2, "", &odd.map(str::to_owned));
    for (outcome, (status, words)) in outcomes.iter().zip([
        (1, "handles is NULL"),
        (2, "nothing"),
        (1, "handles is not UTF-8"),
        (0, "http://x/5"),
        (80, "21.T12345/NONE"),
        (0, "http://x/6"),
    ]) {
        assert!(outcome.0 == status && outcome.1.contains(words), "{outcome:?}");
    }
    assert_eq!(outcomes.len(), odd.len());
    assert_eq!(read(&server.credentials(""), 2, "", &[]), []);
    let refused = read(&server.credentials(""), 1025, "", &all());
    assert!(refused[0].0 == 1 && refused[0].1.contains("1024"), "{refused:?}");
}

/// A server that answers nobody until so many requests wait, and then all at once. With fewer at a time, the reading would
/// never end.
fn answered_together(at_once: usize, rounds: usize) {
    let waiting = Arc::new((Mutex::new((0, 0)), Condvar::new()));
    let most = Arc::new(AtomicUsize::new(0));
    let seen = most.clone();
    let record = r#"{"responseCode":1,"handle":"p/x","values":[{"index":1,"type":"URL","data":{"format":"string","value":"http://x/"},"ttl":86400,"timestamp":"2026-01-01T00:00:00Z"}]}"#;
    let reply = answer("200 OK", "application/json", record);
    let server = Misbehaving::plain(move |mut stream| {
        while read_request(&mut stream).is_some() {
            let (counts, all_there) = &*waiting;
            let mut counts = counts.lock().unwrap();
            counts.0 += 1;
            seen.fetch_max(counts.0, Ordering::Relaxed);
            let round = counts.1;
            if counts.0 == at_once {
                *counts = (0, round + 1);
                all_there.notify_all();
            }
            drop(all_there.wait_while(counts, |counts| counts.1 == round).unwrap());
            stream.write_all(reply.as_bytes()).unwrap();
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let credentials = folder.path().join("credentials.json");
    let settings = format!(r#"{{"handle_server_url": "{}", "max_retries": 0}}"#, server.http_url());
    std::fs::write(&credentials, settings).unwrap();
    let handles = vec!["p/x".to_owned(); rounds * at_once];
    let outcomes = read(&credentials, at_once, "timeout=20000", &handles);
    let failures: Vec<_> = outcomes.iter().filter(|(status, _)| *status != 0).collect();
    assert!(failures.is_empty(), "{} failures, such as {:?}", failures.len(), failures[0]);
    assert_eq!(outcomes.len(), handles.len());
    assert_eq!(most.load(Ordering::Relaxed), at_once, "never more");
    assert_eq!(server.connections.load(Ordering::Relaxed), at_once, "connections are used again");
}

#[test]
fn so_many_are_on_their_way_at_the_same_time() {
    answered_together(10, 5);
}

/// More than the runtime lets a call do in one turn.
#[test]
fn none_is_forgotten_of_very_many() {
    answered_together(512, 3);
}

#[test]
fn a_wrong_password_is_tried_once() {
    let server = server(|_| {});
    let credentials = server.write(&format!(
        r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "wrong", "HTTPS_verify": "server.pem",
            "auth_method": "session"}}"#,
        server.sandbox.https_url()
    ));
    let outcomes = read(&credentials, 16, "authenticated", &all());
    assert!(outcomes.iter().all(|outcome| outcome.0 == 60), "{outcomes:?}");
    assert_eq!(outcomes.len(), COUNT);
    assert_eq!(server.sandbox.count("POST", "/api/sessions"), 1);
}

#[test]
fn the_second_call_has_connections_already() {
    let server = server(|_| {});
    read(&server.credentials(""), 8, "twice", &all());
    assert_eq!(server.sandbox.count("GET", "/api/handles"), 2 * COUNT);
    let credentials = server.credentials(r#", "cache_size": 1000"#);
    server.sandbox.clear_requests();
    assert_eq!(read(&credentials, 8, "twice", &all()), found());
    assert_eq!(server.sandbox.count("GET", "/api/handles"), COUNT, "the second time from the cache");
}

#[test]
fn each_is_repeated_where_that_helps() {
    let server = server(|_| {});
    for rule in
        ["503 on GET /api next 9", "reset-before-answering on GET /api next 9", "truncate on GET /api next 9"]
    {
        fault(&server, rule);
        assert_eq!(read(&server.credentials(""), 16, "", &all()), found(), "{rule}");
    }
}

/// The session is forgotten while requests with it are on their way: each of them is sent again, with one new session.
#[test]
fn a_session_that_is_forgotten_is_renewed_once_for_all() {
    let server = server(|_| {});
    fault(&server, "forget-sessions on GET /api/handles/21.T12345/MANY-050 next 1");
    assert_eq!(
        read(&server.credentials(r#", "auth_method": "session""#), 16, "authenticated", &all()),
        found()
    );
    assert_eq!(server.sandbox.count("POST", "/api/sessions"), 2);
}

#[test]
fn one_that_stalls_fails_alone() {
    let server = server(|options| options.idle = Duration::from_secs(3600));
    fault(&server, "stall on GET /api/handles/21.T12345/MANY-007");
    let outcomes = read(&server.credentials(r#", "max_retries": 0"#), 4, "timeout=5000", &all());
    for (number, outcome) in outcomes.iter().enumerate() {
        let is_stalled = name(number) == name(7);
        assert_eq!(outcome.0, if is_stalled { 45 } else { 0 }, "{number}: {outcome:?}");
    }
}

#[test]
fn cancelling_ends_them_all() {
    let server = server(|options| options.idle = Duration::from_secs(3600));
    fault(&server, "stall on GET /api/handles");
    // A read that is not ended would run into the time at which a test counts as hanging.
    let outcomes = read(&server.credentials(""), 16, "cancel=300 timeout=3600000", &all());
    assert!(outcomes.iter().all(|outcome| outcome.0 == 48), "{outcomes:?}");
    assert_eq!(outcomes.len(), COUNT);
}

#[test]
fn where_the_server_is_down_each_is_told_so() {
    let credentials = {
        let server = server(|_| {});
        let path = server.credentials(r#", "max_retries": 1"#);
        let kept = tempfile::tempdir().unwrap();
        std::fs::copy(server.folder.path().join("server.pem"), kept.path().join("server.pem")).unwrap();
        std::fs::copy(path, kept.path().join("credentials.json")).unwrap();
        kept
    };
    let outcomes = read(&credentials.path().join("credentials.json"), 16, "", &all());
    assert!(
        outcomes.iter().all(|(status, text)| *status == 41 && text.contains("nothing accepts connections")),
        "{outcomes:?}"
    );
}
