//! What can be written at a place.

use std::fmt::Write;

use amtsweg_dsl::editor::{Analysis, Completion};
use amtsweg_dsl::model::Language;

use crate::names::{AMT, ENGLISH, HUND, PERSON, RASSEN};
use crate::{analysis, catalogue, folder};

/// Where the author stands.
const CURSOR: char = '‸';

/// What is written instead of a part of the dog registration, with the cursor in it.
const WRITTEN: &[(&str, &str)] = &[
    // The beginnings of lines.
    ("Abschnitt hunde", "‸\nAbschnitt hunde"),
    ("  Frage heim", "  F‸\n  Frage heim"),
    ("    Art: Text\n", "    Art: Text\n    ‸\n"),
    ("    Art: Text\n", "    A‸\n"),
    ("  herkunft: zucht", "  ‸\n  herkunft: zucht"),
    ("  Zahlung: nach", "  ‸\n  Zahlung: nach"),
    // Behind a colon.
    ("    Art: person", "    Art: ‸"),
    ("    Art: Text", "    Art: Text, ‸"),
    ("    Art: Liste rassen", "    Art: Liste ‸"),
    ("  verwendet: person, rassen", "  verwendet: person, ‸"),
    ("  Fassung: 1, gültig ab 01.01.2026", "  Fassung: ‸"),
    ("  Aufbewahrung: 10 Jahre nach Erledigung", "  Aufbewahrung: 10 Jahre ‸"),
    ("  Zahlung: nach Bescheid", "  Zahlung: ‸"),
    ("    Art: person", "    Art: person\n    ohne: ‸"),
    // Conditions and calculations.
    ("nur wenn: herkunft = tierheim", "nur wenn: ‸"),
    ("nur wenn: herkunft = tierheim", "nur wenn: herkunft = ‸"),
    ("nur wenn: herkunft = tierheim", "nur wenn: herkunft = zucht oder ‸"),
    ("nur wenn: herkunft = tierheim", "nur wenn: person.‸"),
    ("mit größe > 40 cm", "mit ‸"),
    ("Wert satz = 20 €", "Berechnet wild = rasse.‸\nWert satz = 20 €"),
    ("Wert satz = 20 €", "Berechnet wild = rasse.wild = ‸\nWert satz = 20 €"),
    // Tables.
    ("| herkunft | rasse.wild || an |", "| herkunft | ‸"),
    ("| tierheim | beliebig   ||", "| ‸"),
    ("| tierheim | beliebig   ||", "| tierheim | ‸"),
    ("  | ab 1 || satz × groß |", "  | ‸"),
    ("  | ab 1 || satz × groß |", "  | ab 1 || ‸"),
    ("|| Endseite nichts |", "|| ‸"),
    // Texts.
    ("{heim} ist frei", "{‸"),
    ("Ein Hund aus {heim} ist", "Ein Hund aus ‸ ist"),
    // Options.
    ("    - tierheim \"Aus einem Tierheim\"", "    - tierheim \"Aus einem Tierheim\", ‸"),
    ("    - tierheim \"Aus einem Tierheim\"", "    - tierheim \"Aus einem Tierheim\", nur wenn: ‸"),
    // Examples.
    ("  herkunft: zucht", "  herkunft: ‸"),
    ("  hunde 1 größe", "  hunde 1 ‸"),
    ("  erwartet groß: 1", "  erwartet ‸"),
    ("  erwartet groß: 1", "  erwartet Zuständigkeit: ‸"),
    ("  erwartet gefragt: rasse", "  erwartet nicht gefragt: ‸"),
];

