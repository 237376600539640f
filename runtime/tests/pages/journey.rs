//! From the first answer to the confirmation.

use axum::http::StatusCode;

use super::forms::{self, town};
use super::site::Site;

#[tokio::test]
async fn a_report_from_the_start_page_to_the_confirmation() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let start = browser.open("/melden").await;
    assert_eq!(start.status, StatusCode::OK);
    assert_eq!(start.heading(), "Müll melden");
    for text in [
        "Umweltamt der Stadt Probe",
        "Es kostet nichts.",
        "Es gibt keine Frist.",
        "<strong>Probengesetz</strong>",
        "1 Jahr nach Erledigung",
        "30 Tage",
    ] {
        assert!(start.has(text), "{text}");
    }
    assert!(browser.cookie.is_none(), "reading needs no cookie");

    let first = browser.open("/melden/stelle").await;
    assert_eq!(first.title(), "Wo liegt der Müll? – Müll melden – Bürgerportal Probe");
    assert!(!first.has("Was für ein Stoff"));

    let empty = browser.on(&[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.title().starts_with("Fehler: "));
    assert_eq!(empty.errors().len(), 2);
    assert!(empty.has("href=\"/melden\">Zurück"));

    // The new question comes before the next page, without an error.
    let again = browser.on(&[("ort", " Am Wald\u{a0}"), ("gefaehrlich", "ja")]).await;
    assert_eq!(again.address, "/melden/stelle");
    assert_eq!(again.errors(), Vec::<String>::new());
    assert_eq!(again.value("stoff").as_deref(), Some(""));
    assert_eq!(again.value("gefaehrlich").as_deref(), Some("ja"));

    let second = browser.on(&[("stoff", "Altöl")]).await;
    assert_eq!(second.address, "/melden/kontakt");
    // The only question of a page is its heading.
    assert!(second.has("<h1><label for=\"f-email\">Wie lautet Ihre E-Mail-Adresse? <span class=\"optional\">(freiwillig)</span></label></h1>"));
    assert!(second.has("href=\"/melden/stelle\">Zurück"));

    let check = browser.on(&[("email", "mia@probe.example")]).await;
    assert_eq!(check.address, "/melden/pruefen");
    let rows = check.rows();
    assert_eq!(rows["Beschreiben Sie den Ort"], "Am Wald");
    assert_eq!(rows["Ist der Müll gefährlich?"], "Ja");
    assert_eq!(rows["Geht an"], "Umweltamt der Stadt Probe");
    assert!(check.has("Meldung absenden"));
    assert!(check.has("href=\"/melden/stelle?pruefen#f-ort\""));

    let before = browser.page.clone();
    let done = browser.on(&[]).await.clone();
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.address.starts_with("/s/"), "{}", done.address);
    assert!(done.has("Wir sehen uns <strong>Am Wald</strong> an."));
    assert!(done.has("Eine Bestätigung geht an die E-Mail-Adresse"));

    // Pressed twice, loaded again, gone back: the same submission.
    browser.page = before;
    let twice = browser.on(&[]).await;
    assert_eq!(twice.address, done.address);
    let outbox = site.store.outbox(None, 10).await.unwrap();
    assert_eq!(outbox.len(), 2);

    // Nobody else sees it, and an unknown one looks the same.
    let mut stranger = site.browser();
    let hidden = stranger.open(&done.address).await.clone();
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let unknown = stranger.open("/s/00000-00000-0").await;
    assert_eq!(
        unknown.text.replace("00000-00000-0", ""),
        hidden.text.replace(done.address.trim_start_matches("/s/"), "")
    );
}

