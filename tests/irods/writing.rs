//! What is registered, and what moves.

use super::site::*;

#[test]
fn registering_never_overwrites() {
    let site = Site::start();
    let handle =
        site.call(ADMIN, &["register", "21.T12345/mine", r#"{"URL": "https://one"}"#]).ok().to_owned();
    assert_eq!(handle, "21.T12345/mine");
    site.call(ADMIN, &["register", "hdl:21.T12345/MINE", r#"{"URL": "https://two"}"#])
        .is(EXISTS, "21.T12345/MINE");
    assert_eq!(site.texts(&handle)["URL"], "https://one");
    let puts: Vec<_> =
        site.server.sandbox.requests().into_iter().filter(|request| request.method == "PUT").collect();
    assert!(puts.iter().all(|put| put.target.contains("overwrite=false")), "{puts:?}");

    let random = site.call(ADMIN, &["register", "", r#"{"URL": "https://one"}"#]).ok().to_owned();
    assert!(random.starts_with("21.T12345/") && random.len() == "21.T12345/".len() + 36, "{random}");
    for values in
        ["", "{}", "[]", "7", r#"{"URL": {}}"#, r#"{"@path": "relative"}"#, r#"{"@x": ""}"#, r#"{"": "x"}"#]
    {
        site.call(ADMIN, &["register", "", values]).is(INVALID_INPUT, "");
    }
    for call in
        [&["modify", "21.T12345/EXAMPLE", r#"{"X": 1e999}"#][..], &["unset", "21.T12345/EXAMPLE", "[1e999]"]]
    {
        site.call(ADMIN, call).is(INVALID_INPUT, "too large");
    }
    site.call(ADMIN, &["register", "", r#"{"@path": "/z/a", "URL": "https://other"}"#])
        .is(INVALID_INPUT, "@path");
    site.call(ADMIN, &["register", "", r#"{"URL": "x", "@profile": "none"}"#]).is(INVALID_INPUT, "none");
    let values =
        r#"[{"index": 7, "type": "EMAIL", "data": {"format": "string", "value": "a@b"}, "ttl": 60}]"#;
    let rest = site.call(ADMIN, &["register", "", values]).ok().to_owned();
    assert_eq!(site.server.sandbox.record(&rest).unwrap().to_string().matches("\"index\":7").count(), 1);
}

#[test]
fn the_types_of_eudat_are_set_in_one_request() {
    let site = Site::start();
    let values = r#"{"@path": "/tempZone/home/alice/a.txt", "EUDAT/ROR": "21.T1/ror", "EUDAT/PARENT": "21.T1/parent",
        "EUDAT/FIO": "21.T1/fio", "EUDAT/FIXED_CONTENT": true, "EUDAT/PROFILE_VERSION": 1, "EUDAT/CHECKSUM": "sha2:x",
        "EUDAT/CHECKSUM_TIMESTAMP": "2026-01-01", "EUDAT/REPLICA": "21.T1/replica"}"#;
    let handle = site.call(ADMIN, &["register", "", values]).ok().to_owned();
    let written = site.texts(&handle);
    assert_eq!(written.keys().filter(|kind| kind.starts_with("EUDAT/")).count(), 8);
    assert_eq!(
        (written["EUDAT/FIXED_CONTENT"].as_str(), written["EUDAT/PROFILE_VERSION"].as_str()),
        ("true", "1")
    );
    assert_eq!(site.server.sandbox.requests().len(), 1, "{:?}", site.server.sandbox.requests());
    site.call(
        ADMIN,
        &["modify", &handle, r#"{"EUDAT/REPLICA": "21.T1/a;21.T1/b", "EUDAT/CHECKSUM": "sha2:y"}"#],
    )
    .ok();
    assert_eq!(site.texts(&handle)["EUDAT/CHECKSUM"], "sha2:y");
}

#[test]
fn minting_by_id_can_be_repeated() {
    let site = Site::start();
    let mint = |id: &str, values: &str| site.call(ADMIN, &["register", id, values]);
    let values = r#"{"@path": "/z/a", "CHECKSUM": "sha2:x"}"#;
    let handle = mint("id:tempZone/10042", values).ok().to_owned();
    // Anybody can compute it: uuid5(NAMESPACE_URL, "tempZone/10042").
    assert_eq!(handle, "21.T12345/0072005e-29d4-5cc4-ab27-4bb096ea45ad");
    assert_eq!(mint("id:tempZone/10042", values).ok(), handle);
    assert_eq!(site.server.sandbox.writes(&handle), 1);
    mint("id:tempZone/10042", r#"{"@path": "/z/b"}"#).is(EXISTS, &handle);
    assert_ne!(mint("id:tempZone/10043", values).ok(), handle);
    mint("id:", values).is(INVALID_INPUT, "id:");
    let plain = mint("id:x", r#"{"URL": "https://x"}"#).ok().to_owned();
    assert_eq!(mint("id:x", r#"{"URL": "https://x"}"#).ok(), plain);
    mint("id:x", r#"{"URL": "https://y"}"#).is(EXISTS, &plain);

    site.configure(&IRODS.replace("\"webdav", "\"lookup_before_register\": true, \"webdav"));
    site.mint("/z/c");
    site.call(ADMIN, &["register", "", r#"{"@path": "/z/c"}"#]).is(EXISTS, "points to /z/c already");
}

#[test]
fn moving_changes_what_was_made_of_the_path() {
    let site = Site::with(
        r#""irods": {"webdav_prefix": "https://dav.example.org", "url_prefix": "irods://i"},
           "profiles": {"default": [{"type": "IRODS/URL", "value": "{IRODS_URL_PREFIX}{OBJECT}"},
                {"type": "SITE", "value": "{IRODS_URL_PREFIX}"}], "other": [{"type": "WHERE", "value": "at {OBJECT}"}]}"#,
    );
    let handle = site.mint("/z/a");
    site.call(ADMIN, &["modify", &handle, r#"{"WHERE": "at /z/a", "NOTE": "/z/a"}"#]).ok();
    site.call(ADMIN, &["move", "/z/a", "/z/b c"]).ok();
    let written = site.texts(&handle);
    assert_eq!(written["URL"], "https://dav.example.org/z/b%20c");
    assert_eq!(written["IRODS/URL"], "irods://i/z/b c");
    assert_eq!(
        (written["SITE"].as_str(), written["WHERE"].as_str(), written["NOTE"].as_str()),
        ("irods://i", "at /z/b c", "/z/a")
    );

    // By the Handle; a value that somebody has changed stays; moving again writes nothing.
    site.call(ADMIN, &["modify", &handle, r#"{"IRODS/URL": "mine"}"#]).ok();
    site.call(ADMIN, &["move", &handle, "/z/d"]).ok();
    let writes = site.server.sandbox.writes(&handle);
    site.call(ADMIN, &["move", &handle, "/z/d"]).ok();
    assert_eq!(site.server.sandbox.writes(&handle), writes);
    assert_eq!(
        (site.texts(&handle)["URL"].as_str(), site.texts(&handle)["IRODS/URL"].as_str()),
        ("https://dav.example.org/z/d", "mine")
    );

    // One that pointed to no object.
    site.call(ADMIN, &["move", "21.T12345/EXAMPLE", "/z/e"]).ok();
    assert_eq!(site.texts("21.T12345/EXAMPLE")["IRODS/URL"], "irods://i/z/e");

    site.call(ADMIN, &["move", "/z/a", "/z/f"]).is(DOES_NOT_EXIST, "/z/a");
    let twin = site.mint("/z/d");
    site.call(ADMIN, &["move", "/z/d", "/z/f"]).is(ACTION_FAILED, &twin.to_uppercase());
    assert_eq!(site.texts(&handle)["URL"], "https://dav.example.org/z/d");
}
