//! Files that an editor has not saved yet: where they will probably belong.

use std::path::{Path, PathBuf};

use amtsweg_dsl::syntax::tree;
use lsp_types::Uri;
use url::Url;

use crate::cli::paths;

/// Whether an address is that of a file which is not on the disk yet.
pub(super) fn is(uri: &Uri) -> bool {
    Url::parse(uri.as_str()).is_ok_and(|url| url.scheme() == "untitled")
}

/// The path that it will get, where the editor knows it already.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let path = uri.as_str().strip_prefix("untitled:").filter(|path| path.starts_with('/'))?;
    Url::parse(&format!("file://{path}")).ok()?.to_file_path().ok()
}

/// The folder of forms that it belongs to: that of the folder which is open in the editor. Without
/// one it stands alone, in no folder.
pub(super) fn root(workspace: &[PathBuf]) -> PathBuf {
    let root = |folder: &PathBuf| {
        let inside = folder.join("forms");
        if inside.is_dir() { inside } else { paths::forms_around(folder).unwrap_or(folder).to_owned() }
    };
    workspace.first().map(root).unwrap_or_default()
}

/// What it is called as long as it has no name: like what it describes, as a saved file is, and
/// with what the editor calls it.
pub(super) fn name(uri: &Uri, text: &str) -> String {
    let own = uri.as_str().trim_start_matches("untitled:");
    let own = Path::new(own).file_name().map_or_else(String::new, |name| name.to_string_lossy().replace('.', "-"));
    let described = tree("unsaved.amt", text).0.roots.into_iter().next();
    let described = described.as_ref().map_or("", |node| node.name_text()).rsplit('/').next().unwrap_or("").to_owned();
    let stem = if described.is_empty() { "unsaved" } else { described.as_str() };
    format!("{stem}.{own}.amt")
}
