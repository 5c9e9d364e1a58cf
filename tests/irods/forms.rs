//! The configurations of others, as they are.

use super::site::*;
use crate::common::{Server, own_keys, server_with};
use b2h_sandbox::ClientAuth;

/// As the examples of irods-msi-persistent-id have it.
fn surfsara(server: &Server, insecure: bool, permissions: &str, profile: &str) -> String {
    let url = server.sandbox.https_url();
    let (host, port) = url.rsplit_once(':').unwrap();
    let keys = own_keys().display().to_string();
    format!(
        r#"{{"verbose": false, "curl_verbose": false,
        "irods": {{"server": "localhost", "port": 1247, "url_prefix": "irods://localhost:1247",
            "webdav_prefix": "http://localhost:80"}},
        "lookup": {{"url": "{host}:8000/hrls/handles", "port": {port}, "user": "search", "prefix": "21.T12345",
            "password": "search-secret", "insecure": true, "cacert": null, "limit": null, "page": null,
            "before_create": true, "key": "URL", "value": "{{IRODS_WEBDAV_PREFIX}}{{OBJECT}}"}},
        {permissions}
        "handle": {{"url": "{host}/api/handles", "port": {port}, "admin": "0.NA", "prefix": "21.T12345",
            "cert": "{keys}/rsa.certificate.pem", "key": "{keys}/rsa.pem", "insecure": {insecure},
            "cacert": "server.pem", "passphrase": null, "index_from": 2, "index_to": 99{profile}}}}}"#
    )
}

fn with_key(form: impl Fn(&Server) -> String) -> Site {
    let server = server_with(&own_keys().join("rsa.public.pem"), 301, ClientAuth::None);
    let file = server.folder.path().join("irods_pid.json");
    write_private(&file, &form(&server));
    Site { server, file }
}

