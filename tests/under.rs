//! That a tool which the programs run under (tests/common/under.rs) finds what is wrong, in a program and in the library.

mod common;

use common::under::{self, FOUND, Tool};
use common::{Server, compile, compile_with, output, root, run};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Compilers see some of it, too.
fn faulty() -> PathBuf {
    compile_with(&[root().join("tests/c/faulty.c")], "faulty", &["-w"])
}

#[test]
fn what_is_wrong_is_found() {
    let Some(tool) = under::tool() else {
        // Nothing looks, and nothing is wrong.
        let output = output(Command::new(faulty()).arg("nothing"));
        return assert!(output.status.success(), "{output:?}");
    };
    let program = faulty();
    // Options that were freed and a configuration that is shared are found by instruments of the library alone.
    let kinds: &[(&str, &str)] = match tool {
        Tool::Asan => &[
            ("overflow", "heap-buffer-overflow"),
            ("freed", "heap-use-after-free"),
            ("undefined", "signed integer overflow"),
            ("leak", "detected memory leaks"),
            ("freed-options", "heap-use-after-free"),
        ],
        Tool::Tsan => &[("race", "data race"), ("shared-config", "data race")],
        Tool::Valgrind => &[
            ("overflow", "Invalid write"),
            ("freed", "Invalid read"),
            ("uninitialised", "uninitialised value"),
            ("leak", "definitely lost"),
            ("freed-options", "Invalid read"),
        ],
    };
    for (kind, words) in kinds {
        let output = output(Command::new(&program).arg(kind));
        let report = tool.taken_report("faulty");
        assert_eq!(output.status.code(), Some(FOUND), "{kind}: {output:?}\n{report}");
        assert!(report.contains(words), "{kind}: {report}");
    }
    let output = output(Command::new(&program).arg("nothing"));
    let report = tool.taken_report("faulty");
    assert!(output.status.success() && report.is_empty(), "{report}");
}

/// The examples; ctest runs them otherwise.
#[test]
fn examples() {
    if under::tool().is_none() {
        return;
    }
    let searcher = r#", "reverselookup_username": "search", "reverselookup_password": "search-secret""#;
    let mut count = 0;
    for source in fs::read_dir(root().join("c-examples")).unwrap().map(|entry| entry.unwrap().path()) {
        if source.extension().is_some_and(|extension| extension == "c") {
            let name = source.file_stem().unwrap().to_str().unwrap();
            let server = Server::start();
            run(&compile(&source, &format!("example_{name}")), &[server.credentials(searcher)]);
            count += 1;
        }
    }
    assert!(count > 10, "where are they?");
}
