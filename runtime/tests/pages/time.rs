//! When a procedure is open: the closed page, the last minute, a form that was begun in time.

use amtsweg::Mode;
use amtsweg::deliver::{Channels, MailServer, Tls};
use axum::body::Body;
use axum::http::StatusCode;

use super::forms::OFFICES;
use super::site::Site;

const VOTE: (&str, &str) = (
    "stadt/probe/briefwahl.amt",
    r#"Sprache: Deutsch
Antrag briefwahl "Briefwahl beantragen"
  Fassung: 1, gültig ab 01.01.2027
  Offen: wahltag - 41 Tage bis wahltag um 15:00
  geschlossen: "Zurzeit ist keine Wahl."
    "Rufen Sie das **Wahlamt** an."

Wert wahltag = 18.04.2027
Wert frist = wahltag - 2 Tage um 15:00

Abschnitt anlass "Ihr Antrag"
  Frage krank "Sind Sie plötzlich erkrankt?"
    Art: Ja oder Nein
    Es muss gelten: krank = Ja oder jetzt ≤ frist
    sonst: "Die Frist endete am {frist}."

Zuständigkeit
  | krank    || an     |
  | beliebig || umwelt |
"#,
);

/// Served for citizens, with an office that can be reached.
async fn service() -> Site {
    let channels = Channels {
        redirect_all: Some("trial@probe.example".into()),
        mail: Some(MailServer {
            host: "localhost".into(),
            port: 25,
            tls: Tls::None,
            login: None,
            from: "a@probe.example".into(),
            ca_file: None,
            max_size: 10_000_000,
        }),
        ..Channels::default()
    };
    let mode = Mode::Service { public_url: "http://localhost".into() };
    Site::with(&[OFFICES, VOTE], |builder| builder.mode(mode).channels(channels)).await
}

async fn api(site: &Site, sick: bool) -> (StatusCode, serde_json::Value) {
    let mut browser = site.browser();
    let request =
        browser.request("POST", "/api/v1/procedures/briefwahl/submissions").header("content-type", "application/json");
    let response = browser.send(request.body(Body::from(format!("{{\"krank\":{sick}}}"))).unwrap()).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn before_and_after_nobody_can_begin_or_send() {
    let site = service().await;
    // The first day begins at midnight in Germany.
    site.watch.set("2027-03-07T22:59:00Z");
    let mut early = site.browser();
    let page = early.open("/briefwahl").await;
    assert!(page.has("Zurzeit geschlossen") && page.has("Zurzeit ist keine Wahl."));
    assert!(page.has("Rufen Sie das <strong>Wahlamt</strong> an."));
    assert!(page.has("Sie können ab 8. März 2027 beginnen."), "{}", page.text);
    assert!(!page.has("class=\"button\""));
    assert_eq!(early.open("/briefwahl/anlass").await.address, "/briefwahl");
    assert!(early.open("/").await.has("öffnet am 8. März 2027"));
    let (status, body) = api(&site, true).await;
    assert_eq!((status, body["type"].as_str().unwrap().contains("closed")), (StatusCode::FORBIDDEN, true));
    assert_eq!(body["detail"], "Sie können ab 8. März 2027 beginnen.");

    site.watch.set("2027-03-07T23:00:00Z");
    let mut browser = site.browser();
    let page = browser.open("/briefwahl").await;
    assert!(page.has("Absenden können Sie bis 18. April 2027, 15:00 Uhr."));
    browser.open("/briefwahl/anlass").await;
    browser.on(&[("krank", "ja")]).await;
    assert_eq!(browser.page.address, "/briefwahl/pruefen");
    let mut late = site.browser();

    // A draft is kept for 30 days.
    site.watch.set("2027-04-18T12:58:00Z");
    for browser in [&mut browser, &mut late] {
        browser.open("/briefwahl/anlass").await;
        browser.on(&[("krank", "ja")]).await;
    }
    let ready = late.page.clone();

    // 15:00 is still in time, to the end of that minute.
    site.watch.set("2027-04-18T13:00:59Z");
    browser.open("/briefwahl/pruefen").await;
    assert!(browser.on(&[]).await.address.starts_with("/s/"));
    assert_eq!(api(&site, true).await.0, StatusCode::CREATED);

    // One minute later nothing is lost, and nothing can be sent.
    site.watch.set("2027-04-18T13:01:00Z");
    late.page = ready;
    let kept = late.on(&[]).await;
    assert_eq!(kept.status, StatusCode::FORBIDDEN);
    assert!(kept.has("Jetzt können Sie das nicht absenden") && kept.has("Ihre Angaben bleiben gespeichert."));
    assert!(kept.has("Bis 18. April 2027, 15:00 Uhr konnte man das absenden."));
    assert_eq!(kept.rows()["Sind Sie plötzlich erkrankt?"], "Ja");
    assert!(!kept.has("Antrag absenden"));
    let start = late.open("/briefwahl").await;
    assert!(start.has("Ihre Angaben ansehen"));
    assert_eq!(late.open("/briefwahl/pruefen").await.status, StatusCode::OK);
    assert!(late.open("/").await.has("zurzeit geschlossen"));
    assert_eq!(api(&site, true).await.0, StatusCode::FORBIDDEN);
    assert_eq!(site.store.outbox(None, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn now_in_a_rule_is_the_minute_of_sending() {
    let site = service().await;
    site.watch.set("2027-04-16T13:00:00Z");
    let mut browser = site.browser();
    browser.open("/briefwahl/anlass").await;
    assert_eq!(browser.on(&[("krank", "nein")]).await.address, "/briefwahl/pruefen");
    site.watch.set("2027-04-16T13:01:00Z");
    let refused = browser.on(&[]).await;
    assert_eq!(refused.address, "/briefwahl/anlass");
    let mut other = site.browser();
    other.open("/briefwahl/anlass").await;
    let page = other.on(&[("krank", "nein")]).await;
    assert_eq!(page.errors(), ["Die Frist endete am 16. April 2027 um 15:00 Uhr."]);
}

#[tokio::test]
async fn authors_see_what_citizens_see_and_go_on_trying() {
    let site = Site::new(&[OFFICES, VOTE]).await;
    let mut browser = site.browser();
    let page = browser.open("/briefwahl").await;
    assert!(page.has("Bürgerinnen und Bürger sehen jetzt nur diesen Text.") && page.has("Zurzeit ist keine Wahl."));
    assert!(page.has("class=\"button\""));
    browser.open("/briefwahl/anlass").await;
    browser.on(&[("krank", "ja")]).await;
    assert!(browser.on(&[]).await.address.starts_with("/s/"));
}

#[tokio::test]
async fn what_opens_every_year_says_when_it_opens_next() {
    let text = VOTE.1.replace("wahltag - 41 Tage bis wahltag um 15:00", "01.10. bis 28.02.");
    let site = Site::new(&[OFFICES, (VOTE.0, &text)]).await;
    for (now, open, said) in [
        ("2027-02-28T22:59:00Z", true, "Absenden können Sie bis 28. Februar 2027."),
        ("2027-02-28T23:00:00Z", false, "Sie können ab 1. Oktober 2027 beginnen."),
        ("2027-10-01T08:00:00Z", true, "Absenden können Sie bis 28. Februar 2028."),
    ] {
        site.watch.set(now);
        let mut browser = site.browser();
        let page = browser.open("/briefwahl").await;
        assert!(page.has(said), "{now} {}", page.text);
        assert_eq!(page.has("Zurzeit geschlossen"), !open, "{now}");
    }
}
