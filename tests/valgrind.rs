//! The quickstart, key files and the end of a process under valgrind: no invalid access, nothing lost.
//! (`make test-long` does this with every C program: tests/common/under.rs.)

mod common;

use common::under::{Tool, not_under};
use common::{Server, compile, output, root, skipped};
use std::path::PathBuf;
use std::process::{Command, Output};

const VALGRIND: &[&str] = &[
    "--leak-check=full",
    "--errors-for-leak-kinds=definite,indirect",
    "--error-exitcode=99",
    concat!("--suppressions=", env!("CARGO_MANIFEST_DIR"), "/tests/valgrind.supp"),
];

/// Runs a program under valgrind; nothing where there is none.
fn valgrind(program: PathBuf, arguments: &[PathBuf]) -> Option<Output> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        skipped(1, "valgrind is not installed");
        return None;
    }
    if not_under(&[Tool::Asan, Tool::Tsan, Tool::Valgrind], "this runs valgrind itself") {
        return None;
    }
    Some(output(Command::new("valgrind").args(VALGRIND).arg(program).args(arguments)))
}

#[test]
fn the_quickstart_is_clean() {
    let server = Server::start();
    let program = compile(&root().join("c-examples/quickstart.c"), "quickstart");
    let Some(run) = valgrind(program, &[server.credentials("")]) else { return };
    let report = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{report}");
    assert!(report.contains("ERROR SUMMARY: 0 errors"), "{report}");
    assert!(String::from_utf8_lossy(&run.stdout).contains("OK: Delete handle successfully."));
}

#[test]
fn key_files_are_clean() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let keys = root().join("crates/client/tests/keys");
    let arguments = [keys, folder.path().to_owned(), server.credentials("")];
    let Some(run) = valgrind(compile(&root().join("tests/c/keys.c"), "keys-valgrind"), &arguments) else {
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// What is freed as a thread or the process ends is free, where it needs nothing else.
#[test]
fn errors_at_exit_are_freed() {
    let server = Server::start();
    let program = compile(&root().join("tests/c/host_exit.cpp"), "host_exit-valgrind");
    let Some(run) = valgrind(program, &[server.credentials(""), "main".into()]) else { return };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// The check above sees what it should: a program that loses a string is found out.
#[test]
fn a_leak_would_be_found() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("leak.c");
    std::fs::write(
        &source,
        "#include <b2handle.h>\nint main(void)\n{\n b2h_client *client = NULL;\n char *url = NULL;\n\
         b2h_client_from_json_text(\"{}\", &client, NULL);\n\
         b2h_client_setting(client, \"handle_server_url\", &url, NULL);\n url = NULL;\n\
         b2h_client_free(client);\n return url != NULL;\n}\n",
    )
    .unwrap();
    let Some(run) = valgrind(compile(&source, "leak"), &[]) else { return };
    assert_eq!(run.status.code(), Some(99));
}
