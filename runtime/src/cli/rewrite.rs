//! Files that a command writes anew: which ones, how they are read, and how they are written.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use amtsweg_dsl::model::Language;
use schemars::JsonSchema;
use serde::Serialize;

use super::exit::Exit;
use super::output::Output;
use super::{Failure, paths, words};

/// `fmt` and `translate`: what became of each text.
#[derive(Serialize, JsonSchema)]
pub(super) struct Rewritten {
    /// The texts, in the order in which they were named.
    pub texts: Vec<RewrittenText>,
}

/// What became of a text.
#[derive(Serialize, JsonSchema)]
pub(super) struct RewrittenText {
    /// The file; absent for the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// What became of it.
    pub became: Became,
    /// Why it, or some lines of it, was left as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The text that came of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Became {
    /// It was as it should be.
    Same,
    /// It was written anew.
    Changed,
    /// It would be written anew, but nothing was to be changed.
    WouldChange,
    /// It was left as it is: it says something that stands in the way.
    Left,
    /// It cannot be read or written.
    Unusable,
}

/// What is to become of a text.
pub(super) enum Next {
    /// This text.
    Write(String),
    /// Nothing is written; this is shown.
    Show(String),
    /// It stays as it is, for a reason.
    Leave(String),
    /// The same as inside, but for lines that stay as they are, for a reason.
    Partly(Box<Next>, String),
}

/// A file, or the input of the command.
enum Place {
    Input,
    File(PathBuf),
}

impl Place {
    /// How it is named to the author.
    fn name(&self, language: Language) -> String {
        match self {
            Self::Input => words::pick(language, "Eingabe", "input").to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    fn read(&self) -> io::Result<String> {
        match self {
            Self::Input => {
                let mut text = String::new();
                io::stdin().lock().read_to_string(&mut text)?;
                Ok(text)
            }
            Self::File(path) => std::fs::read_to_string(path),
        }
    }
}

/// Writes a file anew. It is exchanged as a whole: whoever reads it meanwhile sees the old text or
/// the new one, and after a power cut one of them is there.
fn exchange(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let path = path.canonicalize()?;
    let meta = std::fs::metadata(&path)?;
    if meta.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".amtsweg-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(meta.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Says for each text in turn what is to become of it, and does it. `next` is asked with the name of
/// the text and the text; `summary` is said at the end, with how many texts could be read and how many
/// were or would be changed, unless the output is a text.
pub(super) fn each(
    paths: &[PathBuf],
    output: &Output,
    mut next: impl FnMut(&str, &str) -> Next,
    summary: impl FnOnce(usize, usize) -> Option<String>,
) -> Result<(), Failure> {
    let language = output.language;
    let mut texts = Vec::new();
    let mut shown = String::new();
    let (mut written, mut incomplete) = (false, false);
    for place in places(paths, output)? {
        let name = place.name(language);
        let mut remark = None;
        let (became, reason, text) = match place.read() {
            Ok(text) => match whole(next(&name, &text), &mut remark) {
                Next::Write(new) => match place {
                    Place::Input => {
                        written = true;
                        let became = if new == text { Became::Same } else { Became::Changed };
                        (became, None, Some(new))
                    }
                    Place::File(_) if new == text => (Became::Same, None, None),
                    Place::File(ref path) => match exchange(path, &new) {
                        Ok(()) => (Became::Changed, None, None),
                        Err(error) => (Became::Unusable, Some(words::unwritable(language, path, &error)), None),
                    },
                },
                Next::Show(difference) if difference.is_empty() => (Became::Same, None, None),
                Next::Show(difference) => {
                    shown.push_str(&difference);
                    (Became::WouldChange, None, None)
                }
                Next::Leave(reason) | Next::Partly(_, reason) => {
                    (Became::Left, Some(format!("{name}: {reason}")), None)
                }
            },
            Err(error) => {
                let path = Path::new(&name);
                (Became::Unusable, Some(words::unreadable(language, path, &error)), None)
            }
        };
        // An editor takes what comes while somebody writes.
        incomplete |= remark.is_some() && matches!(place, Place::File(_));
        let reason = reason.or_else(|| remark.map(|remark| format!("{name}: {remark}")));
        match &reason {
            Some(reason) => output.note(reason),
            None if became == Became::Changed && text.is_none() => output.note(&name),
            None => {}
        }
        let file = if let Place::File(path) = place { Some(path) } else { None };
        texts.push(RewrittenText { file, became, reason, text });
    }
    let all = Rewritten { texts };
    if output.is_json() {
        output.json(&all)?;
    } else {
        let input = all.texts.iter().filter_map(|text| text.text.as_deref());
        put(&(shown + &input.collect::<String>()))?;
        let count = |of: &[Became]| all.texts.iter().filter(|text| of.contains(&text.became)).count();
        let (same, changed) = (count(&[Became::Same]), count(&[Became::Changed, Became::WouldChange]));
        if let Some(said) = summary(same + changed, changed).filter(|_| !written && same + changed > 0) {
            output.note(&said);
        }
    }
    let remarks = incomplete.then_some(Exit::NotInOrder);
    match all.texts.iter().map(|text| exit(text.became)).chain(remarks).max_by_key(|exit| exit.code()) {
        Some(exit) if exit != Exit::Fine => Err(Failure { exit, said: None }),
        _ => Ok(()),
    }
}

/// What is to become of the lines that can be read; why others stay goes into `remark`.
fn whole(next: Next, remark: &mut Option<String>) -> Next {
    match next {
        Next::Partly(inner, reason) => {
            *remark = Some(reason);
            *inner
        }
        next => next,
    }
}

fn exit(became: Became) -> Exit {
    match became {
        Became::Same | Became::Changed => Exit::Fine,
        Became::WouldChange | Became::Left => Exit::NotInOrder,
        Became::Unusable => Exit::Unusable,
    }
}

/// Writes a text to the output as it is. One who has stopped reading is no error.
fn put(text: &str) -> io::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// The files that are meant: of a folder all that end in `.amt`, however deep.
fn places(paths: &[PathBuf], output: &Output) -> Result<Vec<Place>, String> {
    let mut places = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            places.push(Place::Input);
        } else if path.is_dir() {
            let before = places.len();
            below(path, &mut places).map_err(|error| words::unreadable(output.language, path, &error))?;
            if places.len() == before {
                let said = output.pick(
                    "{path} enthält keine Dateien, die auf .amt enden.",
                    "{path} holds no files that end in .amt.",
                );
                return Err(said.replace("{path}", &path.display().to_string()));
            }
        } else if path.exists() {
            places.push(Place::File(path.clone()));
        } else {
            return Err(paths::missing(path, output));
        }
    }
    if places.iter().filter(|place| matches!(place, Place::Input)).count() > 1 {
        return Err(output.pick("„-“ geht nur einmal.", "“-” can be given once only.").to_owned());
    }
    Ok(places)
}

/// In the order of their names, without what begins with a dot and without following links to folders.
fn below(folder: &Path, places: &mut Vec<Place>) -> io::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            below(&path, places)?;
        } else if path.extension().is_some_and(|ending| ending == "amt") && path.is_file() {
            places.push(Place::File(path));
        }
    }
    Ok(())
}
