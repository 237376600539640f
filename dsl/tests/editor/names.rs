//! Where names are introduced and used, renaming, deleting.

use amtsweg_dsl::editor::{Analysis, Removal};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::keyword::{Inner, RESERVED, is_word_char, unit};

use crate::{analysis, catalogue, folder};

pub(crate) const HUND: &str = "Sprache: Deutsch
Antrag hund \"Hund anmelden\"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: recht
  Frist: keine
  Aufbewahrung: 10 Jahre nach Erledigung
  verwendet: person, rassen

Abschnitt halter \"Wer hält den Hund?\"
  Frage person \"Angaben zur Person\"
    Art: person
  Frage herkunft \"Woher haben Sie den Hund?\"
    Art: eine von
    - zucht \"Von einer Züchterin\"
    - tierheim \"Aus einem Tierheim\"
  Frage heim \"Aus welchem Tierheim?\"
    Art: Text
    nur wenn: herkunft = tierheim
  Frage rasse \"Welche Rasse?\"
    Art: Liste rassen

Abschnitt hunde \"Ihre Hunde\"
  wiederholt: 1 bis 5 mal, je \"Hund\"
  Frage größe \"Wie groß ist der Hund von {person.nachname}?\"
    Art: ganze Zahl in cm, 10 bis 120
    Es muss gelten: größe ≤ 100 cm
    sonst: \"{größe} ist zu groß.\"

Berechnet groß = Anzahl hunde mit größe > 40 cm
Wert satz = 20 €

Gebühr steuer \"Steuer\"
  Zahlung: nach Bescheid
  | groß || Betrag |
  | 0    || satz   |
  | ab 1 || satz × groß |

Zuständigkeit
  | herkunft | rasse.wild || an |
  | zucht    | Ja         || amt |
  | zucht    | Nein       || amt |
  | tierheim | beliebig   || Endseite nichts |

Endseite nichts \"Nichts zu tun\"
  Text: \"Ein Hund aus {heim} ist frei.\"

Beispiel eins \"Ein Hund\"
  herkunft: zucht
  person.nachname: Petersen
  hunde 1 größe: 50 cm
  erwartet groß: 1
  erwartet Gebühr steuer: 20 €
  erwartet gefragt: rasse
";

pub(crate) const PERSON: &str = "Sprache: Deutsch
Baustein person \"Person\"
Frage nachname \"Nachname\"
  Art: Familienname
Frage vorname \"Vorname von {nachname}\"
  Art: Vorname
";

pub(crate) const RASSEN: &str = "Sprache: Deutsch
Liste rassen \"Rassen\"
  | Schlüssel | Bezeichnung | wild |
  | mops      | Mops        | Nein |
  | dingo     | Dingo       | Ja   |
";

pub(crate) const AMT: &str = "Sprache: Deutsch
Stelle amt \"Das Amt\"
  Ebene: Stadt
  Kanal: E-Mail amt@stadt.example
";

pub(crate) const ENGLISH: &str = "Language: English
Translation hund \"Register a dog\", Version 1, English
  Legal basis: \"None\"
Section halter \"Who keeps the dog?\"
  Question person \"About you\"
  Question herkunft \"Where from?\"
    - zucht \"A breeder\"
  Question heim \"Which home?\"
End page nichts \"Nothing to do\"
  Text: \"A dog from {heim} is free.\"
";

pub(crate) fn dogs() -> Analysis<'static> {
    analysis(folder(&[
        ("hund.amt", HUND),
        ("hund.en.amt", ENGLISH),
        ("person.amt", PERSON),
        ("rassen.amt", RASSEN),
        ("amt.amt", AMT),
    ]))
}

/// The position of the `nth` time that something is written.
fn at(text: &str, what: &str, nth: usize) -> usize {
    text.match_indices(what).nth(nth).unwrap().0
}

/// Places as `file:line`.
fn lines(analysis: &Analysis<'_>, places: &[amtsweg_dsl::editor::Place]) -> Vec<String> {
    let line = |place: &amtsweg_dsl::editor::Place| {
        let text = analysis.sources().text(&place.file).unwrap();
        format!("{}:{}", place.file, text[..place.span.start].matches('\n').count() + 1)
    };
    places.iter().map(line).collect()
}

