//! What can be written at a position.

mod examples;
mod expressions;
mod lists;
mod starts;
mod values;

use super::place::{At, Spot};
use super::{Analysis, Symbol, Word};
use crate::model::Language;
use crate::syntax::Span;
use crate::syntax::keyword::is_word_char;

/// Something that can be written at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it is called in the list.
    pub label: String,
    /// What is written; with `$1`, `${2:word}` where `snippet` says so.
    pub insert: String,
    /// Whether `insert` has places to be filled in, as editors know them.
    pub snippet: bool,
    /// What it replaces.
    pub replace: Span,
    /// What it is.
    pub sort: Offer,
    /// A few words beside it: the text of a question, the label of an option.
    pub detail: String,
    /// What it means, in a sentence.
    pub about: String,
    /// A further change of the same file: a block that is written under `verwendet:`.
    pub further: Option<(Span, String)>,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Offer {
    /// A question, a computed value, a constant.
    Name,
    /// A value that can be chosen.
    Value,
    /// A word of the language.
    Keyword,
    /// A kind of answer.
    Kind,
    /// An authority, a procedure, a building block, a list.
    Thing,
    /// A municipality or district.
    Place,
}

/// The completions at a position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// The best first.
    pub items: Vec<Completion>,
    /// There are more than are shown: ask again when more letters are written.
    pub more: bool,
}

impl Analysis<'_> {
    /// What can be written at a position; `reader` reads the explanations.
    #[must_use]
    pub fn complete(&self, file: &str, offset: usize, reader: Language) -> Completions {
        let Some(at) = At::new(self, file, offset) else { return Completions::default() };
        let mut list = List { analysis: self, at: &at, reader, done: Completions::default() };
        match at.spot() {
            Spot::Nothing => {}
            Spot::Brace(name) => list.names_in_text(name),
            Spot::Start(words) => list.line_start(words),
            Spot::HeadingName(heading, name) => list.heading_name(heading, name),
            Spot::Definition(text) => list.expression(text, true),
            Spot::Value(key, words, value) => list.value(key, words, value),
            Spot::Bullet(text) => list.bullet(text),
            Spot::Cell(number, right, text) => list.cell(number, right, text),
        }
        // Before words that stand there already only the word itself is written.
        if !at.behind().is_empty() {
            for item in list.done.items.iter_mut().filter(|item| item.snippet) {
                item.insert.clone_from(&item.label);
                item.snippet = false;
            }
        }
        list.done
    }
}

/// Completions while they are being gathered.
struct List<'a> {
    analysis: &'a Analysis<'a>,
    at: &'a At<'a>,
    reader: Language,
    done: Completions,
}

impl List<'_> {
    /// The last `length` bytes before the position.
    fn last(&self, length: usize) -> Span {
        Span::new(self.at.offset - length.min(self.at.offset), self.at.offset)
    }

    fn push(&mut self, label: &str, sort: Offer, detail: &str, about: &str, replace: Span) -> Option<&mut Completion> {
        if self.done.items.iter().any(|item| item.label == label) {
            return None;
        }
        self.done.items.push(Completion {
            label: label.to_owned(),
            insert: label.to_owned(),
            snippet: false,
            replace,
            sort,
            detail: detail.to_owned(),
            about: about.to_owned(),
            further: None,
        });
        self.done.items.last_mut()
    }

    /// Adds a word of the language, with what stands behind it.
    fn word(&mut self, word: Word, behind: &str, replace: Span) {
        let spelling = word.spelling(self.at.language);
        let about = word.meaning().map_or("", |meaning| meaning.text(self.reader));
        let sort = if matches!(word, Word::Kind(_)) { Offer::Kind } else { Offer::Keyword };
        if let Some(item) = self.push(spelling, sort, "", about, replace) {
            item.insert = format!("{spelling}{behind}");
        }
    }

    /// The symbol that a place introduces.
    fn symbol(&self, file: &str, span: Span) -> Option<&Symbol> {
        let (symbol, _, own) = self.analysis.index.at(file, span.start)?;
        self.analysis.index.symbols.get(symbol).filter(|_| own)
    }
}

/// What is being written at the end of a text: letters, dots and slashes.
fn tail(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word_char(*c) || matches!(c, '.' | '/'))
        .last()
        .map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or("")
}
