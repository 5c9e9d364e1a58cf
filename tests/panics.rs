//! A bug in every layer of the library: C gets a status, and the client works on. The library is built for this with
//! the feature `test-panics`.

mod common;

use common::under::{Tool, not_under};
use common::{Server, compile_with, output, outside, root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The library with the feature, under its own name in a folder of its own.
fn fragile_library() -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let built = outside(env!("CARGO"))
        .args(["build", "--quiet", "--package", "b2handle", "--features", "test-panics", "--target-dir"])
        .arg(temporary.parent().unwrap())
        .current_dir(root())
        .status()
        .unwrap();
    assert!(built.success(), "it does not build");
    let folder = temporary.join("fragile");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(temporary.parent().unwrap().join("debug/libb2handle.so"), folder.join("libb2handle.so.0"))
        .unwrap();
    folder
}

/// Which calls meet the bug on a new connection.
#[derive(Clone, Copy, PartialEq)]
enum Meet {
    All,
    Changes,
    Edits,
    None,
}

#[test]
fn a_panic_anywhere_is_a_status() {
    if not_under(&[Tool::Tsan], "the library with bugs in it is built without instruments") {
        return;
    }
    not_under(
        &[Tool::Asan, Tool::Valgrind],
        "leaks are not looked for, since what a bug throws is never dropped",
    );
    let library = fragile_library();
    let program = compile_with(&[root().join("tests/c/panics.c")], "panics", &["-DLEAKS_ON_PURPOSE"]);
    let server = Server::start();
    let more = r#", "cache_size": 10, "max_retries": 0"#;
    let basic = server.credentials(more);
    let session = server.credentials(&format!(r#"{more}, "auth_method": "session""#));
    let by_name = std::fs::read_to_string(&basic).unwrap().replace("127.0.0.1", "localhost");
    let by_name = server.write(&by_name);
    let http = server.write(&format!(r#"{{"handle_server_url": "{}"{more}}}"#, server.sandbox.http_url()));
    for (place, status, meet) in [
        ("boundary", 900, Meet::All),
        ("operation", 900, Meet::All),
        ("editing", 900, Meet::Edits),
        ("encoding", 900, Meet::All),
        ("login", 900, Meet::Changes),
        ("log", 900, Meet::All),
        ("sending", 900, Meet::All),
        ("before-sending", 900, Meet::All),
        ("exchange", 900, Meet::All),
        // On a thread of its own, where it ends the lookup.
        ("resolving", 40, Meet::All),
        ("connecting", 900, Meet::All),
        ("verifying", 900, Meet::All),
        ("receiving", 900, Meet::All),
        ("after-sending", 900, Meet::All),
        ("pool", 900, Meet::All),
        ("decoding", 900, Meet::All),
        ("dropping", 900, Meet::None),
    ] {
        let expected = |call: &str, meets: bool| format!("{call}={} ", if meets { status } else { 0 });
        let get = expected("get", meet == Meet::All);
        let changes = expected("register", matches!(meet, Meet::All | Meet::Changes))
            + &expected("modify", matches!(meet, Meet::All | Meet::Changes))
            + &expected("edit", meet != Meet::None);
        let https = match place {
            "login" => &session,
            "resolving" => &by_name,
            _ => &basic,
        };
        let said = calls_with_a_bug(&server, &program, &library, https, place);
        assert!(said.starts_with(&format!("cold: {get}{changes}\nwarm: ")), "{place}: {said}");
        if !["editing", "login", "resolving", "verifying"].contains(&place) {
            let said = calls_with_a_bug(&server, &program, &library, &http, place);
            assert!(said.starts_with(&format!("cold: {get}\nwarm: ")), "{place}: {said}");
        }
    }
    // The cache is filled once; what is half done in it is not believed afterwards.
    let said = calls_with_a_bug(&server, &program, &library, &basic, "caching");
    assert_eq!(said, "cold: get=900 register=0 modify=0 edit=0 \nwarm: get=0 register=0 modify=0 edit=0 \n");
}

fn calls_with_a_bug(
    server: &Server,
    program: &Path,
    library: &Path,
    credentials: &Path,
    place: &str,
) -> String {
    let values = r#"[{"index": 1, "type": "URL", "data": "http://x/", "ttl": 86400}, {"index": 100, "type": "HS_ADMIN",
        "data": {"format": "admin", "value":
        {"handle": "21.T12345/USER01", "index": 300, "permissions": "011111110011"}}}]"#;
    server.sandbox.put_values("21.T12345/PANIC", values).unwrap();
    let mut command = Command::new(program);
    let output = output(command.env("LD_LIBRARY_PATH", library).arg(credentials).arg(place));
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && stderr.is_empty(), "{place} ({}): {stdout}{stderr}", output.status);
    stdout.into_owned()
}
