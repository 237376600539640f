//! Renaming and deleting where names lead through many files: a template with its translation, the
//! town that adopts it, its portal and its authority, a version after another.

use amtsweg_dsl::diagnostic::Severity;
use amtsweg_dsl::editor::{Analysis, Removal};
use amtsweg_dsl::model::Language;

use crate::{analysis, folder};

const LAUBE: &str = "Sprache: Deutsch
Antrag laube \"Laube anmelden\"
  Fassung: 2, gültig ab 01.01.2027
  Vorlage: für Gemeinden
  Kategorie: bauen
  Frist: keine
  Rechtsgrundlage: \"Satzung von {Gebiet}\"
  Aufbewahrung: 5 Jahre nach Erledigung
  Wie es weitergeht: \"Sie bekommen einen Brief.\"

Abschnitt ort \"Wo steht die Laube?\"
  örtlich anpassbar: weitere Fragen
  Frage gemeinde \"Gemeinde\"
    Art: Gemeinde
  Frage größe \"Wie groß ist sie?\"
    Art: ganze Zahl in m, 1 bis 10
    Hinweis: \"Die längste Seite.\"
    örtlich anpassbar: Hinweis, Text
  Frage zweck \"Wozu dient sie?\"
    Art: eine von
    - garten \"Für den Garten\"
    - tiere \"Für Tiere\"
    - anderes \"Für anderes\"
    örtlich anpassbar: Auswahl
  Frage plan \"Laden Sie einen Plan hoch\"
    Art: Datei, PDF, höchstens 5 MB
    nur wenn: größe ≥ 5 m
    örtlich anpassbar: entfällt

Wert satz = 10 €
  örtlich anpassbar: 0 € bis 50 €

Gebühr laubengeld \"Gebühr für die Laube\"
  Zahlung: nach Bescheid
  örtlich anpassbar: Beträge
  | größe     || Betrag |
  | unter 5 m || satz   |
  | ab 5 m    || 20 €   |

Zuständigkeit
  | gemeinde       || an                  |
  | eigenes Gebiet || lauben für gemeinde |
  | sonst          || Endseite woanders   |

Endseite woanders \"Eine andere Gemeinde ist zuständig\"
  Text: \"Wenden Sie sich dorthin.\"
";

const LAUBE_ENGLISH: &str = "Language: English
Translation laube \"Register a hut\", Version 2, English
  Legal basis: \"Bylaw of {Area}\"
  What happens next: \"You get a letter.\"

Section ort \"Where is the hut?\"
  Question gemeinde \"Town\"
  Question größe \"How large is it?\"
    Hint: \"The longest side.\"
  Question zweck \"What is it for?\"
    - garten \"Gardening\"
    - tiere \"Animals\"
    - anderes \"Something else\"
  Question plan \"Upload a plan\"

Fee laubengeld \"Fee for the hut\"

End page woanders \"Another town is responsible\"
  Text: \"Ask there.\"
";

const ADOPTION: &str = "Sprache: Deutsch
übernimmt land/laube, Fassung 2
  Gebiet: Norderstedt
  Fassung: 1, gültig ab 01.02.2027

ersetzt Frage größe
  Hinweis: \"Ohne Dach.\"

ersetzt Frage zweck
  entfällt: tiere

ersetzt Wert satz = 15 €

ersetzt Gebühr laubengeld
  | größe     || Betrag      |
  | unter 5 m || satz        |
  | ab 5 m    || satz + 10 € |

ergänzt Abschnitt ort, nach größe
  Frage farbe \"Welche Farbe hat sie?\"
    Art: Text, höchstens 20 Zeichen
    nur wenn: größe ≥ 3 m

entfällt Frage plan

Beispiel klein \"Eine kleine Laube\"
  gemeinde: Norderstedt
  größe: 3 m
  zweck: garten
  erwartet gefragt: farbe
  erwartet Gebühr laubengeld: 15 €
  erwartet Zuständigkeit: amt
";

