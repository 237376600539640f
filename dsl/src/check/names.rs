//! Names of authors and the keys that stand for them in data, files and addresses.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Problem};
use crate::syntax::keyword::{RESERVED, is_word_char};
use crate::syntax::{Node, Span};

/// The key of a name: ä→ae, ö→oe, ü→ue, ß→ss, other letters without their marks; lower case.
#[must_use]
pub(crate) fn json_key(name: &str) -> String {
    // Most names: asked for again and again.
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(name.len());
    for c in name.nfc() {
        match c {
            'ä' | 'Ä' => key.push_str("ae"),
            'ö' | 'Ö' => key.push_str("oe"),
            'ü' | 'Ü' => key.push_str("ue"),
            'ß' | 'ẞ' => key.push_str("ss"),
            'æ' | 'Æ' => key.push_str("ae"),
            'ø' | 'Ø' => key.push_str("oe"),
            'å' | 'Å' => key.push_str("aa"),
            'ł' | 'Ł' => key.push('l'),
            'đ' | 'Đ' => key.push('d'),
            _ => {
                let base = std::iter::once(c).nfd().next().unwrap_or(c);
                key.push(base.to_lowercase().next().unwrap_or(base));
            }
        }
    }
    key
}

/// The key of a path with folders: each part by itself.
#[must_use]
pub(crate) fn path_key(path: &str) -> String {
    path.split('/').map(json_key).collect::<Vec<_>>().join("/")
}

/// Says that a name is a word of the language, with another one for it.
pub(crate) fn reserved(name: &str) -> Problem {
    const OTHERS: &[(&str, &str)] = &[
        ("von", "beginn"),
        ("bis", "ende_am"),
        ("ab", "beginn"),
        ("sonst", "sonstiges"),
        ("kein", "nichts"),
        ("keine", "nichts"),
        ("andere", "anderes"),
        ("mehr", "weiteres"),
        ("nach", "danach"),
        ("vor", "davor"),
        ("heute", "stichtag"),
        ("from", "begin"),
        ("to", "end_on"),
        ("otherwise", "something_else"),
        ("no", "nothing"),
        ("another", "other"),
        ("today", "day"),
    ];
    let other = OTHERS.iter().find(|(word, _)| *word == name).map(|(_, other)| (*other).to_owned());
    Problem::NameReserved { name: name.to_owned(), other: other.unwrap_or_else(|| format!("{name}_")) }
}

/// What is the matter with a name, if anything.
pub(crate) fn check_name(name: &str) -> Option<Problem> {
    if RESERVED.contains(&name) {
        return Some(reserved(name));
    }
    let starts = name.chars().next().is_some_and(|c| c.is_lowercase());
    if !starts || !name.chars().all(is_word_char) {
        return Some(Problem::NameForm { name: name.to_owned() });
    }
    None
}

/// The message about a heading without a name, with one that is made from its text.
pub(super) fn missing_name(node: &Node, what: &str, file: &str) -> Diagnostic {
    let title = node.title.as_ref().filter(|_| node.name.is_none());
    let made = title.and_then(|(title, span)| Some((name_of(title)?, Span::new(span.start, span.start))));
    let fix = made.map(|(name, place)| (place, format!("{name} ")));
    Diagnostic { fix, ..Diagnostic::new(Problem::MissingName { what: what.to_owned() }, file, node.span) }
}

/// A name made from a text: of a question its last noun, else its first word.
pub(super) fn name_of(text: &str) -> Option<String> {
    let words = text.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty());
    let address = |word: &&str| !matches!(*word, "Sie" | "Ihr" | "Ihre" | "Ihren" | "Ihrem" | "Ihrer" | "Ihnen");
    let all: Vec<&str> = words.collect();
    let noun = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 2;
    let asked = text.trim_end().ends_with('?').then(|| all.iter().skip(1).filter(|word| address(word)).rfind(noun));
    let article =
        |word: &&&str| matches!(word.to_lowercase().as_str(), "der" | "die" | "das" | "ein" | "eine" | "the" | "a");
    let name = asked.flatten().or_else(|| all.iter().find(|word| !article(word)))?.to_lowercase();
    check_name(&name).is_none().then_some(name)
}
