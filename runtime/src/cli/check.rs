use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::Language;

use super::{Failure, folder, render, today, words};
use crate::library::{Compiled, Folder, compile_folder};

/// Checks a folder; of a file or a part of a folder only what is said about that.
pub(super) fn run(path: Option<PathBuf>, language: Language) -> Result<(), Failure> {
    if let Some(missing) = path.as_ref().filter(|path| !path.exists()) {
        let said = words::pick(language, "{path} gibt es nicht.", "There is no {path}.");
        return Err(said.replace("{path}", &missing.display().to_string()).into());
    }
    let (folder, only) = match path {
        // A file, or a folder inside of one of forms: with everything that it may name.
        Some(part) if part.is_file() || home_of(&part)?.1.is_some() => {
            let (folder, name) = home_of(&part)?;
            (Folder::Path(folder), name)
        }
        other => (folder(other.as_ref()), None),
    };
    let compiled = compile_folder(&folder, today())?;
    let meant = |file: &str| only.as_ref().is_none_or(|only| Path::new(file).starts_with(only));
    let about: Vec<&Diagnostic> = compiled.diagnostics.iter().filter(|found| meant(&found.file)).collect();
    say(&about, &compiled, language)?;
    let known = compiled.sources.iter().filter(|(file, _)| meant(file)).count();
    let said = match only.as_deref() {
        Some(only) => words::pick(language, "Geprüft: {only} in {folder}", "Checked: {only} in {folder}")
            .replace("{only}", &only.display().to_string()),
        None => words::pick(language, "Geprüft: {n} Dateien in {folder}", "Checked: {n} files in {folder}")
            .replace("{n}", &known.to_string()),
    };
    words::print(&said.replace("{folder}", &words::folder(language, &folder)))?;
    if known == 0 {
        let empty =
            words::pick(language, "enthält keine Dateien, die auf .amt enden.", "holds no files that end in .amt.");
        return Err(format!("{} {empty}", words::folder(language, &folder)).into());
    }
    if about.iter().any(|found| found.severity() == Severity::Error) { Err(Failure(None)) } else { Ok(()) }
}

/// Writes messages to the output, the counts in the last line.
pub(super) fn say(about: &[&Diagnostic], compiled: &Compiled, language: Language) -> std::io::Result<()> {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = render::all(about, &compiled.sources, language, colours);
    words::print(&text)
}

/// The folder of forms that a file lies in, and its name from there.
pub(super) fn file_in_folder(file: &Path, language: Language) -> Result<(PathBuf, String), Failure> {
    if !file.is_file() {
        let said = words::pick(language, "Die Datei {path} gibt es nicht.", "There is no file {path}.");
        return Err(said.replace("{path}", &file.display().to_string()).into());
    }
    let (folder, name) = home_of(file)?;
    let name = name.map(|name| name.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    Ok((folder, name))
}

/// The folder of forms that a file or folder lies in or is, and its path from there: the nearest
/// one that is called `forms`, else the one that a file stands in. A folder of forms itself has no
/// path.
pub(super) fn home_of(part: &Path) -> std::io::Result<(PathBuf, Option<PathBuf>)> {
    let part = part.canonicalize()?;
    let forms = part.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "forms"));
    let home = match forms.or_else(|| part.parent().filter(|_| part.is_file())) {
        Some(home) => home.to_owned(),
        None => return Ok((part, None)),
    };
    let name = part.strip_prefix(&home).ok().filter(|name| !name.as_os_str().is_empty()).map(Path::to_owned);
    Ok((home, name))
}
