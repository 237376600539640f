//! A template with what a town replaces, adds and drops: line by line, each with its origin.

use std::sync::Arc;

use super::chunk::{Chunk, What, chunks};
use super::marks::{Marks, items, marks, together};
use super::patchwork::Patchwork;
use crate::check::names::json_key;
use crate::check::options;
use crate::check::thing::Thing;
use crate::diagnostic::{Both, Problem, closest};
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Span};

/// A message about the adoption: what, where, and what was probably meant.
pub(super) type Said = (Problem, Span, Option<String>);

/// A file with its text.
#[derive(Clone)]
pub(super) struct Side<'a> {
    pub thing: &'a Thing,
    pub file: Arc<str>,
    pub text: &'a str,
}

impl<'a> Side<'a> {
    pub fn new(thing: &'a Thing, text: &'a str) -> Self {
        Self { thing, file: Arc::from(thing.file.as_str()), text }
    }

    fn piece(&self, span: Span, out: &mut Patchwork) {
        out.piece(&self.file, self.thing.language, self.text, span);
    }
}

/// A part of a line: a stretch of a file, or words that stand in none.
#[derive(Debug, Clone)]
enum Part {
    Template(Span),
    Adoption(Span),
    Made(&'static str),
}

/// A heading of the resolved procedure with its lines.
struct Block<'a> {
    node: &'a Node,
    section: Option<&'a Node>,
    lines: Vec<(What, Vec<Part>)>,
}

/// Puts a template and an adoption together. Without an adoption the template is taken unchanged.
pub(super) fn merge(template: &Side<'_>, adoption: Option<&Side<'_>>, home: (&str, Span)) -> (Patchwork, Vec<Said>) {
    let blocks = chunks(&template.thing.node, template.text).into_iter().map(Block::of_template).collect();
    let language = adoption.map_or(template.thing.language, |side| side.thing.language);
    let mut merge = Merge { template, adoption, language, blocks, added: Vec::new(), said: Vec::new() };
    merge.strip();
    if let Some(adoption) = adoption {
        merge.adopt(adoption);
    }
    let said = std::mem::take(&mut merge.said);
    (merge.written(home), said)
}

struct Merge<'a> {
    template: &'a Side<'a>,
    adoption: Option<&'a Side<'a>>,
    language: Language,
    blocks: Vec<Block<'a>>,
    /// Blocks of the adoption that stand behind those of the template.
    added: Vec<Block<'a>>,
    said: Vec<Said>,
}

impl<'a> Block<'a> {
    fn of_template(chunk: Chunk<'a>) -> Self {
        Self::of(chunk, Part::Template)
    }

    fn of(chunk: Chunk<'a>, side: fn(Span) -> Part) -> Self {
        let lines = chunk.lines.iter().map(|line| (line.what, vec![side(line.span)])).collect();
        Self { node: chunk.node, section: chunk.section, lines }
    }

    /// Where the first line of this kind stands; else behind the heading.
    fn place_of(&self, is: impl Fn(What) -> bool) -> usize {
        let heading = self.lines.iter().position(|(what, _)| *what == What::Heading).map_or(0, |at| at + 1);
        self.lines.iter().position(|(what, _)| is(*what)).unwrap_or(heading)
    }
}

impl<'a> Merge<'a> {
    fn say(&mut self, problem: Problem, span: Span) {
        self.said.push((problem, span, None));
    }

    fn word(&self, heading: Heading) -> String {
        heading.spelling(self.language).to_owned()
    }

    /// Takes out what belongs to the template alone: its marks and its examples.
    fn strip(&mut self) {
        self.blocks.retain(|block| block.node.heading != Heading::Example);
        for block in &mut self.blocks {
            let value = block.node.heading == Heading::Value;
            block.lines.retain(|(what, _)| match what {
                What::Key(Key::Template) => false,
                // The set of a value stays: the value is held against it.
                What::Key(Key::Adaptable) => value,
                _ => true,
            });
        }
    }

