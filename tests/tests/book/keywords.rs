//! The page with every word of the language in both languages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::keyword::{Fixed, Heading, Key, KindWord, RESERVED, UNITS};

use crate::{hold, page, source};

fn table(out: &mut String, title: &str, about: &str, words: impl Iterator<Item = (&'static str, &'static str)>) {
    let _ = write!(out, "\n## {title}\n\n{about}\n\n| German | English |\n|---|---|\n");
    let mut seen = BTreeSet::new();
    for (german, english) in words.filter(|pair| seen.insert(*pair)) {
        let _ = writeln!(out, "| `{german}` | `{english}` |");
    }
}

macro_rules! pairs {
    ($words:ident) => {
        $words::ALL.iter().map(|word| (word.spelling(Language::German), word.spelling(Language::English)))
    };
}

fn made() -> String {
    let mut out = String::from(
        "# All words in German and English\n\n\
         Every word has exactly one spelling in each language. The first line of a file decides which language its \
         words are in; words of both in one file are an error ([AW0017](../diagnostics/AW0017.md)). Names, texts, and \
         places (`Kreis Segeberg`) are never translated. The first letter of a line may be upper or lower case.\n\n\
         The words inside conditions and calculations stand [on their own page](conditions.md#all-words-of-conditions).\n",
    );
    table(&mut out, "Headings", "They begin a block; a name and a text follow.", pairs!(Heading));
    table(&mut out, "Words before a colon", "They belong to the nearest heading above.", pairs!(Key));
    table(
        &mut out,
        "Kinds of answers",
        "They stand behind `Art:` · `Kind:`. [What each takes](kinds.md).",
        pairs!(KindWord),
    );
    table(
        &mut out,
        "Fixed words in values",
        "They stand behind a colon, in a heading of a table, or in a limit.",
        pairs!(Fixed),
    );
    let units = UNITS.iter().map(|unit| (unit.spellings[1], unit.spellings[3]));
    table(&mut out, "Units", "Singular and plural are one unit. Any other noun may stand behind `in`.", units);
    let _ = write!(out, "\n## Reserved words\n\nNo name may be one of these, in either language:\n\n");
    let words: Vec<String> = RESERVED.iter().map(|word| format!("`{word}`")).collect();
    let _ = writeln!(out, "{}", words.join(" "));
    out
}

#[test]
fn the_page_of_words_is_the_table_of_words() {
    hold(&source().join("language/keywords.md"), &made()).unwrap_or_else(|wrong| panic!("{wrong}"));
}

#[test]
fn every_kind_is_explained() {
    let text = page("language/kinds.md");
    for word in KindWord::ALL {
        for language in [Language::German, Language::English] {
            let spelling = word.spelling(language);
            assert!(text.contains(&format!("`{spelling}`")), "language/kinds.md does not explain `{spelling}`");
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
