//! What is done about requests that fail, seen from C: what is repeated and what is not, what is read back, and what the
//! counters and the log say of it.

mod common;

use b2h_sandbox::{FaultRule, Options, Sandbox};
use common::dialog::Dialog;
use common::servers::{Misbehaving, relay_to};
use common::{PASSWORD, Server, USER};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const HANDLES: &str = "/api/handles";
/// The first byte of a connection with TLS.
const TLS_HANDSHAKE: u8 = 22;

fn fault(server: &Server, rule: &str) {
    server.sandbox.add_fault(rule.parse::<FaultRule>().unwrap());
}

/// How many requests with this method there were since the last question.
fn requests(server: &Server, method: &str) -> usize {
    let count = server.sandbox.count(method, HANDLES);
    server.sandbox.clear_requests();
    count
}

#[test]
fn reads_are_repeated_while_that_helps() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    for (rule, attempts) in [
        ("429 on GET /api next 2", 3),
        ("503 on GET /api next 3", 4),
        ("500 on GET /api next 1", 2),
        ("reset-before-reading on GET /api next 2", 3),
        ("reset-before-executing on GET /api next 1", 2),
        ("reset-before-answering on GET /api next 1", 2),
        ("truncate on GET /api next 1", 2),
        ("garbage on GET /api next 1", 2),
    ] {
        fault(&server, rule);
        client.succeeds("get 21.T12345/EXAMPLE URL");
        assert_eq!(requests(&server, "GET"), attempts, "{rule}");
    }
    for (rule, status, attempts) in [
        ("503 on GET /api next 6", "102", 6),
        // It may be the record.
        ("500 on GET /api next 2", "101", 2),
        ("garbage on GET /api next 6", "100", 6),
    ] {
        server.sandbox.clear_faults();
        fault(&server, rule);
        let said = client.say("get 21.T12345/EXAMPLE URL");
        assert!(said.starts_with(&format!("{status} doubt=0")), "{rule}: {said}");
        assert_eq!(requests(&server, "GET"), attempts, "{rule}");
    }
    let stats = client.stats();
    assert_eq!((stats["requests"], stats["retries"], stats["doubts"]), (34, 23, 0));
}

#[test]
fn nothing_is_repeated_where_nobody_wants_it() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(r#", "max_retries": 0"#));
    fault(&server, "503 on GET /api next 1");
    let said = client.say("get 21.T12345/EXAMPLE URL");
    assert!(said.starts_with("102 doubt=0"), "{said}");
    assert_eq!(requests(&server, "GET"), 1);
}

#[test]
fn the_server_may_say_when_to_come_back() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    fault(&server, "503:1 on GET /api next 1");
    let begun = Instant::now();
    client.succeeds("get 21.T12345/EXAMPLE URL");
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(requests(&server, "GET"), 2);
    // Not within the time of the call.
    fault(&server, "503:100 on GET /api next 1");
    let said = client.say("get 21.T12345/EXAMPLE URL");
    assert!(said.starts_with("102 doubt=0") && said.contains("100 s"), "{said}");
    assert_eq!(requests(&server, "GET"), 1);
}

#[test]
fn writes_are_repeated_only_where_nothing_was_done() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    // The Handle server itself says that it was too busy.
    fault(&server, "503 on PUT /api next 2");
    client.succeeds("register 21.T12345/BUSY http://x/");
    assert_eq!(requests(&server, "PUT"), 3);
    assert_eq!(server.sandbox.writes("21.T12345/BUSY"), 1);
    fault(&server, "503 on DELETE /api next 2");
    client.succeeds("delete 21.T12345/BUSY");
    assert_eq!(requests(&server, "DELETE"), 3);
    for (rule, status) in [
        ("429 on PUT /api next 1", "102 doubt=0"),
        ("500 on PUT /api next 1", "101 doubt=1"),
        ("reset-before-reading on PUT /api next 1", "46 doubt=1"),
        ("reset-before-executing on PUT /api next 1", "46 doubt=1"),
    ] {
        fault(&server, rule);
        let said = client.say("register 21.T12345/ONCE http://x/");
        assert!(said.starts_with(status), "{rule}: {said}");
        assert_eq!(requests(&server, "PUT"), 1, "{rule}");
        assert!(server.sandbox.record("21.T12345/ONCE").is_none());
    }
    assert_eq!(client.stats()["doubts"], 3);
}

