//! One GET after another on one connection.

use crate::bench::{Bench, Sample};
use crate::pyhandle::python;
use crate::row::{Bar, Row};
use std::path::Path;
use std::process::Command;

/// Enough to make the connection and to warm the caches.
const UNMEASURED: usize = 100;

/// Against libcurl and cJSON: one value of each Handle, as most programs want it, and whole records.
pub(crate) fn libcurl(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let ours = Command::new(bench.programs.ours("benches/c/get_ours.c")?);
    let curl = Command::new(bench.programs.with_curl("benches/c/get_curl.c")?);
    let mut rows = Vec::new();
    for what in ["value", "record"] {
        let peer =
            Peer { name: "libcurl", program: &curl, count: bench.pace.gets, bar: Some(Bar::Most(1.0)) };
        rows.extend(both_schemes(bench, &ours, &peer, what)?);
    }
    Ok(rows)
}

/// Against PYHANDLE, with which nobody competes.
pub(crate) fn pyhandle(bench: &Bench<'_>, folder: &Path) -> Result<Vec<Row>, String> {
    let checkout = bench.programs.checkout;
    let python = python(folder, &checkout.join("tests/peers/requirements.txt"), bench.interrupt)?;
    let ours = Command::new(bench.programs.ours("benches/c/get_ours.c")?);
    let mut program = Command::new(python);
    program.arg("-B").arg(checkout.join("benches/pyhandle_get.py"));
    let peer = Peer { name: "PYHANDLE", program: &program, count: bench.pace.slow_gets, bar: None };
    both_schemes(bench, &ours, &peer, "value")
}

struct Peer<'a> {
    name: &'static str,
    program: &'a Command,
    /// GETs in a sample.
    count: usize,
    bar: Option<Bar>,
}

fn both_schemes(bench: &Bench<'_>, ours: &Command, peer: &Peer<'_>, what: &str) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for scheme in ["http", "https"] {
        let credentials = bench.credentials(scheme, &bench.alone())?;
        let with_arguments = |program: &Command| {
            let mut command = Command::new(program.get_program());
            command.args(program.get_args()).arg(&credentials).arg(what);
            command.args([UNMEASURED, peer.count].map(|number| number.to_string()));
            command
        };
        let pairs = bench.pairs(&mut with_arguments(ours), &mut with_arguments(peer.program))?;
        let each = peer.count as f64 * 1e3;
        let work = |side: &str| format!("one {what} after another, {}, {side} (µs)", scheme.to_uppercase());
        rows.push(pairs.row(work("wall"), |sample: Sample| sample.wall / each, peer.name, peer.bar));
        rows.push(pairs.row(work("cpu"), |sample: Sample| sample.cpu / each, peer.name, peer.bar));
    }
    Ok(rows)
}
