//! What stands at a position: the line, the heading that it belongs to, the words before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Analysis, lines, texts};
use crate::check::levels::Levels;
use crate::check::thing::Thing;
use crate::model::Language;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{Node, Span};

/// A position in a file.
pub(super) struct At<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub offset: usize,
    /// Where its line begins.
    pub start: usize,
    /// The line up to the position.
    pub before: &'a str,
    /// The whole line.
    pub line: &'a str,
    /// The keyword language.
    pub language: Language,
    /// What the file describes; nothing yet in a new file.
    pub thing: Option<&'a Thing>,
    /// Of a translation what it translates, of a file that takes over a template this.
    pub target: Option<&'a Thing>,
    /// The heading above the line, or in it.
    pub node: Option<&'a Node>,
}

/// What a position in a line is.
pub(super) enum Spot<'a> {
    /// In a comment, or in a text where no brace is open.
    Nothing,
    /// Behind `{` in a text.
    Brace(&'a str),
    /// The first words of a line.
    Start(&'a str),
    /// The name behind the word of a heading.
    HeadingName(Heading, &'a str),
    /// Behind `=` in a heading.
    Definition(&'a str),
    /// Behind the colon of a key line; of an example also without a key.
    Value(Option<Key>, &'a str, &'a str),
    /// Behind `- `.
    Bullet(&'a str),
    /// In a cell of a table: its number, whether it is right of `||`, its text so far.
    Cell(usize, bool, &'a str),
}

impl<'a> At<'a> {
    pub fn new(analysis: &'a Analysis<'_>, file: &'a str, offset: usize) -> Option<Self> {
        let text = analysis.sources.text(file)?;
        let offset = text.floor_char_boundary(offset);
        let (start, end) = lines::around(text, offset);
        let things = analysis.record.of_file(file).iter().map(|thing| &**thing);
        let thing = things.filter(|thing| thing.node.span.start <= offset).max_by_key(|thing| thing.node.span.start);
        let node = thing.and_then(|thing| innermost(&thing.node, offset));
        Some(Self {
            file,
            text,
            offset,
            start,
            before: text.get(start..offset)?,
            line: text.get(start..end)?,
            language: analysis.language(file),
            thing,
            target: thing.and_then(|thing| match thing.node.heading {
                Heading::Translation => texts::translated(thing, &analysis.record),
                Heading::Adopts => texts::template(thing, &analysis.record),
                _ => None,
            }),
            node,
        })
    }

    /// Whether a span stands in the line of the position.
    pub fn is_on(&self, span: Span) -> bool {
        self.start <= span.start && span.start < self.start + self.line.len().max(1)
    }

    /// What stands behind the position in its line.
    pub fn behind(&self) -> &'a str {
        self.line.get(self.before.len()..).unwrap_or("").trim()
    }

    /// The heading above the line, where the line is not itself one.
    pub fn above(&self) -> Option<&'a Node> {
        self.thing.and_then(|thing| innermost(&thing.node, self.start.checked_sub(1)?))
    }

    /// The names that can be seen in the file; in a translation those of what it translates.
    pub fn names<'l>(&self, levels: &'l BTreeMap<String, Arc<Levels>>) -> Option<&'l Levels> {
        levels.get(self.file).or_else(|| levels.get(&self.target?.file)).map(|known| &**known)
    }

    /// What the position is.
    pub fn spot(&self) -> Spot<'a> {
        let line = self.before;
        let open = open_text(line);
        if let Some(text) = open {
            return match text.rsplit_once('{') {
                Some((_, name)) if !name.contains('}') => Spot::Brace(name),
                _ => Spot::Nothing,
            };
        }
        if lines::comment(line).is_some() {
            return Spot::Nothing;
        }
        let words = line.trim_start();
        if words.starts_with('|') {
            return cell(words);
        }
        if let Some(rest) = words.strip_prefix(['-', '–', '•', '*']).filter(|rest| rest.starts_with(' ')) {
            return Spot::Bullet(rest.trim_start());
        }
        let example = self.node.is_some_and(|node| node.heading == Heading::Example);
        if let Some((key, value)) = words.split_once(':') {
            let found = Key::find(key.trim()).map(|found| found.word);
            let expects = Key::find_at_start(key).filter(|(found, _)| found.word == Key::Expects);
            let known = match (example, expects) {
                (true, Some(_)) => Some(Key::Expects),
                (true, None) => found.filter(|key| *key == Key::On),
                (false, _) => found,
            };
            return Spot::Value(known, key.trim(), value.trim_start());
        }
        if let Some((found, rest)) = Heading::find_at_start(words)
            && rest.starts_with(' ')
        {
            return match rest.split_once('=') {
                Some((_, definition)) => Spot::Definition(definition.trim_start()),
                None => Spot::HeadingName(found.word, rest.trim_start()),
            };
        }
        Spot::Start(words)
    }
}

/// The text in quotation marks that is still open at the end of a line.
fn open_text(line: &str) -> Option<&str> {
    let (from, to) = *lines::quoted(line).last()?;
    let closed = line.get(to..).is_some_and(|rest| !rest.is_empty());
    (!closed).then(|| line.get(from..to)).flatten()
}

fn cell(words: &str) -> Spot<'_> {
    let mut number = 0;
    let mut right = false;
    let mut rest = words.strip_prefix('|').unwrap_or(words);
    loop {
        let mut quoted = false;
        let bar = rest.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '|' && !quoted
        });
        let Some((at, _)) = bar else { return Spot::Cell(number, right, rest.trim_start()) };
        number += 1;
        let behind = rest.get(at + 1..).unwrap_or("");
        right = behind.starts_with('|');
        rest = behind.strip_prefix('|').unwrap_or(behind);
    }
}

/// The last heading at or before a position.
fn innermost(node: &Node, offset: usize) -> Option<&Node> {
    if node.span.start > offset {
        return None;
    }
    let below = node.children.iter().filter_map(|child| innermost(child, offset));
    below.max_by_key(|child| child.span.start).or(Some(node))
}
