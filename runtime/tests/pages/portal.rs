//! The portal, its languages, and its pages about itself.

use axum::http::StatusCode;

use super::forms::{REPORT, TOPIC, town};
use super::site::Site;

#[tokio::test]
async fn tiles_lead_to_categories_and_procedures() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let home = browser.open("/").await;
    assert_eq!(home.heading(), "Bürgerportal Probe");
    assert!(home.has("href=\"/k/abfall\">Abfall und Umwelt"));
    assert!(home.has("Das ist eine Probe."));
    let category = browser.open("/k/abfall").await;
    assert!(category.has("href=\"/melden\">Müll melden") && category.has("href=\"/thema\">Müll trennen"));
    assert!(!category.has("Hunde anmelden"));
    assert_eq!(browser.open("/k/nichts").await.status, StatusCode::NOT_FOUND);
    let all = browser.open("/-/a-z").await;
    assert!(all.text.find("Hunde anmelden").unwrap() < all.text.find("Müll melden").unwrap());
    assert!(browser.cookie.is_none());
}

#[tokio::test]
async fn every_link_of_every_page_leads_somewhere() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let (mut open, mut seen) = (vec!["/".to_owned(), "/en".to_owned()], std::collections::BTreeSet::new());
    let mut titles = std::collections::BTreeMap::new();
    while let Some(address) = open.pop() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let page = browser.open(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        for link in page.text.split("href=\"").skip(1) {
            let link = link.split(['"', '#']).next().unwrap();
            if link.starts_with('/') {
                open.push(link.to_owned());
            }
        }
        if page.headers["content-type"].to_str().unwrap().starts_with("text/html") && page.address == address {
            assert_eq!(page.text.matches("<h1").count(), 1, "{address}");
            let lang = if address.starts_with("/en") { "en" } else { "de" };
            assert!(page.has(&format!("<html lang=\"{lang}\">")), "{address}");
            if let Some(other) = titles.insert((lang, page.title()), address.clone()) {
                panic!("{address} and {other} have the same title");
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

#[tokio::test]
async fn english_pages_mark_what_is_german() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let page = browser.open("/en/melden/stelle?pruefen").await;
    assert!(page.has("<a href=\"/melden/stelle?pruefen\" lang=\"de\" hreflang=\"de\">Deutsch</a>"));
    assert!(page.has("<span lang=\"de\">Beschreiben Sie den Ort</span>"));
    assert!(page.has(">Continue</button>"));
    assert_eq!(page.headers["content-language"], "en");
    let wrong = browser.on(&[]).await;
    assert!(wrong.title().starts_with("Error: "));
    assert!(wrong.has("There is a problem"));
    // The language changes, the answers stay.
    browser.on(&[("ort", "Am Wald"), ("gefaehrlich", "nein")]).await;
    assert_eq!(browser.page.address, "/en/melden/kontakt");
    assert_eq!(browser.open("/melden/stelle").await.value("ort").as_deref(), Some("Am Wald"));
}

#[tokio::test]
async fn a_topic_is_one_page() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let topic = browser.open("/thema").await;
    assert!(topic.has("<h2 id=\"papier\">Papier</h2><p>Papier gehört in die blaue Tonne.</p><ul><li>Zeitungen</li><li>Kartons</li></ul>"), "{}", topic.text);
    assert_eq!(browser.open("/thema/papier").await.address, "/thema");
    assert_eq!(browser.open("/thema/pruefen").await.address, "/thema");
}

#[tokio::test]
async fn a_host_names_its_portal() {
    let other = (
        "stadt/kiel/kiel.amt",
        "Sprache: Deutsch\nPortal kiel \"Portal Andere\"\n  Gebiet: Kiel\n  Netzadresse: andere.example\nKacheln\n  - abfall \"Abfall\"\n\nAngebot\n  - stadt/probe/melden\n",
    );
    let mut files = town();
    files.push(other);
    let author = Site::new(&files).await;
    let service = Site::service(&files, "https://www.probe.example").await;
    for (site, host, heading) in [
        (&author, "andere.example:8080", "Portal Andere"),
        (&author, "probe.localhost:8080", "Bürgerportal Probe"),
        (&author, "192.168.1.7", "Bürgerportal Probe"),
        (&service, "andere.example", "Portal Andere"),
        (&service, "WWW.PROBE.EXAMPLE", "Bürgerportal Probe"),
        (&service, "evil.example", "Unter dieser Adresse gibt es kein Portal"),
    ] {
        let mut browser = site.browser();
        let request =
            axum::http::Request::builder().uri("/").header("host", host).body(axum::body::Body::empty()).unwrap();
        let response = browser.send(request).await;
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.contains(heading), "{host}: {text}");
    }
}

#[tokio::test]
async fn authors_see_what_no_portal_offers() {
    let quiet = super::forms::FILES;
    let mut files = town();
    files.push(quiet);
    let site = Site::new(&files).await;
    let mut browser = site.browser();
    assert!(browser.open("/").await.has("href=\"/dateien\""));
    assert_eq!(browser.open("/dateien").await.status, StatusCode::OK);
    let service = Site::service(&files, "http://localhost:8080").await;
    assert_eq!(service.browser().open("/dateien").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_portal_file_everything_is_offered() {
    let site = Site::new(&[super::forms::OFFICES, REPORT, TOPIC]).await;
    let mut browser = site.browser();
    assert!(browser.open("/").await.has("href=\"/melden\""));
}

#[tokio::test]
async fn nothing_is_offered_that_reaches_nobody() {
    // The only addresses are .example ones, and there is no mail server.
    let site = Site::service(&town(), "http://localhost:8080").await;
    let mut browser = site.browser();
    assert!(!browser.open("/k/abfall").await.has("href=\"/melden\""));
    let page = browser.open("/melden").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(page.heading(), "Im Moment nicht online");
}
