//! Who may do what.

use super::site::*;

#[test]
fn nobody_but_administrators_may_do_anything_unless_it_is_said() {
    let site = Site::start();
    for outcome in site.calls(ALICE, &ALL) {
        outcome.is(NO_PERMISSION, "alice#tempZone does not have the permission");
    }
    site.configure(&format!(
        r#""permissions": {{"get": {{}}, "delete": {{"users": [], "groups": []}}}}, {IRODS}"#
    ));
    for outcome in site.calls(ALICE, &ALL) {
        outcome.is(NO_PERMISSION, "");
    }
    assert_eq!(site.server.sandbox.requests().len(), 0);
    let report = site.call(ADMIN, &["check"]).json();
    assert_eq!(
        (&report["ok"], report["may"].as_array().unwrap().len()),
        (&serde_json::json!(true), 8),
        "{report}"
    );
}

#[test]
fn users_and_groups_are_told_apart_by_operation() {
    let site = Site::with(&format!(
        r#""permissions": {{"get": {{"users": ["alice#tempZone"]}}, "modify": {{"groups": ["curators"]}},
            "check": {{"users": ["*"]}}}}, {IRODS}"#
    ));
    let (get, modify, check) = (ALL[1], ALL[2], ALL[7]);
    site.call(ALICE, get).ok();
    site.call(&["--zone", "otherZone"], get).is(NO_PERMISSION, "alice#otherZone");
    site.call(&["--user", "alic"], get).is(NO_PERMISSION, "");
    site.call(&["--user", "*"], get).is(NO_PERMISSION, "");
    site.call(&["--user", "bob", "--group", "alice#tempZone"], get).is(NO_PERMISSION, "");
    site.call(ALICE, modify).is(NO_PERMISSION, "");
    site.call(&["--group", "curator"], modify).is(NO_PERMISSION, "");
    site.call(&["--user", "bob", "--group", "curators"], modify).ok();
    let report = site.call(&["--user", "bob", "--group", "curators"], check).json();
    assert_eq!(report["may"], serde_json::json!(["modify", "check"]));
    assert_eq!(report["user"], "bob#tempZone");
}

const BY_ACCESS: &str = r#""permissions": {"register": {"object_acl": "own"}, "get": {"object_acl": "read"},
    "modify": {"object_acl": "write"}, "unset": {"object_acl": "write"}, "delete": {"object_acl": "own"},
    "search": {"object_acl": "read"}, "move": {"object_acl": "own"}}"#;

