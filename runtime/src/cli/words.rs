//! The words of the command line, in German and English.

use std::io;
use std::path::Path;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::Language;

use crate::library::{Folder, why};

/// A file or folder that cannot be read.
pub(super) fn unreadable(language: Language, path: &Path, error: &io::Error) -> String {
    said(
        pick(language, "{path} lässt sich nicht lesen: {why}.", "{path} cannot be read: {why}."),
        language,
        path,
        error,
    )
}

/// A file or folder that cannot be written.
pub(super) fn unwritable(language: Language, path: &Path, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        let sentence = pick(
            language,
            "{path} lässt sich nicht schreiben: den Ordner dafür gibt es nicht.",
            "{path} cannot be written: there is no folder for it.",
        );
        return sentence.replace("{path}", &path.display().to_string());
    }
    let sentence = pick(language, "{path} lässt sich nicht schreiben: {why}.", "{path} cannot be written: {why}.");
    said(sentence, language, path, error)
}

fn said(sentence: &str, language: Language, path: &Path, error: &io::Error) -> String {
    sentence.replace("{path}", &path.display().to_string()).replace("{why}", &why(language, error))
}

/// Where texts come from, as it is said to authors.
pub(super) fn folder(language: Language, folder: &Folder) -> String {
    match folder {
        Folder::Path(path) => path.display().to_string(),
        Folder::BuiltIn => {
            let built_in = "dem mitgelieferten Katalog (hier gibt es keinen Ordner forms)";
            pick(language, built_in, "the catalogue that comes with the program (there is no folder forms here)")
                .to_owned()
        }
    }
}

/// One of two spellings.
pub(super) fn pick<'a>(language: Language, german: &'a str, english: &'a str) -> &'a str {
    if language == Language::English { english } else { german }
}

pub(super) fn severity(language: Language, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => pick(language, "Fehler", "error"),
        Severity::Warning => pick(language, "Warnung", "warning"),
        Severity::Hint => pick(language, "Hinweis", "hint"),
    }
}

/// A hash in groups of eight, as it is read aloud and compared on paper.
pub(super) fn grouped(hash: &str) -> String {
    hash.as_bytes().chunks(8).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

pub(super) fn help(language: Language) -> &'static str {
    pick(language, "Abhilfe", "help")
}

pub(super) fn and_more(language: Language, more: usize) -> String {
    match language {
        Language::English => format!("… and {more} more."),
        _ => format!("… und {more} weitere."),
    }
}

/// `2 Fehler, 1 Warnung, 0 Hinweise`
pub(super) fn counts(language: Language, diagnostics: &[&Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    let one = |count: usize, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    match language {
        Language::English => format!(
            "{errors} {}, {warnings} {}, {hints} {}",
            one(errors, "error", "errors"),
            one(warnings, "warning", "warnings"),
            one(hints, "hint", "hints")
        ),
        _ => format!(
            "{errors} Fehler, {warnings} {}, {hints} {}",
            one(warnings, "Warnung", "Warnungen"),
            one(hints, "Hinweis", "Hinweise")
        ),
    }
}
