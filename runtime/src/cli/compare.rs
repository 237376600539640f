use std::path::Path;
use std::sync::Arc;

use amtsweg_dsl::compare::{Drafts, compare};
use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::{Language, Procedure};

use super::{Failure, check, today, words};
use crate::library::{Folder, compile_folder};

/// Compares two versions of a procedure; fails where a change says nothing about drafts.
pub(super) fn run(old: &Path, new: &Path, language: Language) -> Result<(), Failure> {
    let (old, new) = (version(old, language)?, version(new, language)?);
    if old.name() != new.name() {
        let said = words::pick(
            language,
            "Das sind zwei verschiedene Verfahren: {old} und {new}. Verglichen werden zwei Fassungen von einem.",
            "These are two different procedures: {old} and {new}. Two versions of one are compared.",
        );
        return Err(said.replace("{old}", &old.path).replace("{new}", &new.path).into());
    }
    let comparison = compare(&old, &new);
    let title = words::pick(language, "{path}: Fassung {old} und {new}", "{path}: version {old} and {new}");
    let numbers = title.replace("{path}", &new.path).replace("{old}", &old.version.to_string());
    let mut text = numbers.replace("{new}", &new.version.to_string()) + "\n";
    for part in comparison.words(language) {
        text.push_str(&format!("\n{}\n", part.heading));
        for line in part.lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    words::print(text.trim_end())?;
    if comparison.drafts == Drafts::Refused { Err(Failure(None)) } else { Ok(()) }
}

/// The version that a file makes.
fn version(file: &Path, language: Language) -> Result<Arc<Procedure>, Failure> {
    let (folder, name) = check::file_in_folder(file, language)?;
    let compiled = compile_folder(&Folder::Path(folder), today())?;
    let catalogue = &compiled.catalogue;
    let all = catalogue.procedures.values().chain(catalogue.templates.values()).flatten().chain(&catalogue.refused);
    let made = |one: &&Arc<Procedure>| catalogue.files.get(&(one.path.clone(), one.version)) == Some(&name);
    if let Some(found) = all.into_iter().find(made) {
        return Ok(found.clone());
    }
    let errors: Vec<&Diagnostic> =
        compiled.diagnostics.iter().filter(|found| found.file == name && found.severity() == Severity::Error).collect();
    check::say(&errors, &compiled, language)?;
    let said = words::pick(
        language,
        "{file} beschreibt kein Verfahren, das sich übersetzen lässt.",
        "{file} describes no procedure that compiles.",
    );
    Err(said.replace("{file}", &name).into())
}
