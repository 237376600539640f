//! The pages of the book that messages and words lead to, where an editor can open them.

use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use lsp_types::Uri;
use rust_embed::RustEmbed;

use super::uri;

/// The book, as it is written.
#[derive(RustEmbed)]
#[folder = "../docs/src"]
#[include = "language/*.md"]
#[include = "sprache/*.md"]
#[include = "tour/*.md"]
#[include = "diagnostics/*.md"]
struct Book;

/// The pages, written to the folder in which programs keep what they can make again.
pub(super) struct Pages {
    folder: PathBuf,
}

impl Pages {
    /// Writes the pages that are not there yet. Without a place for them there are no links.
    pub fn new() -> Option<Self> {
        let cache = etcetera::choose_base_strategy().ok()?.cache_dir();
        let folder = cache.join("amtsweg").join(concat!("book-", env!("CARGO_PKG_VERSION")));
        match write(&folder) {
            Ok(()) => Some(Self { folder }),
            Err(error) => {
                tracing::warn!("{}: {error}", folder.display());
                None
            }
        }
    }

    /// The page of a message: `AW0101`.
    pub fn message(&self, code: &str) -> Option<Uri> {
        uri::of(&self.folder.join("diagnostics").join(format!("{code}.md")))
    }

    /// A page of the language reference: `sprache/fragen`.
    pub fn word(&self, page: &str) -> Option<Uri> {
        uri::of(&self.folder.join(format!("{page}.md")))
    }
}

fn write(folder: &std::path::Path) -> io::Result<()> {
    for name in Book::iter() {
        let Some(page) = Book::get(&name) else { continue };
        let path = folder.join(name.as_ref());
        if fs::read(&path).is_ok_and(|there| there == *page.data) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, &page.data)?;
    }
    Ok(())
}
