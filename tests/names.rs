//! Names as people write them, and profiles, seen from C.

mod common;

use common::{Server, c_program, run};

#[test]
fn names_and_profiles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.json");
    std::fs::write(
        &path,
        r#"{"name": "own", "values": [{"type": "A", "data": "{OWN}", "mandatory": true}]}"#,
    )
    .unwrap();
    assert_eq!(run(&c_program("names"), &[path]), "");
}

/// Every call takes a name in every form, and only a whole Handle is deleted as one.
#[test]
fn calls_take_names_in_every_form() {
    let server = Server::start();
    let credentials = server.credentials("");
    let call =
        |arguments: &[&str]| run(&c_program("call"), &[&[credentials.to_str().unwrap()], arguments].concat());
    for (text, name) in [
        ("hdl:21.T12345/a:1", "21.T12345/a:1"),
        ("https://hdl.handle.net/21.T12345/b%20c", "21.T12345/b c"),
        ("info:hdl/21.T12345/d/e", "21.T12345/d/e"),
    ] {
        let said = call(&["register", text, "http://x/"]);
        assert!(said.starts_with(&format!("status=0\nout={name}\n")), "{said}");
        assert!(server.sandbox.record(name).is_some());
        assert!(call(&["get", &format!("1:{name}"), "URL"]).contains("out=http://x/"));
        // Another index holds another value.
        assert!(call(&["get", &format!("100:{name}"), "URL"]).starts_with("status=82\n"));
        assert!(call(&["record", &format!("1:{name}")]).contains("count=1"));
        for write in [
            &["register", &format!("1:{name}"), "http://y/"][..],
            &["modify", &format!("1:{name}"), "URL", "http://y/"],
            &["put", &format!("1:{name}"), r#"{"index": 5, "type": "A", "data": "x"}"#],
            &["delete_type", &format!("1:{name}"), "URL"],
        ] {
            assert!(call(write).contains("status=2\n"), "{write:?}");
        }
        let refused = call(&["delete", &format!("1:{name}")]);
        assert!(refused.starts_with("status=2\n") && refused.contains("Leave out 1:"), "{refused}");
        assert!(server.sandbox.record(name).is_some());
        assert!(call(&["delete", text]).starts_with("status=0\n"));
        assert!(server.sandbox.record(name).is_none());
    }
}
