//! The book says what the program says: pages that are made from tables of the code are compared with them, samples
//! are compiled, and what must be listed is listed.
//!
//! `AMTSWEG_WRITE_BOOK=1 cargo test -p amtsweg-tests --test book` writes the made pages anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its files has failed")]

mod commands;
mod diagnostics;
mod grammar;
mod keywords;
mod listed;
mod samples;

use std::fs;
use std::path::{Path, PathBuf};

use amtsweg_tests::root;

/// The sources of the book.
pub fn source() -> PathBuf {
    root().join("docs/src")
}

/// A page of the book.
pub fn page(name: &str) -> String {
    fs::read_to_string(source().join(name)).unwrap_or_else(|error| panic!("docs/src/{name}: {error}"))
}

/// Compares a made page with the one that is there, or writes it when that is asked for.
pub fn hold(path: &Path, made: &str) -> Result<(), String> {
    let there = fs::read_to_string(path).unwrap_or_default();
    if there == made {
        return Ok(());
    }
    if std::env::var_os("AMTSWEG_WRITE_BOOK").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, made).unwrap();
        return Ok(());
    }
    Err(format!(
        "{} is not what the code says; AMTSWEG_WRITE_BOOK=1 cargo test -p amtsweg-tests --test book writes it",
        path.display()
    ))
}

/// A text that Markdown shows as it is.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '`' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
