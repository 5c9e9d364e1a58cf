//! Files with secrets that others may read.

use std::fs::Metadata;
use std::path::Path;

/// What is wrong with the permissions of a file that holds a secret, and the command that repairs it.
///
/// Group and others must have none. Where root gives a file to the group of the service that reads it, reading by
/// the group is what is meant.
#[cfg(unix)]
pub(super) fn exposure(path: &Path, metadata: &Metadata) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let is_given = metadata.uid() == 0 && !nix::unistd::geteuid().is_root();
    let (forbidden, right) = if is_given { (0o037, "640") } else { (0o077, "600") };
    let mode = metadata.mode() & 0o777;
    (metadata.is_file() && mode & forbidden != 0).then(|| {
        let path = path.display();
        format!(
            "{path}: this file holds a secret, and other users may open it (mode {mode:04o}). Run: chmod {right} '{path}'"
        )
    })
}

/// Elsewhere there are no such permissions.
#[cfg(not(unix))]
pub(super) fn exposure(_path: &Path, _metadata: &Metadata) -> Option<String> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_the_owner_may_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my.json");
        std::fs::write(&path, "{}").unwrap();
        for (mode, exposed) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o620, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let found = exposure(&path, &std::fs::metadata(&path).unwrap());
            assert_eq!(found.is_some(), exposed, "{mode:o}");
            if let Some(found) = found {
                assert!(
                    found.contains(&format!("mode {mode:04o}")) && found.contains("chmod 600 '"),
                    "{found}"
                );
            }
        }
        assert_eq!(exposure(folder.path(), &std::fs::metadata(folder.path()).unwrap()), None);
    }
}
