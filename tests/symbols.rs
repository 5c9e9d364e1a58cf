//! What leaves the library: the functions of the header, under the name of its ABI, and nothing else.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

fn tool(name: &str, arguments: &[&str]) -> String {
    let library = common::library().join("libb2handle.so");
    let output = Command::new(name).args(arguments).arg(library).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn declared() -> BTreeSet<String> {
    let header = fs::read_to_string(common::root().join("include/b2handle.h")).unwrap();
    let declared: BTreeSet<_> = common::header::functions(&header).into_iter().map(|f| f.name).collect();
    assert!(declared.len() > 10, "the header was not understood: {declared:?}");
    declared
}

#[test]
fn exported_are_exactly_the_functions_of_the_header() {
    let exported: BTreeSet<String> = tool("nm", &["--dynamic", "--defined-only", "--format=posix"])
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert_eq!(exported, declared());
}

/// `abi/symbols.txt`: what programs out there may call, and which version they need for it.
#[test]
fn every_function_is_listed_with_the_version_it_appeared_in() {
    let file = fs::read_to_string(common::root().join("abi/symbols.txt")).unwrap();
    let lines: Vec<(&str, &str)> = file
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            line.split_once(' ').unwrap_or_else(|| panic!("abi/symbols.txt: {line:?} has no version"))
        })
        .collect();
    assert!(lines.is_sorted_by(|a, b| a.0 < b.0), "abi/symbols.txt is not sorted, or lists a function twice");

    let listed: BTreeMap<String, &str> =
        lines.iter().map(|(name, since)| (name.to_string(), *since)).collect();
    let declared = declared();
    let current = env!("CARGO_PKG_VERSION");
    let new: String = declared
        .iter()
        .filter(|name| !listed.contains_key(*name))
        .map(|name| format!("{name} {current}\n"))
        .collect();
    assert!(
        new.is_empty(),
        "These functions are new. Insert their lines, sorted, in abi/symbols.txt:\n{new}"
    );
    for (name, since) in listed {
        assert!(
            declared.contains(&name),
            "{name} is in abi/symbols.txt, but gone: programs that call it no longer start"
        );
        assert!(version(since) <= version(current), "{name} would appear in {since}, after {current}");
    }
}

fn version(text: &str) -> Vec<u32> {
    let parts: Vec<u32> = text.split('.').filter_map(|part| part.parse().ok()).collect();
    assert_eq!(parts.len(), 3, "abi/symbols.txt: {text:?} is not a version");
    parts
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
