//! What the compiler says to an author: plain data, with a stable code, in German and English.

#[macro_use]
mod sentence;
#[macro_use]
mod habits;
#[macro_use]
mod reach;
#[macro_use]
mod slips;
#[macro_use]
mod time;
#[macro_use]
mod versions;
mod problem;

pub use problem::Problem;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Language;
use crate::syntax::Span;

/// How much a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The procedure does not compile.
    Error,
    /// It compiles, but something is probably wrong.
    Warning,
    /// Something to think about; missing details that publishing needs.
    Hint,
}

/// Words of a message in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Both {
    de: String,
    en: String,
}

impl Both {
    /// The words in German and in English.
    #[must_use]
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// Words of the file: the same for every reader.
    #[must_use]
    pub fn same(words: impl Into<String>) -> Self {
        let de: String = words.into();
        Self { en: de.clone(), de }
    }

    /// The words that `say` gives for a language.
    #[must_use]
    pub fn each(mut say: impl FnMut(Language) -> String) -> Self {
        Self { de: say(Language::German), en: say(Language::English) }
    }

    /// Words of the file, one of which fits, in the reader's quotation marks: „a“, „b“ oder „c“.
    #[must_use]
    pub fn any_of(words: &[&str]) -> Self {
        Self::each(|reader| {
            let english = reader == Language::English;
            let quoted: Vec<String> =
                words.iter().map(|word| if english { format!("“{word}”") } else { format!("„{word}“") }).collect();
            one_of(&quoted, reader)
        })
    }

    /// The same for words of which there may be many: the first ones, and that there are more.
    #[must_use]
    pub fn some_of(words: &[&str]) -> Self {
        const SHOWN: usize = 12;
        let Some(first) = words.get(..SHOWN).filter(|_| words.len() > SHOWN) else { return Self::any_of(words) };
        Self::each(|reader| {
            let english = reader == Language::English;
            let quoted: Vec<String> =
                first.iter().map(|word| if english { format!("“{word}”") } else { format!("„{word}“") }).collect();
            let more = words.len() - SHOWN;
            let more = if english { format!("and {more} more") } else { format!("und {more} weitere") };
            format!("{} {more}", quoted.join(", "))
        })
    }

    /// The words for a reader (everybody but English readers reads German).
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        if language == Language::English { &self.en } else { &self.de }
    }
}

/// `a, b or c`
pub(crate) fn one_of(words: &[String], reader: Language) -> String {
    joined(words, if reader == Language::English { "or" } else { "oder" })
}

/// `a, b` and the last one behind `word`.
pub(crate) fn joined(words: &[String], word: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

/// A message at a place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What is the matter.
    pub problem: Problem,
    /// The file.
    pub file: String,
    /// The place in it.
    pub span: Span,
    /// A name that was probably meant.
    pub suggestion: Option<String>,
    /// Further places that belong to it.
    pub related: Vec<(String, Span)>,
    /// What puts it right, where that is certain: the text that replaces the span.
    pub fix: Option<(Span, String)>,
}

impl Diagnostic {
    /// A message at a place.
    #[must_use]
    pub fn new(problem: Problem, file: &str, span: Span) -> Self {
        Self { problem, file: file.to_owned(), span, suggestion: None, related: Vec::new(), fix: None }
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// The sentence that says what is wrong, where and why.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.problem.message(language)
    }

    /// The sentence that says how to put it right.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        let help = self.problem.help(language);
        match (&self.suggestion, language) {
            (Some(name), Language::English) => format!("Did you mean “{name}”? {help}"),
            (Some(name), _) => format!("Meinten Sie „{name}“? {help}"),
            (None, _) => help,
        }
        .trim()
        .to_owned()
    }
}

/// Line and column (in characters) of a byte, both from 1.
#[must_use]
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
    (line, column)
}

/// The candidate that is closest to `word`, if it is close: at most a third of its letters differ,
/// or `word` is its last word (`wenn` of `nur wenn`) and of no other candidate.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let limit = (word.chars().count() / 3).max(1);
    let small = word.to_lowercase();
    let candidates: Vec<&str> = candidates.into_iter().filter(|candidate| *candidate != word).collect();
    let near = candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&small, &candidate.to_lowercase()), *candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate.to_owned());
    near.or_else(|| {
        let mut longer = candidates
            .iter()
            .filter(|candidate| candidate.rsplit_once(' ').is_some_and(|(_, last)| last.to_lowercase() == small));
        longer.next().filter(|_| longer.next().is_none()).map(|candidate| (*candidate).to_owned())
    })
}
