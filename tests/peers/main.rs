//! PYHANDLE and B2HANDLE, unmodified, against the same server as the C library: they understand each other, do the
//! same, and where not, the difference is listed in docs/b2handle-map.md.
//!
//!     cargo test --test peers
//!
//! Needs python3 and a package index, and says `SKIPPED 1: reason` without.

#[path = "../common/mod.rs"]
mod common;
mod differences;
mod map;

mod peer;
mod property;
mod records;
mod search;

use common::Server;
use peer::{Code, Peer};

/// What is written of a record, by turns type and text.
const VALUES: &[&str] = &[
    "URL",
    "http://www.example.org/a b?c=d&e=%20#f",
    "CHECKSUM",
    "sha2:0123456789abcdef",
    "EUDAT/REPLICA",
    "21.T12345/one, 21.T12345/two",
    "Größe (µm)",
    "ä€🔗 \"quoted\" 'single' \\backslash\\\nnext line\ttab",
    "EMPTY",
    "",
    "NUMBER",
    "1011",
];

#[test]
fn what_one_writes_the_other_reads() {
    for code in [Code::Pyhandle, Code::B2handle] {
        for (writer, reader) in [(code, Code::Ours), (Code::Ours, code)] {
            let server = Server::start();
            let Some(mut writer) = Peer::start(writer, &server, "") else { return };
            let Some(mut reader) = Peer::start(reader, &server, "") else { return };
            for name in ["21.T12345/PEER", "21.T12345/with space", "21.T12345/Ümläut/in parts"] {
                life_of(name, &mut writer, &mut reader);
                assert!(server.sandbox.record(name).is_none(), "{name} was deleted");
            }
            named_by(&mut writer, &mut reader);
        }
    }
}

/// Register, read, modify, delete: after each step, both read the same.
fn life_of(name: &str, writer: &mut Peer, reader: &mut Peer) {
    let mut expected: Vec<&str> = VALUES.to_vec();
    let mut write = |fields: &[&str]| {
        let answer = writer.ask(fields);
        assert_eq!(answer.outcome(), "ok", "{fields:?}: {answer:?}");
        both_read(name, writer, reader)
    };
    let typed = |record: &[String]| -> Vec<String> {
        record.chunks(4).filter(|value| value[1] != "HS_ADMIN").flat_map(|v| v[1..3].to_vec()).collect()
    };
    let record = write(&[&["register", name], VALUES].concat());
    assert_eq!(typed(&record), expected, "{name}");
    expected[1] = "http://www.example.org/moved";
    expected.extend(["NEW", "ünique"]);
    let record = write(&["modify", name, "60", "NEW", "ünique"]);
    assert_eq!(record.chunks(4).find(|value| value[1] == "NEW").unwrap()[3], "60");
    assert_eq!(typed(&write(&["modify", name, "", "URL", expected[1]])), expected);
    expected.drain(2..6);
    assert_eq!(typed(&write(&["delete_values", name, "CHECKSUM", "EUDAT/REPLICA", "NOT THERE"])), expected);
    assert_eq!(typed(&write(&["overwrite", name, "URL", "http://y/"])), ["URL", "http://y/"]);
    for peer in [&mut *reader, &mut *writer] {
        assert_eq!(peer.ask(&["register", name, "URL", "http://z/"]).outcome(), "exists");
        let value = peer.ask(&["get", name, "URL"]);
        assert_eq!((value.outcome(), value.read[0].as_str()), ("ok", "http://y/"));
        assert_eq!(peer.ask(&["get", name, "NOT THERE"]).outcome(), "no value");
        assert_eq!(peer.ask(&["delete_values", name, "HS_ADMIN"]).outcome(), "not allowed");
    }
    assert_eq!(writer.ask(&["delete", name]).outcome(), "ok");
    for peer in [reader, writer] {
        assert_eq!(peer.ask(&["get", name, "URL"]).outcome(), "no Handle");
        assert_eq!(peer.ask(&["delete", name]).outcome(), "no Handle");
    }
}

/// A name that one has chosen is one for the other.
fn named_by(writer: &mut Peer, reader: &mut Peer) {
    let answer = writer.ask(&["generate", "21.T12345", "URL", "http://x/"]);
    assert_eq!(answer.outcome(), "ok", "{answer:?}");
    let name = &answer.read[0];
    both_read(name, writer, reader);
    assert_eq!(reader.ask(&["delete", name]).outcome(), "ok");
}

/// The record as both read it: index, type, data, ttl of one value after another.
fn both_read(name: &str, writer: &mut Peer, reader: &mut Peer) -> Vec<String> {
    let [one, other] = [writer, reader].map(|peer| {
        let answer = peer.ask(&["record", name]);
        assert_eq!(answer.outcome(), "ok", "{name}: {answer:?}");
        // Structures are JSON, which may be spaced differently.
        answer.read.into_iter().map(|field| match serde_json::from_str(&field) {
            Ok(structure @ serde_json::Value::Object(_)) => structure.to_string(),
            _ => field,
        })
    });
    let (one, other): (Vec<String>, Vec<String>) = (one.collect(), other.collect());
    assert_eq!(one, other, "{name}");
    one
}
