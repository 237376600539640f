//! Lists of entries, and groups that are repeated on a page.

use super::forms::town;
use super::site::{Browser, Site};

async fn holder(browser: &mut Browser) {
    browser.open("/hunde/halter").await;
    browser.on(&[("wohnung.strasse", "Rathausallee"), ("wohnung.hausnummer", "50"), ("wohnung.plz", "22846")]).await;
}

async fn dog(browser: &mut Browser, entry: usize, name: &str) {
    let field = |key: &str| format!("tiere.{entry}.{key}");
    let (rufname, day, month, year, gefaehrlich) =
        (field("rufname"), field("seit.day"), field("seit.month"), field("seit.year"), field("gefaehrlich"));
    browser.on(&[(&rufname, name), (&day, "3"), (&month, "märz"), (&year, "2024"), (&gefaehrlich, "nein")]).await;
}

#[tokio::test]
async fn entries_are_added_changed_and_removed() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    holder(&mut browser).await;
    // The municipality followed from the postcode; the first entry is asked at once.
    assert_eq!(browser.page.address, "/hunde/tiere/1");
    assert_eq!(browser.page.heading(), "Hund 1");
    assert_eq!(browser.page.title(), "Ihre Hunde: Hund 1 – Hunde anmelden – Bürgerportal Probe");
    dog(&mut browser, 0, "Bello").await;
    assert_eq!(browser.page.address, "/hunde/tiere");
    assert_eq!(browser.page.rows()["Hund 1"], "Bello");

    browser.press("add", &[]).await;
    assert_eq!(browser.page.address, "/hunde/tiere/2");
    let wrong = browser
        .on(&[
            ("tiere.1.rufname", "Fiffi"),
            ("tiere.1.seit.day", "31"),
            ("tiere.1.seit.month", "2"),
            ("tiere.1.seit.year", "2024"),
        ])
        .await;
    assert_eq!(wrong.errors().len(), 2, "{:?}", wrong.errors());
    assert!(wrong.has("href=\"#f-tiere.1.seit.day\""));
    assert_eq!(wrong.value("tiere.1.seit.month").as_deref(), Some("2"));
    dog(&mut browser, 1, "Fiffi").await;
    browser.press("add", &[]).await;
    dog(&mut browser, 2, "Rex").await;
    assert!(!browser.page.has("value=\"add\""), "three are the most");
    assert_eq!(browser.open("/hunde/tiere/4").await.status, 404);

    let sure = browser.open("/hunde/tiere/2?entfernen").await;
    assert_eq!(sure.heading(), "„Hund 2“ entfernen?");
    assert!(sure.has("href=\"/hunde/tiere\">Nein, behalten"));
    let fewer = browser.press("removed:tiere.1", &[]).await;
    assert_eq!(fewer.address, "/hunde/tiere#liste");
    assert_eq!(fewer.rows()["Hund 2"], "Rex");
    assert!(!fewer.rows().contains_key("Hund 3"));

    let next = browser.on(&[]).await;
    assert_eq!(next.address, "/hunde/schluss/erhalten");
    assert!(next.has("<legend><h1>Wann haben Sie diesen Brief bekommen?</h1></legend>"));
    browser.on(&[("erhalten.day", "1"), ("erhalten.month", "3"), ("erhalten.year", "2027")]).await;
    assert_eq!(browser.page.address, "/hunde/schluss/rabatt");
    assert!(browser.page.has("href=\"/hunde/schluss/erhalten\">Zurück"));
    browser.on(&[("rabatt", "ja")]).await;
    let missing = browser.on(&[]).await;
    assert_eq!(missing.errors().len(), 1);
    let check = browser.on(&[("wahr", "ja")]).await;
    assert_eq!(check.address, "/hunde/pruefen");
    assert_eq!(check.rows()["Hundesteuer"], "200,00 € je Jahr");
    assert_eq!(check.rows()["Wo wohnen Sie?: Gemeinde"], "Norderstedt");
    assert!(check.has("href=\"/hunde/tiere/2?pruefen#f-tiere.1.rufname\""));
    assert!(check.has("href=\"/hunde/schluss/rabatt?pruefen#f-rabatt\""));
    // Links of the same name lead a screen reader astray.
    assert!(check.has("Ändern<span class=\"hidden\"> Hund 2: Wie heißt der Hund?</span>"));
    assert!(browser.on(&[]).await.address.starts_with("/s/"));
}

