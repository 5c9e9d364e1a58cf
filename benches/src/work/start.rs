//! A process from its start to its end: credentials are read, one value is read from a server that is verified.

use crate::bench::{Bench, Sample};
use crate::row::{Bar, Row};
use std::path::Path;
use std::process::Command;

/// Verified with the server's own authority, and with it among those of the system, which all have to be read.
pub(crate) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let (ours, curl) =
        (bench.programs.ours("benches/c/get_ours.c")?, bench.programs.with_curl("benches/c/get_curl.c")?);
    let repeat = bench.programs.plain("benches/c/repeat.c")?;
    let mut rows = Vec::new();
    for (verify, how) in [(bench.alone(), "own authority"), ("true".to_owned(), "system's authorities")] {
        let credentials = bench.credentials("https", &verify)?;
        let command = |program: &Path| {
            let mut command = Command::new(&repeat);
            command
                .arg(bench.pace.starts.to_string())
                .arg(program)
                .arg(&credentials)
                .args(["value", "0", "1"]);
            command
        };
        let pairs = bench.pairs(&mut command(&ours), &mut command(&curl))?;
        let each = bench.pace.starts as f64 * 1e6;
        let work = |what: &str| format!("process with one HTTPS GET, {how}, {what} (ms)");
        let bar = Some(Bar::Most(0.5));
        rows.push(pairs.row(work("wall"), |sample: Sample| sample.wall / each, "libcurl", bar));
        rows.push(pairs.row(work("cpu"), |sample: Sample| sample.cpu / each, "libcurl", None));
    }
    Ok(rows)
}
