//! A C program with a client, told what to do step by step (tests/c/dialog.c).

use super::c_program;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

pub struct Dialog {
    program: Child,
    answers: BufReader<ChildStdout>,
}

impl Dialog {
    pub fn start(credentials: &Path) -> Dialog {
        let mut program = Command::new(c_program("dialog"))
            .arg(credentials)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
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
