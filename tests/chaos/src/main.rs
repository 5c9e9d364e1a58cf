//! The program `b2h-chaos`; `make chaos` builds what it needs and runs it.

use b2h_chaos::{Score, Setup, run};
use lexopt::prelude::*;
use std::process::ExitCode;

const HELP: &str = "\
Usage: b2h-chaos --program FILE --sandbox FILE [OPTIONS]

Runs mixed operations from 16 threads on a misbehaving sandbox, then as many on one that is killed and restarted again and
again, and judges by the sandbox's journal what was reported. The last line tells the result; the exit status is 1 if
anything was lost, doubled or misreported.

      --program FILE   tests/c/chaos.c, compiled
      --sandbox FILE   b2h-sandbox
      --seed N         What plan and faults are drawn from [1]
      --operations N   How many operations each of the two parts has [20000]
      --kills N        How often the sandbox of the second part is killed [10]
      --lie HOW        Let the client lie, to see that it is found out: retries, success or definite
";

fn main() -> ExitCode {
    let setup = match parse() {
        Ok(Some(setup)) => setup,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("b2h-chaos: {problem}");
            return ExitCode::from(2);
        }
    };
    match run(&setup, &mut |text| print!("{text}")) {
        Ok(Score { lost: 0, doubled: 0, misreported: 0, .. }) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("b2h-chaos: {problem}");
            ExitCode::from(2)
        }
    }
}

fn parse() -> Result<Option<Setup>, lexopt::Error> {
    let (mut program, mut sandbox) = (None, None);
    let (mut seed, mut operations, mut kills, mut lie) = (1, 20_000, 10, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("program") => program = Some(parser.value()?.into()),
            Long("sandbox") => sandbox = Some(parser.value()?.into()),
            Long("seed") => seed = parser.value()?.parse()?,
            Long("operations") => operations = parser.value()?.parse()?,
            Long("kills") => kills = parser.value()?.parse()?,
            Long("lie") => lie = Some(parser.value()?.string()?),
            Short('h') | Long("help") => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    let program = program.ok_or("--program is missing")?;
    let sandbox = sandbox.ok_or("--sandbox is missing")?;
    Ok(Some(Setup { program, sandbox, seed, operations, kills, lie }))
}
