//! What Word and its like leave in a text: signs that look like nothing or like a plain one.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The mark that ends a text which `open` begins.
pub(crate) fn partner(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '„' => '“',
        '“' => '”',
        '»' => '«',
        '«' => '»',
        _ => return None,
    })
}

/// Whether `mark` ends a text whose partner is `partner`: both “ and ” end „.
pub(crate) fn ends(partner: char, mark: char) -> bool {
    mark == partner || (partner == '“' && mark == '”')
}

/// What a sign stands for outside of texts; `None`: it stands for itself.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\t' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        // Soft hyphens, joiners and marks of direction.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => "",
        '\u{2010}' | '\u{2011}' => "-",
        _ => return None,
    })
}

/// Whether a sign ends a line in some program, but is no line feed.
fn breaks(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text with plain signs: no byte order mark, letters in one piece (NFC), every line ended by a
/// line feed, plain blanks and hyphens outside of texts, nothing invisible there.
pub(crate) fn cleaned(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text: Cow<'_, str> = if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
    if !text.contains(|c| plain(c).is_some() || breaks(c)) {
        return text.into_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut inside: Option<char> = None;
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match inside {
            _ if c == '\r' && signs.peek() == Some(&'\n') => {}
            // Within a text a break is one of Word's, at which its lines wrap.
            Some(_) if breaks(c) && c != '\r' => clean.push(' '),
            _ if c == '\n' || breaks(c) => {
                inside = None;
                clean.push('\n');
            }
            Some(end) => {
                inside = (!ends(end, c)).then_some(end);
                clean.push(c);
            }
            None => {
                inside = partner(c);
                match plain(c) {
                    Some(sign) => clean.push_str(sign),
                    None => clean.push(c),
                }
            }
        }
    }
    clean
}
