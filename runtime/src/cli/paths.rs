//! The files and folders that a command is about.

use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::closest;

use super::output::Output;
use super::words;
use crate::library::Folder;
use crate::links::slug;

/// The folder that was named, else `./forms`, else the built-in catalogue.
pub(super) fn folder(named: Option<&PathBuf>, output: &Output) -> Result<Folder, String> {
    let usual = PathBuf::from("forms");
    match named {
        Some(path) if path.is_dir() => Ok(Folder::Path(path.clone())),
        Some(path) => Err(missing(path, output)),
        None if usual.is_dir() => Ok(Folder::Path(usual)),
        None => Ok(Folder::BuiltIn),
    }
}

/// The folder of forms that a file belongs to, and its name from there.
pub(super) fn file_in_folder(
    file: &Path,
    within: Option<&PathBuf>,
    output: &Output,
) -> Result<(PathBuf, String), String> {
    if !file.is_file() {
        return Err(missing(file, output));
    }
    let (folder, name) = home_of(file, within, output)?;
    let name = name.map(|name| name.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    Ok((folder, name))
}

/// The folder of forms that a file or folder lies in or is, and its path from there: the one that
/// is named, else the nearest one that is called `forms`, else the one that a file stands in. A
/// folder of forms itself has no path.
pub(super) fn home_of(
    part: &Path,
    within: Option<&PathBuf>,
    output: &Output,
) -> Result<(PathBuf, Option<PathBuf>), String> {
    let real = |path: &Path| {
        path.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => missing(path, output),
            _ => words::unreadable(output.language, path, &error),
        })
    };
    let whole = real(part)?;
    let forms = match within {
        Some(folder) => {
            let folder = real(folder)?;
            if !whole.starts_with(&folder) {
                let said = output.pick("{part} liegt nicht in {folder}.", "{part} does not lie in {folder}.");
                let said = said.replace("{part}", &part.display().to_string());
                return Err(said.replace("{folder}", &folder.display().to_string()));
            }
            Some(folder)
        }
        None => forms_around(&whole).or_else(|| whole.parent().filter(|_| whole.is_file())).map(Path::to_owned),
    };
    let Some(home) = forms else { return Ok((whole, None)) };
    let name = whole.strip_prefix(&home).ok().filter(|name| !name.as_os_str().is_empty()).map(Path::to_owned);
    Ok((home, name))
}

/// The nearest folder that is called `forms`, from a path on upwards.
pub(super) fn forms_around(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "forms"))
}

/// Says that there is no such file or folder, or that it is the other of the two, and which one
/// may be meant.
pub(super) fn missing(path: &Path, output: &Output) -> String {
    let shown = path.display().to_string();
    if path.is_dir() {
        let said = output
            .pick("{path} ist ein Ordner. Nennen Sie eine Datei darin.", "{path} is a folder. Name a file in it.");
        return said.replace("{path}", &shown);
    }
    if path.is_file() {
        let said = output.pick(
            "{path} ist eine Datei. Nennen Sie den Ordner, in dem sie liegt.",
            "{path} is a file. Name the folder that it lies in.",
        );
        return said.replace("{path}", &shown);
    }
    let said = output.pick("{path} gibt es nicht.", "There is no {path}.").replace("{path}", &shown);
    let called = files_called(path);
    if !called.is_empty() {
        let question = output.pick("Nennen Sie die Datei: {all}.", "Name the file: {all}.");
        return format!("{said} {}", question.replace("{all}", &called.join(output.pick(" oder ", " or "))));
    }
    match near(path) {
        Some(meant) => {
            let question = output.pick("Meinten Sie {meant}?", "Did you mean {meant}?");
            format!("{said} {}", question.replace("{meant}", &meant.display().to_string()))
        }
        None => said,
    }
}

/// The files of the procedure that is called like this, in the folder `forms`: a few.
fn files_called(name: &Path) -> Vec<String> {
    const MOST: usize = 6;
    let Some(name) = name.to_str().filter(|name| !name.contains(['/', '\\', '.'])) else { return Vec::new() };
    let Ok(sources) = Folder::Path(PathBuf::from("forms")).sources() else { return Vec::new() };
    let is_it = |file: &str| {
        let last = file.rsplit('/').next().unwrap_or(file);
        last.split('.').next().is_some_and(|own| slug(own) == slug(&name.to_lowercase()))
    };
    sources
        .iter()
        .map(|(file, _)| file)
        .filter(|file| is_it(file))
        .take(MOST)
        .map(|file| format!("forms/{file}"))
        .collect()
}

/// A path that exists and is nearly the one that was named: part by part, and also with the
/// ending that was left out.
fn near(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for part in path.components() {
        let next = found.join(part);
        if next.exists() {
            found = next;
            continue;
        }
        let wanted = part.as_os_str().to_string_lossy().into_owned();
        let here = if found.as_os_str().is_empty() { Path::new(".") } else { &found };
        let names: Vec<String> = std::fs::read_dir(here)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| !name.starts_with('.'))
            .collect();
        let whole = format!("{wanted}.amt");
        let meant = if names.contains(&whole) {
            whole
        } else {
            closest(&wanted, names.iter().map(String::as_str))
                .or_else(|| closest(&whole, names.iter().map(String::as_str)))?
        };
        found.push(meant);
    }
    found.exists().then_some(found)
}
