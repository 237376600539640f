//! Values that are phrases: each of their words from the table of the key that they stand behind.

use std::borrow::Cow;

use super::expression::Tongue;
use super::pieces;
use crate::model::Language;

/// Words that may stand in a value, German and English.
pub(super) type Pairs = [(&'static str, &'static str)];

/// A value in its proper form; what is none of the words stays.
pub(super) fn written(value: &str, pairs: &Pairs, tongue: Tongue) -> String {
    let changes = |words: &str| tongue.from != tongue.to || words.bytes().any(|byte| byte.is_ascii_digit());
    pieces::tidy(
        value,
        |words| if changes(words) { walk(words, pairs, tongue).into() } else { Cow::Borrowed(words) },
        |text| tongue.text(text),
    )
}

/// The other spelling of a phrase.
pub(super) fn spelled(phrase: &str, pairs: &Pairs, tongue: Tongue) -> Option<&'static str> {
    let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    let (from, to) = (tongue.from == Language::English, tongue.to == Language::English);
    let pick = |pair: &(&'static str, &'static str), english: bool| if english { pair.1 } else { pair.0 };
    pairs.iter().find(|pair| pick(pair, from) == phrase).map(|pair| pick(pair, to))
}

/// Goes from word to word, the longest phrase first.
fn walk(text: &str, pairs: &Pairs, tongue: Tongue) -> String {
    let places = places(text);
    let mut done = String::with_capacity(text.len() + 8);
    let (mut copied, mut at) = (0, 0);
    while at < places.len() {
        let (start, _) = places[at];
        let found = (1..=5.min(places.len() - at)).rev().find_map(|length| {
            let end = places[at + length - 1].1;
            let phrase = text.get(start..end)?;
            let number = at.checked_sub(1).and_then(|before| text.get(places[before].0..places[before].1));
            let per = number.is_some_and(|word| matches!(word, "je" | "per"));
            let number = if per { Some("1") } else { number.filter(|word| is_number(word)) };
            let unit = number.and_then(|number| tongue.unit(number, phrase));
            unit.or_else(|| spelled(phrase, pairs, tongue)).map(|word| (length, end, word))
        });
        match found {
            Some((length, end, word)) => {
                done.push_str(text.get(copied..start).unwrap_or_default());
                done.push_str(word);
                copied = end;
                at += length;
            }
            None => at += 1,
        }
    }
    done.push_str(text.get(copied..).unwrap_or_default());
    done
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// The words between blanks, without the signs round them.
fn places(text: &str) -> Vec<(usize, usize)> {
    let around = |c: char| matches!(c, ',' | '(' | ')' | ':');
    let mut places = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let lead = word.len() - word.trim_start_matches(around).len();
        let bare = word.trim_matches(around);
        if !bare.is_empty() {
            places.push((at + lead, at + lead + bare.len()));
        }
        at += part.len();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_rewritten_there_and_back() {
        let pairs = &[("gültig ab", "valid from"), ("bis", "to"), ("mal", "times"), ("je", "each"), ("nach", "after")];
        for (german, english) in [
            ("3, gültig ab 01.01.2026 bis 31.12.2027", "3, valid from 01.01.2026 to 31.12.2027"),
            ("1 bis 5 mal, je \"bis 2 mal\"", "1 to 5 times, each \"bis 2 mal\""),
            ("10 Jahre nach wahltag", "10 years after wahltag"),
            ("1 Jahr nach bis_dahin", "1 year after bis_dahin"),
        ] {
            let there = Tongue { from: Language::German, to: Language::English };
            let back = Tongue { from: Language::English, to: Language::German };
            assert_eq!(written(german, pairs, there), english);
            assert_eq!(written(english, pairs, back), german);
        }
        let same = Tongue { from: Language::German, to: Language::German };
        assert_eq!(written("1 Jahre  nach 14 Tag ", pairs, same), "1 Jahr nach 14 Tage");
    }
}
