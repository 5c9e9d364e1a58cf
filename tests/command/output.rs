//! What each subcommand prints, for people, as JSON and quietly.

use crate::b2h::{EXAMPLE, Scene};
use serde_json::json;

const OWNER: &str = r#"{"handle":"0.NA/21.T12345","index":200,"permissions":"011111110011"}"#;

#[test]
fn get_a_record() {
    let scene = Scene::new();
    let expected =
        format!("{EXAMPLE}\n      1  URL       https://www.example.org/\n    100  HS_ADMIN  {OWNER}\n");
    scene.run(&["get", EXAMPLE]).is(0, &expected);
    scene
        .run(&["-q", "get", EXAMPLE])
        .is(0, &format!("1\tURL\thttps://www.example.org/\n100\tHS_ADMIN\t{OWNER}\n"));
    let values = json!([
        {"index": 1, "type": "URL", "data": {"format": "string", "value": "https://www.example.org/"}, "ttl": 86400,
         "permissions": "1110", "timestamp": "2024-01-01T00:00:00Z"},
        {"index": 100, "type": "HS_ADMIN", "ttl": 86400, "permissions": "1110", "timestamp": "2024-01-01T00:00:00Z",
         "data": {"format": "admin",
                  "value": {"handle": "0.NA/21.T12345", "index": 200, "permissions": "011111110011"}}}]);
    assert_eq!(scene.run(&["get", EXAMPLE, "--json"]).json(), [json!({"handle": EXAMPLE, "values": values})]);
}

#[test]
fn get_values() {
    let scene = Scene::new();
    for arguments in [["get", EXAMPLE, "URL"], ["get", EXAMPLE, "url"], ["get", EXAMPLE, "1"]] {
        scene.run(&arguments).is(0, "https://www.example.org/\n");
        let json = scene.run(&[&["--json"], &arguments[..]].concat()).json();
        assert_eq!(
            (json[0]["values"].as_array().unwrap().len(), &json[0]["values"][0]["index"]),
            (1, &json!(1))
        );
    }
    scene
        .run(&["get", "hdl:21.T12345/EXAMPLE", "URL", "100"])
        .is(0, &format!("https://www.example.org/\n{OWNER}\n"));
    scene.run(&["get", EXAMPLE, "CHECKSUM"]).fails(4, "without --authenticated");
    let json = scene.run(&["get", "-aj", EXAMPLE, "CHECKSUM"]).json();
    assert_eq!(json[0]["error"]["status"], 82);
    // A value that is not public.
    assert_eq!(scene.run(&["get", "21.T12345/USER01", "300"]).exit, Some(4));
}

#[test]
fn any_record_survives_json() {
    let scene = Scene::new();
    let values = r#"[{"index": 1, "type": "URL", "data": "ä€🔗 \"x\" \\ \n\t\u0001\u007f\u0085"},
        {"index": 2, "type": "BYTES", "data": {"format": "base64", "value": "AP/+gA=="}, "ttl": 60},
        {"index": 3, "type": "ONE", "data": {"format": "base64", "value": "/w=="}, "ttl": "2030-01-02T03:04:05Z"},
        {"index": 4, "type": "LIST", "data": {"format": "vlist", "value": [{"handle": "21.T12345/USER01", "index": 300}]}},
        {"index": 5, "type": "SEEN", "data": "", "permissions": "1010",
         "references": [{"handle": "21.T12345/EXAMPLE", "index": 1}]},
        {"index": 6, "type": "THREE", "data": {"format": "base64", "value": "gIGC"}}]"#;
    scene
        .run_with(&["register", "21.T12345/ANY", "--values", "-"], values)
        .is(0, "21.T12345/ANY: registered\n");
    let read = scene.run(&["get", "--json", "21.T12345/ANY"]);
    scene
        .run_with(&["register", "21.T12345/COPY", "--values", "-"], &read.out)
        .is(0, "21.T12345/COPY: registered\n");
    let mut records =
        ["ANY", "COPY"].map(|name| scene.server.sandbox.record(&format!("21.T12345/{name}")).unwrap());
    for record in &mut records {
        for value in record["values"].as_array_mut().unwrap() {
            value.as_object_mut().unwrap().remove("timestamp");
        }
    }
    assert_eq!(records[0]["values"], records[1]["values"]);
    assert_eq!(records[0]["values"].as_array().unwrap().len(), 7);

    // On one line, and no command to a terminal.
    let shown = scene.run(&["get", "21.T12345/ANY"]).out;
    assert!(shown.contains(r"\x0a\x09\x01\x7f\xc2\x85") && shown.contains("0x00fffe80"), "{shown}");
    assert_eq!(shown.lines().count(), 8);
}

