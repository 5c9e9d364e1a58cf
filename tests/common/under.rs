//! The same C programs under a tool that sees more than they do, as the environment variable `B2H_TEST_UNDER` says:
//!
//! * `asan`: AddressSanitizer, with leaks, and UndefinedBehaviorSanitizer in the programs; AddressSanitizer, overflow
//!   checks and debug assertions in the library, where there is a nightly compiler.
//! * `tsan`: ThreadSanitizer in the programs, the library and Rust's own.
//! * `valgrind`: memcheck, with the library as it is shipped.
//!
//! What a test compiles is then a script that starts the program under the tool, however the test starts it, and lists
//! it in `runs`. What the tool finds ends the program with [`FOUND`], and is told in a file of its own beside `runs`:
//! scripts/under.sh looks at both, since a test may not mind how a program ends.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tool {
    Asan,
    Tsan,
    Valgrind,
}

use Tool::{Asan, Tsan, Valgrind};

/// The exit status of a program in which a tool found something. (UndefinedBehaviorSanitizer has one of its own.)
pub const FOUND: i32 = 99;

pub fn tool() -> Option<Tool> {
    let name = std::env::var("B2H_TEST_UNDER").unwrap_or_default();
    match name.as_str() {
        "" => None,
        "asan" => Some(Asan),
        "tsan" => Some(Tsan),
        "valgrind" => Some(Valgrind),
        _ => panic!("B2H_TEST_UNDER is {name:?}, which is none of asan, tsan and valgrind"),
    }
}

/// Whether something cannot be tested under the tool; then it is said why, loudly, once in a test.
pub fn not_under(tools: &[Tool], why: &str) -> bool {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let Some(tool) = tool().filter(|tool| tools.contains(tool)) else { return false };
    let thread = std::thread::current();
    let said = format!("{} under {}: {why}", thread.name().unwrap_or("a test"), tool.name());
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(said.clone()) {
        super::skipped(1, &said);
    }
    true
}

