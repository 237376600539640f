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

/// Somebody whom the host knows, at a level that the header of the request names.
struct Host;

impl amtsweg::identity::Identity for Host {
    fn person(&self, request: &axum::http::request::Parts) -> Option<amtsweg::identity::Person> {
        use amtsweg::dsl::model::Access;
        let level = match request.headers.get("x-level")?.to_str().ok()? {
            "eid" => Access::Eid,
            "account" => Access::Account,
            _ => Access::Email,
        };
        Some(amtsweg::identity::Person { id: "mia".into(), name: None, level, sign_out: None })
    }
}

#[tokio::test]
async fn whoever_the_host_knows_well_enough_goes_on() {
    let answers = serde_json::json!({
        "name": "Mia", "email": "mia@privat.example",
        "vereine": [{"verein": "V", "geheim": "g", "vorstand": "v@verein.example"}],
    });
    for (access, level, fine) in [
        ("Online-Ausweis", "eid", true),
        ("Online-Ausweis", "account", false),
        ("Konto", "eid", true),
        ("Konto", "email", false),
        ("E-Mail", "email", true),
    ] {
        let (path, text) = card(|text| text.replace("01.01.2026", &format!("01.01.2026\n  Zugang: {access}")));
        let site = Site::with(&[OFFICES, (path, &text)], |builder| builder.identity(Host)).await;
        let mut browser = site.browser();
        let request = browser
            .request("POST", "/api/v1/procedures/karte/submissions")
            .header("content-type", "application/json")
            .header("x-level", level);
        let response = browser.send(request.body(axum::body::Body::from(answers.to_string())).unwrap()).await;
        let expected = if fine { StatusCode::CREATED } else { StatusCode::FORBIDDEN };
        assert_eq!(response.status(), expected, "{access} {level}");
        // The host knows the address: nothing has to be confirmed, the club is asked at once.
        let asked: Vec<String> = of(&site.deliver().await, Link).iter().map(|mail| mail.to.clone()).collect();
        assert_eq!(asked, if fine { vec!["v@verein.example"] } else { vec![] }, "{access} {level}");
    }
}

/// A provider of payments with a page of its own, which tests steer.
#[derive(Clone, Default)]
struct Provider(std::sync::Arc<std::sync::Mutex<(bool, Vec<amtsweg::payment::Order>)>>);

#[async_trait::async_trait]
impl amtsweg::payment::Payment for Provider {
    async fn begin(&self, order: &amtsweg::payment::Order) -> Result<String, amtsweg::payment::PaymentError> {
        let mut inner = self.0.lock().unwrap();
        inner.1.push(order.clone());
        match inner.1.len() {
            1 => Err(amtsweg::payment::PaymentError("asleep".into())),
            _ => Ok(format!("https://bezahlen.example/{}", order.id)),
        }
    }

    async fn state(
        &self,
        _order: uuid::Uuid,
    ) -> Result<amtsweg::payment::PaymentState, amtsweg::payment::PaymentError> {
        use amtsweg::payment::PaymentState::{Open, Paid};
        Ok(if self.0.lock().unwrap().0 { Paid } else { Open })
    }
}

#[tokio::test]
async fn a_provider_takes_the_payment_and_who_has_paid_is_never_told_otherwise() {
    let fee = "Gebühr kosten \"Bearbeitung\" = 12,50 €\n  Zahlung: vor dem Absenden\n\nZuständigkeit";
    let (path, text) = card(|text| text.replace("Zuständigkeit", fee));
    for comes_back in [true, false] {
        let provider = Provider::default();
        let site = Site::with(&[OFFICES, (path, &text)], |builder| builder.payment(provider.clone())).await;
        let mut first = sent(&site).await;
        let done = first.on(&[]).await.address.clone();
        let link = of(&site.deliver().await, Link)[0].link();
        first.open(&link).await;
        let asleep = first.on(&[]).await;
        assert_eq!(
            (asleep.status, asleep.has("Das Bezahlen geht gerade nicht")),
            (StatusCode::SERVICE_UNAVAILABLE, true)
        );
        let begun = first.on(&[]).await.clone();
        assert!(begun.has("href=\"https://bezahlen.example/"), "{}", begun.text);
        let orders = provider.0.lock().unwrap().1.clone();
        assert_eq!((orders[1].cents, orders[1].title.as_str(), orders[0].id), (1250, "Ehrenamtskarte", orders[1].id));
        assert!(orders[1].return_to.ends_with(&link) && done.ends_with(&orders[1].reference));
        assert!(first.open(&link).await.has("Bezahlen"), "begun is not paid");
        provider.0.lock().unwrap().0 = true;
        if comes_back {
            assert!(first.open(&link).await.has("Die Gebühr ist bezahlt."));
        } else {
            site.watch.set("2027-04-01T09:00:00Z");
        }
        let messages = site.deliver().await;
        assert!(of(&messages, Withdrawn).is_empty());
        assert_eq!(of(&messages, Link).len(), 3, "now the clubs are asked");
    }
    // Who has not paid when the time is over is told, and the office gets nothing.
    let site = Site::with(&[OFFICES, (path, &text)], |builder| builder.payment(Provider::default())).await;
    sent(&site).await.on(&[]).await;
    site.watch.set("2027-04-01T09:00:00Z");
    let messages = site.deliver().await;
    assert!(of(&messages, Authority).is_empty());
    assert!(of(&messages, Withdrawn)[0].text.contains("Die Gebühr wurde bis zum Ende der Frist nicht bezahlt."));
}

