//! The C programs of tests/c against a sandbox. What happened is judged by the sandbox, not by the client.

mod common;

use common::under::{Tool, not_under};
use common::{Server, c_program, output, run, shared};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[test]
fn names_and_values_survive_a_round_trip() {
    let server = Server::start();
    let said = run(&c_program("round_trip"), &[server.credentials("")]);
    assert!(said.contains("28 names, 11 values"), "{said}");
    assert!(server.sandbox.record("21.T12345/a/b").is_none());
}

#[test]
fn each_operation_makes_the_requests_it_promises() {
    let server = Server::start();
    let credentials = server.credentials("");
    let call = c_program("call");
    let credentials = credentials.to_str().unwrap();
    let name = "21.T12345/COUNTED";
    let requests = |arguments: &[&str]| {
        server.sandbox.clear_requests();
        let said = run(&call, &[&[credentials], arguments].concat());
        assert!(said.contains("status=0"), "{said}");
        server
            .sandbox
            .requests()
            .into_iter()
            .map(|request| format!("{} {}", request.method, request.target))
            .collect::<Vec<_>>()
    };
    let path = "/api/handles/21.T12345/COUNTED";
    assert_eq!(requests(&["register", name, "http://x/"]), [format!("PUT {path}?overwrite=false")]);
    assert_eq!(
        requests(&["overwrite", "register", name, "http://x/"]),
        [format!("PUT {path}?overwrite=true")]
    );
    assert_eq!(requests(&["get", name, "URL"]), [format!("GET {path}?type=URL")]);
    assert_eq!(
        requests(&["modify", name, "URL", "http://y/"]),
        [format!("GET {path}"), format!("PUT {path}?index=1&overwrite=true")]
    );
    assert_eq!(
        requests(&["modify", name, "EMAIL", "a@b"]),
        [format!("GET {path}"), format!("PUT {path}?index=2&overwrite=false")]
    );
    assert_eq!(requests(&["delete", name]), [format!("DELETE {path}")]);
}

