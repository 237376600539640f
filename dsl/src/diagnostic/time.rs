//! Messages about time windows, evidence that may follow, and answers of a second person.

macro_rules! time {
    ($next:ident $($after:ident)* ; $($rows:tt)*) => { $next! { $($after)* ; $($rows)*
    // ---- time windows ----
    "AW1101" Error WindowForm:
        de "So kann ich nicht lesen, wann man das Verfahren beginnen kann.", "Schreiben Sie zum Beispiel „Offen: 01.03.2027 bis 31.05.2027“, wenn nötig mit „um 15:00“, oder für jedes Jahr „Offen: 01.03. bis 31.05.“.";
        en "I cannot read when the procedure can be begun.", "Write for example “Open: 01.03.2027 to 31.05.2027”, where needed with “at 15:00”, or for every year “Open: 01.03. to 31.05.”.";
    "AW1102" Error WindowReversed { from as Both, to as Both }:
        de "Das Verfahren würde schließen, bevor es öffnet: geöffnet ab {from}, geschlossen nach {to}.", "Schreiben Sie den früheren Tag zuerst.";
        en "The procedure would close before it opens: open from {from}, closed after {to}.", "Write the earlier day first.";
    "AW1103" Error WindowNotFixed:
        de "Wann das Verfahren offen ist, darf nicht davon abhängen, welcher Tag heute ist.", "Schreiben Sie feste Tage, oder Tage, die sich aus einem „Wert“ ergeben.";
        en "When the procedure is open must not depend on which day it is today.", "Write fixed days, or days that follow from a “Value”.";
    "AW1104" Error WindowOutsideVersion { from as Both, to as Both }:
        de "Diese Fassung gilt in der ganzen Zeit nicht, in der das Verfahren offen ist: {from} bis {to}.", "Ändern Sie „Offen:“ oder „gültig ab“ und „bis“ der Fassung.";
        en "This version is not valid in the whole time in which the procedure is open: {from} to {to}.", "Change “Open:”, or “valid from” and “to” of the version.";
    "AW1105" Hint WindowBeyondVersion { day as Both }:
        de "Das Verfahren ist am {day} offen, aber an diesem Tag gilt diese Fassung nicht.", "Prüfen Sie, ob an diesem Tag eine andere Fassung gilt; sonst passen Sie beide Zeiten an.";
        en "The procedure is open on {day}, but this version is not valid on that day.", "Check whether another version is valid on that day; otherwise make both times fit.";
    "AW1106" Error ClosedMissing:
        de "Es fehlt, was jemand liest, solange das Verfahren geschlossen ist.", "Ergänzen Sie „geschlossen: \"…\"“ mit einem Satz, der sagt, was man dann tun kann.";
        en "It is missing what somebody reads while the procedure is closed.", "Add “closed: \"…\"” with a sentence that says what one can do then.";
    "AW1107" Error ClosedWithoutWindow:
        de "Hier steht, was man liest, solange geschlossen ist, aber nicht, wann offen ist.", "Ergänzen Sie „Offen: … bis …“, oder streichen Sie die Zeile.";
        en "Here stands what is read while it is closed, but not when it is open.", "Add “Open: … to …”, or delete the line.";
    "AW1108" Hint WindowOver { day as Both }:
        de "Das Verfahren ist seit dem {day} geschlossen; niemand kann es mehr beginnen.", "Ändern Sie „Offen:“, sobald die nächste Zeit feststeht.";
        en "The procedure has been closed since {day}; nobody can begin it any more.", "Change “Open:” as soon as the next time is known.";
    "AW1109" Error ExampleClosed { at as Both }:
        de "Zu der Zeit, die das Beispiel nimmt, ist das Verfahren geschlossen: {at}.", "Nehmen Sie mit „am:“ eine Zeit, in der es offen ist.";
        en "At the time that the example takes, the procedure is closed: {at}.", "Take a time with “on:” at which it is open.";
    // ---- evidence that may follow ----
    "AW1110" Error MayFollowNotFile:
        de "Nachgereicht werden können nur Dateien.", "Streichen Sie „nachreichbar“; was man leer lassen darf, ist „freiwillig“.";
        en "Only files may follow.", "Delete “may follow”; what may be left empty is “optional”.";
    "AW1111" Error MayFollowForm { text }:
        de "Bis wann die Datei folgen kann, lese ich aus „{text}“ nicht.", "Schreiben Sie eine Dauer, zum Beispiel „nachreichbar 14 Tage“, oder einen Tag, zum Beispiel „nachreichbar bis 30.06.2027“.";
        en "I cannot read from “{text}” until when the file may follow.", "Write a duration, for example “may follow 14 days”, or a day, for example “may follow until 30.06.2027”.";
    // ---- second person ----
    "AW1112" Error SecondPersonAlone { word, needed }:
        de "„{word}:“ gehört zu einer Frage, die jemand anders beantwortet; hier fehlt aber „{needed}:“.", "Ergänzen Sie „{needed}:“ mit der Frage nach der E-Mail-Adresse dieser Person, oder streichen Sie die Zeile.";
        en "“{word}:” belongs to a question that somebody else answers, but “{needed}:” is missing here.", "Add “{needed}:” with the question for that person’s e-mail address, or delete the line.";
    "AW1113" Error SecondPersonIncomplete { word }:
        de "Jemand anders beantwortet das, aber „{word}:“ fehlt.", "Sagen Sie mit „sieht:“, welche Angaben die Person zu sehen bekommt, und mit „wartet:“, wie lange auf sie gewartet wird und was danach geschieht.";
        en "Somebody else answers this, but “{word}:” is missing.", "Say with “sees:” which answers the person is shown, and with “waits:” how long they are waited for and what happens then.";
    "AW1114" Error AnsweredByNotEmail { name }:
        de "„{name}“ fragt nicht nach einer E-Mail-Adresse, also kann die andere Person nicht erreicht werden.", "Nennen Sie eine Frage mit „Art: E-Mail“.";
        en "“{name}” does not ask for an e-mail address, so the other person cannot be reached.", "Name a question with “Kind: E-mail”.";
    "AW1115" Error AnsweredByUncertain { name }:
        de "Die E-Mail-Adresse „{name}“ ist nicht in jedem Fall da, in dem jemand anders antworten soll.", "Streichen Sie dort „freiwillig“, oder schreiben Sie hier „nur wenn: {name} ist beantwortet“.";
        en "The e-mail address “{name}” is not there in every case in which somebody else is to answer.", "Delete “optional” there, or write “only if: {name} is answered” here.";
    "AW1116" Error AnsweredByApplicant { name }:
        de "„{name}“ gilt als die Adresse der Person, die den Antrag stellt, und nicht als die einer anderen.", "Schreiben Sie unter die Frage nach der Adresse „betrifft: andere“.";
        en "“{name}” counts as the address of the person who applies, not as that of another person.", "Write “about: another person” under the question for the address.";
    "AW1117" Error WaitsForm { text }:
        de "Wie lange gewartet wird und was danach geschieht, lese ich aus „{text}“ nicht.", "Schreiben Sie „wartet: 28 Tage, danach ohne diese Antwort weiter“ oder „wartet: 28 Tage, danach nicht gesendet“.";
        en "I cannot read from “{text}” how long is waited and what happens then.", "Write “waits: 28 days, then on without this answer” or “waits: 28 days, then not sent”.";
    "AW1118" Error DependsOnSecondPerson { what as Both, name }:
        de "{what} hängt von „{name}“ ab, aber das beantwortet jemand anders erst nach dem Absenden.", "Nehmen Sie eine Angabe, die beim Absenden schon da ist.";
        en "{what} depends on “{name}”, but somebody else answers that only after sending.", "Take an answer that is there when the form is sent.";
    "AW1119" Error RuleOfSecondPerson { name, at }:
        de "Die Regel sieht „{name}“ an, was jemand anders später beantwortet; ihre Meldung stünde bei „{at}“, das diese Person nicht ändern kann.", "Schreiben Sie „bei: {name}“.";
        en "The rule looks at “{name}”, which somebody else answers later; its message would stand at “{at}”, which that person cannot change.", "Write “at: {name}”.";
    "AW1120" Error SecondPersonRepeats:
        de "Eine Wiederholung als Ganzes kann niemand anders ausfüllen.", "Schreiben Sie „beantwortet von:“ unter die Fragen darin; dann bekommt jeder Eintrag einen eigenen Link.";
        en "A repeat as a whole cannot be filled in by somebody else.", "Write “answered by:” under the questions in it; then each entry gets a link of its own.";
    "AW1121" Error SecondPersonFile:
        de "Eine Datei kann nur hochladen, wer den Antrag ausfüllt.", "Fragen Sie die Datei bei der Person ab, die den Antrag stellt, wenn nötig „nachreichbar“.";
        en "Only the person who fills in the application can upload a file.", "Ask the applicant for the file, where needed with “may follow”.";
    "AW1122" Error SeesSecondPerson { name }:
        de "„{name}“ kann nicht gezeigt werden, denn das beantwortet selbst jemand anders nach dem Absenden.", "Nennen Sie unter „sieht:“ nur, was die erste Person angibt.";
        en "“{name}” cannot be shown, because somebody else answers that after sending.", "Under “sees:” name only what the first person answers.";
    "AW1123" Error SecondPersonTwice:
        de "Der ganze Abschnitt wird schon von jemand anderem beantwortet.", "Streichen Sie „beantwortet von:“ an einer der beiden Stellen.";
        en "The whole section is answered by somebody else already.", "Delete “answered by:” at one of the two places.";
    // ---- trust and fees ----
    "AW1124" Error AccessNeedsEmail { word }:
        de "Mit „{word}“ wird die E-Mail-Adresse bestätigt, aber nicht jeder gibt hier eine an.", "Stellen Sie eine Frage mit „Art: E-Mail“ in einen Abschnitt, den jeder ausfüllt, ohne „freiwillig“.";
        en "With “{word}” the e-mail address is confirmed, but not everybody gives one here.", "Put a question with “Kind: E-mail” into a section that everybody fills in, without “optional”.";
    "AW1125" Error PeriodBeforeSending { unit }:
        de "Ein Betrag in „{unit}“ kommt immer wieder und kann nicht vor dem Absenden gezahlt werden.", "Schreiben Sie „Zahlung: nach Bescheid“, oder rechnen Sie aus, was einmal zu zahlen ist.";
        en "An amount in “{unit}” comes again and again and cannot be paid before sending.", "Write “Payment: after notice”, or work out what is to be paid once.";
    } };
}
