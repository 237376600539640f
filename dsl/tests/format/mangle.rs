//! Texts that a word processor, an old editor or chance has been at.

use std::sync::LazyLock;

use amtsweg_dsl::diagnostic::Diagnostic;
use amtsweg_dsl::format::{Kept, format};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::{Sources, tree};
use proptest::prelude::*;

use crate::shape::{BREAKS, first_difference, formatted};
use crate::texts::{catalogue, everything};

/// The stretches of a line outside of its texts and its comment.
fn outside(line: &str, mut change: impl FnMut(&str) -> String) -> String {
    let mut done = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['"', '#']) {
        done.push_str(&change(&rest[..at]));
        if rest[at..].starts_with('#') {
            return done + &rest[at..];
        }
        let end = at + 1 + rest[at + 1..].find('"').unwrap();
        done.push_str(&rest[at..=end]);
        rest = &rest[end + 1..];
    }
    done + &change(rest)
}

/// Ways to spoil a line that is in its proper shape; none of them changes what it says.
const WAYS: &[fn(&str) -> String] = &[
    |line| line.trim_start().to_owned(),
    |line| format!("\t {line}"),
    |line| format!("{line}  \t"),
    |line| outside(line, |words| words.replace(' ', "  ")),
    |line| outside(line, |words| words.replace(' ', "\t")),
    |line| outside(line, |words| words.replace(' ', "\u{a0}")),
    |line| outside(line, |words| words.replace('≤', "<=").replace('≥', ">=").replace('≠', "<>").replace('×', "*")),
    |line| outside(line, |words| words.replace(" = ", "=").replace(" ≥ ", "≥").replace(" + ", "+").replace("( ", "(")),
    |line| outside(line, |words| words.split("  ").collect::<Vec<_>>().join(" ")),
    |line| outside(line, |words| words.replace("- ", "– ")),
    |line| marked(line, '„', '“'),
    |line| marked(line, '»', '«'),
    |line| {
        let (said, comment) = line.split_at(line.find('#').unwrap_or(line.len()));
        said.replace('ä', "a\u{308}").replace('ü', "u\u{308}") + comment
    },
    |line| {
        let begin = line.len() - line.trim_start().len();
        let first = line[begin..].chars().next();
        let word = !line.contains('|') && first.is_some_and(char::is_lowercase);
        let heading =
            |c: char| line[..begin].to_owned() + &c.to_uppercase().to_string() + &line[begin + c.len_utf8()..];
        first.filter(|_| word && !line.contains('.')).map_or_else(|| line.to_owned(), heading)
    },
    |line| outside(line, |words| words.replace("Tage", "Tag").replace("Jahre nach", "Jahr nach")),
    |line| if line.is_empty() { " \n\t\n".to_owned() } else { line.to_owned() },
];

/// The first text of a line in other quotation marks, unless it has some inside.
fn marked(line: &str, open: char, close: char) -> String {
    if line.contains(['„', '“', '”', '»', '«']) || line.contains("\"\"") {
        return line.to_owned();
    }
    line.replacen('"', &open.to_string(), 1).replacen('"', &close.to_string(), 1)
}

/// Lines that stand for themselves: what an example answers is no word of the language, and the
/// cells of a code list have none.
fn spoil(text: &str, ways: &[u8]) -> String {
    let mut spoilt = String::new();
    let mut previous = "";
    let (mut example, mut list) = (false, false);
    for (line, way) in text.lines().zip(ways.iter().cycle()) {
        example = if line.starts_with(' ') || line.is_empty() {
            example
        } else {
            line.starts_with("Beispiel") || line.starts_with("Example")
        };
        list |= line.starts_with("List") || line.starts_with("Übersetzung");
        let way = usize::from(*way) % WAYS.len();
        let words = (6..=8).contains(&way) || way == 13;
        let spoilt_line = if words && (example || list) { line.to_owned() } else { WAYS[way](line) };
        // A comment belongs to what stands directly below it.
        let keeps = line.trim_start().starts_with('#') || previous.trim_start().starts_with('#');
        spoilt.push_str(if keeps { line } else { &spoilt_line });
        spoilt.push('\n');
        previous = line;
    }
    spoilt
}