#[test]
fn a_registered_record_is_as_b2handle_makes_it() {
    let server = Server::start();
    let credentials = server.credentials(r#", "handleowner": "300:21.T12345/USER01""#);
    let call = c_program("call");
    let credentials = credentials.to_str().unwrap();
    let said = run(&call, &[credentials, "register", "hdl:21.T12345/OWNED", "http://x/"]);
    assert!(said.contains("out=21.T12345/OWNED\n"), "{said}");
    let record = server.sandbox.record("21.T12345/owned").unwrap();
    let values = record["values"].as_array().unwrap();
    assert_eq!(values.len(), 2);
    assert_eq!(values[0]["index"], 1);
    assert_eq!(values[0]["type"], "URL");
    assert_eq!(values[0]["data"]["value"], "http://x/");
    assert_eq!(values[1]["index"], 100);
    assert_eq!(values[1]["type"], "HS_ADMIN");
    let admin =
        serde_json::json!({"handle": "21.T12345/USER01", "index": 300, "permissions": "011111110011"});
    assert_eq!(values[1]["data"]["value"], admin);
}

/// The identity may not read the private value: the change is made on what everybody sees, and nothing is lost.
#[test]
fn hidden_values_survive_a_change() {
    let server = Server::start();
    let call = c_program("call");
    // The administrator's permissions lack read_value.
    let blind = server
        .credentials(r#", "handleowner": "300:21.T12345/USER01", "HS_ADMIN_permissions": "001111110011""#);
    let blind = blind.to_str().unwrap();
    assert!(run(&call, &[blind, "register", "21.T12345/HIDDEN", "http://x/"]).contains("status=0"));
    server
        .sandbox
        .put_values(
            "21.T12345/HIDDEN",
            r#"[{"index": 2, "type": "SECRET", "data": "hidden", "permissions": "01100", "ttl": 60}]"#,
        )
        .unwrap();
    assert!(run(&call, &[blind, "authenticated", "get", "21.T12345/HIDDEN", "SECRET"]).contains("status=62"));
    server.sandbox.clear_requests();
    assert!(run(&call, &[blind, "modify", "21.T12345/HIDDEN", "EMAIL", "a@b"]).contains("status=0"));
    let statuses: Vec<u16> = server.sandbox.requests().iter().map(|request| request.status).collect();
    // Refused with credentials, the public view, index 2 taken by the hidden value; looked again; index 3.
    assert_eq!(statuses, [403, 200, 409, 403, 200, 201]);
    assert!(run(&call, &[blind, "modify", "21.T12345/HIDDEN", "URL", "http://y/"]).contains("status=0"));
    let record = server.sandbox.record("21.T12345/HIDDEN").unwrap();
    let found: Vec<(u64, &str, &str)> = record["values"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|value| value["type"] != "HS_ADMIN")
        .map(|value| {
            (
                value["index"].as_u64().unwrap(),
                value["type"].as_str().unwrap(),
                value["data"]["value"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, [(1, "URL", "http://y/"), (2, "SECRET", "hidden"), (3, "EMAIL", "a@b")]);
}

#[test]
fn a_change_keeps_everything_but_the_data() {
    let server = Server::start();
    let call = c_program("call");
    let credentials = server.credentials("");
    let credentials = credentials.to_str().unwrap();
    assert!(run(&call, &[credentials, "register", "21.T12345/KEPT", "http://x/"]).contains("status=0"));
    server
        .sandbox
        .put_values(
            "21.T12345/KEPT",
            r#"[{"index": 7, "type": "NOTE", "data": "old", "permissions": "00010", "ttl": 60,
             "references": [{"handle": "21.T12345/X", "index": 1}]},
            {"index": 8, "type": "UNTIL", "data": "old", "ttl": "2030-01-01T00:00:00Z"},
            {"index": 9, "type": "TWICE", "data": "1"}, {"index": 10, "type": "twice", "data": "2"}]"#,
        )
        .unwrap();
    let value = |index: u64| {
        let record = server.sandbox.record("21.T12345/KEPT").unwrap();
        let mut value =
            record["values"].as_array().unwrap().iter().find(|v| v["index"] == index).unwrap().clone();
        value.as_object_mut().unwrap().remove("timestamp");
        value
    };
    for (index, kind) in [(7, "note"), (8, "UNTIL")] {
        let mut expected = value(index);
        assert!(run(&call, &[credentials, "modify", "21.T12345/KEPT", kind, "new"]).contains("status=0"));
        expected["data"]["value"] = "new".into();
        assert_eq!(value(index), expected);
    }
    let said = run(&call, &[credentials, "modify", "21.T12345/KEPT", "TWICE", "new"]);
    assert!(said.contains("status=84") && said.contains("several TWICE values"), "{said}");
    let said = run(&call, &[credentials, "modify", "21.T12345/KEPT", "hs_admin", "new"]);
    assert!(said.contains("status=5"), "{said}");
}

#[test]
fn connections_that_the_server_closed_are_not_used_again() {
    if not_under(&[Tool::Valgrind], "a handshake takes longer than the server leaves connections open") {
        return;
    }
    let server = Server::start_with(|options| options.idle = Duration::from_millis(50));
    run(&c_program("stale"), &[server.credentials("")]);
    let requests = server.sandbox.requests();
    assert_eq!(requests.len(), 100);
    assert!(requests.iter().all(|request| request.method == "PUT" && request.status == 201));
    assert!((0..100).all(|n| server.sandbox.record(&format!("21.T12345/STALE-{n}")).is_some()));
    assert!(server.sandbox.connections() > 90, "the server closed none: this shows nothing");
}

#[test]
fn the_host_is_left_alone() {
    let server = Server::start();
    let program = c_program("guest");
    let credentials = server.credentials("");
    let said = run(&program, &[credentials.to_str().unwrap(), "21.T12345/GUEST"]);
    assert_eq!(said, "", "nothing is ever printed");
}

#[test]
fn threads_share_a_client() {
    let server = Server::start();
    run(&c_program("threads"), &[server.credentials("")]);
    assert_eq!(server.sandbox.count("PUT", "/api/handles/21.T12345/THREAD-"), 2 * 16 * 20);
    assert_eq!(server.sandbox.count("DELETE", "/api/handles/21.T12345/THREAD-"), 16 * 20);
}

#[test]
fn at_exit_calls_return_a_status_and_free_works() {
    let server = Server::start();
    assert_eq!(run(&c_program("at_exit"), &[server.credentials("")]), "freed at exit\n");
}

#[test]
fn users_and_passwords_with_any_character() {
    let Some(folder) = shared("handle-server") else { return };
    let server = Server::start_with(|options| options.fixture = Some(folder.join("fixture.json")));
    let call = c_program("call");
    for (at, (user, password)) in
        [("300:21.T12345/US%ER:04 ü", "user04-secret"), ("303:21.T12345/USER01", "pä:ss wörd €")]
            .iter()
            .enumerate()
    {
        let url = server.sandbox.https_url();
        let credentials = server.write(&format!(
            r#"{{"baseuri": "{url}", "username": "{user}", "password": "{password}", "HTTPS_verify": "server.pem"}}"#
        ));
        let handle = format!("21.T12345/BY-{at}");
        let said = run(&call, &[credentials.to_str().unwrap(), "register", &handle, "http://x/"]);
        assert!(said.contains("status=0"), "{said}");
    }
}

#[test]
fn a_server_may_be_named() {
    let server = Server::start();
    let url = format!("https://localhost:{}", server.sandbox.address().port());
    let credentials = server.write(&format!(r#"{{"baseuri": "{url}", "HTTPS_verify": "server.pem"}}"#));
    let said = run(&c_program("call"), &[credentials.to_str().unwrap(), "get", "21.T12345/EXAMPLE", "URL"]);
    assert!(said.contains("status=0"), "{said}");
}

#[test]
fn a_proxy_is_used_where_one_is_named() {
    let server = Server::start();
    let proxy = common::servers::proxy();
    let call = c_program("call");
    // (the key, the environment, through the proxy?)
    for (key, environment, expected) in [
        (format!(r#", "proxy": "{}""#, proxy.http_url()), vec![], true),
        (String::new(), vec![("HTTPS_PROXY", proxy.http_url())], true),
        (String::new(), vec![("HTTPS_PROXY", proxy.http_url()), ("NO_PROXY", "127.0.0.1".to_owned())], false),
        (r#", "proxy": """#.to_owned(), vec![("HTTPS_PROXY", proxy.http_url())], false),
        (String::new(), vec![], false),
    ] {
        let before = proxy.connections.load(Ordering::Relaxed);
        let mut command = Command::new(&call);
        command.arg(server.credentials(&key)).args(["get", "21.T12345/EXAMPLE", "URL"]);
        for name in ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"] {
            command.env_remove(name);
        }
        let said = output(command.envs(environment.clone()));
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(said.contains("status=0"), "{key} {environment:?}: {said}");
        let used = proxy.connections.load(Ordering::Relaxed) > before;
        assert_eq!(used, expected, "{key} {environment:?}");
    }
}
