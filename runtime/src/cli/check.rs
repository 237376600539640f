use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::Language;

use super::{Failure, folder, render, today, words};
use crate::library::{Compiled, Folder, compile_folder};

/// Checks a folder; of a file only what is said about that file.
pub(super) fn run(path: Option<PathBuf>, language: Language) -> Result<(), Failure> {
    let (folder, only) = match path {
        Some(file) if file.is_file() => {
            let (folder, name) = home_of(&file)?;
            (Folder::Path(folder), Some(name))
        }
        other => (folder(other.as_ref()), None),
    };
    let compiled = compile_folder(&folder, today())?;
    let about: Vec<&Diagnostic> =
        compiled.diagnostics.iter().filter(|found| only.as_ref().is_none_or(|file| *file == found.file)).collect();
    say(&about, &compiled, language)?;
    let known = compiled.sources.iter().count();
    if known == 0 {
        let empty =
            words::pick(language, "enthält keine Dateien, die auf .amt enden.", "holds no files that end in .amt.");
        return Err(format!("{folder} {empty}").into());
    }
    if about.iter().any(|found| found.severity() == Severity::Error) { Err(Failure(None)) } else { Ok(()) }
}

/// Writes messages to the output, the counts in the last line.
pub(super) fn say(about: &[&Diagnostic], compiled: &Compiled, language: Language) -> std::io::Result<()> {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = render::all(about, &compiled.sources, language, colours);
    words::print(&text)
}

/// The folder of forms that a file lies in, and its path from there: the nearest one above that
/// is called `forms`, else the one it stands in.
fn home_of(file: &Path) -> std::io::Result<(PathBuf, String)> {
    let file = file.canonicalize()?;
    let above = file.ancestors().skip(1);
    let home = above
        .clone()
        .find(|folder| folder.file_name().is_some_and(|name| name == "forms"))
        .or_else(|| file.parent())
        .unwrap_or(&file)
        .to_owned();
    let name = file.strip_prefix(&home).unwrap_or(&file).to_string_lossy().replace('\\', "/");
    Ok((home, name))
}
