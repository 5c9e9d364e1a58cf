//! `b2h search` and `b2h list`.

use crate::b2h::{EXAMPLE, Scene, user};
use serde_json::json;
use std::collections::BTreeSet;

/// Members of credentials for the reverse lookup.
pub const SEARCHER: &str =
    r#", "reverselookup_username": "search", "reverselookup_password": "search-secret""#;

/// A sandbox with some Handles below one URL.
fn scene(count: usize) -> Scene {
    let scene = Scene::with(SEARCHER);
    for number in 0..count {
        let values = format!(r#"[{{"index": 1, "type": "URL", "data": "https://found/{number}"}}]"#);
        scene.server.sandbox.put_values(&format!("21.T12345/FOUND-{number}"), &values).unwrap();
    }
    scene
}

#[test]
fn search() {
    let scene = scene(5);
    let found = scene.run(&["search", "URL=https://found/*"]);
    let expected: BTreeSet<String> = (0..5).map(|number| format!("21.T12345/FOUND-{number}")).collect();
    assert_eq!(found.out.lines().map(str::to_owned).collect::<BTreeSet<_>>(), expected, "{found:?}");
    assert_eq!(scene.run(&["search", "-q", "URL=https://found/*", "-n", "2"]).out.lines().count(), 2);
    let json = scene.run(&["search", "-j", "URL=https://found/3"]).json();
    assert_eq!(json, [json!({"handle": "21.T12345/FOUND-3"})]);
    scene.run(&["search", "URL=https://lost/*"]).is(0, "");
    scene.run(&["search", "--prefix", "21.T99999", "URL=https://found/*"]).is(0, "");
    scene.run(&["search"]).fails(2, "TYPE=TEXT");
    scene.run(&["search", "found"]).fails(2, "TYPE=VALUE");
    scene.run(&["search", "NOTE=x"]).fails(7, "allowed_search_keys");

    let nobody = r#""reverselookup_username": "nobody", "reverselookup_password": "x""#;
    let nobody = scene.other_credentials(nobody);
    scene.run(&["-c", nobody.to_str().unwrap(), "search", "URL=x"]).fails(6, "reverselookup_username");
}

#[test]
fn search_with_records() {
    let scene = scene(1);
    let arguments = ["search", "--records", "URL=https://found/0"];
    scene.run(&arguments).is(0, "21.T12345/FOUND-0\n      -  URL  https://found/0\n");
    let values = json!([{"type": "URL", "data": {"format": "string", "value": "https://found/0"}}]);
    let json = scene.run(&[&arguments[..], &["-j"]].concat()).json();
    assert_eq!(json, [json!({"handle": "21.T12345/FOUND-0", "values": values})]);
}

#[test]
fn list() {
    let scene = scene(3);
    let administrator = scene.other_credentials(&user("ADMIN", "admin-secret"));
    let run = |arguments: &[&str]| {
        scene.run(&[&["-c", administrator.to_str().unwrap(), "list"], arguments].concat())
    };
    let all = run(&[]);
    assert!(all.exit == Some(0) && all.out.contains("21.T12345/FOUND-2\n"), "{all:?}");
    assert_eq!(run(&["21.T12345", "-q"]).out, all.out);
    assert_eq!(run(&["--limit", "2"]).out.lines().count(), 2);
    assert_eq!(run(&["-j"]).json().len(), all.out.lines().count());
    assert!(run(&["-j"]).json().contains(&json!({"handle": EXAMPLE})));
    run(&["21.T12345", "more"]).fails(2, "one prefix");
    let stranger = scene.other_credentials(&user("USER02", "user02-secret"));
    scene.run(&["-c", stranger.to_str().unwrap(), "list"]).fails(7, "list_handles");

    // What was listed can be read.
    let read = scene.run_with(&["get", "-q", "-"], &all.out);
    assert_eq!(read.exit, Some(0), "{read:?}");
}

#[test]
fn a_failure_in_the_middle_shows() {
    let scene = scene(1500);
    let fault = "500 on GET /hrls/handles?URL=https%3A%2F%2Ffound%2F%2A&limit=1000&page=1";
    scene.server.sandbox.add_fault(fault.parse::<b2h_sandbox::FaultRule>().unwrap());
    let found = scene.run(&["search", "-j", "URL=https://found/*"]);
    let json = found.json();
    assert_eq!(
        (found.exit, json.len()),
        (Some(9), 1001),
        "{:?} {}",
        found.err,
        scene.server.sandbox.requests()[1].target
    );
    assert!(json[1000]["error"]["message"].is_string());
}

#[test]
fn a_limit_does_not_make_pages_small() {
    let scene = scene(5);
    let searched = scene.run(&["search", "--prefix", "21.T12345", "--limit", "1", "URL=https://found/*"]);
    assert_eq!((searched.exit, searched.out.lines().count()), (Some(0), 1), "{searched:?}");
    let requests = scene.server.sandbox.requests();
    assert!(requests.len() == 1 && requests[0].target.contains("limit=1000"), "{}", requests[0].target);
}

#[test]
fn names_that_lines_cannot_hold_are_left_out() {
    let scene = scene(1);
    let values = r#"[{"index": 1, "type": "URL", "data": "https://found/odd"}]"#;
    let odd = ["21.T12345/EXAMPLE\n21.T12345/FOUND-0", "21.T12345/FOUND-0\tURL", "21.T12345/FOUND-0\r"];
    for name in odd {
        scene.server.sandbox.put_values(name, values).unwrap();
    }
    let found = scene.run(&["search", "URL=https://found/*"]);
    found.is(12, "21.T12345/FOUND-0\n");
    assert_eq!(found.err.matches("b2h: ").count(), 3, "{found:?}");
    let limited = scene.run(&["search", "-n", "4", "URL=https://found/*"]);
    limited.is(12, "21.T12345/FOUND-0\n");
    let json = scene.run(&["search", "-j", "URL=https://found/*"]);
    assert_eq!(json.exit, Some(0), "{json:?}");
    let json = json.json();
    assert!(odd.iter().all(|name| json.contains(&json!({"handle": name}))), "{json:?}");
}
