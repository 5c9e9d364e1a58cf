//! Instructions per GET, which do not depend on what else the machine does. (valgrind counts each byte of an
//! instruction that fills or copies many.)

use crate::bench::Bench;
use crate::row::Row;
use std::path::Path;
use std::process::Command;

/// One GET after another, and many in flight, against libcurl.
pub(crate) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let programs = &bench.programs;
    let mut rows = Vec::new();
    for (work, ours, curl, peer, arguments) in [
        (
            "one value after another",
            "benches/c/get_ours.c",
            "benches/c/get_curl.c",
            "libcurl",
            &["value", "0"][..],
        ),
        (
            "one record after another",
            "benches/c/get_ours.c",
            "benches/c/get_curl.c",
            "libcurl",
            &["record", "0"],
        ),
        (
            "32 records in flight",
            "benches/c/flight_ours.c",
            "benches/c/flight_curl.c",
            "curl_multi",
            &["32", "0"],
        ),
    ] {
        let (ours, curl) = (programs.ours(ours)?, programs.with_curl(curl)?);
        for scheme in ["http", "https"] {
            let credentials = bench.credentials(scheme, &bench.alone())?;
            let ours = per_get(bench, &ours, &credentials, arguments)?;
            let curl = per_get(bench, &curl, &credentials, arguments)?;
            let work = format!("{work}, {}, instructions per GET", scheme.to_uppercase());
            rows.push(Row { work, ours, peer: Some((peer, curl)), ratio: Some(ours / curl), bar: None });
        }
    }
    Ok(rows)
}

/// What many GETs take more than few; so the start of the process and its connections do not count.
fn per_get(bench: &Bench<'_>, program: &Path, credentials: &Path, arguments: &[&str]) -> Result<f64, String> {
    let (few, many) = (64, 320);
    let instructions = |count: u32| -> Result<f64, String> {
        let log = bench.folder.join("instructions");
        let mut command = Command::new("valgrind");
        command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
        command.arg(format!("--log-file={}", log.display()));
        bench.run(command.arg(program).arg(credentials).args(arguments).arg(count.to_string()))?;
        let said = std::fs::read_to_string(&log).map_err(|error| error.to_string())?;
        let total =
            said.lines().find_map(|line| line.split_once("refs:")).map(|(_, number)| number.replace(',', ""));
        total.and_then(|number| number.trim().parse().ok()).ok_or_else(|| format!("valgrind: {said}"))
    };
    Ok((instructions(many)? - instructions(few)?) / f64::from(many - few))
}
