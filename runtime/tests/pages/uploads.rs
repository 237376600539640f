//! Files: taken, listed, removed, kept when something else is wrong.

use axum::body::Body;
use axum::http::StatusCode;

use super::forms::{FILES, OFFICES};
use super::site::{Browser, Page, Site};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

async fn upload(browser: &mut Browser, button: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        body.extend_from_slice(format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for name in ["_token", "_state"] {
        part(format!("name=\"{name}\""), browser.page.value(name).unwrap().as_bytes());
    }
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, file, content) in files {
        part(format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream"), content);
    }
    part("name=\"_action\"".into(), button.as_bytes());
    body.extend_from_slice(b"--XX--\r\n");
    let request = browser
        .request("POST", "/dateien/unterlagen")
        .header("content-type", "multipart/form-data; boundary=XX")
        .body(Body::from(body))
        .unwrap();
    let response = browser.send(request).await;
    let status = response.status();
    if status == StatusCode::SEE_OTHER {
        let address = response.headers()["location"].to_str().unwrap().to_owned();
        browser.open(&address).await;
        browser.page.address = address;
    } else {
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        browser.page = Page { status, text: String::from_utf8(bytes.to_vec()).unwrap(), ..browser.page.clone() };
    }
    browser.page.clone()
}

#[tokio::test]
async fn what_may_follow_is_not_called_optional() {
    let [optional, follows] = [", freiwillig", ", nachreichbar 14 Tage"];
    for (marks, german, english) in [
        ("", None, None),
        (optional, Some("(freiwillig)"), Some("(optional)")),
        (follows, Some("(kann nachgereicht werden)"), Some("(can be sent later)")),
    ] {
        let text = FILES.1.replacen("höchstens 1 MB", &format!("höchstens 1 MB{marks}"), 1);
        let site = Site::new(&[OFFICES, (FILES.0, &text)]).await;
        for (address, mark) in [("/dateien/unterlagen", german), ("/en/dateien/unterlagen", english)] {
            let mut browser = site.browser();
            let page = browser.open(address).await;
            let label = page
                .text
                .split("Laden Sie den Lageplan hoch")
                .nth(1)
                .unwrap()
                .split("</label>")
                .next()
                .unwrap()
                .to_owned();
            let shown = label
                .split_once("<span class=\"optional\">")
                .map(|(_, rest)| rest.trim_end_matches("</span>").to_owned());
            assert_eq!(shown.as_deref(), mark, "{marks}: {label}");
        }
    }
}

#[tokio::test]
async fn a_file_stays_when_something_else_is_wrong() {
    let site = Site::new(&[OFFICES, FILES]).await;
    let mut browser = site.browser();
    let page = browser.open("/dateien/unterlagen").await;
    assert!(page.has("enctype=\"multipart/form-data\""));
    assert!(page.has("PDF oder JPEG, höchstens 1 MB"));
    assert!(page.has("accept=\"application/pdf,image/jpeg\""));

    let wrong = upload(&mut browser, "", &[("titel", "")], &[("plan", "plan.pdf", PDF)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.errors().len(), 1, "{:?}", wrong.errors());
    assert!(wrong.has("Entfernen: plan.pdf"));
    // "Weiter" without choosing it again.
    let check = upload(&mut browser, "", &[("titel", "Garten")], &[]).await;
    assert_eq!(check.address, "/dateien/pruefen");
    assert_eq!(check.rows()["Laden Sie den Lageplan hoch"], "plan.pdf");
    assert_eq!(check.rows()["Laden Sie Fotos hoch"], "Nicht angegeben");
    assert!(browser.on(&[]).await.address.starts_with("/s/"));
}

#[tokio::test]
async fn files_that_do_not_fit_are_named() {
    let site = Site::new(&[OFFICES, FILES]).await;
    let mut browser = site.browser();
    let large = [PDF, &vec![b' '; 1_000_001]].concat();
    for (name, content, message) in [
        ("plan.pdf", &b""[..], "leer"),
        ("plan.pdf", b"MZ\x90\0 not a pdf", "PDF"),
        ("plan.exe", PDF, "PDF"),
        ("plan.pdf", &large, "1 MB"),
    ] {
        browser.open("/dateien/unterlagen").await;
        let page = upload(&mut browser, "upload:plan", &[("titel", "Garten")], &[("plan", name, content)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(page.errors().len(), 1, "{:?}", page.errors());
        assert!(page.errors()[0].contains(message), "{name}: {:?}", page.errors());
        assert_eq!(page.value("titel").as_deref(), Some("Garten"));
        assert!(!page.has("Entfernen:"));
    }
}

#[tokio::test]
async fn several_files_come_one_after_the_other() {
    let site = Site::new(&[OFFICES, FILES]).await;
    let mut browser = site.browser();
    browser.open("/dateien/unterlagen").await;
    let one = upload(&mut browser, "upload:fotos", &[("titel", "")], &[("fotos", "a.png", PNG)]).await;
    assert_eq!(one.address, "/dateien/unterlagen#f-fotos");
    assert_eq!(one.errors(), Vec::<String>::new());
    let two = upload(&mut browser, "upload:fotos", &[("titel", "")], &[("fotos", "../b.png", PNG)]).await;
    assert!(two.has("Entfernen: a.png") && two.has("Entfernen: b.png"));
    assert!(!two.has("name=\"fotos\""), "two are the most");
    let id = two.between("value=\"drop:fotos:", "\"").unwrap();
    let left = upload(&mut browser, &format!("drop:fotos:{id}"), &[("titel", "")], &[]).await;
    assert!(!left.has("Entfernen: a.png") && left.has("Entfernen: b.png"));
    assert_eq!(std::fs::read_dir(site.folder.path().join("uploads")).unwrap().count(), 1);
}

#[tokio::test]
async fn a_broken_body_is_a_page_of_its_own() {
    let site = Site::new(&[OFFICES, FILES]).await;
    let mut browser = site.browser();
    for body in
        ["", "--XX\r\n", "--XX\r\nContent-Disposition: form-data; name=\"plan\"; filename=\"a.pdf\"\r\n\r\n%PDF"]
    {
        let request = browser
            .request("POST", "/dateien/unterlagen")
            .header("content-type", "multipart/form-data; boundary=XX")
            .body(Body::from(body))
            .unwrap();
        let status = browser.send(request).await.status();
        assert!(status.is_client_error(), "{body}: {status}");
    }
}
