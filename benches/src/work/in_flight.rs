//! Many GETs in flight from one call.

use crate::bench::{Bench, Pairs, Sample};
use crate::row::{Bar, Row};
use std::process::Command;

const CONCURRENCY: usize = 32;

/// Against as many easy handles under a multi handle, and against wrk, which looks at no reply but its status.
pub(crate) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let ours = bench.programs.ours("benches/c/flight_ours.c")?;
    let curl = bench.programs.with_curl("benches/c/flight_curl.c")?;
    let count = bench.pace.gets;
    let mut rows = Vec::new();
    for scheme in ["http", "https"] {
        let credentials = bench.credentials(scheme, &bench.alone())?;
        let command = |program| {
            let mut command = Command::new(program);
            command.arg(&credentials).args([CONCURRENCY, count / 10, count].map(|number| number.to_string()));
            command
        };
        let (mut ours, mut curl) = (command(&ours), command(&curl));
        let against_curl = bench.pairs(&mut ours, &mut curl)?;
        let against_wrk =
            (0..bench.pace.pairs).map(|_| Ok((bench.sample(&mut ours)?, wrk(bench, scheme, count)?)));
        let against_wrk = Pairs(against_wrk.collect::<Result<_, String>>()?);
        let work = |what: &str| format!("{CONCURRENCY} records in flight, {}, {what}", scheme.to_uppercase());
        let (rate, cpu) = (work("GETs per second"), work("cpu (µs)"));
        let per_second = |sample: Sample| count as f64 * 1e9 / sample.wall;
        let at_least = |bar| Some(Bar::Least(bar));
        rows.push(against_curl.row(rate.clone(), per_second, "curl_multi", at_least(1.0)));
        rows.push(against_curl.row(cpu, |sample| sample.cpu / count as f64 / 1e3, "curl_multi", None));
        rows.push(against_wrk.row(rate, per_second, "wrk", at_least(0.5)));
    }
    Ok(rows)
}

/// How long wrk takes for so many GETs.
fn wrk(bench: &Bench<'_>, scheme: &str, count: usize) -> Result<Sample, String> {
    let mut command = Command::new("wrk");
    command.args(["-t1", &format!("-c{CONCURRENCY}"), &format!("-d{}s", bench.pace.wrk_seconds)]);
    let said = bench.run(command.arg(bench.nginx.url(scheme) + "/api/handles/21.T12345/EXAMPLE-000000"))?;
    let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    match rate.and_then(|rate| rate.trim().parse::<f64>().ok()) {
        Some(rate) if rate > 0.0 && !said.contains("Non-2xx") && !said.contains("Socket errors") => {
            Ok(Sample { wall: count as f64 * 1e9 / rate, cpu: f64::NAN })
        }
        _ => Err(format!("wrk: {said}")),
    }
}
