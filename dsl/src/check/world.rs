//! Everything that was read: files by what they describe, texts in other languages, messages.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::adopt::Patchwork;
use super::names::path_key;
use super::offices::Offices;
use super::placeholders::area_in_german;
use super::record::Record;
use super::thing::Thing;
use super::units::Unit;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Authority, CodeList, Language, RichText, Text};
use crate::region::Regions;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, SourceFile, Sources, Span, unquote};

/// Texts in another language: by the place of the text.
pub(super) type Translation = BTreeMap<String, Vec<String>>;

/// A file of texts in another language.
pub(super) struct Translated {
    /// Which one.
    pub language: Language,
    /// The version that the texts belong to; 0 where there are none.
    pub version: u32,
    /// The texts.
    pub texts: Translation,
}

/// What a code list compiled to: the list, and the units of its columns.
pub(super) type CompiledList = (Arc<CodeList>, BTreeMap<String, Unit>);

/// Everything that was read.
pub(super) struct World<'a> {
    pub sources: &'a Sources,
    pub regions: &'a Regions,
    pub procedures: Vec<Thing>,
    pub templates: Vec<Thing>,
    /// Files that adopt a template.
    pub adoptions: Vec<Thing>,
    /// Texts of adopted procedures by the names that their messages carry.
    pub resolved: BTreeMap<String, Patchwork>,
    pub blocks: BTreeMap<String, Thing>,
    pub list_files: BTreeMap<String, Thing>,
    pub authority_files: Vec<Thing>,
    pub portals: Vec<Thing>,
    pub translations: BTreeMap<String, Vec<Translated>>,
    pub lists: BTreeMap<String, CompiledList>,
    pub authorities: BTreeMap<String, Authority>,
    /// Their tasks.
    pub offices: Offices,
    /// What names were found to mean, where somebody wants to know.
    pub record: Option<Record>,
    /// Names as authors write them, by their keys.
    pub spellings: BTreeMap<String, String>,
    /// Units of an author's own: nouns behind `in`.
    nouns: HashSet<String>,
    /// Blocks make too many questions: no further block is looked at by itself.
    pub overgrown: Cell<bool>,
    problems: RefCell<Problems>,
    /// What is said about translations, with the file that is translated.
    pub notes: RefCell<Vec<(String, Diagnostic)>>,
}

/// More messages of one file are counted only.
const MOST: usize = 200;

/// Messages, each once.
#[derive(Default)]
struct Problems {
    all: Vec<Diagnostic>,
    known: HashSet<Diagnostic>,
    /// What is said once in a file, and where it stands among all.
    once: HashMap<(String, Problem), usize>,
    /// By file: errors, and all messages.
    counts: HashMap<String, (usize, usize)>,
    /// Files about which nothing more is said.
    closed: HashSet<String>,
}

impl Problems {
    fn add(&mut self, message: Diagnostic) {
        let counts = self.counts.entry(message.file.clone()).or_default();
        if self.known.contains(&message) || self.closed.contains(&message.file) {
            return;
        }
        // The same cause further down the file is a further place of the first message.
        if said_once(&message.problem) {
            let cause = (message.file.clone(), message.problem.clone());
            if let Some(first) = self.once.get(&cause).and_then(|index| self.all.get_mut(*index)) {
                first.related.push((message.file, message.span));
                return;
            }
            if counts.1 < MOST {
                self.once.insert(cause, self.all.len());
            }
        }
        counts.1 += 1;
        if message.severity() == crate::diagnostic::Severity::Error {
            counts.0 += 1;
        }
        if counts.1 <= MOST {
            self.known.insert(message.clone());
            self.all.push(message);
        }
    }
}

