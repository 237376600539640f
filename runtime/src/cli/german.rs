//! The German sentences of the help. The English ones stand at the commands themselves.

/// By command and option: `check`, `check path`; `* folder` for an option of several commands,
/// `--lang` for one of all.
const SENTENCES: &[(&str, &str)] = &[
    ("", "Verwaltungsverfahren aus lesbarem Text: prüfen, als Portal zeigen, veröffentlichen."),
    ("--lang", "Die Sprache von allem, was gesagt wird; sonst die des Systems (LANG), sonst Deutsch."),
    ("--format", "Sätze für Menschen (text) oder JSON für andere Programme."),
    ("--help", "Zeigt diese Hilfe."),
    ("--version", "Zeigt die Fassung des Programms."),
    (
        "serve",
        "Zeigt das Portal: zur Probe, dann folgt es jeder Änderung, oder mit der Einstellung public_url im Ernst. Auch ganz ohne Befehl.",
    ),
    ("serve listen", "Wo das Portal zu erreichen ist: 127.0.0.1:8080; mit Port 0 auf einem freien."),
    ("new", "Schreibt den Anfang eines Verfahrens, ohne Fehler."),
    ("new name", "Sein Name, wenn gewünscht mit dem Ordner: stadt/musterstadt/hund_anmelden."),
    ("new folder", "Der Ordner der Verfahren."),
    ("check", "Prüft Verfahren und sagt, was nicht stimmt, wo, und was hilft."),
    ("check path", "Ein Ordner oder eine Datei; sonst ./forms, sonst der mitgelieferte Katalog."),
    ("explain", "Erzählt ein ganzes Verfahren in nummerierten Sätzen, zum Lesen und Unterschreiben im Rechtsamt."),
    ("explain html", "Als Seite zum Ansehen und Drucken statt als einfacher Text."),
    (
        "lsp",
        "Spricht mit einem Editor, während jemand schreibt (Language Server Protocol): Meldungen, Vorschläge, Änderungen. Der Editor startet es.",
    ),
    ("lsp stdio", "Über Standardeingabe und -ausgabe: der einzige Weg, den manche Editoren nennen."),
    ("graph", "Zeichnet ein Verfahren: seine Seiten, was wovon abhängt, wo es endet, und zu wem ein Fall kommt."),
    ("graph list", "Als gegliederte Liste statt als Zeichnung."),
    (
        "show",
        "Zeigt ein Verfahren so, wie das Formular daraus entsteht, jede Zeile mit der Datei und Zeile, in der sie steht.",
    ),
    ("show file", "Die Datei eines Verfahrens, einer Übernahme oder eines Portals, das Vorlagen anbietet."),
    ("compare", "Vergleicht zwei Fassungen: was aus Entwürfen wird, und was das empfangende System davon sieht."),
    ("compare old", "Die Datei der alten Fassung."),
    ("compare new", "Die Datei der neuen Fassung."),
    (
        "test",
        "Lässt die Beispiele von Verfahren laufen, sagt, was sie zeigen, und leitet Fälle für das ab, was sie noch nicht zeigen.",
    ),
    ("test path", "Ein Ordner oder eine Datei; sonst ./forms, sonst der mitgelieferte Katalog."),
    ("test write", "Schreibt die abgeleiteten Fälle als Beispiele hinten in ihre Dateien."),
    ("test every_office", "Schreibt auch für jede Stelle einen Fall, die nach Aufgabe und Ort gefunden wird."),
    ("test min", "Endet mit 1, wenn die Beispiele eines Verfahrens weniger als so viele Prozent zeigen."),
    ("fmt", "Bringt Texte in Form: Einrückung, Tabellen in Spalten, eine Schreibweise für jedes Zeichen."),
    ("fmt paths", "Dateien, Ordner mit allen ihren .amt-Dateien, oder - für die Eingabe."),
    ("fmt check", "Ändert nichts: zeigt, was sich ändern würde, und endet mit 1, wenn es etwas gibt."),
    ("translate", "Schreibt Schlüsselwörter in der anderen Sprache; Namen, Texte und Werte bleiben."),
    ("translate to", "Die Sprache, die die Schlüsselwörter haben sollen."),
    ("translate paths", "Dateien, Ordner mit allen ihren .amt-Dateien, oder - für die Eingabe."),
    (
        "publish",
        "Veröffentlicht jede Fassung in einem Ordner oder einem Teil davon, für immer. Nur ihr letzter Tag lässt sich später noch setzen oder verschieben.",
    ),
    (
        "publish path",
        "Ein Ordner der Verfahren, oder eine Datei oder ein Ordner darin, aus dem allein veröffentlicht wird; sonst ./forms, sonst der mitgelieferte Katalog.",
    ),
    ("publish check", "Veröffentlicht nichts: sagt, was veröffentlicht würde."),
    ("schema", "Gibt ein JSON Schema aus: von den Antworten eines Verfahrens oder von einem unserer eigenen Formate."),
    (
        "schema of",
        "Stattdessen eines unserer eigenen Formate: die Einstellungen (config), ein fertiges Verfahren (model), was die JSON-Schnittstelle antwortet (api), was Befehle mit --format json antworten (commands).",
    ),
    (
        "completions",
        "Gibt aus, was eine Shell braucht, um mit der Tabulatortaste Befehle, Optionen und Dateien zu ergänzen.",
    ),
    ("completions shell", "Die Shell."),
    ("man", "Gibt die Handbuchseite des Programms oder eines Befehls aus, oder schreibt alle."),
    ("man command", "Der Befehl; sonst die Seite des ganzen Programms."),
    ("man into", "Schreibt die Seiten des Programms und aller Befehle in diesen Ordner."),
    ("help", "Zeigt die Hilfe des Programms oder eines Befehls."),
    ("help command", "Der Befehl."),
    // The same option of several commands.
    (
        "* folder",
        "Der Ordner der Verfahren, zu dem es gehört; sonst der Ordner forms über der Datei, sonst der, in dem die Datei liegt.",
    ),
    ("explain folder", WITHIN),
    ("graph folder", WITHIN),
    ("schema folder", WITHIN),
    ("serve folder", FORMS),
    ("* data", "Wo alles aufbewahrt wird; sonst ./amtsweg-data."),
    ("* procedure", "Das Verfahren: seine Datei, sein Name oder sein Pfad."),
    ("* output", "Schreibt es in diese Datei statt auf den Bildschirm."),
];

