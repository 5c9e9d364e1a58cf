//! The worst day, seen from C: each failure has its own status, and a message that says what to do.

mod common;

use common::outcome::call;
use common::servers::{Misbehaving, always, answer, read_request};
use common::under;
use common::{Server, c_program, certificates, run};
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const GET: &[&str] = &["get", "21.T12345/EXAMPLE", "URL"];
const REGISTER: &[&str] = &["register", "21.T12345/NEW", "http://x/"];

/// Credentials text for reading from a server that is not the sandbox.
fn reading(url: &str) -> String {
    format!(r#"{{"handle_server_url": "{url}", "timeout_ms": 20000}}"#)
}

/// Credentials text for writing to such a server.
fn writing(url: &str) -> String {
    format!(
        r#"{{"handle_server_url": "{url}", "username": "300:21.T12345/USER01", "password": "secret-word",
            "HTTPS_verify": false, "timeout_ms": 20000}}"#
    )
    .replace('\n', " ")
}

#[test]
fn credentials_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.json");
    call(&path, &[]).is(20, "my.json: there is no such file");
    for (text, status, words) in [
        (
            "{ “baseuri”: “https://my.handle.server” }",
            21,
            "my.json, line 1, column 3: this is a typographic quote",
        ),
        (
            "{\n\"baseuri\": \"https://h\"",
            21,
            "my.json, line 2, column 23: the text ends too early: a closing }",
        ),
        ("{\n\"baseuri\": \"https://h\",\n}", 21, "my.json, line 2, column 23: remove this comma"),
        ("\"baseuri\": \"https://h\"", 21, "line 1, column 1: expected {"),
        ("{\"pasword\": \"x\"}", 22, "Did you mean \"password\"?"),
        ("{\n\n\"username\": 300}", 22, "There are 2 problems: (1) "),
        ("{\"username\": \"300:p/u\"}", 22, "neither password nor private_key"),
        ("{\"HTTPS_verify\": \"missing.pem\"}", 22, "missing.pem cannot be read"),
        ("{\n\n\"username\": 300, \"password\": \"x\"}", 22, "my.json, line 3: username must be text"),
        ("{\"HTTPS_verify\": 1}", 22, "HTTPS_verify must be true, false"),
        ("{\"baseuri\": \"my.handle.server\"}", 22, "\"https://\" is missing"),
        ("{\"handleowner\": \"21.T12345/USER01\"}", 22, "has no index"),
        ("{\"proxy\": \"::::\"}", 22, "proxy"),
    ] {
        std::fs::write(&path, text).unwrap();
        call(&path, &[]).is(status, words);
    }
    call("{}", &[]).is(0, "");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.json");
    std::fs::write(&path, "{}").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        return common::skipped(1, "this user may read everything");
    }
    call(&path, &[]).is(20, "may not read the file");
}

#[test]
fn no_server_there() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("https://127.0.0.1:{port}");
    call(writing(&url), GET).is(41, "nothing accepts connections").is_in_doubt(false);
    call(writing(&url), REGISTER).is(41, "Is the server running?").is_in_doubt(false);
    call(reading("https://no-such-host.invalid"), GET).is(40, "no-such-host.invalid");
}

#[test]
fn something_else_than_a_handle_server() {
    for (reply, words) in [
        (answer("200 OK", "text/html", "<!doctype html><title>Welcome"), "HTTP 200 with an HTML page"),
        (answer("404 Not Found", "text/html", "<html>"), "HTTP 404 with an HTML page"),
        (answer("200 OK", "application/json", "{\"status\": \"ok\"}"), "JSON without a responseCode"),
        (answer("200 OK", "application/json", "{\"responseCode\":1,"), "broken JSON"),
        (answer("302 Found", "text/html", ""), "redirects elsewhere"),
        (answer("200 OK", "application/json", &"[".repeat(100_000)), "not the REST API"),
    ] {
        let server = Misbehaving::plain(always(reply));
        call(reading(&server.http_url()), GET).is(100, words);
    }
}

