//! Line by line: what each belongs to, and what is the matter where it belongs nowhere.

use super::places::{REPEATABLE, keys, takes_options, takes_table};
use super::{Bullet, KeyLine, Node, Tree};
use crate::diagnostic::{Both, Diagnostic, Problem, closest};
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Found, Heading, Key};
use crate::syntax::line::{self, Line, LineKind, TableCell};
use crate::syntax::{Span, parse};

/// After so many messages the rest of a file is not read.
const MAX_MESSAGES: usize = 1_000;

/// Longer lines are not read.
const MAX_LINE: usize = 20_000;

/// Reads a file.
#[must_use]
pub fn tree(file: &str, text: &str) -> (Tree, Vec<Diagnostic>) {
    read(file, text, false)
}

/// Reads a text that is put together from files whose keywords may be in different languages.
pub(crate) fn tree_of_pieces(file: &str, text: &str) -> (Tree, Vec<Diagnostic>) {
    read(file, text, true)
}

fn read(file: &str, text: &str, mixed: bool) -> (Tree, Vec<Diagnostic>) {
    let mut folder = Folder {
        file,
        text,
        language: Language::German,
        roots: Vec::new(),
        problems: Vec::new(),
        place: Vec::new(),
        section: None,
        last: Last::Nothing,
        lost: false,
        over: false,
        torn: false,
        mixed,
    };
    folder.fold();
    let tree = Tree { language: folder.language, roots: folder.roots };
    let mut problems = folder.problems;
    if !mixed {
        problems.extend(crate::syntax::purity::check(&tree, file));
    }
    (tree, problems)
}

/// What the line above was, for text lines that continue it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Nothing,
    /// The last key line of the current heading, whose value is a text.
    Key,
    /// The heading itself.
    Heading,
}

pub(super) struct Folder<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub language: Language,
    pub roots: Vec<Node>,
    pub problems: Vec<Diagnostic>,
    /// Indexes from the root to the current heading.
    pub place: Vec<usize>,
    /// Index of the section that questions go to; `false`: a block stands in between.
    pub section: Option<(usize, bool)>,
    pub last: Last,
    /// The heading above was reported: what belongs to it is passed over.
    pub lost: bool,
    /// The rest of the file is a consequence of what was reported.
    pub over: bool,
    /// A text was begun above and not closed: what follows may be the rest of it.
    torn: bool,
    /// Words of both languages may stand: each piece was checked by itself.
    mixed: bool,
}

