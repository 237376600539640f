//! Messages about what never happens, always holds, is asked twice, or cannot be finished.

macro_rules! reach {
    ($next:ident $($after:ident)* ; $($rows:tt)*) => { $next! { $($after)* ; $($rows)*
    // ---- what never happens, always holds, or cannot be finished ----
    "AW0901" Warning NeverReached { what as Both, because as Both }:
        de "{what}: {because}.", "Berichtigen Sie eine der Bedingungen, oder streichen Sie, was nie vorkommt.";
        en "{what}: {because}.", "Correct one of the conditions, or delete what never happens.";
    "AW0902" Warning AlwaysHolds { condition, because as Both }:
        de "Die Bedingung „{condition}“ ist hier immer erfüllt{because}.", "Streichen Sie die Bedingung, oder berichtigen Sie sie, wenn etwas anderes gemeint ist.";
        en "The condition “{condition}” always holds here{because}.", "Delete the condition, or correct it if something else is meant.";
    "AW0903" Warning RuleAlwaysHolds { rule, because as Both }:
        de "Die Regel „{rule}“ ist immer erfüllt{because}; ihr Text wird nie gezeigt.", "Streichen Sie die Regel, oder berichtigen Sie sie.";
        en "The rule “{rule}” always holds{because}; its text is never shown.", "Delete the rule, or correct it.";
    "AW0904" Warning RuleNeverHolds { rule, because as Both }:
        de "Die Regel ist nie erfüllt: {because}. Wer hierher kommt, kommt nicht weiter.", "Berichtigen Sie „{rule}“, oder führen Sie mit einer Endseite hinaus.";
        en "The rule never holds: {because}. Whoever comes here cannot go on.", "Correct “{rule}”, or lead out with an end page.";
    "AW0905" Error NobodyFinishes { because as Both }:
        de "Niemand kann dieses Formular absenden: {because}.", "Berichtigen Sie eine der Regeln.";
        en "Nobody can send this form: {because}.", "Correct one of the rules.";
    "AW0906" Warning OnlyEndPages:
        de "Niemand kann dieses Formular absenden: jeder Fall kommt auf eine Endseite.", "Ergänzen Sie in der Zuständigkeit eine Zeile, die zu einer Stelle führt.";
        en "Nobody can send this form: every case comes to an end page.", "Add a row that leads to an authority under “Responsible”.";
    "AW0907" Warning NotDecided { what as Both, questions }:
        de "Es konnte nicht geprüft werden, {what}; das hängt ab von {questions}.", "Prüfen Sie es mit einem Beispiel, oder vereinfachen Sie die Bedingung.";
        en "It could not be checked {what}; that depends on {questions}.", "Check it with an example, or make the condition simpler.";
    "AW0908" Warning NothingToChoose { question, case as Both }:
        de "In diesem Fall gibt es bei „{question}“ nichts auszuwählen: {case}.", "Geben Sie eine Auswahl ohne Bedingung dazu, oder fragen Sie in diesem Fall nicht.";
        en "In this case there is nothing to choose for “{question}”: {case}.", "Add an option without a condition, or do not ask in this case.";
    "AW0909" Warning NoDayLeft { question, from as Both }:
        de "Ab dem {from} gibt es bei „{question}“ keinen erlaubten Tag mehr.", "Ändern Sie die Grenzen des Datums, oder lassen Sie die Fassung vorher enden („gültig ab … bis …“).";
        en "From {from} on there is no day left that is allowed for “{question}”.", "Change the limits of the date, or let the version end before (“valid from … to …”).";
    "AW0910" Warning OutsideArea { authority, place, row }:
        de "Zeile {row} schickt Fälle aus {place} an „{authority}“; diese Gemeinde gehört nicht zum Gebiet der Stelle.", "Nehmen Sie eine Stelle, die dafür da ist, ändern Sie die Zeile, oder ergänzen Sie „Gebiet:“ der Stelle.";
        en "Row {row} sends cases from {place} to “{authority}”; this municipality is not in the area of the authority.", "Take an authority that is there for it, change the row, or add to “Area:” of the authority.";
    "AW0911" Warning AskedTwice { second, first, datum as Both }:
        de "„{second}“ fragt noch einmal nach {datum}; das wurde schon bei „{first}“ gefragt.", "Streichen Sie die zweite Frage, oder schreiben Sie „betrifft: andere“ darunter, wenn jemand oder etwas anderes gemeint ist.";
        en "“{second}” asks again for {datum}; “{first}” has asked for it already.", "Delete the second question, or write “about: another person” below it if somebody or something else is meant.";
    "AW0912" Warning EndPageUnused { name }:
        de "Zur Endseite „{name}“ führt nichts: sie hat keine Bedingung, und keine Zeile der Zuständigkeit nennt sie.", "Schreiben Sie „nur wenn:“ darunter, nennen Sie sie in einer Zeile, oder streichen Sie sie.";
        en "Nothing leads to the end page “{name}”: it has no condition, and no row under “Responsible” names it.", "Write “only if:” below it, name it in a row, or delete it.";
    "AW0913" Warning EntryNeverRight { name, because as Both }:
        de "Niemand kann einen Eintrag in „{name}“ richtig ausfüllen: {because}.", "Berichtigen Sie eine der Regeln.";
        en "Nobody can fill in an entry of “{name}” correctly: {because}.", "Correct one of the rules.";
    "AW0914" Warning ComputedConstant { name, value as Both, because as Both }:
        de "„{name}“ ist immer „{value}“{because}.", "Berichtigen Sie die Berechnung, oder streichen Sie sie.";
        en "“{name}” is always “{value}”{because}.", "Correct the computed value, or delete it.";
    "AW0916" Error AboutUnknown { name }:
        de "Hinter „betrifft:“ steht „{name}“; davor gibt es keine Frage, die so heißt.", "Schreiben Sie den Namen der Frage, die die Person einführt, oder „andere“.";
        en "“{name}” stands behind “about:”, but there is no question of that name before.", "Write the name of the question that introduces the person, or “another person”.";
    } };
}
