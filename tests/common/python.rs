//! Tools that come from PyPI.

use super::output;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A virtual environment with what a `requirements.txt` lists, made once and again when the list changes: its `bin`, or
/// why there is none. The list names all that is needed, and is installed as it stands.
pub fn environment(name: &str, requirements: &Path) -> Result<PathBuf, String> {
    let wanted = fs::read_to_string(requirements).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let (bin, finished) = (folder.join("bin"), folder.join("installed.txt"));
    if fs::read_to_string(&finished).is_ok_and(|installed| installed == wanted) {
        return Ok(bin);
    }
    let run = |command: &mut Command| {
        let done = output(command);
        if done.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        Err(said.lines().last().unwrap_or("the installation failed").to_owned())
    };
    let python3 = "python3";
    if !Command::new(python3).arg("--version").output().is_ok_and(|done| done.status.success()) {
        return Err("there is no python3".to_owned());
    }
    run(Command::new(python3).args(["-m", "venv", "--clear"]).arg(&folder))?;
    run(Command::new(bin.join("python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(["--no-deps", "--ignore-requires-python", "--requirement"])
        .arg(requirements))?;
    fs::write(&finished, &wanted).unwrap();
    Ok(bin)
}
