//! The procedure that a command is about.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::{Catalogue, Language, Procedure};

use super::check::{file_in_folder, say};
use super::{Failure, folder, today, words};
use crate::library::{Compiled, Folder, compile_folder};
use crate::links::name_of;

/// A procedure that was asked for, with everything that was compiled beside it.
pub(super) struct Found {
    pub compiled: Compiled,
    pub procedure: Arc<Procedure>,
}

/// The procedure in a file, or the newest version of the one with this name or path.
pub(super) fn procedure(named: &str, within: Option<&PathBuf>, language: Language) -> Result<Found, Failure> {
    let path = Path::new(named);
    if within.is_none() && path.is_file() {
        let (home, file) = file_in_folder(path, language)?;
        return in_file(Folder::Path(home), &file, language);
    }
    let folder = folder(within);
    let compiled = compile_folder(&folder, today())?;
    let catalogue = &compiled.catalogue;
    let wanted = name_of(named);
    let found = catalogue
        .procedures
        .get(named)
        .or_else(|| {
            let mut all = catalogue.procedures.iter().chain(&catalogue.templates);
            all.find(|(path, _)| *path == named || name_of(path) == wanted).map(|(_, versions)| versions)
        })
        .and_then(|versions| versions.last())
        .cloned();
    match found {
        Some(procedure) => Ok(Found { compiled, procedure }),
        None => {
            let said = words::pick(
                language,
                "In {folder} gibt es kein Verfahren {name}, das sich übersetzen lässt. Es gibt: {known}",
                "There is no procedure {name} in {folder} that compiles. There are: {known}",
            );
            let known = catalogue.procedures.keys().cloned().collect::<Vec<_>>().join(", ");
            let said = said.replace("{folder}", &words::folder(language, &folder)).replace("{name}", named);
            Err(Failure::from(said.replace("{known}", &known)))
        }
    }
}

/// The version that a file makes, also one that is refused because it leaves drafts without a way.
pub(super) fn version(file: &Path, language: Language) -> Result<Arc<Procedure>, Failure> {
    let (folder, name) = file_in_folder(file, language)?;
    let compiled = compile_folder(&Folder::Path(folder), today())?;
    let catalogue = &compiled.catalogue;
    match made_by(catalogue, &name).chain(&catalogue.refused).find(|one| is_in(catalogue, one, &name)).cloned() {
        Some(procedure) => Ok(procedure),
        None => nothing_in(&compiled, &name, language),
    }
}

/// The procedure that a file makes; what is wrong in it is said.
fn in_file(folder: Folder, file: &str, language: Language) -> Result<Found, Failure> {
    let compiled = compile_folder(&folder, today())?;
    let made = made_by(&compiled.catalogue, file).last().cloned();
    match made {
        Some(procedure) => Ok(Found { compiled, procedure }),
        None => nothing_in(&compiled, file, language),
    }
}

/// The versions that a file makes.
fn made_by<'c>(catalogue: &'c Catalogue, file: &'c str) -> impl Iterator<Item = &'c Arc<Procedure>> {
    let all = catalogue.procedures.values().chain(catalogue.templates.values()).flatten();
    all.filter(move |one| is_in(catalogue, one, file))
}

fn is_in(catalogue: &Catalogue, one: &Procedure, file: &str) -> bool {
    catalogue.files.get(&(one.path.clone(), one.version)).is_some_and(|own| own == file)
}

/// Says what is wrong in a file that makes no procedure.
fn nothing_in<T>(compiled: &Compiled, file: &str, language: Language) -> Result<T, Failure> {
    let errors: Vec<&Diagnostic> =
        compiled.diagnostics.iter().filter(|found| found.severity() == Severity::Error && found.file == file).collect();
    if errors.is_empty() {
        let said = words::pick(
            language,
            "In {file} steht kein Verfahren, das sich übersetzen lässt.",
            "{file} holds no procedure that compiles.",
        );
        return Err(said.replace("{file}", file).into());
    }
    say(&errors, compiled, language)?;
    Err(Failure(None))
}