#[test]
fn register_and_change() {
    let scene = Scene::new();
    scene
        .run(&["register", "21.T12345/A", "https://x/?a=b", "CHECKSUM=md5:1=2"])
        .is(0, "21.T12345/A: registered\n");
    assert_eq!(scene.stored("21.T12345/A", "URL").unwrap(), "https://x/?a=b");
    assert_eq!(scene.stored("21.T12345/A", "CHECKSUM").unwrap(), "md5:1=2");
    scene.run(&["register", "--quiet", "21.T12345/B", "URL=https://x/"]).is(0, "");
    let json = scene.run(&["register", "--json", "21.T12345/C", "https://x/"]).json();
    assert_eq!(json, [json!({"handle": "21.T12345/C", "result": "registered"})]);
    scene.run(&["register", "21.T12345/A", "https://y/"]).fails(5, "exists already");
    scene.run(&["register", "21.T12345/A", "https://y/", "--overwrite"]).is(0, "21.T12345/A: registered\n");
    assert_eq!(scene.stored("21.T12345/A", "CHECKSUM"), None);

    scene.run(&["modify", "21.T12345/A", "URL=https://z/", "NOTE=n"]).is(0, "21.T12345/A: modified\n");
    assert_eq!(scene.stored("21.T12345/A", "URL").unwrap(), "https://z/");
    scene.run(&["modify", "--existing", "21.T12345/A", "NOTES=n"]).fails(4, "NOTES");
    scene.run(&["modify", "-q", "--add", "21.T12345/A", "NOTE=m"]).is(0, "");
    scene.run(&["get", "21.T12345/A", "NOTE"]).is(0, "n\nm\n");
    let json = scene.run(&["modify", "-j", "21.T12345/A", "X=1"]).json();
    assert_eq!(json, [json!({"handle": "21.T12345/A", "result": "modified"})]);

    scene.run(&["unset", "21.T12345/A", "NOTE"]).is(0, "21.T12345/A: 2 values deleted\n");
    let json = scene.run(&["unset", "-j", "21.T12345/A", "X"]).json();
    assert_eq!(json, [json!({"handle": "21.T12345/A", "result": "deleted", "count": 1})]);
    scene.run(&["unset", "-q", "21.T12345/A", "1"]).is(0, "");
    assert_eq!(scene.stored("21.T12345/A", "URL"), None);

    scene.run(&["delete", "21.T12345/A"]).is(0, "21.T12345/A: deleted\n");
    scene.run(&["delete", "-q", "21.T12345/B"]).is(0, "");
    let json = scene.run(&["delete", "-j", "21.T12345/C"]).json();
    assert_eq!(json, [json!({"handle": "21.T12345/C", "result": "deleted"})]);
    assert!(scene.server.sandbox.record("21.T12345/C").is_none());
}

#[test]
fn mint() {
    let scene = Scene::new();
    let said = scene.run(&["mint", "https://x/", "NOTE=n"]).out;
    let handle = said.strip_suffix(": registered\n").unwrap_or_else(|| panic!("{said}"));
    assert!(handle.starts_with("21.T12345/") && handle.len() == 10 + 36, "{handle}");
    assert_eq!(scene.stored(handle, "NOTE").unwrap(), "n");
    let quiet = scene.run(&["mint", "-q", "https://x/"]).out;
    assert_eq!(scene.stored(quiet.trim(), "URL").unwrap(), "https://x/");
    let json = scene.run(&["mint", "-j", "--by-server", "https://x/"]).json();
    assert_eq!(scene.stored(json[0]["handle"].as_str().unwrap(), "URL").unwrap(), "https://x/");
    let values = r#"{"type": "URL", "data": "https://v/"}"#;
    let minted = scene.run_with(&["mint", "-q", "--values", "-"], values).out;
    assert_eq!(scene.stored(minted.trim(), "URL").unwrap(), "https://v/");
    let other = scene.run(&["mint", "--prefix", "21.T99999", "https://x/"]);
    assert_ne!(other.exit, Some(0));
    assert_eq!(
        scene.run_with(&["mint", "-q", "-"], "https://1/\nhttps://2/\tNOTE=n\n").out.lines().count(),
        2
    );
}