const ADOPTION_ENGLISH: &str = "Language: English
Translation laube \"Register a hut\", Version 1, English
Section ort \"Where is the hut?\"
  Question größe \"How large is it?\"
    Hint: \"Without the roof.\"
  Question farbe \"Which colour?\"
";

const OFFICE: &str = "Sprache: Deutsch
Stelle amt \"Bauamt\"
  Ebene: Stadt
  Gebiet: Norderstedt
  Aufgabe: lauben
  Kanal: E-Mail bau@stadt.example
";

const PORTAL: &str = "Sprache: Deutsch
Portal stadt \"Stadt\"
  Gebiet: Norderstedt
  Kontakt: amt

Kacheln
  - bauen \"Bauen\"

Angebot
  - laube
  - wir

Lebenslage garten \"Ein Garten\"
  - laube
";

const PORTAL_ENGLISH: &str = "Language: English
Translation stadt \"Town\", English

Tiles
  - bauen \"Building\"

Life event garten \"A garden\"
";

const TOPIC: &str = "Sprache: Deutsch
Information wir \"Wir\"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: bauen

Abschnitt a \"Wer wir sind\"
  Zwischentext b \"Ein Amt.\"
";

const BOAT: &str = "Sprache: Deutsch
Antrag boot \"Boot anmelden\"
  Fassung: 1, gültig ab 01.01.2026 bis 31.12.2026
  Kategorie: bauen
  Frist: keine
  Rechtsgrundlage: \"§ 1\"
  Aufbewahrung: 5 Jahre nach Erledigung
  Wie es weitergeht: \"Sie bekommen einen Brief.\"

Abschnitt boot_angaben \"Ihr Boot\"
  Frage bauart \"Was für ein Boot?\"
    Art: eine von
    - segel \"Segelboot\"
    - motor \"Motorboot\"
  Frage länge \"Wie lang ist es?\"
    Art: ganze Zahl in m, 1 bis 20
  Frage farbe \"Welche Farbe?\"
    Art: Text, höchstens 20 Zeichen

Zuständigkeit
  | bauart   || an        |
  | beliebig || stadt/amt |
";

const BOAT_AFTER: &str = "Sprache: Deutsch
Antrag boot \"Boot anmelden\"
  Fassung: 2, gültig ab 01.01.2027
  Kategorie: bauen
  Frist: keine
  Rechtsgrundlage: \"§ 1\"
  Aufbewahrung: 5 Jahre nach Erledigung
  Wie es weitergeht: \"Sie bekommen einen Brief.\"

Abschnitt boot_angaben \"Ihr Boot\"
  Frage antrieb \"Was für ein Boot?\"
    Art: eine von
    - wind \"Segelboot\"
    - maschine \"Motorboot\"
  Frage meter \"Wie lang ist es?\"
    Art: ganze Zahl in m, 1 bis 20
  Frage hafen \"Wo liegt es?\"
    Art: eine von
    - see \"Am See\"
    - fluss \"Am Fluss\"

Berechnet stufe
  | antrieb  | meter   || stufe |
  | wind     | bis 5 m || klein |
  | wind     | ab 6 m  || groß  |
  | maschine | beliebig || groß |

Zuständigkeit
  | stufe    || an        |
  | beliebig || stadt/amt |

Übergang von Fassung 1
  umbenannt: länge wird meter
  entfällt: farbe
  neu: hafen = see
  umgewandelt: bauart wird antrieb
  | bauart || antrieb  |
  | segel  || wind     |
  | motor  || maschine |

Beispiel eins \"Ein Boot\"
  antrieb: wind
  meter: 4 m
  erwartet stufe: klein
";

const FILES: &[(&str, &str)] = &[
    ("land/laube.amt", LAUBE),
    ("land/laube.en.amt", LAUBE_ENGLISH),
    ("land/boot.1.amt", BOAT),
    ("land/boot.2.amt", BOAT_AFTER),
    ("stadt/laube.amt", ADOPTION),
    ("stadt/laube.en.amt", ADOPTION_ENGLISH),
    ("stadt/amt.amt", OFFICE),
    ("stadt/stadt.amt", PORTAL),
    ("stadt/stadt.en.amt", PORTAL_ENGLISH),
    ("stadt/wir.amt", TOPIC),
];

