//! Many Handles from standard input.

use crate::b2h::{EXAMPLE, Scene, finish, program, user};
use serde_json::json;
use std::process::Command;

#[test]
fn work_goes_on_after_a_failure() {
    let scene = Scene::new();
    let input = format!("{EXAMPLE}\n\n21.T12345/NONE\r\nnonsense\nhdl:{EXAMPLE}\n21.T12345/USER01\tHS_ADMIN");
    for arguments in [&["get", "--json"][..], &["get", "--json", "-"]] {
        let ran = scene.run_with(arguments, &input);
        assert_eq!(ran.exit, Some(12), "{ran:?}");
        let json = ran.json();
        assert_eq!(json.len(), 5, "{ran:?}");
        assert_eq!(json[0]["handle"], EXAMPLE);
        assert_eq!((&json[1]["handle"], &json[1]["error"]["exit"]), (&json!("21.T12345/NONE"), &json!(4)));
        assert_eq!((&json[2]["handle"], &json[2]["error"]["exit"]), (&json!("nonsense"), &json!(2)));
        assert_eq!(json[4]["values"][0]["type"], "HS_ADMIN");
        assert_eq!(ran.err.lines().count(), 2, "{ran:?}");
    }
    scene
        .run_with(&["get", "-", "URL"], &format!("{EXAMPLE}\n{EXAMPLE}\n"))
        .is(0, "https://www.example.org/\nhttps://www.example.org/\n");
    scene.run_with(&["get"], "").is(0, "");
}

#[test]
fn lines_have_operands() {
    let scene = Scene::new();
    let input = "21.T12345/A\thttps://a/\n21.T12345/B\thttps://b/\tNOTE=b\n \t \n21.T12345/with space\thttps://c/\tNOTE=one two\n";
    let ran = scene.run_with(&["register", "-", "KIND=k"], input);
    ran.is(0, "21.T12345/A: registered\n21.T12345/B: registered\n21.T12345/with space: registered\n");
    assert_eq!(scene.stored("21.T12345/A", "KIND").unwrap(), "k");
    assert_eq!(scene.stored("21.T12345/B", "NOTE").unwrap(), "b");
    assert_eq!(scene.stored("21.T12345/with space", "NOTE").unwrap(), "one two");
    let administrator = scene.other_credentials(&user("ADMIN", "admin-secret"));
    let listed = scene.run(&["-c", administrator.to_str().unwrap(), "list"]).out;
    assert!(listed.contains("21.T12345/WITH SPACE\n"), "{listed}");
    assert_eq!(scene.run_with(&["get", "-"], &listed).exit, Some(0));
    scene.run_with(&["get", "-", "URL"], "21.T12345/with space\n").is(0, "https://c/\n");
    scene.run_with(&["modify", "-q"], "21.T12345/A\tURL=https://new/\n").is(0, "");
    assert_eq!(scene.stored("21.T12345/A", "URL").unwrap(), "https://new/");
    scene.run_with(&["loc", "add", "-q", "-"], "21.T12345/A\thttps://l/\tweight=1\n").is(0, "");
    scene.run(&["loc", "list", "-q", "21.T12345/A"]).is(0, "https://l/\n");
    scene.run_with(&["unset", "-q", "-", "KIND"], "21.T12345/A\n21.T12345/B\n").is(0, "");
    scene.run_with(&["delete", "-q", "--yes"], "21.T12345/A\n21.T12345/B\n").is(0, "");
    assert!(scene.server.sandbox.record("21.T12345/B").is_none());
}

#[test]
fn a_list_is_not_deleted_by_accident() {
    let scene = Scene::new();
    for arguments in [&["delete"][..], &["delete", "-"]] {
        scene.run_with(arguments, &format!("{EXAMPLE}\n")).fails(2, "--yes");
    }
    assert_eq!(scene.server.sandbox.requests().len(), 0);
}

#[test]
fn what_is_no_text_is_refused() {
    let scene = Scene::new();
    let ran = finish(scene.command(&["get", "--json"]), b"21.T12345/A\0B\n21.T12345/\xff\xfe\n");
    assert_eq!(ran.exit, Some(12));
    let json = ran.json();
    assert_eq!(json[0]["handle"], "21.T12345/A");
    assert_eq!(json[1]["handle"], "21.T12345/\u{fffd}\u{fffd}");
    assert!(json.iter().all(|line| line["error"]["exit"] == 2), "{json:?}");
    assert_eq!(scene.server.sandbox.requests().len(), 0);
}

#[test]
fn spaces_belong_to_names() {
    let scene = Scene::new();
    for name in ["21.T12345/X", "21.T12345/X ", "21.T12345/ X"] {
        scene.has(name, "https://x/");
    }
    let administrator = scene.other_credentials(&user("ADMIN", "admin-secret"));
    let mut piped = Command::new("sh");
    let script = "\"$0\" -c \"$1\" list | grep '/X ' | \"$0\" delete --yes -";
    piped.args(["-c", script]).arg(program()).arg(&administrator).env("B2H_CREDENTIALS", &scene.credentials);
    finish(piped, b"").is(0, "21.T12345/X : deleted\n");
    assert!(scene.server.sandbox.record("21.T12345/X ").is_none());
    assert!(scene.server.sandbox.record("21.T12345/X").is_some());
    scene.run_with(&["get", "-", "URL"], "21.T12345/ X\n").is(0, "https://x/\n");
    // No prefix begins with one: before a name they were only pasted.
    scene.run_with(&["get", "-", "URL"], &format!("  {EXAMPLE}\n")).is(0, "https://www.example.org/\n");
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_name() {
    let scene = Scene::new();
    let input = format!("\u{feff}{EXAMPLE}\r\n\u{feff}{EXAMPLE}\r\n");
    let ran = scene.run_with(&["get", "-", "URL"], &input);
    ran.is(12, "https://www.example.org/\n");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
}