#[tokio::test]
async fn nobody_gets_past_an_open_page() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    assert_eq!(browser.open("/melden/pruefen").await.address, "/melden/stelle");
    assert_eq!(browser.open("/melden/kontakt").await.address, "/melden/stelle");
    assert_eq!(browser.open("/melden/nirgends").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.open("/melden/stelle/1").await.status, StatusCode::NOT_FOUND);
    // Posting there does not help either.
    browser.open("/melden/stelle").await;
    let token = browser.page.value("_token").unwrap();
    let skipped = browser.post("/melden/kontakt", &[("_token", &token), ("email", "a@probe.example")]).await;
    assert_eq!(skipped.address, "/melden/stelle");
    let sent = browser.post("/melden/pruefen", &[("_token", &token)]).await;
    assert_eq!(sent.address, "/melden/stelle");
}

#[tokio::test]
async fn right_answers_are_kept_when_others_are_wrong() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    let long = "x".repeat(61);
    let wrong = browser.on(&[("ort", &long), ("gefaehrlich", "nein")]).await;
    assert_eq!(wrong.errors(), ["Die Antwort bei „Beschreiben Sie den Ort“ darf höchstens 60 Zeichen lang sein."]);
    assert_eq!(wrong.value("ort").as_deref(), Some(long.as_str()));
    assert!(wrong.has("aria-describedby=\"f-ort-hint f-ort-error\" aria-invalid=\"true\""));
    let fresh = browser.open("/melden/stelle").await;
    assert_eq!(fresh.value("gefaehrlich").as_deref(), Some("nein"));
    assert_eq!(fresh.value("ort").as_deref(), Some(""));
}

#[tokio::test]
async fn a_change_from_the_check_page_comes_back_to_it() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    report(&mut browser).await;
    let change = browser.open("/melden/stelle?pruefen").await;
    assert!(change.has("href=\"/melden/pruefen\">Zurück"));
    // A question that opens is asked first.
    let opened = browser.on(&[("gefaehrlich", "ja")]).await;
    assert_eq!(opened.address, "/melden/stelle");
    assert_eq!(browser.on(&[("stoff", "Lack")]).await.address, "/melden/pruefen");
    // What is no longer asked is not shown, and comes back with its answer.
    browser.open("/melden/stelle?pruefen").await;
    assert!(!browser.on(&[("gefaehrlich", "nein")]).await.rows().contains_key("Was für ein Stoff ist es?"));
    browser.open("/melden/stelle?pruefen").await;
    assert_eq!(browser.on(&[("gefaehrlich", "ja")]).await.rows()["Was für ein Stoff ist es?"], "Lack");
}

/// Fills in the report up to the check page.
pub async fn report(browser: &mut super::site::Browser) {
    browser.open("/melden/stelle").await;
    browser.on(&[("ort", "Am Wald"), ("gefaehrlich", "nein")]).await;
    browser.on(&[("email", "")]).await;
    assert_eq!(browser.page.address, "/melden/pruefen", "{}", browser.page.text);
}

#[tokio::test]
async fn another_window_does_not_overwrite_in_silence() {
    let site = Site::new(&town()).await;
    let mut one = site.browser();
    one.open("/melden/stelle").await;
    one.on(&[("ort", "Am Wald"), ("gefaehrlich", "nein")]).await;
    one.open("/melden/stelle").await;
    let mut two = site.browser();
    two.cookie.clone_from(&one.cookie);
    two.open("/melden/stelle").await;
    two.on(&[("ort", "Am See")]).await;

    let late = one.on(&[("ort", "Am Berg")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("Sie haben an anderer Stelle weitergemacht"));
    assert_eq!(late.value("ort").as_deref(), Some("Am Berg"));
    // Pressed once more, it counts.
    assert_eq!(one.on(&[]).await.address, "/melden/kontakt");
    assert_eq!(one.open("/melden/stelle").await.value("ort").as_deref(), Some("Am Berg"));

    // What is sent is what was shown.
    report(&mut one).await;
    two.open("/melden/stelle").await;
    two.on(&[("ort", "Am Meer")]).await;
    let changed = one.on(&[]).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    assert_eq!(changed.rows()["Beschreiben Sie den Ort"], "Am Meer");
    assert!(one.on(&[]).await.address.starts_with("/s/"));
}

#[tokio::test]
async fn a_draft_is_kept_for_thirty_days_and_can_be_begun_anew() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    browser.on(&[("ort", "Am Wald"), ("gefaehrlich", "nein")]).await;
    let start = browser.open("/melden").await;
    assert!(start.has("bis zum 31. März 2027"), "{}", start.text);
    assert!(start.has("Weiter ausfüllen"));
    site.watch.set("2027-03-31T08:59:00Z");
    assert_eq!(browser.open("/melden/stelle").await.value("ort").as_deref(), Some("Am Wald"));
    site.watch.set("2027-03-31T09:01:00Z");
    assert_eq!(browser.open("/melden/stelle").await.value("ort").as_deref(), Some(""));

    site.watch.set("2027-03-02T09:00:00Z");
    browser.open("/melden").await;
    assert!(browser.press("anew", &[]).await.has("Meldung beginnen"));
    assert_eq!(browser.open("/melden/stelle").await.value("ort").as_deref(), Some(""));
}

