//! Records, values and the operations on them, through C programs; judged by the sandbox.

mod common;

use common::{Server, c_program, output, run};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn what_is_written_comes_back() {
    let server = Server::start();
    assert_eq!(run(&c_program("records"), &[server.credentials("")]), "");
}

fn values(server: &Server, handle: &str) -> Vec<Json> {
    server.sandbox.record(handle).unwrap()["values"].as_array().unwrap().clone()
}

/// Each of 32 writers adds three values of its own and changes them; then each joins a list.
fn no_writer_loses_anything(processes: usize, threads: usize) {
    let server = Server::start();
    let credentials = server.credentials(r#", "timeout_ms": 120000"#);
    let handle = "21.T12345/SHARED";
    let said = run(&c_program("call"), &[credentials.to_str().unwrap(), "register", handle, "http://x/"]);
    assert!(said.contains("status=0"), "{said}");
    let list = r#"[{"index": 200, "type": "HS_VLIST", "data": {"format": "vlist", "value": []}},
        {"index": 4, "type": "HIDDEN", "data": "hidden", "permissions": "01000"}]"#;
    server.sandbox.put_values(handle, list).unwrap();
    let program = c_program("writers");
    let conflicts: BTreeSet<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..processes)
            .map(|process| {
                let (first, threads) = ((process * threads).to_string(), threads.to_string());
                let mut command = Command::new(&program);
                command.arg(&credentials).args([handle, &first, &threads]);
                scope.spawn(move || output(&mut command))
            })
            .collect();
        let finished = writers.into_iter().map(|writer| writer.join().unwrap());
        let mut conflicts = BTreeSet::new();
        for done in finished {
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            conflicts.extend(String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned));
        }
        conflicts
    });

    let values = values(&server, handle);
    let indexes: BTreeSet<u64> = values.iter().map(|value| value["index"].as_u64().unwrap()).collect();
    assert_eq!(indexes.len(), values.len(), "an index twice");
    let data = |kind: &str| {
        let found: Vec<_> = values.iter().filter(|value| value["type"] == kind).collect();
        assert_eq!(found.len(), 1, "{kind}");
        found[0]["data"]["value"].clone()
    };
    for writer in 0..32 {
        for round in 0..3 {
            assert_eq!(data(&format!("W-{writer}-{round}")), round.to_string());
        }
    }
    assert_eq!(data("SAME"), "2");
    assert_eq!(data("HIDDEN"), "hidden");
    assert_eq!(data("URL"), "http://x/");
    assert_eq!(values.len(), 32 * 3 + 5);

    // Who was not told of a conflict was on the list when looking once more.
    let members = data("HS_VLIST");
    let members: BTreeSet<&str> =
        members.as_array().unwrap().iter().map(|member| member["handle"].as_str().unwrap()).collect();
    if processes == 1 {
        assert_eq!(conflicts.len(), 0, "threads of one client wait for each other");
        assert_eq!(members.len(), 32);
    }
    assert!(!members.is_empty());
    println!(
        "{processes} processes of {threads} threads: {} members, {} conflicts",
        members.len(),
        conflicts.len()
    );
}

#[test]
fn threads_that_write_lose_nothing() {
    no_writer_loses_anything(1, 32);
}

#[test]
fn processes_that_write_lose_nothing() {
    no_writer_loses_anything(32, 1);
}

