//! What a part of the work sees: everything that was read, and what it says about it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cases::Tested;
use super::known::{Known, Lookup};
use super::placeholders::area_in_german;
use super::problems::{Before, MOST, Problems, said_once};
use super::read::{FileRead, Spellings};
use super::record::{FoundNames, Record};
use super::tested::{Meant, Tests};
use super::thing::Thing;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Language, RichText, Text};
use crate::region::Regions;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, SourceFile, Sources, Span, unquote};

/// Texts in another language: by the place of the text.
pub(super) type Translation = BTreeMap<String, Vec<String>>;

/// A file of texts in another language.
#[derive(Debug)]
pub(super) struct Translated {
    /// Which one.
    pub language: Language,
    /// The version that the texts belong to; 0 where there are none.
    pub version: u32,
    /// The texts.
    pub texts: Translation,
    /// A number for the text of the file.
    pub content: u64,
}

/// What a part of the work sees and says.
pub(super) struct World<'a> {
    pub sources: &'a Sources,
    pub regions: &'a Regions,
    /// Everything that was read. A part of the work asks by the methods, which remember what was
    /// looked up.
    pub known: Arc<Known>,
    /// What names were found to mean, where somebody wants to know.
    pub record: Option<Record>,
    /// What is to be found out of examples, where somebody wants to know.
    pub tests: Option<Tests<'a>>,
    /// Blocks make too many questions: no further block is looked at by itself.
    pub overgrown: Cell<bool>,
    problems: RefCell<Problems>,
    /// What is said about translations, with the file that is translated.
    pub notes: RefCell<Vec<(String, Diagnostic)>>,
    /// What was looked up, where that is to be known.
    looked: Option<RefCell<BTreeSet<Lookup>>>,
}

/// What all parts of a stage of the work begin with.
pub(super) struct Stage<'a> {
    sources: &'a Sources,
    regions: &'a Regions,
    known: Arc<Known>,
    before: Arc<Before>,
    /// Whether somebody wants to know what names mean.
    pub records: bool,
    tests: Option<Meant<'a>>,
}

impl<'a> Stage<'a> {
    /// For a part of the work.
    pub fn part(&self) -> World<'a> {
        World {
            sources: self.sources,
            regions: self.regions,
            known: Arc::clone(&self.known),
            record: self.records.then(Record::default),
            tests: self.tests.map(Tests::new),
            overgrown: Cell::default(),
            problems: RefCell::new(Problems::after(&self.before)),
            notes: RefCell::default(),
            looked: Some(RefCell::default()),
        }
    }
}

/// What a part of the work has said and looked up.
#[derive(Debug, Default, Clone)]
pub(super) struct Said {
    pub problems: Vec<Diagnostic>,
    pub notes: Vec<(String, Diagnostic)>,
    /// What names were found to mean, where that was wanted.
    pub names: Option<FoundNames>,
    pub tests: Vec<Tested>,
    pub overgrown: bool,
    pub looked: BTreeSet<Lookup>,
}

impl<'a> World<'a> {
    /// Reads all files; `known_files` are those that were read before.
    pub fn read(
        sources: &'a Sources,
        regions: &'a Regions,
        record: Option<Record>,
        files: &mut BTreeMap<String, (SourceFile, Arc<FileRead>)>,
    ) -> Self {
        let mut world = Self {
            sources,
            regions,
            known: Arc::default(),
            record,
            tests: None,
            overgrown: Cell::default(),
            problems: RefCell::default(),
            notes: RefCell::default(),
            looked: None,
        };
        let wanted: Vec<(&str, &SourceFile)> = sources.iter().filter(|(file, _)| Sources::takes(file)).collect();
        let read: Vec<Arc<FileRead>> = wanted
            .par_iter()
            .map(|(file, source)| match files.get(*file) {
                Some((same, read)) if same == *source => Arc::clone(read),
                _ => Arc::new(FileRead::new(file, source)),
            })
            .collect();
        let mut translations = Vec::new();
        for ((file, _), read) in wanted.iter().zip(&read) {
            world.add_file(file, read, &mut translations);
        }
        *files = wanted
            .into_iter()
            .zip(read)
            .map(|((file, source), read)| match files.remove(file) {
                Some((same, old)) if Arc::ptr_eq(&old, &read) => (file.to_owned(), (same, old)),
                _ => (file.to_owned(), (source.clone(), read)),
            })
            .collect();
        world.adopt();
        // What is offered unchanged and has a translation of the town's own is there with it.
        let translated: BTreeSet<String> = translations.iter().map(|thing| thing.key.clone()).collect();
        world.offers(|key| translated.contains(key), &BTreeMap::new(), &BTreeMap::new());
        // An adoption is asked only for what the translation of its template does not have.
        translations.sort_by_key(|thing| !world.known.templates.iter().any(|template| template.key == thing.key));
        for thing in translations {
            if let Some(translated) = world.translation(&thing) {
                let all = world.known_mut().translations.entry(thing.key.clone()).or_default();
                all.push(Arc::new(translated));
            }
        }
        world
    }