#[tokio::test]
async fn a_building_block_that_is_repeated_inside_a_repeat_asks_each_of_its_people() {
    let block = (
        "stadt/probe/leitung.amt",
        r#"Sprache: Deutsch
Baustein leitung
Frage name "Wie heißt die Person?"
  Art: Name
Frage mail "Wie ist ihre E-Mail-Adresse?"
  Art: E-Mail
  betrifft: andere
Frage einverstanden "Sind Sie einverstanden?"
  Art: Ja oder Nein
  beantwortet von: mail
  sieht: name
  wartet: 5 Arbeitstage, danach nicht gesendet
"#,
    );
    let form = (
        "stadt/probe/karte.amt",
        r#"Sprache: Deutsch
Antrag karte "Firmen"
  Fassung: 1, gültig ab 01.01.2026
  verwendet: leitung

Abschnitt firmen "Ihre Firmen"
  wiederholt: 1 bis 2 mal, je "Firma"
  Frage firma "Wie heißt die Firma?"
    Art: Organisation
  Frage leiter "Wer leitet sie?"
    Art: leitung
    wiederholt: 1 bis 2 mal, je "Leitung"

Berechnet zahl = Anzahl firmen

Zuständigkeit
  | zahl     || an     |
  | beliebig || umwelt |
"#,
    );
    let site = Site::new(&[OFFICES, block, form]).await;
    let mut browser = site.browser();
    let person = |name: &str| serde_json::json!({"name": name, "mail": format!("{name}@firma.example")});
    let answers = serde_json::json!({"firmen": [
        {"firma": "Eins", "leiter": [person("anna"), person("ben")]},
        {"firma": "Zwei", "leiter": [person("cem")]},
    ]});
    let request =
        browser.request("POST", "/api/v1/procedures/karte/submissions").header("content-type", "application/json");
    let response = browser.send(request.body(axum::body::Body::from(answers.to_string())).unwrap()).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let messages = site.deliver().await;
    let links: Vec<(String, String)> = of(&messages, Link).iter().map(|mail| (mail.to.clone(), mail.link())).collect();
    assert_eq!(links.len(), 3);
    for ((to, link), (place, name)) in
        links.iter().zip([("firmen.0.leiter.0", "anna"), ("firmen.0.leiter.1", "ben"), ("firmen.1.leiter.0", "cem")])
    {
        assert_eq!(*to, format!("{name}@firma.example"));
        let mut one = site.browser();
        let page = one.open(link).await;
        let field = format!("{place}.einverstanden");
        assert!(page.has(&format!("name=\"{field}\"")) && page.has(name), "{}", page.text);
        assert_eq!(page.text.matches("type=\"radio\"").count(), 2, "only their own question");
        assert_eq!(one.on(&[(&field, "ja")]).await.heading(), "Vielen Dank", "{}", one.page.text);
    }
    let messages = site.deliver().await;
    let data: serde_json::Value = serde_json::from_str(of(&messages, Authority)[0].json.as_ref().unwrap()).unwrap();
    assert_eq!(data["firmen"][0]["leiter"][1]["einverstanden"], true);
    assert_eq!(data["firmen"][1]["leiter"][0]["einverstanden"], true);
}

#[tokio::test]
async fn people_who_answer_at_the_same_moment_lose_nothing_and_a_repeated_call_stays_the_same() {
    let site = site(|text| text).await;
    let clubs: Vec<_> = (0..3)
        .map(
            |number| serde_json::json!({"verein": "V", "geheim": "g", "vorstand": format!("v{number}@verein.example")}),
        )
        .collect();
    let answers = serde_json::json!({"name": "Mia", "email": "mia@privat.example", "vereine": clubs}).to_string();
    let mut program = site.browser();
    let mut call = async || {
        let request = program
            .request("POST", "/api/v1/procedures/karte/submissions")
            .header("content-type", "application/json")
            .header("idempotency-key", "one");
        program.send(request.body(axum::body::Body::from(answers.clone())).unwrap()).await.status()
    };
    assert_eq!(call().await, StatusCode::CREATED);
    let links: Vec<String> = of(&site.deliver().await, Link).iter().map(|mail| mail.link()).collect();
    let mut people = Vec::new();
    for (number, link) in links.iter().enumerate() {
        let mut one = site.browser();
        one.open(link).await;
        people
            .push(tokio::spawn(async move { one.on(&[(&format!("vereine.{number}.stimmt"), "ja")]).await.heading() }));
    }
    for person in people {
        assert_eq!(person.await.unwrap(), "Vielen Dank");
    }
    assert_eq!(call().await, StatusCode::OK);
    let messages = site.deliver().await;
    let office = of(&messages, Authority);
    assert_eq!(office.len(), 1);
    let data: serde_json::Value = serde_json::from_str(office[0].json.as_ref().unwrap()).unwrap();
    assert!((0..3).all(|number| data["vereine"][number]["stimmt"] == true), "{data}");
}
