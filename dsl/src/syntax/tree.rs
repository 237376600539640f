//! Lines folded into blocks by the depth of their headings.

use super::Span;
use super::keyword::{Found, Heading, Key};
use super::line::{self, LineKind, TableCell};
use super::parse::{self, Rule};
use crate::diagnostic::{Diagnostic, Problem, closest};
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
    /// Where the whole heading stands.
    pub span: Span,
    /// The name behind it.
    pub name: Option<(String, Span)>,
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
    /// The name, or nothing.
    #[must_use]
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map_or("", |(name, _)| name)
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

/// Depth of a heading: 0 a file, 1 a block, 2 inside a section, `None` anywhere.
fn depth(heading: Heading) -> Option<u8> {
    match heading {
        Heading::Application
        | Heading::Report
        | Heading::Topic
        | Heading::Block
        | Heading::List
        | Heading::Authority
        | Heading::Portal
        | Heading::Translation => Some(0),
        Heading::Section
        | Heading::Fee
        | Heading::Responsible
        | Heading::Example
        | Heading::Tiles
        | Heading::Offer
        | Heading::LifeEvent => Some(1),
        Heading::Question | Heading::Paragraph => Some(2),
        Heading::Rule | Heading::Computed | Heading::Value | Heading::EndPage => None,
    }
}

/// The keys that may stand under a heading.
fn keys(heading: Heading) -> &'static [Key] {
    match heading {
        Heading::Application | Heading::Report | Heading::Topic => &[
            Key::Version,
            Key::Texts,
            Key::Service,
            Key::Category,
            Key::Access,
            Key::LegalBasis,
            Key::Deadline,
            Key::Retention,
            Key::WhatNext,
            Key::Uses,
            Key::SearchWords,
            Key::Text,
            Key::Easy,
        ],
        Heading::Translation => {
            &[Key::Text, Key::LegalBasis, Key::Deadline, Key::WhatNext, Key::SearchWords, Key::Texts]
        }
        Heading::Block => &[Key::Uses, Key::Texts],
        Heading::List => &[Key::Version, Key::Source, Key::Texts],
        Heading::Authority => {
            &[Key::Level, Key::Area, Key::Task, Key::Channel, Key::OpenHours, Key::Address, Key::Phone, Key::Texts]
        }
        Heading::Portal => &[
            Key::Area,
            Key::Host,
            Key::CoatOfArms,
            Key::Colour,
            Key::Contact,
            Key::Imprint,
            Key::Privacy,
            Key::BarrierReport,
            Key::Texts,
        ],
        Heading::Section => &[Key::OnlyIf, Key::Repeats, Key::Text, Key::Page, Key::Easy],
        Heading::Question => &[
            Key::Kind,
            Key::Hint,
            Key::Easy,
            Key::OnlyIf,
            Key::Repeats,
            Key::MustHold,
            Key::Otherwise,
            Key::OtherwiseWarning,
            Key::At,
            Key::Without,
            Key::About,
            Key::Appears,
        ],
        Heading::Paragraph => &[Key::OnlyIf, Key::Easy],
        Heading::Rule => &[Key::OnlyIf, Key::MustHold, Key::At, Key::Otherwise, Key::OtherwiseWarning],
        Heading::Computed => &[Key::OnlyIf],
        Heading::Fee => &[Key::OnlyIf, Key::Payment, Key::ForEach],
        Heading::EndPage => &[Key::OnlyIf, Key::Text, Key::Easy],
        Heading::Example => &[Key::On, Key::Expects],
        Heading::Value | Heading::Responsible | Heading::Tiles | Heading::Offer | Heading::LifeEvent => &[],
    }
}

/// Keys that may stand several times under one heading.
const REPEATABLE: &[Key] =
    &[Key::MustHold, Key::Otherwise, Key::OtherwiseWarning, Key::Channel, Key::OpenHours, Key::Expects];

/// Reads a file.
#[must_use]
pub fn tree(file: &str, text: &str) -> (Tree, Vec<Diagnostic>) {
    let mut folder = Folder {
        file,
        text,
        language: Language::German,
        roots: Vec::new(),
        problems: Vec::new(),
        place: Vec::new(),
        section: None,
        last: Last::Nothing,
    };
    folder.fold();
    (Tree { language: folder.language, roots: folder.roots }, folder.problems)
}

/// What the line above was, for text lines that continue it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// The last key line of the current heading, whose value is a text.
    Key,
    /// The heading itself.
    Heading,
}

