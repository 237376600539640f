//! A line in pieces: texts between quotation marks, what stands outside of them, the comment.

use std::borrow::Cow;

use crate::model::Language;
use crate::syntax::keyword::{Key, is_word_char};
use crate::syntax::{closes, closing_mark};

/// A stretch of a line.
pub(super) enum Piece<'a> {
    /// What stands between quotation marks, with straight ones doubled.
    Text(Cow<'a, str>),
    /// What stands outside of them, and where it begins.
    Words(usize, &'a str),
}

/// Parts a line into texts and what stands between them.
pub(super) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some((at, open, close)) =
        line[search..].char_indices().find_map(|(at, c)| Some((search + at, c, closing_mark(c)?)))
    {
        let inner = &line[at + open.len_utf8()..];
        let Some(end) = end_of_text(inner, open, close) else {
            // A mark without its partner begins no text.
            search = at + open.len_utf8();
            continue;
        };
        let text = &inner[..end];
        let plain = open == '"' || !text.contains('"');
        pieces.push(Piece::Words(from, &line[from..at]));
        pieces.push(Piece::Text(if plain { text.into() } else { text.replace('"', "\"\"").into() }));
        let mark = inner[end..].chars().next().map_or(0, char::len_utf8);
        from = at + open.len_utf8() + end + mark;
        search = from;
    }
    pieces.push(Piece::Words(from, &line[from..]));
    pieces
}

/// Where a text ends; a straight mark that is doubled does not end it.
fn end_of_text(inner: &str, open: char, close: char) -> Option<usize> {
    let mut signs = inner.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        if !closes(close, c) {
            continue;
        }
        if open == '"' && signs.peek().is_some_and(|(_, next)| *next == '"') {
            signs.next();
            continue;
        }
        return Some(at);
    }
    None
}

/// A line without its comment, and the comment with its sign.
pub(super) fn split_comment(line: &str) -> (&str, Option<&str>) {
    let sign = pieces(line).into_iter().find_map(|piece| match piece {
        Piece::Words(from, words) => words.find('#').map(|at| from + at),
        Piece::Text(_) => None,
    });
    match sign {
        Some(at) => (&line[..at], Some(line[at..].trim_end())),
        None => (line, None),
    }
}

/// A value with straight quotation marks and single blanks, and none before a comma; `words`
/// writes what stands outside of texts, `text` what stands inside.
pub(super) fn tidy<'a>(
    value: &'a str,
    words: impl Fn(&'a str) -> Cow<'a, str>,
    text: impl Fn(&str) -> Option<String>,
) -> String {
    let mut tidy = String::with_capacity(value.len() + 8);
    for piece in pieces(value) {
        match piece {
            Piece::Text(inner) => {
                if tidy.ends_with(is_word_char) || tidy.ends_with(',') {
                    tidy.push(' ');
                }
                tidy.push('"');
                match text(&inner) {
                    Some(written) => tidy.push_str(&written),
                    None => tidy.push_str(&inner),
                }
                tidy.push('"');
            }
            Piece::Words(_, outside) => append(&mut tidy, &words(outside)),
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

/// Words behind what there is.
fn append(tidy: &mut String, words: &str) {
    if tidy.ends_with('"') && words.starts_with(is_word_char) {
        tidy.push(' ');
    }
    for c in words.chars() {
        let blank = c.is_whitespace();
        if blank && (tidy.is_empty() || tidy.ends_with(' ')) {
            continue;
        }
        if c == ',' && tidy.ends_with(' ') {
            tidy.pop();
        }
        tidy.push(if blank { ' ' } else { c });
    }
}

/// A text with the one word that is written in braces, `{Gebiet}`, in the other language; `None`:
/// it has no such word.
pub(crate) fn area_word(text: &str, from: Language, to: Language) -> Option<String> {
    let (old, new) = (Key::Area.spelling(from), Key::Area.spelling(to));
    if old == new || !text.contains(old) {
        return None;
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        written.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            // A brace that is meant as one.
            written.push('{');
            rest = after;
        } else if let Some((inner, _)) = rest.split_once('}').filter(|(inner, _)| inner.trim() == old) {
            written.push_str(&inner.replace(old, new));
            rest = &rest[inner.len()..];
        }
    }
    written.push_str(rest);
    (written != text).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_begin_outside_of_texts() {
        assert_eq!(split_comment("Farbe: \"#00457C\"   # Handbuch "), ("Farbe: \"#00457C\"   ", Some("# Handbuch")));
        assert_eq!(split_comment("\"a # b\""), ("\"a # b\"", None));
        assert_eq!(split_comment("a \"b # c"), ("a \"b ", Some("# c")));
    }

    #[test]
    fn texts_get_straight_marks() {
        for (written, proper) in [
            ("a = „Köln“ oder b=»x«", "a = \"Köln\" oder b=\"x\""),
            ("„sagt \"ja\" dazu“ ,\"b\"", "\"sagt \"\"ja\"\" dazu\", \"b\""),
            ("  \"a  <= b\"  x", "\"a  <= b\" x"),
            ("", ""),
        ] {
            let tidy = |value| super::tidy(value, Cow::Borrowed, |_| None);
            assert_eq!(tidy(written), proper);
            assert_eq!(tidy(proper), proper);
        }
    }

    #[test]
    fn the_word_for_the_area_is_rewritten_in_braces_only() {
        let there = "Gebiet {Gebiet}, {{Gebiet}} und { Gebiet }, {gebiet}";
        let back = "Gebiet {Area}, {{Gebiet}} und { Area }, {gebiet}";
        assert_eq!(area_word(there, Language::German, Language::English).as_deref(), Some(back));
        assert_eq!(area_word(back, Language::English, Language::German).as_deref(), Some(there));
        assert_eq!(area_word("Gebiet", Language::German, Language::English), None);
    }
}
