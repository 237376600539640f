# Every page
skip-to-content = Zum Inhalt
back = Zurück
back-to-start = Zurück zur Übersicht
error-prefix = Fehler:
problem-title = Es gibt ein Problem
footer-label = Über diese Seite
trial-banner = Das ist eine Probe. Nichts, was Sie hier eingeben, verlässt diesen Rechner.
trial-broken = Der Text dieses Verfahrens hat einen Fehler.
trial-kept = Sie sehen Fassung { $version }, wie sie zuletzt ohne Fehler war.
trial-other = Sie sehen Fassung { $version }.
trial-outbox = Probe: { $portal }
accessibility-statement = Erklärung zur Barrierefreiheit
report-barrier = Barriere melden
easy-language = Leichte Sprache
sign-language = Gebärdensprache
privacy = Datenschutz
imprint = Impressum
other-language = English
other-language-tag = en
signed-in-as = Angemeldet als
sign-out = Abmelden
home = Startseite
a-to-z = Alle Leistungen von A bis Z
a-to-z-letter = Buchstabe { $letter }
not-in-language = Diesen Text gibt es nur auf { $language }.

# Portal
categories = Themen
life-events = Lebenslagen
not-in-offer = Noch in keinem Angebot
no-procedures = Hier gibt es noch keine Leistungen.
all-procedures = Leistungen
reports = Meldungen
applications = Anträge
topics = Informationen
kind-application = Antrag
kind-report = Meldung
kind-topic = Information

# Start page of a procedure
start-application = Antrag beginnen
start-report = Meldung beginnen
continue-draft = Weiter ausfüllen
start-anew-title = Neu beginnen
start-anew-text = Sie haben diesen Vordruck schon begonnen. Wenn Sie neu beginnen, werden Ihre bisherigen Angaben gelöscht.
start-anew-button = Angaben löschen und neu beginnen
who-is-responsible = Wer zuständig ist
responsible-by-answers = Das hängt von Ihren Angaben ab. Bevor Sie absenden, sehen Sie, an welche Stelle es geht.
fee-title = Was es kostet
fee-none = Es kostet nichts.
fee-by-answers = Die Gebühr hängt von Ihren Angaben ab. Sie sehen sie, bevor Sie absenden.
fee-amount = { $amount }
fee-per = { $amount } { $period }
per-year = je Jahr
per-month = je Monat
per-week = je Woche
per-day = je Tag
what-you-need = Was Sie brauchen
evidence-may-follow = kann nachgereicht werden
more-title = Zu Ihren Antworten gehört noch etwas
more-text = Lesen Sie diesen Hinweis
still-missing-title = Das fehlt noch
still-missing-how = Reichen Sie es bei der Stelle ein und nennen Sie dabei Ihre Vorgangsnummer.
evidence-missing = Fehlt noch. Sie können es bis zum { $date } nachreichen.
evidence-until = Sie können das auch bis zum { $date } nachreichen.
valid-later = Diese Fassung gilt erst ab { $date }. Bürgerinnen und Bürger sehen sie noch nicht.
evidence-by-answers = je nach Ihren Angaben
what-follows = Was daraus folgt
legal-basis = Rechtsgrundlage
deadline = Frist
deadline-none = Es gibt keine Frist.
retention = Wie lange die Stelle Ihre Angaben aufbewahrt
retention-years = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}
retention-months = { $count ->
    [one] { $count } Monat
   *[other] { $count } Monate
}
retention-weeks = { $count ->
    [one] { $count } Woche
   *[other] { $count } Wochen
}
retention-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
retention-from-completion = nach Erledigung
retention-from-receipt = nach Eingang
retention-from-end-of-year = nach Ende des Jahres
retention-from-day = nach dem { $date }
what-happens-next = Wie es weitergeht
draft-kept-title = Unterbrechen und später weitermachen
draft-kept = Was Sie eingeben, wird mit jeder Seite gespeichert. In diesem Browser können Sie { $days } Tage lang weitermachen.
draft-until = Was Sie eingegeben haben, ist gespeichert. In diesem Browser können Sie bis zum { $date } weitermachen.
needs-account-title = Anmeldung nötig
needs-account = Für diese Leistung müssen Sie angemeldet sein.
not-offered-title = Im Moment nicht online
not-offered-text = Diese Leistung ist im Moment nicht online. Wenden Sie sich an die zuständige Stelle.

# Questions
next = Weiter
optional = (freiwillig)
may-follow = (kann nachgereicht werden)
day = Tag
month = Monat
year = Jahr
choose = Auswählen
if-so = Nur wenn das auf Sie zutrifft
if-answer = Nur wenn Sie bei „{ $question }“ die Antwort „{ $answer }“ geben
or-answer = “ oder „
place-hint = Ort oder Postleitzahl
place-other = Ein anderer Ort
place-several = Welchen Ort meinen Sie?
place-candidates = Zu „{ $typed }“ gibt es mehrere Orte
yes = Ja
no = Nein
or-word = oder
file-upload = Datei hochladen
file-remove = Entfernen
file-remove-named = Entfernen: { $name }
file-present = Hochgeladen
file-one-more = Weitere Datei
file-limits = { $kinds }, höchstens { $size }
file-count-hint = Bis zu { $max } Dateien, nacheinander
date-example = Zum Beispiel { $day } { $month } { $year }
size-mb = { $count } MB
size-kb = { $count } KB
entry-add-hint = Sie können weitere Einträge hinzufügen.

