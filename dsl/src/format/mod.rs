//! A file in its proper shape: indentation from the depth of headings, tables in columns, one way
//! to write each sign. Works on the list of lines, so that no comment is lost.
//!
//! What cannot be read stays as it is, to the letter. What comes out is read again and compared
//! with what went in: where it would say anything else, the text is left alone.

mod expression;
mod languages;
mod layout;
mod pieces;
mod same;
mod translate;
mod value;
mod words;
mod write;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Problem};
use crate::model::Language;
use crate::syntax::{Cleaned, lines_of, tree};
use expression::Tongue;
use layout::Source;
use same::Same;

pub(crate) use pieces::area_word;
pub use translate::{NotTranslated, translate};

/// A text in its proper shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text; formatting it again changes nothing.
    pub text: String,
    /// Why the text is as it was.
    pub kept: Option<Kept>,
    /// The numbers of the lines, from 1, that cannot be read and stay as they are.
    pub unread: Vec<usize>,
}

/// Why a text is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is no file of forms: it has no heading of a file, two of them, or errors without end.
    NotRead,
    /// In its proper shape it would not say the same. That is a mistake of this program.
    WouldDiffer,
}

/// The text in its proper shape.
///
/// Signs that a word processor left are made plain, as when a file is read. A line that cannot be
/// read stays as it is, byte for byte (line ends excepted), and every comment stays.
///
/// ```
/// let text = "Sprache:Deutsch\nListe farben \"Farben\"\n|Schlüssel|Bezeichnung|\n| rot|Rot |\n";
/// assert_eq!(
///     amtsweg_dsl::format::format(text).text,
///     "Sprache: Deutsch\nListe farben \"Farben\"\n  | Schlüssel | Bezeichnung |\n  | rot       | Rot         |\n"
/// );
/// ```
#[must_use]
pub fn format(text: &str) -> Formatted {
    match shaped(text, None) {
        Ok(shaped) => {
            let unread = shaped.unread.into_iter().map(|line| line + 1).collect();
            Formatted { text: shaped.text, kept: None, unread }
        }
        Err(kept) => Formatted { text: text.to_owned(), kept: Some(kept), unread: Vec::new() },
    }
}

/// The head of a column with German words of the language, whichever it was written with.
pub(crate) fn in_german(head: &str) -> String {
    value::column(head, Tongue { from: Language::English, to: Language::German })
}

/// A text in its proper shape, with what there is to know about it.
struct Shaped {
    text: String,
    /// The keyword language that it had.
    language: Language,
    /// The numbers of the lines, from 0, that could not be read.
    unread: BTreeSet<usize>,
}

/// Writes a text anew, in its keyword language or another.
fn shaped(original: &str, to: Option<Language>) -> Result<Shaped, Kept> {
    let (text, raw) = clean_lines(original);
    let (before, problems) = tree("", &text);
    // The rest of such a file was not read.
    let unread = |problem: &Problem| matches!(problem, Problem::NoFileHeading | Problem::SecondFileHeading { .. });
    if before.roots.is_empty() || problems.len() > 1_000 || problems.iter().any(|found| unread(&found.problem)) {
        return Err(Kept::NotRead);
    }
    let lines = lines_of(&text);
    let broken: BTreeSet<usize> = problems
        .iter()
        .map(|found| lines.partition_point(|line| line.span.start <= found.span.start).saturating_sub(1))
        .collect();
    let tongue = Tongue { from: before.language, to: to.unwrap_or(before.language) };
    let source = Source { lines: &lines, raw: &raw, broken: &broken };
    let (out, mut unread) = layout::lay_out(&source, tongue);
    unread.extend(broken);
    let shaped = Shaped { text: write::write(&out), language: before.language, unread };
    let (after, found) = tree("", Cleaned::new(&shaped.text).text());
    let codes = |found: &[Diagnostic]| found.iter().map(|found| found.problem.code()).collect::<Vec<_>>();
    let same = after.language == tongue.to
        && Same { tongue }.nodes(&before.roots, &after.roots)
        && codes(&problems) == codes(&found);
    if same && comments(&raw.join("\n")) == comments(&shaped.text) { Ok(shaped) } else { Err(Kept::WouldDiffer) }
}

/// All comments of a text, in the order of their letters.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = text.lines().filter_map(|line| pieces::split_comment(line).1).collect();
    comments.sort_unstable();
    comments
}

/// The text as it is read, and each of its lines to the letter.
fn clean_lines(original: &str) -> (String, Vec<String>) {
    let original = original.strip_prefix('\u{feff}').unwrap_or(original);
    let mut text = String::with_capacity(original.len());
    let mut raw = Vec::new();
    for line in original.split_inclusive('\n') {
        let clean = Cleaned::new(line).into_text();
        let letter = line.trim_end_matches(['\n', '\r']);
        // A sign that breaks lines elsewhere makes several of one.
        let parts = clean.lines().count();
        match parts {
            0 | 1 => raw.push(letter.to_owned()),
            _ => raw.extend(clean.lines().map(str::to_owned)),
        }
        text.push_str(&clean);
    }
    (text, raw)
}