#[test]
fn doubt_becomes_success_where_reading_back_shows_it() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    let handle = "21.T12345/DOUBT";
    for lost in ["reset-before-answering", "truncate", "garbage"] {
        for command in
            ["register H http://x/", "set H URL http://y/", "set H NEW z", "remove H NEW", "delete H"]
        {
            let method = if command.starts_with(['r', 's']) && !command.starts_with("remove") {
                "PUT"
            } else {
                "DELETE"
            };
            fault(&server, &format!("{lost} on {method} /api next 1"));
            let before = server.sandbox.writes(handle);
            client.succeeds(&command.replace('H', handle));
            assert_eq!(requests(&server, method), 1, "{lost}: {command}");
            assert_eq!(server.sandbox.writes(handle), before + 1, "{lost}: {command}");
        }
    }
    assert_eq!(client.stats()["doubts"], 0);
}

/// However a value looks, the server gives it back as it was written.
#[test]
fn values_of_all_forms_are_known_again() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    for (number, value) in [
        r#"{"index":1,"type":"URL","data":"http://x/"}"#,
        r#"{"index":5,"type":"X","ttl":17,"data":{"format":"string","value":"ü€"}}"#,
        r#"{"index":5,"type":"X","ttl":"2031-01-01T00:00:00Z","data":"x"}"#,
        r#"{"index":5,"type":"X","permissions":"1100","data":"hidden"}"#,
        r#"{"index":5,"type":"X","permissions":"0010","data":"odd"}"#,
        r#"{"index":5,"type":"X","data":{"format":"base64","value":"AP+A"}}"#,
        r#"{"index":5,"type":"X","data":{"format":"base64","value":"eA=="}}"#,
        r#"{"index":5,"type":"X","references":[{"handle":"21.T12345/EXAMPLE","index":1}],"data":"x"}"#,
        r#"{"index":5,"type":"HS_VLIST","data":{"format":"vlist","value":[{"handle":"21.T12345/USER01","index":300}]}}"#,
        r#"{"index":101,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/21.T12345","index":200,"permissions":"111111111111"}}}"#,
    ]
    .into_iter()
    .enumerate()
    {
        fault(&server, "reset-before-answering on PUT /api next 1");
        let said = client.say(&format!("json 21.T12345/FORM-{number} {value}"));
        assert!(said.starts_with('0'), "{value}: {said}");
    }
}

#[test]
fn what_reading_back_does_not_show_stays_in_doubt() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    client.succeeds("register 21.T12345/LATE http://x/");
    client.succeeds("timeout 1000");
    for (fault_on, command) in [
        ("PUT", "set 21.T12345/LATE URL http://y/"),
        ("PUT", "register 21.T12345/LATER http://x/"),
        ("DELETE", "remove 21.T12345/LATE URL"),
        ("DELETE", "delete 21.T12345/LATE"),
    ] {
        server.sandbox.clear_requests();
        fault(&server, &format!("stall on {fault_on} /api next 1"));
        let said = client.say(command);
        assert!(said.starts_with("45 doubt=1"), "{command}: {said}");
        assert_eq!(server.sandbox.count(fault_on, HANDLES), 1, "{command}");
        let last = server.sandbox.requests().pop().unwrap();
        assert!(last.method == "GET" && last.target.contains("auth=true"), "{last:?}");
    }
    assert_eq!(client.stats()["doubts"], 4);
    assert_eq!(server.sandbox.writes("21.T12345/LATE"), 1);
}

/// What is seen is what was to be written, and there is more that is not seen: nothing was overwritten.
#[test]
fn a_record_that_is_seen_in_part_is_not_the_one_written() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    let handle = "21.T12345/PARTLY";
    client.succeeds(&format!("register {handle} http://x/"));
    let mut values = server.sandbox.record(handle).unwrap()["values"].clone();
    values.as_array_mut().unwrap().push(serde_json::json!(
        {"index": 7, "type": "HIDDEN", "permissions": "00000", "data": {"format": "string", "value": "x"}}
    ));
    server.sandbox.put_values(handle, &values.to_string()).unwrap();
    fault(&server, "reset-before-executing on PUT /api next 1");
    let said = client.say(&format!("overwrite {handle} http://x/"));
    assert!(said.starts_with("46 doubt=1"), "{said}");
    assert_eq!(client.stats()["doubts"], 1);
}

/// Somebody has deleted the Handle and registered it anew: that the old one is gone cannot be seen.
#[test]
fn a_deletion_is_never_sent_twice() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(""));
    client.succeeds("register 21.T12345/AGAIN http://x/");
    server.sandbox.clear_requests();
    fault(&server, "reset-before-answering on DELETE /api next 1");
    // Longer than anybody takes to do it.
    fault(&server, "latency:3000 on GET /api next 1");
    let renewed = thread::scope(|scope| {
        let renewed = scope.spawn(|| {
            while server.sandbox.record("21.T12345/AGAIN").is_some() {
                thread::yield_now();
            }
            server.sandbox.put_values("21.T12345/AGAIN", r#"[{"index":1,"type":"URL","data":"http://new/"}]"#)
        });
        let said = client.say("delete 21.T12345/AGAIN");
        assert!(said.starts_with("46 doubt=1"), "{said}");
        renewed.join().unwrap()
    });
    assert_eq!(renewed, Ok(()));
    assert_eq!(server.sandbox.count("DELETE", HANDLES), 1);
    assert!(server.sandbox.record("21.T12345/AGAIN").is_some());
}

