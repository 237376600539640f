//! Messages in the terminal, with the lines that they are about.

use std::collections::HashMap;
use std::ops::Range;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::{Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::words;

/// More than these are only counted: nobody reads further.
const MOST: usize = 100;

/// All messages as text, errors first, each with its lines.
pub(super) fn all(diagnostics: &[&Diagnostic], sources: &Sources, language: Language, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut files = Files { sources, starts: HashMap::new() };
    let mut sorted = diagnostics.to_vec();
    sorted.sort_by(|one, other| {
        (one.severity(), &one.file, one.span.start).cmp(&(other.severity(), &other.file, other.span.start))
    });
    let mut text = String::new();
    for diagnostic in sorted.iter().take(MOST) {
        text.push_str(&renderer.render(&groups(diagnostic, &mut files, language)));
        text.push_str("\n\n");
    }
    if let Some(more) = sorted.len().checked_sub(MOST).filter(|more| *more > 0) {
        text.push_str(&words::and_more(language, more));
        text.push_str("\n\n");
    }
    text.push_str(&words::counts(language, diagnostics));
    text
}

fn groups<'a>(diagnostic: &Diagnostic, files: &mut Files<'a>, language: Language) -> Vec<Group<'a>> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE,
    };
    let level = level.with_name(words::severity(language, diagnostic.severity()));
    let mut group = level
        .primary_title(diagnostic.message(language))
        .id(diagnostic.problem.code())
        .element(files.place(&diagnostic.file, diagnostic.span, AnnotationKind::Primary));
    for (file, span) in &diagnostic.related {
        group = group.element(files.place(file, *span, AnnotationKind::Context));
    }
    let help = diagnostic.help(language);
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name(words::help(language)).message(help));
    }
    vec![group]
}

/// Texts with the beginnings of their lines.
struct Files<'a> {
    sources: &'a Sources,
    starts: HashMap<String, Vec<usize>>,
}

/// A place in a file: with its lines where the file has text.
enum Shown<'a> {
    Lines(Snippet<'a, annotate_snippets::Annotation<'a>>),
    Name(Origin<'a>),
}

impl<'a> From<Shown<'a>> for annotate_snippets::Element<'a> {
    fn from(shown: Shown<'a>) -> Self {
        match shown {
            Shown::Lines(snippet) => snippet.into(),
            Shown::Name(origin) => origin.into(),
        }
    }
}

impl<'a> Files<'a> {
    fn place(&mut self, file: &str, span: Span, kind: AnnotationKind) -> Shown<'a> {
        let Some(text) = self.sources.text(file).filter(|text| !text.is_empty()) else {
            return Shown::Name(Origin::path(file.to_owned()));
        };
        let starts = self
            .starts
            .entry(file.to_owned())
            .or_insert_with(|| std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect());
        let lines = lines(starts, text, span);
        let shown = text.get(lines.bytes.clone()).unwrap_or_default();
        let start = boundary(shown, span.start.saturating_sub(lines.bytes.start));
        let end = boundary(shown, span.end.saturating_sub(lines.bytes.start)).max(start);
        let snippet =
            Snippet::source(shown).line_start(lines.first).path(file.to_owned()).annotation(kind.span(start..end));
        Shown::Lines(snippet)
    }
}

struct Lines {
    /// The number of the first line, from 1.
    first: usize,
    bytes: Range<usize>,
}

/// The lines that a span touches, at most five of them.
fn lines(starts: &[usize], text: &str, span: Span) -> Lines {
    let first = starts.partition_point(|start| *start <= span.start).max(1) - 1;
    let last = (starts.partition_point(|start| *start < span.end.max(span.start + 1)).max(1) - 1).min(first + 4);
    let begin = starts.get(first).copied().unwrap_or(0);
    let end = starts.get(last + 1).map_or(text.len(), |next| next - 1);
    Lines { first: first + 1, bytes: begin..end.max(begin) }
}

/// The nearest place before `at` where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
