//! Ten thousand hostile inputs for each kind: always a page, never a broken one, answers kept.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::forms::{ADDRESS, COLOURS, KINDS, OFFICES};
use super::site::Site;

/// How many inputs each kind gets; `TEST_HOSTILE` sets another number.
fn cases() -> u32 {
    std::env::var("TEST_HOSTILE").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000)
}

/// What has broken forms before.
const NASTY: &[&str] = &[
    "",
    " ",
    "\u{0}",
    "\u{200B}\u{200D}",
    "\u{202E}abc",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "{{7*7}}",
    "${7*7}",
    "{ort}",
    "=cmd|' /C calc'!A0",
    "%00%0a",
    "\r\nSet-Cookie: a=b",
    "🏳️‍🌈🇩🇪",
    "ﷺ",
    "Ω̸̢̛̗",
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "٣",
    "0x41",
    "99999999999999999999999999999999",
    "-1",
    "1,5,5",
    "1.000.000,00",
    "31.02.2024",
    "29.02.2023",
    "00.00.0000",
    "2024-13-45",
    "10000-01-01",
    "DE89370400440532013000",
    "mia@probe.example",
    "a@b",
    "\u{1}@\u{2}.de",
    "010600063063",
    "22846",
    "Neukirchen",
    "ß",
    "ẞ",
    "İ",
    "\u{FEFF}",
    "null",
    "true",
    "[]",
    "{}",
    "../../etc/passwd",
    "\\\\server\\share",
    "\u{D7FF}\u{E000}\u{10FFFF}",
    "a\u{0301}\u{0301}\u{0301}",
    "&amp;",
    "]]>",
    "-->",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        24 => prop::sample::select(NASTY).prop_map(str::to_owned),
        18 => any::<String>(),
        12 => "[0-9 .,/-]{0,24}",
        1 => ".{200,4000}",
        1 => (prop::sample::select(NASTY), 1..2_000usize).prop_map(|(piece, count)| piece.repeat(count.min(20_000 / piece.len().max(1)))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_typed_breaks_a_page() {
    let site = Site::new(&[OFFICES, COLOURS, ADDRESS, KINDS]).await;
    let mut browser = site.browser();
    let page = browser.open("/arten/alles").await;
    let token = page.value("_token").unwrap();
    let singles = [
        "text",
        "lang",
        "ziffern",
        "ganz",
        "dezimal",
        "betrag",
        "datum.day",
        "datum.month",
        "datum.year",
        "geboren.day",
        "geboren.month",
        "geboren.year",
        "monat",
        "uhrzeit",
        "janein",
        "auswahl",
        "vieles",
        "farbe",
        "email",
        "telefon",
        "plz",
        "gemeinde",
        "gemeinde._other",
        "gemeinde._typed",
        "staat",
        "vorname",
        "familienname",
        "name",
        "organisation",
        "strasse",
        "hausnummer",
        "ort",
        "iban",
        "steuer",
        "kennzeichen",
        "erklaerung",
    ];
    // The same seed every time: what fails today fails tomorrow.
    let mut runner = TestRunner::deterministic();
    for _ in 0..cases() {
        let values: Vec<String> = singles.iter().map(|_| text().new_tree(&mut runner).unwrap().current()).collect();
        let state = browser.page.value("_state").unwrap_or_default();
        let mut fields = vec![("_token", token.as_str()), ("_state", state.as_str())];
        let mut size = 0;
        for (name, value) in singles.iter().zip(&values) {
            size += value.len();
            if size < 200_000 {
                fields.push((name, value));
            }
        }
        let page = browser.post("/arten/alles", &fields).await;
        assert!(!page.status.is_server_error(), "{fields:?}");
        assert_eq!(page.status, 422, "{fields:?}");
        assert!(page.text.ends_with("</html>"));
        assert!(!page.has("<script>alert") && !page.has("<img"), "unescaped: {fields:?}");
        let shown: BTreeMap<String, String> = page.form_fields().into_iter().rev().collect();
        for (name, value) in fields.iter().filter(|(name, _)| !["_token", "_state"].contains(name)) {
            kept(&shown, name, value);
        }
    }
}

/// What was typed stands in the page again.
fn kept(shown: &BTreeMap<String, String>, name: &str, value: &str) {
    let chosen = ["janein", "auswahl", "vieles", "erklaerung", "gemeinde", "gemeinde._other", "gemeinde._typed"];
    if chosen.contains(&name) {
        return;
    }
    let shown = shown.get(name).unwrap_or_else(|| panic!("{name} is not on the page"));
    // What HTML has no place for is replaced by a sign that stands for it.
    let same = shown.chars().count() == value.chars().count()
        && shown.chars().zip(value.chars()).all(|(shown, typed)| shown == typed || shown == '\u{FFFD}');
    assert!(same, "{name}: {shown:?} is not {value:?}");
}

#[tokio::test]
async fn field_names_break_nothing_either() {
    let site = Site::new(&[OFFICES, COLOURS, ADDRESS, KINDS]).await;
    let mut browser = site.browser();
    let token = browser.open("/arten/alles").await.value("_token").unwrap();
    let mut runner = TestRunner::deterministic();
    let names = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "_action", "_token", "_state", "_submit", "text.0", "text.x.y", "0", ".", "..", "text."
        ])
        .prop_map(str::to_owned),
    ];
    let actions = prop_oneof![
        Just("add:".to_owned()),
        Just("remove:text.0".to_owned()),
        Just("removed:text.99999999999999999999".to_owned()),
        Just("drop:text:".to_owned()),
        Just("upload:nichts".to_owned()),
        any::<String>(),
    ];
    for _ in 0..cases().min(2_000) {
        let name = names.new_tree(&mut runner).unwrap().current();
        let value = text().new_tree(&mut runner).unwrap().current();
        let action = actions.new_tree(&mut runner).unwrap().current();
        let fields = [("_token", token.as_str()), (&name, &value), ("_action", &action)];
        let page = browser.post("/arten/alles", &fields).await;
        assert!(!page.status.is_server_error(), "{fields:?}");
    }
}

#[tokio::test]
async fn addresses_break_nothing() {
    let site = Site::new(&[OFFICES, COLOURS, ADDRESS, KINDS]).await;
    let mut browser = site.browser();
    for address in [
        "/arten/alles/0",
        "/arten/alles/99999999999999999999",
        "/arten/alles/-1",
        "/arten/%00",
        "/%F0%9F%98%80",
        "/arten//alles",
        "/en/en",
        "/en//",
        "/k/%2e%2e",
        "/s/%00",
        "/-/..%2f..%2fCargo.toml",
        "/arten/alles?entfernen=text.0",
        "/arten/alles?entfernen=%00",
        "/arten/alles?entfernen",
        "/arten/alles/1/text/2",
        "/api/v1/procedures/%00/schema",
        "/%ff",
        "/arten/alles?%ff=%ff",
    ] {
        let page = browser.open(address).await;
        assert!(page.status.is_success() || page.status.is_client_error(), "{address}: {}", page.status);
    }
}