#[tokio::test]
async fn the_last_entry_may_not_be_missing() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    holder(&mut browser).await;
    dog(&mut browser, 0, "Bello").await;
    browser.open("/hunde/tiere/1?entfernen").await;
    let none = browser.press("removed:tiere.0", &[]).await;
    assert_eq!(none.address, "/hunde/tiere/1");
    assert_eq!(browser.open("/hunde/schluss/rabatt").await.address, "/hunde/tiere/1");
}

#[tokio::test]
async fn a_group_on_a_page_is_repeated_without_a_script() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/hunde/halter").await;
    let address = [("wohnung.strasse", "Rathausallee"), ("wohnung.hausnummer", "50"), ("wohnung.plz", "abc")];
    // Nothing that was typed is lost, be it wrong.
    let added = browser.press("add:mithalter", &address).await;
    assert_eq!(added.errors(), Vec::<String>::new());
    assert_eq!(added.value("wohnung.plz").as_deref(), Some("abc"));
    assert_eq!(added.value("mithalter.0.vorname").as_deref(), Some(""));
    let right = [("wohnung.plz", "22846"), ("mithalter.0.vorname", "Mia"), ("mithalter.0.familienname", "Meyer")];
    let second = browser.press("add:mithalter", &right).await;
    assert_eq!(second.address, "/hunde/halter#f-mithalter.1.vorname");
    assert!(!second.has("value=\"add:mithalter\""));
    let sure = browser
        .press("remove:mithalter.0", &[("mithalter.1.vorname", "Ole"), ("mithalter.1.familienname", "Olsen")])
        .await;
    assert_eq!(sure.heading(), "„Person 1“ entfernen?");
    let one = browser.press("removed:mithalter.0", &[]).await;
    assert_eq!(one.value("mithalter.0.vorname").as_deref(), Some("Ole"));
    assert_eq!(one.value("mithalter.1.vorname"), None);
    assert_eq!(browser.on(&[]).await.address, "/hunde/tiere/1");
}

#[tokio::test]
async fn a_postcode_of_several_places_asks_which() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/hunde/halter").await;
    let address = [("wohnung.strasse", "Dorfstraße"), ("wohnung.hausnummer", "1"), ("wohnung.plz", "23795")];
    let which = browser.on(&address).await;
    assert_eq!(which.address, "/hunde/halter");
    assert_eq!(which.errors(), Vec::<String>::new());
    assert!(which.has("type=\"radio\" id=\"f-wohnung.gemeinde\""));
    assert!(which.has("Bad Segeberg"));
    let none = browser.on(&[]).await;
    assert_eq!(none.errors().len(), 1);
    // Another postcode, with one place.
    assert_eq!(browser.on(&[("wohnung.plz", "22846")]).await.address, "/hunde/tiere/1");
}

#[tokio::test]
async fn answers_may_lead_to_an_end_page() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/hunde/halter").await;
    browser.on(&[("wohnung.strasse", "Am Markt"), ("wohnung.hausnummer", "1"), ("wohnung.plz", "24103")]).await;
    dog(&mut browser, 0, "Bello").await;
    browser.on(&[]).await;
    browser.on(&[("erhalten.day", "1"), ("erhalten.month", "3"), ("erhalten.year", "2027")]).await;
    browser.on(&[("rabatt", "nein")]).await;
    let end = browser.on(&[("wahr", "ja")]).await;
    assert_eq!(end.address, "/hunde/pruefen");
    assert_eq!(end.heading(), "Dafür sind wir nicht zuständig");
    assert!(!end.has("<form"));
}
