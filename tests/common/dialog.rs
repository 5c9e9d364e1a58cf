//! A C program with a client, told what to do step by step (tests/c/dialog.c).

use super::c_program;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

pub struct Dialog {
    program: Child,
    answers: BufReader<ChildStdout>,
}

impl Dialog {
    pub fn start(credentials: &Path) -> Dialog {
        Dialog::run(Command::new(c_program("dialog")).arg(credentials))
    }

    /// The whole log of the client goes to a file: in each line the level and the message.
    pub fn with_log(credentials: &Path, log: &Path) -> Dialog {
        let log = File::create(log).unwrap();
        Dialog::run(Command::new(c_program("dialog")).arg(credentials).arg("4").stderr(log))
    }

    fn run(command: &mut Command) -> Dialog {
        let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let answers = BufReader::new(program.stdout.take().unwrap());
        Dialog { program, answers }
    }

    /// Has a command done, and returns the line that came of it.
    pub fn say(&mut self, command: &str) -> String {
        writeln!(self.program.stdin.as_mut().unwrap(), "{command}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Has a command done that must succeed.
    #[track_caller]
    pub fn succeeds(&mut self, command: &str) {
        let said = self.say(command);
        assert!(said.starts_with("0 ") || said == "0", "{command}: {said}");
    }

    /// The counters of the client, by their names.
    pub fn stats(&mut self) -> BTreeMap<&'static str, u64> {
        let said = self.say("stats");
        let names = [
            "requests",
            "retries",
            "connections",
            "reconnects",
            "logins",
            "doubts",
            "bytes_sent",
            "bytes_received",
        ];
        names.into_iter().zip(said.split(' ').skip(1).map(|number| number.parse().unwrap())).collect()
    }

    /// Has the client freed and waits for the end of the program.
    pub fn free(mut self) {
        drop(self.program.stdin.take());
        assert!(self.program.wait().unwrap().success());
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