#[test]
fn administrators_are_not_lost_by_accident() {
    let server = Server::start();
    let program = c_program("admins");
    run(&program, &[server.credentials(r#", "modify_HS_ADMIN": "True""#)]);
}

/// The administrator may not read a value; it is deleted by its index all the same, and only that.
#[test]
fn a_hidden_value_is_deleted_by_its_index_alone() {
    let server = Server::start();
    let blind = server
        .credentials(r#", "handleowner": "300:21.T12345/USER01", "HS_ADMIN_permissions": "001111110011""#);
    let blind = blind.to_str().unwrap();
    let handle = "21.T12345/BLIND";
    let call = c_program("call");
    assert!(run(&call, &[blind, "register", handle, "http://x/"]).contains("status=0"));
    let hidden = r#"[{"index": 5, "type": "H", "data": "1", "permissions": "01100"},
        {"index": 6, "type": "H", "data": "2", "permissions": "01100"}]"#;
    server.sandbox.put_values(handle, hidden).unwrap();
    assert!(run(&call, &[blind, "delete_at", handle, "5"]).contains("status=0"));
    let indexes: Vec<_> =
        values(&server, handle).iter().map(|value| value["index"].as_u64().unwrap()).collect();
    assert_eq!(indexes, [1, 6, 100]);
    // An index without a value does not keep the others.
    server.sandbox.put_values(handle, hidden).unwrap();
    assert!(run(&call, &[blind, "delete_at", handle, "5,7,5"]).contains("count=1"));
    assert_eq!(values(&server, handle).len(), 3);
    // A hidden administrator is not deleted by accident.
    let admin = r#"[{"index": 101, "type": "HS_ADMIN", "permissions": "01100", "data": {"format": "admin", "value":
        {"handle": "21.T12345/USER01", "index": 300, "permissions": "011111110011"}}}]"#;
    server.sandbox.put_values(handle, admin).unwrap();
    assert!(run(&call, &[blind, "delete_at", handle, "101"]).contains("status=5"));
    assert_eq!(values(&server, handle).len(), 4);
    server.sandbox.put_values(handle, hidden).unwrap();
    assert!(run(&call, &[blind, "delete_at", handle, "5"]).contains("status=0"));
    // Nothing is there any more: neither an error nor a deleted Handle.
    assert!(run(&call, &[blind, "delete_at", handle, "5"]).contains("count=0"));
    assert_eq!(values(&server, handle).len(), 4);
}

