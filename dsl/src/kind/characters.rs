//! Which characters a text may hold, and how what was typed is cleaned.

use serde_json::{Value as Json, json};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::State;

/// Characters that stand in no answer: controls, invisible characters, and blanks other than
/// the ordinary one. [`clean`] removes or replaces most of them; the schema forbids all.
const REFUSED: [(char, char); 12] = [
    ('\0', '\u{1F}'),
    ('\u{7F}', '\u{A0}'),
    ('\u{AD}', '\u{AD}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{180E}', '\u{180E}'),
    ('\u{2000}', '\u{200F}'),
    ('\u{2028}', '\u{202F}'),
    ('\u{205F}', '\u{206F}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFF9}', '\u{FFFB}'),
];

/// Whether a character stands in no answer.
pub(super) fn is_refused(c: char) -> bool {
    REFUSED.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// The refused characters for the inside of `[…]` in a pattern; with `newline` without `\n`.
pub(super) fn refused_class(newline: bool) -> String {
    let mut class = String::new();
    for (first, last) in REFUSED {
        if newline && first == '\0' {
            class.push_str("\\u0000-\\u0009\\u000B-\\u001F");
        } else {
            class.push_str(&range(first, last));
        }
    }
    class
}

/// A range for the inside of `[…]` in a pattern, readable by every regex engine.
pub(super) fn range(first: char, last: char) -> String {
    let (a, b) = (u32::from(first), u32::from(last));
    if a == b { format!("\\u{a:04X}") } else { format!("\\u{a:04X}-\\u{b:04X}") }
}

/// What was typed on one line, as it is stored: blanks of every kind are ordinary ones,
/// invisible characters are gone, composed (NFC), trimmed.
pub(super) fn clean(typed: &str) -> String {
    if typed.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return typed.trim_matches(' ').to_owned();
    }
    let visible: String = typed.chars().filter(|c| !is_invisible(*c)).map(blank).collect();
    visible.nfc().collect::<String>().trim_matches(' ').to_owned()
}

/// As [`clean`], and blanks one after the other are one.
pub(super) fn clean_words(typed: &str) -> String {
    typed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// As [`clean`] for several lines: line ends of every kind are `\n`.
pub(super) fn clean_lines(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}'], "\n");
    let lines: String =
        lines.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '\n' { c } else { blank(c) }).collect();
    lines.nfc().collect::<String>().trim_matches([' ', '\n']).to_owned()
}

/// Checks that a text is clean; `newline`: line ends may stand in it.
pub(super) fn check(text: &str, newline: bool) -> Result<(), State> {
    let is_end = |c: char| c == ' ' || c == '\n';
    if let Some(c) = text.chars().find(|c| is_refused(*c) && !(newline && *c == '\n')) {
        return Err(State::Character(c));
    }
    if text.starts_with(is_end) || text.ends_with(is_end) {
        return Err(State::Character(' '));
    }
    if !is_nfc(text) {
        let mut composed = text.nfc();
        let c = text.chars().find(|c| composed.next() != Some(*c));
        return Err(State::Character(c.unwrap_or('\u{301}')));
    }
    Ok(())
}

/// Checks that a text is clean and has single blanks only.
pub(super) fn check_words(text: &str) -> Result<(), State> {
    check(text, false)?;
    if text.contains("  ") { Err(State::Character(' ')) } else { Ok(()) }
}

/// The schema of clean texts on one line.
pub(super) fn line_schema() -> Json {
    schema(format!("^[^{}]*$", refused_class(false)), "^ | $")
}

/// The schema of clean texts with single blanks.
pub(super) fn words_schema() -> Json {
    schema(format!("^[^{}]*$", refused_class(false)), "^ |  | $")
}

/// The schema of clean texts of several lines.
pub(super) fn lines_schema() -> Json {
    schema(format!("^[^{}]*$", refused_class(true)), "^[ \\n]|[ \\n]$")
}

/// The schema of texts with one pattern and without another.
pub(super) fn schema(pattern: impl Into<String>, without: &str) -> Json {
    json!({ "type": "string", "pattern": pattern.into(), "not": { "pattern": without } })
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn blank(c: char) -> char {
    match c {
        '\t'
        | '\n'
        | '\r'
        | '\u{B}'
        | '\u{C}'
        | '\u{85}'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cleaned_away_is_refused() {
        for c in '\0'..=char::MAX {
            if is_invisible(c) || (blank(c) != c) {
                assert!(is_refused(c), "{c:?}");
            }
        }
    }

    #[test]
    fn a_clean_text_stays_as_it_is() {
        for typed in [" a\u{200b}\u{301} ", "e\u{301}\t\u{feff}x", "\u{2000}\u{2001}", "C\u{306}"] {
            let clean = clean(typed);
            assert_eq!(super::clean(&clean), clean);
            assert!(clean.is_empty() || check(&clean, false).is_ok(), "{typed:?}");
        }
    }
}