    fn adopt(&mut self, side: &'a Side<'a>) {
        let mut into: Option<(usize, bool)> = None;
        for (index, chunk) in chunks(&side.thing.node, side.text).into_iter().enumerate() {
            let heading = chunk.node.heading;
            match heading {
                _ if index == 0 => self.head(&chunk, side),
                Heading::Replaces => self.replace(&chunk),
                Heading::Drops => self.drop_question(&chunk),
                Heading::Adds => into = self.section_to_add_to(&chunk),
                Heading::Question | Heading::Paragraph => {
                    if let Some((at, true)) = into {
                        self.blocks.insert(at, Block::of(chunk, Part::Adoption));
                        into = Some((at + 1, true));
                    }
                }
                Heading::Rule | Heading::Computed | Heading::Value => {
                    let open = self.blocks.iter().any(|block| marks(block.node).more_questions);
                    if !open {
                        let what = format!("{} {}", self.word(heading), chunk.node.name_text());
                        let heading = self.word(self.template.thing.node.heading);
                        self.say(Problem::NotAdaptable { what, heading, allowed: none() }, chunk.node.span);
                    }
                    self.added.push(Block::of(chunk, Part::Adoption));
                }
                _ => self.added.push(Block::of(chunk, Part::Adoption)),
            }
        }
    }

    /// The head of the file: version, and the lines that may be replaced.
    fn head(&mut self, chunk: &Chunk<'a>, side: &'a Side<'a>) {
        let Some(block) = self.blocks.first() else { return };
        let allowed = marks(block.node);
        let node = block.node;
        let own: Vec<Key> = distinct(chunk.node.keys.iter().filter_map(|line| line.key));
        for key in own {
            match key {
                Key::Area => {}
                Key::Uses => self.uses(chunk),
                Key::Version | Key::Texts => self.replace_key(0, chunk, key),
                _ if allowed.keys.contains(&key) => self.replace_key(0, chunk, key),
                _ => {
                    let line = chunk.node.key(key).map_or(chunk.node.span, |line| line.key_span);
                    self.not_adaptable(key.spelling(self.language), node, &allowed, line);
                }
            }
        }
        let _ = side;
    }

    /// Blocks and lists of the adoption come to those of the template.
    fn uses(&mut self, chunk: &Chunk<'a>) {
        let Some(value) = chunk.node.key(Key::Uses).map(|line| line.value_span) else { return };
        let Some(block) = self.blocks.first_mut() else { return };
        match block.lines.iter_mut().find(|(what, _)| *what == What::Key(Key::Uses)) {
            Some((_, parts)) => {
                // Without a comment behind the line, which would hide the rest.
                let own = block.node.key(Key::Uses);
                *parts = own
                    .map(|line| vec![Part::Template(Span::new(line.key_span.start, line.value_span.end))])
                    .unwrap_or_default();
                parts.insert(0, Part::Made("  "));
                parts.push(Part::Made(", "));
                parts.push(Part::Adoption(value));
            }
            None => {
                let at = block.place_of(|_| false);
                let lines = chunk.lines.iter().filter(|line| line.what == What::Key(Key::Uses));
                let lines: Vec<_> = lines.map(|line| (line.what, vec![Part::Adoption(line.span)])).collect();
                block.lines.splice(at..at, lines);
            }
        }
    }

    /// Lines of a key instead of those of the template.
    fn replace_key(&mut self, at: usize, chunk: &Chunk<'a>, key: Key) {
        let Some(block) = self.blocks.get_mut(at) else { return };
        let same = |what: What| matches!(what, What::Key(other) if other == key || together(key).contains(&other));
        let place = block.place_of(same);
        block.lines.retain(|(what, _)| !same(*what));
        let lines: Vec<_> = chunk.lines.iter().filter(|line| same(line.what)).collect();
        let lines = lines.into_iter().map(|line| (line.what, vec![Part::Adoption(line.span)]));
        let place = place.min(block.lines.len());
        block.lines.splice(place..place, lines.collect::<Vec<_>>());
    }

