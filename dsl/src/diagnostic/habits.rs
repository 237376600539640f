//! Messages about what people bring along from letters, spreadsheets and other programs.

macro_rules! habits {
    ($next:ident $($after:ident)* ; $($rows:tt)*) => { $next! { $($after)* ; $($rows)*
    "AW0049" Error RowOfDashes:
        de "Diese Zeile besteht nur aus Strichen; eine Tabelle braucht hier keine.", "Streichen Sie die Zeile; die Überschriften der Spalten stehen schon in der ersten.";
        en "This line is made of dashes only; a table needs none here.", "Delete the line; the heads of the columns stand in the first one already.";
    "AW0050" Error LineGoesOn { word }:
        de "Diese Zeile mit „{word}“ setzt die Zeile darüber fort; eine Angabe steht aber in einer einzigen Zeile.", "Hängen Sie sie an die Zeile darüber an. Ist sie zu lang, geben Sie einem Teil mit „Berechnet“ einen Namen.";
        en "This line with “{word}” continues the one above; but a detail stands on one single line.", "Join it to the line above. If that is too long, give a part a name with “Computed”.";
    "AW0051" Error NotABlock { name }:
        de "„{name}“ ist kein Baustein und keine Liste.", "Streichen Sie es hier: Stellen und Verfahren werden nur dort genannt, wo sie gebraucht werden, mit Ordner und Namen.";
        en "“{name}” is no block and no list.", "Delete it here: authorities and procedures are named only where they are needed, with folder and name.";
    "AW0052" Error OptionDetail { word, option }:
        de "„{word}:“ steht unter der Antwort „{option}“; was zu einer Antwort gehört, steht in derselben Zeile.", "Hängen Sie es an die Zeile an: „- {option} \"…\", {word}: …“.";
        en "“{word}:” stands under the answer “{option}”; what belongs to an answer stands on the same line.", "Join it to that line: “- {option} \"…\", {word}: …”.";
    "AW0053" Error LineAndTable { heading }:
        de "„{heading}“ hat einen Wert in der Überschrift und eine Tabelle; nur eines von beiden kann gelten.", "Streichen Sie die Tabelle, oder nehmen Sie „= …“ aus der Überschrift.";
        en "“{heading}” has a value in its heading and a table; only one of the two can be meant.", "Delete the table, or take “= …” out of the heading.";
    "AW0054" Error AmountBelow { heading, amount }:
        de "Was die Gebühr beträgt, steht hinter ihrer Überschrift und nicht in einer eigenen Zeile.", "Schreiben Sie „{heading} \"…\" = {amount}“, oder eine Tabelle.";
        en "What the fee amounts to stands behind its heading and not on a line of its own.", "Write “{heading} \"…\" = {amount}”, or a table.";
    "AW0055" Error ValueDepends { name, value, computed }:
        de "„{name}“ ist eine Angabe, nach der gefragt oder die berechnet wird; ein „{value}“ ist immer gleich.", "Schreiben Sie „{computed}“ statt „{value}“.";
        en "“{name}” is asked for or computed; a “{value}” is always the same.", "Write “{computed}” instead of “{value}”.";
    "AW0056" Error DeadlineNoSentence { text }:
        de "„{text}“ ist kein Satz; die Frist lesen die Leute so, wie sie hier steht.", "Schreiben Sie in Anführungszeichen, ab wann sie läuft, zum Beispiel „Frist: \"Innerhalb von 14 Tagen, nachdem Sie eingezogen sind.\"“, oder „Frist: keine“.";
        en "“{text}” is no sentence; people read the deadline as it stands here.", "Write in quotation marks from when it runs, for example “Deadline: \"Within 14 days after you moved in.\"”, or “Deadline: none”.";
    "AW0057" Error WhichEntry { list, meant }:
        de "„{list}“ wird wiederholt; es fehlt, welcher Eintrag gemeint ist.", "Schreiben Sie „{meant}“; die Einträge zählen ab 1.";
        en "“{list}” is repeated; it is missing which entry is meant.", "Write “{meant}”; entries are counted from 1.";
    "AW0058" Error ExpectsUnknown { word }:
        de "Ich kenne nichts mit dem Namen „{word}“, das ein Beispiel erwarten kann.", "Hinter „erwartet“ steht Gebühr, Zuständigkeit, Endseite, Fehler, gefragt, nicht gefragt oder der Name eines berechneten Wertes.";
        en "I know nothing called “{word}” that an example can expect.", "Behind “expects” stands Fee, Responsible, End page, error, asked, not asked or the name of a computed value.";
    "AW0059" Warning AppearsAlways { name }:
        de "„{name}“ kann nicht auf derselben Seite erscheinen: ob es gefragt wird, hängt von keiner Antwort dieser Seite ab.", "Streichen Sie die Zeile, oder ergänzen Sie „nur wenn:“ mit einer Frage desselben Abschnitts.";
        en "“{name}” cannot appear on the same page: whether it is asked depends on no answer of this page.", "Delete the line, or add “only if:” with a question of the same section.";
    "AW0060" Error HostForm { value }:
        de "„{value}“ ist keine Netzadresse.", "Schreiben Sie nur den Namen, zum Beispiel „www.norderstedt.de“, ohne „https://“ und ohne Schrägstrich.";
        en "“{value}” is no host name.", "Write the name only, for example “www.norderstedt.de”, without “https://” and without a slash.";
    "AW0061" Error ValueQuotes { name }:
        de "In „{name}“ steht ein Wort der Sprache; ohne Anführungszeichen endet die Angabe davor.", "Schreiben Sie \"{name}\".";
        en "“{name}” has a word of the language in it; without quotation marks the value ends before it.", "Write \"{name}\".";
    "AW0062" Error ChainTooLong { name, most }:
        de "„{name}“ steht am Ende einer Kette von mehr als {most} berechneten Werten, von denen jeder den vorigen braucht.", "Fassen Sie mehrere Schritte in einer Rechnung zusammen.";
        en "“{name}” stands at the end of a chain of more than {most} computed values, each of which needs the one before.", "Put several steps into one calculation.";
    } };
}
