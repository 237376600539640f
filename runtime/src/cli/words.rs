//! The words of the command line, in German and English.

use std::io::{self, Write};
use std::path::Path;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::Language;

use super::Failure;
use crate::library::Folder;

/// Writes a line to the output. One who has stopped reading is no error.
pub(super) fn print(line: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Writes a text to a file and says so, or to the output.
pub(super) fn write(text: &str, file: Option<&Path>, language: Language) -> Result<(), Failure> {
    let Some(file) = file else {
        return Ok(print(text.trim_end())?);
    };
    let shown = file.display().to_string();
    std::fs::write(file, text).map_err(|error| {
        let said = pick(language, "{file} lässt sich nicht schreiben: {error}", "{file} cannot be written: {error}");
        Failure::from(said.replace("{file}", &shown).replace("{error}", &error.to_string()))
    })?;
    Ok(print(&pick(language, "Geschrieben: {file}", "Written: {file}").replace("{file}", &shown))?)
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
