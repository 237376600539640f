use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};

use super::args::Home;
use super::output::Output;
use super::report::Checked;
use super::{Failure, paths, render, today, words};
use crate::library::{Compiled, Folder, compile_folder};

/// Checks a folder; of a file or a part of a folder only what is said about that.
pub(super) fn run(path: Option<PathBuf>, home: &Home, output: &Output) -> Result<(), Failure> {
    let (folder, only) = meant(path, home, output)?;
    let compiled = compile(&folder, output)?;
    let meant = |file: &str| only.as_ref().is_none_or(|only| Path::new(file).starts_with(only));
    let about: Vec<&Diagnostic> = compiled.diagnostics.iter().filter(|found| meant(&found.file)).collect();
    let checked = Checked::new(&about, &compiled, &folder, only.as_deref(), output.language);
    if checked.files == 0 {
        return Err(nothing_to_check(&folder, only.as_deref(), output).into());
    }
    output
        .result(&checked, || format!("{}\n{}", text(&about, &compiled, output), told(&checked, &compiled, output)))?;
    if checked.errors > 0 { Err(Failure::NOT_IN_ORDER) } else { Ok(()) }
}

/// The folder of forms, and the file or part of it that alone is meant: with everything that it may name.
pub(super) fn meant(path: Option<PathBuf>, home: &Home, output: &Output) -> Result<(Folder, Option<PathBuf>), Failure> {
    let Some(part) = path else { return Ok((paths::folder(home.folder.as_ref(), output)?, None)) };
    if !part.exists() {
        return Err(paths::missing(&part, output).into());
    }
    let (folder, name) = paths::home_of(&part, home.folder.as_ref(), output)?;
    // The folder itself is called as its reader calls it.
    let folder = if name.is_none() { part } else { folder };
    Ok((Folder::Path(folder), name))
}

fn nothing_to_check(folder: &Folder, only: Option<&Path>, output: &Output) -> String {
    let folder = words::folder(output.language, folder);
    match only {
        Some(only) if Path::new(&folder).join(only).is_file() => output
            .pick("{only} endet nicht auf .amt und wird nicht gelesen.", "{only} does not end in .amt and is not read.")
            .replace("{only}", &only.display().to_string()),
        Some(only) => empty(&Path::new(&folder).join(only).display().to_string(), output),
        None => empty(&folder, output),
    }
}

/// Says that a folder holds nothing to read.
pub(super) fn empty(folder: &str, output: &Output) -> String {
    let said =
        output.pick("In {folder} liegt keine Datei, die auf .amt endet.", "{folder} holds no file that ends in .amt.");
    said.replace("{folder}", folder)
}

/// What was checked, and what went along with it.
fn told(checked: &Checked, compiled: &Compiled, output: &Output) -> String {
    let folder = match &checked.folder {
        Some(folder) => folder.display().to_string(),
        None => words::folder(output.language, &Folder::BuiltIn),
    };
    let all = compiled.sources.iter().count();
    let said = match checked.only.as_deref() {
        Some(only) if checked.files < all => output
            .pick(
                "Geprüft: {only}, zusammen mit den anderen Dateien in {folder} ({others})",
                "Checked: {only}, together with the other files in {folder} ({others})",
            )
            .replace("{only}", &only.display().to_string())
            .replace("{others}", &(all - checked.files).to_string()),
        Some(only) => output
            .pick("Geprüft: {only} in {folder}", "Checked: {only} in {folder}")
            .replace("{only}", &only.display().to_string()),
        None if checked.files == 1 => {
            output.pick("Geprüft: 1 Datei in {folder}", "Checked: 1 file in {folder}").to_owned()
        }
        None => output
            .pick("Geprüft: {n} Dateien in {folder}", "Checked: {n} files in {folder}")
            .replace("{n}", &checked.files.to_string()),
    };
    said.replace("{folder}", &folder)
}

/// Reads and compiles a folder; what stands in the way is said in the reader's language.
pub(super) fn compile(folder: &Folder, output: &Output) -> Result<Compiled, Failure> {
    Ok(compile_folder(folder, today()).map_err(|error| error.message(output.language))?)
}

/// Says what is wrong in texts that a command needs, as `check` does.
pub(super) fn wrong<T>(
    about: &[&Diagnostic],
    compiled: &Compiled,
    folder: &Folder,
    output: &Output,
) -> Result<T, Failure> {
    let checked = Checked::new(about, compiled, folder, None, output.language);
    output.result(&checked, || text(about, compiled, output))?;
    Err(Failure::NOT_IN_ORDER)
}

/// Messages with their lines, the counts in the last line.
pub(super) fn text(about: &[&Diagnostic], compiled: &Compiled, output: &Output) -> String {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    render::all(about, &compiled.sources, output.language, colours)
}

/// Messages that are errors, of one file.
pub(super) fn errors_in<'c>(compiled: &'c Compiled, file: &str) -> Vec<&'c Diagnostic> {
    let all = compiled.diagnostics.iter();
    all.filter(|found| found.severity() == Severity::Error && found.file == file).collect()
}
