//! What a word at a position is: a name with what belongs to it, or a word of the language.

use super::place::At;
use super::{Analysis, Sort, Symbol, Word, lines};
use crate::check::thing::Thing;
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord, is_word_char};
use crate::syntax::{Node, Span};

/// What there is to say about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The place.
    pub span: Span,
    /// The text, as Markdown.
    pub text: String,
    /// Of a word of the language the page of the reference that says more: `sprache/fragen`.
    pub page: Option<String>,
}

impl Analysis<'_> {
    /// What the word at a position is.
    #[must_use]
    pub fn hover(&self, file: &str, offset: usize, reader: Language) -> Option<Hover> {
        if let Some((number, span, _)) = self.index.at(file, offset) {
            let symbol = self.index.symbols.get(number)?;
            return Some(Hover { span, text: self.about(number, symbol, reader), page: None });
        }
        let (word, span) = self.word_at(file, offset)?;
        let meaning = word.meaning()?;
        let text = format!("**{}**\n\n{}", word.spelling(self.language(file)), meaning.text(reader));
        Some(Hover { span, text, page: Some(meaning.page(reader)) })
    }

    /// The word of the language at a position.
    #[must_use]
    pub fn word_at(&self, file: &str, offset: usize) -> Option<(Word, Span)> {
        let at = At::new(self, file, offset)?;
        let within = offset - at.start;
        if lines::quoted(at.line).iter().any(|(from, to)| (*from..=*to).contains(&within))
            || lines::comment(at.line).is_some_and(|from| from <= within)
        {
            return None;
        }
        let lead = at.line.len() - at.line.trim_start().len();
        let words = at.line.trim_start();
        let whole = |word: Word, length: usize, start: usize| {
            (start <= within && within <= start + length)
                .then(|| (word, Span::new(at.start + start, at.start + start + length)))
        };
        let table = words.starts_with('|');
        if !table && let Some((key, value)) = words.split_once(':') {
            let found = Key::find(key.trim()).or_else(|| Key::find_at_start(key).map(|(found, _)| found));
            if let Some(found) = found
                && within < lead + key.len()
            {
                return whole(Word::Key(found.word), key.trim_end().len(), lead);
            }
            let start = lead + key.len() + 1 + value.len() - value.trim_start().len();
            let kind = found.is_some_and(|found| found.word == Key::Kind);
            if kind
                && let Some((found, rest)) = KindWord::find_at_start(value.trim_start())
                && within <= start + value.trim_start().len() - rest.len()
            {
                return whole(Word::Kind(found.word), value.trim_start().len() - rest.len(), start);
            }
        } else if !table
            && let Some((found, rest)) = Heading::find_at_start(words)
            && within <= lead + words.len() - rest.len()
        {
            return whole(Word::Heading(found.word), words.len() - rest.len(), lead);
        }
        self.inner_word(&at, within)
    }

    /// The longest word inside of conditions, cells and values that lies around a position.
    fn inner_word(&self, at: &At<'_>, within: usize) -> Option<(Word, Span)> {
        let starts = at.line.char_indices().map(|(start, _)| start).filter(|start| {
            let before = at.line.get(..*start).and_then(|text| text.chars().next_back());
            before.is_none_or(|c| !is_word_char(c))
        });
        let found = starts.take_while(|start| *start <= within).filter_map(|start| {
            let rest = at.line.get(start..)?;
            let inner =
                Inner::find_at_start(rest).map(|(found, tail)| (Word::Inner(found.word), rest.len() - tail.len()));
            let fixed =
                Fixed::find_at_start(rest).map(|(found, tail)| (Word::Fixed(found.word), rest.len() - tail.len()));
            let exact = |word: &(Word, usize)| {
                let written = rest.get(..word.1).unwrap_or("");
                [Language::German, Language::English].iter().any(|language| word.0.spelling(*language) == written)
            };
            let longest = [fixed, inner].into_iter().flatten().filter(exact);
            let (word, length) =
                longest.filter(|(word, _)| word.meaning().is_some()).max_by_key(|(_, length)| *length)?;
            (within <= start + length).then(|| (word, Span::new(at.start + start, at.start + start + length)))
        });
        found.max_by_key(|(_, span)| span.end - span.start)
    }

    fn thing_of(&self, symbol: &Symbol) -> Option<&Thing> {
        let place = symbol.places.first()?;
        let things = self.record.of_file(&place.file).iter().map(|thing| &**thing);
        things.filter(|thing| thing.node.span.start <= place.span.start).max_by_key(|thing| thing.node.span.start)
    }

    fn about(&self, number: usize, symbol: &Symbol, reader: Language) -> String {
        let english = reader == Language::English;
        let mut parts = vec![match &symbol.title {
            Some(title) if english => format!("{} **{}** “{title}”", symbol.sort_word(reader), symbol.name),
            Some(title) => format!("{} **{}** „{title}“", symbol.sort_word(reader), symbol.name),
            None => format!("{} **{}**", symbol.sort_word(reader), symbol.name),
        }];
        let thing = self.thing_of(symbol);
        let place = symbol.places.first();
        let node = thing.zip(place).and_then(|(thing, place)| node_named(&thing.node, place.span));
        if let (Some(thing), Some(node)) = (thing, node) {
            parts.extend(self.details(thing, node, symbol, reader));
        }
        if let Some(parent) = symbol.parent.and_then(|parent| self.index.symbols.get(parent))
            && !matches!(symbol.sort, Sort::Heading(_))
        {
            let of = if english { "of" } else { "von" };
            let title = match (parent.title.as_deref(), english) {
                (Some(title), true) => format!(" “{title}”"),
                (Some(title), false) => format!(" „{title}“"),
                (None, _) => String::new(),
            };
            parts.push(format!("{of} {} {}{title}", parent.sort_word(reader), parent.name));
        }
        parts.push(self.used_in(number, reader));
        parts.join("\n\n")
    }

    /// Lines about a heading: kind, condition, definition, legal basis.
    fn details(&self, thing: &Thing, node: &Node, symbol: &Symbol, reader: Language) -> Vec<String> {
        let english = reader == Language::English;
        let mut parts = Vec::new();
        if let Some(line) = node.key(Key::Kind) {
            parts.push(format!("{}: {}", Key::Kind.spelling(reader), line.value));
        }
        if let Some((definition, _)) = &node.definition {
            parts.push(format!("= {definition}"));
        }
        if node.heading == Heading::Question {
            parts.push(asked(thing, node, reader));
        } else if let Some(line) = node.key(Key::OnlyIf) {
            parts.push(format!("{}: {}", Key::OnlyIf.spelling(reader), line.value));
        }
        if node.heading == Heading::Authority {
            for key in [Key::Level, Key::Area, Key::Task] {
                if let Some(line) = node.key(key) {
                    parts.push(format!("{}: {}", key.spelling(reader), line.value));
                }
            }
            if node.key(Key::Channel).is_none() {
                let said = if english { "No channel is set yet." } else { "Es ist noch kein Kanal eingetragen." };
                parts.push(said.to_owned());
            }
        }
        if let Some(line) = thing.node.key(Key::LegalBasis) {
            let text = crate::syntax::unquote(&line.value).unwrap_or_else(|| line.value.clone());
            parts.push(format!("{}: {text}", Key::LegalBasis.spelling(reader)));
        }
        if !std::ptr::eq(node, &raw const *thing.node) && symbol.sort != Sort::Heading(Heading::Authority) {
            let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
            let quoted = if english { format!("“{title}”") } else { format!("„{title}“") };
            parts.push(format!("{} {} {quoted}", thing.node.heading.spelling(reader), thing.node.name_text()));
        }
        parts
    }

    fn used_in(&self, number: usize, reader: Language) -> String {
        let uses = self.index.uses(number);
        match (uses.len(), reader) {
            (0, Language::English) => "Used nowhere.".to_owned(),
            (0, _) => "Wird nirgends verwendet.".to_owned(),
            (1, Language::English) => format!("Used once: {}", self.shown(uses, reader)),
            (1, _) => format!("Einmal verwendet: {}", self.shown(uses, reader)),
            (count, Language::English) => format!("Used {count} times: {}", self.shown(uses, reader)),
            (count, _) => format!("{count}-mal verwendet: {}", self.shown(uses, reader)),
        }
    }
}

