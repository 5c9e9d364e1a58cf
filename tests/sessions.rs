//! Handle sessions, seen from C: one login for a client, renewed and ended as it should be.

mod common;

use common::dialog::Dialog;
use common::servers::{Identity, Misbehaving, answer, read_request};
use common::under::{Tool, not_under};
use common::{PASSWORD, Server, USER, c_program, run};
use std::sync::atomic::{AtomicUsize, Ordering};

const SESSION: &str = r#", "auth_method": "session""#;

/// How often each kind of request to the sessions came: opened, logged in, ended.
fn logins(server: &Server) -> (usize, usize, usize) {
    let sandbox = &server.sandbox;
    let this = "/api/sessions/this";
    (sandbox.count("POST", "/api/sessions"), sandbox.count("PUT", this), sandbox.count("DELETE", this))
}

#[test]
fn one_login_serves_all_requests_and_ends_with_the_client() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(SESSION));
    client.succeeds("get 21.T12345/EXAMPLE URL");
    assert_eq!(logins(&server), (0, 0, 0), "public reading needs no login");
    for n in 0..20 {
        client.succeeds(&format!("register 21.T12345/S-{n} http://x/"));
    }
    client.succeeds("peek 21.T12345/S-1 URL");
    client.succeeds("delete 21.T12345/S-1");
    assert_eq!(logins(&server), (1, 1, 0));
    client.free();
    assert_eq!(logins(&server), (1, 1, 1));
    let requests = server.sandbox.requests();
    assert_eq!(requests.last().map(|request| request.status), Some(204), "the session is gone");
    let handles = requests.iter().filter(|request| request.target.starts_with("/api/handles"));
    for request in handles.skip(1) {
        assert_eq!(request.caller.as_deref(), Some(USER), "{request:?}");
    }
}

#[test]
fn threads_share_one_login() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(SESSION));
    assert_eq!(client.say("threads 32 21.T12345/T-"), "0 failures=0");
    assert_eq!(logins(&server), (1, 1, 0));
    client.free();
    assert_eq!(logins(&server), (1, 1, 1));
}

#[test]
fn a_forgotten_session_is_renewed_once() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(SESSION));
    client.succeeds("register 21.T12345/F-0 http://x/");
    server.sandbox.forget_sessions();
    client.succeeds("register 21.T12345/F-1 http://x/");
    assert_eq!(logins(&server), (2, 2, 0));
    server.sandbox.forget_sessions();
    // Threads find out at the same time, and still log in once.
    assert_eq!(client.say("threads 16 21.T12345/F-T"), "0 failures=0");
    assert_eq!(logins(&server), (3, 3, 0));
    // Where the server forgets at once what it has just been told, nobody tries for ever.
    server.sandbox.clear_requests();
    server
        .sandbox
        .add_fault("forget-sessions on PUT /api/handles".parse::<b2h_sandbox::FaultRule>().unwrap());
    let said = client.say("register 21.T12345/F-2 http://x/");
    assert!(said.starts_with("60 doubt=0"), "{said}");
    assert_eq!(server.sandbox.count("PUT", "/api/handles"), 2);
    assert!(server.sandbox.record("21.T12345/F-2").is_none());
}

#[test]
fn a_child_has_a_session_of_its_own() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(SESSION));
    client.succeeds("register 21.T12345/P-0 http://x/");
    client.succeeds("fork 21.T12345/C-0");
    assert_eq!(logins(&server), (2, 2, 1), "the child has ended its own session");
    client.succeeds("register 21.T12345/P-1 http://x/");
    assert_eq!(logins(&server), (2, 2, 1), "and left that of its parent alone");
    client.free();
    assert_eq!(logins(&server), (2, 2, 2));
}

#[test]
fn fork_threads_and_exit_with_sessions() {
    let server = Server::start();
    let credentials = server.credentials(SESSION);
    if !not_under(&[Tool::Tsan, Tool::Valgrind], "the many children of a process with threads take minutes") {
        assert_eq!(run(&c_program("host_fork"), &[&credentials]), "");
    }
    server.sandbox.clear_requests();
    assert_eq!(run(&c_program("at_exit"), &[&credentials]), "freed at exit\n");
    assert_eq!(logins(&server).2, 0, "nothing is sent at exit");
}

