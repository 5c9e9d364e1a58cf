//! What the tests share: the release library, the C compiler, C programs, and a sandbox for them.

#![allow(dead_code)]

pub mod certificates;
pub mod dialog;
pub mod fortran;
pub mod header;
pub mod outcome;
pub mod python;
pub mod servers;
pub mod under;

use b2h_sandbox::{ClientAuth, Options, Sandbox};
use b2handle_client::PublicKey;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Warnings are errors in every C program of the project.
pub const STRICT: &[&str] = &["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// A test program that runs this long hangs.
const HANGS_AFTER: Duration = Duration::from_secs(300);

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of the recordings of the real server, which lie beside the checkout; says so where they do not.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let all = std::env::var_os("B2H_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let folder = all.join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    skipped(1, &format!("{} is not there", folder.display()));
    None
}

/// Says that tests did not run, past the test harness, which hides what passing tests print.
pub fn skipped(count: usize, why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED {count}: {why}");
}

/// A build tool as a shell would start it. Cargo tells tests about their package in the environment; a dependency
/// (ring) looks there, and would be built again, and once more when the tests are over.
pub fn outside(tool: &str) -> Command {
    let told = |name: &str| {
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "OUT_DIR"
    };
    let mut command = Command::new(tool);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(told) {
            command.env_remove(name);
        }
    }
    command
}

/// Builds a package as it is shipped, and returns the folder it is in.
fn built(package: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let built = outside(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--package", package, "--target-dir"])
        .arg(target)
        .current_dir(root())
        .status()
        .unwrap();
    assert!(built.success(), "{package} does not build");
    target.join("release")
}

/// Builds the library as it is shipped (or as `under` wants it), once per test program, and returns the folder it is in.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = under::tool().and_then(under::Tool::library).unwrap_or_else(|| built("b2handle"));
        // Programs look for the library under the name of its ABI.
        let _ = std::os::unix::fs::symlink("libb2handle.so", folder.join("libb2handle.so.0"));
        folder
    })
}

/// The sandbox as a program of its own, in the folder of the library.
pub fn sandbox() -> PathBuf {
    built("b2h-sandbox").join("b2h-sandbox")
}

/// The C or C++ compiler for this machine, without arguments of its own.
pub fn compiler(cpp: bool) -> Command {
    let target = env!("B2H_TARGET");
    let tool = cc::Build::new()
        .cpp(cpp)
        .cargo_metadata(false)
        .target(target)
        .host(target)
        .opt_level(1)
        .warnings(false)
        .get_compiler();
    Command::new(tool.path())
}

/// Compiles a C source against the committed header and the shared library.
pub fn compile(source: &Path, name: &str) -> PathBuf {
    compile_all(&[source.to_owned()], name)
}

/// The same for a program of several sources.
pub fn compile_all(sources: &[PathBuf], name: &str) -> PathBuf {
    compile_with(sources, name, &[])
}

/// The same with more options, those of the linker among them; in C++ for a source that is.
pub fn compile_with(sources: &[PathBuf], name: &str, options: &[&str]) -> PathBuf {
    let tool = under::tool();
    let program =
        tool.map_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), |tool| tool.program(name));
    let library = library();
    let cpp = sources.iter().any(|source| source.extension().is_some_and(|extension| extension == "cpp"));
    let mut compiler = tool.and_then(|tool| tool.compiler(cpp)).unwrap_or_else(|| compiler(cpp));
    let output = compiler
        .arg(if cpp { "-std=c++11" } else { "-std=c11" })
        .args(["-D_GNU_SOURCE", "-O1", "-g", "-pthread"])
        .args(STRICT)
        .arg("-I")
        .arg(root().join("include"))
        .arg("-I")
        .arg(root().join("tests/c"))
        .args(sources)
        .arg("-o")
        .arg(&program)
        .args(tool.map_or_else(Vec::new, under::Tool::options))
        .args(options)
        .arg(format!("-L{}", library.display()))
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-lb2handle")
        .output()
        .unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    tool.map_or_else(|| program.clone(), |tool| tool.script(&program))
}

/// Compiles `tests/c/NAME.c`, once: a program that is running cannot be written.
pub fn c_program(name: &str) -> PathBuf {
    static COMPILED: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let source = root().join("tests/c").join(format!("{name}.c"));
    compiled.entry(name.to_owned()).or_insert_with(|| compile(&source, name)).clone()
}

/// Runs a program to its end; a hang is a failure and leaves no process behind.
pub fn output(command: &mut Command) -> Output {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |stream: &mut dyn std::io::Read| {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        bytes
    };
    thread::scope(|scope| {
        let stdout = scope.spawn(move || read(&mut out));
        let stderr = scope.spawn(move || read(&mut err));
        let start = Instant::now();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None if start.elapsed() > HANGS_AFTER => {
                    let _ = child.kill();
                    panic!("{command:?} hangs");
                }
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
    })
}

/// Runs a C test program, which must succeed and print nothing but its own lines.
pub fn run<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> String {
    let output = output(Command::new(program).args(arguments));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{} failed ({}):\n{stdout}{}",
        program.display(),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    stdout
}

/// A sandbox with its built-in records, and credentials files for it.
pub struct Server {
    pub sandbox: Sandbox,
    pub folder: tempfile::TempDir,
}

pub const USER: &str = "300:21.T12345/USER01";
pub const PASSWORD: &str = "user01-secret";

impl Server {
    pub fn start() -> Server {
        Server::start_with(|_| {})
    }

    pub fn start_with(change: impl FnOnce(&mut Options)) -> Server {
        let mut options = Options::default();
        change(&mut options);
        let sandbox = Sandbox::start(options).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("server.pem"), sandbox.certificate_pem()).unwrap();
        Server { sandbox, folder }
    }

    /// Credentials over HTTPS with the server pinned; `more` is JSON to add, beginning with a comma.
    pub fn credentials(&self, more: &str) -> PathBuf {
        self.write(&format!(
            r#"{{"handle_server_url": "{}", "username": "{USER}", "password": "{PASSWORD}",
                "HTTPS_verify": "server.pem", "prefix": "21.T12345"{more}}}"#,
            self.sandbox.https_url()
        ))
    }

    /// A credentials file with this content.
    pub fn write(&self, json: &str) -> PathBuf {
        static NUMBER: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = self.folder.path().join(format!("credentials-{number}.json"));
        fs::write(&path, json).unwrap();
        path
    }
}

/// Throw-away keys that belong to the project.
pub fn own_keys() -> PathBuf {
    root().join("crates/client/tests/keys")
}

/// A sandbox with the built-in records, where USER01 has a public key besides its password.
pub fn server_with(key: &Path, index: u32, mode: ClientAuth) -> Server {
    let server = Server::start_with(|options| options.client_auth = mode);
    let key = PublicKey::read(&fs::read(key).unwrap()).unwrap();
    let bytes: Vec<String> = key.to_handle().iter().map(|byte| format!("{byte:02x}")).collect();
    let value = format!(
        r#"[{{"index": {index}, "type": "HS_PUBKEY", "data": {{"format": "hex", "value": "{}"}}}}]"#,
        bytes.concat()
    );
    server.sandbox.put_values("21.T12345/USER01", &value).unwrap();
    let member = |index: u32| format!(r#"{{"handle": "21.T12345/USER01", "index": {index}}}"#);
    let list = format!(
        r#"[{{"index": 200, "type": "HS_VLIST", "data": {{"format": "vlist", "value": [{}, {}]}}}}]"#,
        member(300),
        member(index)
    );
    server.sandbox.put_values("0.NA/21.T12345", &list).unwrap();
    server
}
