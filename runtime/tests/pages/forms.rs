//! The procedures that the tests run on.

/// Two offices and a portal.
pub const OFFICES: (&str, &str) = (
    "stadt/probe/stellen.amt",
    r#"Sprache: Deutsch
Stelle umwelt "Umweltamt der Stadt Probe"
  Ebene: Stadt
  Gebiet: Norderstedt
  Anschrift: "Rathausallee 50, 22846 Norderstedt"
  Telefon: +49 40 535950
  Kanal: E-Mail umwelt@probe.example
Stelle steueramt "Steueramt der Stadt Probe"
  Ebene: Stadt
  Gebiet: Norderstedt
  Aufgabe: hundesteuer
  Kanal: E-Mail steueramt@probe.example
"#,
);

/// A site with two tiles.
pub const PORTAL: (&str, &str) = (
    "stadt/probe/probe.amt",
    r##"Sprache: Deutsch
Portal probe "Bürgerportal Probe"
  Gebiet: Norderstedt
  Netzadresse: www.probe.example
  Farbe: "#00457C"
  Kontakt: stadt/probe/umwelt

Kacheln
  - abfall "Abfall und Umwelt"
  - recht "Recht und Verbraucherschutz"

Angebot
  - stadt/probe/melden
  - stadt/probe/hunde
  - stadt/probe/thema
"##,
);

/// A report on two pages, a condition on the first, an optional question on the second.
pub const REPORT: (&str, &str) = (
    "stadt/probe/melden.amt",
    r#"Sprache: Deutsch
Meldung melden "Müll melden"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: abfall
  Rechtsgrundlage: "§ 1 **Probengesetz**"
  Frist: keine
  Aufbewahrung: 1 Jahr nach Erledigung
  Wie es weitergeht: "Wir sehen uns **{ort}** an. Mehr steht im [Gesetz](https://gesetze.example/probe)."

Abschnitt stelle "Wo liegt der Müll?"
  Frage ort "Beschreiben Sie den Ort"
    Art: Text, höchstens 60 Zeichen
    Hinweis: "Zum Beispiel die Straße."
  Frage gefährlich "Ist der Müll gefährlich?"
    Art: Ja oder Nein
  Frage stoff "Was für ein Stoff ist es?"
    Art: Text
    nur wenn: gefährlich = Ja

Abschnitt kontakt "Wie erreichen wir Sie?"
  Frage email "Wie lautet Ihre E-Mail-Adresse?"
    Art: E-Mail, freiwillig

Zuständigkeit
  | gefährlich || an                 |
  | beliebig   || stadt/probe/umwelt |
"#,
);

/// An address whose municipality follows from the postcode.
pub const ADDRESS: (&str, &str) = (
    "stadt/probe/adresse.amt",
    r#"Sprache: Deutsch
Baustein adresse "Adresse"

Frage straße "Straße"
  Art: Straße
Frage hausnummer "Hausnummer"
  Art: Hausnummer
Frage plz "Postleitzahl"
  Art: Postleitzahl
Frage gemeinde "Gemeinde"
  Art: Gemeinde
"#,
);

/// A person.
pub const PERSON: (&str, &str) = (
    "stadt/probe/person.amt",
    r#"Sprache: Deutsch
Baustein person "Person"

Frage vorname "Vorname"
  Art: Vorname
Frage familienname "Familienname"
  Art: Familienname
"#,
);

/// An application with an address, a repeated section, a repeated block, a rule and a fee.
pub const DOGS: (&str, &str) = (
    "stadt/probe/hunde.amt",
    r#"Sprache: Deutsch
Antrag hunde "Hunde anmelden"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: recht
  Rechtsgrundlage: "Hundesteuersatzung"
  Frist: "Innerhalb von 14 Tagen."
  Aufbewahrung: 10 Jahre nach Erledigung
  Wie es weitergeht: "Sie bekommen einen Bescheid."
  verwendet: stadt/probe/adresse, stadt/probe/person

Abschnitt halter "Wer hält die Hunde?"
  Frage wohnung "Wo wohnen Sie?"
    Art: adresse
  Frage mithalter "Wer hält die Hunde noch?"
    Art: person
    wiederholt: 0 bis 2 mal, je "Person"

Abschnitt tiere "Ihre Hunde"
  wiederholt: 1 bis 3 mal, je "Hund"
  Frage rufname "Wie heißt der Hund?"
    Art: Text, höchstens 20 Zeichen
  Frage seit "Seit wann halten Sie den Hund?"
    Art: Datum, bis heute
  Frage gefährlich "Ist der Hund gefährlich?"
    Art: Ja oder Nein

Abschnitt schluss "Zum Schluss"
  Seite: je Frage
  Frage erhalten "Wann haben Sie diesen Brief bekommen?"
    Art: Datum
  Frage rabatt "Bekommen Sie Wohngeld?"
    Art: Ja oder Nein
  Frage wahr "Ich erkläre, dass meine Angaben stimmen."
    Art: Erklärung

Berechnet anzahl = Anzahl tiere

Gebühr steuer "Hundesteuer"
  Zahlung: nach Bescheid
  | anzahl   || Betrag                    |
  | beliebig || 100 € je Jahr × anzahl    |

Zuständigkeit
  | wohnung.gemeinde || an                      |
  | Norderstedt      || stadt/probe/steueramt   |
  | sonst            || Endseite ausserhalb     |

Endseite ausserhalb "Dafür sind wir nicht zuständig"
  Text: "Wenden Sie sich an Ihre Gemeinde."
"#,
);

