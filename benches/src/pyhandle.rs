//! A Python that has PYHANDLE.

use crate::interrupt::Interrupt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes one in a folder, unless one is there that has what is required.
///
/// The tests with PYHANDLE as a peer (`tests/peers`) make the same, and both may use one folder.
pub(crate) fn python(folder: &Path, requirements: &Path, interrupt: &Interrupt) -> Result<PathBuf, String> {
    let wanted =
        fs::read_to_string(requirements).map_err(|error| format!("{}: {error}", requirements.display()))?;
    let (python, finished) = (folder.join("bin/python"), folder.join("installed.txt"));
    if fs::read_to_string(&finished).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    interrupt.run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    interrupt.run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-deps", "--ignore-requires-python", "--requirement"])
            .arg(requirements),
    )?;
    fs::write(&finished, &wanted).map_err(|error| format!("{}: {error}", finished.display()))?;
    Ok(python)
}
