//! The library of the iRODS microservices, `irods/lib`: calls as agents make them, by programs in `tests/irods/`, against a
//! sandbox. (`tests/irods_built.rs` looks at the library as it is installed.)

mod common;

use common::{PASSWORD, Server, USER, compiler, library, output, root, skipped};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Without the sanitizer for undefined behaviour, which takes as long to compile as all the rest.
const SANITIZED: &[&str] = &["-g1", "-fsanitize=address"];
const STRICT: &[&str] = &["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"];

const CONFIG_FILE: i32 = -25_000;
const READ_TIMEDOUT: i32 = -115_000;
const READ_ERR: i32 = -116_000;
const NO_PERMISSION: i32 = -121_000;
const INVALID_INPUT: i32 = -130_000;
const CONNECT_ERR: i32 = -162_000;
const DOES_NOT_EXIST: i32 = -176_000;
const AUTHENTICATION: i32 = -178_000;
const UNMATCHED: i32 = -313_000;
const PARAM_TYPE: i32 = -323_000;
const EXISTS: i32 = -809_000;
const ACTION_FAILED: i32 = -1_090_000;
const HANDSHAKE: i32 = -2_103_000;

/// The sources of the library with the sanitizers, once, several at a time.
fn objects() -> &'static [PathBuf] {
    static OBJECTS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    OBJECTS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("irods");
        fs::create_dir_all(&folder).unwrap();
        let sources = fs::read_dir(root().join("irods/lib")).unwrap().map(|entry| entry.unwrap().path());
        let sources: Vec<PathBuf> =
            sources.filter(|path| path.extension().is_some_and(|one| one == "cpp")).collect();
        assert!(sources.len() > 10);
        let object = |source: &PathBuf| folder.join(source.file_name().unwrap()).with_extension("o");
        let left = Mutex::new(sources.clone());
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    while let Some(source) = { left.lock().unwrap_or_else(PoisonError::into_inner).pop() } {
                        let mut command = compiler(true);
                        command
                            .args(["-std=c++17", "-DB2H_IRODS_VERSION=\"0.1.0\"", "-c"])
                            .args(SANITIZED)
                            .args(STRICT);
                        command.arg("-I").arg(root().join("include"));
                        succeed(command.arg("-o").arg(object(&source)).arg(&source));
                    }
                });
            }
        });
        sources.iter().map(object).collect()
    })
}

fn succeed(command: &mut Command) {
    let output = output(command);
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
}

/// A program of `tests/irods` with the library inside, once: a program that is running cannot be written.
fn program(name: &str) -> PathBuf {
    static MADE: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(name.to_owned())
        .or_insert_with(|| {
            let objects = objects();
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("irods").join(name.replace('.', "_"));
            let source = root().join("tests/irods").join(name);
            let cpp = name.ends_with(".cpp");
            let part = path.with_extension("main.o");
            let mut command = compiler(cpp);
            command.arg(if cpp { "-std=c++17" } else { "-std=c11" }).args(["-D_GNU_SOURCE", "-c"]);
            succeed(command.args(SANITIZED).args(STRICT).arg("-o").arg(&part).arg(source));
            let folder = library().display().to_string();
            let mut link = compiler(true);
            link.args(SANITIZED).args(["-pthread", "-o"]).arg(&path).arg(&part).args(objects);
            succeed(link.args([
                format!("-L{folder}"),
                format!("-Wl,-rpath,{folder}"),
                "-lb2handle".to_owned(),
            ]));
            path
        })
        .clone()
}

/// What became of a call.
#[derive(Debug, Default)]
struct Outcome {
    code: i32,
    out: String,
    told: String,
    lines: Vec<String>,
}

impl Outcome {
    #[track_caller]
    fn is(&self, code: i32, words: &str) -> &Outcome {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.told.contains(words), "{words:?} in {self:?}");
        for line in &self.lines {
            assert!(!line.contains("secret"), "{self:?}");
        }
        self
    }

    /// The output of a call that succeeded.
    #[track_caller]
    fn ok(&self) -> &str {
        self.is(0, "");
        &self.out
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.ok()).unwrap()
    }

    fn all(&self, key: &str) -> Vec<&str> {
        self.lines.iter().filter_map(|line| line.strip_prefix(key)?.strip_prefix('=')).collect()
    }
}

