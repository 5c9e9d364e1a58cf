//! The program `b2h-bench`; `make bench` builds what it needs and runs it.

use b2h_bench::{Interrupt, Outcome, Pace, Setup, run, table};
use lexopt::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

const HELP: &str = "\
Usage: b2h-bench --target FOLDER [OPTIONS]

Measures the release build of the library beside libcurl, wrk and PYHANDLE. The last line tells how many bars are met. The
exit status is 1 if something could not be measured; bars that are not met do not change it.

      --target FOLDER    Cargo's: release/libb2handle.so is measured, and bench.json is written there
      --checkout FOLDER  Where headers and C sources are [.]
      --quick            A first look: fewer and smaller samples
      --tiny             Only whether everything runs
";

fn main() -> ExitCode {
    let result = match parse() {
        Ok(Some(arguments)) => measure(&arguments),
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("b2h-bench: {problem}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("b2h-bench: {problem}");
            ExitCode::from(2)
        }
    }
}

struct Arguments {
    target: PathBuf,
    checkout: PathBuf,
    pace: Pace,
}

fn parse() -> Result<Option<Arguments>, lexopt::Error> {
    let (mut target, mut checkout, mut pace) = (None, PathBuf::from("."), Pace::FULL);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("target") => target = Some(PathBuf::from(parser.value()?)),
            Long("checkout") => checkout = parser.value()?.into(),
            Long("quick") => pace = Pace::QUICK,
            Long("tiny") => pace = Pace::TINY,
            Short('h') | Long("help") => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    let target = target.ok_or("--target is missing")?;
    Ok(Some(Arguments { target, checkout, pace }))
}

/// Whether everything was measured.
fn measure(arguments: &Arguments) -> Result<bool, String> {
    let start = Instant::now();
    let absolute =
        |path: &PathBuf| fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()));
    let (target, checkout) = (absolute(&arguments.target)?, absolute(&arguments.checkout)?);
    let setup = Setup {
        library: target.join("release"),
        checkout,
        programs: target.join("bench"),
        python: target.join("tmp/python-peers"),
        pace: arguments.pace,
        interrupt: Interrupt::on_signals().map_err(|error| error.to_string())?,
    };
    let say = &mut |work: &str| eprintln!("{:4} s  {work}", start.elapsed().as_secs());
    let Outcome { rows, failures } = run(&setup, say)?;
    let list: Value = rows.iter().map(|row| row.to_json()).collect();
    let file = target.join("bench.json");
    fs::write(&file, format!("{list:#}\n")).map_err(|error| format!("{}: {error}", file.display()))?;
    print!("\n{}\n", table(&rows));
    for failure in &failures {
        eprintln!("NOT MEASURED: {failure}");
    }
    let bars: Vec<bool> = rows.iter().filter_map(|row| row.met()).collect();
    let met = bars.iter().filter(|met| **met).count();
    println!("bench: {met} of {} bars met", bars.len());
    Ok(failures.is_empty())
}