/// When a question is asked: its own condition and that of the section around it.
fn asked(thing: &Thing, node: &Node, reader: Language) -> String {
    let english = reader == Language::English;
    let around =
        thing.node.children.iter().find(|section| section.children.iter().any(|child| std::ptr::eq(child, node)));
    let conditions: Vec<&str> = around
        .into_iter()
        .chain([node])
        .filter_map(|node| node.key(Key::OnlyIf))
        .map(|line| line.value.as_str())
        .collect();
    let entry = around.and_then(|section| section.key(Key::Repeats));
    let each = entry.and_then(|line| crate::check::world::quoted_part(&line.value));
    let mut text = match (conditions.as_slice(), english) {
        ([], true) => "Always asked".to_owned(),
        ([], false) => "Wird immer gefragt".to_owned(),
        (all, true) => format!("Asked only if {}", all.join(" – and ")),
        (all, false) => format!("Wird nur gefragt, wenn {}", all.join(" – und ")),
    };
    if let Some(each) = each {
        text +=
            &if english { format!(", for each “{each}”") } else { format!(", für jeden Eintrag „{each}“") };
    }
    let free = node.key(Key::Kind).is_some_and(|line| {
        crate::syntax::split_items(&line.value, 0)
            .iter()
            .any(|(item, _)| Fixed::find(item).is_some_and(|found| found.word == Fixed::Optional))
    });
    if free {
        text += if english { "; may be left empty" } else { "; darf leer bleiben" };
    }
    text + "."
}

/// The node whose name stands at a place.
pub(super) fn node_named(node: &Node, span: Span) -> Option<&Node> {
    if node.name.as_ref().is_some_and(|(_, own)| *own == span) {
        return Some(node);
    }
    node.children.iter().find_map(|child| node_named(child, span))
}
