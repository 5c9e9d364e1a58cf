//! What became of a call that a C program made.

use super::{c_program, run};
use std::collections::BTreeMap;
use std::path::Path;

/// What a call printed, by key.
pub struct Outcome(pub BTreeMap<String, String>);

impl Outcome {
    /// Reads lines of the form `key=value`.
    pub fn of(said: &str) -> Outcome {
        let facts = said.lines().filter_map(|line| line.split_once('='));
        Outcome(facts.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    pub fn number(&self, key: &str) -> i32 {
        self.0.get(key).unwrap_or_else(|| panic!("no {key} in {:?}", self.0)).parse().unwrap()
    }

    pub fn message(&self) -> &str {
        self.0.get("message").map_or("", String::as_str)
    }

    #[track_caller]
    pub fn is(&self, status: i32, words: &str) -> &Outcome {
        assert_eq!(self.number("status"), status, "{:?}", self.0);
        if status != 0 {
            assert_eq!(self.number("error_status"), status);
        }
        assert!(self.message().contains(words), "{:?} in {:?}", words, self.0);
        assert!(!self.message().contains("secret"), "{:?}", self.0);
        self
    }

    #[track_caller]
    pub fn is_in_doubt(&self, doubt: bool) -> &Outcome {
        assert_eq!(self.number("in_doubt") == 1, doubt, "{:?}", self.0);
        self
    }
}

/// Runs one call of the library in `tests/c/call.c`.
pub fn call(credentials: impl AsRef<Path>, arguments: &[&str]) -> Outcome {
    let credentials = credentials.as_ref().to_str().unwrap();
    let said = run(&c_program("call"), &[&[credentials], arguments].concat());
    Outcome::of(&said)
}