#[test]
fn a_record_that_the_server_cannot_decode() {
    let reply = answer("200 OK", "application/json", "{\"responseCode\":2,\"handle\":\"21.T12345/EXAMPLE\"}");
    let server = Misbehaving::plain(always(reply));
    let outcome = call(reading(&server.http_url()), GET);
    outcome.is(85, "cannot decode the record");
    assert_eq!((outcome.number("http"), outcome.number("rc")), (200, 2));
}

#[test]
fn an_answer_about_another_handle() {
    let body = "{\"responseCode\":1,\"handle\":\"21.T12345/OTHER\",\"values\":[]}";
    let server = Misbehaving::plain(always(answer("200 OK", "application/json", body)));
    call(reading(&server.http_url()), GET).is(105, "another Handle");
}

#[test]
fn a_busy_server_may_be_asked_again() {
    let server = Misbehaving::plain(always(answer("503 Unavailable", "text/html", "<html>")));
    let outcome = call(reading(&server.http_url()), GET);
    outcome.is(102, "not available").is_in_doubt(false);
    assert_eq!(outcome.number("retryable"), 1);
}

#[test]
fn no_answer_in_time() {
    // Never dropped inside: the connection stays open until the test is over.
    let silent = Misbehaving::plain(|stream| {
        std::mem::forget(stream);
    });
    let outcome = call(reading(&silent.http_url()), &[&["timeout=1000"], GET].concat());
    outcome.is(45, "no complete reply within the 1000 ms");
    assert_eq!(outcome.number("retryable"), 1);
    // The handshake is not even answered, so nothing was sent.
    let outcome = call(writing(&silent.https_url()), &[&["connect_timeout=1000"], REGISTER].concat());
    outcome.is(45, "no connection within 1000 ms").is_in_doubt(false);
    let outcome = call(writing(&silent.https_url()), &[&["timeout=1000"], REGISTER].concat());
    outcome.is(45, "no connection to the server within the 1000 ms").is_in_doubt(false);
}

#[test]
fn a_write_without_an_answer_is_in_doubt() {
    let writes = Arc::new(AtomicUsize::new(0));
    let seen = writes.clone();
    let closing = Misbehaving::tls(certificates::self_made().identity(), move |stream, _| {
        if read_request(stream).is_some_and(|line| line.starts_with("PUT ")) {
            seen.fetch_add(1, Ordering::Relaxed);
        }
    });
    call(writing(&closing.https_url()), REGISTER).is(46, "The server may have carried out").is_in_doubt(true);
    assert_eq!(writes.load(Ordering::Relaxed), 1, "it was sent once");

    let stalling = Misbehaving::tls(certificates::self_made().identity(), |stream, tcp| {
        read_request(stream);
        std::mem::forget(tcp.try_clone());
    });
    // Under a tool, the handshake alone takes longer.
    let timeout = if under::tool().is_some() { "timeout=20000" } else { "timeout=500" };
    let outcome = call(writing(&stalling.https_url()), &[&[timeout], REGISTER].concat());
    outcome.is(45, "no complete reply").is_in_doubt(true);

    let cutting = Misbehaving::tls(certificates::self_made().identity(), |stream, _| {
        read_request(stream);
        let _ = stream.write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"responseCode\":1,");
        let _ = stream.flush();
    });
    call(writing(&cutting.https_url()), REGISTER).is(46, "connection broke").is_in_doubt(true);
}

#[test]
fn resets_do_not_kill_the_host() {
    fn reset(tcp: &std::net::TcpStream) {
        // Closing with a linger time of zero sends a reset.
        let _ = socket2::SockRef::from(tcp).set_linger(Some(std::time::Duration::ZERO));
    }
    for early in [true, false] {
        let server = Misbehaving::tls(certificates::self_made().identity(), move |stream, tcp| {
            if early {
                // In the middle of the request.
                let _ = std::io::Read::read(stream, &mut [0; 100]);
            } else {
                read_request(stream);
            }
            reset(tcp);
        });
        // A failure is fine here, a signal is not.
        let said = run(&c_program("large"), &[&writing(&server.https_url()), "1048576"]);
        assert!(said.contains("connection lost"), "{said}");
    }
}

