//! Every widget in every state, as it stands in the page.

use super::forms::{ADDRESS, COLOURS, KINDS, OFFICES};
use super::site::{Page, Site};

/// The main part, one tag a line, without what changes with every run.
fn main_part(page: &Page) -> String {
    let main = page.between("<main", "</main>").unwrap();
    let mut lines = Vec::new();
    for line in main.replace('<', "\n<").lines() {
        let changing = line.contains("name=\"_token\"") || line.contains("name=\"_state\"");
        // The list of all states is the region's and not the page's.
        let country = line.starts_with("<option") && line.contains("value=\"") && line.len() < 90 && is_country(line);
        if !changing && !country {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}

fn is_country(line: &str) -> bool {
    let value = line.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    value.len() == 2 && value.bytes().all(|b| b.is_ascii_uppercase()) && value != "DE"
}

#[tokio::test]
async fn fresh_wrong_and_empty() {
    let site = Site::new(&[OFFICES, COLOURS, ADDRESS, KINDS]).await;
    let mut browser = site.browser();
    insta::assert_snapshot!("fresh", main_part(browser.open("/arten/alles").await));
    insta::assert_snapshot!("empty", main_part(browser.on(&[]).await));
    let wrong: Vec<(&str, &str)> = vec![
        ("text", "a\u{7}b"),
        ("lang", ""),
        ("ziffern", "12a"),
        ("ganz", "1,5"),
        ("dezimal", "7,25"),
        ("betrag", "viel"),
        ("datum.day", "31"),
        ("datum.month", "Februar"),
        ("datum.year", "2024"),
        ("geboren.day", "3"),
        ("geboren.month", ""),
        ("geboren.year", "80"),
        ("monat", "13/2027"),
        ("uhrzeit", "25:00"),
        ("janein", "vielleicht"),
        ("auswahl", "d"),
        ("farbe", "grau"),
        ("email", "mia@"),
        ("telefon", "abc"),
        ("plz", "123"),
        ("gemeinde", "Neukirchen"),
        ("staat", "XX"),
        ("vorname", "M1a"),
        ("familienname", "<b>"),
        ("iban", "DE00 1234"),
        ("steuer", "12345678901"),
        ("kennzeichen", "?"),
        ("vieles", "x"),
    ];
    let page = browser.on(&wrong).await;
    insta::assert_snapshot!("wrong", main_part(page));
    for (name, value) in &wrong {
        if !["gemeinde", "janein", "auswahl", "vieles"].contains(name) {
            assert_eq!(page.value(name).unwrap().replace("\u{FFFD}", "\u{7}"), *value, "{name}");
        }
    }
    // Places to choose from; what was typed is still there.
    assert!(page.has("type=\"radio\" id=\"f-gemeinde\""));
    assert_eq!(page.value("gemeinde._other").as_deref(), Some("Neukirchen"));
}

#[tokio::test]
async fn the_summary_says_what_the_questions_say() {
    let site = Site::new(&[OFFICES, COLOURS, ADDRESS, KINDS]).await;
    let mut browser = site.browser();
    for language in ["", "/en"] {
        browser.open(&format!("{language}/arten/alles")).await;
        let page = browser.on(&[]).await;
        let inline: Vec<String> = page
            .text
            .split("-error\"><span class=\"hidden\">")
            .skip(1)
            .map(|part| super::site::plain(part.split("</span>").nth(1).unwrap().split("</p>").next().unwrap()))
            .collect();
        assert_eq!(page.errors(), inline);
        assert_eq!(inline.len(), 30, "every kind has a message");
        for target in page.text.split("<li><a href=\"#").skip(1) {
            let id = target.split('"').next().unwrap();
            assert!(page.has(&format!("id=\"{id}\"")), "{id}");
        }
        for banned in ["ungültig", "fehlerhaft", "itte ", "leider", "Pflichtfeld", "unzulässig"] {
            assert!(!page.has(banned), "{banned}");
        }
    }
}

#[tokio::test]
async fn a_place_is_found_by_name_or_postcode() {
    let site = Site::new(&[OFFICES, COLOURS, ADDRESS, KINDS]).await;
    let mut browser = site.browser();
    browser.open("/arten/alles").await;
    let page = browser.on(&[("gemeinde", "22846")]).await;
    assert_eq!(page.value("gemeinde").as_deref(), Some("22846"));
    assert_eq!(browser.open("/arten/alles").await.value("gemeinde").as_deref(), Some("Norderstedt"));
    let page = browser.on(&[("gemeinde", "Neukirchen")]).await;
    let key = page.between("id=\"f-gemeinde\" name=\"gemeinde\" value=\"", "\"").unwrap();
    browser.on(&[("gemeinde", &key)]).await;
    let kept = browser.open("/arten/alles").await.value("gemeinde").unwrap();
    assert!(kept.starts_with("Neukirchen") || kept == key, "{kept}");
    // Another place than those that were offered.
    browser.on(&[("gemeinde", "Neukirchen")]).await;
    browser.on(&[("gemeinde._other", "Kiel")]).await;
    assert_eq!(browser.open("/arten/alles").await.value("gemeinde").as_deref(), Some("Kiel"));
}
