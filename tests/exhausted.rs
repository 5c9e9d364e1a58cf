//! What happens where the system has nothing left: memory, descriptors, room on the disk.

mod common;

use common::servers::{Misbehaving, read_request};
use common::under::{Tool, not_under};
use common::{Server, c_program, run};
use std::io::Write;

/// A server that has one record with a large value, and finds many Handles.
fn generous() -> Misbehaving {
    // With an escape, which is undone beside the text.
    let text = format!("\\n{}", "x".repeat(8 << 20));
    let value =
        format!(r#"{{"index":1,"type":"URL","data":{{"format":"string","value":"{text}"}},"ttl":86400}}"#);
    let record = format!(r#"{{"responseCode":1,"handle":"21.T12345/X","values":[{value},{value}]}}"#);
    let names: Vec<String> = (0..50_000).map(|n| format!("\"21.T12345/{n:080}\"")).collect();
    let names = format!("[{}]", names.join(","));
    Misbehaving::plain(move |mut stream| {
        while let Some(line) = read_request(&mut stream) {
            let body = if line.contains("/hrls/") { &names } else { &record };
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).is_err() {
                return;
            }
        }
    })
}

fn outcomes(said: &str) -> (u32, u32) {
    let numbers: Vec<u32> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    (numbers[0], numbers[1])
}

#[test]
fn no_memory_for_one_allocation_of_a_reply() {
    if not_under(
        &[Tool::Asan, Tool::Tsan, Tool::Valgrind],
        "the program has a malloc() of its own, as tools have",
    ) {
        return;
    }
    let server = generous();
    let (_folder, credentials) = credentials(&server);
    for operation in ["get", "record", "search"] {
        let (succeeded, failed) = outcomes(&run(&c_program("starved"), &[credentials.as_str(), operation]));
        assert!(failed > 3 && succeeded > 0, "{operation}: {succeeded} succeeded, {failed} failed");
    }
}

#[test]
fn no_address_space_for_a_reply() {
    if not_under(&[Tool::Asan, Tool::Tsan, Tool::Valgrind], "tools take address space, which is limited here")
    {
        return;
    }
    let server = generous();
    let (_folder, credentials) = credentials(&server);
    for operation in ["get", "record", "search"] {
        let mut seen = (0, 0);
        for mib in (2..40).step_by(2).chain([100, 200, 400]) {
            let said = run(&c_program("starved"), &[credentials.as_str(), operation, &mib.to_string()]);
            let (succeeded, failed) = outcomes(&said);
            seen = (seen.0 + succeeded, seen.1 + failed);
        }
        assert!(seen.0 > 0 && seen.1 > 0, "{operation}: {seen:?}");
    }
}

/// Credentials that read from a server, in a file.
fn credentials(server: &Misbehaving) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials.json");
    std::fs::write(&path, format!(r#"{{"handle_server_url": "{}"}}"#, server.http_url())).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn no_descriptors_and_no_room_on_the_disk() {
    if not_under(&[Tool::Valgrind], "it has descriptors of its own, and allows no limit on them") {
        return;
    }
    let server = Server::start();
    let new_file = server.folder.path().join("key.pem");
    let numbers = server.credentials("");
    let named = std::fs::read_to_string(&numbers).unwrap().replace("127.0.0.1", "localhost");
    for credentials in [numbers, server.write(&named)] {
        assert_eq!(run(&c_program("descriptors"), &[&credentials, &new_file]), "");
    }
}
