//! One GET after another on one connection.

use crate::bench::{Bench, Sample};
use crate::pyhandle::python;
use crate::row::{Bar, Row};
use std::process::Command;

/// Enough to make the connection and to warm the caches.
const UNMEASURED: usize = 100;

/// Against libcurl and cJSON.
pub(crate) fn libcurl(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let (ours, curl) =
        (bench.programs.ours("benches/c/get_ours.c")?, bench.programs.with_curl("benches/c/get_curl.c")?);
    both_schemes(
        bench,
        &Command::new(ours),
        &Command::new(curl),
        "libcurl",
        bench.pace.gets,
        Some(Bar::Most(1.0)),
    )
}

/// Against PYHANDLE, with which nobody competes.
pub(crate) fn pyhandle(bench: &Bench<'_>, python_folder: &std::path::Path) -> Result<Vec<Row>, String> {
    let checkout = bench.programs.checkout;
    let python = python(python_folder, &checkout.join("tests/peers/requirements.txt"), bench.interrupt)?;
    let ours = bench.programs.ours("benches/c/get_ours.c")?;
    let mut peer = Command::new(python);
    peer.arg("-B").arg(checkout.join("benches/pyhandle_get.py"));
    both_schemes(bench, &Command::new(ours), &peer, "PYHANDLE", bench.pace.slow_gets, None)
}

fn both_schemes(
    bench: &Bench<'_>,
    ours: &Command,
    peer: &Command,
    name: &'static str,
    count: usize,
    bar: Option<Bar>,
) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for scheme in ["http", "https"] {
        let credentials = bench.credentials(scheme, &bench.alone())?;
        let with_arguments = |program: &Command| {
            let mut command = Command::new(program.get_program());
            command.args(program.get_args()).arg(&credentials);
            command.args([UNMEASURED, count].map(|number| number.to_string()));
            command
        };
        let pairs = bench.pairs(&mut with_arguments(ours), &mut with_arguments(peer))?;
        let each = count as f64 * 1e3;
        let work = |what: &str| format!("GET after GET, {}, {what} (µs)", scheme.to_uppercase());
        rows.push(pairs.row(work("wall"), |sample: Sample| sample.wall / each, name, bar));
        rows.push(pairs.row(work("cpu"), |sample: Sample| sample.cpu / each, name, bar));
    }
    Ok(rows)
}