# Repeats
entry-title = { $each } { $number }
entry-add = { $each } hinzufügen
entry-change = Ändern: { $entry }
entry-remove = Entfernen: { $entry }
entry-remove-title = „{ $entry }“ entfernen?
entry-remove-text = Alle Angaben zu „{ $entry }“ werden gelöscht.
entries-too-few = { $each }: Fügen Sie mindestens { $count ->
    [one] einen Eintrag
   *[other] { $count } Einträge
} hinzu
entries-too-many = { $each }: Es dürfen höchstens { $count ->
    [one] ein Eintrag
   *[other] { $count } Einträge
} sein
list-none = Noch nichts hinzugefügt.
list-count = { $each }: { $count ->
    [one] ein Eintrag
   *[other] { $count } Einträge
}
remove-confirm-yes = Ja, entfernen
remove-confirm-no = Nein, behalten
save-and-back = Speichern

# Check page
check-title = Prüfen Sie Ihre Angaben
check-intro = Sehen Sie alles noch einmal durch, bevor Sie absenden.
not-given = Nicht angegeben
change = Ändern
change-hidden = { $question }
fee-row = Gebühr
responsible-row = Geht an
send-application = Antrag absenden
send-report = Meldung absenden
warnings-title = Das sollten Sie wissen

# Confirmation
sent-title-application = Ihr Antrag ist abgesendet
sent-title-report = Ihre Meldung ist abgesendet
reference-label = Ihre Vorgangsnummer
reference-is = Vorgangsnummer { $reference }
sent-to = Zuständig ist: { $office }
sent-at = Abgesendet am { $date }
print-hint = Drucken Sie diese Seite oder schreiben Sie die Vorgangsnummer auf. Sie brauchen sie, wenn Sie nachfragen.
print-button = Seite drucken
confirmation-mail = Eine Bestätigung geht an die E-Mail-Adresse, die Sie angegeben haben.
confirmation-no-mail = Sie haben keine E-Mail-Adresse angegeben. Heben Sie deshalb die Vorgangsnummer auf.
done-back = Zur Startseite
confirmation-secret-title = Diese Bestätigung lässt sich hier nicht zeigen
confirmation-secret-text = Eine Bestätigung zeigen wir nur in dem Browser, in dem abgesendet wurde. Mit der Vorgangsnummer hilft Ihnen die zuständige Stelle weiter.

# Trouble
forbidden-title = Das haben wir vorsichtshalber nicht gespeichert
forbidden-text = Wir konnten nicht sicher erkennen, dass diese Eingabe von unserer Seite kommt. Das passiert zum Beispiel, wenn Cookies gelöscht wurden. Ihre Eingaben stehen noch auf dieser Seite.
forbidden-again = Prüfen Sie Ihre Eingaben und senden Sie die Seite noch einmal.
cookies-gone-title = Ihr Browser hat uns nicht wiedererkannt
cookies-gone-text = Er hat den Cookie nicht mitgeschickt, unter dem wir Ihre Angaben aufheben: er nimmt keine an, oder sie wurden gelöscht. Erlauben Sie Cookies für diese Seite und beginnen Sie noch einmal.
cookies-title = Ihr Browser nimmt keine Cookies an
cookies-text = Ohne ein Cookie können wir Ihre Angaben nicht von einer Seite zur nächsten mitnehmen. Haben Sie Cookies gelöscht, fehlen auch die Seiten davor. Erlauben Sie Cookies für diese Seite und drücken Sie dann noch einmal auf „Weiter“. Ihre Eingaben stehen noch auf dieser Seite.
not-found-title = Diese Seite gibt es nicht
not-found-text = Wenn Sie die Adresse eingetippt haben, prüfen Sie die Schreibweise. Über die Startseite finden Sie alle Leistungen.
too-large-title = Das war zu viel auf einmal
too-large-text = Was Sie gesendet haben, ist zu groß. Gehen Sie im Browser zurück und senden Sie weniger auf einmal oder eine kleinere Datei.
too-many-fields-text = Es waren mehr Angaben, als diese Seite hat.
broken-title = Bei uns ist etwas schiefgegangen
broken-text = Das liegt an uns. Was Sie auf früheren Seiten eingegeben haben, ist gespeichert. Versuchen Sie es in ein paar Minuten noch einmal.
busy-title = Wir können gerade nicht speichern
busy-text = Das liegt an uns, nicht an Ihnen. Versuchen Sie es in einer Minute noch einmal.
busy-kept = Ihre Eingaben stehen noch auf dieser Seite. Lassen Sie die Seite offen und drücken Sie in einer Minute noch einmal auf den Knopf.
conflict-title = Sie haben an anderer Stelle weitergemacht
conflict-text = Dieser Vordruck ist noch in einem anderen Fenster offen, und dort wurde inzwischen etwas geändert. Ihre Eingaben von hier stehen noch auf dieser Seite. Wenn sie gelten sollen, drücken Sie noch einmal auf den Knopf.
conflict-rows = { $count } Angaben
changed-title = Dieser Vordruck hat sich geändert
changed-text = Seit Sie begonnen haben, ist der Vordruck geändert worden, und nicht alle Ihre Angaben passen noch. Sie können in der bisherigen Fassung fertig werden oder mit der neuen weitermachen. Mit der neuen Fassung gehen nur die Angaben verloren, die nicht mehr passen.
changed-keep = In der bisherigen Fassung weitermachen
changed-follow = Mit der neuen Fassung weitermachen
refused-title = Das können wir so nicht annehmen
refused-text = Unsere letzte Prüfung vor dem Absenden hat einen Widerspruch gefunden. Das ist ein Fehler bei uns und nicht bei Ihnen. Nichts wurde abgesendet, Ihre Angaben sind gespeichert, und wir haben eine Nachricht darüber.
method-title = Diese Seite lässt sich so nicht aufrufen
method-text = Beginnen Sie auf der Startseite.
unknown-host-title = Unter dieser Adresse gibt es kein Portal
unknown-host-text = Prüfen Sie die Schreibweise der Adresse.
upload-broken = Die Datei ist nicht vollständig angekommen. Wählen Sie sie noch einmal aus.
key-used-title = Dieser Idempotency-Key wurde schon für andere Antworten verwendet
key-used-text = Nehmen Sie für jede Einsendung einen neuen Schlüssel, und denselben nur, um eine Einsendung zu wiederholen.
media-type-text = Senden Sie die Antworten als JSON, mit dem Content-Type application/json.
bad-request-title = Das haben wir nicht verstanden
bad-request-text = Was Ihr Browser gesendet hat, ist unvollständig angekommen. Gehen Sie zurück und senden Sie die Seite noch einmal.