#[test]
fn freeing_waits_for_no_server() {
    let server = Server::start_with(|options| options.idle = std::time::Duration::from_secs(3600));
    server.sandbox.add_fault("stall on DELETE /api/sessions".parse::<b2h_sandbox::FaultRule>().unwrap());
    let mut client = Dialog::start(&server.credentials(SESSION));
    client.succeeds("register 21.T12345/F http://x/");
    let start = std::time::Instant::now();
    client.free();
    // The stall lasts for an hour, the wait for a second.
    assert!(start.elapsed() < std::time::Duration::from_secs(60));
    assert_eq!(server.sandbox.faults_happened(), 1);
}

#[test]
fn a_login_that_is_disturbed() {
    let server = Server::start();
    let mut client = Dialog::start(&server.credentials(SESSION));
    let fault = |rule: &str| server.sandbox.add_fault(rule.parse::<b2h_sandbox::FaultRule>().unwrap());
    // Each of its requests may be sent again: a session too many does no harm, nor the same answer twice.
    fault("503 on POST /api/sessions next 1");
    fault("reset-before-answering on PUT /api/sessions/this next 1");
    client.succeeds("register 21.T12345/D-0 http://x/");
    assert_eq!(logins(&server), (2, 2, 0));
    // Forgotten between its two requests.
    server.sandbox.forget_sessions();
    fault("forget-sessions on PUT /api/sessions/this next 1");
    client.succeeds("register 21.T12345/D-1 http://x/");
    assert_eq!(logins(&server), (4, 4, 0));
    assert_eq!(client.stats()["logins"], 2);
}

/// What stands before a server may want to know who we are, too: that is no reason to log in once more.
#[test]
fn a_401_of_something_else_is_no_forgotten_session() {
    let json = |status, body| answer(status, "application/json", body);
    let (server, others) = says(
        json("201 Created", r#"{"sessionId":"abc","nonce":"AAECAw=="}"#),
        json("200 OK", r#"{"authenticated":true,"id":"300:21.T12345/USER01"}"#),
        answer("401 Unauthorized", "text/html", "<html>Who are you?</html>"),
    );
    let sandbox = Server::start();
    let credentials = sandbox.write(&format!(
        r#"{{"baseuri": "{}", "username": "{USER}", "password": "x", "auth_method": "session",
            "HTTPS_verify": false}}"#,
        server.https_url()
    ));
    let mut client = Dialog::start(&credentials);
    for n in 1..=3 {
        let said = client.say("register 21.T12345/X http://x/");
        assert!(said.starts_with("60 doubt=0 ") && said.contains("Something before"), "{said}");
        assert_eq!(others.load(Ordering::Relaxed), n, "sent once each time");
    }
}

#[test]
fn secrets_of_any_kind_can_log_in() {
    let server = Server::start();
    let secret = r#"pä:ss \"wörd\" €"#;
    let value = r#"[{"index": 300, "type": "HS_SECKEY", "data": "pä:ss \"wörd\" €"}]"#;
    server.sandbox.put_values("21.T12345/US%ER: \"Ü,", value).unwrap();
    let admin = r#"[{"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value":
        {"handle": "21.T12345/US%ER: \"Ü,", "index": 300, "permissions": "011111111111"}}}]"#;
    server.sandbox.put_values("21.T12345/OWNED", admin).unwrap();
    let credentials = server.write(&format!(
        r#"{{"baseuri": "{}", "username": "300:21.T12345/US%ER: \"Ü,", "password": "{secret}",
            "auth_method": "session", "HTTPS_verify": "server.pem"}}"#,
        server.sandbox.https_url()
    ));
    let mut client = Dialog::start(&credentials);
    client.succeeds("delete 21.T12345/OWNED");
}

