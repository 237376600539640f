# When a procedure is open
moment = { $date }, { $time } Uhr
closed-title = Zurzeit geschlossen
closed-opens = Sie können ab { $moment } beginnen.
closed-since = Bis { $moment } konnte man das absenden.
closed-draft = Was Sie eingegeben haben, ist gespeichert. Sie können es ansehen, aber jetzt nicht absenden.
closed-see-draft = Ihre Angaben ansehen
closed-send-title = Jetzt können Sie das nicht absenden
closed-send-kept = Ihre Angaben bleiben gespeichert.
closed-author = Bürgerinnen und Bürger sehen jetzt nur diesen Text. Sie können hier weiter probieren:
closed-list = zurzeit geschlossen
closed-list-opens = öffnet am { $moment }
open-until = Absenden können Sie bis { $moment }.

# Who you have to be
needs-eid = Für diese Leistung müssen Sie mit Ihrem Online-Ausweis angemeldet sein.
needs-otherwise = Wenn das für Sie nicht geht, wenden Sie sich an die zuständige Stelle.
needs-email = Sie brauchen eine E-Mail-Adresse. Nach dem Absenden bekommen Sie einen Link, mit dem Sie sie bestätigen.

# What happens between sending and passing on
before-title = Was nach dem Absenden geschieht
before-email = Sie bekommen eine Mail mit einem Link. Öffnen Sie ihn innerhalb von 14 Tagen. Sonst gehen Ihre Angaben nicht an die Stelle.
before-payment = Sie bezahlen { $amount } innerhalb von 14 Tagen. Sonst gehen Ihre Angaben nicht an die Stelle.
before-person = { $count ->
    [one] Eine andere Person bekommt eine Mail mit einem Link und beantwortet den Rest. Sie hat { $time } Zeit.
   *[other] { $count } andere Personen bekommen je eine Mail mit einem Link und beantworten den Rest. Sie haben { $time } Zeit.
}
before-goes-on = Kommt eine Antwort nicht, gehen Ihre Angaben ohne sie an die Stelle.
before-not-sent = Kommt eine Antwort nicht, gehen Ihre Angaben nicht an die Stelle.
days-count = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
weeks-count = { $count ->
    [one] { $count } Woche
   *[other] { $count } Wochen
}
months-count = { $count ->
    [one] { $count } Monat
   *[other] { $count } Monate
}
years-count = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}
working-days-count = { $count ->
    [one] { $count } Arbeitstag
   *[other] { $count } Arbeitstage
}
weekdays-count = { $count ->
    [one] { $count } Werktag
   *[other] { $count } Werktage
}

# How far it is
waiting-title = Das fehlt, bevor es an die Stelle geht
waiting-text = Ihre Angaben sind gespeichert. Sobald alles da ist, gehen sie an die Stelle.
waiting-email = Bestätigen Sie Ihre E-Mail-Adresse
waiting-payment = Bezahlen Sie { $amount }
waiting-person = Antwort einer anderen Person
waiting-person-entry = Antwort einer anderen Person zu: { $entry }
waiting-until = offen, bis { $date }
waiting-ahead = kommt danach
waiting-met = erledigt
waiting-over = nicht gekommen
waiting-mail = Öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben.
waiting-goes-on = Kommt die Antwort nicht, geht es ohne sie weiter.
waiting-not-sent = Kommt die Antwort nicht, gehen Ihre Angaben nicht an die Stelle.
released-title = Es ist bei der Stelle
released-text = Ihre Angaben sind seit { $moment } bei der Stelle.
withdrawn-title = Es ist nicht bei der Stelle
withdrawn-text = Bis zum Ende der Frist hat etwas gefehlt. Deshalb gehen Ihre Angaben nicht an die Stelle. Wenn Sie es noch möchten, füllen Sie es neu aus.
pay-now = Jetzt bezahlen

# Pages behind links in mails
link-unknown-title = Dieser Link gilt nicht
link-unknown-text = Vielleicht fehlt ein Teil der Adresse. Kopieren Sie den ganzen Link aus der Mail.
link-over-title = Die Zeit ist um
link-over-text = Über diesen Link können Sie nichts mehr tun.
link-ahead-title = Das ist noch nicht dran
link-ahead-text = Vorher muss etwas anderes erledigt werden. Versuchen Sie es später noch einmal.
link-done-title = Vielen Dank
link-done-email = Ihre E-Mail-Adresse ist bestätigt.
link-done-payment = Die Gebühr ist bezahlt.
link-done-person = Ihre Antwort ist angekommen. Sie müssen nichts weiter tun.
link-until = Das geht bis { $date }.
confirm-title = Ist das Ihre E-Mail-Adresse?
confirm-text = Mit dieser Adresse wurde „{ $title }“ ausgefüllt:
confirm-then = Wenn Sie sie bestätigen, gehen die Angaben weiter.
confirm-button = Ja, das ist meine Adresse
confirm-not-you = Wenn Sie das nicht ausgefüllt haben, brauchen Sie nichts zu tun. Dann geht es nicht weiter.
asked-title = Jemand braucht Ihre Antwort
asked-text = Jemand hat „{ $title }“ ausgefüllt und dabei Ihre E-Mail-Adresse angegeben. Beantworten Sie, was unten steht.
asked-shown = Das hat die Person angegeben
asked-questions = Das fragen wir Sie
asked-goes-on = Wenn Sie nicht antworten, geht es ohne Ihre Antwort weiter.
asked-not-sent = Wenn Sie nicht antworten, gehen die Angaben nicht an die Stelle.
asked-privacy = Ihre Antwort geht an die Stelle. Wer Ihre Adresse angegeben hat, erfährt nur, dass Sie geantwortet haben.
asked-send = Antwort absenden
pay-title = Gebühr bezahlen
pay-text = Für „{ $title }“, Vorgangsnummer { $reference }:
pay-button = Bezahlen
pay-trial = Das ist eine Probe. Es wird kein Geld bewegt.
pay-link = Zur Seite des Bezahldienstes
pay-begun = Die Zahlung ist vorbereitet. Danach kommen Sie hierher zurück.
pay-trouble-title = Das Bezahlen geht gerade nicht
pay-trouble-text = Der Bezahldienst antwortet nicht. Versuchen Sie es später noch einmal.
paid-row = Gebühr
pay-after-notice = Sie bezahlen, wenn der Bescheid da ist.
pay-before = Sie bezahlen, bevor Ihre Angaben an die Stelle gehen.
