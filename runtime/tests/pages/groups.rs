//! Groups of answers, repeats inside repeats, one key in several places, lists that change with
//! the day, birth dates that are not complete: from the text to the page and the data.

use amtsweg::store::DeliveryKind::Authority;
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::forms::OFFICES;
use super::site::Site;

const TAIL: &str = "\nZuständigkeit\n  | wege     || an     |\n  | beliebig || umwelt |\n";

/// A site with one application of these lines, and whatever files stand beside it.
async fn site(lines: &str, more: &[(&str, &str)]) -> Site {
    let text = format!("Sprache: Deutsch\nAntrag probe \"Probe\"\n  Fassung: 1, gültig ab 01.01.2026\n{lines}{TAIL}");
    let mut files = vec![OFFICES, ("stadt/probe/probe.amt", text.as_str())];
    files.extend_from_slice(more);
    Site::new(&files).await
}

/// What the API says to answers: the status, and pointer and code of the first error.
async fn sent(site: &Site, answers: &Value) -> (StatusCode, String) {
    let mut browser = site.browser();
    let request =
        browser.request("POST", "/api/v1/procedures/probe/submissions").header("content-type", "application/json");
    let response = browser.send(request.body(Body::from(answers.to_string())).unwrap()).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let first = &body["errors"][0];
    (status, format!("{} {}", first["pointer"].as_str().unwrap_or(""), first["code"].as_str().unwrap_or("")))
}

#[tokio::test]
async fn at_least_exactly_and_at_most_one_of_several_answers() {
    for (words, none, one, two) in [
        ("mindestens eine Antwort", false, true, true),
        ("genau eine Antwort", false, true, false),
        ("höchstens eine Antwort", true, true, false),
    ] {
        let lines = format!(
            r#"
Abschnitt erreichbar "Wie erreichen wir Sie?"
  Frage email "E-Mail-Adresse"
    Art: E-Mail, freiwillig
  Frage telefon "Telefon"
    Art: Telefon, freiwillig

Berechnet wege = email ist beantwortet

Regel weg
  Es muss gelten: {words}: email, telefon
  sonst: "So geht es nicht."
"#
        );
        let site = site(&lines, &[]).await;
        let (email, phone) = (("email", "mia@privat.example"), ("telefon", "+49 40 535950"));
        for (answers, fine) in [(vec![], none), (vec![email], one), (vec![phone], one), (vec![email, phone], two)] {
            let mut browser = site.browser();
            browser.open("/probe/erreichbar").await;
            let page = browser.on(&answers).await;
            let errors = page.errors();
            assert_eq!(page.address == "/probe/pruefen", fine, "{words} {answers:?} {}", page.text);
            assert_eq!(errors, if fine { vec![] } else { vec!["So geht es nicht."] }, "{words} {answers:?}");
            // The published schema says the same.
            let data: serde_json::Map<String, Value> =
                answers.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
            let status = sent(&site, &Value::Object(data)).await.0;
            assert_eq!(status == StatusCode::CREATED, fine, "{words} {answers:?}");
        }
    }
}

