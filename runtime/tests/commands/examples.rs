//! `test`: what examples show, and what is written for the rest.

use std::fs;

use serde_json::Value;

use crate::{call, place};

const FILE: &str = "forms/stadt/katze.amt";

/// A procedure with a condition, a limit, a rule and a fee; `more` stands behind it.
fn cat(more: &str) -> String {
    format!(
        "Sprache: Deutsch\nAntrag katze \"Katze anmelden\"\n  Fassung: 1, gültig ab 01.01.2026\n  Frist: keine\n\n\
         Abschnitt katze \"Ihre Katze\"\n  Frage alter \"Wie alt ist sie?\"\n    Art: ganze Zahl in Jahre, 0 bis 30\n  \
         Frage impfung \"Ist sie geimpft?\"\n    Art: Ja oder Nein\n    nur wenn: alter ≥ 1 Jahre\n\n\
         Gebühr marke \"Marke\"\n  Zahlung: nach Bescheid\n  | alter          || Betrag |\n  | unter 10 Jahre || 5 €    |\n  \
         | ab 10 Jahre    || 0 €    |\n\nZuständigkeit\n  | alter    || an        |\n  | beliebig || stadt/amt |\n{more}"
    )
}

const RIGHT: &str = "\nBeispiel jung \"Ein Kätzchen\"\n  alter: 0 Jahre\n  erwartet Gebühr: 5 €\n";

#[test]
fn what_is_written_is_read_once_and_leaves_nothing_to_write() {
    let place = place();
    let file = place.path().join(FILE);
    let first = cat(RIGHT).replace('\n', "\r\n");
    fs::write(&file, &first).unwrap();
    let before = call(place.path(), &["test", FILE, "--format", "json"]);
    let answer: Value = serde_json::from_str(&before.out).unwrap();
    let one = &answer["procedures"][0];
    assert_eq!(before.code, 0, "{before:?}");
    assert_eq!(one["examples"][0]["ok"], true);
    assert!(one["percent"].as_u64().unwrap() < 60 && one["percent_with_cases"] == 100, "{one:#}");
    let written = call(place.path(), &["test", FILE, "--write", "--min", "100"]);
    assert_eq!(written.code, 0, "{written:?}");
    assert!(written.out.contains("stehen jetzt in der Datei"), "{written:?}");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with(&first) && !text.replace("\r\n", "").contains('\n'), "{text}");
    let written =
        ["Frage „impfung“ wird gefragt", "alter: 31 Jahre", "erwartet Fehler: alter", "erwartet Gebühr marke: 0 €"];
    for words in written {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    let check = call(place.path(), &["check", FILE]);
    assert!(check.code == 0 && check.out.contains("0 Fehler, 0 Warnungen"), "{check:?}");
    let again = call(place.path(), &["test", FILE, "--write", "--min", "100"]);
    assert!(again.code == 0 && again.out.contains("Die Beispiele zeigen 100 Prozent"), "{again:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn an_example_that_ends_differently_is_named_and_nothing_is_written() {
    let place = place();
    let file = place.path().join(FILE);
    let text = cat(&RIGHT.replace("5 €", "6 €"));
    fs::write(&file, &text).unwrap();
    let done = call(place.path(), &["test", FILE, "--write"]);
    assert_eq!(done.code, 1, "{done:?}");
    for words in ["0 von 1 Beispiel stimmt.", "falsch  jung", "Zeile 25: AW0701", "heraus kommt 5 €"] {
        assert!(done.out.contains(words), "{words} is missing: {done:?}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}