#[test]
fn uses_are_found_in_every_kind_of_line() {
    let dogs = dogs();
    assert_eq!(
        dogs.diagnostics().iter().filter(|d| d.severity() == amtsweg_dsl::diagnostic::Severity::Error).count(),
        0,
        "{:#?}",
        dogs.diagnostics()
    );
    let uses = |file: &str, offset: usize| lines(&dogs, &dogs.uses(file, offset, true)).join(" ");
    let line = |what: &str| HUND[..at(HUND, what, 0)].matches('\n').count() + 1;
    // A question: condition, table, translation, text of both languages, example.
    let heim = uses("hund.amt", at(HUND, "Frage heim", 0) + 6);
    assert_eq!(
        heim,
        format!("hund.amt:{} hund.amt:{} hund.en.amt:8 hund.en.amt:10", line("Frage heim"), line("{heim}"))
    );
    let herkunft = uses("hund.amt", at(HUND, "Frage herkunft", 0) + 6);
    assert_eq!(
        herkunft,
        format!(
            "hund.amt:{} hund.amt:{} hund.amt:{} hund.amt:{} hund.en.amt:6",
            line("Frage herkunft"),
            line("nur wenn: herkunft"),
            line("| herkunft"),
            line("  herkunft: zucht")
        )
    );
    // An option: condition, cells, example, translation.
    let zucht = uses("hund.amt", at(HUND, "- zucht", 0) + 2);
    let cells = line("| zucht ");
    assert_eq!(
        zucht,
        format!(
            "hund.amt:{} hund.amt:{cells} hund.amt:{} hund.amt:{} hund.en.amt:7",
            line("- zucht"),
            cells + 1,
            line("herkunft: zucht")
        )
    );
    // A question of a building block, from the procedure and inside.
    let nachname = uses("person.amt", at(PERSON, "nachname", 0));
    assert_eq!(
        nachname,
        format!(
            "hund.amt:{} hund.amt:{} person.amt:3 person.amt:5",
            line("{person.nachname}"),
            line("person.nachname: P")
        )
    );
    // Inside a repeat: the rule, its text, the computed value, the example.
    let size = uses("hund.amt", at(HUND, "Frage größe", 0) + 6);
    assert_eq!(size.split(' ').count(), 5, "{size}");
    // A column of a list, the list, a constant, a computed value, an authority, an end page, a fee.
    for (file, text, what, count) in [
        ("rassen.amt", RASSEN, "wild", 2),
        ("rassen.amt", RASSEN, "rassen", 3),
        ("hund.amt", HUND, "satz =", 3),
        ("hund.amt", HUND, "groß =", 4),
        ("amt.amt", AMT, "amt \"", 3),
        ("hund.amt", HUND, "nichts \"", 3),
        ("hund.amt", HUND, "steuer \"", 2),
        ("person.amt", PERSON, "person \"", 3),
        ("hund.amt", HUND, "person \"", 4),
        ("hund.amt", HUND, "hunde \"", 3),
    ] {
        let found = uses(file, at(text, what, 0));
        assert_eq!(found.split(' ').count(), count, "{what}: {found}");
    }
}

#[test]
fn every_name_in_the_catalogue_stands_for_something() {
    let analysis = analysis(catalogue());
    let inner: Vec<&str> = Inner::ALL
        .iter()
        .flat_map(|word| [word.spelling(Language::German), word.spelling(Language::English)])
        .flat_map(str::split_whitespace)
        .collect();
    let mut unknown = Vec::new();
    for (file, _) in analysis.sources().iter() {
        let text = analysis.sources().text(file).unwrap();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            // Names stand in headings, conditions, calculations, tables and options.
            let code = line.split('#').next().unwrap();
            let (from, code) = match code.trim_start() {
                rest if rest.starts_with('|') && rest.contains("||") => (0, code),
                rest if rest.starts_with('|') => (0, &code[..code.match_indices('|').nth(1).map_or(0, |(bar, _)| bar)]),
                rest if rest.starts_with('-') => match rest.split_once("nur wenn:").or(rest.split_once("only if:")) {
                    Some((_, condition)) => (code.len() - condition.len(), condition),
                    None => (0, code.split(',').next().unwrap()),
                },
                rest if ["nur wenn:", "only if:", "Es muss gelten:", "Must hold:", "verwendet:", "bei:"]
                    .iter()
                    .any(|key| rest.starts_with(key)) =>
                {
                    let (key, rest) = code.split_once(':').unwrap();
                    (key.len() + 1, rest)
                }
                _ => (0, ""),
            };
            let mut quoted = false;
            let mut at = start + from;
            for piece in code.split_inclusive(|c: char| !is_word_char(c)) {
                let word: String = piece.chars().take_while(|c| is_word_char(*c)).collect();
                let name = word.chars().next().is_some_and(char::is_lowercase);
                let known = RESERVED.contains(&word.as_str()) || inner.contains(&word.as_str()) || word.len() < 3;
                let path = text[at + word.len()..].starts_with('/');
                if name && !quoted && !known && !path && unit(&word) == word && analysis.symbol_at(file, at).is_none() {
                    unknown.push(format!("{file}: {word} in {}", line.trim()));
                }
                quoted ^= piece.ends_with(['"', '„', '“']);
                at += piece.len();
            }
            start += line.len();
        }
    }
    assert!(unknown.is_empty(), "{} names stand for nothing:\n{}", unknown.len(), unknown.join("\n"));
}