#[test]
fn the_configuration_of_surfsara_is_understood() {
    let site = with_key(|server| surfsara(server, false, "", ""));
    let report = site.call(ADMIN, &["check"]).json();
    assert_eq!((&report["form"], &report["prefix"]), (&"irods_pid".into(), &"21.T12345".into()), "{report}");
    let values = r#"{"@path": "/z/a b", "EMAIL": "a@b"}"#;
    let outcome = site.call(ADMIN, &["register", "21.T12345/surf", values]);
    assert!(
        outcome.all("warning").iter().any(|line| line.contains("\"lookup\" is not followed")),
        "{outcome:?}"
    );
    outcome.ok();
    let written = site.texts("21.T12345/surf");
    assert_eq!(written["URL"], "http://localhost:80/z/a b");
    assert_eq!(written["IRODS/URL"], "irods://localhost:1247/z/a b");
    assert_eq!(written["IRODS/WEBDAV_URL"], "http://localhost:80/z/a b");
    assert_eq!(
        (written["IRODS/SERVER"].as_str(), written["IRODS/SERVER_PORT"].as_str()),
        ("localhost", "1247")
    );
    assert_eq!(
        site.call(ADMIN, &["search", r#"{"@path": "/z/a b"}"#]).json(),
        serde_json::json!(["21.T12345/SURF"])
    );
    site.call(ADMIN, &["register", "", values]).is(EXISTS, "21.T12345/SURF points to /z/a b already");
    site.call(ADMIN, &["move", "/z/a b", "/z/c"]).ok();
    assert_eq!(site.texts("21.T12345/surf")["IRODS/URL"], "irods://localhost:1247/z/c");
    site.call(ALICE, &["get", "/z/c", ""]).is(NO_PERMISSION, "");
}

#[test]
fn an_insecure_server_of_surfsara_is_logged_at_each_load() {
    let site = with_key(|server| {
        surfsara(server, true, "", "").replace("\"cacert\": \"server.pem\"", "\"cacert\": null")
    });
    for _ in 0..2 {
        let outcome = site.call(ADMIN, &["get", "21.T12345/EXAMPLE", "URL"]);
        outcome.ok();
        assert!(outcome.all("warning").iter().any(|line| line.contains("is not verified")), "{outcome:?}");
    }
    let secure = with_key(|server| {
        surfsara(server, false, "", "").replace("\"cacert\": \"server.pem\"", "\"cacert\": null")
    });
    secure.call(ADMIN, &["get", "21.T12345/EXAMPLE", "URL"]).is(HANDSHAKE, "certificate");
}

#[test]
fn permissions_of_surfsara_are_kept_and_access_needs_the_marker() {
    let lists = r#""permissions": {"users_read": ["*"], "groups_read": ["*"], "users_write": ["alice#tempZone"],
        "groups_write": ["writers"], "users_create": ["*owner*"], "groups_create": [], "users_delete": [],
        "groups_delete": []},"#;
    let site = with_key(|server| surfsara(server, false, lists, ""));
    let bob = &["--user", "bob"][..];
    let outcome = site.call(bob, &["get", "21.T12345/EXAMPLE", "URL"]);
    outcome.ok();
    assert!(outcome.all("warning").iter().any(|line| line.contains("*owner*")), "{outcome:?}");
    site.call(bob, &["modify", "21.T12345/EXAMPLE", r#"{"NOTE": "x"}"#]).is(NO_PERMISSION, "");
    site.call(ALICE, &["modify", "21.T12345/EXAMPLE", r#"{"NOTE": "x"}"#]).ok();
    site.call(&["--user", "bob", "--group", "writers"], &["unset", "21.T12345/EXAMPLE", "NOTE"]).ok();
    site.call(ALICE, &["register", "", r#"{"URL": "x"}"#]).is(NO_PERMISSION, "@path");
    site.call(ALICE, &["register", "", r#"{"@path": "/z/a"}"#]).is(NO_PERMISSION, "/z/a");
    site.call(&["--access", "3:/z/a"], &["register", "", r#"{"@path": "/z/a"}"#]).ok();
    site.call(&["--access", "3:/z/a"], &["delete", "/z/a"]).is(NO_PERMISSION, "");
}

#[test]
fn a_profile_of_surfsara_is_filled_and_its_mistake_is_named() {
    let profile = |owner: &str| {
        format!(
            r#", "profile": [
            {{"if_set": "IRODS_WEBDAV_PREFIX", "entry": {{"index": 1, "type": "URL", "data":
                {{"format": "string", "value": "{{IRODS_WEBDAV_PREFIX}}/{{OBJECT}}"}}}}}},
            {{"if_not_set": "IRODS_WEBDAV_PREFIX", "entry": {{"index": 1, "type": "URL", "data":
                {{"format": "string", "value": "{{IRODS_URL_PREFIX}}{{OBJECT}}"}}}}}},
            {{"entry": {{"index": "{{INDEX}}", "type": "PORT", "data": {{"format": "string", "value": "{{HANDLE_PORT}}"}}}}}},
            {{"entry": {{"index": 100, "type": "HS_ADMIN", "data": {{"format": "admin", "value":
                {{"handle": "{owner}", "index": 200, "permissions": "011111110011"}}}}}}}}]"#
        )
    };
    // As it is shipped.
    let site = with_key(|server| surfsara(server, false, "", &profile("{HANDLE_ADMIN}{HANDLE_HANDLE}")));
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(CONFIG_FILE, "{HANDLE_HANDLE} is not known");
    let secret = with_key(|server| surfsara(server, false, "", &profile("{LOOKUP_PASSWORD}")));
    secret.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(CONFIG_FILE, "{LOOKUP_PASSWORD} is not known");

    let site = with_key(|server| surfsara(server, false, "", &profile("{HANDLE_ADMIN}/{HANDLE_PREFIX}")));
    let handle = site.mint("/z/a");
    let written = site.texts(&handle);
    assert_eq!(written["URL"], "http://localhost:80//z/a");
    assert_eq!(written["PORT"], site.server.sandbox.address().port().to_string());
    // What is looked up is what is written, although the example says two things.
    assert_eq!(
        site.call(ADMIN, &["search", r#"{"@path": "/z/a"}"#]).json(),
        serde_json::json!([handle.to_uppercase()])
    );
}

#[test]
fn the_configuration_of_utrecht_is_understood() {
    let keys = own_keys().display().to_string();
    let form = |server: &Server, more: &str| {
        format!(
            r#"{{"epic_url": "{}/api/handles", "epic_handle_prefix": "21.T12345", "epic_key": "{keys}/rsa.pem",
            "epic_certificate": "{keys}/rsa.certificate.pem"{more}}}"#,
            server.sandbox.https_url()
        )
    };
    let site = with_key(|server| form(server, r#", "HTTPS_verify": "server.pem""#));
    assert_eq!(site.call(ADMIN, &["check"]).json()["form"], "store_config");
    let handle = site.call(ADMIN, &["register", "21.T12345/uu", r#"{"URL": "https://uu"}"#]).ok().to_owned();
    assert_eq!(site.texts(&handle)["URL"], "https://uu");
    site.call(ADMIN, &["register", "21.T12345/uu", r#"{"URL": "https://other"}"#]).is(EXISTS, "21.T12345/uu");
    site.call(ALICE, &["get", &handle, ""]).is(NO_PERMISSION, "");
    // It verifies the server, as the original did not.
    let site = with_key(|server| form(server, ""));
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(HANDSHAKE, "certificate");
    write_private(&site.file, r#"{"epic_handle_prefix": "21.T12345"}"#);
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(CONFIG_FILE, "epic_url is not set");
}
