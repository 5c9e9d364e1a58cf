//! What the microservices of others did wrong, and cannot happen here.

use super::site::*;
use crate::common::{Server, output};
use std::process::Command;
use std::time::{Duration, Instant};

fn decoded(url: &str) -> String {
    let mut parts = url.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_absent_key_never_deletes_the_pid() {
    let site = Site::start();
    let handle = site.mint(PATH);
    let lists = ["NOSUCHKEY", "[\"NOSUCHKEY\"]", "[\"URL\", \"NOSUCHKEY\"]"];
    for types in lists {
        site.call(ADMIN, &["unset", &handle, types]).is(UNMATCHED, "NOSUCHKEY");
        site.call(ADMIN, &["unset", PATH, types]).is(UNMATCHED, "NOSUCHKEY");
    }
    for types in ["", "[]", "[\"\"]", "[1]", "[", "[\"URL\",\"url\"]"] {
        site.call(ADMIN, &["unset", &handle, types]).is(INVALID_INPUT, "");
    }
    site.call(ADMIN, &["unset", &handle, "NULL"]).is(PARAM_TYPE, "types");
    assert_eq!(site.server.sandbox.count("DELETE", "/api/handles"), 0);
    assert_eq!(site.texts(&handle)["URL"], AT_PATH);

    site.call(ADMIN, &["modify", &handle, r#"{"EMAIL": "a@b", "CHECKSUM": "sha2:x"}"#]).ok();
    site.call(ADMIN, &["unset", &handle, r#"["EMAIL", "CHECKSUM"]"#]).ok();
    assert_eq!(site.texts(&handle).keys().collect::<Vec<_>>(), ["URL"]);
    assert_eq!(site.server.sandbox.count("DELETE", "/api/handles"), 1);
}

#[test]
fn values_of_users_are_never_expanded() {
    let site = Site::with(
        r#""irods": {"webdav_prefix": "https://dav.example.org", "server": "i.example.org"},
           "profiles": {"default": [{"type": "NOTE", "value": "{IRODS_SERVER} {OBJECT}"}]}"#,
    );
    let text = "{LOOKUP_PASSWORD} {IRODS_SERVER} {OBJECT} {HANDLE} {password} {{";
    let values = serde_json::json!({"@path": "/z/{IRODS_SERVER}{HANDLE}", "EMAIL": text}).to_string();
    let handle = site.call(ADMIN, &["register", "", &values]).ok().to_owned();
    let written = site.texts(&handle);
    assert_eq!(written["EMAIL"], text);
    assert_eq!(written["NOTE"], "i.example.org /z/{IRODS_SERVER}{HANDLE}");
    assert_eq!(written["URL"], "https://dav.example.org/z/%7BIRODS_SERVER%7D%7BHANDLE%7D");
    site.call(
        ADMIN,
        &["modify", &handle, &serde_json::json!({ "EMAIL": format!("now {text}") }).to_string()],
    )
    .ok();
    assert_eq!(site.texts(&handle)["EMAIL"], format!("now {text}"));
    site.call(ADMIN, &["move", &handle, "/z/{OBJECT}"]).ok();
    assert_eq!(site.texts(&handle)["NOTE"], "i.example.org /z/{OBJECT}");
}

#[test]
fn wildcards_in_names_of_objects_match_nothing_else() {
    let raw = r#""irods": {"path_value": "https://dav.example.org{OBJECT}"}"#;
    for more in [IRODS, raw] {
        let site = Site::with(more);
        let others =
            ["/z/axb", "/z/a", "/z/a*bc", "/z/a%b", "/z/A*B", "/z/a%2Ab"].map(|path| site.mint(path));
        for name in ["/z/a*b", "/z/*", "*", "/z/a_b", "/z/a?b", "/z/%"] {
            let search = serde_json::json!({ "@path": name }).to_string();
            if name == "*" {
                site.call(ADMIN, &["search", &search]).is(INVALID_INPUT, "logical path");
                continue;
            }
            for call in [
                &["get", name, "URL"][..],
                &["modify", name, r#"{"EMAIL": "x"}"#],
                &["unset", name, "URL"],
                &["delete", name],
                &["move", name, "/z/elsewhere"],
            ] {
                site.call(ADMIN, call).is(DOES_NOT_EXIST, name);
            }
            assert_eq!(site.call(ADMIN, &["search", &search]).ok(), "[]");
        }
        let handle = site.mint("/z/a*b");
        assert_eq!(
            site.call(ADMIN, &["search", r#"{"@path": "/z/a*b"}"#]).json(),
            serde_json::json!([handle.to_uppercase()])
        );
        site.call(ADMIN, &["delete", "/z/a*b"]).ok();
        assert!(site.server.sandbox.record(&handle).is_none());
        for other in others {
            assert!(site.server.sandbox.record(&other).is_some());
        }
    }
}

#[test]
fn wildcards_are_there_for_those_who_ask_for_them() {
    let site = Site::start();
    let [one, two] = ["/z/one", "/z/two"].map(|path| site.mint(path).to_uppercase());
    let mut both = [one.clone(), two];
    both.sort();
    let found = |query: &str| site.call(ADMIN, &["search", query]).json();
    assert_eq!(
        found(r#"{"URL": "https://dav.example.org/z/*", "@wildcards": "true"}"#),
        serde_json::json!(both)
    );
    assert_eq!(found(r#"{"URL": "https://dav.example.org/z/*"}"#), serde_json::json!([]));
    assert_eq!(found(r#"{"URL": "https://dav.example.org/z/one"}"#), serde_json::json!([one]));
    assert_eq!(found(r#"{"URL": "https://DAV.example.org/z/one"}"#), serde_json::json!([]), "case counts");
    site.call(
        ADMIN,
        &["search", r#"{"URL": "https://dav.example.org/z/*", "@wildcards": true, "@limit": 1}"#],
    )
    .is(ACTION_FAILED, "More than 1 Handles");
    for query in
        ["{}", "[]", r#"{"@wildcards": "true"}"#, r#"{"@other": "x"}"#, r#"{"URL": "x", "@limit": "0"}"#, "x"]
    {
        site.call(ADMIN, &["search", query]).is(INVALID_INPUT, "");
    }
}

#[test]
fn odd_names_are_kept_exactly() {
    let site = Site::start();
    let names = [
        "it's",
        "\"double\"",
        "a#b",
        "100%",
        "a%20b",
        "a b",
        "ünïcödé",
        "日本語",
        "a&b=c;d",
        "a?b",
        "a+b",
        "~tilde",
        "back\\slash",
        "x' OR '1'='1",
        "{}",
        "a|b",
        "tab\there",
    ];
    for name in names {
        let (path, next) = (format!("/z/{name}/data"), format!("/z/{name}.moved"));
        let handle = site.mint(&path).to_uppercase();
        let search = serde_json::json!({ "@path": path }).to_string();
        let all = site.calls(
            ADMIN,
            &[
                &["search", &search],
                &["get", &path, "IRODS/URL"],
                &["move", &path, &next],
                &["get", &next, "URL"],
            ],
        );
        assert_eq!(all[0].json(), serde_json::json!([handle]), "{name}");
        all[1].is(UNMATCHED, "IRODS/URL");
        assert_eq!(all[2].ok(), handle);
        let url = all[3].ok();
        assert!(url.is_ascii() && !url.contains(['"', ' ', '#', '?', '\\']), "{url}");
        assert_eq!(decoded(url), format!("https://dav.example.org{next}"));
    }
}

#[test]
fn lists_of_odd_length_and_broken_arguments_are_refused() {
    let program = program("arguments.c");
    let site = Site::start();
    let mut command = Command::new(program);
    let output = output(command.env("B2HANDLE_IRODS_CONFIG", &site.file));
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn errors_are_told_apart() {
    let site = Site::start();
    let handle = site.mint(PATH);
    site.call(ADMIN, &["get", "no handle", ""]).is(INVALID_INPUT, "no handle");
    site.call(ADMIN, &["get", "300:21.T12345/x", ""]).is(INVALID_INPUT, "300:21.T12345/x");
    site.call(ADMIN, &["get", "21.T12345/none", ""]).is(DOES_NOT_EXIST, "21.T12345/none");
    site.call(ADMIN, &["get", &handle, "EMAIL"]).is(UNMATCHED, "EMAIL");
    site.call(ADMIN, &["delete", "21.T12345/none"]).is(DOES_NOT_EXIST, "21.T12345/none");
    site.call(ADMIN, &["modify", "21.T12345/none", r#"{"URL": "x"}"#]).is(DOES_NOT_EXIST, "21.T12345/none");
    site.call(ADMIN, &["register", &handle, r#"{"URL": "x"}"#]).is(EXISTS, &handle);
    site.call(ADMIN, &["modify", &handle, "{"]).is(INVALID_INPUT, "well-formed");
    site.call(ADMIN, &["modify", &handle, r#"{"URL": "x", "url": "y"}"#]).is(INVALID_INPUT, "twice");
    site.call(ADMIN, &["modify", &handle, r#"{"URL": "x", "URL": "y"}"#]).is(INVALID_INPUT, "twice");
    site.call(ADMIN, &["modify", &handle, r#"{"URL": "a\u0000b"}"#]).is(INVALID_INPUT, "NUL");
    site.call(ADMIN, &["modify", &handle, "{}"]).is(INVALID_INPUT, "no value");
    site.call(ADMIN, &["modify", &handle, r#"{"HS_ADMIN": "x"}"#]).is(INVALID_INPUT, "");
    site.call(ADMIN, &["get", "NULL", ""]).is(PARAM_TYPE, "handle");
    site.call(ADMIN, &["get", "/z/../x", ""]).is(INVALID_INPUT, "/z/../x");

    let refused = r#""irods": {}, "username": "300:21.T12345/USER02", "password": "user02-secret""#;
    let server = |url: &str, more: &str| {
        write_private(
            &site.file,
            &format!(r#"{{"handle_server_url": "{url}", "prefix": "21.T12345"{more}}}"#),
        );
    };
    let https = site.server.sandbox.https_url();
    let known = format!(r#", "HTTPS_verify": "server.pem", {refused}"#);
    server(&https, &known);
    site.call(ADMIN, &["delete", &handle]).is(AUTHENTICATION, &handle);
    server(&https, &known.replace("user02-secret", "wrong-one"));
    site.call(ADMIN, &["delete", &handle]).is(AUTHENTICATION, &handle);
    server(&https, &format!(", {refused}"));
    site.call(ADMIN, &["get", &handle, ""]).is(HANDSHAKE, "certificate");
    server("https://127.0.0.1:1", &known);
    site.call(ADMIN, &["get", &handle, ""]).is(CONNECT_ERR, "127.0.0.1:1");
    server("https://no-such-host.invalid", &known);
    site.call(ADMIN, &["get", &handle, ""]).is(CONNECT_ERR, "no-such-host.invalid");
    server(&site.server.sandbox.http_url(), &known);
    site.call(ADMIN, &["delete", &handle]).is(CONFIG_FILE, "");

    let fault = |rule: &str| site.server.sandbox.add_fault(rule.parse::<b2h_sandbox::FaultRule>().unwrap());
    server(&https, &known.replace(r#""irods""#, r#""timeout_ms": 1000, "max_retries": 0, "irods""#));
    for (rule, code) in [
        ("stall on GET /api/handles", READ_TIMEDOUT),
        ("reset-before-reading on GET /api/handles", READ_ERR),
        ("500 on GET /api/handles", ACTION_FAILED),
        ("503 on GET /api/handles", ACTION_FAILED),
        ("garbage on GET /api/handles", ACTION_FAILED),
    ] {
        fault(rule);
        site.call(ADMIN, &["get", &handle, ""]).is(code, "21.T12345/");
        site.server.sandbox.clear_faults();
    }
    assert_eq!(site.texts(&handle)["URL"], AT_PATH);
}

#[test]
fn a_write_without_a_reply_says_that_the_outcome_is_unknown() {
    let server = Server::start_with(|options| {
        options.faults.push("stall on PUT /api/handles".parse().unwrap());
        options.faults.push("stall on DELETE /api/handles".parse().unwrap());
    });
    let site = Site::of(server, &format!(r#""timeout_ms": 1000, {IRODS}"#));
    for call in [
        &["register", "21.T12345/new", r#"{"URL": "x"}"#][..],
        &["register", "id:z/1", r#"{"@path": "/z/a"}"#],
        &["modify", "21.T12345/EXAMPLE", r#"{"URL": "x"}"#],
        &["unset", "21.T12345/EXAMPLE", "URL"],
        &["delete", "21.T12345/EXAMPLE"],
        &["move", "21.T12345/EXAMPLE", "/z/b"],
    ] {
        let outcome = site.call(ADMIN, call);
        outcome.is(READ_TIMEDOUT, "The outcome is unknown");
        assert!(outcome.told.contains("21.T12345/"), "{outcome:?}");
    }
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", "URL"]).ok();
}

#[test]
fn all_requests_of_a_call_end_within_its_time() {
    let server = Server::start_with(|options| {
        options.faults.push("latency:700 on GET /api/handles".parse().unwrap());
        options.faults.push("latency:700 on PUT /api/handles".parse().unwrap());
        options.faults.push("latency:700 on GET /hrls".parse().unwrap());
    });
    let site = Site::of(server, &format!(r#""timeout_ms": 1500, {IRODS}"#));
    program("op.c");
    let start = Instant::now();
    // A search, reading what was found, reading and writing: four or five times 0.7 s.
    site.server
        .sandbox
        .put_values(
            "21.T12345/EXAMPLE",
            &format!(
                r#"[{{"index": 1, "type": "URL", "data": {{"format": "string", "value": "{AT_PATH}"}}}}]"#
            ),
        )
        .unwrap();
    site.call(ADMIN, &["move", PATH, "/z/b"]).is(READ_TIMEDOUT, "");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_call_takes_less_than_thirty_seconds() {
    let server = Server::start_with(|options| {
        options.idle = Duration::from_secs(3600);
        options.faults.push("stall on GET /api/handles".parse().unwrap());
    });
    let site = Site::of(server, IRODS);
    program("op.c");
    let start = Instant::now();
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(READ_TIMEDOUT, "21.T12345/EXAMPLE");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    for key in ["timeout_ms", "connect_timeout_ms"] {
        for time in ["29000", "30000", "\"45000\"", "0", "-1", "\"x\"", "1e9"] {
            site.configure(&format!(r#""{key}": {time}, {IRODS}"#));
            site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(CONFIG_FILE, key);
        }
    }
}
