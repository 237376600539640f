//! The sentences: one for each state that a kind can be in, in each language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use amtsweg_dsl::kind::{Kind, State};
use amtsweg_dsl::model::{Language, Text};
use jiff::civil::date;

use crate::samples::KINDS;

const LANGUAGES: [Language; 3] = [Language::German, Language::English, Language::Easy];
const LABEL: &str = "Wie heißt das hier?";

/// Words that blame, beg or say nothing.
const BANNED: [&str; 15] = [
    "ungültig",
    "fehlerhaft",
    "bitte",
    "leider",
    "unzulässig",
    "pflichtfeld",
    "erforderlich",
    "invalid",
    "please",
    "sorry",
    "error",
    "required",
    "illegal",
    "incorrect",
    "mandatory",
];

/// The states that answers of a kind can be in.
fn states(kind: &Kind) -> Vec<State> {
    use State::*;
    let (early, late) = (TooEarly(date(2027, 3, 4)), TooLate(date(2028, 3, 4)));
    let mut states = match kind {
        Kind::Text(limits) | Kind::LongText(limits) if limits.min.is_none() => {
            vec![TooLong, Character('\0')]
        }
        Kind::Text(_) | Kind::LongText(_) => vec![TooShort, TooLong, Character('\0')],
        Kind::Digits(limits) if limits.min == Some(1) => vec![TooLong, NotDigits],
        Kind::Digits(_) => vec![TooShort, TooLong, NotDigits],
        Kind::Whole(_) => vec![NotANumber, NotWhole, TooLow, TooHigh, TooManyPlaces],
        Kind::Decimal { .. } => vec![NotANumber, TooManyPlaces, TooLow, TooHigh],
        Kind::Money(_) => vec![NotANumber, TooManyPlaces, NotWhole, TooLow, TooHigh],
        Kind::Date(_) | Kind::BirthDate { .. } => {
            vec![DayMissing, MonthMissing, YearMissing, YearDigits, NoSuchDate, early, late]
        }
        Kind::Month => vec![MonthMissing, YearMissing, YearDigits, Form],
        Kind::Time | Kind::Phone | Kind::Postcode | Kind::NumberPlate => vec![Form],
        Kind::YesNo | Kind::OneOf(_) | Kind::Country | Kind::Declaration => vec![NotAChoice],
        Kind::SeveralOf { max: None, .. } => vec![NotAChoice],
        Kind::SeveralOf { .. } => vec![NotAChoice, TooManyChoices, Excluded],
        Kind::File(limits) if limits.max_count == 1 => {
            vec![FileKind, FileSize, FileEmpty, Character('\0')]
        }
        Kind::File(_) => vec![FileKind, FileSize, FileEmpty, TooFewFiles, TooManyFiles, Character('\0')],
        Kind::Email => vec![Form, TooLong, Character('\0')],
        Kind::Municipality(_) => vec![
            NoSuchPlace,
            PlaceOutside,
            SeveralPlaces(vec!["010600063063".into()]),
            SeveralPlaces(vec!["010600063063".into(), "010600005005".into()]),
        ],
        Kind::GivenName | Kind::FamilyName | Kind::FullName => {
            vec![Form, TooLong, Character('2'), Character(' ')]
        }
        Kind::Organisation | Kind::Street | Kind::HouseNumber | Kind::Place => {
            vec![TooLong, Character(' ')]
        }
        Kind::Iban | Kind::TaxNumber => vec![Form, CheckDigit],
        Kind::Block { .. } => vec![TooFewEntries(1), TooFewEntries(2), TooManyEntries(1), TooManyEntries(5)],
    };
    states.extend([Empty, WrongType, NotAsked]);
    states
}

#[test]
fn every_state_of_every_kind_has_its_own_sentence() {
    for (name, kind) in KINDS.iter() {
        for language in LANGUAGES {
            let mut sentences: BTreeMap<String, State> = BTreeMap::new();
            for state in states(kind) {
                let sentence = kind.message(&state, LABEL, language);
                assert!(sentence.contains(LABEL), "{name} {state:?}: {sentence}");
                assert!(sentence.ends_with('.'), "{name} {state:?}: {sentence}");
                assert!(!sentence.contains('{') && !sentence.contains("  "), "{name} {state:?}: {sentence}");
                let lower = sentence.to_lowercase();
                let banned = BANNED.iter().find(|word| lower.contains(**word));
                assert_eq!(banned, None, "{name} {state:?}: {sentence}");
                if let Some(other) = sentences.insert(sentence.clone(), state.clone()) {
                    panic!("{name}: one sentence for {other:?} and {state:?}: {sentence}");
                }
            }
        }
    }
}

#[test]
fn what_is_missing_is_an_instruction() {
    for (name, kind) in KINDS.iter() {
        let german = kind.message(&State::Empty, LABEL, Language::German);
        let verbs = ["Geben Sie", "Wählen Sie", "Laden Sie", "Setzen Sie"];
        assert!(verbs.iter().any(|verb| german.starts_with(verb)), "{name}: {german}");
        let english = kind.message(&State::Empty, LABEL, Language::English);
        let verbs = ["Enter", "Select", "Upload", "Tick"];
        assert!(verbs.iter().any(|verb| english.starts_with(verb)), "{name}: {english}");
    }
}

#[test]
fn easy_sentences_are_short() {
    for (name, kind) in KINDS.iter() {
        for state in states(kind) {
            let text = kind.message(&state, "Frage", Language::Easy);
            for sentence in text.split(['.', ':']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 14, "{name} {state:?}: {words} words: {sentence}");
            }
        }
    }
}

#[test]
fn a_rule_says_its_own_text() {
    let text = Text::new(Language::German, "Der Hund ist jünger als sein Chip.");
    let said = Kind::YesNo.message(&State::Rule(text), LABEL, Language::English);
    assert_eq!(said, "Der Hund ist jünger als sein Chip.");
}

#[test]
fn the_sentences() {
    for language in LANGUAGES {
        let mut all = String::new();
        for (name, kind) in KINDS.iter() {
            writeln!(all, "{name}").unwrap();
            for state in states(kind) {
                writeln!(all, "  {state:?}: {}", kind.message(&state, LABEL, language)).unwrap();
            }
        }
        insta::assert_snapshot!(format!("sentences_{}", language.tag()), all);
    }
}