struct Folder<'a> {
    file: &'a str,
    text: &'a str,
    language: Language,
    roots: Vec<Node>,
    problems: Vec<Diagnostic>,
    /// Indexes from the root to the current heading.
    place: Vec<usize>,
    /// Indexes of the section that questions go to; `false`: a block stands in between.
    section: Option<(usize, bool)>,
    last: Last,
}

impl Folder<'_> {
    fn fold(&mut self) {
        let lines = line::lines(self.text);
        let mut content = lines.iter().filter(|line| line.kind != LineKind::Blank).peekable();
        match content.peek().map(|line| &line.kind) {
            Some(LineKind::Key { key, value, .. })
                if matches!(Key::find(key), Some(Found { word: Key::Language, .. })) =>
            {
                let (de, en) = (value == "Deutsch", value == "English");
                if !de && !en {
                    let span = content.peek().map_or(Span::default(), |line| line.span);
                    self.say(Problem::FirstLine, span);
                }
                if en {
                    self.language = Language::English;
                }
                content.next();
            }
            _ => {
                let span = content.peek().map_or(Span::default(), |line| line.span);
                self.say(Problem::FirstLine, span);
            }
        }
        for line in content {
            self.line(&line.kind, line.span);
        }
        if self.roots.is_empty() {
            self.say(Problem::NoFileHeading, Span::new(0, self.text.len().min(1)));
        }
    }

    fn say(&mut self, problem: Problem, span: Span) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(problem, self.file, span));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    fn current(&mut self) -> Option<&mut Node> {
        let (first, rest) = self.place.split_first()?;
        rest.iter().try_fold(self.roots.get_mut(*first)?, |node, index| node.children.get_mut(*index))
    }

    fn word(&self, heading: Heading) -> String {
        heading.spelling(self.language).to_owned()
    }

    fn line(&mut self, kind: &LineKind, span: Span) {
        match kind {
            LineKind::Blank => {}
            LineKind::Unclosed(open) => {
                self.say(Problem::QuoteNotClosed, *open);
                self.last = Last::Nothing;
                // The line still counts as what it begins with, so that nothing below is misread.
                self.other(self.text.get(span.start..open.start).unwrap_or("").trim().to_owned().as_str(), span, true);
            }
            LineKind::Key { key, key_span, value, value_span } => self.key_line(key, *key_span, value, *value_span),
            LineKind::Bullet(text, span) => self.bullet(text, *span),
            LineKind::Table(cells) => self.table(cells, span),
            LineKind::Text(text, span) => self.text_line(text, *span),
            LineKind::Other(text, span) => self.other(text, *span, false),
        }
    }

    fn purity(&mut self, language: Option<Language>, word: &str, other: &str, span: Span) {
        if language.is_some_and(|language| language != self.language) {
            let problem = Problem::MixedLanguages { word: word.to_owned(), other: other.to_owned() };
            self.say(problem, span).fix = Some((span, other.to_owned()));
        }
    }

    fn other(&mut self, text: &str, span: Span, broken: bool) {
        let Some((found, rest)) = Heading::find_at_start(text) else {
            if !broken {
                self.unknown(text, span);
            }
            return;
        };
        let word_span = Span::new(span.start, span.start + text.len() - rest.len());
        let heading = found.word;
        self.purity(found.language, &text[..text.len() - rest.len()], heading.spelling(self.language), word_span);
        let mut node = Node {
            heading,
            span,
            name: None,
            title: None,
            definition: None,
            items: Vec::new(),
            keys: Vec::new(),
            bullets: Vec::new(),
            rows: Vec::new(),
            texts: Vec::new(),
            children: Vec::new(),
        };
        let base = word_span.end;
        match parse::start(Rule::heading, rest, base) {
            Ok(pair) => {
                for part in pair.into_inner() {
                    let raw = part.as_str();
                    let lead = raw.len() - raw.trim_start().len();
                    let start = base + part.as_span().start() + lead;
                    let place = Span::new(start, start + raw.trim().len());
                    match part.as_rule() {
                        Rule::path_name => node.name = Some((raw.trim().to_owned(), place)),
                        Rule::text => node.title = Some((parse::text_of(part), place)),
                        Rule::definition => node.definition = Some((raw.trim().to_owned(), place)),
                        Rule::item => node.items.push((raw.trim().to_owned(), place)),
                        _ => {}
                    }
                }
            }
            Err(_) if broken => {}
            Err(error) => {
                self.unreadable(&error, heading.spelling(self.language), span);
                let name: String = rest.trim_start().chars().take_while(|c| super::keyword::is_word_char(*c)).collect();
                if !name.is_empty() {
                    let start = base + (rest.len() - rest.trim_start().len());
                    let end = start + name.len();
                    node.name = Some((name, Span::new(start, end)));
                }
            }
        }
        self.place_node(node);
        self.last = Last::Heading;
    }

    fn unreadable(&mut self, error: &parse::ParseError, what: &str, span: Span) {
        let at = error.at.clamp(span.start, span.end);
        let problem = super::phrase::cannot_read(error, what, self.language);
        self.say(problem, Span::new(at, span.end.max(at)));
    }

    fn unknown(&mut self, text: &str, span: Span) {
        let word: String = text.split_whitespace().next().unwrap_or(text).to_owned();
        // A line such as `Art Datum` lacks its colon.
        if let Some((found, _)) = Key::find_at_start(text) {
            let what = found.word.spelling(self.language).to_owned();
            let colon = if self.language == Language::English { "a colon" } else { "ein Doppelpunkt" };
            let at = Span::new(span.start + what.len().min(text.len()), span.end);
            self.say(Problem::CannotRead { what: format!("„{what}“"), expected: colon.to_owned() }, at);
            return;
        }
        let language = self.language;
        let suggestion = closest(&word, Heading::ALL.iter().map(|heading| heading.spelling(language)));
        let word_span = Span::new(span.start, span.start + word.len());
        if suggestion.is_some() {
            self.say(Problem::UnknownHeading { word }, word_span).suggestion = suggestion;
            return;
        }
        let short: String = text.chars().take(60).collect();
        self.say(Problem::UnreadableLine { line: short }, span);
    }

    fn place_node(&mut self, node: Node) {
        let heading = node.heading;
        let span = node.span;
        let root = self.roots.last().map(|root| root.heading);
        if depth(heading) == Some(0) {
            if root.is_some_and(|root| root != Heading::Authority || heading != Heading::Authority) {
                let word = self.word(heading);
                self.say(Problem::SecondFileHeading { word }, span);
            }
            self.roots.push(node);
            self.place = vec![self.roots.len() - 1];
            self.section = None;
            return;
        }
        let Some(root) = root else {
            self.say(Problem::NoFileHeading, span);
            return;
        };
        if !fits(root, heading) {
            let (word, file) = (self.word(heading), self.word(root));
            self.say(Problem::HeadingNotHere { word, file }, span);
        }
        let top = self.roots.len() - 1;
        // A translation of a building block has its questions at the top, as the block has.
        let at_top = root == Heading::Block || (root == Heading::Translation && self.section.is_none());
        let in_section = depth(heading) == Some(2) && !at_top;
        if in_section {
            match self.section {
                Some((section, open)) => {
                    if !open {
                        let name = self.roots[top].children[section].name_text().to_owned();
                        self.say(Problem::QuestionOutsideSection { section: name }, span);
                    }
                    let children = &mut self.roots[top].children[section].children;
                    children.push(node);
                    self.place = vec![top, section, children.len() - 1];
                }
                None => {
                    self.say(Problem::QuestionOutsideSection { section: "…".to_owned() }, span);
                    self.place = vec![top];
                }
            }
            return;
        }
        let children = &mut self.roots[top].children;
        children.push(node);
        let index = children.len() - 1;
        self.place = vec![top, index];
        match (heading, depth(heading)) {
            (Heading::Section, _) => self.section = Some((index, true)),
            (_, Some(1)) => self.section = self.section.map(|(section, _)| (section, false)),
            _ => {}
        }
    }

    fn key_line(&mut self, words: &str, key_span: Span, value: &str, value_span: Span) {
        self.last = Last::Nothing;
        let language = self.language;
        let Some(node) = self.current() else {
            self.say(Problem::NoFileHeading, key_span);
            return;
        };
        let heading = node.heading;
        let expects = Key::find_at_start(words).filter(|(found, _)| found.word == Key::Expects);
        let found = if heading == Heading::Example {
            Key::find(words).filter(|found| found.word == Key::On).or(expects.map(|(found, _)| found))
        } else {
            Key::find(words)
        };
        let line = |key: Option<Key>| KeyLine {
            key,
            words: words.to_owned(),
            key_span,
            value: value.to_owned(),
            value_span,
            more: Vec::new(),
        };
        let Some(found) = found else {
            if heading == Heading::Example {
                node.keys.push(line(None));
                return;
            }
            let candidates = keys(heading).iter().map(|key| key.spelling(language));
            let suggestion = closest(words, candidates)
                .or_else(|| closest(words, Key::ALL.iter().map(|key| key.spelling(language))));
            self.say(Problem::UnknownKey { word: words.to_owned() }, key_span).suggestion = suggestion;
            return;
        };
        let key = found.word;
        let spelling = key.spelling(language).to_owned();
        if !keys(heading).contains(&key) {
            // The fitting heading around it, if there is one: probably the line only slipped.
            let around = self.place.len().saturating_sub(1);
            let outer = (1..=around).rev().find_map(|length| {
                let (first, rest) = self.place.get(..length)?.split_first()?;
                let node = rest.iter().try_fold(self.roots.get(*first)?, |node, index| node.children.get(*index))?;
                keys(node.heading)
                    .contains(&key)
                    .then(|| format!("{} {}", node.heading.spelling(language), node.name_text()))
            });
            let here = heading.spelling(language).to_owned();
            let problem = match outer {
                Some(outer) => Problem::KeyBelongsOuter { word: spelling, heading: here, outer },
                None => Problem::KeyNotHere { word: spelling, heading: here },
            };
            self.say(problem, key_span);
            return;
        }
        let twice = node.keys.iter().any(|line| line.key == Some(key)) && !REPEATABLE.contains(&key);
        let entry = line(Some(key));
        node.keys.push(entry);
        if value.is_empty() {
            self.say(Problem::EmptyValue { word: spelling.clone() }, key_span);
        }
        if twice {
            self.say(Problem::KeyTwice { word: spelling.clone() }, key_span);
        }
        if key != Key::Expects {
            self.purity(found.language, words, &spelling, key_span);
        }
        if parse::unquote(value).is_some() {
            self.last = Last::Key;
        }
    }

    fn bullet(&mut self, text: &str, span: Span) {
        self.last = Last::Nothing;
        let takes =
            |heading| matches!(heading, Heading::Question | Heading::Tiles | Heading::Offer | Heading::LifeEvent);
        match self.current() {
            Some(node) if takes(node.heading) => node.bullets.push(Bullet { text: text.to_owned(), span }),
            found => {
                let heading = found.map(|node| node.heading);
                self.misplaced("Eine Zeile mit „-“", "A line with “-”", heading, span);
            }
        }
    }

    fn table(&mut self, cells: &[TableCell], span: Span) {
        self.last = Last::Nothing;
        let takes = |heading| {
            matches!(
                heading,
                Heading::Fee | Heading::Responsible | Heading::Computed | Heading::List | Heading::Translation
            )
        };
        match self.current() {
            Some(node) if takes(node.heading) => node.rows.push((cells.to_vec(), span)),
            found => {
                let heading = found.map(|node| node.heading);
                self.misplaced("Eine Tabellenzeile", "A line of a table", heading, span);
            }
        }
    }

    fn misplaced(&mut self, de: &str, en: &str, heading: Option<Heading>, span: Span) {
        let kind = if self.language == Language::English { en } else { de }.to_owned();
        let heading = heading.map_or_else(String::new, |heading| self.word(heading));
        self.say(Problem::LineNotHere { kind, heading }, span);
    }

    fn text_line(&mut self, text: &str, span: Span) {
        let last = self.last;
        let Some(node) = self.current() else {
            self.say(Problem::TextNotHere, span);
            return;
        };
        match (last, node.heading) {
            (Last::Key, _) => {
                if let Some(line) = node.keys.last_mut() {
                    line.more.push(text.to_owned());
                }
            }
            (Last::Heading, Heading::Paragraph) => node.texts.push(text.to_owned()),
            _ => {
                self.say(Problem::TextNotHere, span);
            }
        }
    }
}

/// Whether a block may stand in a file of this kind.
fn fits(root: Heading, heading: Heading) -> bool {
    match root {
        Heading::Application | Heading::Report => {
            !matches!(heading, Heading::Tiles | Heading::Offer | Heading::LifeEvent)
        }
        Heading::Topic => matches!(heading, Heading::Section | Heading::Paragraph),
        Heading::Block => matches!(
            heading,
            Heading::Question | Heading::Paragraph | Heading::Rule | Heading::Computed | Heading::Value
        ),
        Heading::Portal => matches!(heading, Heading::Tiles | Heading::Offer | Heading::LifeEvent),
        Heading::Translation => !matches!(heading, Heading::Example | Heading::Responsible | Heading::Offer),
        _ => false,
    }
}