#[tokio::test]
async fn repeats_in_repeats_keep_their_answers_apart_and_so_do_equal_keys() {
    let block = (
        "stadt/probe/leitung.amt",
        "Sprache: Deutsch\nBaustein leitung\nFrage name \"Wie heißt die Person?\"\n  Art: Name\nFrage alter \"Wie alt ist sie?\"\n  Art: ganze Zahl, 0 bis 120\n  Es muss gelten: alter ≥ 18\n  sonst: \"{name} ist zu jung.\"\n",
    );
    let lines = r#"  verwendet: leitung

Abschnitt sie "Sie"
  Frage name "Wie heißen Sie?"
    Art: Name

Abschnitt firmen "Ihre Firmen"
  wiederholt: 1 bis 3 mal, je "Firma"
  Frage name "Wie heißt die Firma?"
    Art: Organisation
  Frage leiter "Wer leitet sie?"
    Art: leitung
    wiederholt: 1 bis 2 mal, je "Leitung"

Berechnet wege = Anzahl firmen
"#;
    let site = site(lines, &[block]).await;
    let mut browser = site.browser();
    browser.open("/probe/sie").await;
    browser.on(&[("name", "Mia Muster")]).await;
    browser.open("/probe/firmen/1").await;
    let page = browser
        .press(
            "add:firmen.0.leiter",
            &[("firmen.0.name", "Eins GmbH"), ("firmen.0.leiter.0.name", "Anna"), ("firmen.0.leiter.0.alter", "40")],
        )
        .await;
    assert!(page.has("name=\"firmen.0.leiter.1.name\""), "{}", page.text);
    let page = browser.on(&[("firmen.0.leiter.1.name", "Ben"), ("firmen.0.leiter.1.alter", "17")]).await;
    assert_eq!(page.errors(), ["Ben ist zu jung."]);
    browser.on(&[("firmen.0.leiter.1.alter", "18")]).await;
    browser.open("/probe/firmen/2").await;
    browser
        .on(&[("firmen.1.name", "Zwei GmbH"), ("firmen.1.leiter.0.name", "Cem"), ("firmen.1.leiter.0.alter", "50")])
        .await;
    browser.open("/probe/firmen").await;
    browser.press("", &[]).await;
    assert_eq!(browser.page.address, "/probe/pruefen", "{}", browser.page.text);
    browser.on(&[]).await;
    let messages = site.deliver().await;
    let office = messages.iter().find(|message| message.kind == Authority).unwrap();
    let data: Value = serde_json::from_str(office.json.as_ref().unwrap()).unwrap();
    let expected = json!({
        "name": "Mia Muster",
        "firmen": [
            {"name": "Eins GmbH", "leiter": [{"name": "Anna", "alter": 40}, {"name": "Ben", "alter": 18}]},
            {"name": "Zwei GmbH", "leiter": [{"name": "Cem", "alter": 50}]},
        ],
    });
    assert_eq!(data, expected);
    let mut wrong = expected;
    wrong["firmen"][0]["leiter"][1]["alter"] = json!(17);
    assert_eq!(
        sent(&site, &wrong).await,
        (StatusCode::UNPROCESSABLE_ENTITY, "/firmen/0/leiter/1/alter rule".to_owned())
    );
}

#[tokio::test]
async fn a_value_of_a_list_can_be_chosen_on_its_days_only() {
    let list = (
        "stadt/probe/tarife.amt",
        "Sprache: Deutsch\nListe tarife \"Tarife\"\n| Schlüssel | Bezeichnung | gültig ab | gültig bis |\n| alt | Alter Tarif | | 31.03.2027 |\n| neu | Neuer Tarif | 01.04.2027 | |\n| immer | Tarif für alle | | |\n",
    );
    let lines = "  verwendet: tarife\n\nAbschnitt wahl \"Ihre Wahl\"\n  Frage tarif \"Welcher Tarif?\"\n    Art: Liste tarife\n\nBerechnet wege = tarif = immer\n";
    let site = site(lines, &[list]).await;
    for (now, there, gone) in [("2027-03-31T21:59:00Z", "alt", "neu"), ("2027-03-31T22:00:00Z", "neu", "alt")] {
        site.watch.set(now);
        let mut browser = site.browser();
        let page = browser.open("/probe/wahl").await;
        assert!(
            page.has(&format!("value=\"{there}\"")) && !page.has(&format!("value=\"{gone}\"")),
            "{now} {}",
            page.text
        );
        let posted = browser.on(&[("tarif", gone)]).await;
        assert_eq!((posted.status, posted.errors().len()), (StatusCode::UNPROCESSABLE_ENTITY, 1), "{now}");
        assert_eq!(browser.on(&[("tarif", there)]).await.address, "/probe/pruefen", "{now}");
        assert_eq!(sent(&site, &json!({"tarif": gone})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(sent(&site, &json!({"tarif": there})).await.0, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_birth_date_that_is_not_complete_means_the_youngest_age_that_is_possible() {
    let lines = r#"
Abschnitt person "Sie"
  Frage geboren "Wann sind Sie geboren?"
    Art: Geburtsdatum, auch unvollständig

Endseite zu_jung "Das geht ab 16 Jahren"
  nur wenn: Alter von geboren < 16 Jahre
  Text: "Kommen Sie wieder."

Berechnet wege = Alter von geboren
"#;
    let site = site(lines, &[]).await;
    // On the 1st of March 2027.
    for (day, month, year, old_enough) in [
        ("1", "3", "2011", true),
        ("2", "3", "2011", false),
        ("", "2", "2011", true),
        ("", "3", "2011", false),
        ("", "", "2011", false),
        ("", "", "2010", true),
    ] {
        let mut browser = site.browser();
        browser.open("/probe/person").await;
        let answers = [("geboren.day", day), ("geboren.month", month), ("geboren.year", year)];
        let page = browser.on(&answers).await;
        assert_eq!(page.heading() == "Das geht ab 16 Jahren", !old_enough, "{answers:?} {}", page.text);
    }
}
