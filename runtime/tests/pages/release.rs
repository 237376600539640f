//! What stands between sending and passing on: addresses that are confirmed, fees that are paid,
//! answers of other people; from the text to the pages and the mails.

use amtsweg::store::DeliveryKind::{self, *};
use axum::http::StatusCode;

use super::forms::OFFICES;
use super::site::{Browser, Message, Site};

const CARD: (&str, &str) = (
    "stadt/probe/karte.amt",
    r#"Sprache: Deutsch
Antrag karte "Ehrenamtskarte"
  Fassung: 1, gültig ab 01.01.2026

Abschnitt sie "Angaben zu Ihnen"
  Frage name "Wie heißen Sie?"
    Art: Name
  Frage email "Wie lautet Ihre E-Mail-Adresse?"
    Art: E-Mail

Abschnitt vereine "Ihre Vereine"
  wiederholt: 1 bis 3 mal, je "Verein"
  Frage verein "Wie heißt der Verein?"
    Art: Organisation
  Frage geheim "Was soll der Verein nicht sehen?"
    Art: Text, höchstens 60 Zeichen
  Frage vorstand "E-Mail-Adresse des Vorstands"
    Art: E-Mail
  Frage stimmt "Stimmt das?"
    Art: Ja oder Nein
    beantwortet von: vorstand
    sieht: name, verein
    wartet: 28 Tage, danach ohne diese Antwort weiter
  Frage warum "Was stimmt nicht?"
    Art: Text, höchstens 60 Zeichen
    nur wenn: stimmt = Nein
    beantwortet von: vorstand
    sieht: name, verein
    wartet: 28 Tage, danach ohne diese Antwort weiter

Zuständigkeit
  | name.x   || an |
"#,
);

/// The text of a procedure with the right table and other lines.
fn card(change: impl FnOnce(String) -> String) -> (&'static str, String) {
    let text = CARD.1.replace("  | name.x   || an |\n", "  | wege     || an     |\n  | beliebig || umwelt |\n");
    let text = text.replace("Zuständigkeit", "Berechnet wege = Anzahl vereine\n\nZuständigkeit");
    (CARD.0, change(text))
}

async fn site(change: impl FnOnce(String) -> String) -> Site {
    let (path, text) = card(change);
    Site::new(&[OFFICES, (path, &text)]).await
}

