//! Ctrl-C and the like end a run in an orderly way: what was started is stopped, what was written is removed.

use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A program that runs this long hangs.
const HANGS_AFTER: Duration = Duration::from_secs(300);

/// Whether somebody wants the run to end.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on SIGINT, SIGTERM and SIGHUP do not end the process, but its run.
    ///
    /// # Errors
    /// When the handlers cannot be installed.
    pub fn on_signals() -> io::Result<Interrupt> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let interrupt = Interrupt::default();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register(signal, Arc::clone(&interrupt.0))?;
        }
        Ok(interrupt)
    }

    /// An error when the run is to end.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.0.load(Ordering::Relaxed) { Err("interrupted".to_owned()) } else { Ok(()) }
    }

    /// Runs a program that prints little, and returns what it printed.
    pub(crate) fn run(&self, command: &mut Command) -> Result<String, String> {
        self.check()?;
        let name = command.get_program().to_string_lossy().into_owned();
        let problem = |what: &dyn std::fmt::Display| format!("{name}: {what}");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| problem(&error))?;
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().map_err(|error| problem(&error))? {
                break status;
            }
            if self.check().is_err() || start.elapsed() > HANGS_AFTER {
                let _ = child.kill();
                let _ = child.wait();
                self.check()?;
                return Err(problem(&"hangs"));
            }
            thread::sleep(Duration::from_millis(10));
        };
        let (mut out, mut err) = (String::new(), String::new());
        child.stdout.take().map(|mut stream| stream.read_to_string(&mut out));
        child.stderr.take().map(|mut stream| stream.read_to_string(&mut err));
        if status.success() { Ok(out) } else { Err(problem(&format!("{status}: {}", err.trim_end()))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_ends_what_is_running() {
        let interrupt = Interrupt::on_signals().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "kill -INT $PPID; exec sleep 1000"]);
        assert_eq!(interrupt.run(&mut command), Err("interrupted".to_owned()));
        assert_eq!(interrupt.run(&mut Command::new("true")), Err("interrupted".to_owned()));
    }

    #[test]
    fn a_program_that_fails_says_why() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo bad luck >&2; exit 3"]);
        let said = Interrupt::default().run(&mut command).unwrap_err();
        assert_eq!(said, "sh: exit status: 3: bad luck");
    }
}
