//! One measurement after the other.

use crate::bench::Bench;
use crate::interrupt::Interrupt;
use crate::nginx::Nginx;
use crate::pace::Pace;
use crate::programs::Programs;
use crate::row::Row;
use crate::tls;
use crate::work::{footprint, in_flight, instructions, one_by_one, start};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What to run.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The folder of `libb2handle.so`, the release build.
    pub library: PathBuf,
    /// The checkout, for headers and sources.
    pub checkout: PathBuf,
    /// Where compiled programs stay.
    pub programs: PathBuf,
    /// Where a Python with PYHANDLE is, or is made.
    pub python: PathBuf,
    /// How much.
    pub pace: Pace,
    /// How to end it early.
    pub interrupt: Interrupt,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What was measured.
    pub rows: Vec<Row>,
    /// What should have been, and why it was not.
    pub failures: Vec<String>,
}

type Work<'a> = &'a dyn Fn(&Bench<'_>) -> Result<Vec<Row>, String>;

/// Measures everything; `say` is told what is under way.
///
/// # Errors
/// When nothing can be measured, or the run is interrupted. What cannot be measured alone is told in the outcome.
pub fn run(setup: &Setup, say: &mut dyn FnMut(&str)) -> Result<Outcome, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let authority = tls::make(folder.path(), &setup.interrupt)?;
    let nginx = Nginx::start(folder.path(), &setup.interrupt)?;
    let bench = Bench {
        programs: Programs {
            checkout: &setup.checkout,
            library: &setup.library,
            folder: &setup.programs,
            interrupt: &setup.interrupt,
        },
        nginx: &nginx,
        authority: &authority,
        folder: folder.path(),
        pace: setup.pace,
        interrupt: &setup.interrupt,
    };
    let with_pyhandle = |bench: &Bench<'_>| one_by_one::pyhandle(bench, &setup.python);
    let mut works: Vec<(&str, Work<'_>)> = vec![
        ("one after another, libcurl", &one_by_one::libcurl),
        ("process with one GET, libcurl", &start::rows),
        ("in flight, curl_multi and wrk", &in_flight::rows),
        ("size", &footprint::size),
        ("threads", &footprint::threads),
        ("deadlines", &footprint::lateness),
        ("one after another, PYHANDLE", &with_pyhandle),
    ];
    if setup.pace.instructions && is_there("valgrind") {
        works.push(("instructions, libcurl and curl_multi", &instructions::rows));
    }
    let mut outcome = Outcome::default();
    for (name, work) in works {
        say(name);
        match work(&bench) {
            Ok(rows) => outcome.rows.extend(rows),
            Err(problem) => outcome.failures.push(format!("{name}: {problem}")),
        }
        setup.interrupt.check()?;
    }
    Ok(outcome)
}

fn is_there(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
