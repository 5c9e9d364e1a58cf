//! The program `b2h-sandbox`.

mod cli;
mod ready;

use b2h_sandbox::{Options, Sandbox, replay};
use cli::{Command, Serve};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = match cli::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("b2h-sandbox: {problem}\nTry 'b2h-sandbox --help'.");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("b2h-sandbox: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    let serve = match command {
        Command::Help => return print(cli::HELP),
        Command::Version => return print(concat!("b2h-sandbox ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Replay(plan) => {
            let score = replay::run(&plan, &mut std::io::stdout().lock())?;
            return if score.unexpected == 0 { Ok(()) } else { Err("the sandbox differs".into()) };
        }
        Command::Serve(serve) => serve,
    };
    // From here on a signal ends the server in good order.
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let Serve { ready_file, credentials, .. } = serve;
    let sandbox = Sandbox::start(Options {
        listen: serve.listen,
        fixture: serve.fixture,
        data: serve.data,
        journal: serve.journal,
        client_auth: serve.client_auth,
        reverse_lookup: serve.reverse_lookup,
        listing: serve.listing,
        control: serve.control,
        faults: serve.faults,
        seed: serve.seed,
        idle: serve.idle,
    })?;
    match ready_file {
        Some(path) => ready::write(&path, credentials.as_deref(), &sandbox)
            .map_err(|problem| format!("cannot write the ready file {}: {problem}", path.display()))?,
        None => print(&ready::describe(&sandbox))?,
    }
    signals.forever().next();
    Ok(())
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