#[test]
fn profiles() {
    let scene = Scene::new();
    scene
        .run(&["register", "21.T12345/P", "--profile", "eudat-v1", "https://x/", "CHECKSUM=md5:1"])
        .is(0, "21.T12345/P: registered\n");
    assert_eq!(scene.stored("21.T12345/P", "EUDAT/CHECKSUM").unwrap(), "md5:1");
    scene.run(&["register", "21.T12345/Q", "--profile", "eudat-v1", "SIZE=1"]).fails(2, "URL");
    scene.run(&["register", "21.T12345/Q", "--profile", "nonsense", "URL=x"]).fails(2, "eudat-v1");
    let own = scene.server.folder.path().join("own.json");
    std::fs::write(&own, r#"{"values": [{"type": "URL", "data": "https://x/{ID}", "mandatory": true}]}"#)
        .unwrap();
    scene.run(&["register", "-q", "21.T12345/Q", "--profile", own.to_str().unwrap(), "ID=7"]).is(0, "");
    assert_eq!(scene.stored("21.T12345/Q", "URL").unwrap(), "https://x/7");
}

#[test]
fn locations() {
    let scene = Scene::new();
    let (one, two, three) = ("https://one/", "https://two/?a=b", "https://three/");
    scene.run(&["loc", "list", EXAMPLE]).is(0, &format!("{EXAMPLE}\n"));
    scene
        .run(&["loc", "add", EXAMPLE, one, two, "weight=0.5"])
        .is(0, &format!("{EXAMPLE}: locations added\n"));
    scene
        .run(&["loc", "list", EXAMPLE])
        .is(0, &format!("{EXAMPLE}\n  {one}  id=0  weight=0.5\n  {two}  id=1  weight=0.5\n"));
    scene.run(&["loc", "list", "-q", EXAMPLE]).is(0, &format!("{one}\n{two}\n"));
    scene.run(&["loc", "has", EXAMPLE, two]).is(0, &format!("{EXAMPLE}: has this location\n"));
    scene.run(&["loc", "has", EXAMPLE, three]).fails(4, three);
    scene.run(&["loc", "exchange", EXAMPLE, one, three]).is(0, &format!("{EXAMPLE}: location exchanged\n"));
    let json = scene.run(&["loc", "list", "-j", EXAMPLE]).json();
    let expected =
        json!([{"id": "0", "href": three, "weight": "0.5"}, {"id": "1", "href": two, "weight": "0.5"}]);
    assert_eq!(json, [json!({"handle": EXAMPLE, "chooseby": null, "locations": expected})]);
    scene.run(&["loc", "exchange", EXAMPLE, one, two]).fails(4, one);
    let json = scene.run(&["loc", "remove", "-j", EXAMPLE, two, three]).json();
    assert_eq!(json, [json!({"handle": EXAMPLE, "result": "removed", "count": 2})]);
    scene.run(&["loc", "add", "-q", EXAMPLE, one]).is(0, "");
    scene.run(&["loc", "add", EXAMPLE, "weight=2"]).fails(2, "URLs");
    scene.run(&["loc", "add", EXAMPLE, one, "weight=2"]).fails(2, "weight");
    scene.run(&["loc", "show", EXAMPLE]).fails(2, "exchange");
}

#[test]
fn help_and_version() {
    let scene = Scene::new();
    let version = format!("b2h {0} (libb2handle {0})\n", env!("CARGO_PKG_VERSION"));
    scene.run(&["--version"]).is(0, &version);
    scene.run(&["get", "-V"]).is(0, &version);
    let help = scene.run(&["--help"]);
    assert!(help.exit == Some(0) && help.out.starts_with("usage: b2h ") && help.err.is_empty(), "{help:?}");
    let help = scene.run(&["register", "--help"]);
    assert!(
        help.exit == Some(0) && help.out.contains("--overwrite") && !help.out.contains("--yes"),
        "{help:?}"
    );
    assert_eq!(scene.server.sandbox.requests().len(), 0);
}

#[test]
fn a_url_may_have_an_equals_sign() {
    let scene = Scene::new();
    for (name, url) in [("N", "urn:nbn:de=3"), ("M", "mailto:a?subject=x"), ("H", "http://x/?a=b")] {
        let name = format!("21.T12345/{name}");
        scene.run(&["register", "-q", &name, url, "urn:type=1"]).is(0, "");
        assert_eq!(scene.stored(&name, "URL").unwrap(), url);
        assert_eq!(scene.stored(&name, "urn:type").unwrap(), "1");
        scene.run(&["loc", "add", "-q", &name, url, "weight=1"]).is(0, "");
        scene.run(&["loc", "list", "-q", &name]).is(0, &format!("{url}\n"));
        scene.run(&["loc", "has", "-q", &name, url]).is(0, "");
        scene.run(&["loc", "exchange", "-q", &name, url, "a:b=c"]).is(0, "");
        scene.run(&["loc", "remove", "-q", &name, "a:b=c"]).is(0, "");
    }
    let before = scene.server.sandbox.requests().len();
    let wrong: &[&[&str]] = &[
        &["register", "21.T12345/W", "=x"],
        &["register", "21.T12345/W", "http://u", "=x"],
        &["mint", "=x"],
        &["loc", "add", EXAMPLE, "=x"],
        &["loc", "add", EXAMPLE, "http://u", "=x"],
        &["loc", "has", EXAMPLE, "=x"],
        &["loc", "exchange", EXAMPLE, "http://u", "=x"],
        &["loc", "remove", EXAMPLE, "http://u", "=x"],
    ];
    for arguments in wrong {
        scene.run(arguments).fails(2, "");
    }
    assert_eq!(scene.server.sandbox.requests().len(), before);
}

#[test]
fn a_second_url_is_refused() {
    let scene = Scene::new();
    let rda = ["--profile", "rda-kernel-information"];
    scene.run(&["register", "21.T12345/S", "http://x", "URL=http://y"]).fails(2, "second URL");
    scene.run(&["mint", "http://x", "url=http://y"]).fails(2, "second URL");
    scene
        .run(&["register", "21.T12345/S", "http://x", "URL=http://y", "--profile", "eudat-v1"])
        .fails(2, "second URL");
    scene
        .run(&[&["register", "21.T12345/S", "http://x", "digitalObjectLocation=http://y"], &rda[..]].concat())
        .fails(2, "second URL");
    assert_eq!(scene.server.sandbox.requests().len(), 0);
}

#[test]
fn the_url_has_a_place_in_a_profile() {
    let scene = Scene::new();
    let given = ["kernelInformationProfile=k", "digitalObjectType=t", "digitalObjectPolicy=p", "etag=e"];
    let profile = ["--profile", "rda-kernel-information"];
    scene
        .run(&[&["register", "-q", "21.T12345/K", "https://x/"], &given[..], &profile[..]].concat())
        .is(0, "");
    assert_eq!(scene.stored("21.T12345/K", "URL").unwrap(), "https://x/");
    assert_eq!(scene.stored("21.T12345/K", "21.T11148/b8457812905b83046284").unwrap(), "https://x/");
    let own = scene.server.write(
        r#"{"name": "own", "values": [{"type": "ID", "data": "{ID}"}, {"type": "NOTE", "data": "{WORD}"}]}"#,
    );
    scene
        .run(&["register", "21.T12345/L", "https://x/", "--profile", own.to_str().unwrap()])
        .fails(2, "ID, WORD");
}