#[test]
fn a_wrong_secret_is_an_authentication_error_each_time() {
    let server = Server::start();
    let credentials = server.write(&format!(
        r#"{{"baseuri": "{}", "username": "{USER}", "password": "not-{PASSWORD}",
            "auth_method": "session", "HTTPS_verify": "server.pem"}}"#,
        server.sandbox.https_url()
    ));
    let mut client = Dialog::start(&credentials);
    for _ in 0..2 {
        let said = client.say("register 21.T12345/W http://x/");
        assert!(said.starts_with("60 doubt=0 "), "{said}");
        assert!(said.contains("HS_SECKEY") && said.contains(USER), "{said}");
        assert!(!said.contains(PASSWORD), "{said}");
    }
    assert_eq!(server.sandbox.count("PUT", "/api/handles"), 0, "nothing else was sent");
    client.succeeds("get 21.T12345/EXAMPLE URL");
    client.free();
    assert_eq!(logins(&server), (2, 2, 0), "there was no session to end");
}

/// A server with its own idea of sessions: what it says when one is opened, and when somebody logs in.
fn says(
    opened: &'static str,
    logged_in: &'static str,
    other: &'static str,
) -> (Misbehaving, std::sync::Arc<AtomicUsize>) {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::default().self_signed(&key).unwrap();
    let identity = Identity::new(vec![certificate.der().clone()], &key);
    let others = std::sync::Arc::new(AtomicUsize::new(0));
    let counter = others.clone();
    let server = Misbehaving::tls(identity, move |stream, _| {
        while let Some(line) = read_request(stream) {
            let said = match line.split(' ').next().unwrap() {
                "POST" => opened,
                "PUT" if line.contains("/api/sessions/this") => logged_in,
                _ => {
                    counter.fetch_add(1, Ordering::Relaxed);
                    other
                }
            };
            if stream.write_all(said.as_bytes()).is_err() {
                return;
            }
        }
    });
    (server, others)
}

#[test]
fn only_our_own_identity_is_a_login() {
    let json = |status, body| answer(status, "application/json", body);
    let opened = json("201 Created", r#"{"sessionId":"abc","nonce":"AAECAw=="}"#);
    let html = answer("200 OK", "text/html", "<html><form action=login>Password</form></html>");
    for (opened, logged_in, status) in [
        (opened, json("200 OK", r#"{"authenticated":true,"id":"300:21.T12345/USER02"}"#), 60),
        (opened, json("200 OK", r#"{"authenticated":true,"id":"301:21.T12345/USER01"}"#), 60),
        (opened, json("200 OK", r#"{"authenticated":true,"id":"300:21.T12345/USER01","error":"no"}"#), 60),
        (opened, json("200 OK", r#"{"authenticated":false,"id":"300:21.T12345/USER01"}"#), 60),
        (opened, json("200 OK", r#"{"sessionId":"abc"}"#), 60),
        (opened, json("401 Unauthorized", r#"{"sessionId":"abc","error":"Identity not verified"}"#), 60),
        (opened, html, 100),
        (html, html, 100),
        (json("200 OK", r#"{"sessionId":"abc","nonce":"AAECAw=="}"#), html, 105),
        (json("201 Created", r#"{"sessionId":"a\"b","nonce":"AAECAw=="}"#), html, 105),
        (json("201 Created", r#"{"sessionId":"abc","nonce":"*"}"#), html, 105),
        (json("404 Not Found", ""), html, 60),
        (json("403 Forbidden", ""), html, 60),
        (json("500 Internal Server Error", "{}"), html, 101),
    ] {
        let (server, others) = says(opened, logged_in, answer("200 OK", "application/json", "{}"));
        let credentials = format!(
            r#"{{"baseuri": "{}", "username": "{USER}", "password": "x", "auth_method": "session",
                "HTTPS_verify": false}}"#,
            server.https_url()
        )
        .replace('\n', " ");
        let said = run(&c_program("call"), &[&credentials, "register", "21.T12345/X", "http://x/"]);
        assert!(said.starts_with(&format!("status={status}\n")), "{opened} {logged_in}: {said}");
        assert!(said.contains("in_doubt=0"), "{said}");
        assert_eq!(others.load(Ordering::Relaxed), 0, "the registration itself was not sent");
    }
}
