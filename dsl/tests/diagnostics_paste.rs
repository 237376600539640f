//! What people paste from Word and Excel, and the two keyword languages: the same procedure.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;

use amtsweg_dsl::model::{Catalogue, Language};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

/// The catalogue, each file of the tree-felling procedure and its blocks changed by `change`.
fn compiled(change: impl Fn(&str) -> Vec<u8>) -> Catalogue {
    fn read(folder: &Path, prefix: &str, change: &dyn Fn(&str) -> Vec<u8>, sources: &mut Sources) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                read(&entry.path(), &format!("{prefix}{name}/"), change, sources);
            } else if name.ends_with(".amt") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                sources.add(&format!("{prefix}{name}"), &change(&text)).unwrap();
            }
        }
    }
    let mut sources = Sources::new();
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms");
    read(&forms, "", &change, &mut sources);
    let (catalogue, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let said: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} {} {}", problem.file, problem.problem.code(), problem.message(Language::German)))
        .collect();
    assert!(said.is_empty(), "{said:#?}");
    catalogue
}

fn hashes(catalogue: &Catalogue) -> Vec<(String, String)> {
    let all = catalogue.procedures.iter().flat_map(|(path, versions)| versions.iter().map(move |one| (path, one)));
    all.map(|(path, procedure)| (path.clone(), procedure.hash().unwrap())).collect()
}

/// Changes what stands outside of texts and comments; `marks` are put round texts.
fn outside(text: &str, marks: (&str, &str), change: impl Fn(char) -> String) -> String {
    let (mut out, mut quoted, mut comment) = (String::new(), false, false);
    for c in text.chars() {
        match c {
            '\n' => {
                comment = false;
                out.push(c);
            }
            _ if comment => out.push(c),
            '"' => {
                out.push_str(if quoted { marks.1 } else { marks.0 });
                quoted = !quoted;
            }
            '#' if !quoted => {
                comment = true;
                out.push(c);
            }
            _ if quoted => out.push(c),
            _ => out.push_str(&change(c)),
        }
    }
    out
}

#[test]
fn pasted_text_gives_the_same_procedures() {
    let plain = hashes(&compiled(|text| text.as_bytes().to_vec()));
    let same = |c: char| c.to_string();
    let check = |name: &str, change: &dyn Fn(&str) -> Vec<u8>| {
        assert_eq!(hashes(&compiled(change)), plain, "{name}");
    };
    for marks in [("„", "“"), ("“", "”"), ("»", "«"), ("„", "”")] {
        // A text may hold other marks inside; a partner of its own would end it.
        check(marks.0, &|text| {
            let own = text.contains(marks.0) || text.contains(marks.1);
            if own { text.as_bytes().to_vec() } else { outside(text, marks, same).into_bytes() }
        });
    }
    check("no-break spaces", &|text| {
        outside(text, ("\"", "\""), |c| if c == ' ' { "\u{a0}".to_owned() } else { c.to_string() }).into_bytes()
    });
    check("signs from the keyboard", &|text| {
        let typed = |c: char| match c {
            '≤' => "<=".to_owned(),
            '≥' => ">=".to_owned(),
            '≠' => "<>".to_owned(),
            '×' => "*".to_owned(),
            _ => c.to_string(),
        };
        outside(text, ("\"", "\""), typed).into_bytes()
    });
    check("CRLF", &|text| text.replace('\n', "\r\n").into_bytes());
    check("byte order mark", &|text| [b"\xef\xbb\xbf", text.as_bytes()].concat());
    for bullet in ["•", "–", "—", "·"] {
        check(bullet, &|text| {
            let lines = text.lines().map(|line| {
                let lead = line.len() - line.trim_start().len();
                match line.trim_start().strip_prefix("- ") {
                    Some(rest) => format!("{}{bullet} {rest}", &line[..lead]),
                    None => line.to_owned(),
                }
            });
            lines.collect::<Vec<_>>().join("\n").into_bytes()
        });
    }
    check("a dash as a minus", &|text| {
        outside(text, ("\"", "\""), same).replace(" - ", " – ").replace("\n    – ", "\n    - ").into_bytes()
    });
    check("no empty lines, no indentation", &|text| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n").into_bytes()
    });
    check("a capital letter at the head of a key", &|text| {
        text.replace("nur wenn:", "Nur wenn:")
            .replace("wiederholt:", "Wiederholt:")
            .replace("ohne:", "Ohne:")
            .into_bytes()
    });
}

const GERMAN: &str = r#"Sprache: Deutsch
Antrag fest "Straßenfest"
  Fassung: 1, gültig ab 01.01.2026 bis 31.12.2030
  Kategorie: feste
  Zugang: E-Mail
  Offen: 01.01.2026 bis 30.06.2030 um 12:00
  geschlossen: "Es ist vorbei."
  Rechtsgrundlage: "§ 1"
  Frist: keine
  Aufbewahrung: 2 Jahre nach Erledigung
  Wie es weitergeht: "Wir melden uns."
  verwendet: mensch, arten
