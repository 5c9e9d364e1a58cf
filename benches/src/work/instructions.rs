//! Instructions per GET, which do not depend on what else the machine does.

use crate::bench::Bench;
use crate::row::Row;
use std::path::Path;
use std::process::Command;

/// One GET after another, against libcurl.
pub(crate) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let (ours, curl) =
        (bench.programs.ours("benches/c/get_ours.c")?, bench.programs.with_curl("benches/c/get_curl.c")?);
    let mut rows = Vec::new();
    for scheme in ["http", "https"] {
        let credentials = bench.credentials(scheme, &bench.alone())?;
        let (ours, curl) = (per_get(bench, &ours, &credentials)?, per_get(bench, &curl, &credentials)?);
        rows.push(Row {
            work: format!("GET after GET, {}, instructions", scheme.to_uppercase()),
            ours,
            peer: Some(("libcurl", curl)),
            ratio: Some(ours / curl),
            bar: None,
        });
    }
    Ok(rows)
}

/// What more GETs take than a few; so the start of the process does not count.
fn per_get(bench: &Bench<'_>, program: &Path, credentials: &Path) -> Result<f64, String> {
    let (few, many) = (50, 250);
    let instructions = |count: u32| -> Result<f64, String> {
        let log = bench.folder.join("instructions");
        let mut command = Command::new("valgrind");
        command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
        command.arg(format!("--log-file={}", log.display()));
        bench.run(command.arg(program).arg(credentials).args(["0", &count.to_string()]))?;
        let said = std::fs::read_to_string(&log).map_err(|error| error.to_string())?;
        let total =
            said.lines().find_map(|line| line.split_once("refs:")).map(|(_, number)| number.replace(',', ""));
        total.and_then(|number| number.trim().parse().ok()).ok_or_else(|| format!("valgrind: {said}"))
    };
    Ok((instructions(many)? - instructions(few)?) / f64::from(many - few))
}