/// Something to read.
pub const TOPIC: (&str, &str) = (
    "stadt/probe/thema.amt",
    r#"Sprache: Deutsch
Information thema "Müll trennen"
  Fassung: 1, gültig ab 01.01.2026
  Kategorie: abfall
Abschnitt papier "Papier"
  Zwischentext papiertext "Papier gehört in die blaue Tonne."
    "- Zeitungen"
    "- Kartons"
"#,
);

/// Every kind on one page.
pub const KINDS: (&str, &str) = (
    "stadt/probe/arten.amt",
    r#"Sprache: Deutsch
Antrag arten "Alle Arten"
  Fassung: 1, gültig ab 01.01.2026
  Rechtsgrundlage: "§ 1"
  Frist: keine
  Aufbewahrung: 1 Jahr nach Eingang
  Wie es weitergeht: "Nichts."
  verwendet: stadt/probe/farben

Abschnitt alles "Alle Arten"
  Frage text "Ein Text"
    Art: Text
  Frage lang "Ein langer Text"
    Art: langer Text
  Frage ziffern "Ziffern"
    Art: Ziffern, genau 4 Stellen
  Frage ganz "Eine ganze Zahl"
    Art: ganze Zahl in cm, 1 bis 300
  Frage dezimal "Eine Dezimalzahl"
    Art: Dezimalzahl in Stunden je Woche, 0,5 bis 80, 1 Nachkommastelle
  Frage betrag "Ein Betrag"
    Art: Betrag
  Frage datum "Ein Datum"
    Art: Datum, bis heute
  Frage geboren "Ein Geburtsdatum"
    Art: Geburtsdatum, auch unvollständig
  Frage monat "Ein Monat"
    Art: Monat
  Frage uhrzeit "Eine Uhrzeit"
    Art: Uhrzeit
  Frage janein "Ja oder Nein"
    Art: Ja oder Nein
  Frage auswahl "Eine von dreien"
    Art: eine von
    - a "Erstens"
    - b "Zweitens", Hinweis: "Mit Hinweis"
    - c "Drittens"
  Frage vieles "Mehrere von dreien"
    Art: mehrere von
    - x "Eins"
    - y "Zwei"
    - keins "Keins davon", schließt andere aus
  Frage farbe "Eine Farbe"
    Art: Liste farben
  Frage email "E-Mail-Adresse"
    Art: E-Mail
  Frage telefon "Telefonnummer"
    Art: Telefon
  Frage plz "Postleitzahl"
    Art: Postleitzahl
  Frage gemeinde "Gemeinde"
    Art: Gemeinde
  Frage staat "Staat"
    Art: Staat
  Frage vorname "Vorname"
    Art: Vorname
  Frage familienname "Familienname"
    Art: Familienname
  Frage name "Ganzer Name"
    Art: Name
  Frage organisation "Organisation"
    Art: Organisation
  Frage straße "Straße"
    Art: Straße
  Frage hausnummer "Hausnummer"
    Art: Hausnummer
  Frage ort "Ort"
    Art: Ort
  Frage iban "IBAN"
    Art: IBAN
  Frage steuer "Steuernummer"
    Art: Steuernummer
  Frage kennzeichen "Kennzeichen"
    Art: Kennzeichen
  Frage erklärung "Ich habe alles gelesen."
    Art: Erklärung

Zuständigkeit
  | janein   || an                 |
  | beliebig || stadt/probe/umwelt |
"#,
);

/// A list that is long enough for a select.
pub const COLOURS: (&str, &str) = (
    "stadt/probe/farben.amt",
    r#"Sprache: Deutsch
Liste farben "Farben"
  Quelle: "Probe"
  | Schlüssel | Bezeichnung |
  | rot       | Rot         |
  | blau      | Blau        |
  | gelb      | Gelb        |
  | lila      | Lila        |
  | braun     | Braun       |
  | weiss     | Weiß        |
  | schwarz   | Schwarz     |
  | bunt      | Bunt        |
"#,
);

/// Files: one, and up to two.
pub const FILES: (&str, &str) = (
    "stadt/probe/dateien.amt",
    r#"Sprache: Deutsch
Antrag dateien "Unterlagen schicken"
  Fassung: 1, gültig ab 01.01.2026
  Rechtsgrundlage: "§ 1"
  Frist: keine
  Aufbewahrung: 1 Jahr nach Eingang
  Wie es weitergeht: "Nichts."

Abschnitt unterlagen "Ihre Unterlagen"
  Frage titel "Worum geht es?"
    Art: Text
  Frage plan "Laden Sie den Lageplan hoch"
    Art: Datei, PDF oder JPEG, höchstens 1 MB
  Frage fotos "Laden Sie Fotos hoch"
    Art: Datei, JPEG oder PNG, höchstens 1 MB, 0 bis 2 Dateien, freiwillig

Zuständigkeit
  | titel    || an                 |
  | beliebig || stadt/probe/umwelt |
"#,
);

/// Offices, portal, report, dogs, topic.
pub fn town() -> Vec<(&'static str, &'static str)> {
    vec![OFFICES, PORTAL, REPORT, ADDRESS, PERSON, DOGS, TOPIC]
}