# Pages about the site
statement-title = Erklärung zur Barrierefreiheit
statement-status = Diese Seiten sind so gebaut, dass sie die Anforderungen der EN 301 549 und der WCAG 2.2 in den Stufen A und AA erfüllen. Jede Fassung wird automatisch geprüft: mit Tastatur, ohne JavaScript, bei 320 Pixel Breite, hell, dunkel und mit erzwungenen Farben.
statement-known = Noch nicht vorhanden: Inhalte in Deutscher Gebärdensprache. Die Prüfung mit Menschen, die Hilfsmittel benutzen, steht noch aus.
statement-feedback = Wenn Ihnen eine Barriere auffällt, melden Sie sie uns. Wir antworten innerhalb eines Monats.
statement-enforcement = Wenn unsere Antwort Ihnen nicht hilft, können Sie sich in Schleswig-Holstein an die Beschwerdestelle bei der Landesbeauftragten für Menschen mit Behinderungen wenden.
statement-made = Diese Erklärung gehört zur Software dieser Seiten und gilt für sie. Die Behörde kann sie ergänzen.
easy-title = Informationen in Leichter Sprache
easy-text = Auf diesen Seiten können Sie Anträge stellen. Zum Beispiel: einen Antrag für das Parken. Sie können auch etwas melden. Zum Beispiel: Müll im Wald.
easy-use-title = So geht es
easy-use-text = Suchen Sie auf der Start-Seite ein Thema aus. Klicken Sie auf das Thema. Dann sehen Sie alle Anträge zu dem Thema. Wir stellen Ihnen Fragen. Sie antworten. Dann klicken Sie auf: Weiter. Am Ende können Sie alles noch einmal lesen. Dann klicken Sie auf: Antrag absenden.
easy-barrier = Können Sie etwas nicht lesen oder nicht benutzen? Dann sagen Sie es uns. Klicken Sie dafür unten auf: Barriere melden.
sign-title = Informationen in Deutscher Gebärdensprache
sign-text = Es gibt hier noch keine Videos in Deutscher Gebärdensprache. Wenn Sie Hilfe in Gebärdensprache brauchen, wenden Sie sich an die Behörde oder melden Sie die Barriere.
imprint-missing = Die Behörde hat hier noch kein Impressum hinterlegt.
privacy-missing = Die Behörde hat hier noch keine eigene Erklärung zum Datenschutz hinterlegt.
privacy-cookie = Diese Seiten setzen ein einziges Cookie. Es verbindet Ihren Browser mit Ihren angefangenen Vordrucken und enthält keine Angaben über Sie. Angefangene Vordrucke werden verschlüsselt gespeichert und 30 Tage nach der letzten Änderung gelöscht.
barrier-missing = Die Behörde hat hier noch keinen Vordruck dafür hinterlegt. Wenden Sie sich an:
contact-title = Kontakt
contact-office = { $office }
answer-not-asked = Danach wird hier nicht gefragt.