impl<'a> World<'a> {
    /// Reads all files.
    pub fn read(sources: &'a Sources, regions: &'a Regions, record: Option<Record>) -> Self {
        let mut world = Self {
            sources,
            regions,
            procedures: Vec::new(),
            templates: Vec::new(),
            adoptions: Vec::new(),
            resolved: BTreeMap::new(),
            blocks: BTreeMap::new(),
            list_files: BTreeMap::new(),
            authority_files: Vec::new(),
            portals: Vec::new(),
            translations: BTreeMap::new(),
            lists: BTreeMap::new(),
            authorities: BTreeMap::new(),
            offices: Offices::default(),
            record,
            spellings: BTreeMap::new(),
            nouns: HashSet::new(),
            overgrown: Cell::default(),
            problems: RefCell::default(),
            notes: RefCell::default(),
        };
        let mut translations = Vec::new();
        for (file, source) in sources.iter().filter(|(file, _)| file.ends_with(".amt")) {
            let text = match source {
                SourceFile::Text(text) => text,
                SourceFile::WrongEncoding => {
                    world.say(Diagnostic::new(Problem::WrongEncoding, file, Span::default()));
                    continue;
                }
                SourceFile::TooLarge(size) => {
                    let problem = Problem::FileTooLarge { size: size.to_string() };
                    world.say(Diagnostic::new(problem, file, Span::default()));
                    continue;
                }
            };
            let (tree, problems) = crate::syntax::tree(file, text);
            problems.into_iter().for_each(|problem| world.say(problem));
            if let Some(record) = &mut world.record {
                record.languages.insert(file.to_owned(), tree.language);
            }
            for node in tree.roots {
                world.spell(&node);
                world.sort_in(file, tree.language, node, &mut translations);
            }
        }
        let all = world.procedures.iter().chain(world.blocks.values()).chain(world.list_files.values());
        for thing in all.chain(&world.portals).chain(&world.authority_files) {
            super::texts::look(&world, thing, thing.texts);
        }
        world.adopt();
        // An adoption is asked only for what the translation of its template does not have.
        translations.sort_by_key(|thing| !world.templates.iter().any(|template| template.key == thing.key));
        for thing in translations {
            world.translation(thing);
        }
        world
    }

    fn sort_in(&mut self, file: &str, language: Language, node: Node, translations: &mut Vec<Thing>) {
        let (folder, base) = file.rsplit_once('/').unwrap_or(("", file));
        let adopts = node.heading == Heading::Adopts;
        let name = if adopts { last_part(node.name_text()) } else { node.name_text() };
        let key = if folder.is_empty() { path_key(name) } else { format!("{}/{}", path_key(folder), path_key(name)) };
        let texts = texts_language(&node, language);
        let thing = Thing {
            file: file.to_owned(),
            folder: folder.to_owned(),
            key,
            language,
            texts,
            node,
            area: None,
            origin: None,
        };
        if let Some(record) = &mut self.record {
            record.things.push(thing.clone());
        }
        let heading = thing.node.heading;
        if thing.node.name.is_none() {
            let what = heading.spelling(language).to_owned();
            self.say(Diagnostic::new(Problem::MissingName { what }, file, thing.node.span));
            return;
        }
        let name = if adopts { last_part(thing.node.name_text()) } else { thing.node.name_text() };
        if let Some(problem) = super::names::check_name(name) {
            self.say(Diagnostic::new(problem, file, thing.node.name_span()));
        }
        let stem = base.split('.').next().unwrap_or(base);
        // Authorities may stand several in a file, and so may their translations.
        let several = heading == Heading::Authority || (heading == Heading::Translation && self.is_authority(&thing));
        if !several && !adopts && path_key(stem) != path_key(name) {
            let problem = Problem::FileNameDiffers { name: name.to_owned(), file: base.to_owned() };
            self.say(Diagnostic::new(problem, file, thing.node.name_span()));
        }
        let twice = |found: bool| found.then(|| Problem::NameTwice { name: thing.node.name_text().to_owned() });
        match heading {
            Heading::Block => {
                if let Some(problem) = twice(self.blocks.contains_key(&thing.key)) {
                    self.say(Diagnostic::new(problem, file, thing.node.name_span()));
                }
                self.blocks.insert(thing.key.clone(), thing);
            }
            Heading::List => {
                self.list_files.insert(thing.key.clone(), thing);
            }
            Heading::Authority => self.authority_files.push(thing),
            Heading::Portal => self.portals.push(thing),
            Heading::Translation => translations.push(thing),
            Heading::Adopts => self.adoptions.push(thing),
            _ => self.procedures.push(thing),
        }
    }

    fn is_authority(&self, thing: &Thing) -> bool {
        self.authority_files.iter().any(|other| other.key == thing.key)
    }

    /// Adds a message, once.
    pub fn say(&self, message: Diagnostic) {
        self.problems.borrow_mut().add(message);
    }

    /// Whether further messages of a file are counted only.
    pub fn is_full(&self, file: &str) -> bool {
        self.problems.borrow().counts.get(file).is_some_and(|counts| counts.1 > MOST)
    }

    /// From now on nothing more is said about a file that has errors: the rest follows from them.
    pub fn close_if_wrong(&self, file: &str) {
        if self.errors_in(file) > 0 {
            self.problems.borrow_mut().closed.insert(file.to_owned());
        }
    }

    /// How many errors stand in a file.
    pub fn errors_in(&self, file: &str) -> usize {
        self.problems.borrow().counts.get(file).map_or(0, |counts| counts.0)
    }