    fn add_file(&mut self, file: &str, read: &FileRead, translations: &mut Vec<Arc<Thing>>) {
        for problem in &read.problems {
            self.say(problem.clone());
        }
        let hints = read.hints.iter().map(|hint| (file.to_owned(), hint.clone()));
        self.notes.borrow_mut().extend(hints);
        if let (Some(record), Some(language)) = (&mut self.record, read.language) {
            record.languages.insert(file.to_owned(), language);
        }
        self.spell(&read.spellings);
        for thing in &read.things {
            self.sort_in(thing, translations);
        }
    }

    /// What is known, to add to it.
    pub fn known_mut(&mut self) -> &mut Known {
        Arc::make_mut(&mut self.known)
    }

    /// From here the work goes on in parts.
    pub fn stage(&self) -> Stage<'a> {
        Stage {
            sources: self.sources,
            regions: self.regions,
            known: Arc::clone(&self.known),
            before: Arc::new(self.problems.borrow().so_far()),
            records: self.record.is_some(),
            tests: self.tests.as_ref().map(Tests::meant),
        }
    }

    /// What this part of the work has said.
    pub fn into_said(self) -> Said {
        Said {
            problems: self.problems.into_inner().into_parts().0,
            notes: self.notes.into_inner(),
            names: self.record.map(Record::into_found),
            tests: self.tests.map(Tests::into_found).unwrap_or_default(),
            overgrown: self.overgrown.get(),
            looked: self.looked.map(RefCell::into_inner).unwrap_or_default(),
        }
    }

    /// Says what a part of the work has said, and takes in what it found names to mean.
    pub fn take_over(&mut self, said: &mut Said) {
        for problem in &said.problems {
            self.say(problem.clone());
        }
        self.notes.borrow_mut().extend(said.notes.iter().cloned());
        self.overgrown.set(self.overgrown.get() || said.overgrown);
        if let (Some(record), Some(part)) = (&mut self.record, &said.names) {
            record.add(part);
        }
        if let Some(tests) = &self.tests {
            tests.add(std::mem::take(&mut said.tests));
        }
    }

    /// Remembers what a part of the work looks up.
    pub fn look_up(&self, lookup: impl FnOnce() -> Lookup) {
        if let Some(looked) = &self.looked {
            looked.borrow_mut().insert(lookup());
        }
    }

    fn sort_in(&mut self, thing: &Arc<Thing>, translations: &mut Vec<Arc<Thing>>) {
        let (file, language, heading) = (thing.file.as_str(), thing.language, thing.node.heading);
        if let Some(record) = &mut self.record {
            record.things.push(Arc::clone(thing));
        }
        if thing.node.name.is_none() {
            self.say(super::names::missing_name(&thing.node, heading.spelling(language), file));
            return;
        }
        let adopts = heading == Heading::Adopts;
        let name = if adopts { last_part(thing.node.name_text()) } else { thing.node.name_text() };
        if let Some(problem) = super::names::check_name(name) {
            self.say(Diagnostic::new(problem, file, thing.node.name_span()));
        }
        let base = last_part(file);
        let stem = base.split('.').next().unwrap_or(base);
        // Authorities may stand several in a file, and so may their translations.
        let several = heading == Heading::Authority || (heading == Heading::Translation && self.is_authority(thing));
        if !several && !adopts && super::names::path_key(stem) != super::names::path_key(name) {
            let right = super::numbering::right_name(thing, name, base);
            let problem = Problem::FileNameDiffers { name: name.to_owned(), file: base.to_owned(), right };
            self.say(Diagnostic::new(problem, file, thing.node.name_span()));
        }
        let thing = Arc::clone(thing);
        match heading {
            Heading::Block => {
                if self.known.blocks.contains_key(&thing.key) {
                    let problem = Problem::NameTwice { name: thing.node.name_text().to_owned() };
                    self.say(Diagnostic::new(problem, file, thing.node.name_span()));
                }
                let key = thing.key.clone();
                self.known_mut().blocks.insert(key, thing);
            }
            Heading::List => {
                let key = thing.key.clone();
                self.known_mut().list_files.insert(key, thing);
            }
            Heading::Authority => self.known_mut().authority_files.push(thing),
            Heading::Portal => self.known_mut().portals.push(thing),
            Heading::Translation => translations.push(thing),
            Heading::Adopts => self.known_mut().adoptions.push(thing),
            _ => self.known_mut().procedures.push(thing),
        }
    }

    fn is_authority(&self, thing: &Thing) -> bool {
        self.known.authority_files.iter().any(|other| other.key == thing.key)
    }

    /// Adds a message, once.
    pub fn say(&self, message: Diagnostic) {
        self.look_up(|| Lookup::Wrong(message.file.clone()));
        self.problems.borrow_mut().add(message);
    }

    /// Whether further messages of a file are counted only.
    pub fn is_full(&self, file: &str) -> bool {
        self.problems.borrow().count(file).1 > MOST
    }

    /// From now on nothing more is said about a file that has errors: the rest follows from them.
    pub fn close_if_wrong(&self, file: &str) {
        if self.errors_in(file) > 0 {
            self.problems.borrow_mut().close(file);
        }
    }

    /// How many errors stand in a file.
    pub fn errors_in(&self, file: &str) -> usize {
        self.look_up(|| Lookup::Wrong(file.to_owned()));
        self.problems.borrow().count(file).0
    }

    /// All messages, in the order of files and places.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        for (translated, note) in self.notes.take() {
            // Where the translated file has errors, what its translation lacks may follow from them.
            if self.errors_in(&translated) == 0 {
                self.say(note);
            }
        }
        let Self { problems, known, sources, .. } = self;
        let (mut all, counts) = problems.into_inner().into_parts();
        for (file, (_, count)) in counts.into_iter().filter(|(_, (_, count))| *count > MOST) {
            let last = all.iter().filter(|message| message.file == file).map(|message| message.span.start).max();
            let at = last.unwrap_or(0);
            let problem = Problem::MoreMessages { count: (count - MOST).to_string() };
            all.push(Diagnostic::new(problem, &file, Span::new(at, at)));
        }
        let mut all = super::adopt::at_origin(all, &known.resolved);
        // A line whose quotation mark was closed for it ends where it ends in the file.
        for message in &mut all {
            let text = sources.text(&message.file).unwrap_or("");
            message.span.end = text.floor_char_boundary(message.span.end);
            message.span.start = text.floor_char_boundary(message.span.start.min(message.span.end));
            let inside = |span: &Span| text.get(span.start..span.end).is_some();
            message.fix = message.fix.take().filter(|(span, _)| inside(span));
        }
        // The first place in the file is the one that is shown first.
        for message in all.iter_mut().filter(|message| said_once(&message.problem)) {
            let first =
                message.related.iter_mut().filter(|(file, _)| *file == message.file).min_by_key(|(_, span)| *span);
            if let Some((_, span)) = first
                && *span < message.span
            {
                let here = std::mem::replace(&mut message.span, *span);
                message.fix = message.fix.take().map(|(place, text)| (if place == here { *span } else { place }, text));
                *span = here;
            }
            message.related.sort_by_key(|(_, span)| *span);
        }
        all.sort_by(|a, b| (&a.file, a.span.start, a.severity()).cmp(&(&b.file, b.span.start, b.severity())));
        all
    }

    /// A name with folders as an author writes it.
    pub fn spelled_path(&self, path: &str) -> String {
        path.split('/').map(|part| self.spelled(part)).collect::<Vec<_>>().join("/")
    }

    /// A name with dots as an author writes it.
    pub fn spelled_answer(&self, name: &str) -> String {
        name.split('.').map(|part| self.spelled(part)).collect::<Vec<_>>().join(".")
    }

    /// Whether there is a block or a list of this key.
    pub fn used_exists(&self, key: &str) -> bool {
        self.used(key).is_some()
    }

    /// Remembers how names are written.
    pub fn spell(&mut self, spellings: &Spellings) {
        let known = self.known_mut();
        known.spellings.extend(spellings.names.iter().cloned());
        known.nouns.extend(spellings.nouns.iter().cloned());
    }

    /// A text of a thing in all its languages; `place` as [`place`] builds it.
    pub fn text(&self, thing: &Thing, place: &str, original: &str) -> Text {
        let mut text = Text::new(thing.texts, area_in_german(original));
        for (language, texts) in self.translated(thing, place) {
            if let Some(translated) = texts.first() {
                text.0.insert(language, area_in_german(translated));
            }
        }
        text
    }

    /// Paragraphs of a thing in all its languages.
    pub fn rich(&self, thing: &Thing, place: &str, original: &[String]) -> RichText {
        let german = |texts: &[String]| texts.iter().map(|text| area_in_german(text)).collect();
        let mut text = BTreeMap::from([(thing.texts, german(original))]);
        for (language, texts) in self.translated(thing, place) {
            text.insert(language, german(texts));
        }
        RichText(Arc::new(text))
    }

    /// What translations say at a place: those of a template first, where its text was not changed.
    fn translated<'w>(&'w self, thing: &'w Thing, place: &'w str) -> impl Iterator<Item = (Language, &'w Vec<String>)> {
        let template = thing.origin.as_ref().filter(|origin| !origin.changed.contains(place));
        let template = template.into_iter().flat_map(|origin| self.translations_of(&origin.key, origin.version));
        let own = self.translations_of(&thing.key, super::translation::version_of(&thing.node).unwrap_or(0));
        template.chain(own).filter_map(move |one| Some((one.language, one.texts.get(place)?)))
    }

    /// The paragraphs behind a key, in all languages.
    pub fn rich_key(&self, thing: &Thing, id: &str, node: &Node, key: Key) -> Option<RichText> {
        let line = node.key(key)?;
        let Some(texts) = paragraphs(line) else {
            if let Some(message) = no_text(line, &thing.file) {
                self.say(message);
            }
            return None;
        };
        Some(self.rich(thing, &place(id, key_role(key)), &texts))
    }
}

