//! Reading a folder of forms from the disk, within limits: whoever names the wrong folder (their
//! whole disk, say) is told so, instead of being kept waiting until memory is full.

use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::Sources;

/// How much is read.
struct Limits {
    /// How deep folders may be nested.
    depth: usize,
    /// How many files and folders are looked at, of whatever kind.
    entries: usize,
    /// How many files of forms there may be.
    files: usize,
    /// How many bytes they may have together.
    bytes: u64,
}

/// Five times the procedures of the largest catalogue that is measured (20,000), and less text
/// than a small server has memory.
const LIMITS: Limits = Limits { depth: 32, entries: 1_000_000, files: 100_000, bytes: 1_000_000_000 };

/// Why a folder of forms cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Language::English))]
pub enum FolderError {
    /// A file or folder in it, or the folder itself.
    Unreadable(PathBuf, #[source] io::Error),
    /// Folders in folders, deeper than this number.
    TooDeep(PathBuf, usize),
    /// More files and folders of whatever kind than this number: probably no folder of forms.
    TooManyEntries(PathBuf, usize),
    /// More files of forms than this number.
    TooManyFiles(PathBuf, usize),
    /// More text than this number of bytes.
    TooMuchText(PathBuf, u64),
}

impl FolderError {
    /// The sentence for a reader.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let english = language == Language::English;
        let said = |path: &Path, german: &str, in_english: &str, number: &str| {
            let said = if english { in_english } else { german };
            said.replace("{path}", &path.display().to_string()).replace("{number}", number)
        };
        match self {
            Self::Unreadable(path, error) => said(
                path,
                "{path} lässt sich nicht lesen: {number}.",
                "{path} cannot be read: {number}.",
                &why(language, error),
            ),
            Self::TooDeep(path, most) => said(
                path,
                "In {path} liegen mehr als {number} Ordner ineinander. Nennen Sie den Ordner, in dem nur Ihre Verfahren liegen.",
                "{path} has more than {number} folders inside each other. Name the folder that holds only your procedures.",
                &most.to_string(),
            ),
            Self::TooManyEntries(path, most) => said(
                path,
                "In {path} liegen mehr als {number} Dateien und Ordner. Nennen Sie den Ordner, in dem nur Ihre Verfahren liegen.",
                "{path} holds more than {number} files and folders. Name the folder that holds only your procedures.",
                &most.to_string(),
            ),
            Self::TooManyFiles(path, most) => said(
                path,
                "In {path} liegen mehr als {number} Dateien, die auf .amt enden. Teilen Sie den Ordner auf.",
                "{path} holds more than {number} files that end in .amt. Split the folder.",
                &most.to_string(),
            ),
            Self::TooMuchText(path, most) => said(
                path,
                "Die Texte in {path} haben zusammen mehr als {number} MB. Teilen Sie den Ordner auf.",
                "The texts in {path} have more than {number} MB together. Split the folder.",
                &(most / 1_000_000).to_string(),
            ),
        }
    }
}

