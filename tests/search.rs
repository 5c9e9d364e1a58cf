//! Reverse lookup through C programs, with each of the traps of the servlet: users-and-peers, section 4.

mod common;

use b2h_sandbox::ReverseLookup;
use common::servers::{Misbehaving, always, answer};
use common::{Server, c_program, run};
use serde_json::json;
use std::path::{Path, PathBuf};

const USER: &str = r#", "reverselookup_username": "search", "reverselookup_password": "search-secret""#;

/// A server whose records are searched by the user that it has for this; all types are allowed.
fn server(mode: ReverseLookup) -> (Server, PathBuf) {
    let server = Server::start_with(|options| options.reverse_lookup = mode);
    let credentials = server.credentials(&format!(r#"{USER}, "allowed_search_keys": []"#));
    (server, credentials)
}

fn put(server: &Server, handle: &str, values: &[(&str, &str)]) {
    let values = values.iter().enumerate();
    let values: Vec<_> =
        values.map(|(at, (kind, text))| json!({"index": at + 1, "type": kind, "data": text})).collect();
    server.sandbox.put_values(handle, &json!(values).to_string()).unwrap();
}

fn ask(credentials: &Path, arguments: &[&str]) -> String {
    let credentials = credentials.to_str().unwrap();
    run(&c_program("search"), &[&[credentials], arguments].concat())
}

/// The lines of what was found, sorted: the servlet has no order.
fn found(credentials: &Path, arguments: &[&str]) -> Vec<String> {
    let said = ask(credentials, arguments);
    let mut lines: Vec<String> = said.lines().filter(|line| *line != "-").map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn what_was_asked_for_is_found() {
    let (server, credentials) = server(ReverseLookup::Sql);
    let strange = "http://x/ä b+c;d=e&f#g%h?i\"'\\";
    put(&server, "21.T12345/one", &[("URL", strange), ("EUDAT/CHECKSUM", "sha2:1"), ("A&B=C", "+ %")]);
    put(&server, "21.T12345/two", &[("URL", "http://x/two"), ("EUDAT/CHECKSUM", "sha2:1")]);
    put(&server, "21.T999/three", &[("URL", "http://x/two")]);
    let search = |terms: &[&str]| found(&credentials, &[&["search", "", "0"], terms].concat());
    assert_eq!(search(&["URL", strange]), ["21.T12345/ONE"]);
    assert_eq!(search(&["A&B=C", "+ %"]), ["21.T12345/ONE"]);
    assert_eq!(search(&["EUDAT/CHECKSUM", "sha2:*"]), ["21.T12345/ONE", "21.T12345/TWO"]);
    assert_eq!(search(&["EUDAT/CHECKSUM", "sha2:1", "URL", "*two"]), ["21.T12345/TWO"]);
    assert_eq!(search(&["URL", "http://x/two"]), ["21.T12345/TWO", "21.T999/THREE"]);
    assert_eq!(search(&["URL", "*x*", "URL", "*two"]), ["21.T12345/TWO", "21.T999/THREE"]);
    assert!(search(&["URL", "nowhere"]).is_empty());
    // Without a star nothing is a wildcard; beside one, more is.
    put(&server, "21.T12345/under", &[("W", "a_c")]);
    put(&server, "21.T12345/other", &[("W", "abc")]);
    assert_eq!(search(&["W", "a_c"]), ["21.T12345/UNDER"]);
    assert_eq!(search(&["W", "a_*"]), ["21.T12345/OTHER", "21.T12345/UNDER"]);
    assert_eq!(search(&["W", "a%"]), Vec::<String>::new());
    // As for B2HANDLE, the type is spelled as it is stored.
    assert!(search(&["w", "abc"]).is_empty());
}

#[test]
fn prefixes_are_exact() {
    let (server, credentials) = server(ReverseLookup::Sql);
    for handle in ["21.T1/a", "21.T1/b", "21.T12/c", "21.T123/d", "0.NA/21.T1"] {
        put(&server, handle, &[("P", "x")]);
    }
    for (prefix, expected) in [
        ("21.T1", &["21.T1/A", "21.T1/B"][..]),
        ("21.t1", &["21.T1/A", "21.T1/B"]),
        ("0.NA/21.T1", &["21.T1/A", "21.T1/B"]),
        ("21.T12", &["21.T12/C"]),
        ("21.T", &[]),
        // The servlet takes no such prefix in its path.
        ("0.NA", &["0.NA/21.T1"]),
    ] {
        assert_eq!(found(&credentials, &["search", prefix, "0", "P", "x"]), expected, "{prefix}");
        // Nor does the filter cut off what comes on later pages.
        assert_eq!(found(&credentials, &["pages", prefix, "1", "P", "x"]), expected, "{prefix}");
    }
    let said = ask(&credentials, &["search", "21.T1/a", "0", "P", "x"]);
    assert!(said.starts_with("status=2 ") && said.contains("is not a prefix"), "{said}");
}

#[test]
fn all_pages_are_gone_through_and_nothing_comes_twice() {
    let (server, credentials) = server(ReverseLookup::Sql);
    let names: Vec<String> = (0..25).map(|number| format!("21.T12345/N-{number:02}")).collect();
    for name in &names {
        // Two values that match: the servlet gives the name twice.
        put(&server, name, &[("N", "x1"), ("N", "x2"), ("OTHER", "y")]);
    }
    for size in ["1", "2", "3", "7", "50", "0"] {
        assert_eq!(found(&credentials, &["pages", "21.T12345", size, "N", "x*"]), names, "{size}");
    }
    server.sandbox.clear_requests();
    assert_eq!(found(&credentials, &["search", "21.T12345", "0", "N", "x*"]), names);
    assert_eq!(server.sandbox.requests().len(), 1, "one request for all");
    for limit in ["1", "24", "25", "26"] {
        let expected = limit.parse::<usize>().unwrap().min(25);
        assert_eq!(found(&credentials, &["search", "", limit, "N", "x*"]).len(), expected);
    }
    // More than the servlet gives unless asked for more.
    for number in 0..1100 {
        put(&server, &format!("21.T12345/MANY-{number}"), &[("MANY", "x")]);
    }
    assert_eq!(found(&credentials, &["search", "", "0", "MANY", "x"]).len(), 1100);
    assert_eq!(found(&credentials, &["pages", "", "0", "MANY", "x"]).len(), 1100);
    let said = ask(&credentials, &["pages", "", "100001", "N", "x"]);
    assert!(said.starts_with("status=1 "), "{said}");
}

#[test]
fn records_come_once_and_whole() {
    let (server, credentials) = server(ReverseLookup::Sql);
    put(&server, "21.T12345/one", &[("R", "x1"), ("R", "x2"), ("URL", "u"), ("HS_SECKEY", "secret")]);
    put(&server, "21.T12345/two", &[("R", "x3")]);
    put(&server, "21.T123456/three", &[("R", "x4")]);
    let expected = ["21.T12345/ONE R=x1 R=x2 URL=u", "21.T12345/TWO R=x3"];
    for size in ["1", "2", "3", "100"] {
        let pages = found(&credentials, &["pages", "21.T12345", size, "records", "R", "x*"]);
        assert_eq!(pages, expected, "{size}");
    }
    assert_eq!(found(&credentials, &["search", "21.T12345", "0", "records", "R", "x*"]), expected);
    assert_eq!(found(&credentials, &["search", "", "1", "records", "R", "x*"]).len(), 1);
    assert!(found(&credentials, &["search", "", "0", "records", "R", "nowhere"]).is_empty());
    // The servlet would fail with an SQL error.
    server.sandbox.clear_requests();
    let said = ask(&credentials, &["search", "", "0", "records", "R", "x*", "URL", "u"]);
    assert!(said.starts_with("status=1 ") && said.contains("one type"), "{said}");
    assert_eq!(server.sandbox.requests().len(), 0);
    assert_eq!(found(&credentials, &["search", "", "0", "R", "x*", "URL", "u"]), ["21.T12345/ONE"]);
}

/// Solr knows no pages, no prefix and no records.
#[test]
fn over_solr_all_is_found_too() {
    let (server, credentials) = server(ReverseLookup::Solr);
    let names: Vec<String> = (0..25).map(|number| format!("21.T12345/N-{number:02}")).collect();
    for name in &names {
        put(&server, name, &[("N", "x")]);
    }
    put(&server, "21.T999/OTHER", &[("N", "x")]);
    for size in ["1", "2", "7", "13", "26", "50", "0"] {
        assert_eq!(found(&credentials, &["pages", "21.T12345", size, "N", "x"]), names, "{size}");
    }
    assert_eq!(found(&credentials, &["search", "21.T12345", "0", "N", "x"]), names);
    let said = ask(&credentials, &["search", "", "0", "records", "N", "x"]);
    assert!(said.starts_with("status=104 ") && said.contains("names only"), "{said}");
    let said = ask(&credentials, &["search", "", "0", "UNDEFINED", "x"]);
    assert!(
        said.starts_with("status=104 http=400 ") && said.contains("knows no type \"UNDEFINED\""),
        "{said}"
    );
}

#[test]
fn what_cannot_be_searched_for_is_told_without_a_request() {
    let (server, all) = server(ReverseLookup::Sql);
    let usual = server.credentials(USER);
    let some = server.credentials(&format!(r#"{USER}, "allowed_search_keys": ["EUDAT/CHECKSUM"]"#));
    let refused = |credentials: &Path, kind: &str| ask(credentials, &["search", "", "0", kind, "x"]);
    server.sandbox.clear_requests();
    for (credentials, kind, status, words) in [
        (&usual, "EMAIL", 5, "allowed_search_keys"),
        (&usual, "url", 5, "(URL, CHECKSUM)"),
        (&some, "URL", 5, "(EUDAT/CHECKSUM)"),
        (&all, "HS_SECKEY", 5, "Secrets"),
        (&all, "hs_seckey", 5, "Secrets"),
        // Each of these would be taken for something else by the servlet.
        (&all, "limit", 1, "themselves"),
        (&all, "page", 1, "themselves"),
        (&all, "enforcesql", 1, "themselves"),
        (&all, "retrieverecords", 1, "themselves"),
        (&all, "", 1, "type"),
    ] {
        let said = refused(credentials, kind);
        assert!(said.starts_with(&format!("status={status} ")) && said.contains(words), "{kind}: {said}");
        assert!(said.contains("operation=search_handles search_handles: "), "{said}");
    }
    let said = ask(&all, &["search", "", "0"]);
    assert!(said.starts_with("status=1 ") && said.contains("to search for"), "{said}");
    let long = ask(&all, &["search", "", "0", "URL", &"ü".repeat(3000)]);
    assert!(long.starts_with("status=1 ") && long.contains("too long"), "{long}");
    assert_eq!(server.sandbox.requests().len(), 0);
    for (credentials, kind) in
        [(&usual, "URL"), (&usual, "CHECKSUM"), (&some, "EUDAT/CHECKSUM"), (&all, "Limit")]
    {
        assert_eq!(refused(credentials, kind), "");
    }
}

#[test]
fn failures_are_told_apart() {
    let (server, _) = server(ReverseLookup::Sql);
    let (without, none) = self::server(ReverseLookup::Absent);
    let search = |credentials: &Path| ask(credentials, &["search", "", "0", "URL", "x"]);
    let with = |user: &str, password: &str| {
        server.credentials(&format!(
            r#", "reverselookup_username": "{user}", "reverselookup_password": "{password}""#
        ))
    };
    let elsewhere = |more: &str| {
        let (own, other) = (server.sandbox.https_url(), without.sandbox.https_url());
        server.write(&format!(
            r#"{{"handle_server_url": "{other}", "username": "300:21.T12345/USER01", "password": "user01-secret",
                "HTTPS_verify": ["server.pem"], "reverselookup_baseuri": "{own}"{more}}}"#
        ))
    };
    let wrong_path = server.credentials(&format!(r#"{USER}, "reverselookup_url_extension": "/no/where/""#));
    let nowhere = server.write(r#"{"proxy": ""}"#);
    for (credentials, status, words) in [
        (none, 107, "There is no reverse lookup"),
        (wrong_path, 107, "There is no reverse lookup"),
        (with("search", "wrong-secret"), 60, "refused the user"),
        (with("nobody", "search-secret"), 60, "reverselookup_username"),
        // Those of the Handle server, which are not known there.
        (server.credentials(""), 60, "users of its own"),
        // They are not even shown to another server.
        (elsewhere(""), 61, "shown to no other server"),
        (elsewhere(USER), 0, ""),
        (nowhere, 22, "reverselookup_baseuri"),
    ] {
        let said = search(&credentials);
        assert!(!said.contains("secret"), "{said}");
        if status == 0 {
            assert_eq!(said, "");
        } else {
            assert!(said.starts_with(&format!("status={status} ")) && said.contains(words), "{said}");
        }
    }
    // The servlet's own words, where it fails.
    let page = answer("500 Error", "text/plain", "You have an error (SQL error code 1; SQL State x)\n");
    let broken = Misbehaving::plain(always(page));
    let credentials = server.write(&format!(r#"{{"handle_server_url": "{}"}}"#, broken.http_url()));
    let said = search(&credentials);
    assert!(said.starts_with("status=101 http=500 ") && said.contains("SQL State x"), "{said}");
}

/// Neither over plain HTTP nor along a redirect, whoever answers.
#[test]
fn the_user_is_shown_to_nobody_else() {
    let (server, _) = server(ReverseLookup::Sql);
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = seen.clone();
    let spy = Misbehaving::plain(move |mut stream| {
        use std::io::{Read, Write};
        let mut head = [0; 4096];
        let length = stream.read(&mut head).unwrap_or(0);
        heard.lock().unwrap().push(String::from_utf8_lossy(&head[..length]).into_owned());
        let _ = stream
            .write_all(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    });
    let url = spy.http_url();
    let plain = server.credentials(&format!(r#"{USER}, "reverselookup_baseuri": "{url}""#));
    let said = ask(&plain, &["search", "", "0", "URL", "x"]);
    assert!(said.starts_with("status=63 ") && said.contains("reverselookup_baseuri"), "{said}");
    assert!(seen.lock().unwrap().is_empty(), "nothing was sent");
    // Without a user of its own the search goes there, without that of the Handle server.
    let anonymous = server.credentials(&format!(r#", "reverselookup_baseuri": "{url}""#));
    let said = ask(&anonymous, &["search", "", "0", "URL", "x"]);
    assert!(said.starts_with("status=107 http=302 "), "{said}");
    let seen = seen.lock().unwrap();
    assert!(seen.len() == 1 && !seen[0].to_ascii_lowercase().contains("authorization"), "{seen:?}");
    assert!(seen[0].starts_with("GET /hrls/handles?URL=x&limit=100000&page=0 HTTP/1.1"), "{seen:?}");
}
