//! Another name for something, in all files that use it.

use std::collections::BTreeMap;

use super::{Analysis, Place, Sort, Symbol};
use crate::check::names::{check_name, json_key};
use crate::diagnostic::{Diagnostic, Severity, line_and_column};
use crate::model::Language;
use crate::syntax::keyword::Heading;
use crate::syntax::{Sources, Span};

/// What changes when something gets another name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renamed {
    /// What is written anew, by file, in the order of places.
    pub edits: BTreeMap<String, Vec<(Span, String)>>,
    /// Files that are called as what they describe: from, to.
    pub files: Vec<(String, String)>,
}

/// Why something does not get another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRenamed {
    /// Nothing at the place has a name that can be changed.
    Nothing,
    /// The name is not one: what the compiler says about it.
    Form(Box<Diagnostic>),
    /// The new name means something else already, or would from then on.
    Taken {
        /// The new name.
        name: String,
        /// Where it is taken, if known: file and line.
        place: Option<(String, usize)>,
    },
    /// After the change the compiler would report this.
    Wrong(Box<Diagnostic>),
}

impl NotRenamed {
    /// The sentence for the author.
    #[must_use]
    pub fn message(&self, reader: Language) -> String {
        let english = reader == Language::English;
        match self {
            Self::Nothing if english => "There is no name here that can be changed.".to_owned(),
            Self::Nothing => "Hier steht kein Name, der sich ändern lässt.".to_owned(),
            Self::Form(problem) => format!("{} {}", problem.message(reader), problem.help(reader)).trim().to_owned(),
            Self::Taken { name, place } => {
                let at = place.as_ref().map(|(file, line)| match english {
                    true => format!(" ({file}, line {line})"),
                    false => format!(" ({file}, Zeile {line})"),
                });
                let at = at.unwrap_or_default();
                if english {
                    format!("The name “{name}” is taken already{at}. Choose another one.")
                } else {
                    format!("Den Namen „{name}“ gibt es hier schon{at}. Wählen Sie einen anderen.")
                }
            }
            Self::Wrong(problem) if english => {
                format!("With this name something would no longer be right: {}", problem.message(reader))
            }
            Self::Wrong(problem) => {
                format!("Mit diesem Namen würde etwas nicht mehr stimmen: {}", problem.message(reader))
            }
        }
    }
}