/// Changes nobody would make.
fn break_up(text: &str, edits: &[(u16, u8)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, kind) in edits {
        if letters.is_empty() {
            break;
        }
        let at = usize::from(*at) % letters.len();
        match kind % 8 {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters.insert(at, ['"', '#', '|', ':', '(', '„', '\n', '='][usize::from(*kind / 8) % 8]),
            3 => letters.truncate(at),
            4 => {
                let line: String = letters[at..].iter().take_while(|c| **c != '\n').collect();
                letters.splice(at..at, line.chars());
            }
            5 => letters[at] = ' ',
            6 => letters.insert(at, ['\u{b}', '\r', '\u{ad}', '\t'][usize::from(*kind / 8) % 4]),
            _ => letters.swap(at, 0),
        }
    }
    letters.into_iter().collect()
}

static PROPER: LazyLock<Vec<String>> =
    LazyLock::new(|| catalogue().into_values().map(|text| format(&text).text).collect());

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| everything().into_iter().map(|(_, text)| text).collect());

/// What holds for every text at all.
fn holds(text: &str) {
    let found = format(text);
    assert_ne!(found.kept, Some(Kept::WouldDiffer), "{text}");
    let after = formatted("", text);
    if found.kept.is_some() {
        return;
    }
    let cut = |text: &str| {
        text.trim_start_matches('\u{feff}')
            .split('\n')
            .map(|line| line.trim_end_matches('\r').to_owned())
            .collect::<Vec<_>>()
    };
    let clean = clean(text);
    let problems = tree("", &clean).1;
    if !text.contains(BREAKS) && !text.replace("\r\n", "\n").contains('\r') {
        let (before, lines) = (cut(text), cut(&after));
        for problem in &problems {
            let broken = &before[clean[..problem.span.start].matches('\n').count()];
            assert!(lines.contains(broken), "{broken:?} {:?}\n{after}", problem.message(Language::German));
        }
    }
    let codes = |problems: &[Diagnostic]| problems.iter().map(|found| found.problem.code()).collect::<Vec<_>>();
    assert_eq!(codes(&problems), codes(&tree("", &crate::mangle::clean(&after)).1), "{text}");
}

/// A text as it is read.
fn clean(text: &str) -> String {
    let mut sources = Sources::new();
    sources.add("a.amt", text.as_bytes()).unwrap();
    sources.text("a.amt").unwrap().to_owned()
}

#[test]
fn every_text_keeps_what_it_has() {
    TEXTS.iter().for_each(|text| holds(text));
}

/// One way for all lines of a text, each way for each text.
#[test]
fn every_text_is_put_right() {
    for proper in PROPER.iter() {
        for way in 0..u8::try_from(WAYS.len()).unwrap() {
            is_put_right(&spoil(proper, &[way]), proper);
        }
    }
}

fn is_put_right(spoilt: &str, proper: &str) {
    let found = format(spoilt);
    assert_eq!(found.kept, None, "{spoilt}");
    assert!(found.text == proper, "{}", first_difference(&found.text, proper));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_text_is_put_right(number in any::<prop::sample::Index>(), ways in prop::collection::vec(any::<u8>(), 1..60), end in 0..3) {
        let proper = number.get::<String>(&PROPER);
        let mut spoilt = spoil(proper, &ways);
        if end == 1 {
            spoilt = format!("\u{feff}{}", spoilt.replace('\n', "\r\n"));
        } else if end == 2 {
            spoilt = format!("\n\n{}", spoilt.trim_end());
        }
        is_put_right(&spoilt, proper);
    }

    #[test]
    fn a_broken_text_keeps_what_it_has(number in any::<prop::sample::Index>(), edits in prop::collection::vec(any::<(u16, u8)>(), 1..12)) {
        holds(&break_up(number.get::<String>(&TEXTS), &edits));
    }
}