/// A sandbox, and the configuration of an iRODS server for it.
struct Site {
    server: Server,
    file: PathBuf,
}

const IRODS: &str =
    r#""irods": {"webdav_prefix": "https://dav.example.org", "url_prefix": "irods://i.example.org:1247"}"#;
const ADMIN: &[&str] = &["--admin"];
const ALICE: &[&str] = &[];
const PATH: &str = "/tempZone/home/alice/a.txt";
const AT_PATH: &str = "https://dav.example.org/tempZone/home/alice/a.txt";

fn write_private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

impl Site {
    /// With `more` of the configuration, members of JSON with a comma between them.
    fn with(more: &str) -> Site {
        Site::of(Server::start(), more)
    }

    fn of(server: Server, more: &str) -> Site {
        let file = server.folder.path().join("b2handle.json");
        let site = Site { server, file };
        site.configure(more);
        site
    }

    fn start() -> Site {
        Site::with(IRODS)
    }

    fn configure(&self, more: &str) {
        write_private(
            &self.file,
            &format!(
                r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "{PASSWORD}",
                "HTTPS_verify": "server.pem", "prefix": "21.T12345", "reverselookup_username": "search",
                "reverselookup_password": "search-secret", {more}}}"#,
                self.server.sandbox.https_url()
            ),
        );
    }

    /// Calls of one agent, one after another, and what became of each.
    #[track_caller]
    fn calls(&self, who: &[&str], calls: &[&[&str]]) -> Vec<Outcome> {
        let mut command = Command::new(program("op.c"));
        command.env("B2HANDLE_IRODS_CONFIG", &self.file).args(who);
        command.args(calls.join(&"--"));
        let output = output(&mut command);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{} {said}{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        let (mut all, mut one) = (Vec::new(), Outcome::default());
        for line in said.lines() {
            if line == "end" {
                all.push(std::mem::take(&mut one));
                continue;
            }
            let (key, text) = line.split_once('=').unwrap_or_else(|| panic!("printed: {line}"));
            match key {
                "code" => one.code = text.parse().unwrap(),
                "out" => one.out = text.to_owned(),
                "told" => one.told = text.to_owned(),
                "asked" | "error" | "warning" | "info" => {}
                _ => panic!("printed: {line}"),
            }
            one.lines.push(line.to_owned());
        }
        assert_eq!(all.len(), calls.len(), "{said}");
        all
    }

    #[track_caller]
    fn call(&self, who: &[&str], call: &[&str]) -> Outcome {
        self.calls(who, &[call]).remove(0)
    }

    /// Registers a Handle for a path, as an administrator.
    #[track_caller]
    fn mint(&self, path: &str) -> String {
        let values = serde_json::json!({ "@path": path }).to_string();
        self.call(ADMIN, &["register", "", &values]).ok().to_owned()
    }

    /// The texts of a record on the server, by type.
    fn texts(&self, handle: &str) -> BTreeMap<String, String> {
        let record = self.server.sandbox.record(handle).unwrap_or_default();
        let values = record["values"].as_array().cloned().unwrap_or_default();
        values
            .iter()
            .filter_map(|value| {
                let text = value["data"]["value"].as_str()?;
                Some((value["type"].as_str()?.to_owned(), text.to_owned()))
            })
            .collect()
    }
}

