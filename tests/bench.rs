//! `make bench` in small, so that it still runs when somebody wants to know. Its numbers mean nothing here.

mod common;

use b2h_bench::{Interrupt, Outcome, Pace, Setup, run, table};
use common::{library, root, skipped};
use std::path::Path;

/// What is measured, and beside whom.
const WORKS: &[(&str, Option<&str>)] = &[
    ("one value after another, HTTP, wall (µs)", Some("libcurl")),
    ("one value after another, HTTP, cpu (µs)", Some("libcurl")),
    ("one value after another, HTTPS, wall (µs)", Some("libcurl")),
    ("one value after another, HTTPS, cpu (µs)", Some("libcurl")),
    ("one record after another, HTTP, wall (µs)", Some("libcurl")),
    ("one record after another, HTTP, cpu (µs)", Some("libcurl")),
    ("one record after another, HTTPS, wall (µs)", Some("libcurl")),
    ("one record after another, HTTPS, cpu (µs)", Some("libcurl")),
    ("process with one HTTPS GET, own authority, wall (ms)", Some("libcurl")),
    ("process with one HTTPS GET, own authority, cpu (ms)", Some("libcurl")),
    ("process with one HTTPS GET, system's authorities, wall (ms)", Some("libcurl")),
    ("process with one HTTPS GET, system's authorities, cpu (ms)", Some("libcurl")),
    ("32 records in flight, HTTP, GETs per second", Some("curl_multi")),
    ("32 records in flight, HTTP, cpu (µs)", Some("curl_multi")),
    ("32 records in flight, HTTP, GETs per second", Some("wrk")),
    ("32 records in flight, HTTPS, GETs per second", Some("curl_multi")),
    ("32 records in flight, HTTPS, cpu (µs)", Some("curl_multi")),
    ("32 records in flight, HTTPS, GETs per second", Some("wrk")),
    ("libb2handle.so, stripped (bytes)", None),
    ("idle threads", None),
    ("no answer within 200 ms: late (ms)", None),
    ("one value after another, HTTP, wall (µs)", Some("PYHANDLE")),
    ("one value after another, HTTP, cpu (µs)", Some("PYHANDLE")),
    ("one value after another, HTTPS, wall (µs)", Some("PYHANDLE")),
    ("one value after another, HTTPS, cpu (µs)", Some("PYHANDLE")),
];

#[test]
fn everything_is_measured() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let setup = Setup {
        library: library().to_owned(),
        checkout: root().to_owned(),
        programs: folder.join("bench"),
        python: folder.join("python-peers"),
        pace: Pace::TINY,
        interrupt: Interrupt::default(),
    };
    let Outcome { rows, failures } = match run(&setup, &mut |_| ()) {
        Err(problem) if problem == "nginx is not installed" => return skipped(1, &problem),
        outcome => outcome.unwrap(),
    };
    let mut works = WORKS.to_vec();
    // Without the network there may be no PYHANDLE. With it, reading must work.
    if !setup.python.join("installed.txt").exists()
        && failures.iter().all(|failure| failure.contains("PYHANDLE"))
    {
        works.retain(|(_, peer)| *peer != Some("PYHANDLE"));
        failures.iter().for_each(|failure| skipped(1, failure));
    } else {
        assert_eq!(failures, [""; 0]);
    }
    let measured: Vec<_> =
        rows.iter().map(|row| (row.work.as_str(), row.peer.map(|(name, _)| name))).collect();
    assert_eq!(measured, works);
    for row in &rows {
        let json = row.to_json();
        let keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["bar", "met", "ours", "peer", "peer_name", "ratio", "work"]);
        assert_eq!(row.ours > 0.0, row.work != "idle threads", "{row:?}");
        assert!(row.peer.is_none_or(|(_, number)| number > 0.0), "{row:?}");
        assert_eq!(row.met(), json["met"].as_bool());
    }
    assert_eq!(table(&rows).lines().count(), rows.len() + 2);
}
