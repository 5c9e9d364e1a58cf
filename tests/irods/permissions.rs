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

/// A delayed rule follows a renamed collection when neither the old paths nor their collection are there any more.
#[test]
fn what_is_below_a_renamed_collection_can_follow() {
    let site = Site::with(&format!("{BY_ACCESS}, {IRODS}"));
    let handle = site.mint("/z/home/old/deep/f");
    let gone = ["--gone", "/z/home/old/deep/f", "--gone", "/z/home/old/deep", "--gone", "/z/home/old"];
    let with = |access: &[&'static str]| [&gone[..], access].concat();
    let follow = r#"{"@handle": "HANDLE", "@path": "/z/home/old/deep/f"}"#.replace("HANDLE", &handle);
    site.call(
        &with(&["--access", "3:/z/home/new/f", "--access", "2:/z/home"]),
        &["move", &follow, "/z/home/new/f"],
    )
    .is(NO_PERMISSION, "own access to /z/home.");
    let owns = with(&["--access", "3:/z/home/new/f", "--access", "3:/z/home"]);
    site.call(&owns, &["move", &follow, "/z/home/new/f"]).ok();
    assert_eq!(site.texts(&handle)["URL"], "https://dav.example.org/z/home/new/f");
    let all_gone = [&gone[..], &["--gone", "/z/home", "--gone", "/z"]].concat();
    let lost = site.mint("/z/home/old/deep/f");
    site.call(&all_gone, &["delete", &lost]).is(NO_PERMISSION, "own access to /z,");
}

/// A Handle is known from metadata, which users write.
#[test]
fn what_is_said_of_a_pid_is_checked_for_everybody() {
    let site = Site::start();
    let [mine, theirs] = ["/z/mine", "/z/theirs"].map(|path| site.mint(path));
    let source = |handle: &str, path: &str| serde_json::json!({"@handle": handle, "@path": path}).to_string();
    let checksum = r#"{"@path": "/z/mine", "CHECKSUM": "sha2:x"}"#;
    site.call(ADMIN, &["modify", &theirs, checksum]).is(ACTION_FAILED, "does not point to /z/mine");
    site.call(ADMIN, &["modify", "21.T12345/USER01", checksum]).is(ACTION_FAILED, "");
    site.call(ADMIN, &["modify", &mine, checksum]).ok();
    site.call(ADMIN, &["move", &source(&theirs, "/z/mine"), "/z/new"]).is(ACTION_FAILED, "does not point");
    site.call(ADMIN, &["move", &source("21.T12345/USER01", "/z/mine"), "/z/new"]).is(ACTION_FAILED, "");
    site.call(ADMIN, &["move", &source(&mine, "/z/mine"), "/z/new"]).ok();
    site.call(ADMIN, &["move", &source(&mine, "/z/mine"), "/z/new"]).ok();
    site.call(ADMIN, &["move", &source(&mine, "/z/mine"), "/z/other"]).is(ACTION_FAILED, "");
    for wrong in
        [r#"{"@handle": "x"}"#, r#"{"@handle": "21.T1/x", "@path": "rel"}"#, "{", r#"{"@path": "/z/a"}"#]
    {
        site.call(ADMIN, &["move", wrong, "/z/a"]).is(INVALID_INPUT, "");
    }
    let (mine, theirs) = (site.texts(&mine), site.texts(&theirs));
    assert_eq!(
        (mine["URL"].as_str(), mine["CHECKSUM"].as_str()),
        ("https://dav.example.org/z/new", "sha2:x")
    );
    assert_eq!((theirs["URL"].as_str(), theirs.len()), ("https://dav.example.org/z/theirs", 1));
    assert_eq!(site.server.sandbox.writes("21.T12345/USER01"), 0);
}

#[test]
fn a_path_stands_for_no_pid_that_has_another_object_too() {
    let site = Site::with(&format!("{BY_ACCESS}, {IRODS}"));
    let both = site.mint("/z/theirs");
    let url = r#"[{"index": 9, "type": "URL", "data": {"format": "string", "value": "https://dav.example.org/z/mine"}}]"#;
    site.server.sandbox.put_values(&both, url).unwrap();
    let owns = &["--access", "3:/z/mine"][..];
    for call in [
        &["delete", "/z/mine"][..],
        &["modify", "/z/mine", r#"{"NOTE": "x"}"#],
        &["unset", "/z/mine", "NOTE"],
        &["get", "/z/mine", ""],
    ] {
        site.call(owns, call).is(ACTION_FAILED, "nothing else");
    }
    assert_eq!(site.server.sandbox.record(&both).unwrap()["values"].as_array().unwrap().len(), 3);
}

/// Ids are counted up, and names made of them are known to all.
#[test]
fn nobody_takes_the_name_that_another_object_will_have() {
    let site = Site::with(&format!("{BY_ACCESS}, {IRODS}"));
    let owns = &["--access", "3:/z/mine", "--id", "7:/z/mine"][..];
    let values = r#"{"@path": "/z/mine"}"#;
    for target in ["id:z/8", "id:z/77", "id:y/7", "id:z/7 ", "id:anything"] {
        site.call(owns, &["register", target, values]).is(NO_PERMISSION, "id:z/7");
    }
    site.call(&owns[..2], &["register", "id:z/7", values]).is(NO_PERMISSION, "could not be found out");
    let pid = site.call(owns, &["register", "id:z/7", values]).ok().to_owned();
    site.call(owns, &["register", "id:z/7", values]).ok();
    let other = site.call(ADMIN, &["register", "id:z/8", r#"{"@path": "/z/other"}"#]).ok().to_owned();
    site.call(ADMIN, &["delete", &other]).ok();
    site.call(owns, &["register", &other, values]).is(NO_PERMISSION, "id:");
    site.call(owns, &["register", &other.to_uppercase(), values]).is(NO_PERMISSION, "id:");
    site.call(owns, &["register", "21.T12345/my-own", values]).ok();
    assert_eq!(site.texts(&pid)["URL"], "https://dav.example.org/z/mine");

    // Whoever may register whatever they like may make names of their own texts, not of ids.
    site.configure(&format!(r#""permissions": {{"register": {{"users": ["*"]}}}}, {IRODS}"#));
    site.call(ALICE, &["register", "id:z/9", r#"{"URL": "x"}"#]).is(NO_PERMISSION, "");
    site.call(ALICE, &["register", "id:alice's first", r#"{"URL": "x"}"#]).ok();
}

#[test]
fn only_administrators_delete_what_says_who_somebody_is() {
    let site = Site::with(&format!(r#""permissions": {{"delete": {{"users": ["*"]}}}}, {IRODS}"#));
    site.call(ALICE, &["delete", "21.T12345/user01"]).is(NO_PERMISSION, "who somebody is");
    let key = r#"[{"index": 5, "type": "HS_PUBKEY", "data": {"format": "base64", "value": "AAAA"}}]"#;
    let keys = site.call(ADMIN, &["register", "", key]).ok().to_owned();
    site.call(ALICE, &["delete", &keys]).is(NO_PERMISSION, "who somebody is");
    let handle = site.mint("/z/a");
    site.call(ALICE, &["delete", &handle]).ok();
    site.call(ADMIN, &["delete", &keys]).ok();
}

#[test]
fn a_tombstone_is_for_what_is_gone() {
    let irods = IRODS.replacen('{', r#"{"tombstone": "https://example.org/deleted", "#, 1);
    let site = Site::with(&format!("{BY_ACCESS}, {irods}"));
    let [mine, theirs] = ["/z/home/mine", "/z/home/theirs"].map(|path| site.mint(path));
    let bury = r#"{"@tombstone": "/z/home/mine", "DELETED": "today"}"#;
    let gone = &["--gone", "/z/home/mine", "--access", "3:/z/home"][..];
    let admin_gone = &["--admin", "--gone", "/z/home/mine"][..];
    // It is there; it is another's; and not everything is theirs to say.
    for who in [ADMIN, &["--access", "3:/z/home/mine"]] {
        site.call(who, &["modify", &mine, bury]).is(ACTION_FAILED, "/z/home/mine is there");
    }
    site.call(admin_gone, &["modify", &theirs, bury]).is(ACTION_FAILED, "does not point");
    site.call(gone, &["modify", &theirs, bury]).is(NO_PERMISSION, "/z/home/theirs");
    site.call(&["--gone", "/z/home/mine"], &["modify", &mine, bury]).is(NO_PERMISSION, "/z/home.");
    for more in [r#""URL": "x""#, r#""@path": "/z/home/mine""#, r#""@profile": """#] {
        let values = bury.replacen('{', &format!("{{{more}, "), 1);
        let code = site.call(gone, &["modify", &mine, &values]).code;
        assert!([INVALID_INPUT, NO_PERMISSION].contains(&code), "{more}: {code}");
    }
    site.call(admin_gone, &["register", "", bury]).is(INVALID_INPUT, "msiB2hModify");
    assert_eq!(site.texts(&mine).len(), 1);
    site.call(gone, &["modify", &mine, bury]).ok();
    let texts = site.texts(&mine);
    assert_eq!((texts["URL"].as_str(), texts["DELETED"].as_str()), ("https://example.org/deleted", "today"));
    // It points to no object any more.
    site.call(gone, &["modify", &mine, bury]).is(NO_PERMISSION, "no object");
    site.call(admin_gone, &["modify", &mine, bury]).is(ACTION_FAILED, "");
    let other = site.mint("/z/home/mine");
    site.configure(&format!("{BY_ACCESS}, {IRODS}"));
    site.call(gone, &["modify", &other, bury]).is(CONFIG_FILE, "");
}