impl Tool {
    fn name(self) -> &'static str {
        match self {
            Asan => "asan",
            Tsan => "tsan",
            Valgrind => "valgrind",
        }
    }

    /// Where the programs are, and `found/` with what became of them.
    fn folder(self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("under").join(self.name())
    }

    /// The compiler for C or C++, where not any will do: with Rust's sanitizers goes one that leaves their own out.
    pub fn compiler(self, cpp: bool) -> Option<Command> {
        self.runtime().map(|_| Command::new(if cpp { "clang++" } else { "clang" }))
    }

    /// What the compiler is told besides.
    pub fn options(self) -> Vec<String> {
        let mut options = match self {
            Asan => "-DUNDER_ASAN -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all",
            Tsan => "-DUNDER_TSAN -fsanitize=thread",
            Valgrind => "-DUNDER_VALGRIND",
        }
        .to_owned();
        if self != Valgrind {
            options += " -fno-omit-frame-pointer";
        }
        if let Some(runtime) = self.runtime() {
            options += &format!(
                " -fno-sanitize-link-runtime -Wl,--export-dynamic -Wl,--whole-archive {runtime} \
                 -Wl,--no-whole-archive -lm -ldl -lrt"
            );
        }
        options.split_whitespace().map(str::to_owned).collect()
    }

    /// The library of the sanitizer that the nightly compiler brings: at least as new as what that makes of our library,
    /// which those of compilers for C are not.
    fn runtime(self) -> Option<String> {
        let name = match self {
            Asan => "asan",
            Tsan => "tsan",
            Valgrind => return None,
        };
        static SYSROOT: OnceLock<Option<String>> = OnceLock::new();
        let sysroot = SYSROOT.get_or_init(|| nightly(&["rustc", "--print", "sysroot"])).as_ref()?;
        let target = env!("B2H_TARGET");
        Some(format!("{}/lib/rustlib/{target}/lib/librustc-nightly_rt.{name}.a", sysroot.trim()))
    }

    /// The library with the instruments of the tool, in its folder; none where the tool does without.
    pub fn library(self) -> Option<PathBuf> {
        let sanitizer = match self {
            Asan => "-Zsanitizer=address",
            Tsan => "-Zsanitizer=thread",
            Valgrind => return None,
        };
        static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
        BUILT.get_or_init(|| self.build(sanitizer)).clone()
    }

    fn build(self, sanitizer: &str) -> Option<PathBuf> {
        if self.runtime().is_none() {
            assert!(self == Asan, "{} takes a nightly compiler with rust-src", self.name());
            super::skipped(1, "the library has no AddressSanitizer in it: there is no nightly compiler");
            return None;
        }
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?.join(self.name());
        let mut cargo = super::outside("rustup");
        cargo.args(["run", "nightly", "cargo", "build", "--quiet", "--locked", "--release"]);
        cargo.args(["--package", "b2handle", "--target", env!("B2H_TARGET"), "--target-dir"]).arg(&target);
        if self == Tsan {
            // It must see how Rust's own threads and locks work.
            cargo.arg("-Zbuild-std=std,panic_unwind");
        }
        for (setting, value) in [
            ("LTO", "off"),
            ("CODEGEN_UNITS", "16"),
            ("DEBUG", "1"),
            ("STRIP", "none"),
            ("OVERFLOW_CHECKS", "true"),
            ("DEBUG_ASSERTIONS", "true"),
        ] {
            cargo.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
        }
        let built = cargo.env("RUSTFLAGS", sanitizer).current_dir(super::root()).status().unwrap();
        assert!(built.success(), "the library does not build with {sanitizer}");
        Some(target.join(env!("B2H_TARGET")).join("release"))
    }

    /// Where a program goes that a script of this name is to start.
    pub fn program(self, name: &str) -> PathBuf {
        let folder = self.folder();
        fs::create_dir_all(folder.join("found")).unwrap();
        folder.join(format!("{name}.program"))
    }

    /// The script that starts a program.
    pub fn script(self, program: &Path) -> PathBuf {
        let script = program.with_extension("");
        let name = script.file_name().and_then(OsStr::to_str).unwrap().to_owned();
        let found = self.folder().join("found");
        let log = found.join(&name).display().to_string();
        let start = match self {
            // What a signal handler or a child of fork() leaves is told, too.
            Asan => format!(
                "ASAN_OPTIONS='exitcode={FOUND}:log_path={log}:detect_stack_use_after_return=1:\
                 allocator_may_return_null=1:handle_segv=1' \
                 UBSAN_OPTIONS='exitcode={FOUND}:log_path={log}:print_stacktrace=1' exec"
            ),
            Tsan => format!(
                "TSAN_OPTIONS='exitcode={FOUND}:log_path={log}:die_after_fork=0:second_deadlock_stack=1' exec"
            ),
            Valgrind => format!(
                "exec valgrind --quiet --vgdb=no --leak-check=full --errors-for-leak-kinds=definite,indirect \
                 --show-leak-kinds=definite,indirect --error-exitcode={FOUND} --log-file='{log}.%p' \
                 --suppressions='{}'",
                super::root().join("tests/valgrind.supp").display()
            ),
        };
        let text = format!(
            "#!/bin/sh\necho '{name}' >>'{}'\n{start} '{}' \"$@\"\n",
            found.join("runs").display(),
            program.display()
        );
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        script
    }

    /// What the tool said of a program that is there to be found out; then it is no finding.
    pub fn taken_report(self, name: &str) -> String {
        let mut report = String::new();
        for file in fs::read_dir(self.folder().join("found")).unwrap().map(|entry| entry.unwrap().path()) {
            if file.file_stem().and_then(OsStr::to_str) == Some(name) {
                report += &fs::read_to_string(&file).unwrap();
                fs::remove_file(file).unwrap();
            }
        }
        report
    }
}

/// What a tool of the nightly compiler prints; none where there is no such compiler.
fn nightly(arguments: &[&str]) -> Option<String> {
    let output = super::outside("rustup").args(["run", "nightly"]).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
