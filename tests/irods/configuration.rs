//! The configuration file: where it is, who may read it, what it says.

use super::site::*;
use crate::common::skipped;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const GET: &[&str] = &["get", "21.T12345/EXAMPLE", "URL"];

#[test]
fn a_file_that_others_can_reach_is_refused_with_the_command_that_mends_it() {
    let site = Site::start();
    let path = site.file.display().to_string();
    for mode in [0o640, 0o604, 0o660, 0o610, 0o602, 0o777] {
        fs::set_permissions(&site.file, fs::Permissions::from_mode(mode)).unwrap();
        let outcome = site.call(ADMIN, GET);
        outcome.is(CONFIG_FILE, &format!("chmod 600 '{path}'"));
        assert!(outcome.told.contains(&format!("mode {mode:04o}")), "{outcome:?}");
    }
    for mode in [0o600, 0o400, 0o700] {
        fs::set_permissions(&site.file, fs::Permissions::from_mode(mode)).unwrap();
        site.call(ADMIN, GET).ok();
    }
    // Only root can give a file away.
    if std::os::unix::fs::chown(&site.file, Some(12345), None).is_ok() {
        site.call(ADMIN, GET).is(CONFIG_FILE, "it belongs to user 12345").is(CONFIG_FILE, "chown ");
    } else {
        skipped(1, "a file of another user needs root");
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let mut site = Site::start();
    let folder = site.server.folder.path().to_owned();
    site.file = folder.join("none.json");
    site.call(ADMIN, GET).is(CONFIG_FILE, "none.json: there is no such file");
    site.file = folder.clone();
    site.call(ADMIN, GET).is(CONFIG_FILE, "no regular file");
    // A pipe that nobody writes to must not block.
    site.file = folder.join("pipe");
    let made = std::process::Command::new("mkfifo").args(["-m", "600"]).arg(&site.file).status().unwrap();
    assert!(made.success());
    site.call(ADMIN, GET).is(CONFIG_FILE, "no regular file");
    site.file = Path::new("/dev/null").to_owned();
    site.call(ADMIN, GET).is(CONFIG_FILE, "no regular file");
    site.file = folder.join("large.json");
    write_private(&site.file, &" ".repeat((1 << 20) + 1));
    site.call(ADMIN, GET).is(CONFIG_FILE, "1 MiB");
    if Path::new("/etc/irods").exists() {
        skipped(1, "there is an iRODS server here");
    } else {
        site.file = std::path::PathBuf::new();
        site.call(ADMIN, GET).is(CONFIG_FILE, "/etc/irods/b2handle.json: there is no such file");
    }
}

#[test]
fn mistakes_are_told_to_administrators_and_to_the_log() {
    let site = Site::start();
    for (more, words) in [
        (r#""irods": {"webdav": "x"}"#, "\"webdav\" in \"irods\" is not known"),
        (r#""irods": {"path_type": "URL"}"#, "path_value"),
        (r#""irods": {"path_value": "https://x/"}"#, "{OBJECT} or {OBJECT_URL} once"),
        (r#""irods": {"path_value": "https://x{OBJECT}{OBJECT}"}"#, "once"),
        (
            r#""irods": {"path_value": "https://x{LOOKUP_PASSWORD}{OBJECT}"}"#,
            "{LOOKUP_PASSWORD} is not known",
        ),
        (r#""irods": {"path_value": "{object}"}"#, "{object} is not known"),
        (r#""irods": {"path_value": "{IRODS_SERVER}{OBJECT}"}"#, "{IRODS_SERVER} is not set"),
        (r#""irods": {"variables": {"OBJECT": "x"}}"#, "OBJECT has a meaning already"),
        (r#""irods": 7"#, "\"irods\" must be an object"),
        (r#""profiles": {"default": {}}"#, "must be an array"),
        (r#""profiles": {"default": [{"type": "A"}]}"#, "\"value\" or \"data\""),
        (r#""profiles": {"default": [{"type": "A", "value": "{X}"}]}"#, "{X} is not known"),
        (r#""profiles": {"default": [{"type": "A", "value": "x", "if_set": "X"}]}"#, "names X"),
        (r#""profiles": {"default": [{"type": "A", "value": "x", "index": "7"}]}"#, "index"),
        (r#""permissions": {"write": {}}"#, "\"write\" is not known"),
        (r#""permissions": {"get": ["*"]}"#, "must be an object"),
        (r#""permissions": {"get": {"users": ["alice"]}}"#, "name#zone"),
        (r#""permissions": {"get": {"groups": ["*"]}}"#, "\"*\" is no group"),
        (r#""permissions": {"get": {"user": []}}"#, "\"user\" in permission \"get\""),
        (r#""permissions": {"get": {"object_acl": true}}"#, "object_acl"),
        (r#""permissions": {"get": {"object_acl": "read"}}"#, "webdav_prefix"),
        (r#""permission": {}"#, "\"permission\" is not known"),
        (r#""pasword": "secret-x""#, "Did you mean \"password\""),
        (r#""auth_method": "nonsense""#, "auth_method"),
        (r#""prefix": "21.T1", "prefix": "21.T2""#, "twice"),
    ] {
        site.configure(more);
        let outcome = site.call(ADMIN, GET);
        outcome.is(CONFIG_FILE, words);
        assert!(outcome.told.contains("b2handle.json: "), "{more}: {outcome:?}");
        let outcome = site.call(ALICE, GET);
        outcome.is(CONFIG_FILE, "The log of the iRODS server tells");
        assert!(
            !outcome.told.contains("b2handle.json")
                && outcome.all("error").iter().any(|line| line.contains(words))
        );
    }
    write_private(&site.file, "{\n  \"password\": \"secret\" x}");
    site.call(ADMIN, GET).is(CONFIG_FILE, "line 2, column 24: this is not well-formed JSON");
    for text in ["[]", "", "7", "\u{feff}", &"[".repeat(100_000), &format!("{{\"x\": {}", "[".repeat(5000))] {
        write_private(&site.file, text);
        site.call(ADMIN, GET).is(CONFIG_FILE, "b2handle.json: ");
    }
}

#[test]
fn profiles_make_values_of_the_configuration() {
    let site = Site::with(
        r#""irods": {"webdav_prefix": "https://dav.example.org/", "port": 1247, "variables": {"SITE": "Lund {OBJECT}"},
                    "path_type": "IRODS/PATH", "path_value": "{OBJECT}"},
           "profiles": {
             "default": [
               {"type": "URL", "index": 1, "value": "https://landing.example.org/{HANDLE}"},
               {"type": "SITE", "value": "{SITE}:{IRODS_PORT} {\"json\": 1}"},
               {"if_set": "IRODS_URL_PREFIX", "type": "IRODS/URL", "value": "{IRODS_URL_PREFIX}{OBJECT}"},
               {"if_not_set": "IRODS_URL_PREFIX", "entry": {"index": "{INDEX}", "type": "NO_URL",
                    "data": {"format": "string", "value": "{HANDLE_ADMIN}/{HANDLE_PREFIX}"}}},
               {"if_set": "OBJECT", "type": "HAS_PATH", "value": "yes"},
               {"if_not_set": "OBJECT", "type": "NO_PATH", "value": "yes"},
               {"type": "HS_ADMIN", "index": 100, "data": {"format": "admin", "value":
                    {"handle": "{HANDLE_ADMIN}/{HANDLE_PREFIX}", "index": 200, "permissions": "011111110010"}}}],
             "bare": [{"type": "DAV", "value": "{IRODS_WEBDAV_PREFIX}{OBJECT_URL}"}]}"#,
    );
    let handle = site.mint("/z/a b");
    let written = site.texts(&handle);
    assert_eq!(written["URL"], format!("https://landing.example.org/{handle}"));
    assert_eq!(
        written["SITE"], "Lund {OBJECT}:1247 {\"json\": 1}",
        "what is filled in is not looked at again"
    );
    assert_eq!(written["IRODS/PATH"], "/z/a b");
    assert_eq!(written["NO_URL"], "0.NA/21.T12345");
    assert!(
        written.contains_key("HAS_PATH")
            && !written.contains_key("NO_PATH")
            && !written.contains_key("IRODS/URL")
    );
    let record = site.server.sandbox.record(&handle).unwrap().to_string();
    assert_eq!(
        (record.matches("HS_ADMIN").count(), record.matches("011111110010").count()),
        (1, 1),
        "{record}"
    );

    let values = r#"{"@path": "/z/b", "@profile": "bare", "dav": "mine"}"#;
    let other = site.call(ADMIN, &["register", "", values]).ok().to_owned();
    assert_eq!(
        site.texts(&other).into_values().collect::<Vec<_>>(),
        ["/z/b", "mine"],
        "the value given counts"
    );
    let values = r#"{"@profile": "", "EMAIL": "a@b"}"#;
    let none = site.call(ADMIN, &["register", "", values]).ok().to_owned();
    assert_eq!(site.texts(&none).len(), 1);
    let pathless = site.call(ADMIN, &["register", "", r#"{"EMAIL": "a@b"}"#]).ok().to_owned();
    assert!(site.texts(&pathless).contains_key("NO_PATH"));
    site.call(ADMIN, &["move", "/z/a b", "/z/c"]).ok();
    assert_eq!(site.texts(&handle)["IRODS/PATH"], "/z/c");
}