    fn replace(&mut self, chunk: &Chunk<'a>) {
        let Some(at) = self.find(chunk.node) else { return };
        let Some(node) = self.blocks.get(at).map(|block| block.node) else { return };
        let allowed = marks(node);
        self.heading_line(at, chunk, node, &allowed);
        for key in distinct(chunk.node.keys.iter().filter_map(|line| line.key)) {
            let span = chunk.node.key(key).map_or(chunk.node.span, |line| line.key_span);
            if key == Key::Dropped {
                self.drop_options(at, chunk, node, &allowed);
            } else if allowed.keys.contains(&key) || together(key).iter().any(|other| allowed.keys.contains(other)) {
                self.replace_key(at, chunk, key);
            } else {
                self.not_adaptable(key.spelling(self.language), node, &allowed, span);
            }
        }
        if let Some(bullet) = chunk.node.bullets.first() {
            let heading = format!("{} {}", self.word(node.heading), node.name_text());
            self.say(Problem::AdaptOptions { heading }, bullet.span);
        }
        self.rows(at, chunk, node, &allowed);
    }

    /// `ersetzt Wert satz = 85 €`, `ersetzt Frage rasse "Neuer Text"`.
    fn heading_line(&mut self, at: usize, chunk: &Chunk<'a>, node: &'a Node, allowed: &Marks) {
        let new = chunk.node;
        if new.title.is_none() && new.definition.is_none() {
            return;
        }
        if let Some((_, span)) = &new.title
            && !allowed.text
        {
            self.not_adaptable(Key::Text.spelling(self.language), node, allowed, *span);
            return;
        }
        if let Some((_, span)) = &new.definition
            && !(allowed.value || allowed.table || allowed.amounts)
        {
            self.not_adaptable(&format!("= {}", self.text_of(*span)), node, allowed, *span);
            return;
        }
        let Some(block) = self.blocks.get_mut(at) else { return };
        let mut parts = vec![Part::Template(Span::new(node.span.start, node.name_span().end))];
        match (&new.title, &node.title) {
            (Some((_, span)), _) => parts.extend([Part::Made(" "), Part::Adoption(*span)]),
            (None, Some((_, span))) => parts.extend([Part::Made(" "), Part::Template(*span)]),
            (None, None) => {}
        }
        match (&new.definition, &node.definition) {
            (Some((_, span)), _) => {
                parts.extend([Part::Made(" = "), Part::Adoption(*span)]);
                block.lines.retain(|(what, _)| *what != What::Row);
            }
            (None, Some((_, span))) => parts.extend([Part::Made(" = "), Part::Template(*span)]),
            (None, None) => {}
        }
        if let Some((_, line)) = block.lines.iter_mut().find(|(what, _)| *what == What::Heading) {
            *line = parts;
        }
        if !new.texts.is_empty() || new.title.is_some() {
            let texts: Vec<_> = chunk.lines.iter().filter(|line| line.what == What::Text).collect();
            block.lines.retain(|(what, _)| *what != What::Text);
            let place = block.place_of(|_| false);
            let texts = texts.into_iter().map(|line| (What::Text, vec![Part::Adoption(line.span)]));
            block.lines.splice(place..place, texts.collect::<Vec<_>>());
        }
    }

    /// Another table, or the same with other amounts.
    fn rows(&mut self, at: usize, chunk: &Chunk<'a>, node: &'a Node, allowed: &Marks) {
        let Some((_, first)) = chunk.node.rows.first() else { return };
        if !allowed.table {
            if !allowed.amounts {
                self.not_adaptable(Fixed::Table.spelling(self.language), node, allowed, *first);
                return;
            }
            if let Some(span) = other_conditions(node, chunk.node) {
                let heading = format!("{} {}", self.word(node.heading), node.name_text());
                self.say(Problem::AmountsOnly { heading: heading.trim().to_owned() }, span);
                return;
            }
        }
        let Some(block) = self.blocks.get_mut(at) else { return };
        let place = block.lines.iter().position(|(what, _)| *what == What::Row).unwrap_or(block.lines.len());
        block.lines.retain(|(what, _)| *what != What::Row);
        let rows = chunk.lines.iter().filter(|line| line.what == What::Row);
        let rows: Vec<_> = rows.map(|line| (What::Row, vec![Part::Adoption(line.span)])).collect();
        let place = place.min(block.lines.len());
        block.lines.splice(place..place, rows);
        if node.definition.is_some()
            && chunk.node.definition.is_none()
            && let Some((_, line)) = block.lines.iter_mut().find(|(what, _)| *what == What::Heading)
        {
            let end = node.title.as_ref().map_or(node.name_span().end, |(_, span)| span.end);
            *line = vec![Part::Template(Span::new(node.span.start, end))];
        }
    }

