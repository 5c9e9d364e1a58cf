//! One part after the other: with a server that only misbehaves, and with one that is killed as well.

use crate::driver::Driver;
use crate::history::{History, Record};
use crate::judge::Evidence;
use crate::outcome::Outcome;
use crate::plan::{Plan, THREADS};
use crate::report::Report;
use crate::requests::Requests;
use crate::score::Score;
use crate::server::Server;
use b2h_sandbox::{Options, Sandbox};
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// What to run.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `tests/c/chaos.c`, compiled.
    pub program: PathBuf,
    /// The program `b2h-sandbox`.
    pub sandbox: PathBuf,
    /// What plans and faults are drawn from.
    pub seed: u64,
    /// How many operations each of the two parts has.
    pub operations: u32,
    /// How often the server of the second part is killed.
    pub kills: u32,
    /// How the client lies.
    pub lie: Option<String>,
}

/// Runs both parts and tells what came of them, at the end the line with the result.
///
/// # Errors
/// When a program does not run as it should, and so nothing can be judged.
pub fn run(setup: &Setup, say: &mut dyn FnMut(&str)) -> Result<Score, Box<dyn Error>> {
    let mut total = Score::default();
    for (nth, kills) in [0, setup.kills].into_iter().enumerate() {
        let start = Instant::now();
        let report = part(setup, setup.seed * 2 + nth as u64, kills)?;
        let seconds = start.elapsed().as_secs();
        say(&format!(
            "part {}: {THREADS} threads, 10 % faults, {kills} kills, {seconds} s\n{report}",
            nth + 1
        ));
        total += report.score;
    }
    say(&format!("chaos: seed {}, {total}\n", setup.seed));
    Ok(total)
}

fn part(setup: &Setup, seed: u64, kills: u32) -> Result<Report, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let plan = Plan::new(seed, setup.operations);
    let plan_file = folder.path().join("plan");
    fs::write(&plan_file, plan.to_text())?;
    let mut server = Server::start(&setup.sandbox, folder.path(), seed)?;
    let user = ("300:21.T12345/USER01", "user01-secret");
    let mut command = Command::new(&setup.program);
    command
        .arg(&plan_file)
        .arg(server.credentials(user.0, user.1, "session")?)
        .arg(server.credentials(user.0, user.1, "basic")?)
        .arg(server.credentials("300:21.T12345/ADMIN", "admin-secret", "session")?)
        .args(&setup.lie);
    let outcomes = carry_out(&mut command, &mut server, setup.operations, kills)?;
    let (requests, about_requests) = match kills {
        0 => requests(&server)?,
        _ => (None, "the requests died with the servers that saw them; the journal did not".to_owned()),
    };
    // What it has not executed by now it never will.
    server.kill()?;
    let options = Options { data: Some(server.data()), journal: true, ..Options::default() };
    let sandbox = Sandbox::start(options)?;
    let history = History::new(&sandbox.journal()?);
    let outcomes = outcomes.iter().map(|outcome| (outcome.number, outcome)).collect();
    let evidence = Evidence { history: &history, outcomes, requests: requests.as_ref() };
    let mut report = Report::new(&plan, &evidence);
    report.requests = about_requests;
    for (handle, end) in history.ends() {
        let kept = sandbox.record(handle).map(|record| Record::from_json(&record["values"]));
        if kept.as_ref() != end {
            report.add_lost_record(handle);
        }
    }
    Ok(report)
}

/// Runs the program, and meanwhile kills the server whenever another share of the operations is done.
fn carry_out(
    command: &mut Command,
    server: &mut Server<'_>,
    operations: u32,
    kills: u32,
) -> Result<Vec<Outcome>, Box<dyn Error>> {
    let mut driver = Driver::start(command)?;
    let (mut outcomes, mut done, mut killed) = (Vec::new(), 0, 0);
    while let Some(outcome) = driver.next()? {
        done += u32::from(outcome.number <= operations);
        outcomes.push(outcome);
        if killed < kills && done >= operations / (kills + 1) * (killed + 1) {
            server.kill()?;
            server.restart()?;
            killed += 1;
        }
    }
    if killed < kills {
        return Err(format!("the server was killed {killed} times only").into());
    }
    Ok(outcomes)
}

/// All requests, if the server still knows them all, and how many there were.
fn requests(server: &Server<'_>) -> Result<(Option<Requests>, String), Box<dyn Error>> {
    let lines = server.ask("/requests")?;
    let counters: serde_json::Value = serde_json::from_str(&server.ask("/counters")?)?;
    let (count, faults) = (&counters["requests"], &counters["faults"]);
    let is_complete = count.as_u64() == Some(lines.lines().count() as u64);
    let looked_at = if is_complete { "all of them looked at" } else { "too many to look at" };
    let about = format!("{count} requests, {looked_at}; {faults} faults");
    Ok((is_complete.then(|| Requests::parse(&lines)), about))
}
