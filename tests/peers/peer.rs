//! The processes that perform operations: one with PYHANDLE or B2HANDLE, one with the C library.

use crate::common::{Server, compile, python, root};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// An answer that takes this long never comes.
const HANGS_AFTER: Duration = Duration::from_secs(120);

/// Whose code performs the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Pyhandle,
    B2handle,
    Ours,
}

/// What came of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the peer calls it: `ok`, an exception, or a number of `b2h_status`.
    pub said: String,
    /// What was read, or the message.
    pub read: Vec<String>,
}

/// The same outcomes by their names in Python and in C.
const OUTCOMES: &[(&str, &[&str])] = &[
    ("ok", &["ok", "0"]),
    ("exists", &["HandleAlreadyExistsException", "81"]),
    ("no Handle", &["HandleNotFoundException", "80"]),
    ("no value", &["None", "82"]),
    ("broken", &["BrokenHandleRecordException", "84"]),
    ("not allowed", &["IllegalOperationException", "5"]),
    ("bad name", &["HandleSyntaxError", "2"]),
    ("refused", &["HandleAuthenticationError", "60", "61"]),
];

impl Answer {
    /// The outcome in a word that means the same for all peers; what only one of them knows keeps its own name.
    pub fn outcome(&self) -> &str {
        let known = OUTCOMES.iter().find(|(_, names)| names.contains(&self.said.as_str()));
        known.map_or(&self.said, |(word, _)| word)
    }
}

/// A process that performs operations on one sandbox.
pub struct Peer {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Peer {
    /// Starts one; `more` is JSON to add to the credentials. `None` where the Python packages cannot be had.
    ///
    /// The peers read the same file: the key `client` is for PYHANDLE. The sandbox's certificate has no name, so that
    /// Python cannot verify it.
    pub fn start(code: Code, server: &Server, more: &str) -> Option<Peer> {
        let credentials = server.write(&format!(
            r#"{{"client": "rest", "handle_server_url": "{}", "username": "{}", "password": "{}",
                "prefix": "21.T12345", "HTTPS_verify": false{more}}}"#,
            server.sandbox.https_url(),
            crate::common::USER,
            crate::common::PASSWORD
        ));
        let mut command = match code {
            Code::Ours => Command::new(driver()),
            python => {
                let mut command = Command::new(python_with_peers()?);
                command.arg(root().join("tests/peers/driver.py"));
                command.arg(if python == Code::Pyhandle { "pyhandle" } else { "b2handle" });
                command
            }
        };
        command
            .arg(credentials)
            .env("NO_PROXY", "*")
            .env("no_proxy", "*")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().unwrap());
        let (send, lines) = channel();
        // So that waiting for an answer can end without one.
        thread::spawn(move || {
            BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        Some(Peer { child, stdin, lines })
    }

    /// Begins an operation.
    pub fn tell<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        let fields: Vec<String> = fields.into_iter().map(encoded).collect();
        let stdin = self.stdin.as_mut().unwrap();
        writeln!(stdin, "{}", fields.join("\t")).and_then(|()| stdin.flush()).unwrap();
    }

    /// What came of the operation that was begun.
    pub fn hear(&mut self) -> Answer {
        let line = self.lines.recv_timeout(HANGS_AFTER).expect("the peer ended or hangs");
        let mut fields = line.split('\t').map(decoded);
        Answer { said: fields.next().unwrap(), read: fields.collect() }
    }

    /// Performs an operation.
    pub fn ask(&mut self, fields: &[&str]) -> Answer {
        self.tell(fields.iter().copied());
        self.hear()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stdin = None;
        if thread::panicking() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn encoded(field: &str) -> String {
    field.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b' '..=b'~' if byte != b'%' => text.push(char::from(byte)),
            _ => write!(text, "%{byte:02X}").unwrap(),
        }
        text
    })
}

fn decoded(field: &str) -> String {
    let mut parts = field.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// The program that performs operations with the C library.
fn driver() -> &'static Path {
    static DRIVER: OnceLock<PathBuf> = OnceLock::new();
    DRIVER.get_or_init(|| compile(&root().join("tests/peers/driver.c"), "peer"))
}

/// A Python that has PYHANDLE and B2HANDLE in the versions of requirements.txt; says so where there is none.
pub fn python_with_peers() -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    let made = PYTHON.get_or_init(|| {
        python::environment("python-peers", &root().join("tests/peers/requirements.txt"))
            .map(|bin| bin.join("python"))
            .map_err(|problem| {
                // Not println!, which a passing test keeps to itself.
                let _ = writeln!(std::io::stderr(), "SKIPPED 1: PYHANDLE and B2HANDLE: {problem}");
            })
            .ok()
    });
    made.as_deref()
}
