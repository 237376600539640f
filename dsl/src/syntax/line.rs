use super::Span;
use super::parse::{self, Rule};
use super::paste;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Where it stands, without the line break.
    pub span: Span,
}

/// What a line is, seen from its first characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing, or a comment only.
    Blank,
    /// `Art: Datum`
    Key {
        /// The words before the colon.
        key: String,
        /// Where they stand.
        key_span: Span,
        /// What stands behind it, without a comment.
        value: String,
        /// Where that stands.
        value_span: Span,
    },
    /// `- haupt "…"`: what stands behind the dash.
    Bullet(String, Span),
    /// `| a | b || c |`
    Table(Vec<TableCell>),
    /// A text alone.
    Text(String, Span),
    /// Anything else: a heading, or a line that cannot be read.
    Other(String, Span),
    /// A quotation mark that is not closed; its place.
    Unclosed(Span),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCell {
    /// What stands in it.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Whether `||` stands before it.
    pub result: bool,
}

/// Cuts a text into lines and says what each is.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|raw| {
            let start = at;
            at += raw.len();
            let content = raw.trim_end_matches(['\n', '\r']);
            Line { kind: read(content, start), span: Span::new(start, start + content.len()) }
        })
        .collect()
}

fn trimmed(text: &str, start: usize) -> (String, Span) {
    let lead = text.len() - text.trim_start_matches(is_blank).len();
    let inner = text.trim_matches(is_blank);
    (inner.to_owned(), Span::new(start + lead, start + lead + inner.len()))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// What a line is that begins at byte `start` of its file.
pub(super) fn read(text: &str, start: usize) -> LineKind {
    if text.trim_matches(is_blank).is_empty() {
        return LineKind::Blank;
    }
    let Ok(line) = parse::start(Rule::line, text, start) else {
        let (inner, span) = trimmed(text, start);
        return unclosed(&inner, span).map_or(LineKind::Other(inner, span), LineKind::Unclosed);
    };
    let Some(found) = line.into_inner().find(|pair| !matches!(pair.as_rule(), Rule::comment | Rule::EOI)) else {
        return LineKind::Blank;
    };
    let place = start + found.as_span().start();
    match found.as_rule() {
        Rule::table_line => {
            let mut result = false;
            let mut cells = Vec::new();
            for part in found.into_inner() {
                match part.as_rule() {
                    Rule::bar => result = part.as_str() == "||",
                    Rule::cell => {
                        let (text, span) = trimmed(part.as_str(), start + part.as_span().start());
                        cells.push(TableCell { text, span, result });
                        result = false;
                    }
                    _ => {}
                }
            }
            LineKind::Table(cells)
        }
        Rule::list_line => {
            let value = found.into_inner().find(|pair| pair.as_rule() == Rule::value);
            let (text, span) = value.map_or_else(
                || (String::new(), Span::new(place, place)),
                |value| trimmed(value.as_str(), start + value.as_span().start()),
            );
            unclosed(&text, span).map_or(LineKind::Bullet(text, span), LineKind::Unclosed)
        }
        Rule::text_line => {
            let (_, span) = trimmed(found.as_str(), place);
            let text = found.into_inner().next().map(parse::text_of).unwrap_or_default();
            LineKind::Text(text, span)
        }
        Rule::key_line => {
            let (mut key, mut key_span) = (String::new(), Span::new(place, place));
            let (mut value, mut value_span) = (String::new(), Span::new(place, place));
            for part in found.into_inner() {
                let (text, span) = trimmed(part.as_str(), start + part.as_span().start());
                match part.as_rule() {
                    Rule::key => (key, key_span) = (text.split_whitespace().collect::<Vec<_>>().join(" "), span),
                    Rule::value => (value, value_span) = (text, span),
                    _ => {}
                }
            }
            match unclosed(&value, value_span) {
                Some(open) => LineKind::Unclosed(open),
                None => LineKind::Key { key, key_span, value, value_span },
            }
        }
        _ => {
            let (inner, span) = trimmed(found.as_str(), place);
            unclosed(&inner, span).map_or(LineKind::Other(inner, span), LineKind::Unclosed)
        }
    }
}

/// The line with its last quotation mark closed at the end.
pub(super) fn closed(text: &str, start: usize) -> LineKind {
    let mark = match closing(text) {
        Some((mark, _)) => mark,
        None => return read(text, start),
    };
    read(&format!("{}{mark}", text.trim_end()), start)
}

/// The place of a quotation mark that is not closed.
fn unclosed(text: &str, span: Span) -> Option<Span> {
    closing(text).map(|(_, at)| Span::new(span.start + at, span.end))
}

/// The mark that a text still needs, and where the text begins.
fn closing(text: &str) -> Option<(char, usize)> {
    let mut closing: Option<(char, usize)> = None;
    for (at, c) in text.char_indices() {
        match closing {
            Some((end, _)) if paste::ends(end, c) => closing = None,
            Some(_) => {}
            None => closing = paste::partner(c).map(|end| (end, at)),
        }
    }
    closing
}
