//! Paths and the addresses that editors have for them.

use std::path::{Path, PathBuf};

use lsp_types::Uri;
use url::Url;

/// The path of a file that an editor names; nothing for what is not on a disk.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let url = Url::parse(uri.as_str()).ok()?;
    (url.scheme() == "file").then(|| url.to_file_path().ok())?
}

/// The address of a path.
pub(super) fn of(path: &Path) -> Option<Uri> {
    Url::from_file_path(path).ok()?.as_str().parse().ok()
}

/// The path without detours and links, also of a file that is not written yet.
pub(super) fn settled(path: &Path) -> PathBuf {
    let whole = path.canonicalize();
    whole.unwrap_or_else(|_| match (path.parent().map(Path::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    })
}
