//! The C program.

use crate::outcome::Outcome;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Every call has a deadline: if nothing at all is told for so long, the program hangs.
const HANGS_AFTER: Duration = Duration::from_secs(60);

/// The program while it runs.
pub(crate) struct Driver {
    child: Child,
    lines: Receiver<String>,
}

impl Driver {
    pub(crate) fn start(command: &mut Command) -> Result<Driver, Box<dyn Error>> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("the program has no output")?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            // Nobody listens any more when the other side has failed.
            let _ =
                BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line));
        });
        Ok(Driver { child, lines })
    }

    /// What came of the next operation that ended; `None` when all have.
    pub(crate) fn next(&mut self) -> Result<Option<Outcome>, Box<dyn Error>> {
        match self.lines.recv_timeout(HANGS_AFTER) {
            Ok(line) => match Outcome::parse(&line) {
                Some(outcome) => Ok(Some(outcome)),
                None => Err(format!("the program says {line:?}").into()),
            },
            Err(RecvTimeoutError::Timeout) => Err("the program hangs".into()),
            Err(RecvTimeoutError::Disconnected) => match self.child.wait()? {
                status if status.success() => Ok(None),
                status => Err(format!("the program ended early ({status})").into()),
            },
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It has ended already when all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
