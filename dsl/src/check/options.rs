//! List lines: `- key "Label", Hinweis: "…", schließt andere aus, nur wenn: …`.

use crate::syntax::keyword::{Fixed, Key};
use crate::syntax::{Span, split_items, unquote};

/// A list line.
#[derive(Debug, Clone, Default)]
pub(crate) struct OptionLine {
    /// The key behind the dash.
    pub key: String,
    /// Where it stands.
    pub key_span: Span,
    /// The label.
    pub label: Option<String>,
    /// A hint.
    pub hint: Option<String>,
    /// "schließt andere aus".
    pub excludes_others: bool,
    /// "entfällt": a town has dropped it; only resolved adoptions have such lines.
    pub dropped: bool,
    /// "nur wenn", its text and place.
    pub condition: Option<(String, Span)>,
    /// A part that is none of these.
    pub unknown: Option<(String, Span)>,
}

/// Reads what stands behind the dash.
pub(crate) fn read(text: &str, base: usize) -> OptionLine {
    let mut line = OptionLine::default();
    let key_end = text.find(|c: char| c.is_whitespace() || c == ',' || c == '"' || c == '„').unwrap_or(text.len());
    line.key = text.get(..key_end).unwrap_or("").to_owned();
    line.key_span = Span::new(base, base + key_end);
    let rest = text.get(key_end..).unwrap_or("");
    // A condition reaches to the end of the line, commas included.
    let (rest, condition) = condition_at_end(rest, base + key_end);
    line.condition = condition;
    for (item, span) in split_items(rest, base + key_end) {
        if item.is_empty() {
            continue;
        }
        if let Some(label) = unquote(&item) {
            line.label = Some(label);
        } else if Fixed::find(&item).is_some_and(|found| found.word == Fixed::ExcludesOthers) {
            line.excludes_others = true;
        } else if Key::find(&item).is_some_and(|found| found.word == Key::Dropped) {
            line.dropped = true;
            line.unknown = Some((item, span));
        } else if let Some((word, value)) = item.split_once(':')
            && Key::find(word.trim()).is_some_and(|found| found.word == Key::Hint)
        {
            line.hint = unquote(value);
        } else {
            line.unknown = Some((item, span));
        }
    }
    line
}

/// The line without its condition, and the condition.
pub(crate) fn condition_at_end(text: &str, base: usize) -> (&str, Option<(String, Span)>) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' | '„' | '“' | '”' => quoted = !quoted,
            ',' if !quoted => {
                let rest = text.get(at + 1..).unwrap_or("").trim_start();
                if let Some((word, condition)) = rest.split_once(':')
                    && Key::find(word.trim()).is_some_and(|found| found.word == Key::OnlyIf)
                {
                    let condition_text = condition.trim();
                    let start = base + text.len() - condition.trim_start().len();
                    let span = Span::new(start, start + condition_text.len());
                    return (text.get(..at).unwrap_or(""), Some((condition_text.to_owned(), span)));
                }
            }
            _ => {}
        }
    }
    (text, None)
}
