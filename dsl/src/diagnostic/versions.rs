//! Messages about templates, adoptions, and the transition from one version to the next.

macro_rules! versions {
    ($next:ident $($after:ident)* ; $($rows:tt)*) => { $next! { $($after)* ; $($rows)*
    // ---- templates, adoptions, versions ----
    "AW0801" Error AdaptsNothing { word, example }:
        de "Hinter „{word}“ fehlt, was gemeint ist.", "Schreiben Sie zum Beispiel „{word} {example}“, so wie es in der Vorlage heißt.";
        en "Behind “{word}” it is missing what is meant.", "Write for example “{word} {example}”, as the template names it.";
    "AW0802" Error AdaptsNotThis { word, target }:
        de "„{word} {target}“ gibt es nicht.", "Ergänzt werden Abschnitte, entfallen können Fragen, ersetzt werden zum Beispiel Frage, Wert, Gebühr und Zuständigkeit.";
        en "There is no “{word} {target}”.", "Sections are added to, questions can be dropped; replaced are for example question, value, fee and responsible.";
    "AW0803" Error AdoptsVersion { name, version, versions }:
        de "Es steht nicht da, welche Fassung von „{name}“ übernommen wird.", "Schreiben Sie „übernimmt {name}, Fassung {version}“; es gibt: {versions}.";
        en "It is not said which version of “{name}” is adopted.", "Write “adopts {name}, Version {version}”; there is: {versions}.";
    "AW0804" Error TemplateNotFound { name }:
        de "Die Vorlage „{name}“ gibt es nicht.", "Schreiben Sie Ordner und Namen der Vorlage, zum Beispiel land/hund_anmelden.";
        en "There is no template “{name}”.", "Write folder and name of the template, for example land/hund_anmelden.";
    "AW0805" Error TemplateVersion { name, version, versions }:
        de "Von der Vorlage „{name}“ gibt es keine Fassung {version}.", "Nehmen Sie eine, die es gibt: {versions}.";
        en "The template “{name}” has no version {version}.", "Take one that exists: {versions}.";
    "AW0806" Error NotATemplate { name }:
        de "„{name}“ ist keine Vorlage.", "Nur ein Verfahren mit der Zeile „Vorlage: für Gemeinden“ oder „Vorlage: für Kreise“ kann übernommen werden.";
        en "“{name}” is no template.", "Only a procedure with the line “Template: for municipalities” or “Template: for counties” can be adopted.";
    "AW0807" Error TemplateBroken { name }:
        de "In der Vorlage „{name}“ ist noch etwas falsch; deshalb kann sie nicht übernommen werden.", "Berichtigen Sie zuerst die Vorlage.";
        en "Something is still wrong in the template “{name}”, so it cannot be adopted.", "Correct the template first.";
    "AW0808" Error TemplateAudience { name, audience, area }:
        de "Die Vorlage „{name}“ ist {audience}; „{area}“ passt dazu nicht.", "Nennen Sie bei „Gebiet:“ genau eine Gemeinde, bei einer Vorlage für Kreise genau einen Kreis.";
        en "The template “{name}” is {audience}; “{area}” does not fit.", "Name exactly one municipality at “Area:”, or exactly one county for a template for counties.";
    "AW0809" Error NotAdaptable { what, heading, allowed as Both }:
        de "„{what}“ ist bei „{heading}“ in der Vorlage nicht örtlich anpassbar; anpassbar ist dort: {allowed}.", "Streichen Sie die Änderung, oder fragen Sie die Stelle, die die Vorlage pflegt, ob sie sie freigibt.";
        en "“{what}” of “{heading}” is not locally adaptable in the template; adaptable there is: {allowed}.", "Delete the change, or ask the office that keeps the template to open it.";
    "AW0810" Error AdaptTarget { heading, name }:
        de "„{heading} {name}“ gibt es in der Vorlage nicht.", "Schreiben Sie den Namen wie in der Vorlage.";
        en "There is no “{heading} {name}” in the template.", "Write the name as in the template.";
    "AW0811" Error AdaptOptions { heading }:
        de "Bei „{heading}“ dürfen keine neuen Möglichkeiten dazukommen.", "Schreiben Sie „entfällt:“ und die Namen der Möglichkeiten, die es bei Ihnen nicht gibt.";
        en "“{heading}” may not get new options.", "Write “dropped:” and the names of the options that you do not have.";
    "AW0812" Error AmountsOnly { heading }:
        de "In der Tabelle „{heading}“ dürfen nur die Beträge anders sein; hier ist etwas anderes geändert.", "Schreiben Sie alle Zeilen wie in der Vorlage und ändern Sie nur, was rechts von „||“ steht.";
        en "In the table “{heading}” only the amounts may differ; here something else is changed.", "Write all rows as in the template and change only what stands right of “||”.";
    "AW0813" Error DropOption { name, question, known as Both }:
        de "Die Möglichkeit „{name}“ hat die Frage „{question}“ in der Vorlage nicht.", "Dort gibt es {known}; eine ganze Frage lassen Sie weg mit „entfällt Frage …“.";
        en "The question “{question}” of the template has no option “{name}”.", "There is {known} there; a whole question is left out with “drops Question …”.";
    "AW0814" Error AddAfter { name, section }:
        de "Im Abschnitt „{section}“ gibt es keine Frage „{name}“, nach der ergänzt werden kann.", "Schreiben Sie „nach“ und den Namen einer Frage dieses Abschnitts, oder lassen Sie es weg: dann steht die neue Frage am Ende.";
        en "The section “{section}” has no question “{name}” after which something can be added.", "Write “after” and the name of a question of this section, or leave it out: then the new question stands at the end.";
    "AW0815" Error AdaptableForm { item, heading }:
        de "„{item}“ kann bei „{heading}“ nicht freigegeben werden.", "Nennen Sie Zeilen dieses Blocks (zum Beispiel Hinweis, Frist), oder Text, Tabelle, Beträge, Auswahl, entfällt, weitere Fragen.";
        en "“{item}” cannot be opened at “{heading}”.", "Name lines of this block (for example Hint, Deadline), or Text, table, amounts, options, may go, more questions.";
    "AW0816" Error AdaptableWithoutTemplate:
        de "„örtlich anpassbar“ hat nur in einer Vorlage einen Sinn.", "Schreiben Sie oben „Vorlage: für Gemeinden“, oder streichen Sie die Zeile.";
        en "“locally adaptable” has a meaning in a template only.", "Write “Template: for municipalities” at the top, or delete the line.";
    "AW0817" Error OwnAreaUnknown { word }:
        de "„{word}“ gibt es nur in einer Vorlage, die eine Gemeinde übernimmt.", "Nennen Sie die Gemeinde oder den Kreis beim Namen, oder machen Sie daraus eine Vorlage: „Vorlage: für Gemeinden“.";
        en "“{word}” exists only in a template that a municipality adopts.", "Name the municipality or the county, or make this a template: “Template: for municipalities”.";
    "AW0818" Error ValueOutside { name, value, allowed }:
        de "„{name}“ darf nicht {value} sein; erlaubt ist {allowed}.", "Nehmen Sie einen Wert aus diesem Bereich.";
        en "“{name}” may not be {value}; allowed is {allowed}.", "Take a value of this range.";
    "AW0819" Error TransitionHeading { word }:
        de "Hinter „{word}“ fehlt die Nummer der Fassung.", "Schreiben Sie zum Beispiel „{word} 3“.";
        en "Behind “{word}” the number of the version is missing.", "Write for example “{word} 3”.";
    "AW0820" Warning TransitionVersion { version, file }:
        de "Fassung {version} liegt nicht in diesem Ordner; der Übergang konnte nicht geprüft werden.", "Legen Sie die Datei der Fassung {version} daneben, zum Beispiel {file}.";
        en "Version {version} is not in this folder; the transition could not be checked.", "Put the file of version {version} beside it, for example {file}.";
    "AW0821" Error TransitionMissing { name, said as Both, line, version }:
        de "„{name}“ {said}; für Entwürfe aus Fassung {version} steht nicht da, was damit geschieht.", "Ergänzen Sie unter „Übergang von Fassung {version}“ die Zeile „{line}“.";
        en "“{name}” {said}; for drafts of version {version} it is not said what becomes of it.", "Add the line “{line}” under “Transition from version {version}”.";
    "AW0822" Error TransitionName { name, version }:
        de "In Fassung {version} gibt es keine Frage „{name}“.", "Schreiben Sie den Namen mit allem, was davor steht, zum Beispiel hunde.chip.";
        en "Version {version} has no question “{name}”.", "Write the name with everything that stands before it, for example hunde.chip.";
    "AW0823" Error TransitionForm { word, example }:
        de "So kann ich „{word}“ nicht lesen.", "Schreiben Sie „{word}: {example}“.";
        en "I cannot read “{word}” like this.", "Write “{word}: {example}”.";
    "AW0824" Error TransitionNewForm { word }:
        de "So kann ich „{word}“ nicht lesen.", "Schreiben Sie die Frage, ein Gleichheitszeichen und den Wert, zum Beispiel „{word}: lastschrift = Nein“.";
        en "I cannot read “{word}” like this.", "Write the question, an equals sign and the value, for example “{word}: lastschrift = no”.";
    "AW0825" Error TransitionRetyped { from, to, ask }:
        de "„{to}“ hat eine andere Art als „{from}“; die Antwort kann nicht einfach umziehen.", "Ergänzen Sie „, {ask}“, oder nehmen Sie „umgewandelt“ mit einer Tabelle.";
        en "“{to}” has another kind than “{from}”; the answer cannot simply move.", "Add “, {ask}”, or use “converted” with a table.";
    "AW0826" Error TransitionRepeat { from, to }:
        de "„{from}“ und „{to}“ stehen nicht in derselben Wiederholung; es ist nicht klar, welche Antwort wohin gehört.", "Streichen Sie die eine mit „entfällt“ und fragen Sie die andere mit „neu gefragt“.";
        en "“{from}” and “{to}” do not stand in the same repeat; it is not clear which answer goes where.", "Drop the one with “dropped” and ask the other with “asked anew”.";
    "AW0827" Error TransitionValue { value, name, reason as Both }:
        de "„{value}“ passt nicht zu „{name}“: {reason}", "Nehmen Sie eine Antwort, die die neue Fassung annimmt.";
        en "“{value}” does not fit “{name}”: {reason}", "Take an answer that the new version accepts.";
    "AW0828" Error ConversionTable { from, to }:
        de "Zu „umgewandelt“ gehört eine Tabelle von den alten zu den neuen Antworten.", "Schreiben Sie darunter „| {from} || {to} |“ und je alte Antwort eine Zeile.";
        en "“converted” has a table from the old answers to the new ones.", "Write “| {from} || {to} |” below, and a row for each old answer.";
    "AW0829" Error ConversionGap { value }:
        de "In der Tabelle fehlt, was aus der Antwort „{value}“ wird.", "Ergänzen Sie eine Zeile dafür; rechts kann auch „neu fragen“ stehen.";
        en "The table does not say what becomes of the answer “{value}”.", "Add a row for it; “ask anew” can stand on the right, too.";
    "AW0830" Error ConversionTwice { value }:
        de "Für die alte Antwort „{value}“ steht schon weiter oben eine Zeile.", "Streichen Sie eine der beiden, oder nehmen Sie die Antwort aus einer der linken Zellen.";
        en "A row further up stands for the old answer “{value}” already.", "Delete one of the two, or take the answer out of one of the left cells.";
    "AW0831" Error ConversionKind:
        de "Antworten dieser Art lassen sich nicht mit einer Tabelle umwandeln.", "Möglich ist es bei Ja oder Nein, bei einer Auswahl und bei Zahlen; sonst nehmen Sie „umbenannt“ oder „neu gefragt“.";
        en "Answers of this kind cannot be converted with a table.", "It works for yes or no, for a choice and for numbers; otherwise use “renamed” or “asked anew”.";
    "AW0832" Error AnswersWider { name }:
        de "Bei „{name}“ wären hier Antworten erlaubt, die die Vorlage nicht erlaubt.", "Eine Gemeinde darf die Antworten nur enger fassen; nehmen Sie eine Art, die in die der Vorlage passt.";
        en "“{name}” would allow answers here that the template does not allow.", "A municipality may only narrow the answers; take a kind that fits into that of the template.";
    "AW0833" Error TransitionGone { name, dropped, renamed, version }:
        de "„{name}“ gibt es nicht mehr; für Entwürfe aus Fassung {version} steht nicht da, was mit der Antwort geschieht.", "Ergänzen Sie unter „Übergang von Fassung {version}“ die Zeile „{dropped}“ oder, wenn die Frage jetzt anders heißt, „{renamed}“.";
        en "“{name}” does not exist any more; for drafts of version {version} it is not said what becomes of the answer.", "Add the line “{dropped}” under “Transition from version {version}” or, if the question has another name now, “{renamed}”.";
    "AW0834" Error TransitionOfTown { name, said as Both, line, version }:
        de "„{name}“ {said}; für Entwürfe aus Fassung {version} steht nicht da, was damit geschieht.", "Schreiben Sie in diese Datei, nicht in die Vorlage, einen Block „Übergang von Fassung {version}“ mit der Zeile „{line}“.";
        en "“{name}” {said}; for drafts of version {version} it is not said what becomes of it.", "Write a block “Transition from version {version}” with the line “{line}” into this file, not into the template.";
    "AW0835" Error ValueUnit { name, unit, value, line }:
        de "„{name}“ steht in der Vorlage in „{unit}“, hier aber „{value}“.", "Schreiben Sie „{line}“.";
        en "“{name}” is in “{unit}” in the template, but here it is “{value}”.", "Write “{line}”.";
    } };
}
