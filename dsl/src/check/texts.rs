//! Texts that people read: their marks (bold, links), and hints on how easily they are read.

use super::thing::Thing;
use super::wording::{self, Sort};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::Language;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{KeyLine, Node, Span, unquote};

/// A text where it stands.
struct Written<'t> {
    text: &'t str,
    span: Span,
    sort: Sort,
    language: Language,
}

/// What is to be said about the texts of a thing, and the hints on them.
pub(super) fn look(thing: &Thing, language: Language, source: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    below(&thing.node, language, source, &mut |written: &Written<'_>| {
        if let Some(problem) = wording::placeholder(written.text) {
            found.push(Diagnostic::new(problem, &thing.file, written.span));
            return;
        }
        if written.sort == Sort::Name {
            return;
        }
        for problem in wording::marks(written.text, written.sort) {
            found.push(Diagnostic::new(problem, &thing.file, written.span));
        }
        for problem in wording::hints(written.text, written.sort, written.language) {
            found.push(Diagnostic::new(problem, &thing.file, written.span));
        }
    });
    found.into_iter().partition(|message| !is_hint(&message.problem))
}

fn is_hint(problem: &Problem) -> bool {
    problem.severity() == crate::diagnostic::Severity::Hint
}

fn below(node: &Node, language: Language, source: &str, visit: &mut dyn FnMut(&Written<'_>)) {
    // Examples are read by authors.
    if node.heading == Heading::Example {
        return;
    }
    if let Some((title, span)) = &node.title {
        let sort = if node.heading == Heading::Paragraph { Sort::Rich } else { Sort::Plain };
        visit(&Written { text: title, span: *span, sort, language });
        let mut from = span.end;
        for text in &node.texts {
            let span = place_of(text, from, source);
            from = span.end;
            visit(&Written { text, span, sort, language });
        }
    }
    for line in &node.keys {
        let (sort, language) = match line.key {
            Some(Key::Text | Key::Hint | Key::WhatNext | Key::Deadline) => (Sort::Rich, language),
            Some(Key::Otherwise | Key::OtherwiseWarning) => (Sort::Message, language),
            Some(Key::Easy) => (Sort::Rich, Language::Easy),
            // Laws have the names that they have.
            _ => (Sort::Name, language),
        };
        of_line(line, sort, language, source, visit);
    }
    for bullet in &node.bullets {
        let option = super::options::read(&bullet.text, bullet.span.start);
        for text in option.label.iter().chain(&option.hint) {
            visit(&Written { text, span: bullet.span, sort: Sort::Plain, language });
        }
    }
    node.children.iter().for_each(|child| below(child, language, source, visit));
}

fn of_line(line: &KeyLine, sort: Sort, language: Language, source: &str, visit: &mut dyn FnMut(&Written<'_>)) {
    let Some(first) = unquote(&line.value) else { return };
    visit(&Written { text: &first, span: line.value_span, sort, language });
    let mut from = line.value_span.end;
    for text in &line.more {
        let span = place_of(text, from, source);
        from = span.end;
        visit(&Written { text, span, sort, language });
    }
}

/// Where a further line of a text stands, behind a place.
fn place_of(text: &str, from: usize, source: &str) -> Span {
    let found = source.get(from..).and_then(|rest| rest.find(text)).map(|at| from + at);
    found.map_or(Span::new(from, from), |at| Span::new(at, at + text.len()))
}
