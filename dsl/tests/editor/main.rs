//! What editors are told: names, uses, changes, completions.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

mod again;
mod complete;
mod hover;
mod names;
mod tokens;
mod town;

use std::path::{Path, PathBuf};

use amtsweg_dsl::editor::Analysis;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

/// The catalogue that ships.
pub(crate) fn catalogue() -> Sources {
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms");
    let mut sources = Sources::new();
    let mut open: Vec<PathBuf> = vec![forms.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "amt") {
                let name = path.strip_prefix(&forms).unwrap().to_str().unwrap();
                sources.add(name, &std::fs::read(&path).unwrap()).unwrap();
            }
        }
    }
    sources
}

/// Texts by their files.
pub(crate) fn folder(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::new();
    for (file, text) in files {
        sources.add(file, text.as_bytes()).unwrap();
    }
    sources
}

pub(crate) const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);

pub(crate) fn analysis(sources: Sources) -> Analysis<'static> {
    Analysis::new(sources, Regions::shipped(), TODAY)
}
