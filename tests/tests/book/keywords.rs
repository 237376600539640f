//! The page with every word of the language in both languages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use amtsweg_dsl::format::translate;
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::keyword::{Fixed, Heading, Key, KindWord, RESERVED, UNITS};

use crate::{hold, page, samples, source};

/// Lines of files that compile, in German and English, with the language of the texts around them.
struct Examples(Vec<(String, String, Language)>);

impl Examples {
    /// The samples of the book, and the catalogue.
    fn new() -> Self {
        let samples = samples::right().into_iter();
        let catalogue = samples::catalogue();
        let files = catalogue.iter().filter_map(|(file, _)| catalogue.text(file).map(str::to_owned));
        let mut lines = Vec::new();
        for text in samples.chain(files) {
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let own = if first.trim() == "Language: English" { Language::English } else { Language::German };
            let (Ok(german), Ok(english)) = (translate(&text, Language::German), translate(&text, Language::English))
            else {
                continue;
            };
            // The line that names the language of the texts stands in one of them only.
            let of = |text: &str| -> Vec<String> {
                let texts = |line: &&str| !line.trim().starts_with("Texte:") && !line.trim().starts_with("Texts:");
                text.lines().filter(texts).map(|line| line.trim().to_owned()).collect()
            };
            let texts = |text: &str| -> Vec<String> {
                let texts = |line: &&str| line.trim().starts_with("Texte:") || line.trim().starts_with("Texts:");
                text.lines().filter(texts).map(|line| line.trim().to_owned()).collect()
            };
            let (mut a, mut b) = (texts(&german).into_iter(), texts(&english).into_iter());
            match (a.next(), b.next()) {
                (None, None) => {}
                (a, b) => lines.push((a.unwrap_or_default(), b.unwrap_or_default(), own)),
            }
            let (german, english) = (of(&german), of(&english));
            assert_eq!(german.len(), english.len(), "{text}");
            lines.extend(german.into_iter().zip(english).map(|(german, english)| (german, english, own)));
        }
        Self(lines)
    }

    /// A short line with a word in both languages, best one that was written for readers of `language`.
    fn of(&self, german: &str, english: &str, language: Language) -> Option<(&str, &str)> {
        // A line that is needed in one of the languages only is shown where no other has the word.
        let fits = |line: &str, word: &str| line.is_empty() || has(line, word);
        let with = self.0.iter().filter(|(a, b, _)| a.len() + b.len() > 0 && fits(a, german) && fits(b, english));
        let best = with.min_by_key(|(line, other, own)| {
            (
                line.is_empty() || other.is_empty(),
                line.chars().count() > 70,
                line.starts_with('|') && line.contains("---"),
                *own != language,
            )
        });
        best.map(|(line, other, _)| (line.as_str(), other.as_str()))
    }
}

/// Whether a line has words outside its texts and comment.
fn has(line: &str, words: &str) -> bool {
    let mut outside = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => break,
            c if !quoted => outside.push(c),
            _ => {}
        }
    }
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let found = |(at, found): (usize, &str)| {
        !part(outside[..at].chars().next_back()) && !part(outside[at + found.len()..].chars().next())
    };
    let capital = || {
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    outside.match_indices(words).any(found) || outside.match_indices(&capital()).any(found)
}

/// A table below the heading and the sentence of a language.
fn table(
    out: &mut String,
    language: Language,
    [german, english]: [[&str; 2]; 2],
    words: impl Iterator<Item = (&'static str, &'static str)>,
    examples: &Examples,
) {
    let units = english[0] == "Units";
    let ([title, about], head) = match language {
        Language::English => (english, "German | English | for example"),
        _ => (german, "deutsch | englisch | zum Beispiel"),
    };
    let _ = write!(out, "\n## {title}\n\n{about}\n\n| {head} | |\n|---|---|---|---|\n");
    let mut seen = BTreeSet::new();
    for (german, english) in words.filter(|pair| seen.insert(*pair)) {
        let (a, b) = match examples.of(german, english, language) {
            Some((a, b)) => (shown(a), shown(b)),
            // Units have more forms than samples need.
            None if units => (String::new(), String::new()),
            None => panic!("no sample of the book and no file of the catalogue uses `{german}` · `{english}`"),
        };
        let _ = writeln!(out, "| `{german}` | `{english}` | {a} | {b} |");
    }
}