impl Folder<'_> {
    fn fold(&mut self) {
        let lines = line::lines(self.text);
        let mut content = lines.iter().filter(|line| line.kind != LineKind::Blank).peekable();
        let Some(first) = content.peek().copied() else {
            self.say(Problem::FirstLine, Span::default());
            return;
        };
        if self.first_line(first, &lines) {
            content.next();
        }
        for line in content {
            if self.over || self.problems.len() > MAX_MESSAGES {
                break;
            }
            let length = line.span.end - line.span.start;
            if length > MAX_LINE {
                self.say(
                    Problem::LineTooLong { length: length.to_string() },
                    Span::new(line.span.start, line.span.start + 1),
                );
                continue;
            }
            match self.row_without_bar(&line.kind, line.span) {
                Some(row) => self.line(&row, line.span),
                None => self.line(&line.kind, line.span),
            }
        }
        if self.roots.is_empty() && !self.over {
            self.say(Problem::NoFileHeading, first.span);
        }
    }

    /// Reads `Sprache: Deutsch`; whether the line is that line. Where it is missing, the first
    /// word of one language only says which is meant, so that nothing else is reported for it.
    fn first_line(&mut self, first: &Line, lines: &[Line]) -> bool {
        let LineKind::Key { key, value, value_span, .. } = &first.kind else {
            self.say(Problem::FirstLine, Span::new(first.span.start, first.span.end));
            self.language = guess(lines);
            return false;
        };
        let Some(Found { word: Key::Language, language }) = Key::find(key) else {
            self.say(Problem::FirstLine, first.span);
            self.language = guess(lines);
            return false;
        };
        self.language = language.unwrap_or_default();
        let right = if self.language == Language::English { "English" } else { "Deutsch" };
        if value != right {
            let other = Fixed::find(value).is_some() || matches!(value.as_str(), "Deutsch" | "English");
            let suggestion = if other { Some(right.to_owned()) } else { closest(value, ["Deutsch", "English"]) };
            let message = self.say(Problem::FirstLine, *value_span);
            message.suggestion = suggestion;
            self.language = guess(lines);
        }
        true
    }

    pub fn say(&mut self, problem: Problem, span: Span) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(problem, self.file, span));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    pub fn current(&mut self) -> Option<&mut Node> {
        let (first, rest) = self.place.split_first()?;
        rest.iter().try_fold(self.roots.get_mut(*first)?, |node, index| node.children.get_mut(*index))
    }

    pub fn word(&self, heading: Heading) -> String {
        heading.spelling(self.language).to_owned()
    }

    fn line(&mut self, kind: &LineKind, span: Span) {
        if self.torn && self.is_rest_of_text(kind, span) {
            return;
        }
        self.torn = false;
        match kind {
            LineKind::Blank => {}
            LineKind::Unclosed(open) => {
                let commas = self.commas_for_quotes(*open, span);
                if let Some(closed) = commas.or_else(|| self.quotes_mixed(*open, span)) {
                    self.line(&closed, span);
                    return;
                }
                self.quote_not_closed(*open, span);
                self.torn = true;
                // The line counts as if it were closed at its end, so that nothing else is reported.
                let closed = line::closed(self.text.get(span.start..span.end).unwrap_or(""), span.start);
                if !matches!(closed, LineKind::Unclosed(_)) {
                    self.line(&closed, span);
                    self.torn = true;
                }
            }
            LineKind::Other(text, span) => self.heading(text, *span),
            _ if self.lost => {}
            LineKind::Key { key, key_span, value, value_span } => self.key_line(key, *key_span, value, *value_span),
            LineKind::Bullet(text, span) => self.bullet(text, *span),
            LineKind::Table(cells) => self.table(cells, span),
            LineKind::Text(text, span) => self.text_line(text, *span),
        }
    }

    /// Whether a line is the rest of a text that was broken in two: it begins with no word of the
    /// language, and was reported with the line on which the text begins.
    fn is_rest_of_text(&mut self, kind: &LineKind, span: Span) -> bool {
        let written = self.text.get(span.start..span.end).unwrap_or("").trim_start();
        let key = Key::find_at_start(written).is_some_and(|(_, rest)| rest.trim_start().starts_with(':'));
        let own = key || Heading::find_at_start(written).is_some();
        let rest = matches!(kind, LineKind::Other(..) | LineKind::Unclosed(_)) && !own;
        self.torn = rest && !matches!(kind, LineKind::Unclosed(_));
        rest
    }

    pub fn purity(&mut self, language: Option<Language>, word: &str, other: &str, span: Span) {
        if !self.mixed && language.is_some_and(|language| language != self.language) {
            let problem = Problem::MixedLanguages { word: word.to_owned(), other: other.to_owned() };
            self.say(problem, span).fix = Some((span, other.to_owned()));
        }
    }

    pub fn key_line(&mut self, words: &str, key_span: Span, value: &str, value_span: Span) {
        self.last = Last::Nothing;
        let language = self.language;
        let Some(node) = self.current() else {
            self.say(Problem::NoFileHeading, key_span);
            self.over = true;
            return;
        };
        let heading = node.shape();
        let line = |key: Option<Key>| KeyLine {
            key,
            words: words.to_owned(),
            key_span,
            value: value.to_owned(),
            value_span,
            more: Vec::new(),
        };
        let found = if heading == Heading::Example {
            let expects = Key::find_at_start(words).filter(|(found, _)| found.word == Key::Expects);
            Key::find(words).filter(|found| found.word == Key::On).or(expects.map(|(found, _)| found))
        } else {
            Key::find(words)
        };
        let found = match found {
            Some(found) => found,
            None if heading == Heading::Example => {
                node.keys.push(line(None));
                return;
            }
            None if self.heading_with_colon(words, key_span, value_span) => return,
            None if self.amount_below(words, value, key_span, value_span) => return,
            None => {
                let Some(node) = self.current() else { return };
                let free = |key: &&Key| REPEATABLE.contains(key) || node.key(**key).is_none();
                let here: Vec<Key> = keys(heading).iter().filter(free).copied().collect();
                let spelled = |key: Key| key.spelling(language);
                let suggestion = closest(words, here.iter().map(|key| spelled(*key)))
                    .or_else(|| closest(words, Key::ALL.iter().map(|key| spelled(*key))));
                let suggestion = elsewhere(words).map(|key| spelled(key).to_owned()).or(suggestion);
                let meant = suggestion.as_deref().and_then(Key::find);
                let known: Vec<&str> = here.iter().map(|key| spelled(*key)).collect();
                let problem = Problem::UnknownKey {
                    word: words.to_owned(),
                    heading: heading.spelling(language).to_owned(),
                    known: Both::some_of(&known),
                };
                let message = self.say(problem, key_span);
                message.fix = suggestion.clone().map(|word| (key_span, word));
                message.suggestion = suggestion;
                // It counts as what was meant, so that the line is not missed elsewhere.
                match meant.filter(|meant| here.contains(&meant.word)) {
                    Some(meant) => meant,
                    None => return,
                }
            }
        };
        let key = found.word;
        let spelling = key.spelling(language).to_owned();
        if !keys(heading).contains(&key) {
            self.key_elsewhere(key, key_span, value_span);
            return;
        }
        if self.detail_of_option(key, &spelling, key_span, value_span) {
            return;
        }
        let meant = self.with_commas(key, value, value_span);
        let value = meant.as_deref().unwrap_or(value);
        let Some(node) = self.current() else { return };
        let first = node.key(key).filter(|_| !REPEATABLE.contains(&key)).cloned();
        node.keys.push(KeyLine { value: value.to_owned(), ..line(Some(key)) });
        if let Some(first) = first {
            let fix = self.join_listed(key, &first, value, value_span);
            self.say(Problem::KeyTwice { word: spelling }, key_span).fix = fix;
            return;
        }
        if value.is_empty() && !self.is_colour(key, key_span) {
            self.say(Problem::EmptyValue { word: spelling.clone() }, key_span);
        }
        if Key::find(words).is_some() {
            self.purity(found.language, words, &spelling, key_span);
        }
        if parse::unquote(value).is_some() {
            self.last = Last::Key;
        }
    }

    /// A key that this heading does not take: it belongs to one around it, or nowhere here.
    fn key_elsewhere(&mut self, key: Key, span: Span, value_span: Span) {
        let language = self.language;
        let around = self.place.len().saturating_sub(1);
        let outer = (1..=around).rev().find_map(|length| {
            let (first, rest) = self.place.get(..length)?.split_first()?;
            let node = rest.iter().try_fold(self.roots.get(*first)?, |node, index| node.children.get(*index))?;
            let name = format!("{} {}", node.heading.spelling(language), node.name_text());
            let free = node.key(key).is_none() || REPEATABLE.contains(&key);
            let fix = if free { self.move_below(node, span, value_span) } else { None };
            keys(node.shape()).contains(&key).then(|| (name.trim().to_owned(), fix))
        });
        let word = key.spelling(language).to_owned();
        let heading = self.current().map(|node| node.heading).map_or_else(String::new, |heading| self.word(heading));
        let (problem, fix) = match outer {
            Some((outer, fix)) => (Problem::KeyBelongsOuter { word, heading, outer }, fix),
            None => (Problem::KeyNotHere { word, heading }, None),
        };
        self.say(problem, span).fix = fix;
    }

    pub fn bullet(&mut self, text: &str, span: Span) {
        self.last = Last::Nothing;
        match self.current() {
            Some(node) if takes_options(node.shape()) => node.bullets.push(Bullet { text: text.to_owned(), span }),
            _ => self.misplaced(Both::new("Eine Zeile mit „-“", "A line with “-”"), span),
        }
    }

    fn table(&mut self, cells: &[TableCell], span: Span) {
        self.last = Last::Nothing;
        if self.current().is_some_and(|node| takes_table(node.shape())) && self.row_of_dashes(cells, span) {
            return;
        }
        match self.current() {
            Some(node) if takes_table(node.shape()) => node.rows.push((cells.to_vec(), span)),
            _ => {
                self.misplaced(Both::new("Eine Tabelle", "A table"), span);
                // The further lines of the table follow from the first.
                self.lost = true;
            }
        }
    }

    fn misplaced(&mut self, kind: Both, span: Span) {
        let Some(heading) = self.current().map(|node| node.heading) else {
            self.say(Problem::NoFileHeading, span);
            self.over = true;
            return;
        };
        let heading = self.word(heading);
        self.say(Problem::LineNotHere { kind, heading }, span);
    }

    fn text_line(&mut self, text: &str, span: Span) {
        let last = self.last;
        match (last, self.current()) {
            (Last::Key, Some(node)) => {
                if let Some(line) = node.keys.last_mut() {
                    line.more.push(text.to_owned());
                }
            }
            (Last::Heading, Some(node)) if node.shape() == Heading::Paragraph => node.texts.push(text.to_owned()),
            _ => {
                self.say(Problem::TextNotHere, span);
            }
        }
    }
}