#[test]
fn who_may_do_what() {
    let server = Server::start();
    let url = server.sandbox.https_url();
    let with = |user: &str, password: &str| {
        server.write(&format!(
            r#"{{"handle_server_url": "{url}", "username": "{user}", "password": "{password}",
                "HTTPS_verify": "server.pem"}}"#
        ))
    };
    let wrong = call(with("300:21.T12345/USER01", "secret-guess"), REGISTER);
    wrong.is(60, "refused the credentials (empty HTTP 401)");
    assert_eq!((wrong.number("http"), wrong.number("rc")), (401, 0));
    assert_eq!(wrong.0["operation"], "register_handle");
    assert_eq!(wrong.0["handle"], "21.T12345/NEW");
    call(with("300:21.T12345/NOBODY", "secret-guess"), REGISTER).is(60, "HS_SECKEY");
    let other = server.sandbox.users().iter().find(|user| !user.id.contains("USER01")).unwrap();
    call(with(&other.id, &other.secret), REGISTER).is(62, "HS_ADMIN");
    let own = server.credentials("");
    call(&own, &["register", "21.T99999/NEW", "http://x/"]).is(86, "prefix is not served");
    call(&own, &["get", "21.T12345/NOTHING", "URL"]).is(80, "no such Handle");
    call(&own, &["get", "21.T12345/EXAMPLE", "EMAIL"]).is(82, "no EMAIL value that everybody may read");
    call(&own, &["delete", "21.T12345/NOTHING"]).is(80, "no such Handle");
    call(&own, &["modify", "21.T12345/NOTHING", "URL", "x"]).is(80, "no such Handle");
    let anonymous = server.write(&format!(r#"{{"baseuri": "{url}", "HTTPS_verify": "server.pem"}}"#));
    call(&anonymous, GET).is(0, "");
    call(&anonymous, REGISTER).is(61, "needs credentials");
    assert!(server.sandbox.record("21.T12345/NEW").is_none());
}

#[test]
fn credentials_never_travel_in_the_clear() {
    let server = Server::start();
    server.sandbox.clear_requests();
    let plain = server.write(&format!(
        r#"{{"baseuri": "{}", "username": "300:21.T12345/USER01", "password": "user01-secret"}}"#,
        server.sandbox.http_url()
    ));
    call(&plain, REGISTER).is(63, "credentials never travel over plain HTTP").is_in_doubt(false);
    call(&plain, &[&["authenticated"], GET].concat()).is(63, "https://");
    assert_eq!(server.sandbox.requests(), []);
    call(&plain, GET).is(0, "");
}

#[test]
fn bad_arguments() {
    let server = Server::start();
    let own = server.credentials("");
    for (arguments, status, words) in [
        (&["get", "21.T12345", "URL"][..], 2, "no slash"),
        (&["get", "", "URL"], 2, "empty"),
        (&["register", "21.T12345/", "http://x/"], 2, "suffix"),
        (&["register", "/x", "http://x/"], 2, "prefix"),
        (&["delete", "21.T12345/a\tb"], 2, "U+0009"),
        (&["get", "21.T12345/EXAMPLE", ""], 1, "type"),
        (&["get", "21.T12345/\u{e9}", "URL"], 80, "no such Handle"),
    ] {
        call(&own, arguments).is(status, words);
    }
    // One byte more than a record can hold is refused here; this much is fine. A shell could not pass it on.
    let said = run(&c_program("large"), &[own.to_str().unwrap(), "1048577"]);
    assert!(said.contains("value larger than 1 MiB"), "{said}");
    let said = run(&c_program("large"), &[own.to_str().unwrap(), "1048576"]);
    assert!(said.contains("success"), "{said}");
}

#[test]
fn a_port_that_does_not_speak_tls() {
    let server = Misbehaving::plain(always(answer("400 Bad Request", "text/html", "<html>")));
    let chatty = Misbehaving::plain(|mut stream| {
        let _ = stream.write_all(b"220 mail.example.org ESMTP\r\n");
        let _ = std::io::Read::read(&mut stream, &mut [0; 1000]);
    });
    let closing = Misbehaving::plain(drop);
    call(writing(&chatty.https_url()), REGISTER).is(42, "does not speak TLS").is_in_doubt(false);
    call(writing(&closing.https_url()), REGISTER).is(42, "closed the connection during the TLS handshake");
    drop(server);
}