/// Fills in everything the first person is asked, two clubs, and sends.
async fn sent(site: &Site) -> Browser {
    let mut browser = site.browser();
    browser.open("/karte/sie").await;
    browser.on(&[("name", "Mia Muster"), ("email", "mia@privat.example")]).await;
    for (entry, club) in ["eins", "zwei"].iter().enumerate() {
        browser.open(&format!("/karte/vereine/{}", entry + 1)).await;
        let name = |field: &str| format!("vereine.{entry}.{field}");
        let address = format!("{club}@verein.example");
        let page = browser
            .on(&[
                (&name("verein"), &format!("Verein {club}")),
                (&name("geheim"), "Geheimes"),
                (&name("vorstand"), &address),
            ])
            .await;
        assert!(!page.has("Stimmt das?"), "the first person is not asked");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
    browser.open("/karte/vereine").await;
    browser.press("", &[]).await;
    assert_eq!(browser.page.address, "/karte/pruefen", "{}", browser.page.text);
    assert!(!browser.page.has("Stimmt das?"));
    browser
}

fn of(messages: &[Message], kind: DeliveryKind) -> Vec<&Message> {
    messages.iter().filter(|message| message.kind == kind).collect()
}

#[tokio::test]
async fn two_people_answer_and_then_the_office_gets_everything() {
    let site = site(|text| text).await;
    let mut first = sent(&site).await;
    assert!(first.page.has(
        "2 andere Personen bekommen je eine Mail mit einem Link und beantworten den Rest. Sie haben 28 Tage Zeit."
    ));
    assert!(first.page.has("Kommt eine Antwort nicht, gehen Ihre Angaben ohne sie an die Stelle."));
    let done = first.on(&[]).await.clone();
    assert!(done.address.starts_with("/s/"), "{}", done.text);
    assert!(done.has("Das fehlt, bevor es an die Stelle geht"));
    assert!(done.rows()["Antwort einer anderen Person zu: Verein 2"].starts_with("offen, bis 30. März 2027"));

    let messages = site.deliver().await;
    assert!(of(&messages, Authority).is_empty(), "the office has nothing yet");
    assert!(of(&messages, Citizen)[0].text.contains("Antwortet sie nicht, geht es ohne ihre Antwort weiter."));
    let links = of(&messages, Link);
    assert_eq!(
        links.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(),
        ["eins@verein.example", "zwei@verein.example"]
    );
    assert!(
        links
            .iter()
            .all(|mail| !mail.text.contains("Mia") && !mail.text.contains("Geheimes") && !mail.text.contains("Verein"))
    );

    // Each sees what the text names, of their own entry, and nothing else.
    let mut one = site.browser();
    let page = one.open(&links[0].link()).await;
    assert_eq!(page.heading(), "Jemand braucht Ihre Antwort");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.rows().values().cloned().collect::<Vec<_>>(), ["Mia Muster", "Verein eins"]);
    assert!(!page.has("Geheimes") && !page.has("Verein zwei") && !page.has("privat.example"));
    assert!(page.has("Wenn Sie nicht antworten, geht es ohne Ihre Antwort weiter."));

    let empty = one.on(&[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.errors().len(), 1);
    // An answer brings a further question, which is no mistake.
    let more = one.on(&[("vereine.0.stimmt", "nein")]).await;
    assert_eq!((more.status, more.errors().len()), (StatusCode::OK, 0));
    assert_eq!(more.value("vereine.0.stimmt").as_deref(), Some("nein"));
    let missing = one.on(&[]).await;
    assert_eq!(missing.errors().len(), 1, "{}", missing.text);
    let thanks = one.on(&[("vereine.0.warum", "Seit 2020")]).await;
    assert_eq!(thanks.heading(), "Vielen Dank");
    // Once more leads to the thanks again.
    assert_eq!(one.open(&links[0].link()).await.heading(), "Vielen Dank");
    assert_eq!(first.open(&done.address).await.rows()["Antwort einer anderen Person zu: Verein 1"], "erledigt");
    assert!(of(&site.deliver().await, Authority).is_empty());

    let mut two = site.browser();
    two.open(&links[1].link()).await;
    two.on(&[("vereine.1.stimmt", "ja"), ("vereine.0.stimmt", "ja")]).await;
    let messages = site.deliver().await;
    let office = of(&messages, Authority);
    assert_eq!(office.len(), 1);
    let data: serde_json::Value = serde_json::from_str(office[0].json.as_ref().unwrap()).unwrap();
    assert_eq!(data["vereine"][0]["stimmt"], false, "nobody answers for somebody else");
    assert_eq!(data["vereine"][0]["warum"], "Seit 2020");
    assert_eq!(data["vereine"][1]["stimmt"], true);
    assert_eq!(of(&messages, Released).len(), 1);
    assert!(first.open(&done.address).await.has("Es ist bei der Stelle"));
}

#[tokio::test]
async fn who_does_not_answer_is_reminded_once_and_it_goes_on_without() {
    let site = site(|text| text).await;
    let mut first = sent(&site).await;
    first.on(&[]).await;
    assert!(of(&site.deliver().await, Reminder).is_empty());
    site.watch.set("2027-03-16T09:00:00Z");
    let messages = site.deliver().await;
    assert_eq!(of(&messages, Reminder).len(), 2);
    assert!(of(&messages, Reminder)[0].subject.starts_with("Erinnerung: "));
    assert_eq!(of(&site.deliver().await, Reminder).len(), 2, "once");

    let link = of(&messages, Link)[0].link();
    let mut one = site.browser();
    one.open(&link).await;
    one.on(&[("vereine.0.stimmt", "ja")]).await;
    // Easter Monday is the 29th of March 2027: the last day moves to the Tuesday.
    site.watch.set("2027-03-30T21:59:00Z");
    assert!(of(&site.deliver().await, Authority).is_empty());
    site.watch.set("2027-03-30T22:00:00Z");
    let messages = site.deliver().await;
    let office = of(&messages, Authority);
    assert_eq!(office.len(), 1);
    assert!(office[0].text.contains("keine Angabe"));
    assert!(of(&messages, Released)[0].text.contains("Nicht alle, die wir gefragt haben, haben geantwortet."));
    // Too late.
    let mut two = site.browser();
    assert_eq!(two.open(&of(&messages, Link)[1].link()).await.heading(), "Die Zeit ist um");
}

#[tokio::test]
async fn without_the_answer_the_office_never_gets_it_where_the_text_says_so() {
    let site = site(|text| text.replace("danach ohne diese Antwort weiter", "danach nicht gesendet")).await;
    let mut first = sent(&site).await;
    assert!(first.page.has("Kommt eine Antwort nicht, gehen Ihre Angaben nicht an die Stelle."));
    let done = first.on(&[]).await.address.clone();
    let messages = site.deliver().await;
    assert!(of(&messages, Link)[0].text.contains("gehen die Angaben nicht an die Stelle"));
    let mut one = site.browser();
    one.open(&of(&messages, Link)[0].link()).await;
    one.on(&[("vereine.0.stimmt", "ja")]).await;
    site.watch.set("2027-04-02T09:00:00Z");
    let messages = site.deliver().await;
    assert!(of(&messages, Authority).is_empty());
    assert_eq!(of(&messages, Withdrawn).len(), 1);
    assert!(of(&messages, Withdrawn)[0].text.contains("hat bis zum Ende der Frist nicht geantwortet"));
    assert!(first.open(&done).await.has("Es ist nicht bei der Stelle"));
}

#[tokio::test]
async fn links_of_others_lead_nowhere() {
    let site = site(|text| text).await;
    let mut first = sent(&site).await;
    first.on(&[]).await;
    let link = of(&site.deliver().await, Link)[0].link();
    let mut stranger = site.browser();
    let unknown = stranger.open("/z/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.clone();
    assert_eq!((unknown.status, unknown.heading()), (StatusCode::NOT_FOUND, "Dieser Link gilt nicht".to_owned()));
    // A forged post changes nothing and keeps what was typed.
    stranger.open(&link).await;
    let forged = stranger.post(&link, &[("_token", "x"), ("vereine.0.stimmt", "ja")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(forged.value("vereine.0.stimmt").as_deref(), Some("ja"));
    // The same page in English.
    let english = stranger.open(&format!("/en{link}")).await;
    assert_eq!(english.heading(), "Somebody needs your answer");
    // The store knows no secret.
    let secret = link.trim_start_matches("/z/").as_bytes().to_vec();
    let bytes = std::fs::read(site.folder.path().join("amtsweg.db")).unwrap();
    let log = std::fs::read(site.folder.path().join("amtsweg.db-wal")).unwrap_or_default();
    assert!(![bytes, log].iter().any(|bytes| bytes.windows(secret.len()).any(|window| window == secret)));
}

#[tokio::test]
async fn a_program_cannot_answer_for_a_second_person() {
    let site = site(|text| text).await;
    let mut browser = site.browser();
    let send = |second: bool| {
        let mut club = serde_json::json!({"verein": "V", "geheim": "g", "vorstand": "v@verein.example"});
        if second {
            club["stimmt"] = true.into();
        }
        serde_json::json!({"name": "Mia", "email": "mia@privat.example", "vereine": [club]}).to_string()
    };
    for (second, status) in [(true, StatusCode::UNPROCESSABLE_ENTITY), (false, StatusCode::CREATED)] {
        let request =
            browser.request("POST", "/api/v1/procedures/karte/submissions").header("content-type", "application/json");
        let response = browser.send(request.body(axum::body::Body::from(send(second))).unwrap()).await;
        assert_eq!(response.status(), status);
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        if second {
            assert_eq!(body["errors"][0]["pointer"], "/vereine/0/stimmt");
            assert_eq!(body["errors"][0]["code"], "not_asked");
        } else {
            assert_eq!(body["state"], "submitted");
        }
    }
    assert_eq!(of(&site.deliver().await, Link).len(), 1);
}

#[tokio::test]
async fn an_address_is_confirmed_then_a_fee_paid_then_others_are_asked() {
    let site = site(|text| {
        text.replace("gültig ab 01.01.2026", "gültig ab 01.01.2026\n  Zugang: E-Mail").replace(
            "Zuständigkeit",
            "Gebühr kosten \"Bearbeitung\" = 12,50 €\n  Zahlung: vor dem Absenden\n\nZuständigkeit",
        )
    })
    .await;
    let mut first = site.browser();
    assert!(first.open("/karte").await.has("Nach dem Absenden bekommen Sie einen Link, mit dem Sie sie bestätigen."));
    let mut first = sent(&site).await;
    for said in ["Sie bekommen eine Mail mit einem Link.", "Sie bezahlen 12,50 € innerhalb von 14 Tagen."] {
        assert!(first.page.has(said), "{}", first.page.text);
    }
    let done = first.on(&[]).await.clone();
    assert!(done.rows()["Bestätigen Sie Ihre E-Mail-Adresse"].starts_with("offen, bis 15. März 2027"));
    let messages = site.deliver().await;
    assert_eq!(messages.len(), 1, "nobody else is written to before the address is confirmed");
    assert_eq!(messages[0].to, "mia@privat.example");

    let mut mailbox = site.browser();
    let confirm = mailbox.open(&messages[0].link()).await;
    assert_eq!(confirm.heading(), "Ist das Ihre E-Mail-Adresse?");
    assert_eq!(mailbox.on(&[]).await.heading(), "Vielen Dank");
    let messages = site.deliver().await;
    assert_eq!(of(&messages, Citizen).len(), 1);
    assert!(of(&messages, Citizen)[0].text.contains("12,50 €"));
    let pay = of(&messages, Link)[1].clone();
    assert!(pay.text.contains("12,50 €"));
    assert_eq!(of(&messages, Link).len(), 2, "others are asked when the fee is paid");

    let status = first.open(&done.address).await;
    assert!(status.has("Jetzt bezahlen") && status.has("12,50 €"));
    let page = first.open(&pay.link()).await;
    assert!(page.has("Das ist eine Probe. Es wird kein Geld bewegt."));
    assert_eq!(first.on(&[]).await.heading(), "Vielen Dank");
    assert!(first.page.has("Die Gebühr ist bezahlt."));
    let messages = site.deliver().await;
    assert_eq!(of(&messages, Link).len(), 4);
    assert!(of(&messages, Authority).is_empty());
    for (club, link) in of(&messages, Link)[2..].iter().map(|mail| mail.link()).enumerate() {
        let mut one = site.browser();
        one.open(&link).await;
        one.on(&[(&format!("vereine.{club}.stimmt"), "ja")]).await;
    }
    let messages = site.deliver().await;
    assert_eq!((of(&messages, Authority).len(), of(&messages, Released).len()), (1, 1));
}

#[tokio::test]
async fn an_address_that_nobody_confirms_gets_no_further_mail_but_the_reminder() {
    let site = site(|text| text.replace("gültig ab 01.01.2026", "gültig ab 01.01.2026\n  Zugang: E-Mail")).await;
    let mut first = sent(&site).await;
    let done = first.on(&[]).await.address.clone();
    site.deliver().await;
    site.watch.set("2027-03-10T09:00:00Z");
    site.deliver().await;
    site.watch.set("2027-03-16T09:00:00Z");
    let kinds: Vec<_> = site.deliver().await.into_iter().map(|message| message.kind).collect();
    assert_eq!(kinds, [Link, Reminder]);
    assert!(first.open(&done).await.has("Es ist nicht bei der Stelle"));
}

#[tokio::test]
async fn what_cannot_be_paid_or_mailed_here_is_not_offered() {
    let fee = "Gebühr kosten \"Bearbeitung\" = 12,50 €\n  Zahlung: vor dem Absenden\n\nZuständigkeit";
    let (path, text) = card(|text| text.replace("Zuständigkeit", fee));
    let site = Site::service(&[OFFICES, (path, &text)], "https://localhost").await;
    assert_eq!(site.browser().open("/karte").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_account_or_an_eid_is_asked_for_kindly() {
    for (access, said) in
        [("Konto", "müssen Sie angemeldet sein"), ("Online-Ausweis", "mit Ihrem Online-Ausweis angemeldet")]
    {
        let site = site(|text| text.replace("01.01.2026", &format!("01.01.2026\n  Zugang: {access}"))).await;
        let mut browser = site.browser();
        let page = browser.open("/karte").await;
        assert!(page.has(said) && page.has("wenden Sie sich an die zuständige Stelle"), "{}", page.text);
        assert!(!page.has("class=\"button\""));
        assert_eq!(browser.open("/karte/sie").await.status, StatusCode::FORBIDDEN);
    }
}