const WITHIN: &str = "Der Ordner der Verfahren, in dem es liegt; sonst der um seine Datei, sonst ./forms, sonst der mitgelieferte Katalog.";
const FORMS: &str = "Der Ordner der Verfahren; sonst ./forms, sonst der mitgelieferte Katalog.";

/// Words that stand for a value.
const VALUES: &[(&str, &str)] = &[
    ("ADDRESS", "ADRESSE"),
    ("COMMAND", "BEFEHL"),
    ("FILE", "DATEI"),
    ("FILE|FOLDER|-", "DATEI|ORDNER|-"),
    ("FOLDER", "ORDNER"),
    ("LANGUAGE", "SPRACHE"),
    ("NEW", "NEU"),
    ("OLD", "ALT"),
    ("PATH", "PFAD"),
    ("PERCENT", "PROZENT"),
    ("PROCEDURE", "VERFAHREN"),
];

/// The sentence of a command, of the whole program with an empty name; empty where there is none.
pub(super) fn of_command(command: &str) -> String {
    shown(find(command))
}

/// The sentence of an option or of a value that a command takes.
pub(super) fn of_option(command: &str, option: &str) -> String {
    let own = find(&format!("{command} {option}")).or_else(|| find(&format!("* {option}")));
    shown(own.or_else(|| find(&format!("--{option}"))))
}

fn find(name: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(known, _)| *known == name).map(|(_, sentence)| *sentence)
}

/// As in the English help, a single sentence has no full stop.
fn shown(sentence: Option<&str>) -> String {
    sentence.unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The German word for a value, where it has another one.
pub(super) fn value(english: &str) -> Option<&'static str> {
    VALUES.iter().find(|(known, _)| *known == english).map(|(_, german)| *german)
}
