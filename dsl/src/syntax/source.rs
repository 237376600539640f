use std::collections::BTreeMap;

/// A stretch of a file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }
}

/// One file of forms: its text, or what stands in the way of reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceFile {
    /// The text, with plain blanks and line ends where a word processor left others.
    Text(String),
    /// Not UTF-8: probably saved by an old program.
    WrongEncoding,
    /// Larger than [`Sources::MAX_FILE`]; its size in bytes.
    TooLarge(usize),
    /// Called `hund.amt.txt` or `hund.AMT`: probably meant, and not read.
    WrongEnding,
    /// Called `hund.amt.docx`: probably meant, and no plain text.
    Document,
}

/// Endings of programs that write more than plain text.
const DOCUMENTS: [&str; 6] = [".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf"];

/// The texts of a folder: by path from its top (`land/person.amt`), with `/` between parts.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, SourceFile>,
}

impl Sources {
    /// The largest file that is read, in bytes.
    pub const MAX_FILE: usize = 1_000_000;

    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. The path is relative; a path that leads out of the folder is refused.
    ///
    /// # Errors
    /// With the path, when it is absolute or contains `..`.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let file = match mistaken(path) {
            Some(file) => file,
            None if bytes.len() > Self::MAX_FILE => SourceFile::TooLarge(bytes.len()),
            None => match std::str::from_utf8(bytes) {
                Ok(text) => SourceFile::Text(super::paste::Cleaned::new(text).into_text()),
                Err(_) => SourceFile::WrongEncoding,
            },
        };
        self.insert(path, file)
    }

    /// Adds a file that need not be read because of its size in bytes.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn add_too_large(&mut self, path: &str, size: usize) -> Result<(), String> {
        self.insert(path, mistaken(path).unwrap_or(SourceFile::TooLarge(size)))
    }

    fn insert(&mut self, path: &str, file: SourceFile) -> Result<(), String> {
        let path = path.replace('\\', "/");
        if path.starts_with('/') || path.split('/').any(|part| part == ".." || part.is_empty()) {
            return Err(path);
        }
        self.files.insert(path, file);
        Ok(())
    }

    /// Whether a file with this name is one of forms, or was probably meant to be: its author has
    /// to be told then.
    #[must_use]
    pub fn takes(name: &str) -> bool {
        name.ends_with(".amt") || mistaken(name).is_some()
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SourceFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.files.get(path)? {
            SourceFile::Text(text) => Some(text),
            SourceFile::WrongEncoding | SourceFile::TooLarge(_) | SourceFile::WrongEnding | SourceFile::Document => {
                None
            }
        }
    }
}

/// What a name says whose ending is nearly the right one. Windows hides the last ending, so that
/// `hund.amt.txt` looks like `hund.amt`.
fn mistaken(name: &str) -> Option<SourceFile> {
    if name.ends_with(".amt") {
        return None;
    }
    let small = name.to_lowercase();
    if small.ends_with(".amt") || small.ends_with(".amt.txt") {
        return Some(SourceFile::WrongEnding);
    }
    let before = DOCUMENTS.iter().find_map(|ending| small.strip_suffix(ending))?;
    before.ends_with(".amt").then_some(SourceFile::Document)
}
