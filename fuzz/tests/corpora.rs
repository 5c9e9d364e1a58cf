//! Each committed input once, without the fuzzer.

use b2handle_fuzz as fuzz;
use std::path::Path;

type Run = fn(&[u8]);

// One test: the C interface is used as in a program of its own, with the environment that it needs.
#[test]
fn all_committed_inputs() {
    let corpora: [(&str, &str, Run); 7] = [
        ("c_api", "corpus/c_api", fuzz::c_api::run),
        ("replies", "corpus/replies", fuzz::replies::run),
        ("credentials", "corpus/credentials", fuzz::credentials::run),
        ("record", "corpus/record", fuzz::record::run),
        ("locations", "corpus/locations", fuzz::locations::run),
        ("keys", "corpus/keys", fuzz::keys::run),
        ("keys", "../crates/client/tests/keys", fuzz::keys::run),
    ];
    for (target, folder, run) in corpora {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut count = 0;
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            println!("{target} {}", path.display());
            run(&std::fs::read(path).unwrap());
            count += 1;
        }
        assert!(count >= 10, "{} has {count} inputs", folder.display());
    }
}
