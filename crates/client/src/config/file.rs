//! Reading credentials files, and the files that they name.

use super::{document, permissions};
use crate::error::{Error, Kind, Result};
use std::path::Path;
use zeroize::Zeroizing;

/// Credentials and keys are small; anything larger is some other file.
const LARGEST_FILE: u64 = 1 << 20;

/// A file that may hold a secret.
pub(super) struct Secret {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// What is wrong with its permissions: others may read it.
    pub(super) exposure: Option<String>,
}

/// Reads a file as text; errors say what is wrong with it. Also tells whether others may read it.
pub(super) fn read_text(path: &Path, name: &str) -> Result<(Zeroizing<String>, Option<String>)> {
    let Secret { bytes, exposure } =
        read(path).map_err(|why| Error::new(Kind::ConfigUnreadable, format!("{name}: {why}")))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok((Zeroizing::new(text.to_owned()), exposure)),
        Err(error) => {
            let (line, column) = document::position(&bytes, error.valid_up_to());
            Err(Error::new(
                Kind::ConfigSyntax,
                format!(
                    "{name}, line {line}, column {column}: the file is not UTF-8. Save it as UTF-8 text."
                ),
            ))
        }
    }
}

/// Reads a file; errors say why that is not possible.
pub(super) fn read(path: &Path) -> std::result::Result<Secret, String> {
    use std::io::Read;
    let because = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file. Check the path.".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "this user may not read the file. Check its owner and permissions.".to_owned()
        }
        std::io::ErrorKind::IsADirectory => "this is a folder, not a file.".to_owned(),
        _ => format!("the file cannot be read ({error})."),
    };
    let file = std::fs::File::open(path).map_err(because)?;
    let exposure = file.metadata().ok().and_then(|metadata| permissions::exposure(path, &metadata));
    // Of the full length at once: a growing buffer would leave copies of secrets behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST_FILE as usize + 1));
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(because)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err("the file is over 1 MiB and cannot be what is expected here.".to_owned());
    }
    Ok(Secret { bytes, exposure })
}
