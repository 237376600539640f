//! A file as it is read, by itself: what it describes, how it writes names, what is wrong in it.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::names::{json_key, path_key};
use super::thing::Thing;
use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{Node, SourceFile, Span};

/// A file that was read.
#[derive(Debug, Default)]
pub(super) struct FileRead {
    /// What it describes.
    pub things: Vec<Arc<Thing>>,
    /// The keyword language; absent where the file could not be read.
    pub language: Option<Language>,
    pub problems: Vec<Diagnostic>,
    /// Hints on its texts, which are said where the file has no errors.
    pub hints: Vec<Diagnostic>,
    pub spellings: Spellings,
}

/// How names are written.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// Names by their keys.
    pub names: Vec<(String, String)>,
    /// Units of an author's own: nouns behind `in`.
    pub nouns: HashSet<String>,
}

impl FileRead {
    pub fn new(file: &str, source: &SourceFile) -> Self {
        let mut read = Self::default();
        let text = match source {
            SourceFile::Text(text) => text,
            unread => {
                read.problems.push(Diagnostic::new(super::unread::problem(file, unread), file, Span::default()));
                return read;
            }
        };
        let (tree, problems) = crate::syntax::tree(file, text);
        read.problems = problems;
        read.language = Some(tree.language);
        let content = hash_of(&(file, text));
        for node in tree.roots {
            read.spellings.add(&node);
            let thing = thing(file, tree.language, node, content);
            // Adoptions and translations are looked at where it is known what they belong to.
            if !matches!(thing.node.heading, Heading::Adopts | Heading::Translation) && thing.node.name.is_some() {
                let (wrong, hints) = super::texts::look(&thing, thing.texts, text);
                read.problems.extend(wrong);
                read.hints.extend(hints);
            }
            read.things.push(Arc::new(thing));
        }
        read
    }
}

fn thing(file: &str, language: Language, node: Node, content: u64) -> Thing {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let adopts = node.heading == Heading::Adopts;
    let name = if adopts { super::world::last_part(node.name_text()) } else { node.name_text() };
    let key = if folder.is_empty() { path_key(name) } else { format!("{}/{}", path_key(folder), path_key(name)) };
    Thing {
        file: file.to_owned(),
        folder: folder.to_owned(),
        key,
        language,
        texts: super::world::texts_language(&node, language),
        node: Arc::new(node),
        area: None,
        origin: None,
        content,
    }
}

/// A number for a content; two contents do not have the same.
pub(super) fn hash_of(content: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

impl Spellings {
    /// Remembers how the names of a node and below are written.
    pub fn add(&mut self, node: &Node) {
        let bullets = node.bullets.iter().filter_map(|bullet| bullet.text.split([' ', ',', '"', '„', '“']).next());
        for name in node.name.iter().map(|(name, _)| name.as_str()).chain(bullets) {
            self.name(name);
        }
        if let Some(line) = node.key(Key::Kind).filter(|_| node.heading == Heading::Question) {
            let kind = line.value.split(", ").next().unwrap_or("");
            let unit = kind.split_once(" in ").map_or("", |(_, unit)| unit);
            self.nouns.extend(unit.split_whitespace().filter(|word| word.len() > 2).map(str::to_owned));
        }
        // The columns of a list, and its keys.
        if node.heading == Heading::List {
            let first = node.rows.iter().filter_map(|(cells, _)| cells.first());
            for cell in node.rows.first().into_iter().flat_map(|(cells, _)| cells).chain(first) {
                self.name(&cell.text);
            }
        }
        // The words that a computed value can come to.
        if node.heading == Heading::Computed {
            for cell in node.rows.iter().filter_map(|(cells, _)| cells.last()).filter(|cell| !cell.text.contains(' ')) {
                self.name(&cell.text);
            }
        }
        node.children.iter().for_each(|child| self.add(child));
    }

    fn name(&mut self, name: &str) {
        let key = json_key(name);
        if key != name {
            self.names.push((key, name.to_owned()));
        }
    }
}