impl From<FolderError> for io::Error {
    fn from(error: FolderError) -> Self {
        let kind = match &error {
            FolderError::Unreadable(_, error) => error.kind(),
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

/// Why a file cannot be read or written, in words that are no system's own.
#[must_use]
pub fn why(language: Language, error: &io::Error) -> String {
    let english = language == Language::English;
    let said = match error.kind() {
        io::ErrorKind::NotFound => ["das gibt es nicht", "it is not there"],
        io::ErrorKind::PermissionDenied => ["dieses Konto darf das nicht", "this account is not allowed to"],
        io::ErrorKind::AlreadyExists => ["das gibt es schon", "it is there already"],
        io::ErrorKind::IsADirectory => ["das ist ein Ordner", "it is a folder"],
        io::ErrorKind::NotADirectory => ["das ist kein Ordner", "it is no folder"],
        io::ErrorKind::InvalidData => ["das ist kein Text in UTF-8", "it is no text in UTF-8"],
        io::ErrorKind::StorageFull => ["der Datenträger ist voll", "the disk is full"],
        io::ErrorKind::ReadOnlyFilesystem => ["hier darf nichts geschrieben werden", "nothing may be written here"],
        _ => return error.to_string(),
    };
    said[usize::from(english)].to_owned()
}

/// The texts in a folder: all files that end in `.amt` (and, to be told about, those whose ending
/// is a mistake), except in hidden folders. Links to folders are not followed.
pub(super) fn read(folder: &Path) -> Result<Sources, FolderError> {
    let mut walk = Walk { top: folder, limits: &LIMITS, entries: 0, files: 0, bytes: 0, sources: Sources::new() };
    walk.folder(folder, 0)?;
    Ok(walk.sources)
}

struct Walk<'a> {
    top: &'a Path,
    limits: &'a Limits,
    entries: usize,
    files: usize,
    bytes: u64,
    sources: Sources,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), FolderError> {
        if depth > self.limits.depth {
            return Err(FolderError::TooDeep(self.top.to_owned(), self.limits.depth));
        }
        let unreadable = |error| FolderError::Unreadable(folder.to_owned(), error);
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            entries.push(entry.map_err(unreadable)?);
            self.entries += 1;
            if self.entries > self.limits.entries {
                return Err(FolderError::TooManyEntries(self.top.to_owned(), self.limits.entries));
            }
        }
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
            let path = entry.path();
            let kind = entry.file_type().map_err(|error| FolderError::Unreadable(path.clone(), error))?;
            if kind.is_dir() {
                self.folder(&path, depth + 1)?;
            } else if Sources::takes(&entry.file_name().to_string_lossy()) {
                self.file(&path).map_err(|error| FolderError::Unreadable(path.clone(), error))?;
                if self.files > self.limits.files {
                    return Err(FolderError::TooManyFiles(self.top.to_owned(), self.limits.files));
                }
                if self.bytes > self.limits.bytes {
                    return Err(FolderError::TooMuchText(self.top.to_owned(), self.limits.bytes));
                }
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let name = path.strip_prefix(self.top).unwrap_or(path).to_string_lossy().replace('\\', "/");
        // One byte more than is taken says that it is too large; the rest need not be read.
        let mut bytes = Vec::new();
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        file.by_ref().take(Sources::MAX_FILE as u64 + 1).read_to_end(&mut bytes)?;
        self.files += 1;
        self.bytes += bytes.len() as u64;
        let added = match usize::try_from(size) {
            Ok(size) if bytes.len() > Sources::MAX_FILE => self.sources.add_too_large(&name, size.max(bytes.len())),
            _ => self.sources.add(&name, &bytes),
        };
        added.map_err(|path| io::Error::other(format!("{path} leads out of the folder")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(limits: Limits, files: &[(&str, usize)]) -> Result<usize, FolderError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, size) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![b'#'; *size]).unwrap();
        }
        let mut walk =
            Walk { top: folder.path(), limits: &limits, entries: 0, files: 0, bytes: 0, sources: Sources::new() };
        walk.folder(folder.path(), 0)?;
        Ok(walk.sources.iter().count())
    }

    #[test]
    fn each_limit_is_told_and_what_lies_within_is_read() {
        let limits = || Limits { depth: 2, entries: 6, files: 3, bytes: 100 };
        let fine = [("a.amt", 10), ("b/c.amt", 10), ("b/d/e.amt", 10), ("b/notes.txt", 500)];
        assert_eq!(written(limits(), &fine).unwrap(), 3);
        let cases: [(&[(&str, usize)], &str); 4] = [
            (&[("a/b/c/d.amt", 1)], "more than 2 folders inside each other"),
            (&[("1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 1), ("6", 1), ("7", 1)], "more than 6 files and folders"),
            (&[("1.amt", 1), ("2.amt", 1), ("3.amt", 1), ("4.amt", 1)], "more than 3 files that end in .amt"),
            (&[("1.amt", 60), ("2.amt", 60)], "more than 0 MB together"),
        ];
        for (files, said) in cases {
            let error = written(limits(), files).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
            assert_ne!(error.message(Language::German), error.to_string());
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("huge.amt")).unwrap();
        file.set_len(1 << 40).unwrap();
        let sources = read(folder.path()).unwrap();
        let (_, huge) = sources.iter().next().unwrap();
        assert_eq!(*huge, amtsweg_dsl::syntax::SourceFile::TooLarge(1 << 40));
    }
}