    /// All messages, in the order of files and places.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        for (translated, note) in self.notes.take() {
            // Where the translated file has errors, what its translation lacks may follow from them.
            if self.errors_in(&translated) == 0 {
                self.say(note);
            }
        }
        let Self { problems, resolved, sources, .. } = self;
        let Problems { mut all, counts, .. } = problems.into_inner();
        for (file, (_, count)) in counts.into_iter().filter(|(_, (_, count))| *count > MOST) {
            let last = all.iter().filter(|message| message.file == file).map(|message| message.span.start).max();
            let at = last.unwrap_or(0);
            let problem = Problem::MoreMessages { count: (count - MOST).to_string() };
            all.push(Diagnostic::new(problem, &file, Span::new(at, at)));
        }
        let mut all = super::adopt::at_origin(all, &resolved);
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

    /// A name as an author writes it, for its key.
    pub fn spelled(&self, key: &str) -> String {
        self.spellings.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// Whether a word stands behind `in` somewhere: an author's own unit.
    pub fn is_noun(&self, word: &str) -> bool {
        self.nouns.contains(word)
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
        self.blocks.contains_key(key) || self.list_files.contains_key(key)
    }

    /// The text of a file, or of a procedure that was put together.
    pub fn text_of(&self, file: &str) -> Option<&str> {
        self.resolved.get(file).map(Patchwork::text).or_else(|| self.sources.text(file))
    }

    /// Remembers how names are written.
    pub fn spell(&mut self, node: &Node) {
        let bullets = node.bullets.iter().filter_map(|bullet| bullet.text.split([' ', ',', '"', '„', '“']).next());
        for name in node.name.iter().map(|(name, _)| name.as_str()).chain(bullets) {
            let key = super::names::json_key(name);
            if key != name {
                self.spellings.insert(key, name.to_owned());
            }
        }
        if let Some(line) = node.key(Key::Kind).filter(|_| node.heading == Heading::Question) {
            let kind = line.value.split(", ").next().unwrap_or("");
            let unit = kind.split_once(" in ").map_or("", |(_, unit)| unit);
            self.nouns.extend(unit.split_whitespace().filter(|word| word.len() > 2).map(str::to_owned));
        }
        // The columns of a list, and its keys.
        let first = node.rows.iter().filter_map(|(cells, _)| cells.first());
        for cell in node.rows.first().into_iter().flat_map(|(cells, _)| cells).chain(first) {
            let key = super::names::json_key(&cell.text);
            if node.heading == Heading::List && key != cell.text {
                self.spellings.insert(key, cell.text.clone());
            }
        }
        // The words that a computed value can come to.
        if node.heading == Heading::Computed {
            for cell in node.rows.iter().filter_map(|(cells, _)| cells.last()) {
                let key = super::names::json_key(&cell.text);
                if key != cell.text && !cell.text.contains(' ') {
                    self.spellings.insert(key, cell.text.clone());
                }
            }
        }
        node.children.iter().for_each(|child| self.spell(child));
    }

    /// The unit of a column of a code list.
    pub fn fact_unit(&self, list: &str, column: &str) -> Unit {
        let found = self.lists.iter().find(|(key, _)| key.rsplit('/').next() == Some(list));
        found.and_then(|(_, (_, units))| units.get(column)).cloned().unwrap_or_default()
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
        let mut text = RichText(BTreeMap::from([(thing.texts, german(original))]));
        for (language, texts) in self.translated(thing, place) {
            text.0.insert(language, german(texts));
        }
        text
    }

    /// What translations say at a place: those of a template first, where its text was not changed.
    fn translated<'w>(&'w self, thing: &'w Thing, place: &'w str) -> impl Iterator<Item = (Language, &'w Vec<String>)> {
        let template = thing.origin.as_ref().filter(|origin| !origin.changed.contains(place));
        let template = template.into_iter().flat_map(|origin| self.translations_of(&origin.key, origin.version));
        let own = self.translations_of(&thing.key, super::translation::version_of(&thing.node).unwrap_or(0));
        template.chain(own).filter_map(move |one| Some((one.language, one.texts.get(place)?)))
    }

    /// The translations of a version; in a language that has none, those of other versions.
    pub fn translations_of(&self, key: &str, version: u32) -> impl Iterator<Item = &Translated> {
        let all = self.translations.get(key).map(Vec::as_slice).unwrap_or_default();
        let own = move |language| all.iter().any(|one| one.language == language && one.version == version);
        all.iter().filter(move |one| one.version == version || !own(one.language))
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

/// Whether a name is missing or misspelt: each place where it is used has the same cause.
fn said_once(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::UnknownName { .. }
            | Problem::UnknownOption { .. }
            | Problem::UnknownAuthority { .. }
            | Problem::UnknownPlace { .. }
            | Problem::UnknownEndPage { .. }
            | Problem::NotUsed { .. }
            | Problem::UnitUnknown { .. }
    )
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
pub(super) fn quoted_part(value: &str) -> Option<String> {
    let start = value.find(['"', '„', '“', '»', '«'])?;
    unquote(value.get(start..)?)
}