fn town() -> Analysis<'static> {
    analysis(folder(FILES))
}

/// The place in a file where something is written.
fn at(file: &str, what: &str) -> usize {
    let (_, text) = FILES.iter().find(|(name, _)| *name == file).unwrap();
    text.find(what).unwrap() + what.len()
}

/// Where places are: `laube.amt:3`.
fn lines(analysis: &Analysis<'_>, places: impl Iterator<Item = (String, usize)>) -> String {
    let line = |(file, offset): (String, usize)| {
        let text = analysis.sources().text(&file).unwrap();
        format!("{file}:{}", text[..offset].matches('\n').count() + 1)
    };
    places.map(line).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_town_compiles() {
    let town = town();
    let wrong: Vec<_> = town.diagnostics().iter().filter(|said| said.severity() != Severity::Hint).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Something with a name: its file, what stands before the place pointed at, its new name, and all
/// lines that change.
const RENAMED: &[(&str, &str, &str, &str)] = &[
    // A question of a template: condition, tables, translations, adoption.
    (
        "land/laube.amt",
        "Frage grö",
        "länge",
        "land/laube.amt:15 land/laube.amt:27 land/laube.amt:36 land/laube.en.amt:8 stadt/laube.amt:6 stadt/laube.amt:15 stadt/laube.amt:19 stadt/laube.amt:22 stadt/laube.amt:28 stadt/laube.en.amt:4",
    ),
    (
        "stadt/laube.amt",
        "nach grö",
        "länge",
        "land/laube.amt:15 land/laube.amt:27 land/laube.amt:36 land/laube.en.amt:8 stadt/laube.amt:6 stadt/laube.amt:15 stadt/laube.amt:19 stadt/laube.amt:22 stadt/laube.amt:28 stadt/laube.en.amt:4",
    ),
    // An option: translation, what a town drops, its example.
    ("land/laube.amt", "- tier", "vieh", "land/laube.amt:22 land/laube.en.amt:12 stadt/laube.amt:10"),
    ("land/laube.amt", "- garten", "beete", "land/laube.amt:21 land/laube.en.amt:11 stadt/laube.amt:29"),
    (
        "land/laube.amt",
        "Wert sat",
        "betrag",
        "land/laube.amt:30 land/laube.amt:37 stadt/laube.amt:12 stadt/laube.amt:16 stadt/laube.amt:17",
    ),
    (
        "land/laube.amt",
        "Gebühr lauben",
        "laubensteuer",
        "land/laube.amt:33 land/laube.en.amt:16 stadt/laube.amt:14 stadt/laube.amt:31",
    ),
    (
        "land/laube.amt",
        "Abschnitt or",
        "lage",
        "land/laube.amt:11 land/laube.en.amt:6 stadt/laube.amt:19 stadt/laube.en.amt:3",
    ),
    ("land/laube.amt", "Frage pla", "zeichnung", "land/laube.amt:25 land/laube.en.amt:14 stadt/laube.amt:24"),
    ("land/laube.amt", "Endseite woan", "anderswo", "land/laube.amt:43 land/laube.amt:45 land/laube.en.amt:18"),
    (
        "land/laube.amt",
        "Antrag lau",
        "hütte",
        "land/laube.amt:2 land/laube.en.amt:2 stadt/laube.amt:2 stadt/laube.en.amt:2 stadt/stadt.amt:10 stadt/stadt.amt:14 land/laube.amt→land/hütte.amt land/laube.en.amt→land/hütte.en.amt stadt/laube.amt→stadt/hütte.amt stadt/laube.en.amt→stadt/hütte.en.amt",
    ),
    // What a town adds.
    ("stadt/laube.amt", "Frage far", "anstrich", "stadt/laube.amt:20 stadt/laube.amt:30 stadt/laube.en.amt:6"),
    // Tasks, authorities, tiles, life events.
    ("stadt/amt.amt", "Aufgabe: lau", "hütten", "land/laube.amt:42 stadt/amt.amt:5"),
    (
        "stadt/amt.amt",
        "Stelle am",
        "bauamt",
        "land/boot.1.amt:22 land/boot.2.amt:30 stadt/amt.amt:2 stadt/laube.amt:32 stadt/stadt.amt:4",
    ),
    (
        "stadt/stadt.amt",
        "- bau",
        "wohnen",
        "land/boot.1.amt:4 land/boot.2.amt:4 land/laube.amt:5 stadt/stadt.amt:7 stadt/stadt.en.amt:5 stadt/wir.amt:4",
    ),
    ("stadt/stadt.amt", "Lebenslage gar", "laubenpieper", "stadt/stadt.amt:13 stadt/stadt.en.amt:7"),
    (
        "stadt/wir.amt",
        "Information wi",
        "über_uns",
        "stadt/stadt.amt:11 stadt/wir.amt:2 stadt/wir.amt→stadt/über_uns.amt",
    ),
    // Names of both versions of a transition; the procedure has one name in all of them.
    (
        "land/boot.2.amt",
        "Antrag boo",
        "schiff",
        "land/boot.1.amt:2 land/boot.2.amt:2 land/boot.1.amt→land/schiff.1.amt land/boot.2.amt→land/schiff.2.amt",
    ),
    (
        "land/boot.1.amt",
        "Frage bau",
        "typ",
        "land/boot.1.amt:11 land/boot.1.amt:21 land/boot.2.amt:36 land/boot.2.amt:37",
    ),
    ("land/boot.1.amt", "- seg", "wind_alt", "land/boot.1.amt:13 land/boot.2.amt:38"),
    ("land/boot.1.amt", "Frage far", "anstrich", "land/boot.1.amt:17 land/boot.2.amt:34"),
    (
        "land/boot.2.amt",
        "Frage antr",
        "kraft",
        "land/boot.2.amt:11 land/boot.2.amt:23 land/boot.2.amt:36 land/boot.2.amt:37 land/boot.2.amt:42",
    ),
    ("land/boot.2.amt", "- masch", "motor", "land/boot.2.amt:14 land/boot.2.amt:26 land/boot.2.amt:39"),
    ("land/boot.2.amt", "- se", "teich", "land/boot.2.amt:19 land/boot.2.amt:35"),
    (
        "land/boot.2.amt",
        "Frage me",
        "länge",
        "land/boot.2.amt:15 land/boot.2.amt:23 land/boot.2.amt:33 land/boot.2.amt:43",
    ),
    // A computed table: its name stands over its result, its words in examples.
    (
        "land/boot.2.amt",
        "Berechnet stu",
        "größe",
        "land/boot.2.amt:22 land/boot.2.amt:23 land/boot.2.amt:29 land/boot.2.amt:44",
    ),
    ("land/boot.2.amt", "|| kle", "winzig", "land/boot.2.amt:24 land/boot.2.amt:44"),
];

#[test]
fn a_name_changes_wherever_it_leads() {
    let town = town();
    let mut wrong = Vec::new();
    for (file, what, name, expected) in RENAMED {
        let renamed = match town.rename(file, at(file, what), name) {
            Ok(renamed) => renamed,
            Err(refused) => {
                wrong.push(format!("{file}: {what}: {}", refused.message(Language::English)));
                continue;
            }
        };
        let places =
            renamed.edits.iter().flat_map(|(file, edits)| edits.iter().map(|(span, _)| (file.clone(), span.start)));
        let mut found = lines(&town, places);
        for (from, to) in &renamed.files {
            found += &format!(" {from}→{to}");
        }
        if found != *expected {
            wrong.push(format!("{file}: {what}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands in the line of something, and what comes of deleting it: who uses it, or what goes.
const REMOVED: &[(&str, &str, &str)] = &[
    (
        "land/laube.amt",
        "Frage grö",
        "used land/laube.amt:27 land/laube.amt:36 stadt/laube.amt:6 stadt/laube.amt:15 stadt/laube.amt:19 stadt/laube.amt:22 stadt/laube.amt:28",
    ),
    ("land/laube.amt", "- tier", "used stadt/laube.amt:10"),
    ("land/laube.amt", "- anderes", "free land/laube.amt:23-23 land/laube.en.amt:13-13"),
    ("land/laube.amt", "Frage pla", "used stadt/laube.amt:24"),
    ("land/laube.amt", "Wert sat", "used land/laube.amt:37 stadt/laube.amt:12 stadt/laube.amt:16 stadt/laube.amt:17"),
    ("land/laube.amt", "Gebühr lauben", "used stadt/laube.amt:14 stadt/laube.amt:31"),
    (
        "land/laube.amt",
        "Abschnitt or",
        "used land/laube.amt:36 land/laube.amt:41 land/laube.amt:42 stadt/laube.amt:6 stadt/laube.amt:9 stadt/laube.amt:10 stadt/laube.amt:15 stadt/laube.amt:19 stadt/laube.amt:19 stadt/laube.amt:22 stadt/laube.amt:24 stadt/laube.amt:27 stadt/laube.amt:28 stadt/laube.amt:29 stadt/laube.amt:29",
    ),
    ("land/laube.amt", "\nEndseite woan", "used land/laube.amt:43"),
    ("stadt/laube.amt", "Frage far", "used stadt/laube.amt:30"),
    ("stadt/laube.amt", "Beispiel kle", "free stadt/laube.amt:26-32"),
    (
        "land/boot.1.amt",
        "Frage bau",
        "used land/boot.1.amt:21 land/boot.2.amt:36 land/boot.2.amt:37 land/boot.2.amt:38 land/boot.2.amt:39",
    ),
    ("land/boot.1.amt", "- seg", "used land/boot.2.amt:38"),
    ("land/boot.1.amt", "Frage far", "used land/boot.2.amt:34"),
    (
        "land/boot.2.amt",
        "Frage antr",
        "used land/boot.2.amt:23 land/boot.2.amt:24 land/boot.2.amt:25 land/boot.2.amt:26 land/boot.2.amt:36 land/boot.2.amt:37 land/boot.2.amt:38 land/boot.2.amt:39 land/boot.2.amt:42 land/boot.2.amt:42",
    ),
    ("land/boot.2.amt", "- fluss", "free land/boot.2.amt:20-20"),
    ("land/boot.2.amt", "Frage haf", "used land/boot.2.amt:35 land/boot.2.amt:35"),
    ("land/boot.2.amt", "Berechnet stu", "used land/boot.2.amt:29 land/boot.2.amt:44 land/boot.2.amt:44"),
    ("stadt/stadt.amt", "- bau", "used land/boot.1.amt:4 land/boot.2.amt:4 land/laube.amt:5 stadt/wir.amt:4"),
    ("stadt/stadt.amt", "Lebenslage gar", "free stadt/stadt.amt:13-14 stadt/stadt.en.amt:7-7"),
];

#[test]
fn only_what_nobody_uses_goes_and_its_translations_with_it() {
    let town = town();
    let mut wrong = Vec::new();
    for (file, what, expected) in REMOVED {
        let found = match town.removal(file, at(file, what)) {
            None => "cannot".to_owned(),
            Some((_, Removal::Used(places))) => {
                format!("used {}", lines(&town, places.into_iter().map(|place| (place.file, place.span.start))))
            }
            Some((_, Removal::Free(gone))) => {
                let mut shown = "free".to_owned();
                for (file, spans) in gone {
                    for span in spans {
                        let text = town.sources().text(&file).unwrap();
                        let first = text[..span.start].matches('\n').count() + 1;
                        let last = text[..span.end].matches('\n').count();
                        shown += &format!(" {file}:{first}-{last}");
                    }
                }
                shown
            }
        };
        if found != *expected {
            wrong.push(format!("{file}: {what}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where somebody writes: the file, what is written instead of a part of it, what is offered there
/// and what is not.
const OFFERED: &[(&str, &str, &str, &str, &str)] = &[
    // What the template allows a town to change, each in its way.
    (
        "stadt/laube.amt",
        "ersetzt Frage zweck",
        "ersetzt ‸",
        "Frage größe|Frage zweck|Wert satz|Gebühr laubengeld",
        "Frage plan|Frage gemeinde|Abschnitt ort|Endseite woanders",
    ),
    ("stadt/laube.amt", "entfällt Frage plan", "entfällt ‸", "Frage plan", "Frage größe"),
    ("stadt/laube.amt", "ergänzt Abschnitt ort, nach größe", "ergänzt ‸", "Abschnitt ort", "Frage größe"),
    ("stadt/laube.amt", "ergänzt Abschnitt ort, nach größe", "ergänzt Abschnitt ort, ‸", "nach", "größe"),
    ("stadt/laube.amt", "ort, nach größe", "ort, nach ‸", "gemeinde|größe|zweck|plan", "woanders"),
    ("stadt/laube.amt", "entfällt: tiere", "entfällt: ‸", "garten|tiere|anderes", "größe"),
    ("stadt/laube.amt", "|| satz        |", "|| ‸", "satz", "woanders"),
    ("stadt/laube.amt", "erwartet Gebühr laubengeld", "erwartet ‸", "Gebühr laubengeld", "Gebühr satz"),
    ("stadt/laube.amt", "  zweck: garten", "  zweck: ‸", "garten|anderes", "größe"),
    // Transitions: the version before on the left, this one on the right.
    ("land/boot.2.amt", "Übergang von Fassung 1", "Übergang von Fassung ‸", "1", "2"),
    ("land/boot.2.amt", "  entfällt: farbe", "  entfällt: ‸", "farbe|bauart|länge", "meter|hafen"),
    ("land/boot.2.amt", "länge wird meter", "länge wird ‸", "meter|antrieb", "länge|bauart"),
    ("land/boot.2.amt", "neu: hafen = see", "neu: hafen = ‸", "see|fluss", "wind"),
    ("land/boot.2.amt", "| bauart || antrieb", "| ‸", "bauart", "antrieb"),
    ("land/boot.2.amt", "| bauart || antrieb", "| bauart || ‸", "antrieb", "bauart"),
    ("land/boot.2.amt", "| segel  || wind", "| ‸", "segel|motor", "wind"),
    ("land/boot.2.amt", "| segel  || wind", "| segel  || ‸", "wind|maschine|neu fragen", "segel"),
    // Computed tables: their name over the result, and the words that stand there already.
    ("land/boot.2.amt", "| meter   || stufe |", "| meter   || ‸", "stufe", "wind"),
    ("land/boot.2.amt", "ab 6 m  || groß", "ab 6 m  || ‸", "klein|groß", "wind"),
    // Offices and portals.
    ("stadt/amt.amt", "Aufgabe: lauben", "Aufgabe: ‸\nStelle zwei \"Zwei\"\n  Aufgabe: lauben", "lauben", "laube"),
    ("stadt/stadt.amt", "  - wir", "  - ‸", "wir|laube", "amt|bauen"),
    ("stadt/stadt.amt", "Kontakt: amt", "Kontakt: ‸", "amt", "wir"),
    ("stadt/wir.amt", "Kategorie: bauen", "Kategorie: ‸", "bauen", "garten"),
];

#[test]
fn what_can_be_written_in_a_town() {
    let mut wrong = Vec::new();
    for (file, part, new, offered, not) in OFFERED {
        let text = FILES.iter().find(|(name, _)| name == file).map(|(_, text)| *text).unwrap();
        assert!(text.contains(part), "{file}: {part}");
        let text = text.replacen(part, new, 1);
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        let mut files: Vec<_> = FILES.iter().copied().filter(|(name, _)| name != file).collect();
        files.push((file, &text));
        let found = analysis(folder(&files)).complete(file, offset, Language::German);
        let labels: Vec<&str> = found.items.iter().map(|item| item.label.as_str()).collect();
        let missing: Vec<&str> = offered.split('|').filter(|word| !labels.contains(word)).collect();
        let more: Vec<&str> = not.split('|').filter(|word| labels.contains(word)).collect();
        if !missing.is_empty() || !more.is_empty() {
            wrong.push(format!("{file}: {new}: lacks {missing:?}, has {more:?} of {labels:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
