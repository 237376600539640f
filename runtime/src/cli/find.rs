//! The procedure that a command is about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity, closest};
use amtsweg_dsl::model::{Catalogue, Procedure};

use super::output::Output;
use super::{Failure, check, paths, words};
use crate::library::{Compiled, Folder};
use crate::links::name_of;

/// More procedures are only counted.
const NAMED: usize = 12;

/// Procedures by path, each with its versions.
type Versions = BTreeMap<String, Vec<Arc<Procedure>>>;

/// A procedure that was asked for, with everything that was compiled beside it.
pub(super) struct Found {
    pub compiled: Compiled,
    pub procedure: Arc<Procedure>,
}

/// The procedure in a file, or the newest version of the one with this name or path.
pub(super) fn procedure(named: &str, within: Option<&PathBuf>, output: &Output) -> Result<Found, Failure> {
    let path = Path::new(named);
    let is_file = path.is_file() || path.extension().is_some_and(|ending| ending == "amt");
    if is_file {
        let (home, file) = paths::file_in_folder(path, within, output)?;
        let folder = Folder::Path(home);
        let compiled = check::compile(&folder, output)?;
        let made = made_by(&compiled.catalogue, &file).last().cloned();
        let paths: BTreeSet<&String> = made_by(&compiled.catalogue, &file).map(|one| &one.path).collect();
        if paths.len() > 1 {
            let said = output.pick(
                "{file} bietet mehrere Verfahren an: {all}. Nennen Sie eines davon.",
                "{file} offers several procedures: {all}. Name one of them.",
            );
            let all = paths.into_iter().cloned().collect::<Vec<_>>().join(", ");
            return Err(said.replace("{file}", &file).replace("{all}", &all).into());
        }
        return match made {
            Some(procedure) => Ok(Found { compiled, procedure }),
            None => nothing_in(&compiled, &folder, &file, output),
        };
    }
    let folder = paths::folder(within, output)?;
    let compiled = check::compile(&folder, output)?;
    let named_so = |all: &Versions| -> Vec<String> {
        let wanted = name_of(&named.to_lowercase());
        let titled =
            |one: &Arc<Procedure>| one.title.0.values().any(|title| title.to_lowercase() == named.to_lowercase());
        let is = |(path, versions): &(&String, &Vec<Arc<Procedure>>)| {
            *path == named || name_of(path) == wanted || versions.iter().any(titled)
        };
        all.iter().filter(is).map(|(path, _)| path.clone()).collect()
    };
    let catalogue = &compiled.catalogue;
    let (all, paths) = match named_so(&catalogue.procedures) {
        none if none.is_empty() => (&catalogue.templates, named_so(&catalogue.templates)),
        some => (&catalogue.procedures, some),
    };
    let path = match paths.as_slice() {
        several if several.iter().any(|path| path == named) => named,
        [one] => one,
        [] => return not_there(named, &compiled, &folder, output),
        several => {
            let said = output.pick(
                "Mehrere Verfahren heißen {name}: {all}. Nennen Sie eines mit seinem Ordner.",
                "Several procedures are called {name}: {all}. Name one with its folder.",
            );
            return Err(said.replace("{name}", named).replace("{all}", &several.join(", ")).into());
        }
    };
    let procedure = all.get(path).and_then(|versions| versions.last()).cloned();
    match procedure {
        Some(procedure) => Ok(Found { compiled, procedure }),
        None => not_there(named, &compiled, &folder, output),
    }
}

/// Says that there is no such procedure: what is wrong in the file that should make it, or which
/// one may be meant.
fn not_there<T>(named: &str, compiled: &Compiled, folder: &Folder, output: &Output) -> Result<T, Failure> {
    let wanted = name_of(named);
    let is_its_file = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        name_of(name.split('.').next().unwrap_or(name)) == wanted
    };
    let errors: Vec<&Diagnostic> = compiled
        .diagnostics
        .iter()
        .filter(|found| found.severity() == Severity::Error && is_its_file(&found.file))
        .collect();
    if !errors.is_empty() {
        return check::wrong(&errors, compiled, folder, output);
    }
    let known: Vec<&str> = compiled.catalogue.procedures.keys().map(String::as_str).collect();
    let short = known.iter().map(|path| path.rsplit('/').next().unwrap_or(path));
    let meant = closest(named, known.iter().copied().chain(short));
    let said = output
        .pick("In {folder} gibt es kein Verfahren {name}.", "There is no procedure {name} in {folder}.")
        .replace("{folder}", &words::folder(output.language, folder))
        .replace("{name}", named);
    let more = match meant {
        Some(meant) => output.pick("Meinten Sie {meant}?", "Did you mean {meant}?").replace("{meant}", &meant),
        None if known.is_empty() => String::new(),
        None => {
            let mut all = known.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            if let Some(rest) = known.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
                all = format!("{all} {}", words::and_more(output.language, rest));
            }
            output.pick("Es gibt: {all}", "There are: {all}").replace("{all}", &all)
        }
    };
    Err(format!("{said} {more}").trim().into())
}

/// The version that a file makes, also one that is refused because it leaves drafts without a way.
pub(super) fn version(file: &Path, within: Option<&PathBuf>, output: &Output) -> Result<Found, Failure> {
    let (folder, name) = paths::file_in_folder(file, within, output)?;
    let folder = Folder::Path(folder);
    let compiled = check::compile(&folder, output)?;
    let catalogue = &compiled.catalogue;
    let made = made_by(catalogue, &name).chain(&catalogue.refused).find(|one| is_in(catalogue, one, &name)).cloned();
    match made {
        Some(procedure) => Ok(Found { compiled, procedure }),
        None => nothing_in(&compiled, &folder, &name, output),
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
fn nothing_in<T>(compiled: &Compiled, folder: &Folder, file: &str, output: &Output) -> Result<T, Failure> {
    let errors = check::errors_in(compiled, file);
    if errors.is_empty() {
        let said = output.pick(
            "In {file} steht kein Verfahren, das zu zeigen wäre.",
            "{file} holds no procedure that could be shown.",
        );
        return Err(said.replace("{file}", file).into());
    }
    check::wrong(&errors, compiled, folder, output)
}
