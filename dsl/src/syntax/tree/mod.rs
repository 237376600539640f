//! Lines folded into blocks by the depth of their headings.

mod fold;
mod habits;
mod heading;
mod meant;
mod places;
mod slips;

pub use fold::tree;
pub(crate) use fold::tree_of_pieces;
pub(crate) use meant::says_required;
pub(crate) use places::keys as keys_under;
pub(crate) use places::{REPEATABLE, depth, fits, keys, takes_options, takes_table};
pub(crate) use slips::proper;

use super::Span;
use super::keyword::{Heading, Key};
use super::line::TableCell;
use crate::model::Language;

/// A file as a tree.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The keyword language.
    pub language: Language,
    /// What the file describes; several only for authorities.
    pub roots: Vec<Node>,
}

/// A heading with what belongs to it.
#[derive(Debug, Clone)]
pub struct Node {
    /// The heading word.
    pub heading: Heading,
    /// In an adoption: the heading that is replaced, added to or dropped (`ersetzt Frage rasse`).
    pub target: Option<Heading>,
    /// Where the whole heading stands.
    pub span: Span,
    /// The name behind it.
    pub name: Option<(String, Span)>,
    /// The name as it is written, where that can be no name and `name` is what was meant.
    pub written: Option<String>,
    /// The text behind it.
    pub title: Option<(String, Span)>,
    /// What stands behind `=`.
    pub definition: Option<(String, Span)>,
    /// What follows after commas.
    pub items: Vec<(String, Span)>,
    /// Key lines.
    pub keys: Vec<KeyLine>,
    /// List lines.
    pub bullets: Vec<Bullet>,
    /// Lines of a table.
    pub rows: Vec<(Vec<TableCell>, Span)>,
    /// Text lines that continue the heading's own text.
    pub texts: Vec<String>,
    /// Blocks below it.
    pub children: Vec<Node>,
}

/// A key line.
#[derive(Debug, Clone)]
pub struct KeyLine {
    /// The key; `None` in an example: the line is an answer.
    pub key: Option<Key>,
    /// The words before the colon.
    pub words: String,
    /// Where they stand.
    pub key_span: Span,
    /// What stands behind the colon.
    pub value: String,
    /// Where that stands.
    pub value_span: Span,
    /// Text lines below that continue it.
    pub more: Vec<String>,
}

/// A list line: what stands behind the dash.
#[derive(Debug, Clone)]
pub struct Bullet {
    /// The text of the line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// A heading alone.
    pub(super) fn new(heading: Heading, span: Span) -> Self {
        Self {
            heading,
            target: None,
            span,
            name: None,
            written: None,
            title: None,
            definition: None,
            items: Vec::new(),
            keys: Vec::new(),
            bullets: Vec::new(),
            rows: Vec::new(),
            texts: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The name, or nothing.
    #[must_use]
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map_or("", |(name, _)| name)
    }

    /// The heading whose keys and lines this block takes: that of the template where it adapts one.
    #[must_use]
    pub fn shape(&self) -> Heading {
        match self.heading {
            Heading::Replaces => self.target.unwrap_or(self.heading),
            heading => heading,
        }
    }

    /// Where the name stands, or else the heading.
    #[must_use]
    pub fn name_span(&self) -> Span {
        self.name.as_ref().map_or(self.span, |(_, span)| *span)
    }

    /// The first line with this key.
    #[must_use]
    pub fn key(&self, key: Key) -> Option<&KeyLine> {
        self.keys.iter().find(|line| line.key == Some(key))
    }

    /// All lines with this key.
    pub fn all(&self, key: Key) -> impl Iterator<Item = &KeyLine> {
        self.keys.iter().filter(move |line| line.key == Some(key))
    }
}
