//! What a word at a place is.

use std::fmt::Write;

use amtsweg_dsl::editor::{Block, Word};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord};

use crate::names::{AMT, HUND, dogs};
use crate::{analysis, catalogue};

/// Parts of the dog registration whose end is pointed at.
const POINTED: &[&str] = &[
    "Frage he",
    "Frage person",
    "Frage größ",
    "- zucht",
    "herkunft = tier",
    "rasse.wil",
    "|| sat",
    "Berechnet gro",
    "Endseite nich",
    "|| am",
    "Art: per",
    "{person.nach",
    "Fra",
    "Fass",
    "gültig ab",
    "nur we",
    "wieder",
    "eine vo",
    "Anza",
    "belieb",
    "Text: \"Ein Hu",
];

#[test]
fn hovers_over_names_and_words() {
    let dogs = dogs();
    let mut out = String::new();
    for reader in [Language::German, Language::English] {
        for part in POINTED {
            let offset = HUND.find(part).unwrap() + part.len();
            let line = HUND[..offset].rsplit('\n').next().unwrap();
            writeln!(out, "{line}‸").unwrap();
            match dogs.hover("hund.amt", offset, reader) {
                Some(hover) => {
                    let page = hover.page.map(|page| format!(" ({page})")).unwrap_or_default();
                    writeln!(out, "  on “{}”{page}", &HUND[hover.span.start..hover.span.end]).unwrap();
                    for line in hover.text.lines().filter(|line| !line.is_empty()) {
                        writeln!(out, "  {line}").unwrap();
                    }
                }
                None => out += "  nothing\n",
            }
        }
    }
    let office = dogs.hover("amt.amt", AMT.find("amt \"").unwrap(), Language::German).unwrap();
    out += &office.text;
    insta::assert_snapshot!(out);
}

/// Every keyword has its sentence in both languages, and a page of the reference that exists and
/// has the word on it.
#[test]
fn every_word_has_its_meaning_and_its_page() {
    let book = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src");
    let words = (Heading::ALL.iter().map(|word| Word::Heading(*word)))
        .chain(Key::ALL.iter().map(|word| Word::Key(*word)))
        .chain(KindWord::ALL.iter().map(|word| Word::Kind(*word)))
        .chain(Inner::ALL.iter().map(|word| Word::Inner(*word)));
    let explained = Fixed::ALL.iter().map(|word| Word::Fixed(*word)).filter(|word| word.meaning().is_some());
    let mut missing = Vec::new();
    for word in words.chain(explained) {
        let name = word.spelling(Language::German);
        let Some(meaning) = word.meaning() else {
            missing.push(format!("{word:?} has no meaning"));
            continue;
        };
        for reader in [Language::German, Language::English] {
            assert!(meaning.text(reader).ends_with('.'), "{word:?}: {}", meaning.text(reader));
            let (page, folder) =
                (meaning.page(reader), if reader == Language::German { "sprache/" } else { "language/" });
            assert!(page.starts_with(folder), "{word:?}: {page}");
            match std::fs::read_to_string(book.join(format!("{page}.md"))) {
                Ok(text) if text.contains(name) => {}
                Ok(text) if reader == Language::English && text.contains(word.spelling(reader)) => {}
                Ok(_) => missing.push(format!("{page}.md does not name {name}")),
                Err(_) => missing.push(format!("{page}.md does not exist ({name})")),
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn shown(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        writeln!(out, "{}{} – {}", "  ".repeat(depth), block.name, block.title).unwrap();
        shown(&block.inside, depth + 1, out);
    }
}

#[test]
fn the_outline_of_a_file() {
    let dogs = dogs();
    let mut out = String::new();
    for file in ["hund.amt", "hund.en.amt", "amt.amt"] {
        shown(&dogs.outline(file), 0, &mut out);
    }
    for query in ["hund", "person name", "Tierheim"] {
        let found: Vec<&str> = dogs.search(query, 20).iter().map(|symbol| symbol.name.as_str()).collect();
        writeln!(out, "{query}: {}", found.join(", ")).unwrap();
    }
    insta::assert_snapshot!(out);
}

/// The blocks of each file lie inside one another, and their names inside them.
#[test]
fn outlines_of_the_catalogue_are_nested() {
    fn check(block: &Block, file: &str) {
        assert!(
            block.whole.start <= block.name_span.start && block.name_span.end <= block.whole.end,
            "{file} {block:?}"
        );
        let mut at = block.whole.start;
        for inside in &block.inside {
            assert!(at <= inside.whole.start && inside.whole.end <= block.whole.end, "{file} {}", inside.name);
            at = inside.whole.end;
            check(inside, file);
        }
    }
    let analysis = analysis(catalogue());
    for (file, _) in analysis.sources().iter() {
        analysis.outline(file).iter().for_each(|block| check(block, file));
    }
}
