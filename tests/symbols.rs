//! What leaves the library: the functions of the header, under the name of its ABI, and nothing else.

mod common;

use std::collections::BTreeSet;
use std::process::Command;

fn tool(name: &str, arguments: &[&str]) -> String {
    let library = common::library().join("libb2handle.so");
    let output = Command::new(name).args(arguments).arg(library).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn exported_are_exactly_the_functions_of_the_header() {
    let header = std::fs::read_to_string(common::root().join("include/b2handle.h")).unwrap();
    let declared: BTreeSet<String> = common::header::functions(&header).into_iter().map(|f| f.name).collect();
    let exported: BTreeSet<String> = tool("nm", &["--dynamic", "--defined-only", "--format=posix"])
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(declared.len() > 10, "the header was not understood: {declared:?}");
    assert_eq!(exported, declared);
}

#[test]
fn the_library_is_known_by_its_abi() {
    let dynamic = tool("readelf", &["--dynamic", "--wide"]);
    assert!(dynamic.contains("Library soname: [libb2handle.so.0]"), "{dynamic}");
    assert!(dynamic.contains("NODELETE"), "{dynamic}");
    let needed: BTreeSet<&str> = dynamic
        .lines()
        .filter(|line| line.contains("(NEEDED)"))
        .filter_map(|line| line.split(['[', ']']).nth(1))
        .collect();
    let system = ["ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libc.so.6", "libgcc_s.so.1", "libm.so.6"];
    assert!(needed.iter().all(|name| system.contains(name)), "{needed:?}");
}