#[test]
fn requests_are_as_few_as_promised() {
    let server = Server::start();
    let credentials = server.credentials("");
    let handle = "21.T12345/FEW";
    let call = c_program("call");
    let count = |arguments: &[&str]| {
        server.sandbox.clear_requests();
        let said = run(&call, &[&[credentials.to_str().unwrap()], arguments].concat());
        assert!(said.contains("status=0"), "{arguments:?}: {said}");
        server.sandbox.requests().len()
    };
    assert_eq!(count(&["register", handle, "http://x/"]), 1);
    assert_eq!(count(&["record", handle]), 1);
    assert_eq!(count(&["exists", handle]), 1);
    assert_eq!(count(&["add", handle, r#"[{"type": "A", "data": "1"}, {"type": "B", "data": "2"}]"#]), 2);
    assert_eq!(count(&["change", handle, r#"[{"type": "A", "data": "1"}, {"type": "B", "data": "2"}]"#]), 2);
    assert_eq!(count(&["change", handle, r#"[{"type": "A", "data": "1"}, {"type": "C", "data": "2"}]"#]), 3);
    assert_eq!(count(&["put", handle, r#"[{"index": 2, "type": "A", "data": "3"}]"#]), 1);
    assert_eq!(count(&["delete_at", handle, "2"]), 2);
    assert_eq!(count(&["delete_at", handle, "2"]), 1);
    assert_eq!(count(&["mint", "21.T12345/", r#"{"type": "URL", "data": "http://x/"}"#]), 1);
    assert_eq!(count(&["generate", "21.T12345", r#"{"type": "URL", "data": "http://x/"}"#]), 1);
    assert_eq!(count(&["delete", handle]), 1);
}

#[test]
fn a_check_says_what_works_and_what_to_do() {
    let server = Server::start();
    let call = c_program("call");
    let check = |credentials: &std::path::Path| {
        server.sandbox.clear_requests();
        let said = run(&call, &[credentials.to_str().unwrap(), "check"]);
        assert!(
            server.sandbox.requests().iter().all(|request| request.method == "GET"),
            "nothing is written"
        );
        said
    };
    let good = check(&server.credentials(""));
    for line in ["server 0 ", "prefix 0 ", "credentials 0 ", "create 0 ", "reverse lookup 3 "] {
        assert!(good.contains(line), "{line}: {good}");
    }
    let with = |user: &str, password: &str, prefix: &str| {
        let url = server.sandbox.https_url();
        server.write(&format!(
            r#"{{"baseuri": "{url}", "username": "{user}", "password": "{password}", "prefix": "{prefix}",
                "HTTPS_verify": "server.pem"}}"#
        ))
    };
    let bad = check(&with("300:21.T12345/USER01", "wrong-secret", "21.T12345"));
    assert!(
        bad.contains("credentials 1 ") && bad.contains("HS_SECKEY") && !bad.contains("wrong-secret"),
        "{bad}"
    );
    let bad = check(&with("300:21.T12345/USER01", "user01-secret", "21.T99999"));
    assert!(bad.contains("prefix 1 "), "{bad}");
    let bad = check(&with("300:21.T12345/USER02", "user02-secret", "21.T12345"));
    assert!(bad.contains("create 1 300:21.T12345/USER02 is no administrator"), "{bad}");
    // Login ignores the case of the suffix, the lists of administrators do not.
    let bad = check(&with("300:21.T12345/user01", "user01-secret", "21.T12345"));
    assert!(
        bad.contains("credentials 0 ")
            && bad.contains("create 1 ")
            && bad.contains("as 300:21.T12345/USER01."),
        "{bad}"
    );
    for (password, verdict) in [("search-secret", "reverse lookup 0 "), ("wrong-secret", "reverse lookup 1 ")]
    {
        let said = check(&server.credentials(&format!(
            r#", "reverselookup_username": "search", "reverselookup_password": "{password}""#
        )));
        assert!(said.contains(verdict) && !said.contains("wrong-secret"), "{said}");
    }
    // Administrators of the prefix that only administrators may see.
    let hidden = r#"[{"index": 101, "type": "HS_ADMIN", "permissions": "01100", "data": {"format": "admin", "value":
        {"handle": "21.T12345/USER01", "index": 300, "permissions": "111111111111"}}}]"#;
    server.sandbox.put_values("0.NA/21.T12345", hidden).unwrap();
    let good = check(&server.credentials(""));
    assert!(good.contains("create 0 "), "{good}");
    let url = server.sandbox.https_url();
    let no_prefix = check(&server.write(&format!(
        r#"{{"baseuri": "{url}", "username": "300:21.T12345/USER01", "password": "user01-secret",
            "HTTPS_verify": "server.pem"}}"#
    )));
    assert!(no_prefix.contains("prefix 3 ") && !no_prefix.contains("create "), "{no_prefix}");
    let nobody = check(&server.write(r#"{"baseuri": "https://127.0.0.1:1"}"#));
    assert!(nobody.contains("server 1 ") && !nobody.contains("credentials"), "{nobody}");
}

#[test]
fn settings_come_from_files_and_one_by_one() {
    let server = Server::start();
    assert_eq!(run(&c_program("config"), &[server.credentials("")]), "");
}

/// Large records are read, changed by one value, and taken apart.
#[test]
fn a_record_of_50000_values() {
    const COUNT: usize = 50_000;
    let server = Server::start();
    let credentials = server.credentials(r#", "timeout_ms": 120000"#);
    let credentials = credentials.to_str().unwrap();
    let call = c_program("call");
    let handle = "21.T12345/LARGE";
    assert!(run(&call, &[credentials, "register", handle, "http://x/"]).contains("status=0"));
    let many: Vec<Json> = (1000..1000 + COUNT)
        .map(|index| serde_json::json!({"index": index, "type": format!("T{}", index % 10), "data": "x"}))
        .collect();
    server.sandbox.put_values(handle, &Json::Array(many).to_string()).unwrap();
    let said = run(&call, &[credentials, "record", handle]);
    assert!(said.contains(&format!("count={}", COUNT + 2)), "{said}");
    assert!(run(&call, &[credentials, "modify", handle, "NEW", "y"]).contains("status=0"));
    assert!(run(&call, &[credentials, "delete_type", handle, "T7"]).contains("count=5000"));
    let left = values(&server, handle);
    assert_eq!(left.len(), COUNT + 3 - COUNT / 10);
    assert!(left.iter().all(|value| value["type"] != "T7"));
}
