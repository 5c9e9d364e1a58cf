//! docs/b2handle-map.md against what the packages and the header really have.

use crate::common::{output, root};
use crate::differences::DIFFERENCES;
use crate::peer::python_with_peers;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

const DIFFERENCES_TITLE: &str = "Deliberate differences";

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The names in backticks in a line, until the end of its first column.
fn names(row: &str) -> Vec<&str> {
    let column = row.trim_start_matches('|').split('|').next().unwrap_or_default();
    column.split('`').skip(1).step_by(2).collect()
}

/// For each section, by its title, the names that its rows begin with.
fn sections(map: &str) -> BTreeMap<&str, Vec<&str>> {
    let sections = map.split("\n## ").skip(1).map(|section| {
        let (title, text) = section.split_once('\n').unwrap();
        (title, text.lines().filter(|line| line.starts_with("| `")).flat_map(names).collect())
    });
    sections.collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[test]
fn all_that_python_offers_has_a_row_and_nothing_else() {
    let Some(python) = python_with_peers() else { return };
    let listed = output(Command::new(python).arg(root().join("tests/peers/methods.py")));
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).unwrap();
    // (the class, or the kind of thing; its name)
    let offered: BTreeSet<(&str, &str)> = listed
        .lines()
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [_, kind, name] => (kind, name),
            _ => panic!("{line}"),
        })
        .collect();
    assert!(offered.len() > 200, "only {} things were found", offered.len());
    let kinds: BTreeSet<&str> = offered.iter().map(|(kind, _)| *kind).collect();
    let map = read("docs/b2handle-map.md");
    let mut found = BTreeSet::new();
    for (title, rows) in sections(&map).into_iter().filter(|(title, _)| *title != DIFFERENCES_TITLE) {
        let of: Vec<&str> = words(title).filter(|word| kinds.contains(word)).collect();
        for name in rows {
            let here: Vec<_> =
                of.iter().map(|kind| (*kind, name)).filter(|one| offered.contains(one)).collect();
            assert!(!here.is_empty(), "\"{title}\" has a row for {name}, which neither package has there");
            found.extend(here);
        }
    }
    let missing: Vec<_> = offered.difference(&found).collect();
    assert!(missing.is_empty(), "docs/b2handle-map.md has no row for {missing:?}");
}

#[test]
fn the_header_has_all_that_the_map_names() {
    let (map, header) = (read("docs/b2handle-map.md"), read("include/b2handle.h"));
    let known: BTreeSet<&str> = words(&header).collect();
    let functions: BTreeSet<String> =
        crate::common::header::functions(&header).into_iter().map(|function| function.name).collect();
    for code in map.split('`').skip(1).step_by(2) {
        match code.strip_suffix("()") {
            Some(function) => assert!(functions.contains(function), "there is no function {function}"),
            None => {
                let ours = words(code).filter(|word| word.starts_with("b2h_") || word.starts_with("B2H_"));
                ours.for_each(|word| assert!(known.contains(word), "the header does not know {word}"));
            }
        }
    }
}

#[test]
fn the_map_lists_the_differences_that_are_shown() {
    let map = read("docs/b2handle-map.md");
    let told: BTreeSet<&str> = sections(&map)[DIFFERENCES_TITLE].iter().copied().collect();
    let shown: BTreeSet<&str> = DIFFERENCES.iter().map(|example| example.name).collect();
    assert_eq!(told, shown);
}