#[test]
fn access_is_that_to_the_object_which_the_pid_points_to() {
    let site = Site::with(&format!("{BY_ACCESS}, {IRODS}"));
    let [mine, theirs] = ["/z/mine", "/z/their*s"].map(|path| site.mint(path));
    let writes = &["--access", "2:/z/mine"][..];
    let outcome = site.call(writes, &["modify", &mine, r#"{"NOTE": "x"}"#]);
    outcome.ok();
    assert_eq!(outcome.all("asked"), ["2:/z/mine"]);
    for handle in [theirs.as_str(), "/z/their*s"] {
        let outcome = site.call(writes, &["modify", handle, r#"{"NOTE": "x"}"#]);
        outcome.is(NO_PERMISSION, "write access to /z/their*s");
        assert_eq!(outcome.all("asked"), ["2:/z/their*s"], "exactly the path of the record");
    }
    site.call(writes, &["get", "/z/mine", "NOTE"]).ok();
    site.call(&["--access", "1:/z/mine"], &["modify", "/z/mine", r#"{"NOTE": "y"}"#])
        .is(NO_PERMISSION, "write access");
    site.call(writes, &["delete", &mine]).is(NO_PERMISSION, "own access");
    site.call(writes, &["unset", &mine, "NOTE"]).ok();
    site.call(writes, &["search", r#"{"@path": "/z/mine"}"#]).ok();
    site.call(writes, &["search", r#"{"@path": "/z/their*s"}"#]).is(NO_PERMISSION, "read access");
    site.call(writes, &["search", r#"{"URL": "https://dav.example.org/z/mine"}"#]).is(NO_PERMISSION, "@path");
    site.call(writes, &["get", "21.T12345/EXAMPLE", ""]).is(NO_PERMISSION, "no object");
    let owns = &["--access", "3:/z/mine"][..];
    site.call(owns, &["delete", &theirs]).is(NO_PERMISSION, "");
    site.call(owns, &["delete", &mine]).ok();
    assert_eq!(site.texts(&theirs).len(), 1);
}

#[test]
fn a_pid_cannot_be_taken_over() {
    let site = Site::with(&format!("{BY_ACCESS}, {IRODS}"));
    let [mine, theirs] = ["/z/mine", "/z/theirs"].map(|path| site.mint(path));
    let owns = &["--access", "3:/z/mine"][..];
    let theirs_at = r#"{"URL": "https://dav.example.org/z/theirs"}"#;
    site.call(owns, &["modify", &mine, theirs_at]).is(NO_PERMISSION, "msiB2hMove");
    site.call(owns, &["modify", &mine, r#"[{"index": 9, "type": "url", "data": "x"}]"#])
        .is(NO_PERMISSION, "");
    site.call(owns, &["unset", &mine, "url"]).is(NO_PERMISSION, "");
    site.call(owns, &["move", &mine, "/z/theirs"]).is(NO_PERMISSION, "/z/theirs");
    site.call(owns, &["move", &theirs, "/z/mine"]).is(NO_PERMISSION, "/z/theirs");
    site.call(owns, &["move", "/z/theirs", "/z/mine"]).is(NO_PERMISSION, "/z/theirs");
    site.call(owns, &["register", "", theirs_at]).is(NO_PERMISSION, "@path");
    site.call(owns, &["register", "", r#"{"@path": "/z/theirs"}"#]).is(NO_PERMISSION, "/z/theirs");
    site.call(owns, &["register", "21.T12345/x", r#"{"@path": "/z/mine", "HS_ADMIN": "x"}"#])
        .is(NO_PERMISSION, "HS_ADMIN");
    site.call(owns, &["register", "11.T1/x", r#"{"@path": "/z/mine"}"#]).is(NO_PERMISSION, "11.T1/x");
    site.call(owns, &["register", "", r#"{"@path": "/z/mine"}"#]).ok();
    // Two values that tell a path: whose is it?
    let url = r#"[{"index": 9, "type": "URL", "data": {"format": "string", "value": "https://dav.example.org/z/mine"}}]"#;
    site.server.sandbox.put_values(&theirs, url).unwrap();
    site.call(owns, &["modify", &theirs, r#"{"NOTE": "x"}"#]).is(NO_PERMISSION, "several objects");

    // Even those who may do everything by name.
    site.configure(&format!(
        r#""modify_HS_ADMIN": true, "permissions": {{"modify": {{"users": ["*"]}}, "unset": {{"users": ["*"]}},
            "register": {{"users": ["*"]}}}}, {IRODS}"#
    ));
    let admin = r#"[{"index": 100, "type": "HS_ADMIN", "data": {"format": "admin", "value":
        {"handle": "21.T12345/USER02", "index": 300, "permissions": "111111111111"}}}]"#;
    site.call(ALICE, &["modify", &mine, admin]).is(NO_PERMISSION, "HS_ADMIN");
    site.call(ALICE, &["register", "", admin]).is(NO_PERMISSION, "HS_ADMIN");
    site.call(ALICE, &["unset", &mine, "hs_admin"]).is(NO_PERMISSION, "hs_admin");
    site.call(ALICE, &["modify", "0.NA/21.T12345", r#"{"NOTE": "x"}"#]).is(NO_PERMISSION, "prefix");
    assert_eq!(site.server.sandbox.writes("0.NA/21.T12345"), 0);
}

#[test]
fn moving_needs_both_and_what_is_gone_counts_as_its_collection() {
    let site = Site::with(&format!("{BY_ACCESS}, {IRODS}"));
    let handle = site.mint("/z/home/old");
    let gone = &["--gone", "/z/home/old", "--access", "3:/z/home/new"];
    let with = |access: &'static str| [&gone[..], &["--access", access]].concat();
    site.call(gone, &["move", &handle, "/z/home/new"]).is(NO_PERMISSION, "own access to /z/home.");
    site.call(&with("2:/z/home"), &["move", "/z/home/old", "/z/home/new"])
        .is(NO_PERMISSION, "own access to /z/home.");
    site.call(&with("3:/z/home"), &["move", "/z/home/old", "/z/home/none"]).is(NO_PERMISSION, "/z/home/none");
    site.call(&with("3:/z/home"), &["move", "/z/home/old", "/z/home/new"]).ok();
    site.call(
        &["--gone", "/z/home/x", "--access", "3:/z/home"],
        &["register", "", r#"{"@path": "/z/home/x"}"#],
    )
    .is(NO_PERMISSION, "/z/home/x");
    site.call(&["--gone", "/z/home/new", "--access", "3:/z/home"], &["delete", &handle]).ok();
}