    /// `entfällt: jagd` under `ersetzt Frage`: the options stay known, and nobody can choose them.
    fn drop_options(&mut self, at: usize, chunk: &Chunk<'a>, node: &'a Node, allowed: &Marks) {
        for line in chunk.node.all(Key::Dropped) {
            if !allowed.options {
                self.not_adaptable(Fixed::Options.spelling(self.language), node, allowed, line.key_span);
                return;
            }
            for (name, span) in items(line) {
                let key = json_key(&name);
                let bullet = node.bullets.iter().find(|bullet| json_key(&options::read(&bullet.text, 0).key) == key);
                let Some(bullet) = bullet else {
                    let known: Vec<String> =
                        node.bullets.iter().map(|bullet| options::read(&bullet.text, 0).key).collect();
                    let suggestion = closest(&name, known.iter().map(String::as_str));
                    let question = node.name_text().to_owned();
                    // `jagdhund` for `jagd`: one begins with the other.
                    let begins =
                        |known: &&String| key.starts_with(&json_key(known)) || json_key(known).starts_with(&key);
                    let suggestion = suggestion.or_else(|| known.iter().find(begins).cloned());
                    let shown: Vec<&str> = known.iter().map(String::as_str).collect();
                    let known = Both::some_of(&shown);
                    self.said.push((Problem::DropOption { name, question, known }, span, suggestion));
                    continue;
                };
                let read = options::read(&bullet.text, bullet.span.start);
                let end = read.condition.as_ref().map_or(bullet.span.end, |(_, span)| {
                    let before = self.template.text.get(bullet.span.start..span.start).unwrap_or("");
                    bullet.span.start + before.rfind(',').unwrap_or(before.len())
                });
                let Some(block) = self.blocks.get_mut(at) else { return };
                let inside = |part: &Part| matches!(part, Part::Template(line) if line.start <= bullet.span.start && bullet.span.end <= line.end);
                let found =
                    block.lines.iter_mut().find(|(what, parts)| *what == What::Bullet && parts.iter().any(inside));
                if let Some((_, parts)) = found {
                    *parts = vec![
                        Part::Made("    - "),
                        Part::Template(Span::new(bullet.span.start, end)),
                        Part::Made(", "),
                        Part::Adoption(line.key_span),
                    ];
                }
            }
        }
    }

    fn drop_question(&mut self, chunk: &Chunk<'a>) {
        let Some(at) = self.find(chunk.node) else { return };
        let Some(node) = self.blocks.get(at).map(|block| block.node) else { return };
        let allowed = marks(node);
        if allowed.may_go {
            self.blocks.remove(at);
            // A comment in its place: who reads the whole sees that something is missing here.
            if let Some(before) = at.checked_sub(1).and_then(|before| self.blocks.get_mut(before)) {
                before.lines.push((What::Other, vec![Part::Made("# "), Part::Adoption(chunk.node.span)]));
            }
        } else {
            self.not_adaptable(Fixed::MayGo.spelling(self.language), node, &allowed, chunk.node.span);
        }
    }

    /// `ergänzt Abschnitt halter, nach wohnung`: where further questions go.
    fn section_to_add_to(&mut self, chunk: &Chunk<'a>) -> Option<(usize, bool)> {
        let at = self.find(chunk.node)?;
        let section = self.blocks.get(at)?.node;
        let allowed = marks(section);
        if !allowed.more_questions {
            self.not_adaptable(Fixed::MoreQuestions.spelling(self.language), section, &allowed, chunk.node.span);
            return Some((at + 1, false));
        }
        let inside = |block: &Block<'_>| block.section.is_some_and(|own| std::ptr::eq(own, section));
        let end = self.blocks.iter().rposition(inside).map_or(at + 1, |last| last + 1);
        let Some((item, span)) = chunk.node.items.first() else {
            return Some((end, true));
        };
        let after = Fixed::find_at_start(item).filter(|(found, _)| found.word == Fixed::After);
        let name = after.map_or(item.as_str(), |(_, name)| name).trim().to_owned();
        let key = json_key(&name);
        let found = self.blocks.iter().position(|block| inside(block) && json_key(block.node.name_text()) == key);
        match found.filter(|_| after.is_some()) {
            Some(question) => Some((question + 1, true)),
            None => {
                let inner: Vec<String> = self
                    .blocks
                    .iter()
                    .filter(|block| inside(block))
                    .map(|block| block.node.name_text().to_owned())
                    .collect();
                let suggestion = closest(&name, inner.iter().map(String::as_str));
                let section = section.name_text().to_owned();
                self.said.push((Problem::AddAfter { name, section }, *span, suggestion));
                Some((end, true))
            }
        }
    }

