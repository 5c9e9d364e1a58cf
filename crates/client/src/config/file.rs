//! Reading credentials files.

use super::{document, permissions};
use crate::error::{Error, Kind, Result};
use std::path::Path;
use zeroize::Zeroizing;

/// A credentials file is small; anything larger is some other file.
const LARGEST_FILE: u64 = 1 << 20;

/// Reads a file as text; errors say what is wrong with it. Also tells whether others may read it.
pub(super) fn read_text(path: &Path, name: &str) -> Result<(Zeroizing<String>, Option<String>)> {
    use std::io::Read;
    let unreadable = |why: String| Error::new(Kind::ConfigUnreadable, format!("{name}: {why}"));
    let because = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => unreadable("there is no such file. Check the path.".to_owned()),
        std::io::ErrorKind::PermissionDenied => {
            unreadable("this user may not read the file. Check its owner and permissions.".to_owned())
        }
        std::io::ErrorKind::IsADirectory => unreadable("this is a folder, not a file.".to_owned()),
        _ => unreadable(format!("the file cannot be read ({error}).")),
    };
    let file = std::fs::File::open(path).map_err(because)?;
    let exposure = file.metadata().ok().and_then(|metadata| permissions::exposure(path, &metadata));
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(because)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(unreadable("the file is over 1 MiB and cannot be credentials.".to_owned()));
    }
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
