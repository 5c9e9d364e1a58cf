//! A good guest: the library in processes that fork, take signals, load plugins, have small stacks and so on, over HTTP
//! and HTTPS. Each row of docs/embedding.md is a C program.

mod common;

use b2h_sandbox::ClientAuth;
use common::servers::{self, Misbehaving};
use common::under::{Tool, not_under};
use common::{Server, compile_with, compiler, library, output, own_keys, root, server_with, skipped};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles `tests/c/NAME.c` with more libraries.
fn program(name: &str, options: &[&str]) -> PathBuf {
    compile_with(&[root().join("tests/c").join(format!("{name}.c"))], name, options)
}

/// Runs a program, which must succeed; nobody prints anything but the program on its standard output.
fn said_by(command: &mut Command) -> String {
    let output = output(command);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} ({}):\n{stdout}{stderr}", output.status);
    assert_eq!(stderr, "", "{command:?}");
    stdout.into_owned()
}

fn run<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> String {
    said_by(Command::new(program).args(arguments))
}

/// Credentials for changes over HTTPS, and for reading over HTTP, where nobody may say who he is.
fn ways_to(server: &Server) -> [PathBuf; 2] {
    let http = format!(r#"{{"handle_server_url": "{}"}}"#, server.sandbox.http_url());
    [server.credentials(""), server.write(&http)]
}

/// The same, by a name that has to be resolved.
fn by_name(server: &Server) -> [PathBuf; 2] {
    ways_to(server).map(|path| {
        let json = std::fs::read_to_string(path).unwrap();
        assert!(json.contains("127.0.0.1"));
        server.write(&json.replace("127.0.0.1", "localhost"))
    })
}

fn all_ways_to(server: &Server) -> impl Iterator<Item = PathBuf> {
    ways_to(server).into_iter().chain(by_name(server))
}

/// Runs a program that is to say nothing, each way to a server.
fn is_silent(program: &Path, arguments: &[&str]) {
    let server = Server::start();
    for credentials in all_ways_to(&server) {
        let mut command = Command::new(program);
        assert_eq!(said_by(command.arg(credentials).args(arguments)), "");
    }
}

#[test]
fn fork() {
    if not_under(&[Tool::Tsan, Tool::Valgrind], "the many children of a process with threads take minutes") {
        return;
    }
    let program = program("host_fork", &[]);
    let server = Server::start();
    for credentials in ways_to(&server) {
        assert_eq!(run(&program, &[credentials]), "");
    }
    for credentials in by_name(&server) {
        assert_eq!(run(&program, &[credentials, "name".into()]), "");
    }
}

#[test]
fn signals() {
    let program = program("host_signals", &[]);
    let slow = Server::start_with(|options| options.faults.push("latency:5".parse().unwrap()));
    for credentials in all_ways_to(&slow) {
        assert_eq!(run(&program, &[credentials.as_os_str(), OsStr::new("10")]), "");
    }
}

#[test]
fn loading_and_unloading() {
    // Not linked with the library: it uses none of its symbols.
    let program = program("host_dlopen", &["-Wl,--as-needed"]);
    let library = library().join("libb2handle.so");
    let server = Server::start();
    for credentials in all_ways_to(&server) {
        assert_eq!(run(&program, &[&library, &credentials]), "");
    }
}

/// So many calls each, or with B2H_HOST_SECONDS=60 for a minute.
#[test]
fn sixty_four_threads_and_cancels() {
    let program = program("host_threads", &[]);
    let seconds = std::env::var("B2H_HOST_SECONDS").ok();
    let server = Server::start();
    for credentials in all_ways_to(&server) {
        let mut command = Command::new(&program);
        let said = said_by(command.arg(credentials).arg("60").args(&seconds));
        let counts: Vec<u32> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert!(counts.iter().all(|&count| count > 50), "{said}");
    }
}

#[test]
fn the_end_of_the_process() {
    let program = compile_with(&[root().join("tests/c/host_exit.cpp")], "host_exit", &[]);
    let server = Server::start();
    for credentials in all_ways_to(&server) {
        let credentials = credentials.to_str().unwrap();
        for who in ["main", "thread"] {
            assert_eq!(run(&program, &[credentials, who]), "freed\n");
        }
        assert_eq!(run(&program, &[credentials, "child"]), "freed\nfreed\n");
    }
}

#[test]
fn closed_standard_descriptors() {
    is_silent(&program("host_closed", &[]), &[]);
}

#[test]
fn no_new_thread() {
    is_silent(&program("host_no_threads", &[]), &[]);
}

/// Of the 128 that are promised to be enough; the rest is for the functions of the host.
const STACK_KIB: &str = "104";

fn stack_kib() -> &'static str {
    let why = "frames are larger there, and the stacks of 4 MiB are not judged";
    if not_under(&[Tool::Asan, Tool::Tsan], why) { "4096" } else { STACK_KIB }
}

