//! Messages about small slips in a line that is otherwise understood, and about texts and their translations.

macro_rules! slips {
    ($next:ident $($after:ident)* ; $($rows:tt)*) => { $next! { $($after)* ; $($rows)*
    // ---- files that are not read because of their names ----
    "AW0032" Warning FileEnding { name, meant }:
        de "Die Datei „{name}“ wird nicht gelesen, denn ihr Name endet nicht auf „.amt“.", "Benennen Sie sie um in „{meant}“; Windows zeigt das ganze Ende nur, wenn im Explorer unter „Ansicht“ die „Dateinamenerweiterungen“ eingeschaltet sind.";
        en "The file “{name}” is not read, because its name does not end in “.amt”.", "Rename it to “{meant}”; Windows shows the whole ending only when “File name extensions” are switched on under “View” in the Explorer.";
    "AW0033" Warning FileDocument { name, meant }:
        de "Die Datei „{name}“ ist ein Dokument mit Schriften und Seiten und wird nicht gelesen; gelesen wird nur reiner Text.", "Speichern Sie sie in Ihrem Schreibprogramm als „Nur Text“ mit der Kodierung „UTF-8“ unter dem Namen „{meant}“.";
        en "The file “{name}” is a document with fonts and pages and is not read; only plain text is read.", "In your word processor save it as “Plain text” with the encoding “UTF-8” under the name “{meant}”.";
    // ---- signs that are missing or written in another way ----
    "AW0035" Error UnitUnknown { unit, known }:
        de "Die Einheit „{unit}“ kenne ich nicht.", "Schreiben Sie „{known}“, wenn das gemeint ist.";
        en "I do not know the unit “{unit}”.", "Write “{known}” if that is meant.";
    "AW0036" Error FreeOfCharge { word, amount }:
        de "„{word}“ ist kein Betrag.", "Schreiben Sie „{amount}“.";
        en "“{word}” is no amount.", "Write “{amount}”.";
    "AW0037" Error WriteInstead { found, meant }:
        de "„{found}“ schreibt man hier anders.", "Schreiben Sie „{meant}“.";
        en "“{found}” is written in another way here.", "Write “{meant}”.";
    "AW0038" Error DateForm { text, fixed }:
        de "Der Tag „{text}“ ist nicht so geschrieben, wie er hier stehen muss.", "Schreiben Sie „{fixed}“: Tag, Monat und Jahr mit Punkten.";
        en "The day “{text}” is not written as it must stand here.", "Write “{fixed}”: day, month and year with full stops.";
    "AW0039" Error BarMissing:
        de "In dieser Zeile einer Tabelle fehlt der Strich „|“ am Anfang oder am Ende.", "Beginnen und beenden Sie jede Zeile der Tabelle mit „|“.";
        en "In this row of a table the bar “|” is missing at its beginning or end.", "Begin and end each row of the table with “|”.";
    "AW0040" Error QuotesMixed { open as Both, close as Both }:
        de "Dieser Text beginnt mit {open} und endet mit {close}.", "Nehmen Sie am Anfang und am Ende dasselbe Zeichen: \"…\"";
        en "This text begins with {open} and ends with {close}.", "Take the same mark at the beginning and at the end: \"…\"";
    "AW0041" Error DashMissing { name }:
        de "Vor der Antwort „{name}“ fehlt der Strich.", "Schreiben Sie „- {name}“.";
        en "The dash before the answer “{name}” is missing.", "Write “- {name}”.";
    "AW0042" Error HeadingColon { heading }:
        de "Hinter „{heading}“ steht ein Doppelpunkt; eine Überschrift hat keinen.", "Streichen Sie den Doppelpunkt.";
        en "Behind “{heading}” stands a colon; a heading has none.", "Delete the colon.";
    "AW0043" Error UsesItself { name }:
        de "Die Bedingung von „{name}“ fragt nach „{name}“ selbst.", "Nehmen Sie eine frühere Frage in die Bedingung, oder streichen Sie die Zeile.";
        en "The condition of “{name}” asks for “{name}” itself.", "Take an earlier question into the condition, or delete the line.";
    "AW0044" Error CommaMissing { before, after }:
        de "Zwischen „{before}“ und „{after}“ fehlt ein Komma.", "Schreiben Sie „{before}, {after}“.";
        en "There is no comma between “{before}” and “{after}”.", "Write “{before}, {after}”.";
    "AW0045" Error SayDifferently { found, instead as Both }:
        de "So wie „{found}“ hier steht, kann ich es nicht lesen.", "Schreiben Sie {instead}.";
        en "I cannot read “{found}” the way it stands here.", "Write {instead}.";
    "AW0047" Error BlockTwice { heading }:
        de "„{heading}“ steht in dieser Datei schon einmal.", "Fassen Sie beide zu einem Block zusammen.";
        en "“{heading}” stands in this file already.", "Join the two into one block.";
    "AW0048" Error EqualsMissing { name }:
        de "Hinter „{name}“ fehlt, was es ist.", "Schreiben Sie „{name} = …“.";
        en "It is missing behind “{name}” what it is.", "Write “{name} = …”.";
    "AW0070" Error RequiredAnyway { word }:
        de "„{word}“ gehört nicht in die Zeile: Jede Frage muss beantwortet werden, wenn nichts anderes dabeisteht.", "Streichen Sie „{word}“; was leer bleiben darf, bekommt hinter der Art „, freiwillig“.";
        en "“{word}” does not belong into the line: every question must be answered where nothing else is said.", "Delete “{word}”; what may stay empty has “, optional” behind its kind.";
    "AW0071" Error OptionNameMissing { text, name }:
        de "Vor „{text}“ fehlt der kurze Name dieser Antwort.", "Schreiben Sie erst den Namen, dann den Text: - {name} \"{text}\"";
        en "The short name of this answer is missing before “{text}”.", "Write the name first, then the text: - {name} \"{text}\"";
    "AW0072" Error QuotesInText { word }:
        de "In diesem Text steht „{word}“ in denselben Anführungszeichen wie der Text selbst.", "Schreiben Sie „{word}“ mit den Zeichen „ und “, oder verdoppeln Sie die geraden: \"\"{word}\"\"";
        en "In this text “{word}” stands in the same quotation marks as the text itself.", "Write “{word}” with the marks “ and ”, or double the straight ones: \"\"{word}\"\"";
    "AW0073" Error NotAnAuthority { what, kind as Both }:
        de "„{what}“ ist {kind}; hier steht die Stelle mit Ordner und Namen.", "Schreiben Sie zum Beispiel stadt/norderstedt/steueramt, oder „Endseite“ und ihren Namen.";
        en "“{what}” is {kind}; here stands the authority with folder and name.", "Write for example stadt/norderstedt/steueramt, or “End page” and its name.";
    "AW0074" Error DayNeedsYear { day, name }:
        de "Ein Tag ohne Jahr wie „{day}“ geht hier nur mit „=“ und zwei Tagen.", "Schreiben Sie „{name} = {day} bis 31.12.“, wenn es jedes Jahr so ist, sonst das Jahr dazu: {day}2027";
        en "A day without a year such as “{day}” works here only with “=” and two days.", "Write “{name} = {day} to 31.12.” if it is so every year, otherwise add the year: {day}2027";
    "AW0075" Error BehindKind { text, key }:
        de "„{text}“ gehört nicht in die Überschrift einer Frage.", "Schreiben Sie es hinter die Art, zum Beispiel „{key}: Text, {text}“.";
        en "“{text}” does not belong into the heading of a question.", "Write it behind the kind, for example “{key}: Text, {text}”.";
    "AW0076" Error AmountWithoutPer { unit, per }:
        de "Hier ist ein Betrag mit „{unit}“ malgenommen, obwohl er nicht „{per}“ gilt.", "Schreiben Sie hinter den Betrag „{per}“.";
        en "An amount is multiplied by “{unit}” here although it is not “{per}”.", "Write “{per}” behind the amount.";
    // ---- translations ----
    "AW0604" Warning TranslationOld { version, newest }:
        de "Diese Übersetzung gehört zu Fassung {version}; das Verfahren ist bei Fassung {newest}.", "Vergleichen Sie die Texte, und schreiben Sie dann „Fassung {newest}“.";
        en "This translation belongs to version {version}; the procedure is at version {newest}.", "Compare the texts, then write “Version {newest}”.";
    "AW0605" Hint TranslationVersion { newest }:
        de "Es steht nicht da, welche Fassung übersetzt ist.", "Ergänzen Sie in der Überschrift „, Fassung {newest}“.";
        en "It is not said which version is translated.", "Add “, Version {newest}” to the heading.";
    "AW0606" Warning TranslationTextGone { text as Both }:
        de "Diesen Text hat das Verfahren nicht mehr: {text}.", "Streichen Sie die Zeile, oder berichtigen Sie ihren Anfang.";
        en "The procedure does not have this text any more: {text}.", "Delete the line, or correct its beginning.";
    "AW0607" Error TranslationLanguage { word }:
        de "Es steht nicht da, in welche Sprache hier übersetzt ist.", "Ergänzen Sie am Ende der Überschrift zum Beispiel „, {word}“.";
        en "It is not said into which language this is translated.", "Add for example “, {word}” at the end of the heading.";
    "AW0608" Warning TranslationFile { ending, language as Both }:
        de "Die Datei endet auf „.{ending}.amt“, in der Überschrift steht aber „{language}“.", "Ändern Sie den Namen der Datei oder die Sprache in der Überschrift.";
        en "The file ends with “.{ending}.amt”, but the heading says “{language}”.", "Change the name of the file or the language in the heading.";
    // ---- how texts read ----
    "AW1001" Hint SentenceLong { words, most }:
        de "Dieser Satz hat {words} Wörter.", "Teilen Sie ihn: bis {most} Wörter liest man ihn in einem Zug.";
        en "This sentence has {words} words.", "Split it: up to {most} words it is read in one go.";
    "AW1002" Hint BlamingWord { word }:
        de "„{word}“ sagt niemandem, was zu tun ist.", "Sagen Sie, was nicht passt und wie es richtig wird, zum Beispiel „Geben Sie einen Tag an, der nach dem Beginn liegt.“";
        en "“{word}” tells nobody what to do.", "Say what does not fit and how to put it right, for example “Enter a day that lies after the beginning.”";
    "AW1003" Hint PassiveChain:
        de "In diesem Satz wird zweimal etwas getan, ohne dass dasteht, wer es tut.", "Nennen Sie, wer handelt: „Das Amt prüft Ihre Angaben und schickt Ihnen den Bescheid.“";
        en "In this sentence something is done twice, and it is not said who does it.", "Name who acts: “The office checks your details and sends you the notice.”";
    "AW1004" Hint NounChain { chain }:
        de "Hier hängen Hauptwörter aneinander: „{chain}“.", "Nehmen Sie Tätigkeitswörter: „Wir prüfen, ob Sie berechtigt sind.“";
        en "Nouns hang on each other here: “{chain}”.", "Take verbs: “We check whether you are entitled.”";
    "AW1005" Hint ShortForm { short, long }:
        de "„{short}“ lesen manche nicht, und Vorleseprogramme sprechen es nicht aus.", "Schreiben Sie „{long}“.";
        en "Some do not read “{short}”, and screen readers do not say it.", "Write “{long}”.";
    "AW1006" Hint FormWord { word }:
        de "„{word}“ ist ein Wort derer, die Formulare machen.", "Streichen Sie es: was freiwillig ist, steht schon dabei.";
        en "“{word}” is a word of those who make forms.", "Delete it: what is optional is marked already.";
    "AW1007" Hint LongWord { word }:
        de "„{word}“ ist für Leichte Sprache ein langes Wort.", "Trennen Sie es mit Bindestrich, oder nehmen Sie ein kürzeres.";
        en "“{word}” is a long word for easy language.", "Part it with a hyphen, or take a shorter one.";
    "AW1011" Warning BoldOpen:
        de "Hier beginnt fetter Text mit „**“, der nicht wieder endet.", "Setzen Sie „**“ auch an sein Ende.";
        en "Bold text begins here with “**” and does not end.", "Put “**” at its end as well.";
    "AW1012" Warning LinkForm { address }:
        de "„{address}“ ist keine Adresse, die in einem Text stehen kann.", "Schreiben Sie „[Wort](https://…)“; statt https:// kann mailto: oder tel: stehen.";
        en "“{address}” is no address that can stand in a text.", "Write “[word](https://…)”; mailto: or tel: may stand instead of https://.";
    "AW1013" Warning MarkShown { mark }:
        de "„{mark}“ wird hier so angezeigt, wie es dasteht.", "Streichen Sie es. In Texten mit Absätzen gibt es „**fett**“, „[Wort](https://…)“, „- “ für eine Liste und „## “ für eine Überschrift.";
        en "“{mark}” is shown here as it stands.", "Delete it. Texts with paragraphs have “**bold**”, “[word](https://…)”, “- ” for a list and “## ” for a heading.";
    } };
}
