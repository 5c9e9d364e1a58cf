//! The manual and the completion files: they work, and know every subcommand, option and exit status.

use crate::b2h::Scene;
use crate::common::{root, skipped};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

fn command_file(name: &str) -> String {
    fs::read_to_string(root().join("command").join(name)).unwrap()
}

/// The subcommands of --help, each with its own options and those for all.
fn subcommands(scene: &Scene) -> Vec<(String, BTreeSet<String>)> {
    let help = scene.run(&["--help"]).out;
    let listed = help.split_once("Subcommands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let names: Vec<_> =
        listed.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert_eq!(names.len(), 11, "{names:?}");
    let options = |name: &String| {
        let help = scene.run(&[name, "--help"]).out;
        let lines = help.split_once("\nOptions:\n").unwrap().1.lines();
        lines
            .flat_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
            .map(str::to_owned)
            .collect()
    };
    names.into_iter().map(|name| (name.clone(), options(&name))).collect()
}

fn is_here(tool: &str) -> bool {
    let here = Command::new(tool).arg("--version").output().is_ok();
    if !here {
        skipped(1, &format!("{tool} is not installed"));
    }
    here
}

#[test]
fn the_manual_is_clean() {
    let page = root().join("command/b2h.1");
    if is_here("mandoc") {
        let lint = Command::new("mandoc").args(["-Tlint", "-Wstyle"]).arg(&page).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&lint.stdout), "");
    }
    if is_here("man") {
        let man =
            Command::new("man").args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]).arg(&page).output();
        assert_eq!(String::from_utf8_lossy(&man.unwrap().stderr), "");
    }
}

#[test]
fn the_manual_is_complete() {
    let page = command_file("b2h.1").replace("\\-", "-");
    assert!(page.contains(&format!("\"b2h {}\"", env!("CARGO_PKG_VERSION"))));
    for (name, options) in subcommands(&Scene::new()) {
        assert!(
            page.contains(&format!(" {name} "))
                || page.contains(&format!("\"{name} "))
                || page.contains(&format!(".B {name}\n")),
            "{name}"
        );
        for option in options {
            assert!(page.contains(&option), "{option}");
        }
    }
    let exits = command_file("exits.h");
    let numbers: Vec<u32> = exits
        .lines()
        .filter_map(|line| {
            line.split_once(" = ")?.1.split(',').next()?.trim().split(' ').next()?.parse().ok()
        })
        .collect();
    assert_eq!(numbers, (0..=12).collect::<Vec<_>>());
    let listed = page.split_once(".SH EXIT STATUS").unwrap().1;
    for number in numbers {
        assert!(listed.contains(&format!(".TP\n.B {number}\n")), "{number}");
    }
}

/// What bash offers after some words.
fn completed(words: &str) -> BTreeSet<String> {
    let script = format!(
        "source '{}'; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _b2h; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        root().join("command/completion/b2h.bash").display()
    );
    let output = Command::new("bash").args(["--norc", "-uec", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes() {
    let all = subcommands(&Scene::new());
    let names: BTreeSet<String> = all.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(completed("b2h ''"), names);
    assert_eq!(completed("b2h -c file --json r"), BTreeSet::from(["register".to_owned()]));
    for (name, options) in all {
        assert_eq!(completed(&format!("b2h {name} --")), options, "{name}");
    }
    assert!(completed("b2h loc ''").contains("exchange"));
    assert!(completed("b2h key ''").contains("fetch"));
    assert!(completed("b2h --log ''").contains("debug"));
    assert!(completed("b2h mint --profile ''").contains("eudat-v1"));
}

#[test]
fn zsh_and_fish_know_all() {
    let all = subcommands(&Scene::new());
    let (zsh, fish) = (command_file("completion/_b2h"), command_file("completion/b2h.fish"));
    for (name, options) in all {
        assert!(zsh.contains(&format!("'{name}:")), "zsh: {name}");
        assert!(fish.contains(&format!(" -a {name} ")), "fish: {name}");
        for option in options {
            assert!(zsh.contains(&option), "zsh: {option}");
            assert!(fish.contains(&format!(" -l {} ", &option[2..])), "fish: {option}");
        }
    }
    if is_here("zsh") {
        let folder = root().join("command/completion");
        let script = "fpath=($0 $fpath); autoload -Uz compinit; compinit -D -u; autoload +X _b2h && [[ $_comps[b2h] == _b2h ]]";
        let output = Command::new("zsh").args(["-fc", script]).arg(folder).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    }
    if is_here("fish") {
        let script = format!(
            "source '{}'; complete -C 'b2h mod'; complete -C 'b2h mint --by'",
            root().join("command/completion/b2h.fish").display()
        );
        let home = tempfile::tempdir().unwrap();
        let output = Command::new("fish")
            .args(["--no-config", "-c", &script])
            .env("HOME", home.path())
            .output()
            .unwrap();
        let offered = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.stderr.is_empty() && offered.contains("modify\t") && offered.contains("--by-server\t"),
            "{output:?}"
        );
    }
}
