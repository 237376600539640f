//! What a template leaves to the towns: the line `örtlich anpassbar` under its headings.

use std::collections::BTreeSet;

use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, Span, split_items};

/// What may be adapted under one heading.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    /// Lines that may be replaced.
    pub keys: BTreeSet<Key>,
    /// "Text": the heading's own text.
    pub text: bool,
    /// "Tabelle": the whole table, or the calculation that stands for it.
    pub table: bool,
    /// "Beträge": what stands right of `||`.
    pub amounts: bool,
    /// "Auswahl": options may go.
    pub options: bool,
    /// "entfällt": the question may go.
    pub may_go: bool,
    /// "weitere Fragen": questions may be added.
    pub more_questions: bool,
    /// Of a `Wert`: any value of the set that stands there.
    pub value: bool,
    /// Words that are none of these, or that this heading has not got.
    pub unknown: Vec<(String, Span)>,
}

/// Reads the line under a heading.
pub(super) fn marks(node: &Node) -> Marks {
    let mut marks = Marks::default();
    let Some(line) = node.key(Key::Adaptable) else { return marks };
    if node.shape() == Heading::Value {
        marks.value = true;
        return marks;
    }
    for (item, span) in split_items(&line.value, line.value_span.start) {
        if !marks.mark(node.shape(), &item) {
            marks.unknown.push((item, span));
        }
    }
    marks
}

impl Marks {
    fn mark(&mut self, heading: Heading, item: &str) -> bool {
        let table = matches!(heading, Heading::Fee | Heading::Responsible | Heading::Computed);
        match Fixed::find(item).map(|found| found.word) {
            Some(Fixed::Table) if table => self.table = true,
            Some(Fixed::Amounts) if table => self.amounts = true,
            Some(Fixed::Options) if heading == Heading::Question => self.options = true,
            Some(Fixed::MayGo) if heading == Heading::Question => self.may_go = true,
            Some(Fixed::MoreQuestions) if heading == Heading::Section => self.more_questions = true,
            _ => match Key::find(item).map(|found| found.word) {
                Some(Key::Template | Key::Adaptable | Key::Version | Key::Dropped) => return false,
                Some(Key::Text) => {
                    self.text = true;
                    self.keys.insert(Key::Text);
                }
                Some(key) if crate::syntax::keys_under(heading).contains(&key) => {
                    self.keys.insert(key);
                }
                _ => return false,
            },
        }
        true
    }

    /// Whether nothing at all may be changed.
    pub fn nothing(&self) -> bool {
        let any = self.text || self.table || self.amounts || self.options || self.may_go;
        !any && !self.more_questions && !self.value && self.keys.is_empty()
    }
}

/// Lines that mean something together: who replaces one replaces all.
pub(super) fn together(key: Key) -> &'static [Key] {
    match key {
        Key::MustHold | Key::Otherwise | Key::OtherwiseWarning | Key::At => {
            &[Key::MustHold, Key::Otherwise, Key::OtherwiseWarning, Key::At]
        }
        _ => &[],
    }
}

/// The items behind a line, with their places.
pub(super) fn items(line: &KeyLine) -> Vec<(String, Span)> {
    split_items(&line.value, line.value_span.start)
}

/// The words of a mark that are no key lines.
pub(super) const WORDS: [Fixed; 5] = [Fixed::Table, Fixed::Amounts, Fixed::Options, Fixed::MayGo, Fixed::MoreQuestions];