/// Keys as they are called in other programs and on paper.
fn elsewhere(words: &str) -> Option<Key> {
    const ROWS: &[(&[&str], Key)] = &[
        (&["adresse", "postanschrift", "sitz", "postal address"], Key::Address),
        (&["tel", "tel.", "fon", "telefonnummer", "rufnummer", "telephone", "phone number"], Key::Phone),
        (&["öffnungszeiten", "sprechzeiten", "opening hours", "office hours"], Key::OpenHours),
        (&["wie geht es weiter", "wie gehts weiter", "so geht es weiter", "next steps"], Key::WhatNext),
        (&["typ", "type", "feldtyp", "datentyp"], Key::Kind),
        (&["falls", "wenn", "bedingung", "if", "condition"], Key::OnlyIf),
        (&["hilfe", "hilfetext", "erklärung", "erläuterung", "help"], Key::Hint),
        (&["gesetz", "grundlage", "paragraph", "law"], Key::LegalBasis),
        (&["zuständig für", "aufgaben", "tasks"], Key::Task),
        (&["ort", "bereich", "zuständigkeitsbereich", "region"], Key::Area),
        (&["version"], Key::Version),
    ];
    let words = words.trim().to_lowercase();
    ROWS.iter().find(|(names, _)| names.contains(&words.as_str())).map(|(_, key)| *key)
}

/// The language of the first keyword that only one of the two has.
fn guess(lines: &[Line]) -> Language {
    lines
        .iter()
        .filter_map(|line| match &line.kind {
            LineKind::Key { key, .. } => Key::find(key)?.language,
            LineKind::Other(text, _) => Heading::find_at_start(text)?.0.language,
            _ => None,
        })
        .next()
        .unwrap_or(Language::German)
}
