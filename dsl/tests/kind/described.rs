//! What kinds say of themselves: how answers are shown, in which field, with which schema.

use std::fmt::Write as _;

use amtsweg_dsl::kind::{Input, Kind, Widget, countries};
use amtsweg_dsl::model::{Language, Subject};
use serde_json::{Value as Json, json};

use crate::samples::{KINDS, around, kind};

#[test]
fn answers_are_shown_as_people_read_them() {
    let file =
        json!({ "name": "plan.pdf", "media_type": "application/pdf", "size": 1_234_567, "sha256": "", "id": "1" });
    let cases: [(&str, Json, &str, &str); 33] = [
        ("text", json!("Bello"), "Bello", "Bello"),
        ("digits", json!("0042"), "0042", "0042"),
        ("whole", json!(1_234_567), "1.234.567", "1,234,567"),
        ("whole cm", json!(80), "80 cm", "80 cm"),
        ("whole min", json!(-1500), "-1.500", "-1,500"),
        ("decimal 1", json!(2.5), "2,5 Stunden je Woche", "2.5 hours per week"),
        ("decimal 3", json!(1250), "1.250", "1,250"),
        ("money", json!(125_000), "1.250,00 €", "€1,250.00"),
        ("money", json!(5), "0,05 €", "€0.05"),
        ("money limits", json!(12_000), "120,00 € je Jahr", "€120.00 per year"),
        ("date", json!("2027-03-04"), "4. März 2027", "4 March 2027"),
        ("incomplete", json!("1980-05"), "Mai 1980", "May 1980"),
        ("incomplete", json!("1980"), "1980", "1980"),
        ("month", json!("2027-10"), "Oktober 2027", "October 2027"),
        ("time", json!("09:05"), "09:05 Uhr", "09:05"),
        ("yes no", json!(true), "Ja", "Yes"),
        ("yes no", json!(false), "Nein", "No"),
        ("declaration", json!(true), "Ja", "Yes"),
        ("one of", json!("k1"), "Wahl 1", "Option 1"),
        ("list", json!("dackel"), "Dackel", "Dachshund"),
        ("list only", json!("mops"), "Mops", "Pug"),
        ("several of", json!(["k0", "k1"]), "Wahl 0, Wahl 1", "Option 0, Option 1"),
        ("file", file.clone(), "plan.pdf (1,2 MB)", "plan.pdf (1.2 MB)"),
        ("files", json!([file, file]), "plan.pdf (1,2 MB), plan.pdf (1,2 MB)", "plan.pdf (1.2 MB), plan.pdf (1.2 MB)"),
        ("phone", json!("+49 40 123456"), "+49 40 123456", "+49 40 123456"),
        ("municipality", json!("010600063063"), "Norderstedt", "Norderstedt"),
        ("municipality", json!("010555543031"), "Neukirchen (Kreis Ostholstein)", "Neukirchen (Kreis Ostholstein)"),
        ("municipality", json!("990000000000"), "außerhalb Deutschlands", "outside Germany"),
        ("country", json!("DK"), "Dänemark", "Denmark"),
        ("iban", json!("DE89370400440532013000"), "DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("tax number", json!("86095742719"), "86 095 742 719", "86 095 742 719"),
        ("one of", json!("gone"), "gone", "gone"),
        ("date", json!(5), "5", "5"),
    ];
    for (name, answer, german, english) in cases {
        assert_eq!(kind(name).show(&answer, Language::German, around()), german, "{name}");
        assert_eq!(kind(name).show(&answer, Language::English, around()), english, "{name}");
    }
}

#[test]
fn answers_are_typed_as_they_are_read() {
    let line = |text: &str| Input::Line(text.to_owned());
    let date =
        |day: &str, month: &str, year: &str| Input::Date { day: day.into(), month: month.into(), year: year.into() };
    let cases: [(&str, Json, Language, Input); 11] = [
        ("decimal 1", json!(2.5), Language::German, line("2,5")),
        ("decimal 1", json!(2.5), Language::English, line("2.5")),
        ("decimal 3", json!(1.125), Language::English, line("1,125")),
        ("money", json!(125_050), Language::German, line("1250,50")),
        ("money", json!(125_050), Language::English, line("1250.50")),
        ("date", json!("2027-03-04"), Language::German, date("4", "3", "2027")),
        ("incomplete", json!("1980"), Language::German, date("", "", "1980")),
        ("yes no", json!(false), Language::English, line("nein")),
        ("several of", json!(["k0"]), Language::German, Input::Many(vec!["k0".into()])),
        ("municipality", json!("010555543031"), Language::German, line("Neukirchen (Kreis Ostholstein)")),
        ("municipality", json!("990000000000"), Language::English, line("outside Germany")),
    ];
    for (name, answer, language, input) in cases {
        assert_eq!(kind(name).input(&answer, language, around()), input, "{name}");
    }
}

#[test]
fn few_choices_are_radios_and_many_a_select() {
    let widget = |name: &str| kind(name).widget(around().lists);
    assert_eq!(widget("one of"), Widget::Radios);
    assert_eq!(widget("list"), Widget::Radios);
    assert_eq!(widget("one of many"), Widget::Select);
    assert_eq!(widget("several of"), Widget::Checkboxes);
    assert_eq!(widget("country"), Widget::Select);
}

#[test]
fn nothing_is_completed_for_somebody_else() {
    for (name, kind) in KINDS.iter() {
        assert_eq!(kind.autocomplete(&Subject::Other), None, "{name}");
    }
}

/// Fields, tokens and schemas of all kinds, for a person to read through.
#[test]
fn what_kinds_say_of_themselves() {
    let mut all = String::new();
    for (name, kind) in KINDS.iter() {
        let schema = kind.schema(around().lists, Language::English);
        let schema = if *name == "country" { json!("…") } else { schema };
        writeln!(all, "{name}\n  {:?}", kind.widget(around().lists)).unwrap();
        writeln!(all, "  autocomplete: {:?}", kind.autocomplete(&Subject::Applicant)).unwrap();
        writeln!(all, "  schema: {schema}\n  remainder: {}", Json::Object(kind.remainder())).unwrap();
    }
    insta::assert_snapshot!("kinds", all);
}

#[test]
fn every_schema_is_one() {
    for (name, kind) in KINDS.iter() {
        let schema = kind.schema(around().lists, Language::German);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}: {schema}");
    }
}

#[test]
fn countries_are_sorted_and_named_once() {
    for language in [Language::German, Language::English] {
        let countries = countries(language);
        assert_eq!(countries.len(), 249);
        assert!(countries.iter().any(|(key, _)| *key == "DE"));
        let mut names: Vec<&str> = countries.iter().map(|(_, name)| *name).collect();
        assert_eq!(names[0], "Afghanistan");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 249);
    }
    let german: Vec<&str> = countries(Language::German).into_iter().map(|(_, name)| name).collect();
    let place = |name: &str| german.iter().position(|known| *known == name).unwrap();
    assert!(place("Ägypten") < place("Albanien") && place("Österreich") < place("Pakistan"));
}

#[test]
fn a_list_that_is_missing_accepts_nothing() {
    let kind: Kind = serde_json::from_value(json!({ "one_of": { "list": { "name": "fehlt" } } })).unwrap();
    assert!(kind.check(&json!("x"), around()).is_err());
    assert!(!jsonschema::is_valid(&kind.schema(around().lists, Language::German), &json!("x")));
}
