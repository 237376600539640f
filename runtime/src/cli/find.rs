//! The procedure that a command is about.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::{Language, Procedure};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::resolved;

use super::check::{home_of, say};
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
        let (home, name) = home_of(path)?;
        let file = name.map(|name| name.to_string_lossy().replace('\\', "/")).unwrap_or_default();
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

/// The procedure that a file makes; what is wrong in it is said.
fn in_file(folder: Folder, file: &str, language: Language) -> Result<Found, Failure> {
    let compiled = compile_folder(&folder, today())?;
    let made = resolved(&compiled.sources, Regions::shipped()).into_iter().find(|made| made.file == file);
    let catalogue = &compiled.catalogue;
    let versions = made
        .as_ref()
        .and_then(|made| catalogue.procedures.get(&made.path).or_else(|| catalogue.templates.get(&made.path)));
    // `hund_anmelden.3.amt` is version 3.
    let version = file.rsplit('/').next().and_then(|name| name.split('.').nth(1)?.parse::<u32>().ok());
    let procedure = versions.and_then(|versions| match version {
        Some(version) => versions.iter().find(|procedure| procedure.version == version),
        None => versions.last(),
    });
    if let Some(procedure) = procedure.cloned() {
        return Ok(Found { compiled, procedure });
    }
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
    say(&errors, &compiled, language)?;
    Err(Failure(None))
}