#[test]
fn a_name_changes_in_all_files() {
    let dogs = dogs();
    let renamed = |file: &str, text: &str, what: &str, new: &str| {
        let renamed = dogs.rename(file, at(text, what, 0), new).unwrap();
        renamed.edits.values().map(Vec::len).sum::<usize>()
    };
    assert_eq!(renamed("hund.amt", HUND, "herkunft", "quelle"), 5);
    assert_eq!(renamed("hund.amt", HUND, "größe", "höhe"), 5);
    assert_eq!(renamed("hund.amt", HUND, "zucht", "züchter"), 5);
    assert_eq!(renamed("person.amt", PERSON, "nachname", "familienname"), 4);
    assert_eq!(renamed("rassen.amt", RASSEN, "wild", "gefährlich"), 2);
    // A file is called as what it describes, and so are its translations.
    let file = dogs.rename("hund.amt", at(HUND, "hund", 0), "hund_anmelden").unwrap();
    let moved: Vec<_> = file.files.iter().map(|(from, to)| format!("{from} {to}")).collect();
    assert_eq!(moved, ["hund.amt hund_anmelden.amt", "hund.en.amt hund_anmelden.en.amt"]);
}

#[test]
fn a_name_that_is_none_or_taken_is_refused_with_a_sentence() {
    let dogs = dogs();
    let refused = |what: &str, new: &str| {
        let at = at(HUND, what, 0) + what.find(' ').unwrap() + 1;
        let refused = dogs.rename("hund.amt", at, new).unwrap_err();
        (refused.message(Language::German), refused.message(Language::English))
    };
    let (de, en) = refused("Frage heim", "rasse");
    assert_eq!(de, "Den Namen „rasse“ gibt es hier schon (hund.amt, Zeile 19). Wählen Sie einen anderen.");
    assert_eq!(en, "The name “rasse” is taken already (hund.amt, line 19). Choose another one.");
    assert!(refused("Frage heim", "Heim").0.contains("„Heim“"));
    assert!(refused("Frage heim", "von").0.contains("„von“"));
    assert!(refused("Frage heim", "zwei wörter").0.contains("zwei wörter"));
    // A section that is no name of an answer, and one that is taken elsewhere in the file.
    assert!(refused("Frage heim", "satz").0.contains("satz"), "{:?}", refused("Frage heim", "satz"));
    // Inside of an entry it would hide the person around it, that a text of the entry names.
    assert!(refused("Frage größe", "person").0.contains("person"), "{:?}", refused("Frage größe", "person"));
}

#[test]
fn only_what_nothing_uses_is_deleted() {
    let dogs = dogs();
    let removal = |what: &str| dogs.removal("hund.amt", at(HUND, what, 0)).unwrap();
    let (name, used) = removal("Frage herkunft");
    assert_eq!(name, "Frage herkunft");
    let Removal::Used(places) = used else { panic!("herkunft is used") };
    assert_eq!(dogs.shown(&places, Language::German), "hund.amt, Zeilen 18, 39, 40, 41, 42, 48");
    // A question that nothing names goes with its lines, and its texts in other languages.
    let (_, free) = dogs.removal("person.amt", at(PERSON, "vorname", 0)).unwrap();
    let Removal::Free(gone) = free else { panic!("vorname is used") };
    let gone: Vec<&str> = gone["person.amt"].iter().map(|span| &PERSON[span.start..span.end]).collect();
    assert_eq!(gone, ["Frage vorname \"Vorname von {nachname}\"\n  Art: Vorname\n"]);
    // What goes itself may use the rest.
    let (_, free) = dogs.removal("hund.amt", at(HUND, "Endseite nichts \"", 0)).unwrap();
    assert_eq!(free, Removal::Used(dogs.uses("hund.amt", at(HUND, "nichts \"", 0), false)[..1].to_vec()));
}

/// The names in what a town adapts are those of its template.
#[test]
fn names_lead_from_an_adoption_to_its_template() {
    let read = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples/uebernahme").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    let (template, adoption) = (read("land/laube.amt"), read("a/laube.amt"));
    let analysis = analysis(folder(&[("land/laube.amt", &template), ("a/laube.amt", &adoption)]));
    let mut known = 0;
    for line in adoption.lines() {
        let heads = ["übernimmt ", "ersetzt ", "entfällt Frage", "ergänzt Abschnitt "];
        if let Some(head) = heads.iter().find(|head| line.trim_start().starts_with(**head)) {
            let start = line.as_ptr() as usize - adoption.as_ptr() as usize;
            let name = line
                .trim()
                .trim_start_matches(*head)
                .split([' ', ','])
                .find(|word| word.starts_with(char::is_lowercase));
            // One of them is misspelt on purpose.
            let Some(name) = name.filter(|name| *name != "zwek") else { continue };
            let at = start + line.find(name).unwrap() + name.len();
            let found = analysis.definition("a/laube.amt", at);
            assert!(found.iter().any(|place| place.file == "land/laube.amt"), "{line}: {found:?}");
            known += 1;
        }
    }
    assert!(known > 2, "{known}");
}
