//! Each committed input once, without the fuzzer.

use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("corpus").join(target)];
    if target == "keys" {
        folders.push(root.join("../crates/client/tests/keys"));
    }
    let mut count = 0;
    for entry in folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        run(&std::fs::read(path).unwrap());
        count += 1;
    }
    assert!(count >= 10, "{target} has {count} inputs");
}

#[test]
fn credentials() {
    replay("credentials", b2handle_fuzz::credentials::run);
}

#[test]
fn record() {
    replay("record", b2handle_fuzz::record::run);
}

#[test]
fn locations() {
    replay("locations", b2handle_fuzz::locations::run);
}

#[test]
fn keys() {
    replay("keys", b2handle_fuzz::keys::run);
}

#[test]
fn replies() {
    replay("replies", b2handle_fuzz::replies::run);
}

#[test]
fn c_api() {
    replay("c_api", b2handle_fuzz::c_api::run);
}
