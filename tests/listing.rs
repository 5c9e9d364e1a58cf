//! Listing the Handles of a prefix through a C program, also while they change.

mod common;

use b2h_sandbox::FaultRule;
use common::{PASSWORD, Server, c_program, run};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A record that its user may delete.
const OWNED: &str = r#"[{"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value":
    {"handle": "21.T12345/USER01", "index": 300, "permissions": "011111110011"}}}]"#;

/// A prefix with these Handles, and credentials that may list it.
fn server(names: &[String]) -> (Server, PathBuf) {
    let server = Server::start();
    for name in names {
        server.sandbox.put_values(name, OWNED).unwrap();
    }
    let credentials = server.credentials("");
    (server, credentials)
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("21.T12345/L-{number:03}")).collect()
}

fn ask(credentials: &Path, arguments: &[&str]) -> String {
    run(&c_program("search"), &[&[credentials.to_str().unwrap()], arguments].concat())
}

/// Lists page by page; between two pages something happens. Returns the lines of all pages.
fn listed(credentials: &Path, size: usize, mut happen: impl FnMut(usize)) -> Vec<String> {
    let mut program = Command::new(c_program("search"))
        .arg(credentials)
        .args(["list_pages", "21.T12345", &size.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, stdout) = (program.stdin.take().unwrap(), program.stdout.take().unwrap());
    let (mut lines, mut pages) = (Vec::new(), 0);
    for line in BufReader::new(stdout).lines() {
        let line = line.unwrap();
        if line != "-" {
            lines.push(line);
            continue;
        }
        pages += 1;
        assert!(pages < 200, "it loops");
        happen(pages);
        writeln!(stdin).unwrap();
    }
    assert!(program.wait().unwrap().success());
    lines
}

#[test]
fn all_are_listed_once() {
    let (server, credentials) = server(&names(25));
    // A longer prefix that begins alike is another one.
    server.sandbox.put_values("21.T123456/OTHER", "[]").unwrap();
    server.sandbox.clear_requests();
    let all: Vec<String> =
        ask(&credentials, &["list", "21.t12345", "0"]).lines().map(str::to_owned).collect();
    assert_eq!(server.sandbox.requests().len(), 1);
    assert!(all.iter().all(|name| name.starts_with("21.T12345/")) && all.len() == 29, "{all:?}");
    for size in [1, 2, 29, 30, 0] {
        assert_eq!(listed(&credentials, size, |_| {}), all, "{size}");
    }
    assert_eq!(ask(&credentials, &["list", "0.NA/21.T12345", "3"]).lines().count(), 3);
    assert!(ask(&credentials, &["list", "0.NA", "0"]).starts_with("status=62 http=403 "));
}

#[test]
fn changes_between_pages_neither_repeat_nor_lose_any() {
    for size in [1, 2, 3, 7] {
        let all = names(30);
        let (server, credentials) = server(&all);
        let call = c_program("call");
        let delete = |name: &str| {
            let said = run(&call, &[credentials.to_str().unwrap(), "delete", name]);
            assert!(said.contains("status=0"), "{said}");
        };
        let listed = listed(&credentials, size, |page| match page {
            // Names before and after what was listed come and go.
            1 => delete(&all[0]),
            2 => server.sandbox.put_values("21.T12345/A-NEW", "[]").unwrap(),
            3 => {
                delete(&all[1]);
                delete(&all[29]);
            }
            4 => server.sandbox.put_values("21.T12345/Z-NEW", "[]").unwrap(),
            _ => {}
        });
        let unique: BTreeSet<&String> = listed.iter().collect();
        assert_eq!(unique.len(), listed.len(), "{size}: one came twice: {listed:?}");
        for name in &all[2..29] {
            assert!(unique.contains(name), "{size}: {name} was missed");
        }
    }
}

#[test]
fn a_page_that_failed_can_be_asked_for_again() {
    let (server, credentials) = server(&names(10));
    let listed = listed(&credentials, 5, |page| {
        if page == 1 {
            let rule: FaultRule = "500 on GET /api/handles? next 2".parse().unwrap();
            server.sandbox.add_fault(rule);
        }
    });
    assert_eq!(listed.iter().filter(|line| *line == "again").count(), 1);
    assert_eq!(listed.iter().filter(|line| line.contains("/L-")).count(), 10, "{listed:?}");
}

#[test]
fn refusals_are_told_apart() {
    let (server, credentials) = server(&[]);
    let silent = Server::start_with(|options| options.listing = false);
    let url = server.sandbox.https_url();
    let nobody = server.write(&format!(
        r#"{{"handle_server_url": "{url}", "username": "300:21.T12345/USER02", "password": "user02-secret",
            "HTTPS_verify": "server.pem"}}"#
    ));
    let wrong = server.write(&format!(
        r#"{{"handle_server_url": "{url}", "username": "300:21.T12345/USER01", "password": "wrong-{PASSWORD}",
            "HTTPS_verify": "server.pem"}}"#
    ));
    let anonymous =
        server.write(&format!(r#"{{"handle_server_url": "{url}", "HTTPS_verify": "server.pem"}}"#));
    for (credentials, prefix, status, words) in [
        (&silent.credentials(""), "21.T12345", "status=104 http=501", "does not list Handles"),
        (&nobody, "21.T12345", "status=62 http=403", "list_handles"),
        (&wrong, "21.T12345", "status=60 http=401", "refused the credentials"),
        (&anonymous, "21.T12345", "status=61 http=0", "needs credentials"),
        (&credentials, "99999", "status=86 http=400", "not served"),
        (&credentials, "21.T12345/x", "status=2 http=0", "is not a prefix"),
    ] {
        let said = ask(credentials, &["list", prefix, "0"]);
        assert!(said.starts_with(status) && said.contains(words), "{said}");
        assert!(said.contains("operation=list_handles list_handles: ") && !said.contains(PASSWORD), "{said}");
    }
}