/// The same for other files: the file, its text.
const FILES: &[(&str, &str)] = &[
    ("neu.amt", "‸"),
    ("neu.amt", "Sprache: Deutsch\n‸"),
    ("new.amt", "Language: English\n‸"),
    (
        "new.amt",
        "Language: English\nApplication new \"New\"\nSection a \"A\"\n  Question b \"B\"\n    Kind: Yes or no\n    \
         appears: ‸",
    ),
    ("hund.en.amt", "Language: English\nTranslation hund \"Register a dog\", Version 1, English\nSection ‸"),
    (
        "hund.en.amt",
        "Language: English\nTranslation hund \"Register a dog\", Version 1, English\nSection halter \"Who\"\n  Question \
         herkunft \"Where from?\"\n    - ‸",
    ),
    ("amt.amt", "Sprache: Deutsch\nStelle amt \"Das Amt\"\n  Ebene: ‸"),
    ("amt.amt", "Sprache: Deutsch\nStelle amt \"Das Amt\"\n  Gebiet: Kreis Seg‸"),
    ("amt.amt", "Sprache: Deutsch\nStelle amt \"Das Amt\"\n  Gebiet: Norders‸"),
    ("amt.amt", "Sprache: Deutsch\nStelle amt \"Das Amt\"\n  Kanal: ‸"),
    ("portal.amt", "Sprache: Deutsch\nPortal stadt \"Stadt\"\nAngebot\n  - ‸"),
];

/// The folder with the text of one file, and the place of the cursor.
fn standing(file: &str, text: &str) -> (Analysis<'static>, usize) {
    let offset = text.find(CURSOR).unwrap();
    let text = text.replace(CURSOR, "");
    let files = [
        ("hund.amt", HUND),
        ("hund.en.amt", ENGLISH),
        ("person.amt", PERSON),
        ("rassen.amt", RASSEN),
        ("amt.amt", AMT),
    ];
    let mut all: Vec<(&str, &str)> = files.into_iter().filter(|(name, _)| *name != file).collect();
    all.push((file, &text));
    (analysis(folder(&all)), offset)
}

fn shown(item: &Completion, from: usize) -> String {
    let mut line = format!("  {} [{:?}]", item.label, item.sort);
    if item.insert != item.label {
        write!(line, " writes {:?}", item.insert).unwrap();
    }
    if item.replace.end - item.replace.start != from {
        write!(line, " over {}", item.replace.end - item.replace.start).unwrap();
    }
    if !item.detail.is_empty() {
        write!(line, " – {}", item.detail).unwrap();
    }
    if let Some((_, further)) = &item.further {
        write!(line, " and {further:?}").unwrap();
    }
    line + "\n"
}

#[test]
fn completions_at_a_place() {
    let mut out = String::new();
    let in_dogs = WRITTEN.iter().map(|(part, new)| {
        assert!(HUND.contains(part), "{part}");
        ("hund.amt", HUND.replacen(part, new, 1), *new)
    });
    let in_files = FILES.iter().map(|(file, text)| (*file, (*text).to_owned(), *text));
    for (file, text, shows) in in_dogs.chain(in_files) {
        let (analysis, offset) = standing(file, &text);
        let found = analysis.complete(file, offset, Language::English);
        let shows = shows.lines().find(|line| line.contains(CURSOR)).unwrap();
        writeln!(out, "{file}: {}{}", shows.trim(), if found.more { " (more)" } else { "" }).unwrap();
        for item in &found.items {
            out += &shown(item, 0);
        }
        out.push('\n');
    }
    insta::assert_snapshot!(out);
}

/// Whoever writes the catalogue anew is offered each of its names where it is used.
#[test]
fn the_names_of_the_catalogue_are_offered_where_they_stand() {
    let analysis = analysis(catalogue());
    let files: Vec<String> = analysis.sources().iter().map(|(file, _)| file.to_owned()).collect();
    let mut missed = Vec::new();
    let mut asked = 0;
    for file in &files {
        let text = analysis.sources().text(file).unwrap();
        for token in analysis.tokens(file) {
            let name = text.get(token.span.start..token.span.end).unwrap();
            let is_use = analysis.symbol_at(file, token.span.start).is_some_and(|(symbol, span)| {
                span == token.span && !symbol.places.iter().any(|place| place.file == *file && place.span == span)
            });
            if !is_use {
                continue;
            }
            asked += 1;
            let found = analysis.complete(file, token.span.start, Language::German);
            let offered = found.items.iter().any(|item| {
                let words = item.label.as_str();
                words == name || words.rsplit([' ', '/']).next() == name.rsplit('/').next() || words.contains(name)
            });
            if !offered && !found.more {
                let line = text[..token.span.start].matches('\n').count() + 1;
                missed.push(format!("{file}:{line} {name}"));
            }
        }
    }
    assert!(asked > 2000, "{asked}");
    assert!(missed.len() * 100 <= asked * 2, "{} of {asked}:\n{}", missed.len(), missed.join("\n"));
}