Abschnitt eins "Wer?"
  Frage wer "Wer feiert?"
    Art: mensch
    ohne: beruf
  Frage zweite "Noch jemand?"
    Art: mensch, freiwillig
    betrifft: andere
  Frage größe "Wie viele kommen?"
    Art: ganze Zahl in Personen, 10 bis 500
  Frage dauer "Wie lange?"
    Art: Dezimalzahl in Stunden je Tag, 0,5 bis 12, 1 Nachkommastelle
  Frage kosten "Was kostet es?"
    Art: Betrag, 0 € bis 100 €
  Frage wann "Wann?"
    Art: Datum, heute + 14 Tage bis heute + 1 Jahr
  Frage nacht "Auch nachts?"
    Art: Ja oder Nein
    nur wenn: wann = 01.05. bis 30.09. und größe mindestens 20 Personen
  Frage plan "Laden Sie den Plan hoch"
    Art: Datei, PDF oder JPEG, höchstens 5 MB, nachreichbar 14 Tage
    nur wenn: nacht = Ja
    erscheint: auf derselben Seite
  Frage art "Was für ein Fest?"
    Art: Liste arten
  Frage musik "Welche Musik?"
    Art: mehrere von
    - band "Band"
    - platte "Von der Platte", nur wenn: größe ≥ 50 Personen
    - keine_musik "Keine", schließt andere aus
  Frage ort "In welcher Gemeinde?"
    Art: Gemeinde, Kreis Segeberg ohne Norderstedt
    Es muss gelten: nicht (musik enthält band und größe mehr als 400 Personen)
    sonst Warnung: "Das wird laut."
  Frage mail "Wie ist Ihre E-Mail-Adresse?"
    Art: E-Mail
  Frage nachbar "Wie ist die E-Mail-Adresse der Nachbarn?"
    Art: E-Mail
    betrifft: andere
  Frage ruhe "Sind Sie einverstanden?"
    Art: Ja oder Nein
    beantwortet von: nachbar
    sieht: wann, art
    wartet: 5 Arbeitstage, danach ohne diese Antwort weiter
Abschnitt nachbarn "Nachbarn"
  beantwortet von: nachbar
  sieht: wann
  wartet: 4 Wochen, danach nicht gesendet
  Frage geräusch "Stört Sie das?"
    Art: Ja oder Nein
Abschnitt stände "Stände"
  wiederholt: 0 bis 5 mal, je "Stand"
  Frage bezeichnung "Was gibt es?"
    Art: Text, höchstens 40 Zeichen
  Frage gas "Mit Gas?"
    Art: Ja oder Nein
Wert satz = 7,50 € je Tag
Berechnet mit_gas = Anzahl stände mit gas = Ja
Berechnet laut = musik enthält band oder platte
Berechnet alter_wer = Alter von wer.geboren am wann
Regel genug
  nur wenn: jeder stände: gas = Ja
  Es muss gelten: mindestens ein stände: bezeichnung = Wasser
  bei: stände
  sonst: "Bei {größe} braucht es einen Stand mit Wasser."
Regel verschieden_benannt
  Es muss gelten: stände verschieden nach bezeichnung
  bei: stände
  sonst Warnung: "Zwei Stände heißen gleich."
Gebühr platz "Platz"
  Zahlung: nach Bescheid
  | mit_gas | größe                          || Betrag                                        |
  | 0       | unter 100 Personen             || 0 €                                           |
  | 0       | ab 100 Personen                || 10 € × 50 %, gerundet auf 1 Cent              |
  | ab 1    | beliebig                       || kosten × mit_gas + 5 €, aufgerundet auf 1 €   |
Zuständigkeit
  | art.gefährlich | laut || an               |
  | Ja             | beliebig || ordnung      |
  | sonst          |      || Endseite fertig  |
Endseite fertig "Fertig"
  Text: "Sie brauchen keine Erlaubnis."
Beispiel eins "Ein Fest"
  am: 01.03.2026 um 09:00
  größe: 120 Personen
  art: feuer
  nacht: Ja
  wann: 01.06.2026
  stände 1 gas: Nein
  erwartet mit_gas: 0
  erwartet Gebühr: 5 €
  erwartet Zuständigkeit: ordnung
  erwartet gefragt: nacht
"#;

const ENGLISH: &str = r#"Language: English
Application fest "Straßenfest"
  Texts: German
  Version: 1, valid from 01.01.2026 to 31.12.2030
  Category: feste
  Access: e-mail
  Open: 01.01.2026 to 30.06.2030 at 12:00
  closed: "Es ist vorbei."
  Legal basis: "§ 1"
  Deadline: none
  Retention: 2 years after completion
  What happens next: "Wir melden uns."
  uses: mensch, arten