#[tokio::test]
async fn a_draft_follows_the_newest_text_or_asks() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    browser.on(&[("ort", "Am Wald"), ("gefaehrlich", "ja")]).await;
    browser.on(&[("stoff", "Öl")]).await;

    // Another word: the draft follows.
    let reworded = forms::REPORT.1.replace("Beschreiben Sie den Ort", "Wo genau?");
    replace(&site, &reworded);
    assert!(browser.open("/melden/stelle").await.has("Wo genau?"));

    // A question less: the answers do not fit any more.
    let without = reworded
        .replace("  Frage stoff \"Was für ein Stoff ist es?\"\n    Art: Text\n    nur wenn: gefährlich = Ja\n", "");
    replace(&site, &without);
    let changed = browser.open("/melden/stelle").await;
    assert_eq!(changed.heading(), "Dieser Vordruck hat sich geändert");
    let kept = browser.press("keep", &[]).await;
    assert_eq!(kept.address, "/melden/kontakt");
    assert!(browser.open("/melden/stelle").await.has("Was für ein Stoff"));

    let newest = without.replace("Wo genau?", "Wo denn?");
    replace(&site, &newest);
    assert_eq!(browser.open("/melden/stelle").await.heading(), "Dieser Vordruck hat sich geändert");
    let followed = browser.press("follow", &[]).await;
    assert_eq!(followed.address, "/melden/kontakt");
    let page = browser.open("/melden/stelle").await;
    assert!(page.has("Wo denn?") && !page.has("Stoff"));
    assert_eq!(page.value("ort").as_deref(), Some("Am Wald"));
}

#[tokio::test]
async fn a_text_with_an_error_says_which_version_is_seen() {
    let site = Site::new(&town()).await;
    let path = "stadt/probe/melden".to_owned();
    for (kept, expected) in
        [(false, "Sie sehen Fassung 1."), (true, "Sie sehen Fassung 1, wie sie zuletzt ohne Fehler war.")]
    {
        let mut shelf = super::site::shelf(&town());
        shelf.broken.insert("melden".to_owned(), "melden.amt:7:3: AW0000".to_owned());
        if kept {
            shelf.kept.insert((path.clone(), 1));
        }
        site.library.replace(shelf);
        let page = site.browser().open("/melden").await.clone();
        let said = super::site::plain(&page.text);
        assert!(said.contains(&format!("Der Text dieses Verfahrens hat einen Fehler. {expected}")), "{said}");
    }
}

fn replace(site: &Site, report: &str) {
    let mut files = town();
    for file in &mut files {
        if file.0 == forms::REPORT.0 {
            file.1 = Box::leak(report.to_owned().into_boxed_str());
        }
    }
    site.library.replace(super::site::shelf(&files));
}