#[test]
fn a_server_that_comes_back_is_waited_for() {
    let reserved = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = reserved.local_addr().unwrap();
    drop(reserved);
    let server = Server::start();
    let credentials = server.write(&format!(
        r#"{{"handle_server_url": "https://{address}", "username": "{}", "password": "{}", "HTTPS_verify": false,
            "max_retries": 1000, "timeout_ms": 120000}}"#,
        common::USER,
        common::PASSWORD
    ));
    let log = server.folder.path().join("log.txt");
    let mut client = Dialog::with_log(&credentials, &log);
    let late = thread::spawn(move || {
        while !std::fs::read_to_string(&log).unwrap().contains("Trying again in ") {
            thread::sleep(Duration::from_millis(10));
        }
        Sandbox::start(Options { listen: address, ..Options::default() }).unwrap()
    });
    client.succeeds("register 21.T12345/PATIENT http://x/");
    let late = late.join().unwrap();
    assert_eq!((late.count("PUT", HANDLES), late.writes("21.T12345/PATIENT")), (1, 1));
    assert!(client.stats()["retries"] > 0);
    drop(late);
    client.succeeds("timeout 1000");
    let said = client.say("register 21.T12345/PATIENT-2 http://x/");
    assert!(said.starts_with("41 doubt=0") && said.contains("It was tried "), "{said}");
}

