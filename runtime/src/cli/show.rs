use std::path::Path;

use amtsweg_dsl::diagnostic::line_and_column;
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::resolved;

use super::{Failure, check, words};
use crate::library::Folder;

/// Prints the procedures that a file makes as they are compiled, each line with where it stands.
pub(super) fn run(file: &Path, language: Language) -> Result<(), Failure> {
    let (folder, name) = check::file_in_folder(file, language)?;
    let sources = Folder::Path(folder).sources()?;
    let all = resolved(&sources, Regions::shipped());
    let made: Vec<_> = all.iter().filter(|one| one.file == name).collect();
    if made.is_empty() {
        let said = words::pick(
            language,
            "{file} beschreibt kein Verfahren. Geben Sie die Datei eines Antrags, einer Meldung, einer Information, einer Übernahme oder eines Portals an.",
            "{file} describes no procedure. Give the file of an application, a report, a topic, an adoption or a portal.",
        );
        return Err(said.replace("{file}", &name).into());
    }
    let mut text = String::new();
    for one in made {
        let place = |line: &amtsweg_dsl::OriginLine| {
            let (file, at) = line.origin.as_ref()?;
            Some(format!("{file}:{}", line_and_column(sources.text(file)?, *at).0))
        };
        let places: Vec<String> = one.lines.iter().map(|line| place(line).unwrap_or_default()).collect();
        let width = places.iter().map(|place| place.chars().count()).max().unwrap_or(0);
        text.push_str(&format!("# {}\n", one.path));
        for (line, place) in one.lines.iter().zip(places) {
            text.push_str(format!("{place:<width$} | {}", line.text).trim_end());
            text.push('\n');
        }
    }
    Ok(words::print(text.trim_end())?)
}
