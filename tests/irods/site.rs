//! A site: a sandbox, a configuration, and calls as agents make them.

use crate::common::{PASSWORD, Server, USER, compiler, library, output, root};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Without the sanitizer for undefined behaviour, which takes as long to compile as all the rest.
pub const SANITIZED: &[&str] = &["-g1", "-fsanitize=address"];
pub const STRICT: &[&str] = &["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"];

pub const CONFIG_FILE: i32 = -25_000;
pub const READ_TIMEDOUT: i32 = -115_000;
pub const READ_ERR: i32 = -116_000;
pub const NO_PERMISSION: i32 = -121_000;
pub const INVALID_INPUT: i32 = -130_000;
pub const CONNECT_ERR: i32 = -162_000;
pub const DOES_NOT_EXIST: i32 = -176_000;
pub const AUTHENTICATION: i32 = -178_000;
pub const UNMATCHED: i32 = -313_000;
pub const PARAM_TYPE: i32 = -323_000;
pub const EXISTS: i32 = -809_000;
pub const ACTION_FAILED: i32 = -1_090_000;
pub const HANDSHAKE: i32 = -2_103_000;

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
pub fn program(name: &str) -> PathBuf {
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
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub told: String,
    pub lines: Vec<String>,
}

impl Outcome {
    #[track_caller]
    pub fn is(&self, code: i32, words: &str) -> &Outcome {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.told.contains(words), "{words:?} in {self:?}");
        for line in &self.lines {
            assert!(!line.contains("-secret") && !line.contains("secret-"), "{self:?}");
        }
        self
    }

    /// The output of a call that succeeded.
    #[track_caller]
    pub fn ok(&self) -> &str {
        self.is(0, "");
        &self.out
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.ok()).unwrap()
    }

    pub fn all(&self, key: &str) -> Vec<&str> {
        self.lines.iter().filter_map(|line| line.strip_prefix(key)?.strip_prefix('=')).collect()
    }
}

/// A sandbox, and the configuration of an iRODS server for it.
pub struct Site {
    pub server: Server,
    pub file: PathBuf,
}

pub const IRODS: &str =
    r#""irods": {"webdav_prefix": "https://dav.example.org", "url_prefix": "irods://i.example.org:1247"}"#;
pub const ADMIN: &[&str] = &["--admin"];
pub const ALICE: &[&str] = &[];
pub const PATH: &str = "/tempZone/home/alice/a.txt";
pub const AT_PATH: &str = "https://dav.example.org/tempZone/home/alice/a.txt";

pub fn write_private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

impl Site {
    /// With `more` of the configuration, members of JSON with a comma between them.
    pub fn with(more: &str) -> Site {
        Site::of(Server::start(), more)
    }

    pub fn of(server: Server, more: &str) -> Site {
        let file = server.folder.path().join("b2handle.json");
        let site = Site { server, file };
        site.configure(more);
        site
    }

    pub fn start() -> Site {
        Site::with(IRODS)
    }

    pub fn configure(&self, more: &str) {
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
    pub fn calls(&self, who: &[&str], calls: &[&[&str]]) -> Vec<Outcome> {
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
    pub fn call(&self, who: &[&str], call: &[&str]) -> Outcome {
        self.calls(who, &[call]).remove(0)
    }

    /// Registers a Handle for a path, as an administrator.
    #[track_caller]
    pub fn mint(&self, path: &str) -> String {
        let values = serde_json::json!({ "@path": path }).to_string();
        self.call(ADMIN, &["register", "", &values]).ok().to_owned()
    }

    /// The texts of a record on the server, by type.
    pub fn texts(&self, handle: &str) -> BTreeMap<String, String> {
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

/// The words of a program that fails, with what it said.
#[track_caller]
pub fn runs(command: &mut Command) {
    let output = output(command);
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success() && said.is_empty(),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&said)
    );
}

pub const ALL: [&[&str]; 8] = [
    &["register", "", r#"{"URL": "x"}"#],
    &["get", "21.T12345/EXAMPLE", ""],
    &["modify", "21.T12345/EXAMPLE", r#"{"NOTE": "x"}"#],
    &["unset", "21.T12345/EXAMPLE", "NOTE"],
    &["delete", "21.T12345/EXAMPLE"],
    &["search", r#"{"URL": "x"}"#],
    &["move", "21.T12345/EXAMPLE", "/z/a"],
    &["check"],
];
