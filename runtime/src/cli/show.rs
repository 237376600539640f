use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::line_and_column;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_dsl::{OriginLine, resolved};
use schemars::JsonSchema;
use serde::Serialize;

use super::args::Home;
use super::output::Output;
use super::{Failure, check, paths};
use crate::library::Folder;

/// `show`: the procedures that a file makes, as they are compiled.
#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    /// The folder of forms.
    pub folder: PathBuf,
    /// The file in it.
    pub file: String,
    /// Its procedures.
    pub procedures: Vec<ShownProcedure>,
}

/// A procedure as it is compiled.
#[derive(Serialize, JsonSchema)]
pub(super) struct ShownProcedure {
    /// Folder and name: `stadt/norderstedt/hund_anmelden`.
    pub path: String,
    /// Its lines.
    pub lines: Vec<ShownLine>,
}

/// A line of a procedure as it is compiled.
#[derive(Serialize, JsonSchema)]
pub(super) struct ShownLine {
    /// The line.
    pub text: String,
    /// The file that it comes from; absent for a line that stands nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The number of the line there, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// Prints the procedures that a file makes as they are compiled, each line with where it stands.
pub(super) fn run(file: &Path, home: &Home, output: &Output) -> Result<(), Failure> {
    let (folder, name) = paths::file_in_folder(file, home.folder.as_ref(), output)?;
    let sources = Folder::Path(folder.clone()).sources().map_err(|error| error.message(output.language))?;
    let procedures: Vec<ShownProcedure> = resolved(&sources, Regions::shipped())
        .into_iter()
        .filter(|one| one.file == name)
        .map(|one| ShownProcedure {
            path: one.path,
            lines: one.lines.iter().map(|line| shown(line, &sources)).collect(),
        })
        .collect();
    if procedures.is_empty() {
        let folder = Folder::Path(folder);
        let compiled = check::compile(&folder, output)?;
        let errors = check::errors_in(&compiled, &name);
        if !errors.is_empty() {
            return check::wrong(&errors, &compiled, &folder, output);
        }
        let said = output.pick(
            "{file} beschreibt kein Verfahren. Geben Sie die Datei eines Antrags, einer Meldung, einer Information, einer Übernahme oder eines Portals an.",
            "{file} describes no procedure. Give the file of an application, a report, a topic, an adoption or a portal.",
        );
        return Err(said.replace("{file}", &name).into());
    }
    let all = Shown { folder, file: name, procedures };
    output.result(&all, || text(&all))
}

fn shown(line: &OriginLine, sources: &Sources) -> ShownLine {
    let place = line.origin.as_ref().and_then(|(file, at)| {
        let (number, _) = line_and_column(sources.text(file)?, *at);
        Some((file.clone(), number))
    });
    let (file, number) = place.unzip();
    ShownLine { text: line.text.clone(), file, line: number }
}

fn text(all: &Shown) -> String {
    let mut text = String::new();
    for one in &all.procedures {
        let place = |line: &ShownLine| match (&line.file, line.line) {
            (Some(file), Some(number)) => format!("{file}:{number}"),
            _ => String::new(),
        };
        let places: Vec<String> = one.lines.iter().map(place).collect();
        let width = places.iter().map(|place| place.chars().count()).max().unwrap_or(0);
        text.push_str(&format!("# {}\n", one.path));
        for (line, place) in one.lines.iter().zip(places) {
            text.push_str(format!("{place:<width$} | {}", line.text).trim_end());
            text.push('\n');
        }
    }
    text
}