#[test]
fn reading_falls_back_to_the_mirror() {
    let (first, second) = (Server::start(), Server::start());
    second
        .sandbox
        .put_values("21.T12345/COPY", r#"[{"index":1,"type":"URL","data":"http://mirror/"}]"#)
        .unwrap();
    let mirror = format!(r#", "max_retries": 2, "mirror": "{}""#, second.sandbox.http_url());
    let mut client = Dialog::start(&first.credentials(&mirror));
    let asked = |method| second.sandbox.count(method, HANDLES);

    assert_eq!(
        client.say("exists 21.T12345/COPY"),
        "0 no",
        "the first server is there, and has the last word"
    );
    assert_eq!(asked("GET"), 0);
    fault(&first, "503 on GET /api");
    assert_eq!(client.say("get 21.T12345/COPY URL"), "0 http://mirror/");
    assert_eq!(client.say("exists 21.T12345/COPY"), "0 yes");
    assert_eq!((asked("GET"), requests(&first, "GET")), (2, 3));
    // What it lacks may be new: the first server's trouble is told.
    second.sandbox.clear_requests();
    let said = client.say("get 21.T12345/NONE URL");
    assert!(said.starts_with("102"), "{said}");
    assert_eq!((asked("GET"), requests(&first, "GET")), (1, 3));
    // It is never shown who we are, nor asked where the answer is to be written back.
    for command in ["peek 21.T12345/COPY URL", "set 21.T12345/COPY URL http://y/"] {
        let said = client.say(command);
        assert!(said.starts_with("102"), "{command}: {said}");
    }
    assert_eq!(asked("GET"), 1);
    // One that stalls leaves time for the other.
    first.sandbox.clear_faults();
    fault(&first, "stall on GET /api");
    client.succeeds("timeout 1500");
    assert_eq!(client.say("get 21.T12345/COPY URL"), "0 http://mirror/");
    // And one that is gone.
    let credentials = first.credentials(&mirror);
    drop(first.sandbox);
    client.succeeds("timeout 30000");
    assert_eq!(client.say("get 21.T12345/COPY URL"), "0 http://mirror/");
    assert_eq!(asked("PUT"), 0);
    assert!(second.sandbox.requests().iter().all(|request| request.caller.is_none()));
    drop(credentials);
}

/// A server that is overloaded, or a balancer whose servers restart. Whatever the client has found out by then, a read is
/// tried again.
#[test]
fn connections_that_are_reset_at_once_are_made_again() {
    let server = Misbehaving::plain(|stream| {
        socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
    });
    let settings = format!(r#"{{"handle_server_url": "{}", "max_retries": 1}}"#, server.http_url());
    let folder = tempfile::tempdir().unwrap();
    let credentials = folder.path().join("credentials.json");
    std::fs::write(&credentials, settings).unwrap();
    let mut client = Dialog::start(&credentials);
    for _ in 0..20 {
        let said = client.say("get 21.T12345/RESET URL");
        assert!(said.starts_with("41 ") || said.starts_with("46 "), "{said}");
        assert!(said.contains("It was tried 2 times."), "{said}");
    }
}

/// One address may serve both: a connection that is plain is none for what is meant for HTTPS.
#[test]
fn a_plain_mirror_on_the_same_port_gets_no_change() {
    let server = Server::start();
    server.sandbox.put_values("21.T12345/BOTH", r#"[{"index":1,"type":"URL","data":"http://x/"}]"#).unwrap();
    let (address, plain) = (server.sandbox.address(), Arc::new(Mutex::new(Vec::new())));
    let kept = plain.clone();
    let relay = Misbehaving::plain(move |client| {
        let mut first = [0];
        client.peek(&mut first).unwrap();
        kept.lock().unwrap().push(first[0] != TLS_HANDSHAKE);
        relay_to(&client, address);
    });
    let mut client = Dialog::start(&server.write(&format!(
        r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "{PASSWORD}", "HTTPS_verify": "server.pem",
            "mirror": "{}"}}"#,
        relay.https_url(),
        relay.http_url()
    )));
    fault(&server, "reset-before-reading on GET /api next 1");
    client.succeeds("get 21.T12345/BOTH URL");
    assert_eq!(*plain.lock().unwrap(), [false, true], "the mirror answered");
    client.succeeds("register 21.T12345/BOTH-2 http://x/");
    assert_eq!(*plain.lock().unwrap(), [false, true, false], "the change took the plain connection");
}

/// It may lag behind, and its answers would outlive the trouble of the first server by hours.
#[test]
fn what_a_mirror_says_is_not_cached() {
    let (first, second) = (Server::start(), Server::start());
    let mirror = format!(r#", "cache_size": 9, "mirror": "{}""#, second.sandbox.http_url());
    let mut client = Dialog::start(&first.credentials(&mirror));
    for (server, url) in [(&first, "http://new/"), (&second, "http://old/")] {
        let values = format!(r#"[{{"index":1,"type":"URL","data":"{url}"}}]"#);
        server.sandbox.put_values("21.T12345/LAGGING", &values).unwrap();
    }
    fault(&first, "503 on GET /api next 1");
    assert_eq!(client.say("get 21.T12345/LAGGING URL"), "0 http://old/");
    assert_eq!(client.say("get 21.T12345/LAGGING URL"), "0 http://new/");
    second.sandbox.clear_requests();
    assert_eq!(client.say("get 21.T12345/LAGGING URL"), "0 http://new/", "this one was kept");
    assert_eq!(requests(&first, "GET"), 2);
}

#[test]
fn the_log_has_a_line_for_each_request() {
    let server = Server::start();
    let log = server.folder.path().join("log.txt");
    let mut client = Dialog::with_log(&server.credentials(r#", "auth_method": "session""#), &log);
    fault(&server, "503 on PUT /api/handles next 1");
    fault(&server, "reset-before-answering on GET /api next 1");
    client.succeeds("register 21.T12345/LOGGED http://x/");
    client.succeeds("get 21.T12345/LOGGED URL");
    let stats = client.stats();
    client.free();
    let log = std::fs::read_to_string(log).unwrap();
    let url = server.sandbox.https_url();
    let debug: Vec<_> = log.lines().filter(|line| line.starts_with("4 ")).collect();
    let expected = [
        ("POST", "/api/sessions", "HTTP 201", "attempt 1, new connection"),
        ("PUT", "/api/sessions/this", "HTTP 200", "attempt 1, connection reused"),
        ("PUT", "/api/handles/21.T12345/LOGGED?overwrite=false", "HTTP 503, rc 3", "attempt 1, "),
        ("PUT", "/api/handles/21.T12345/LOGGED?overwrite=false", "HTTP 201, rc 1", "attempt 2, "),
        ("GET", "/api/handles/21.T12345/LOGGED?type=URL", "no reply (", "attempt 1, "),
        ("GET", "/api/handles/21.T12345/LOGGED?type=URL", "HTTP 200, rc 1", "attempt 2, new connection"),
        ("DELETE", "/api/sessions/this", "HTTP 204", "attempt 1, connection reused"),
    ];
    assert_eq!(debug.len(), expected.len(), "{log}");
    for (line, (method, target, outcome, rest)) in debug.iter().zip(expected) {
        assert!(line.starts_with(&format!("4 {method} {url}{target}: {outcome}")), "{line}");
        assert!(line.contains(" ms, ") && line.contains(rest), "{line}");
    }
    assert_eq!(log.lines().filter(|line| line.contains("Trying again in ")).count(), 2, "{log}");
    assert!(!log.contains(common::PASSWORD) && !log.contains("sessionId"), "{log}");
    assert_eq!((stats["requests"], stats["retries"], stats["logins"], stats["doubts"]), (6, 2, 1, 0));
    assert_eq!(stats["connections"], stats["reconnects"] + 1);
    assert!(stats["bytes_sent"] > 100 && stats["bytes_received"] > 100);
}