/// A line as code in a table.
fn shown(line: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    let short: String = line.chars().take(90).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    format!("`{}{more}`", short.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|"))
}

macro_rules! pairs {
    ($words:ident) => {
        $words::ALL.iter().map(|word| (word.spelling(Language::German), word.spelling(Language::English)))
    };
}

fn made(language: Language, examples: &Examples) -> String {
    let mut out = String::from(if language == Language::English {
        "# All words in German and English\n\n\
         [Dasselbe auf Deutsch](../sprache/schluesselwoerter.md)\n\n\
         Every word has exactly one spelling in each language. The first line of a file decides which language its \
         words are in; words of both in one file are an error ([AW0017](../diagnostics/AW0017.md)). Names, texts, and \
         places (`Kreis Segeberg`) are never translated. The first letter of a line may be upper or lower case.\n\n\
         The words inside conditions and calculations stand [on their own page](conditions.md#all-words-of-conditions).\n"
    } else {
        "# Alle Wörter auf Deutsch und Englisch\n\n\
         [The same in English](../language/keywords.md)\n\n\
         Jedes Wort hat in jeder Sprache genau eine Schreibweise. Die erste Zeile einer Datei sagt, in welcher Sprache \
         ihre Wörter sind; Wörter der anderen Sprache werden gemeldet \
         ([AW0017](../diagnostics/AW0017.md)). Namen, Texte und Orte (`Kreis Segeberg`) werden nie übersetzt. Ob der \
         erste Buchstabe einer Zeile groß oder klein ist, ist gleich.\n\n\
         Die Wörter in Bedingungen und Rechnungen stehen \
         [auf einer eigenen Seite](bedingungen.md#alle-wörter-der-bedingungen).\n"
    });
    table(
        &mut out,
        language,
        [
            ["Überschriften", "Sie beginnen einen Block; dahinter stehen ein Name und ein Text."],
            ["Headings", "They begin a block; a name and a text follow."],
        ],
        pairs!(Heading),
        examples,
    );
    table(
        &mut out,
        language,
        [
            ["Wörter vor einem Doppelpunkt", "Sie gehören zur nächsten Überschrift darüber."],
            ["Words before a colon", "They belong to the nearest heading above."],
        ],
        pairs!(Key),
        examples,
    );
    table(
        &mut out,
        language,
        [
            ["Arten von Antworten", "Sie stehen hinter `Art:`. [Was dahinter stehen kann](arten.md)."],
            ["Kinds of answers", "They stand behind `Art:` · `Kind:`. [What each takes](kinds.md)."],
        ],
        pairs!(KindWord),
        examples,
    );
    table(
        &mut out,
        language,
        [
            [
                "Feste Wörter in Angaben",
                "Sie stehen hinter einem Doppelpunkt, im Kopf einer Tabelle oder in einer Grenze.",
            ],
            ["Fixed words in values", "They stand behind a colon, in a heading of a table, or in a limit."],
        ],
        pairs!(Fixed),
        examples,
    );
    let units = UNITS.iter().map(|unit| (unit.spellings[1], unit.spellings[3]));
    table(
        &mut out,
        language,
        [
            ["Einheiten", "Einzahl und Mehrzahl sind dasselbe. Hinter `in` darf auch jedes andere Hauptwort stehen."],
            ["Units", "Singular and plural are one unit. Any other noun may stand behind `in`."],
        ],
        units,
        examples,
    );
    out.push_str(if language == Language::English {
        "\n## Reserved words\n\nNo name may be one of these, in either language:\n\n"
    } else {
        "\n## Wörter, die kein Name sein können\n\nAus beiden Sprachen:\n\n"
    });
    let words: Vec<String> = RESERVED.iter().map(|word| format!("`{word}`")).collect();
    let _ = writeln!(out, "{}", words.join(" "));
    out
}

#[test]
fn the_pages_of_words_are_the_table_of_words() {
    let examples = Examples::new();
    let pages = [(Language::English, "language/keywords.md"), (Language::German, "sprache/schluesselwoerter.md")];
    for (language, name) in pages {
        hold(&source().join(name), &made(language, &examples)).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

#[test]
fn every_kind_is_explained() {
    let both = [Language::German, Language::English];
    for (name, languages) in [("language/kinds.md", &both[..]), ("sprache/arten.md", &both[..1])] {
        let text = page(name);
        for word in KindWord::ALL {
            for language in languages {
                let spelling = word.spelling(*language);
                assert!(text.contains(&format!("`{spelling}`")), "{name} does not explain `{spelling}`");
            }
        }
    }
}

#[test]
fn every_word_of_conditions_is_listed() {
    let grammar = std::fs::read_to_string(amtsweg_tests::root().join("dsl/src/syntax/amt.pest")).unwrap();
    let text = page("language/conditions.md");
    let (_, listed) = text.split_once("## All words of conditions").unwrap();
    let listed: BTreeSet<&str> = listed.split(|c: char| !c.is_alphabetic()).collect();
    let mut found = 0;
    for line in grammar.lines().filter(|line| line.starts_with("kw_") || line.starts_with("op_")) {
        for word in line.split('"').skip(1).step_by(2).filter(|word| word.chars().all(char::is_alphabetic)) {
            assert!(listed.contains(word), "language/conditions.md does not list `{word}`");
            found += 1;
        }
    }
    assert!(found > 60, "only {found} words were found in the grammar");
}