Section eins "Wer?"
  Question wer "Wer feiert?"
    Kind: mensch
    without: beruf
  Question zweite "Noch jemand?"
    Kind: mensch, optional
    about: another person
  Question größe "Wie viele kommen?"
    Kind: Whole number in Personen, 10 to 500
  Question dauer "Wie lange?"
    Kind: Decimal in hours per day, 0,5 to 12, 1 decimal place
  Question kosten "Was kostet es?"
    Kind: Amount, 0 € to 100 €
  Question wann "Wann?"
    Kind: Date, today + 14 days to today + 1 year
  Question nacht "Auch nachts?"
    Kind: Yes or no
    only if: wann = 01.05. to 30.09. and größe at least 20 Personen
  Question plan "Laden Sie den Plan hoch"
    Kind: File, PDF or JPEG, at most 5 MB, may follow 14 days
    only if: nacht = yes
    appears: on the same page
  Question art "Was für ein Fest?"
    Kind: List arten
  Question musik "Welche Musik?"
    Kind: Several of
    - band "Band"
    - platte "Von der Platte", only if: größe ≥ 50 Personen
    - keine_musik "Keine", excludes others
  Question ort "In welcher Gemeinde?"
    Kind: Municipality, Kreis Segeberg except Norderstedt
    Must hold: not (musik contains band and größe more than 400 Personen)
    otherwise warning: "Das wird laut."
  Question mail "Wie ist Ihre E-Mail-Adresse?"
    Kind: E-mail
  Question nachbar "Wie ist die E-Mail-Adresse der Nachbarn?"
    Kind: E-mail
    about: another person
  Question ruhe "Sind Sie einverstanden?"
    Kind: Yes or no
    answered by: nachbar
    sees: wann, art
    waits: 5 weekdays, then on without this answer
Section nachbarn "Nachbarn"
  answered by: nachbar
  sees: wann
  waits: 4 weeks, then not sent
  Question geräusch "Stört Sie das?"
    Kind: Yes or no
Section stände "Stände"
  repeats: 0 to 5 times, each "Stand"
  Question bezeichnung "Was gibt es?"
    Kind: Text, at most 40 characters
  Question gas "Mit Gas?"
    Kind: Yes or no
Value satz = 7,50 € per day
Computed mit_gas = Count stände with gas = yes
Computed laut = musik contains band or platte
Computed alter_wer = Age of wer.geboren on wann
Rule genug
  only if: every stände: gas = yes
  Must hold: at least one stände: bezeichnung = Wasser
  at: stände
  otherwise: "Bei {größe} braucht es einen Stand mit Wasser."
Rule verschieden_benannt
  Must hold: stände distinct by bezeichnung
  at: stände
  otherwise warning: "Zwei Stände heißen gleich."
Fee platz "Platz"
  Payment: after notice
  | mit_gas | größe                          || Amount                                        |
  | 0       | under 100 Personen             || 0 €                                           |
  | 0       | from 100 Personen              || 10 € × 50 %, rounded to 1 cent                |
  | from 1  | any                            || kosten × mit_gas + 5 €, rounded up to 1 €     |
Responsible
  | art.gefährlich | laut || to               |
  | yes            | any  || ordnung          |
  | otherwise      |      || End page fertig  |
End page fertig "Fertig"
  Text: "Sie brauchen keine Erlaubnis."
Example eins "Ein Fest"
  on: 01.03.2026 at 09:00
  größe: 120 Personen
  art: feuer
  nacht: yes
  wann: 01.06.2026
  stände 1 gas: no
  expects mit_gas: 0
  expects Fee: 5 €
  expects Responsible: ordnung
  expects asked: nacht
"#;

const SHARED: [(&str, &str); 3] = [
    (
        "mensch.amt",
        "Sprache: Deutsch\nBaustein mensch \"Mensch\"\nFrage nachname \"Name\"\n  Art: Familienname\n\
        Frage geboren \"Geboren\"\n  Art: Datum, bis heute\nFrage beruf \"Beruf\"\n  Art: Text\n",
    ),
    (
        "arten.amt",
        "Sprache: Deutsch\nListe arten \"Arten\"\n  | Schlüssel | Bezeichnung | gefährlich |\n  \
        | feuer | Feuer | Ja |\n  | tanz | Tanz | Nein |\n",
    ),
    (
        "stellen.amt",
        "Sprache: Deutsch\nStelle ordnung \"Ordnungsamt\"\n  Ebene: Stadt\n  \
        Kanal: E-Mail ordnung@stadt.example\n",
    ),
];

fn alone(text: &str) -> amtsweg_dsl::model::Procedure {
    let mut sources = Sources::new();
    sources.add("fest.amt", text.as_bytes()).unwrap();
    for (file, text) in SHARED {
        sources.add(file, text.as_bytes()).unwrap();
    }
    let (catalogue, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let said: Vec<String> = problems
        .iter()
        .map(|problem| {
            let (line, _) =
                amtsweg_dsl::diagnostic::line_and_column(sources.text(&problem.file).unwrap(), problem.span.start);
            format!("{}:{line} {} {}", problem.file, problem.problem.code(), problem.message(Language::German))
        })
        .collect();
    assert!(said.is_empty(), "{said:#?}");
    catalogue.procedures["fest"][0].as_ref().clone()
}

#[test]
fn both_keyword_languages_give_the_same_procedure() {
    let (german, english) = (alone(GERMAN), alone(ENGLISH));
    assert_eq!(serde_json::to_string_pretty(&german).unwrap(), serde_json::to_string_pretty(&english).unwrap());
    assert_eq!(german.hash().unwrap(), english.hash().unwrap());
}