fn decoded(url: &str) -> String {
    let mut parts = url.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

// What the microservices of others did wrong.

#[test]
fn an_absent_key_never_deletes_the_pid() {
    let site = Site::start();
    let handle = site.mint(PATH);
    let lists = ["NOSUCHKEY", "[\"NOSUCHKEY\"]", "[\"URL\", \"NOSUCHKEY\"]"];
    for types in lists {
        site.call(ADMIN, &["unset", &handle, types]).is(UNMATCHED, "NOSUCHKEY");
        site.call(ADMIN, &["unset", PATH, types]).is(UNMATCHED, "NOSUCHKEY");
    }
    for types in ["", "[]", "[\"\"]", "[1]", "[", "[\"URL\",\"url\"]"] {
        site.call(ADMIN, &["unset", &handle, types]).is(INVALID_INPUT, "");
    }
    site.call(ADMIN, &["unset", &handle, "NULL"]).is(PARAM_TYPE, "types");
    assert_eq!(site.server.sandbox.count("DELETE", "/api/handles"), 0);
    assert_eq!(site.texts(&handle)["URL"], AT_PATH);

    site.call(ADMIN, &["modify", &handle, r#"{"EMAIL": "a@b", "CHECKSUM": "sha2:x"}"#]).ok();
    site.call(ADMIN, &["unset", &handle, r#"["EMAIL", "CHECKSUM"]"#]).ok();
    assert_eq!(site.texts(&handle).keys().collect::<Vec<_>>(), ["URL"]);
    assert_eq!(site.server.sandbox.count("DELETE", "/api/handles"), 1);
}

#[test]
fn values_of_users_are_never_expanded() {
    let site = Site::with(
        r#""irods": {"webdav_prefix": "https://dav.example.org", "server": "i.example.org"},
           "profiles": {"default": [{"type": "NOTE", "value": "{IRODS_SERVER} {OBJECT}"}]}"#,
    );
    let text = "{LOOKUP_PASSWORD} {IRODS_SERVER} {OBJECT} {HANDLE} {password} {{";
    let values = serde_json::json!({"@path": "/z/{IRODS_SERVER}{HANDLE}", "EMAIL": text}).to_string();
    let handle = site.call(ADMIN, &["register", "", &values]).ok().to_owned();
    let written = site.texts(&handle);
    assert_eq!(written["EMAIL"], text);
    assert_eq!(written["NOTE"], "i.example.org /z/{IRODS_SERVER}{HANDLE}");
    assert_eq!(written["URL"], "https://dav.example.org/z/%7BIRODS_SERVER%7D%7BHANDLE%7D");
    site.call(
        ADMIN,
        &["modify", &handle, &serde_json::json!({ "EMAIL": format!("now {text}") }).to_string()],
    )
    .ok();
    assert_eq!(site.texts(&handle)["EMAIL"], format!("now {text}"));
    site.call(ADMIN, &["move", &handle, "/z/{OBJECT}"]).ok();
    assert_eq!(site.texts(&handle)["NOTE"], "i.example.org /z/{OBJECT}");
}

#[test]
fn wildcards_in_names_of_objects_match_nothing_else() {
    let raw = r#""irods": {"path_value": "https://dav.example.org{OBJECT}"}"#;
    for more in [IRODS, raw] {
        let site = Site::with(more);
        let others =
            ["/z/axb", "/z/a", "/z/a*bc", "/z/a%b", "/z/A*B", "/z/a%2Ab"].map(|path| site.mint(path));
        for name in ["/z/a*b", "/z/*", "*", "/z/a_b", "/z/a?b", "/z/%"] {
            let search = serde_json::json!({ "@path": name }).to_string();
            if name == "*" {
                site.call(ADMIN, &["search", &search]).is(INVALID_INPUT, "logical path");
                continue;
            }
            for call in [
                &["get", name, "URL"][..],
                &["modify", name, r#"{"EMAIL": "x"}"#],
                &["unset", name, "URL"],
                &["delete", name],
                &["move", name, "/z/elsewhere"],
            ] {
                site.call(ADMIN, call).is(DOES_NOT_EXIST, name);
            }
            assert_eq!(site.call(ADMIN, &["search", &search]).ok(), "[]");
        }
        let handle = site.mint("/z/a*b");
        assert_eq!(
            site.call(ADMIN, &["search", r#"{"@path": "/z/a*b"}"#]).json(),
            serde_json::json!([handle.to_uppercase()])
        );
        site.call(ADMIN, &["delete", "/z/a*b"]).ok();
        assert!(site.server.sandbox.record(&handle).is_none());
        for other in others {
            assert!(site.server.sandbox.record(&other).is_some());
        }
    }
}

#[test]
fn wildcards_are_there_for_those_who_ask_for_them() {
    let site = Site::start();
    let [one, two] = ["/z/one", "/z/two"].map(|path| site.mint(path).to_uppercase());
    let mut both = [one.clone(), two];
    both.sort();
    let found = |query: &str| site.call(ADMIN, &["search", query]).json();
    assert_eq!(
        found(r#"{"URL": "https://dav.example.org/z/*", "@wildcards": "true"}"#),
        serde_json::json!(both)
    );
    assert_eq!(found(r#"{"URL": "https://dav.example.org/z/*"}"#), serde_json::json!([]));
    assert_eq!(found(r#"{"URL": "https://dav.example.org/z/one"}"#), serde_json::json!([one]));
    assert_eq!(found(r#"{"URL": "https://DAV.example.org/z/one"}"#), serde_json::json!([]), "case counts");
    site.call(
        ADMIN,
        &["search", r#"{"URL": "https://dav.example.org/z/*", "@wildcards": true, "@limit": 1}"#],
    )
    .is(ACTION_FAILED, "More than 1 Handles");
    for query in
        ["{}", "[]", r#"{"@wildcards": "true"}"#, r#"{"@other": "x"}"#, r#"{"URL": "x", "@limit": "0"}"#, "x"]
    {
        site.call(ADMIN, &["search", query]).is(INVALID_INPUT, "");
    }
}

#[test]
fn odd_names_are_kept_exactly() {
    let site = Site::start();
    let names = [
        "it's",
        "\"double\"",
        "a#b",
        "100%",
        "a%20b",
        "a b",
        "ünïcödé",
        "日本語",
        "a&b=c;d",
        "a?b",
        "a+b",
        "~tilde",
        "back\\slash",
        "x' OR '1'='1",
        "{}",
        "a|b",
        "tab\there",
    ];
    for name in names {
        let (path, next) = (format!("/z/{name}/data"), format!("/z/{name}.moved"));
        let handle = site.mint(&path).to_uppercase();
        let search = serde_json::json!({ "@path": path }).to_string();
        let all = site.calls(
            ADMIN,
            &[
                &["search", &search],
                &["get", &path, "IRODS/URL"],
                &["move", &path, &next],
                &["get", &next, "URL"],
            ],
        );
        assert_eq!(all[0].json(), serde_json::json!([handle]), "{name}");
        all[1].is(UNMATCHED, "IRODS/URL");
        assert_eq!(all[2].ok(), handle);
        let url = all[3].ok();
        assert!(url.is_ascii() && !url.contains(['"', ' ', '#', '?', '\\']), "{url}");
        assert_eq!(decoded(url), format!("https://dav.example.org{next}"));
    }
}

#[test]
fn lists_of_odd_length_and_broken_arguments_are_refused() {
    let program = program("arguments.c");
    let site = Site::start();
    let mut command = Command::new(program);
    let output = output(command.env("B2HANDLE_IRODS_CONFIG", &site.file));
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn errors_are_told_apart() {
    let site = Site::start();
    let handle = site.mint(PATH);
    site.call(ADMIN, &["get", "no handle", ""]).is(INVALID_INPUT, "no handle");
    site.call(ADMIN, &["get", "300:21.T12345/x", ""]).is(INVALID_INPUT, "300:21.T12345/x");
    site.call(ADMIN, &["get", "21.T12345/none", ""]).is(DOES_NOT_EXIST, "21.T12345/none");
    site.call(ADMIN, &["get", &handle, "EMAIL"]).is(UNMATCHED, "EMAIL");
    site.call(ADMIN, &["delete", "21.T12345/none"]).is(DOES_NOT_EXIST, "21.T12345/none");
    site.call(ADMIN, &["modify", "21.T12345/none", r#"{"URL": "x"}"#]).is(DOES_NOT_EXIST, "21.T12345/none");
    site.call(ADMIN, &["register", &handle, r#"{"URL": "x"}"#]).is(EXISTS, &handle);
    site.call(ADMIN, &["modify", &handle, "{"]).is(INVALID_INPUT, "well-formed");
    site.call(ADMIN, &["modify", &handle, r#"{"URL": "x", "url": "y"}"#]).is(INVALID_INPUT, "twice");
    site.call(ADMIN, &["modify", &handle, r#"{"URL": "x", "URL": "y"}"#]).is(INVALID_INPUT, "twice");
    site.call(ADMIN, &["modify", &handle, r#"{"URL": "a\u0000b"}"#]).is(INVALID_INPUT, "NUL");
    site.call(ADMIN, &["modify", &handle, "{}"]).is(INVALID_INPUT, "no value");
    site.call(ADMIN, &["modify", &handle, r#"{"HS_ADMIN": "x"}"#]).is(INVALID_INPUT, "");
    site.call(ADMIN, &["get", "NULL", ""]).is(PARAM_TYPE, "handle");
    site.call(ADMIN, &["get", "/z/../x", ""]).is(INVALID_INPUT, "/z/../x");

    let refused = r#""irods": {}, "username": "300:21.T12345/USER02", "password": "user02-secret""#;
    let server = |url: &str, more: &str| {
        write_private(
            &site.file,
            &format!(r#"{{"handle_server_url": "{url}", "prefix": "21.T12345"{more}}}"#),
        );
    };
    let https = site.server.sandbox.https_url();
    let known = format!(r#", "HTTPS_verify": "server.pem", {refused}"#);
    server(&https, &known);
    site.call(ADMIN, &["delete", &handle]).is(AUTHENTICATION, &handle);
    server(&https, &known.replace("user02-secret", "wrong-one"));
    site.call(ADMIN, &["delete", &handle]).is(AUTHENTICATION, &handle);
    server(&https, &format!(", {refused}"));
    site.call(ADMIN, &["get", &handle, ""]).is(HANDSHAKE, "certificate");
    server("https://127.0.0.1:1", &known);
    site.call(ADMIN, &["get", &handle, ""]).is(CONNECT_ERR, "127.0.0.1:1");
    server("https://no-such-host.invalid", &known);
    site.call(ADMIN, &["get", &handle, ""]).is(CONNECT_ERR, "no-such-host.invalid");
    server(&site.server.sandbox.http_url(), &known);
    site.call(ADMIN, &["delete", &handle]).is(CONFIG_FILE, "");

    let fault = |rule: &str| site.server.sandbox.add_fault(rule.parse::<b2h_sandbox::FaultRule>().unwrap());
    server(&https, &known.replace(r#""irods""#, r#""timeout_ms": 1000, "max_retries": 0, "irods""#));
    for (rule, code) in [
        ("stall on GET /api/handles", READ_TIMEDOUT),
        ("reset-before-reading on GET /api/handles", READ_ERR),
        ("500 on GET /api/handles", ACTION_FAILED),
        ("503 on GET /api/handles", ACTION_FAILED),
        ("garbage on GET /api/handles", ACTION_FAILED),
    ] {
        fault(rule);
        site.call(ADMIN, &["get", &handle, ""]).is(code, "21.T12345/");
        site.server.sandbox.clear_faults();
    }
    assert_eq!(site.texts(&handle)["URL"], AT_PATH);
}

#[test]
fn a_write_without_a_reply_says_that_the_outcome_is_unknown() {
    let server = Server::start_with(|options| {
        options.faults.push("stall on PUT /api/handles".parse().unwrap());
        options.faults.push("stall on DELETE /api/handles".parse().unwrap());
    });
    let site = Site::of(server, &format!(r#""timeout_ms": 1000, {IRODS}"#));
    for call in [
        &["register", "21.T12345/new", r#"{"URL": "x"}"#][..],
        &["register", "id:z/1", r#"{"@path": "/z/a"}"#],
        &["modify", "21.T12345/EXAMPLE", r#"{"URL": "x"}"#],
        &["unset", "21.T12345/EXAMPLE", "URL"],
        &["delete", "21.T12345/EXAMPLE"],
        &["move", "21.T12345/EXAMPLE", "/z/b"],
    ] {
        let outcome = site.call(ADMIN, call);
        outcome.is(READ_TIMEDOUT, "The outcome is unknown");
        assert!(outcome.told.contains("21.T12345/"), "{outcome:?}");
    }
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", "URL"]).ok();
}

#[test]
fn all_requests_of_a_call_end_within_its_time() {
    let server = Server::start_with(|options| {
        options.faults.push("latency:700 on GET /api/handles".parse().unwrap());
        options.faults.push("latency:700 on PUT /api/handles".parse().unwrap());
        options.faults.push("latency:700 on GET /hrls".parse().unwrap());
    });
    let site = Site::of(server, &format!(r#""timeout_ms": 1500, {IRODS}"#));
    program("op.c");
    let start = Instant::now();
    // A search, reading what was found, reading and writing: four or five times 0.7 s.
    site.server
        .sandbox
        .put_values(
            "21.T12345/EXAMPLE",
            &format!(
                r#"[{{"index": 1, "type": "URL", "data": {{"format": "string", "value": "{AT_PATH}"}}}}]"#
            ),
        )
        .unwrap();
    site.call(ADMIN, &["move", PATH, "/z/b"]).is(READ_TIMEDOUT, "");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_call_takes_less_than_thirty_seconds() {
    let server = Server::start_with(|options| {
        options.idle = Duration::from_secs(3600);
        options.faults.push("stall on GET /api/handles".parse().unwrap());
    });
    let site = Site::of(server, IRODS);
    program("op.c");
    let start = Instant::now();
    site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(READ_TIMEDOUT, "21.T12345/EXAMPLE");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    for key in ["timeout_ms", "connect_timeout_ms"] {
        for time in ["29000", "30000", "\"45000\"", "0", "-1", "\"x\"", "1e9"] {
            site.configure(&format!(r#""{key}": {time}, {IRODS}"#));
            site.call(ADMIN, &["get", "21.T12345/EXAMPLE", ""]).is(CONFIG_FILE, key);
        }
    }
}

// Writing.

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

// Who may do what.

/// The words of a program that fails, with what it said.
#[track_caller]
fn runs(command: &mut Command) {
    let output = output(command);
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success() && said.is_empty(),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&said)
    );
}

const ALL: [&[&str]; 8] = [
    &["register", "", r#"{"URL": "x"}"#],
    &["get", "21.T12345/EXAMPLE", ""],
    &["modify", "21.T12345/EXAMPLE", r#"{"NOTE": "x"}"#],
    &["unset", "21.T12345/EXAMPLE", "NOTE"],
    &["delete", "21.T12345/EXAMPLE"],
    &["search", r#"{"URL": "x"}"#],
    &["move", "21.T12345/EXAMPLE", "/z/a"],
    &["check"],
];

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
    site.call(owns, &["modify", &mine, &format!(r#"[{{"index": 9, "type": "url", "data": "x"}}]"#)])
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

#[test]
fn exceptions_of_callbacks_do_not_leave() {
    let site = Site::with(&format!(
        r#""permissions": {{"get": {{"groups": ["g"], "object_acl": "read"}}}}, {IRODS}"#
    ));
    runs(Command::new(program("callbacks.cpp")).env("B2HANDLE_IRODS_CONFIG", &site.file));
}

// The process.

#[test]
fn a_process_has_one_client_and_each_child_its_own() {
    let site = Site::start();
    let get = ALL[1];
    site.calls(ADMIN, &[get; 5]).iter().for_each(|one| _ = one.ok());
    assert_eq!(site.server.sandbox.connections(), 1);
    site.calls(&["--admin", "--fork"], &[get; 3]).iter().for_each(|one| _ = one.ok());
    assert_eq!(site.server.sandbox.connections(), 4);
}

#[test]
fn the_configuration_is_read_again_when_it_changes() {
    let site = Site::start();
    let others = ["open", "closed"].map(|name| site.server.folder.path().join(name));
    // As many bytes, and the program gives them the same time.
    for (path, who) in others.iter().zip(["alice#tempZone", "alicf#tempZone"]) {
        site.configure(&format!(r#""permissions": {{"get": {{"users": ["{who}"]}}}}, {IRODS}"#));
        fs::rename(&site.file, path).unwrap();
    }
    runs(
        Command::new(program("agents.c"))
            .env("B2HANDLE_IRODS_CONFIG", &site.file)
            .arg(&site.file)
            .args(&others),
    );
}
