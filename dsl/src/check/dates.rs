//! Days that are written in another way than the language has them, and days that do not exist.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Problem};
use crate::syntax::Span;

const MONTHS: [[&str; 4]; 12] = [
    ["januar", "jan", "january", "jan"],
    ["februar", "feb", "february", "feb"],
    ["märz", "mär", "march", "mar"],
    ["april", "apr", "april", "apr"],
    ["mai", "mai", "may", "may"],
    ["juni", "jun", "june", "jun"],
    ["juli", "jul", "july", "jul"],
    ["august", "aug", "august", "aug"],
    ["september", "sep", "september", "sept"],
    ["oktober", "okt", "october", "oct"],
    ["november", "nov", "november", "nov"],
    ["dezember", "dez", "december", "dec"],
];

/// The message about the first day in `text` that is written in another way (`2026-01-01`, `16. März 2026`,
/// `01.01.26`) or does not exist. `text` begins at byte `base` of its file.
pub(super) fn other_form(text: &str, base: usize, file: &str) -> Option<Diagnostic> {
    let words = words(text);
    words.iter().enumerate().find_map(|(index, (start, word))| {
        let (end, found) = match one_word(word) {
            Some(found) => (start + word.len(), found),
            None => {
                let (at, year) = words.get(index + 2)?;
                (at + year.len(), month_in_words(word, words.get(index + 1)?.1, year)?)
            }
        };
        let place = Span::new(base + start, base + end);
        let written = text.get(*start..end)?.to_owned();
        Some(match found {
            Some(date) => {
                let fixed = format!("{:02}.{:02}.{}", date.day(), date.month(), date.year());
                let problem = Problem::DateForm { text: written, fixed: fixed.clone() };
                Diagnostic { fix: Some((place, fixed)), ..Diagnostic::new(problem, file, place) }
            }
            None => Diagnostic::new(Problem::NoSuchDate { text: written }, file, place),
        })
    })
}

/// Whether a text has a day with `-` or `/` between its numbers: it could be read as a calculation.
pub(crate) fn like_a_calculation(text: &str) -> bool {
    text.contains(['-', '/'])
        && words(text).iter().any(|(_, word)| word.contains(['-', '/']) && one_word(word).is_some())
}

/// Words and where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'))
        .map(|word| {
            let start = at;
            at +=
                word.len() + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            (start, word)
        })
        .filter(|(_, word)| !word.is_empty())
        .collect()
}

/// `None`: no day, or one that is written as it must be. `Some(None)`: a day that does not exist.
fn one_word(word: &str) -> Option<Option<Date>> {
    for sign in ['-', '/', '.'] {
        let parts: Vec<&str> = word.split(sign).collect();
        let [a, b, c] = parts.as_slice() else { continue };
        if ![a, b, c].iter().all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|x| x.is_ascii_digit()))
        {
            continue;
        }
        let (year, month, day) = match (a.len(), c.len()) {
            (4, 1 | 2) => (*a, *b, *c),
            (1 | 2, 2 | 4) => (*c, *b, *a),
            _ => continue,
        };
        let full: i16 = year.parse().ok()?;
        // Of two digits it is taken that they are years of today's working life.
        let full = match (year.len(), full) {
            (2, ..=60) => full + 2000,
            (2, _) => full + 1900,
            _ => full,
        };
        if full < 1000 {
            return Some(None);
        }
        let date = Date::new(full, month.parse().ok()?, day.parse().ok()?).ok();
        // As it must be, and it exists.
        if sign == '.' && year.len() == 4 && a.len() < 4 && date.is_some() {
            return None;
        }
        return Some(date);
    }
    None
}

/// `16. März 2026`
fn month_in_words(day: &str, month: &str, year: &str) -> Option<Option<Date>> {
    let day: i8 = day.trim_end_matches('.').parse().ok()?;
    let month = month.trim_end_matches('.').to_lowercase();
    let month = MONTHS.iter().position(|names| names.contains(&month.as_str()))?;
    let year: i16 = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    Some(Date::new(year, i8::try_from(month + 1).ok()?, day).ok())
}