/// The paragraphs of a key line whose value is a text.
pub(super) fn paragraphs(line: &KeyLine) -> Option<Vec<String>> {
    let first = unquote(&line.value)?;
    Some(std::iter::once(first).chain(line.more.iter().cloned()).collect())
}

/// What is the matter with a value that should be a text; nothing where it is empty, which was said.
pub(super) fn no_text(line: &KeyLine, file: &str) -> Option<Diagnostic> {
    let value = line.value.trim();
    let quoted = value.contains(['"', '„', '“', '»', '«']);
    match (value.is_empty(), quoted) {
        (true, _) => None,
        (false, false) => Some(not_quoted(value, file, line.value_span)),
        (false, true) => {
            Some(Diagnostic::new(Problem::MissingText { what: format!("{}:", line.words) }, file, line.value_span))
        }
    }
}

/// The language of the texts of a file with these keywords.
pub(super) fn texts_language(node: &Node, language: Language) -> Language {
    match node.key(Key::Texts).and_then(|line| Fixed::find(&line.value)).map(|found| found.word) {
        Some(Fixed::English) => Language::English,
        Some(Fixed::EasyLanguage) => Language::Easy,
        Some(_) => Language::German,
        None if language == Language::English => Language::English,
        None => Language::German,
    }
}

/// `hund_anmelden` of `land/hund_anmelden`.
pub(super) fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A text that stands without quotation marks.
pub(super) fn not_quoted(text: &str, file: &str, span: Span) -> Diagnostic {
    let problem = Problem::TextNotQuoted { text: text.to_owned() };
    Diagnostic { fix: Some((span, format!("\"{text}\""))), ..Diagnostic::new(problem, file, span) }
}

/// The place of a node below another.
pub(super) fn node_id(parent: &str, node: &Node) -> String {
    format!("{parent}/{:?}:{}", node.heading, node.name_text())
}

/// The place of a text at a node.
pub(super) fn place(id: &str, role: &str) -> String {
    format!("{id}|{role}")
}

/// What the text behind a key is called in a place.
pub(super) fn key_role(key: Key) -> &'static str {
    key.spelling(Language::German)
}

/// The quoted text somewhere in a value.
pub(crate) fn quoted_part(value: &str) -> Option<String> {
    let start = value.find(['"', '„', '“', '»', '«'])?;
    unquote(value.get(start..)?)
}
