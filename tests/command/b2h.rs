//! Runs the command.

use crate::common::{self, PASSWORD, Server, USER};
use serde_json::Value as Json;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The command, compiled once.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let folder = fs::read_dir(common::root().join("command")).unwrap();
        let mut sources: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        sources.retain(|path| path.extension().is_some_and(|extension| extension == "c"));
        common::compile_all(&sources, "b2h")
    })
}

/// What came of a run.
#[derive(Debug)]
pub struct Ran {
    pub exit: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    #[track_caller]
    pub fn is(&self, exit: i32, out: &str) {
        assert_eq!((self.exit, self.out.as_str()), (Some(exit), out), "{self:?}");
    }

    /// It failed so, and said so.
    #[track_caller]
    pub fn fails(&self, exit: i32, said: &str) {
        assert!(
            self.exit == Some(exit) && self.err.contains(said) && self.err.starts_with("b2h: "),
            "{self:?}"
        );
    }

    /// Its lines, each of them an object.
    #[track_caller]
    pub fn json(&self) -> Vec<Json> {
        let object = |line| {
            let json: Json = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:?}"));
            assert!(json.is_object(), "{self:?}");
            json
        };
        assert!(self.out.is_empty() || self.out.ends_with('\n'), "{self:?}");
        self.out.lines().map(object).collect()
    }
}

/// A sandbox, and the command with credentials for it.
pub struct Scene {
    pub server: Server,
    pub credentials: PathBuf,
}

pub const EXAMPLE: &str = "21.T12345/EXAMPLE";

impl Scene {
    pub fn new() -> Scene {
        Scene::with("")
    }

    /// `more` is JSON to add to the credentials.
    pub fn with(more: &str) -> Scene {
        let server = Server::start();
        let credentials = private(server.credentials(more));
        Scene { server, credentials }
    }

    /// Credentials with other members than the usual ones.
    pub fn other_credentials(&self, members: &str) -> PathBuf {
        private(self.server.write(&format!(
            r#"{{"handle_server_url": "{}", "HTTPS_verify": "server.pem", "prefix": "21.T12345", {members}}}"#,
            self.server.sandbox.https_url()
        )))
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).env("B2H_CREDENTIALS", &self.credentials);
        command
    }

    /// Runs the command on the sandbox.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// The same with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        finish(self.command(arguments), input.as_bytes())
    }

    /// Registers a Handle for a test.
    pub fn has(&self, handle: &str, url: &str) {
        self.run(&["register", "-q", handle, url]).is(0, "");
    }

    /// The data of a value on the server, by its type.
    pub fn stored(&self, handle: &str, kind: &str) -> Option<String> {
        let record = self.server.sandbox.record(handle)?;
        let value = record["values"].as_array()?.iter().find(|value| value["type"] == kind)?;
        Some(value["data"]["value"].as_str().unwrap_or_default().to_owned())
    }
}

/// Runs a command to its end. What it prints holds no secret, whatever it is.
#[track_caller]
pub fn finish(mut command: Command, input: &[u8]) -> Ran {
    let shown = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // Who fails early does not read it.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap_or_else(|_| panic!("{shown}: not UTF-8"));
    let ran = Ran { exit: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    for secret in [PASSWORD, "throw-away", "PRIVATE KEY"] {
        assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{shown} tells a secret: {ran:?}");
    }
    ran
}

/// Makes a file one that only its owner may read, so that nothing is to be warned of.
pub fn private(path: PathBuf) -> PathBuf {
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// Members of credentials for a user of the sandbox.
pub fn user(name: &str, password: &str) -> String {
    format!(r#""username": "{}", "password": "{password}""#, USER.replace("USER01", name))
}
