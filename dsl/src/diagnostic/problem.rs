//! Every message of the compiler, in one table: code, weight, what is wrong, how to put it right.
//! Rows about one topic stand in a file of their own, which hands the table on to the next.
//!
//! Codes are never reused. Sentences are for people who know the law and have never programmed.

use super::sentence::{Said, fill};
use super::{Both, Severity};
use crate::model::Language;

macro_rules! general {
    ($next:ident $($after:ident)* ; $($rows:tt)*) => { $next! { $($after)* ; $($rows)*
    // ---- files and lines ----
    "AW0001" Error WrongEncoding:
        de "Diese Datei ist in einer alten Kodierung gespeichert (nicht UTF-8), deshalb sind Umlaute darin nicht lesbar.", "Speichern Sie die Datei im Editor mit der Kodierung „UTF-8“.";
        en "This file is saved in an old encoding (not UTF-8), so its umlauts cannot be read.", "Save the file in your editor with the encoding “UTF-8”.";
    "AW0002" Error FileTooLarge { size }:
        de "Diese Datei ist mit {size} Bytes zu groß.", "Teilen Sie sie auf; eine Datei darf höchstens 1 MB groß sein.";
        en "This file is too large with {size} bytes.", "Split it; a file may have at most 1 MB.";
    "AW0003" Error FirstLine:
        de "In der ersten Zeile steht nicht, in welcher Sprache die Datei geschrieben ist.", "Schreiben Sie als erste Zeile „Sprache: Deutsch“ oder „Language: English“.";
        en "The first line does not say in which language the file is written.", "Write “Sprache: Deutsch” or “Language: English” as the first line.";
    "AW0004" Error NoFileHeading:
        de "Diese Datei sagt nicht, was sie beschreibt.", "Beginnen Sie nach der Sprache mit einer Überschrift wie Antrag, Meldung, Information, Baustein, Liste, Stelle oder Portal.";
        en "This file does not say what it describes.", "After the language, begin with a heading such as Application, Report, Topic, Block, List, Authority or Portal.";
    "AW0005" Error SecondFileHeading { word }:
        de "Eine Datei beschreibt nur eine Sache; hier beginnt mit „{word}“ eine zweite.", "Legen Sie dafür eine eigene Datei an. Nur Stellen dürfen zu mehreren in einer Datei stehen.";
        en "A file describes one thing only; with “{word}” a second one begins here.", "Make a file of its own for it. Only authorities may stand several in one file.";
    "AW0006" Error UnreadableLine { line }:
        de "Diese Zeile kann ich nicht lesen: „{line}“.", "Eine Zeile ist eine Überschrift wie „Frage name \"…\"“, eine Angabe wie „Art: Datum“, eine Auswahl mit „- “ oder eine Tabellenzeile mit „|“.";
        en "I cannot read this line: “{line}”.", "A line is a heading such as “Question name \"…\"”, a detail such as “Kind: Date”, an option with “- ” or a line of a table with “|”.";
    "AW0007" Error UnknownHeading { word }:
        de "Die Überschrift „{word}“ kenne ich nicht.", "Eine Datei beginnt mit Antrag, Meldung, Information, Baustein, Liste, Stelle oder Portal; darunter stehen zum Beispiel Abschnitt, Frage, Regel, Gebühr, Zuständigkeit, Endseite, Beispiel.";
        en "I do not know the heading “{word}”.", "A file begins with Application, Report, Topic, Block, List, Authority or Portal; below it stand for example Section, Question, Rule, Fee, Responsible, End page, Example.";
    "AW0008" Error UnknownKey { word, heading, known as Both }:
        de "Die Angabe „{word}:“ kenne ich nicht.", "Unter „{heading}“ gibt es hier {known}.";
        en "I do not know the detail “{word}:”.", "Under “{heading}” there is {known} here.";
    "AW0009" Error KeyNotHere { word, heading }:
        de "„{word}:“ passt nicht unter „{heading}“.", "Streichen Sie die Zeile, oder schreiben Sie sie unter die Überschrift, zu der sie gehört.";
        en "“{word}:” does not fit under “{heading}”.", "Delete the line, or write it under the heading that it belongs to.";
    "AW0010" Error KeyBelongsOuter { word, heading, outer }:
        de "„{word}:“ gehört zu „{outer}“, steht aber unter „{heading}“.", "Schreiben Sie die Zeile direkt unter die Überschrift „{outer}“.";
        en "“{word}:” belongs to “{outer}”, but stands under “{heading}”.", "Write the line directly under the heading “{outer}”.";
    "AW0011" Error KeyTwice { word }:
        de "„{word}:“ steht unter dieser Überschrift schon einmal.", "Lassen Sie nur eine der beiden Zeilen stehen.";
        en "“{word}:” stands under this heading already.", "Keep only one of the two lines.";
    "AW0012" Error QuestionOutsideSection { heading, section }:
        de "„{heading}“ steht hier in keinem Abschnitt, sondern hinter einem Block, der so etwas nicht enthält.", "Schieben Sie die Zeilen nach oben an das Ende von Abschnitt „{section}“, oder beginnen Sie davor einen neuen Abschnitt.";
        en "“{heading}” stands in no section here, but behind a block that does not hold such lines.", "Move the lines up to the end of section “{section}”, or begin a new section before them.";
    "AW0013" Error HeadingNotHere { word, file }:
        de "„{word}“ kann nicht in einer Datei stehen, die mit „{file}“ beginnt.", "Streichen Sie den Block, oder legen Sie dafür eine eigene Datei an.";
        en "“{word}” cannot stand in a file that begins with “{file}”.", "Delete the block, or make a file of its own for it.";
    "AW0014" Error LineNotHere { kind as Both, heading }:
        de "{kind} passt nicht unter „{heading}“.", "Schreiben Sie die Zeile an die Stelle, zu der sie gehört.";
        en "{kind} does not fit under “{heading}”.", "Write the line where it belongs.";
    "AW0015" Error TextNotHere:
        de "Ein Text in Anführungszeichen setzt den Text in der Zeile darüber fort; darüber steht aber keiner.", "Schreiben Sie davor, wozu der Text gehört, zum Beispiel „Text:“ oder „Hinweis:“.";
        en "A text in quotation marks continues the text of the line above, but there is none above.", "Write before it what the text belongs to, for example “Text:” or “Hint:”.";
    "AW0016" Error QuoteNotClosed:
        de "Hier beginnt ein Text mit einem Anführungszeichen, das in dieser Zeile nicht wieder geschlossen wird.", "Setzen Sie das schließende Anführungszeichen an das Ende des Textes; er steht in einer Zeile, so lang er auch ist.";
        en "A text begins here with a quotation mark that is not closed in this line.", "Put the closing quotation mark at the end of the text; it stands on one line, however long it is.";
    "AW0017" Error MixedLanguages { word, other }:
        de "„{word}“ ist ein Wort der anderen Sprache; in dieser Datei heißt es „{other}“.", "Schreiben Sie „{other}“.";
        en "“{word}” is a word of the other language; in this file it is “{other}”.", "Write “{other}”.";
    "AW0018" Error MissingText { what }:
        de "Hinter „{what}“ fehlt der Text.", "Schreiben Sie ihn in Anführungszeichen dahinter: {what} \"…\"";
        en "The text behind “{what}” is missing.", "Write it behind in quotation marks: {what} \"…\"";
    "AW0019" Error MissingName { what }:
        de "Hinter „{what}“ fehlt der Name.", "Schreiben Sie dahinter ein kleingeschriebenes Wort ohne Leerzeichen, zum Beispiel „geburtsdatum“.";
        en "The name behind “{what}” is missing.", "Behind it write one word in lower case without blanks, for example “birth_date”.";
    "AW0020" Error MissingKey { word, heading }:
        de "Unter „{heading}“ fehlt die Zeile „{word}:“.", "Fügen Sie sie unter der Überschrift ein.";
        en "Under “{heading}” the line “{word}:” is missing.", "Add it below the heading.";
    "AW0021" Error EmptyValue { word }:
        de "Hinter „{word}:“ steht nichts.", "Schreiben Sie die Angabe hinter den Doppelpunkt.";
        en "There is nothing behind “{word}:”.", "Write the detail behind the colon.";
    "AW0022" Error CannotRead { what, expected as Both }:
        de "„{what}“ kann ich hier nicht lesen; erwartet habe ich {expected}.", "Prüfen Sie die Schreibweise an dieser Stelle und davor.";
        en "I cannot read “{what}” here; I expected {expected}.", "Check the spelling at this place and before it.";
    "AW0023" Error TooDeep:
        de "Diese Zeile ist zu lang oder zu verschachtelt, um sie sicher zu lesen.", "Geben Sie einem Teil mit „Berechnet“ einen Namen, und verwenden Sie den Namen hier.";
        en "This line is too long or too nested to be read safely.", "Give a part a name with “Computed”, and use the name here.";
    "AW0024" Error LineTooLong { length }:
        de "Diese Zeile ist mit {length} Zeichen zu lang.", "Teilen Sie sie auf; eine Zeile darf höchstens 20.000 Zeichen lang sein.";
        en "This line is too long with {length} characters.", "Split it; a line may have at most 20,000 characters.";
    "AW0025" Error MoreMessages { count }:
        de "In dieser Datei gibt es {count} weitere Meldungen.", "Beheben Sie zuerst die Meldungen davor; viele der weiteren fallen dann weg.";
        en "There are {count} further messages in this file.", "Put the messages before it right first; many of the further ones then disappear.";
    "AW0026" Error QuestionBeforeSection { heading, section }:
        de "„{heading}“ steht vor dem ersten Abschnitt.", "Beginnen Sie davor einen Abschnitt, zum Beispiel „{section} angaben \"Ihre Angaben\"“.";
        en "“{heading}” stands before the first section.", "Begin a section before it, for example “{section} angaben \"Your details\"”.";
    "AW0027" Error TextNotQuoted { text }:
        de "Der Text „{text}“ steht nicht in Anführungszeichen.", "Setzen Sie ein Anführungszeichen davor und eines dahinter.";
        en "The text “{text}” stands without quotation marks.", "Put a quotation mark before it and one behind it.";

    "AW0028" Error BracketNotClosed:
        de "Hier wird eine Klammer geöffnet, aber nicht wieder geschlossen.", "Setzen Sie „)“ an das Ende dessen, was zusammengehört.";
        en "A bracket is opened here and not closed again.", "Put “)” at the end of what belongs together.";
    "AW0029" Error BracketNotOpened:
        de "Hier wird eine Klammer geschlossen, die nicht geöffnet wurde.", "Streichen Sie „)“, oder setzen Sie „(“ an den Anfang dessen, was zusammengehört.";
        en "A bracket is closed here that was not opened.", "Delete “)”, or put “(” at the beginning of what belongs together.";
    "AW0030" Error ColonMissing { word }:
        de "Hinter „{word}“ fehlt der Doppelpunkt.", "Schreiben Sie „{word}:“.";
        en "The colon behind “{word}” is missing.", "Write “{word}:”.";
    "AW0031" Error CutShort { what, expected as Both }:
        de "„{what}“ ist nicht vollständig; danach erwarte ich {expected}.", "Ergänzen Sie, was fehlt, oder streichen Sie, was zu viel ist.";
        en "“{what}” is not complete; behind it I expect {expected}.", "Add what is missing, or delete what is too much.";
    // ---- names ----
    "AW0101" Error NameForm { name }:
        de "„{name}“ kann kein Name sein.", "Ein Name ist ein Wort, das klein beginnt und aus Buchstaben, Ziffern und „_“ besteht.";
        en "“{name}” cannot be a name.", "A name is one word that begins in lower case and has letters, digits and “_”.";
    "AW0102" Error NameReserved { name, other }:
        de "„{name}“ ist ein Wort der Sprache und kann kein Name sein.", "Nehmen Sie einen anderen Namen, zum Beispiel „{other}“.";
        en "“{name}” is a word of the language and cannot be a name.", "Take another name, for example “{other}”.";
    "AW0103" Error NameTwice { name }:
        de "Der Name „{name}“ kommt hier zweimal vor.", "Geben Sie einem von beiden einen anderen Namen.";
        en "The name “{name}” occurs twice here.", "Give one of the two another name.";
    "AW0104" Error UnknownName { name }:
        de "„{name}“ gibt es nicht.", "Hier kann der Name einer Frage, eines Wertes oder eines berechneten Wertes stehen.";
        en "There is no “{name}”.", "The name of a question, a value or a computed value can stand here.";
    "AW0105" Error FileNotFound { name, file }:
        de "„{name}“ gibt es nicht; gesucht wurde {file}.", "Legen Sie die Datei an, oder berichtigen Sie den Namen.";
        en "There is no “{name}”; {file} was looked for.", "Make the file, or correct the name.";
    "AW0106" Error NotUsed { name, whole }:
        de "„{name}“ steht nicht unter „verwendet:“.", "Ergänzen Sie im Kopf der Datei „verwendet: {whole}“.";
        en "“{name}” does not stand under “uses:”.", "Add “uses: {whole}” at the top of the file.";
    "AW0107" Error UnknownAuthority { name, there as Both, key }:
        de "Die Stelle „{name}“ gibt es nicht.", "{there}. Fehlt die Stelle, schreiben Sie sie dort in eine Datei wie stellen.amt: Stelle {key} \"…\"";
        en "There is no authority “{name}”.", "{there}. If the authority is missing, write it there in a file such as stellen.amt: Authority {key} \"…\"";
    "AW0108" Error UnknownEndPage { name }:
        de "Die Endseite „{name}“ gibt es nicht.", "Fügen Sie „Endseite {name} \"…\"“ hinzu, oder berichtigen Sie den Namen.";
        en "There is no end page “{name}”.", "Add “End page {name} \"…\"”, or correct the name.";
    "AW0109" Error UnknownOption { name, question, known as Both }:
        de "„{name}“ ist keine Antwort auf „{question}“.", "Die Antworten heißen {known}.";
        en "“{name}” is no answer to “{question}”.", "The answers are called {known}.";
    "AW0110" Error OptionTwice { name }:
        de "Die Auswahl „{name}“ steht hier zweimal.", "Geben Sie einer von beiden einen anderen Namen, oder streichen Sie sie.";
        en "The option “{name}” stands here twice.", "Give one of the two another name, or delete it.";
    "AW0111" Error TooFewOptions:
        de "Zur Auswahl stehen weniger als zwei Antworten.", "Fügen Sie Antworten hinzu: je Zeile „- name \"Text\"“.";
        en "Fewer than two answers can be chosen.", "Add answers: on each line “- name \"text\"”.";
    "AW0112" Error UnknownPlace { name }:
        de "„{name}“ ist kein Ort, Amt oder Kreis, den ich kenne.", "Schreiben Sie den amtlichen Namen, „Kreis …“, „Amt …“, „Land …“ oder „ARS …“ mit dem Schlüssel.";
        en "“{name}” is no municipality, Amt or Kreis that I know.", "Write the official name, “Kreis …”, “Amt …”, “Land …” or “ARS …” with the key.";
    "AW0113" Error PlaceTwice { name, candidates }:
        de "„{name}“ gibt es mehrmals: {candidates}.", "Schreiben Sie den Kreis in Klammern dazu, in Anführungszeichen, oder „ARS …“ mit dem Schlüssel.";
        en "“{name}” exists several times: {candidates}.", "Add the district in brackets, in quotation marks, or write “ARS …” with the key.";
    "AW0114" Error UnknownKind { name }:
        de "Die Art „{name}“ gibt es nicht.", "Arten sind zum Beispiel Text, Datum, ganze Zahl, Ja oder Nein, eine von, Datei, oder ein Baustein, der unter „verwendet:“ steht.";
        en "There is no kind “{name}”.", "Kinds are for example Text, Date, Whole number, Yes or no, One of, File, or a block that stands under “uses:”.";
    "AW0115" Error KeyCollision { name, other }:
        de "„{name}“ und „{other}“ werden in den Daten gleich geschrieben.", "Geben Sie einem von beiden einen anderen Namen.";
        en "“{name}” and “{other}” are written alike in the data.", "Give one of the two another name.";
    "AW0116" Error AddressTaken { name }:
        de "„{name}“ ist als Adresse einer Seite vergeben.", "Nehmen Sie einen anderen Namen als k, s, z, en, leicht, api, pruefen.";
        en "“{name}” is taken as the address of a page.", "Take another name than k, s, z, en, leicht, api, pruefen.";
    "AW0117" Error BlockCycle { names }:
        de "Diese Bausteine verwenden sich im Kreis: {names}.", "Lösen Sie den Kreis auf: ein Baustein darf sich nicht selbst enthalten.";
        en "These blocks use each other in a circle: {names}.", "Break the circle: a block may not contain itself.";
    "AW0118" Error WordsNotQuoted { name }:
        de "Diesen Ort gibt es nur mit einem längeren Namen: {name}.", "Schreiben Sie den ganzen Namen in Anführungszeichen: \"{name}\"";
        en "This place exists with a longer name only: {name}.", "Write the whole name in quotation marks: \"{name}\"";
    "AW0119" Error FileNameDiffers { name, file, right }:
        de "Die Datei heißt „{file}“, beschreibt aber „{name}“.", "Nennen Sie die Datei „{right}“, oder ändern Sie die Überschrift.";
        en "The file is called “{file}” but describes “{name}”.", "Call the file “{right}”, or change the heading.";
    "AW0120" Error UnknownColumn { name, list }:
        de "Die Liste „{list}“ hat keine Spalte „{name}“.", "Nehmen Sie den Namen einer Spalte der Liste.";
        en "The list “{list}” has no column “{name}”.", "Take the name of a column of the list.";
    "AW0121" Error LeftOutNeeded { name }:
        de "„{name}“ wird hier weggelassen, aber eine Bedingung oder Regel des Bausteins braucht es.", "Streichen Sie „{name}“ hinter „ohne:“, oder lassen Sie auch weg, was davon abhängt.";
        en "“{name}” is left out here, but a condition or rule of the block needs it.", "Delete “{name}” behind “without:”, or leave out what depends on it as well.";
    "AW0122" Error ListWithoutWord { name, word }:
        de "„{name}“ ist eine Liste, kein Baustein.", "Schreiben Sie „{word}“.";
        en "“{name}” is a list, not a block.", "Write “{word}”.";
    "AW0123" Error TooManyQuestions { most }:
        de "Mit allen Bausteinen zusammen sind das mehr als {most} Fragen.", "Verwenden Sie weniger Bausteine, die selbst Bausteine verwenden, oder teilen Sie das Verfahren.";
        en "With all building blocks together these are more than {most} questions.", "Use fewer blocks that use blocks themselves, or split the procedure.";
    // ---- kinds and units ----
    "AW0201" Error DecimalPoint { number, fixed }:
        de "„{number}“ ist mit Punkt geschrieben; Dezimalzahlen haben hier ein Komma.", "Schreiben Sie „{fixed}“.";
        en "“{number}” is written with a point; decimal numbers have a comma here.", "Write “{fixed}”.";
    "AW0202" Error UnitMissing { unit }:
        de "Hier fehlt die Einheit „{unit}“.", "Schreiben Sie sie hinter die Zahl.";
        en "The unit “{unit}” is missing here.", "Write it behind the number.";
    "AW0203" Error UnitsMixed { left, right }:
        de "Hier treffen verschiedene Einheiten aufeinander: „{left}“ und „{right}“.", "Vergleichen und addieren Sie nur, was dieselbe Einheit hat.";
        en "Different units meet here: “{left}” and “{right}”.", "Compare and add only what has the same unit.";
    "AW0204" Error UnitNotWanted { unit }:
        de "Hier steht die Einheit „{unit}“, wo keine hingehört.", "Streichen Sie die Einheit.";
        en "The unit “{unit}” stands here where none belongs.", "Delete the unit.";
    "AW0205" Error LimitNotUnderstood { text, kind, allowed as Both }:
        de "„{text}“ passt nicht zur Art „{kind}“.", "Dahinter kann zum Beispiel stehen: {allowed}.";
        en "“{text}” does not fit the kind “{kind}”.", "Behind it can stand, for example: {allowed}.";
    "AW0206" Error PlacesMissing:
        de "Bei einer Dezimalzahl muss stehen, wie viele Nachkommastellen sie hat.", "Ergänzen Sie zum Beispiel „, 1 Nachkommastelle“.";
        en "A decimal number must say how many decimal places it has.", "Add for example “, 1 decimal place”.";
    "AW0207" Error FileLimitsMissing:
        de "Bei einer Datei muss stehen, welche Dateiarten erlaubt sind und wie groß sie höchstens sein darf.", "Schreiben Sie zum Beispiel „Datei, PDF oder JPEG, höchstens 5 MB“.";
        en "A file must say which kinds of file and which size are taken.", "Write for example “File, PDF or JPEG, at most 5 MB”.";
    "AW0208" Error LimitsReversed:
        de "Die untere Grenze liegt über der oberen.", "Vertauschen Sie die beiden.";
        en "The lower limit lies above the upper one.", "Exchange the two.";
    "AW0209" Error NoSuchDate { text }:
        de "Das Datum {text} gibt es nicht.", "Schreiben Sie ein Datum wie 01.03.2027.";
        en "There is no date {text}.", "Write a date such as 01.03.2027.";
    "AW0210" Error WrongKindHere { found as Both, wanted as Both }:
        de "Hier steht {found}, gebraucht wird {wanted}.", "Schreiben Sie etwas von der Art, die hier gebraucht wird; vergleichen Sie nur Angaben derselben Art.";
        en "Here stands {found}, but {wanted} is needed.", "Write something of the kind that is needed here; compare only details of the same kind.";
    "AW0211" Error NotRepeatable:
        de "Diese Frage kann nicht wiederholt werden; wiederholt werden Abschnitte und Fragen, deren Art ein Baustein ist.", "Nehmen Sie „mehrere von …“ oder einen Baustein.";
        en "This question cannot be repeated; sections and questions whose kind is a block are.", "Take “Several of …” or a block.";
    "AW0212" Error RepeatForm:
        de "So kann ich die Wiederholung nicht lesen.", "Schreiben Sie zum Beispiel „wiederholt: 1 bis 5 mal, je \"Hund\"“.";
        en "I cannot read the repetition like this.", "Write for example “repeats: 1 to 5 times, each \"dog\"”.";
    "AW0213" Error RoundingMissing:
        de "Beim Teilen, bei % und bei Kommazahlen können Bruchteile entstehen; hier steht nicht, wie gerundet wird.", "Ergänzen Sie zum Beispiel „, gerundet auf 1 Cent“.";
        en "Dividing, % and decimal numbers can give fractions; it is not said here how to round.", "Add for example “, rounded to 1 cent”.";
    "AW0214" Error DivisionByZero:
        de "Hier könnte durch 0 geteilt werden.", "Sorgen Sie mit einer Bedingung oder Grenze dafür, dass der Teiler nie 0 ist.";
        en "There could be a division by 0 here.", "See to it with a condition or a limit that the divisor is never 0.";
    "AW0215" Error OptionsWithoutChoice:
        de "Hier stehen Antworten zur Auswahl, aber die Art der Frage ist keine Auswahl.", "Schreiben Sie „Art: eine von“ oder „Art: mehrere von“.";
        en "There are options here, but the kind of the question is no choice.", "Write “Kind: One of” or “Kind: Several of”.";
    // ---- conditions ----
    "AW0301" Error AndOrMixed:
        de "„und“ und „oder“ stehen hier ohne Klammern nebeneinander; das kann zweierlei heißen.", "Setzen Sie Klammern um das, was zusammengehört.";
        en "“and” and “or” stand here side by side without brackets; that can mean two things.", "Put brackets round what belongs together.";
    "AW0302" Error BareName { name, yes }:
        de "Hier fehlt, womit „{name}“ verglichen wird.", "Schreiben Sie „{name} = {yes}“.";
        en "It is missing here what “{name}” is compared with.", "Write “{name} = {yes}”.";
    "AW0303" Error LooksForward { name }:
        de "Die Bedingung hängt von „{name}“ ab; das wird erst später gefragt.", "Stellen Sie „{name}“ weiter nach oben, oder diese Frage weiter nach unten.";
        en "The condition depends on “{name}”, which is asked later.", "Move “{name}” up, or this question down.";
    "AW0304" Error Unguarded { name }:
        de "„{name}“ ist hier nicht sicher beantwortet: die Frage wird nicht immer gestellt oder darf leer bleiben.", "Stellen Sie „{name} ist beantwortet und …“ davor, oder nehmen Sie die Bedingung der Frage hinzu.";
        en "“{name}” is not certainly answered here: the question is not always asked or may be left empty.", "Put “{name} is answered and …” before it, or add the question's condition.";
    "AW0305" Error Cycle { names }:
        de "Diese Angaben hängen im Kreis voneinander ab: {names}.", "Lösen Sie den Kreis auf: jede Angabe darf nur von anderen abhängen.";
        en "These depend on each other in a circle: {names}.", "Break the circle: each may depend on others only.";
    "AW0306" Error InsideRepeat { name, list }:
        de "„{name}“ gibt es in jedem Eintrag von „{list}“; von außen ist nicht klar, welcher gemeint ist.", "Schreiben Sie „jeder {list}: …“, „mindestens ein {list}: …“ oder „Anzahl {list} mit …“.";
        en "“{name}” is in each entry of “{list}”; from outside it is not clear which one is meant.", "Write “every {list}: …”, “at least one {list}: …” or “Count {list} with …”.";
    "AW0307" Error NotARepeat { name }:
        de "„{name}“ wird nicht wiederholt.", "Hier kann nur ein wiederholter Abschnitt oder eine wiederholte Frage stehen.";
        en "“{name}” is not repeated.", "Only a repeated section or question can stand here.";
    "AW0308" Error NotEqualSet:
        de "„≠“ mit mehreren Werten kann zweierlei heißen.", "Schreiben Sie „nicht (… = (a oder b))“.";
        en "“≠” with several values can mean two things.", "Write “not (… = (a or b))”.";
    "AW0309" Error SetNotHere { text }:
        de "„{text}“ kann nur in einer Tabelle stehen.", "Schreiben Sie in einer Bedingung „… ist nicht beantwortet“.";
        en "“{text}” can stand in a table only.", "Write “… is not answered” in a condition.";
    "AW0310" Error UseEquals { name }:
        de "„{name}“ ist eine Auswahl von mehreren; „=“ passt hier nicht.", "Schreiben Sie „{name} enthält …“.";
        en "“{name}” is a choice of several; “=” does not fit here.", "Write “{name} contains …”.";
    "AW0311" Error PlaceholderUnknown { name }:
        de "Im Text steht „{name}“ in geschweiften Klammern; das gibt es nicht.", "Nehmen Sie den Namen einer Frage oder eines Wertes. Soll die Klammer selbst im Text stehen, schreiben Sie sie doppelt.";
        en "The text has “{name}” in braces; there is no such thing.", "Take the name of a question or a value. If the brace itself is to stand in the text, write it twice.";
    "AW0312" Error UseContains { name }:
        de "Auf „{name}“ gibt es nur eine Antwort; „enthält“ passt hier nicht.", "Schreiben Sie „{name} = …“.";
        en "“{name}” has one answer only; “contains” does not fit here.", "Write “{name} = …”.";
    "AW0313" Error TextUnguarded { name }:
        de "„{name}“ steht in diesem Text, ist hier aber nicht sicher beantwortet.", "Zeigen Sie den Text nur, wenn es beantwortet ist: „nur wenn: {name} ist beantwortet“. Oder nehmen Sie „{name}“ aus dem Text.";
        en "“{name}” stands in this text, but is not certainly answered here.", "Show the text only where it is answered: “only if: {name} is answered”. Or take “{name}” out of the text.";
    "AW0314" Error TextLooksForward { name }:
        de "„{name}“ steht in diesem Text, wird aber erst später gefragt.", "Stellen Sie „{name}“ weiter nach oben, oder nehmen Sie es aus dem Text.";
        en "“{name}” stands in this text, but is asked later.", "Move “{name}” up, or take it out of the text.";
    // ---- tables ----
    "AW0401" Error TableGap { case as Both }:
        de "Für diesen Fall steht nichts in der Tabelle: {case}.", "Ergänzen Sie eine Zeile für diesen Fall, oder als letzte Zeile „sonst“.";
        en "The table has nothing for this case: {case}.", "Add a row for this case, or “otherwise” as the last row.";
    "AW0402" Error NobodyResponsible { case as Both }:
        de "Für diesen Fall ist niemand zuständig: {case}.", "Ergänzen Sie eine Zeile für diesen Fall, oder als letzte Zeile „sonst“ mit einer Endseite.";
        en "Nobody is responsible for this case: {case}.", "Add a row for this case, or “otherwise” with an end page as the last row.";
    "AW0403" Error TableOverlap { first, second, case as Both }:
        de "Die {first}. und die {second}. Zeile der Tabelle treffen beide zu: {case}.", "Ändern Sie eine der beiden Zeilen, sodass jeder Fall in genau einer steht.";
        en "Row {first} and row {second} both apply: {case}.", "Change one of the two rows, so that each case stands in exactly one.";
    "AW0404" Error RowNeverReached { row }:
        de "Zeile {row} wird nie erreicht: ihre Angaben kommen so zusammen nicht vor.", "Streichen Sie die Zeile, oder berichtigen Sie ihre Angaben.";
        en "Row {row} is never reached: its details do not occur together.", "Delete the row, or correct its details.";
    "AW0405" Error OtherwiseNeverReached:
        de "Die Zeile „sonst“ wird nie erreicht: die Zeilen darüber decken schon alle Fälle ab.", "Streichen Sie die Zeile „sonst“.";
        en "The row “otherwise” is never reached: the rows above cover all cases already.", "Delete the row “otherwise”.";
    "AW0406" Error TableNotChecked { columns }:
        de "Ob die Tabelle vollständig ist, konnte nicht geprüft werden; zu viele Fälle hängen an {columns}.", "Teilen Sie die Tabelle mit „Berechnet“ in kleinere.";
        en "It could not be checked whether the table is complete; too many cases depend on {columns}.", "Split the table into smaller ones with “Computed”.";
    "AW0407" Error TableShape { found, wanted }:
        de "Diese Zeile hat {found} Spalten, die Kopfzeile hat {wanted}.", "Geben Sie jeder Zeile gleich viele Spalten; eine leere Zelle hat ein Leerzeichen zwischen den Strichen.";
        en "This row has {found} columns, the head has {wanted}.", "Give every row the same number of columns; an empty cell has a blank between its bars.";
    "AW0408" Error TableNoResult:
        de "In dieser Tabelle fehlt der Doppelstrich „||“ vor dem Ergebnis.", "Schreiben Sie „||“ zwischen die Bedingungen und das Ergebnis.";
        en "The double bar “||” before the result is missing in this table.", "Write “||” between the conditions and the result.";
    "AW0409" Error EmptyCell:
        de "Diese Zelle ist leer.", "Schreiben Sie „beliebig“, wenn hier alles gilt.";
        en "This cell is empty.", "Write “any” if everything applies here.";
    "AW0410" Error OtherwisePlace:
        de "„sonst“ ist eine ganze letzte Zeile.", "Schreiben Sie „sonst“ in die erste Zelle der letzten Zeile und lassen Sie die anderen leer.";
        en "“otherwise” is a whole last row.", "Write “otherwise” into the first cell of the last row and leave the others empty.";
    "AW0411" Error NoTable { heading }:
        de "Unter „{heading}“ fehlt die Tabelle.", "Schreiben Sie eine Kopfzeile mit „|“ und darunter die Zeilen.";
        en "The table under “{heading}” is missing.", "Write a head with “|” and the rows below.";
    "AW0412" Error NoAuthorityForTask { task, place }:
        de "Für die Aufgabe „{task}“ ist in {place} keine Stelle da.", "Ergänzen Sie bei einer Stelle „Aufgabe: {task}“ und ein Gebiet, das {place} enthält.";
        en "For the task “{task}” there is no authority in {place}.", "Add “Task: {task}” to an authority whose area holds {place}.";
    "AW0413" Error TwoAuthoritiesForTask { task, place, first, second }:
        de "Für die Aufgabe „{task}“ sind in {place} zwei Stellen da: {first} und {second}.", "Streichen Sie die Aufgabe bei einer der beiden, oder verkleinern Sie ihr Gebiet.";
        en "For the task “{task}” there are two authorities in {place}: {first} and {second}.", "Delete the task at one of the two, or make its area smaller.";
    "AW0414" Error FeeNegative { low as Both }:
        de "Die Gebühr kann negativ werden, {low}.", "Prüfen Sie die Rechnung und die Grenzen der Zahlen, mit denen gerechnet wird.";
        en "The fee can become negative, {low}.", "Check the calculation and the limits of the numbers in it.";
    "AW0415" Error FeeNotMoney { found as Both, how as Both }:
        de "Eine Gebühr ist ein Betrag in €; hier kommt {found} heraus.", "Schreiben Sie {how}.";
        en "A fee is an amount in €; this gives {found}.", "Write {how}.";
    "AW0416" Error ResponsibleMissing:
        de "Es steht nicht da, wer zuständig ist.", "Fügen Sie den Block „Zuständigkeit“ mit einer Tabelle hinzu.";
        en "It is not said who is responsible.", "Add the block “Responsible” with a table.";
    "AW0417" Error TaskPlace { name }:
        de "„{name}“ ist keine Frage nach einer Gemeinde.", "Nach „für“ steht eine Frage der Art Gemeinde.";
        en "“{name}” is no question for a municipality.", "After “for” stands a question of the kind Municipality.";
    "AW0418" Error FeePaymentMissing:
        de "Diese Gebühr ist nicht immer 0; es fehlt, wann sie gezahlt wird, oder ihr Titel.", "Ergänzen Sie den Titel in Anführungszeichen und „Zahlung: nach Bescheid“.";
        en "This fee is not always 0; it is missing when it is paid, or its title.", "Add the title in quotation marks and “Payment: after notice”.";
    "AW0419" Error ColumnUnbounded { name }:
        de "Nach „{name}“ kann eine Tabelle nicht fragen, weil es unbegrenzt viele Antworten gibt.", "Nehmen Sie eine Auswahl, eine Zahl, ein Datum oder eine Gemeinde, oder rechnen Sie sie mit „Berechnet“ um.";
        en "A table cannot ask for “{name}”, because it has answers without limit.", "Take a choice, a number, a date or a municipality, or convert it with “Computed”.";
    "AW0420" Error DatesMixed { name }:
        de "In der Spalte „{name}“ stehen Tage mit und ohne Jahr.", "Schreiben Sie alle mit Jahr (01.03.2027) oder alle ohne (01.03.).";
        en "The column “{name}” has days with and without a year.", "Write all with a year (01.03.2027) or all without (01.03.).";
    // ---- details of procedures ----
    "AW0501" Hint PublishMissing { words as Both }:
        de "Zum Veröffentlichen fehlt noch: {words}.", "Ergänzen Sie das im Kopf der Datei, bevor Sie veröffentlichen.";
        en "For publishing there is still missing: {words}.", "Add this at the top of the file before you publish.";
    "AW0502" Error VersionForm:
        de "So kann ich die Fassung nicht lesen.", "Schreiben Sie zum Beispiel „Fassung: 1, gültig ab 01.01.2027“.";
        en "I cannot read the version like this.", "Write for example “Version: 1, valid from 01.01.2027”.";
    "AW0503" Error RetentionForm:
        de "So kann ich die Aufbewahrung nicht lesen.", "Schreiben Sie zum Beispiel „Aufbewahrung: 5 Jahre nach Erledigung“.";
        en "I cannot read the retention like this.", "Write for example “Retention: 5 years after completion”.";
    "AW0504" Error UnknownCategory { name, portal, known as Both }:
        de "Das Portal „{portal}“ hat keine Kachel „{name}“.", "Seine Kacheln heißen {known}.";
        en "The portal “{portal}” has no tile “{name}”.", "Its tiles are called {known}.";
    "AW0505" Error ValueNotUnderstood { word, value, allowed as Both }:
        de "„{value}“ passt nicht zu „{word}“.", "Hier kann zum Beispiel stehen: {allowed}.";
        en "“{value}” does not fit “{word}”.", "Here can stand, for example: {allowed}.";
    "AW0506" Error OfferTwice { name }:
        de "Das Portal bietet zwei Verfahren mit dem Namen „{name}“ an.", "Bieten Sie nur eines davon an.";
        en "The portal offers two procedures named “{name}”.", "Offer only one of them.";
    "AW0507" Error UnknownProcedure { name }:
        de "Das Verfahren „{name}“ gibt es nicht.", "Schreiben Sie Ordner und Namen, zum Beispiel stadt/norderstedt/hund_anmelden.";
        en "There is no procedure “{name}”.", "Write folder and name, for example stadt/norderstedt/hund_anmelden.";
    "AW0508" Error AddressForm { value }:
        de "„{value}“ ist keine Adresse, an die etwas geschickt werden kann.", "Schreiben Sie „E-Mail“ und die E-Mail-Adresse, oder „Aufruf“ und eine Adresse mit https://.";
        en "“{value}” is no address to which something can be sent.", "Write “E-mail” and the e-mail address, or “Call” and an address with https://.";
    "AW0509" Error SectionEmpty { name }:
        de "Der Abschnitt „{name}“ enthält keine Frage.", "Fügen Sie eine Frage hinzu, oder streichen Sie den Abschnitt.";
        en "The section “{name}” holds no question.", "Add a question, or delete the section.";
    "AW0510" Error RuleForm { word }:
        de "Zu einer Regel gehören „Es muss gelten:“ und „sonst:“; hier fehlt „{word}:“.", "Ergänzen Sie die Zeile „{word}: …“.";
        en "A rule has “Must hold:” and “otherwise:”; here “{word}:” is missing.", "Add the line “{word}: …”.";
    "AW0511" Error ListColumns:
        de "Die erste Spalte einer Liste heißt „Schlüssel“, die zweite „Bezeichnung“.", "Schreiben Sie die Kopfzeile „| Schlüssel | Bezeichnung |“.";
        en "The first column of a list is called “Key”, the second “Label”.", "Write the head “| Key | Label |”.";
    "AW0512" Error FactMixed { column }:
        de "In der Spalte „{column}“ stehen Angaben verschiedener Art.", "Eine Spalte enthält nur Ja und Nein, nur Zahlen oder nur Texte, und keine leere Zelle.";
        en "The column “{column}” holds details of different kinds.", "A column holds only yes and no, only numbers or only texts, and no empty cell.";
    "AW0513" Error ReportWithoutReceiver { name }:
        de "Die Stelle „{name}“ hat keinen Kanal, auf dem sie etwas bekommen kann.", "Ergänzen Sie bei der Stelle „Kanal: E-Mail …“ oder „Kanal: Aufruf https://…“.";
        en "The authority “{name}” has no channel on which it can get anything.", "Add “Channel: E-mail …” or “Channel: Call https://…” to the authority.";
    "AW0514" Error VersionTwice { version, file }:
        de "Fassung {version} gibt es schon: Sie steht in {file}.", "Geben Sie dieser Fassung eine andere Nummer.";
        en "Version {version} exists already: it is in {file}.", "Give this version another number.";
    "AW0515" Error MissingVersion:
        de "Es fehlt, welche Fassung das ist und ab wann sie gilt.", "Ergänzen Sie „Fassung: 1, gültig ab 01.01.2027“.";
        en "It is missing which version this is and from when it is valid.", "Add “Version: 1, valid from 01.01.2027”.";
    "AW0516" Error ColourForm { value }:
        de "„{value}“ ist keine Farbe.", "Schreiben Sie sie in Anführungszeichen, zum Beispiel \"#00457C\".";
        en "“{value}” is no colour.", "Write it in quotation marks, for example \"#00457C\".";
    "AW0517" Hint VersionOver { version }:
        de "Die Zeit von Fassung {version} ist vorbei; niemand kann sie mehr beginnen.", "Legen Sie eine neue Fassung an, oder ändern Sie, bis wann sie gilt.";
        en "The time of version {version} is over; nobody can begin it any more.", "Make a new version, or change until when it is valid.";
    "AW0518" Hint PlaceholderLeft { text }:
        de "Hier steht noch der Platzhalter „{text}“; so kann das Verfahren nicht veröffentlicht werden.", "Schreiben Sie an seiner Stelle, was die Leute lesen sollen.";
        en "The placeholder “{text}” still stands here; the procedure cannot be published like this.", "Write in its place what people are to read.";
    "AW0519" Error VersionOverlap { old, file, days as Both, line }:
        de "Fassung {old} ({file}) {days}.", "Schreiben Sie in {file}: „{line}“.";
        en "Version {old} ({file}) {days}.", "Write in {file}: “{line}”.";
    "AW0520" Error VersionSameDay { old, file, new }:
        de "Fassung {new} beginnt an demselben Tag wie Fassung {old} ({file}).", "Lassen Sie die neue Fassung später beginnen, und geben Sie der alten einen letzten Tag davor.";
        en "Version {new} begins on the same day as version {old} ({file}).", "Let the new version begin later, and give the old one a last day before that.";
    "AW0521" Hint VersionAlone { version, file }:
        de "Fassung {version} liegt hier allein; ohne die Fassung davor lässt sich nicht prüfen, was aus angefangenen Anträgen wird.", "Legen Sie die Datei der Fassung davor daneben, zum Beispiel {file}.";
        en "Version {version} lies here alone; without the one before it cannot be checked what becomes of drafts that are begun.", "Put the file of the version before beside it, for example {file}.";
    // ---- translations ----
    "AW0601" Error TranslationTarget { name }:
        de "Diese Übersetzung gehört zu „{name}“; das gibt es in diesem Ordner nicht.", "Nennen Sie die Datei wie die übersetzte, zum Beispiel hund_anmelden.en.amt.";
        en "This translation belongs to “{name}”, which is not in this folder.", "Name the file like the one that is translated, for example hund_anmelden.en.amt.";
    "AW0602" Warning TranslationStale { heading, name }:
        de "„{heading} {name}“ gibt es im Verfahren nicht mehr.", "Streichen Sie den Text, oder berichtigen Sie den Namen.";
        en "“{heading} {name}” does not exist in the procedure any more.", "Delete the text, or correct the name.";
    "AW0603" Hint TranslationMissing { texts as Both }:
        de "In der Übersetzung fehlen Texte: {texts}.", "Ergänzen Sie sie; bis dahin steht dort der Text des Verfahrens.";
        en "Texts are missing in the translation: {texts}.", "Add them; until then the text of the procedure stands there.";
    // ---- examples ----
    "AW0701" Error ExampleFails { what, expected as Both, found as Both }:
        de "Das Beispiel geht anders aus: „{what}“ – erwartet ist {expected}, heraus kommt {found}.", "Berichtigen Sie das Beispiel oder das Verfahren.";
        en "The example ends differently: “{what}” – {expected} is expected, {found} comes out.", "Correct the example or the procedure.";
    "AW0702" Error ExampleNotAsked { name }:
        de "Das Beispiel beantwortet „{name}“; das wird in diesem Fall nicht gefragt.", "Streichen Sie die Zeile, oder ändern Sie die anderen Antworten.";
        en "The example answers “{name}”, which is not asked in this case.", "Delete the line, or change the other answers.";
    "AW0703" Error ExampleNeeds { name, reason as Both }:
        de "Dieses Beispiel braucht eine Angabe zu „{name}“: {reason}", "Ergänzen Sie „{name}: …“.";
        en "This example needs an answer to “{name}”: {reason}", "Add “{name}: …”.";
    "AW0704" Error ExampleAnswer { name, reason as Both }:
        de "Die Antwort zu „{name}“ passt nicht: {reason}", "Berichtigen Sie die Zeile.";
        en "The answer to “{name}” does not fit: {reason}", "Correct the line.";
    "AW0705" Error UnexpectedError { name, message as Both }:
        de "Das Beispiel führt zu einer Meldung bei „{name}“, die es nicht erwartet: {message}", "Ergänzen Sie „erwartet Fehler: {name}“, oder ändern Sie die Antworten.";
        en "The example leads to a message at “{name}” that it does not expect: {message}", "Add “expects error: {name}”, or change the answers.";
    } };
}

general! { habits time reach slips versions problems ; }