/// Depth beyond what a parser may follow: it is given up, or takes no stack.
#[test]
fn small_stacks() {
    if not_under(&[Tool::Valgrind], "the program reads what its functions left on a stack, to measure it") {
        return;
    }
    let stack_kib = stack_kib();
    let program = program("host_stack", &[]);
    let server = Server::start();
    let deep = format!("<locations>{}{}</locations>", "<a>".repeat(20_000), "</a>".repeat(20_000));
    let values = serde_json::json!([{"index": 5, "type": "10320/LOC", "data": deep}]);
    server.sandbox.put_values("21.T12345/EXAMPLE", &values.to_string()).unwrap();
    for credentials in all_ways_to(&server) {
        let said = run(&program, &[credentials.to_str().unwrap(), stack_kib, "21.T12345/EXAMPLE"]);
        println!("{said}");
    }
    // A login with a key, and the certificate shown in the handshake.
    let keys = own_keys();
    for (key, public) in [("rsa.encrypted.pkcs12", "rsa"), ("dsa", "dsa")] {
        let server = server_with(&keys.join(format!("{public}.public.pem")), 301, ClientAuth::Want);
        let json = format!(
            r#"{{"baseuri": "{}", "HTTPS_verify": "server.pem", "prefix": "21.T12345", "passphrase": "throw-away",
            "private_key": "{keys}/{key}.pem", "certificate_only": "{keys}/{public}.certificate.pem"}}"#,
            server.sandbox.https_url(),
            keys = keys.display()
        );
        println!("{key}: {}", run(&program, &[server.write(&json).to_str().unwrap(), stack_kib]));
    }
    let deep: &str = Box::leak(format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)).into_boxed_str());
    let hostile = answering(vec![("21.T12345/DEEP", "200 OK", deep)]);
    let credentials = server.write(&format!(r#"{{"handle_server_url": "{}"}}"#, hostile.http_url()));
    run(&program, &[credentials.to_str().unwrap(), stack_kib, "21.T12345/DEEP"]);
}

const EXAMPLE: &str = r#"{"responseCode":1,"handle":"21.T12345/EXAMPLE","values":[
    {"index":1,"type":"URL","data":{"format":"string","value":"http://x/"},"ttl":86400,"timestamp":"2026-01-01T00:00:00Z"}]}"#;

/// A server that answers by the Handle asked for; without one of these, that there is none.
fn answering(answers: Vec<(&'static str, &'static str, &'static str)>) -> Misbehaving {
    Misbehaving::plain(move |mut stream| {
        while let Some(line) = servers::read_request(&mut stream) {
            let known = [("21.T12345/EXAMPLE", "200 OK", EXAMPLE)];
            let mut all = answers.iter().chain(&known);
            let none = ("", "404 Not Found", r#"{"responseCode":100}"#);
            let (_, status, body) = *all.find(|(handle, ..)| line.contains(handle)).unwrap_or(&none);
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            if std::io::Write::write_all(&mut stream, answer.as_bytes()).is_err() {
                return;
            }
        }
    })
}

#[test]
fn floating_point_traps() {
    if not_under(&[Tool::Valgrind], "it has no floating-point traps") {
        return;
    }
    let program = program("host_floating", &["-lm"]);
    let server = Server::start();
    for credentials in all_ways_to(&server) {
        assert_eq!(run(&program, &[credentials.to_str().unwrap(), "21.T12345/EXAMPLE"]), "");
    }
    let numbers = [
        ("/N0", "1e400"),
        ("/N1", "99e308"),
        ("/N2", "1e-400"),
        ("/N3", "4.9e-324"),
        ("/N4", "0.1"),
        ("/N5", "123456789012345678901234567890123456789012345678901234567890"),
        ("/N6", "-1.7976931348623159e308"),
    ];
    let answers = numbers.iter().flat_map(|(name, number)| {
        let body = format!(
            r#"{{"responseCode":1,"handle":"21.T12345{name}","values":[{{"index":1,"type":"X","data":{{"format":"string",
            "value":{number}}},"ttl":{number}}}]}}"#
        );
        [(*name, "200 OK", &*body.leak())]
    });
    let hostile = answering(answers.collect());
    let json = format!(r#"{{"handle_server_url": "{}", "max_retries": 0}}"#, hostile.http_url());
    let mut command = Command::new(&program);
    command.arg(server.write(&json)).args(numbers.map(|(name, _)| format!("21.T12345{name}")));
    assert_eq!(said_by(&mut command), "");
}

#[test]
fn another_locale() {
    let program = program("host_locale", &[]);
    let server = Server::start();
    let made = server.folder.path().join("de_DE.UTF-8");
    let localedef = Command::new("localedef").args(["-i", "de_DE", "-f", "UTF-8"]).arg(&made).output();
    if !localedef.is_ok_and(|output| output.status.success()) {
        return skipped(1, "localedef or the sources of de_DE (package locales) are not installed");
    }
    for credentials in all_ways_to(&server) {
        let mut command = Command::new(&program);
        command.env("LOCPATH", server.folder.path()).arg(credentials).arg("de_DE.UTF-8");
        assert_eq!(said_by(&mut command), "");
    }
}

#[test]
fn openssl_and_libcurl_beside_us() {
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("is-there.c");
    std::fs::write(&source, "#include <curl/curl.h>\n#include <openssl/evp.h>\n").unwrap();
    let there = compiler(false).arg("-fsyntax-only").arg(source).output().unwrap().status.success();
    if !there {
        return skipped(
            1,
            "OpenSSL and libcurl are not installed (packages libssl-dev, libcurl4-openssl-dev)",
        );
    }
    let program = program("host_openssl", &["-lcurl", "-lssl", "-lcrypto"]);
    let server = Server::start();
    let url = format!("{}/api/handles/21.T12345/EXAMPLE", server.sandbox.https_url());
    for credentials in ways_to(&server) {
        assert_eq!(run(&program, &[credentials.to_str().unwrap(), &url]), "");
    }
}

#[test]
fn an_environment_that_changes() {
    let program = program("host_environment", &[]);
    let server = Server::start();
    // By addresses: getaddrinfo() of glibc reads LOCALDOMAIN, beside a setenv() that moves it (docs/embedding.md).
    for credentials in ways_to(&server) {
        assert_eq!(run(&program, &[credentials.to_str().unwrap(), "works"]), "");
    }
    // With the system's certificate authorities, whose place the environment may tell.
    let unknown = server.write(&format!(r#"{{"handle_server_url": "{}"}}"#, server.sandbox.https_url()));
    assert_eq!(run(&program, &[unknown.to_str().unwrap(), "fails"]), "");
}