    /// The block of the template that is meant.
    fn find(&mut self, node: &Node) -> Option<usize> {
        let target = node.target?;
        let name = node.name_text();
        let (section, last) = name.rsplit_once('.').map_or((None, name), |(section, last)| (Some(section), last));
        let fits = |block: &Block<'_>| {
            let named = target == Heading::Responsible || json_key(block.node.name_text()) == json_key(last);
            let inside = section
                .is_none_or(|section| block.section.is_some_and(|own| json_key(own.name_text()) == json_key(section)));
            block.node.heading == target && named && inside
        };
        let found = self.blocks.iter().position(fits);
        if found.is_none() {
            let known: Vec<String> = self
                .blocks
                .iter()
                .filter(|block| block.node.heading == target)
                .map(|block| block.node.name_text().to_owned())
                .collect();
            let suggestion = closest(last, known.iter().map(String::as_str));
            let heading = self.word(target);
            self.said.push((Problem::AdaptTarget { heading, name: name.to_owned() }, node.name_span(), suggestion));
        }
        found
    }

    fn not_adaptable(&mut self, what: &str, node: &Node, allowed: &Marks, span: Span) {
        let heading = format!("{} {}", self.word(node.heading), node.name_text());
        let allowed = if allowed.nothing() {
            none()
        } else {
            let line = node.key(Key::Adaptable).map_or("", |line| line.value.as_str());
            crate::diagnostic::Both::new(format!("„{line}“"), format!("“{line}”"))
        };
        let problem = Problem::NotAdaptable { what: what.to_owned(), heading: heading.trim().to_owned(), allowed };
        self.say(problem, span);
    }

    fn text_of(&self, span: Span) -> &'a str {
        self.adoption.and_then(|side| side.text.get(span.start..span.end)).unwrap_or("")
    }

    fn written(self, home: (&str, Span)) -> Patchwork {
        let mut out = Patchwork::new(home.0, home.1);
        let language = self.template.thing.language;
        out.made(Key::Language.spelling(language));
        out.made(if language == Language::English { ": English" } else { ": Deutsch" });
        out.end_line();
        for block in self.blocks.iter().chain(&self.added) {
            for (_, parts) in &block.lines {
                for part in parts {
                    match part {
                        Part::Template(span) => self.template.piece(*span, &mut out),
                        Part::Adoption(span) => {
                            if let Some(side) = self.adoption {
                                side.piece(*span, &mut out);
                            }
                        }
                        Part::Made(words) => out.made(words),
                    }
                }
                out.end_line();
            }
        }
        out
    }
}

fn none() -> crate::diagnostic::Both {
    crate::diagnostic::Both::new("nichts", "nothing")
}

fn distinct(keys: impl Iterator<Item = Key>) -> Vec<Key> {
    let mut all: Vec<Key> = Vec::new();
    for key in keys {
        // Of lines that mean something together the first stands for all.
        if !all.iter().any(|other| *other == key || together(key).contains(other)) {
            all.push(key);
        }
    }
    all
}

/// The first line of a table that differs left of `||`; rows stand in the same order.
fn other_conditions(old: &Node, new: &Node) -> Option<Span> {
    let left = |cells: &[crate::syntax::TableCell]| {
        let end = cells.iter().position(|cell| cell.result).unwrap_or(cells.len());
        cells[..end].iter().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let differs = |index: usize| match (old.rows.get(index), new.rows.get(index)) {
        (Some((old, _)), Some((new, _))) => left(old) != left(new),
        _ => true,
    };
    let count = old.rows.len().max(new.rows.len());
    let wrong = (0..count).find(|index| differs(*index))?;
    new.rows.get(wrong).or_else(|| new.rows.last()).map(|(_, span)| *span)
}
