//! The register offices of Schleswig-Holstein in the catalogue are made from the region table.
//!
//! `AMTSWEG_WRITE_OFFICES=1 cargo test -p amtsweg-dsl --test offices` writes the file anew.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use amtsweg_dsl::region::{Municipality, Regions, STATE_SCHLESWIG_HOLSTEIN, set_contains};
use amtsweg_dsl::syntax::Sources;

const FILE: &str = "land/standesaemter.amt";

const TASK: &str = "standesamt";

const HEAD: &str = "\
Sprache: Deutsch
# Diese Datei ist aus der Tabelle der Gemeinden gemacht und nicht von Hand geschrieben: je Amt und je
# Gemeinde ohne Amt eine Stelle. Welche Standesamtsbezirke es wirklich gibt, ist nicht belegt.
# Namen und Adressen sind erfunden; die Adressen unter .example ersetzt der Betreiber durch die echten.
# Orte, die ihr Standesamt selbst aufgeschrieben haben, fehlen hier. Neu geschrieben wird sie mit
# AMTSWEG_WRITE_OFFICES=1 cargo test -p amtsweg-dsl --test offices
";

fn forms() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms")
}

/// The authorities that the catalogue has by hand.
fn read(folder: &Path, prefix: &str, sources: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), sources);
        } else if path.ends_with(".amt") && path != FILE {
            sources.add(&path, &std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// `Amt Itzstedt` as part of a name and of an address.
fn word(name: &str, between: char) -> String {
    let spelt = name
        .to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
        .replace(|letter: char| !letter.is_ascii_alphanumeric(), " ");
    spelt.split_whitespace().collect::<Vec<_>>().join(&between.to_string())
}

/// A name as a value: in quotes where a word or sign of the language stands in it.
fn value(name: &str) -> String {
    let plain = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    if name.split(' ').all(plain) { name.to_owned() } else { format!("\"{name}\"") }
}

/// One office: for an area with a name, without the towns of it that have their own.
fn office(text: &mut String, name: &str, without: &[Municipality<'_>]) {
    let mut area = value(name);
    if !without.is_empty() {
        let without: Vec<String> = without.iter().map(|place| value(place.name)).collect();
        area = format!("{area} ohne ({})", without.join(" oder "));
    }
    writeln!(text, "\nStelle standesamt_{} \"Standesamt {name}\"", word(name, '_')).unwrap();
    writeln!(text, "  Ebene: Stadt\n  Gebiet: {area}\n  Aufgabe: {TASK}").unwrap();
    writeln!(text, "  Kanal: E-Mail standesamt@{}.example", word(name, '-')).unwrap();
}

#[test]
fn every_municipality_of_schleswig_holstein_has_a_register_office() {
    let regions = Regions::shipped();
    let mut sources = Sources::new();
    read(&forms(), "", &mut sources);
    let (catalogue, _) = amtsweg_dsl::compile(&sources, regions, jiff::civil::date(2026, 11, 22));
    let by_hand = |place: &Municipality<'_>| {
        let mut offices = catalogue.authorities.values().filter(|one| one.tasks.iter().any(|task| task == TASK));
        offices.any(|office| office.area.as_ref().is_some_and(|area| set_contains(area, place.key)))
    };
    let mut areas: BTreeMap<String, Vec<Municipality<'_>>> = BTreeMap::new();
    for place in regions.within(STATE_SCHLESWIG_HOLSTEIN) {
        let association = regions.name(place.key.get(..9).unwrap());
        let name = association.or_else(|| regions.name(place.key)).unwrap();
        areas.entry(name.into_owned()).or_default().push(place);
    }
    let mut made = HEAD.to_owned();
    for (name, places) in &areas {
        let own: Vec<Municipality<'_>> = places.iter().copied().filter(by_hand).collect();
        if own.len() < places.len() {
            office(&mut made, name, &own);
        }
    }
    let file = forms().join(FILE);
    if std::env::var_os("AMTSWEG_WRITE_OFFICES").is_some() {
        std::fs::write(&file, &made).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == made, "{FILE} is not what the region table says; AMTSWEG_WRITE_OFFICES=1 writes it");
}
