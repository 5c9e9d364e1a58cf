//! The measured programs, compiled.

use crate::interrupt::Interrupt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const OPTIONS: &[&str] =
    &["-std=c11", "-D_GNU_SOURCE", "-O2", "-pthread", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// Where sources are, and where programs go.
#[derive(Clone, Debug)]
pub(crate) struct Programs<'a> {
    /// The checkout.
    pub(crate) checkout: &'a Path,
    /// The folder of `libb2handle.so`.
    pub(crate) library: &'a Path,
    pub(crate) folder: &'a Path,
    pub(crate) interrupt: &'a Interrupt,
}

impl Programs<'_> {
    /// One with the library.
    pub(crate) fn ours(&self, source: &str) -> Result<PathBuf, String> {
        let library = self.library.display();
        let linked = [format!("-L{library}"), format!("-Wl,-rpath,{library}"), "-lb2handle".to_owned()];
        self.compiled(source, &linked)
    }

    /// One with libcurl and cJSON.
    pub(crate) fn with_curl(&self, source: &str) -> Result<PathBuf, String> {
        self.compiled(source, &["-lcurl", "-lcjson"].map(str::to_owned))
    }

    /// One that needs neither.
    pub(crate) fn plain(&self, source: &str) -> Result<PathBuf, String> {
        self.compiled(source, &[])
    }

    fn compiled(&self, source: &str, linked: &[String]) -> Result<PathBuf, String> {
        let source = self.checkout.join(source);
        let program = self.folder.join(source.file_stem().unwrap_or_default());
        fs::create_dir_all(self.folder).map_err(|error| format!("{}: {error}", self.folder.display()))?;
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut words = compiler.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or("cc"));
        command.args(words).args(OPTIONS);
        for headers in ["include", "tests/c"] {
            command.arg("-I").arg(self.checkout.join(headers));
        }
        command.arg(&source).arg("-o").arg(&program).args(linked);
        self.interrupt.run(&mut command)?;
        Ok(program)
    }
}
