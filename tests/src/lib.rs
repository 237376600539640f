//! What the end-to-end tests share: where the repository is and which files belong to it.
//!
//! The tests that drive the built command stand in `browser/` and run under Node; `run` installs what they need and
//! runs everything.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The top folder of the repository.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The files that belong to the repository, relative to [`root`]: those that are committed and those that would be.
///
/// # Errors
/// When `git` is missing or the folder is no checkout.
pub fn files() -> io::Result<Vec<PathBuf>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let listed = String::from_utf8(output.stdout).map_err(io::Error::other)?;
    let mut files: Vec<PathBuf> = listed.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    // A file that was deleted and not yet committed is still listed.
    files.retain(|path| root().join(path).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}
