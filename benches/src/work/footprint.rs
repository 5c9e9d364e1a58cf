//! What the library takes of the disk and of its host, and how late it is when a server does not answer.

use crate::bench::Bench;
use crate::row::{Bar, Row};
use std::fs;
use std::net::TcpListener;
use std::process::Command;

/// Bytes that one installs.
pub(crate) fn size(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let stripped = bench.folder.join("libb2handle.so");
    bench.run(
        Command::new("strip").arg("-o").arg(&stripped).arg(bench.programs.library.join("libb2handle.so")),
    )?;
    let bytes = fs::metadata(&stripped).map_err(|error| format!("{}: {error}", stripped.display()))?.len();
    Ok(vec![alone("libb2handle.so, stripped (bytes)", bytes as f64, 3e6)])
}

/// Threads that outlive a call.
pub(crate) fn threads(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let program = bench.programs.ours("benches/c/threads.c")?;
    // A name, since addresses need no resolver.
    let url = bench.nginx.url("http").replace("127.0.0.1", "localhost");
    let said = bench.run(Command::new(program).arg(bench.credentials_for(&url, &bench.alone())?))?;
    let threads = said.trim().parse().map_err(|_| format!("threads printed {said:?}"))?;
    Ok(vec![alone("idle threads", threads, 0.0)])
}

/// How much later than its deadline a call ends that gets no answer.
pub(crate) fn lateness(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let program = bench.programs.ours("tests/c/deadlines.c")?;
    let silent = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = silent.local_addr().map_err(|error| error.to_string())?;
    let credentials = bench.credentials_for(&format!("http://{address}"), &bench.alone())?;
    let calls = bench.pace.pairs.to_string();
    let said = bench.run(Command::new(program).arg(credentials).args(["get", "1", &calls, "200"]))?;
    let median = said.split_whitespace().find_map(|word| word.strip_prefix("median="));
    let late =
        median.and_then(|late| late.parse().ok()).ok_or_else(|| format!("deadlines printed {said:?}"))?;
    Ok(vec![alone("no answer within 200 ms: late (ms)", late, 50.0)])
}

fn alone(work: &str, ours: f64, most: f64) -> Row {
    Row { work: work.to_owned(), ours, peer: None, ratio: None, bar: Some(Bar::Most(most)) }
}