impl Analysis<'_> {
    /// The name at a position that can be changed, and where it stands.
    #[must_use]
    pub fn renamable(&self, file: &str, offset: usize) -> Option<(Span, String)> {
        let (symbol, span) = self.symbol_at(file, offset)?;
        let text = self.sources.text(file)?.get(span.start..span.end)?;
        (changeable(symbol) && same(text, &symbol.name)).then(|| (span, symbol.name.clone()))
    }

    /// Gives what is named at a position another name, in all files.
    ///
    /// # Errors
    /// When there is nothing to rename, the name is none, or it is taken: the sentence says which.
    pub fn rename(&self, file: &str, offset: usize, name: &str) -> Result<Renamed, NotRenamed> {
        self.renamable(file, offset).ok_or(NotRenamed::Nothing)?;
        let (number, _, _) = self.index.at(file, offset).ok_or(NotRenamed::Nothing)?;
        let symbol = self.index.symbols.get(number).ok_or(NotRenamed::Nothing)?;
        let name = name.trim();
        if symbol.sort != Sort::ListValue
            && symbol.sort != Sort::Column
            && let Some(problem) = check_name(name)
        {
            return Err(NotRenamed::Form(Box::new(Diagnostic::new(problem, file, Span::default()))));
        }
        if name == symbol.name {
            return Ok(Renamed::default());
        }
        let versions = self.versions(number, symbol);
        let mut places: Vec<Place> = symbol.places.iter().chain(self.index.uses(number)).cloned().collect();
        for version in versions {
            places.extend(self.index.symbols.get(version).into_iter().flat_map(|version| version.places.clone()));
            places.extend(self.index.uses(version).iter().cloned());
        }
        if json_key(name) != json_key(&symbol.name)
            && let Some(other) = self.taken(symbol, name)
        {
            return Err(NotRenamed::Taken { name: name.to_owned(), place: Some(self.line_of(&other)) });
        }
        let mut renamed = Renamed::default();
        for place in places {
            let written = self.sources.text(&place.file).and_then(|text| text.get(place.span.start..place.span.end));
            // An option may be chosen by its label, which stays.
            if written.is_some_and(|written| same(written, &symbol.name)) {
                renamed.edits.entry(place.file).or_default().push((place.span, name.to_owned()));
            }
        }
        for edits in renamed.edits.values_mut() {
            edits.sort();
            edits.dedup();
        }
        renamed.files = self.files_called(symbol, name, &renamed);
        self.still_right(number, name, &renamed)?;
        Ok(renamed)
    }

    /// The other versions of a procedure: they have one name.
    fn versions(&self, number: usize, symbol: &Symbol) -> Vec<usize> {
        let procedure = |sort| matches!(sort, Sort::Heading(Heading::Application | Heading::Report | Heading::Topic));
        let same = |other: &Symbol| {
            procedure(other.sort)
                && folder(other.file()) == folder(symbol.file())
                && json_key(&other.name) == json_key(&symbol.name)
        };
        let all = self.index.symbols.iter().enumerate().filter(|_| procedure(symbol.sort));
        all.filter(|(other, version)| *other != number && same(version)).map(|(other, _)| other).collect()
    }

    /// Something beside a symbol that has the name already.
    fn taken(&self, symbol: &Symbol, name: &str) -> Option<Place> {
        let key = json_key(name);
        let other = self.index.symbols.iter().find(|other| {
            let near = match symbol.sort {
                Sort::Heading(heading) if at_top(heading) => {
                    matches!(other.sort, Sort::Heading(sort) if at_top(sort))
                        && folder(other.file()) == folder(symbol.file())
                }
                Sort::Heading(_) => {
                    other.parent == symbol.parent && matches!(other.sort, Sort::Heading(sort) if !at_top(sort))
                }
                sort => other.parent == symbol.parent && other.sort == sort,
            };
            near && json_key(&other.name) == key
        })?;
        other.places.first().cloned()
    }

    fn line_of(&self, place: &Place) -> (String, usize) {
        let text = self.sources.text(&place.file).unwrap_or("");
        (place.file.clone(), line_and_column(text, place.span.start).0)
    }

    /// The files that carry the name of a symbol: of what it names, of its translations, and of what
    /// adopts it.
    fn files_called(&self, symbol: &Symbol, name: &str, renamed: &Renamed) -> Vec<(String, String)> {
        let Sort::Heading(heading) = symbol.sort else { return Vec::new() };
        if !at_top(heading) || heading == Heading::Authority {
            return Vec::new();
        }
        // Those at whose beginning the name changes.
        let called = |file: &str, edits: &[(Span, String)]| {
            let ends = self.record.of_file(file).iter().map(|thing| thing.node.name_span().end);
            ends.into_iter().any(|end| edits.iter().any(|(span, _)| span.end == end))
        };
        let files = renamed.edits.iter().filter(|(file, edits)| called(file, edits)).map(|(file, _)| file.as_str());
        files
            .filter_map(|file| {
                let base = file.rsplit('/').next()?;
                let (stem, ending) = base.split_once('.')?;
                // A name keeps its letters where the file has them spelled out.
                let new = if same(stem, &symbol.name) { name.to_owned() } else { json_key(name) };
                let to = file.strip_suffix(base)?;
                (json_key(stem) == json_key(&symbol.name)).then(|| (file.to_owned(), format!("{to}{new}.{ending}")))
            })
            .collect()
    }

    /// Compiles what a change makes of the texts: nothing new may be wrong, and every use must
    /// still mean the same thing.
    fn still_right(&self, number: usize, name: &str, renamed: &Renamed) -> Result<(), NotRenamed> {
        let Some(symbol) = self.index.symbols.get(number) else { return Ok(()) };
        let mut sources = Sources::new();
        for (file, _) in self.sources.iter() {
            let Some(text) = self.sources.text(file) else { continue };
            let text = match renamed.edits.get(file) {
                Some(edits) => edited(text, edits),
                None => text.to_owned(),
            };
            let to = renamed.files.iter().find(|(from, _)| from == file).map_or(file, |(_, to)| to);
            // The path is one that was accepted, but for its last part.
            if sources.add(to, text.as_bytes()).is_err() {
                return Err(NotRenamed::Nothing);
            }
        }
        let after = self.of_others(sources);
        let moved = |file: &str| {
            let to = renamed.files.iter().find(|(from, _)| from == file).map(|(_, to)| to.clone());
            to.unwrap_or_else(|| file.to_owned())
        };
        let place = symbol
            .places
            .first()
            .map(|place| Place { file: moved(&place.file), span: shifted(place.span, renamed.edits.get(&place.file)) });
        let found = place.and_then(|place| after.index.at(&place.file, place.span.start)).map(|(found, ..)| found);
        let meant = found.map_or(0, |found| after.index.uses(found).len());
        let errors = |problem: &&Diagnostic| problem.severity() == Severity::Error;
        if after.diagnostics.iter().filter(errors).count() > self.diagnostics.iter().filter(errors).count() {
            let known = |new: &Diagnostic| {
                self.diagnostics.iter().any(|old| moved(&old.file) == new.file && old.problem == new.problem)
            };
            if let Some(new) = after.diagnostics.iter().filter(errors).find(|new| !known(new)) {
                return Err(NotRenamed::Wrong(Box::new(new.clone())));
            }
        }
        if meant != self.index.uses(number).len() {
            return Err(NotRenamed::Taken { name: name.to_owned(), place: None });
        }
        Ok(())
    }
}

/// The folder of a file.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a heading introduces what a whole file describes.
fn at_top(heading: Heading) -> bool {
    matches!(
        heading,
        Heading::Application
            | Heading::Report
            | Heading::Topic
            | Heading::Block
            | Heading::List
            | Heading::Authority
            | Heading::Portal
    )
}

fn changeable(symbol: &Symbol) -> bool {
    !symbol.name.is_empty()
}

/// Whether a name is written there: perhaps with other letters for the same (ä, ae).
fn same(written: &str, name: &str) -> bool {
    json_key(written.trim()) == json_key(name)
}

/// A text after changes that are in the order of places.
#[must_use]
pub(super) fn edited(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        out.push_str(text.get(at..span.start).unwrap_or(""));
        out.push_str(new);
        at = span.end;
    }
    out + text.get(at..).unwrap_or("")
}

/// Where a place is after changes that are in the order of places.
fn shifted(span: Span, edits: Option<&Vec<(Span, String)>>) -> Span {
    let mut start = span.start;
    for (place, new) in edits.into_iter().flatten().filter(|(place, _)| place.end <= span.start) {
        start = (start + new.len()).saturating_sub(place.end - place.start);
    }
    Span::new(start, start + span.end - span.start)
}
