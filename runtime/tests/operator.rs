//! The operator's pages: who gets in, what they show, what they change.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(dead_code, reason = "the other sides that `support` plays are for the tests of deliveries")]

mod support;

use std::net::Ipv4Addr;
use std::sync::Arc;

use amtsweg::deliver::{Channels, Destination};
use amtsweg::operator::{Hosts, Operator, router};
use amtsweg::store::{Attempt, Store};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use support::House;
use tower::ServiceExt;

struct Pages {
    house: House,
    operator: Arc<Operator>,
}

impl Pages {
    async fn new() -> Self {
        let house = House::new(Channels::author()).await;
        let operator = Arc::new(Operator {
            context: house.context.clone(),
            facts: vec![("mail.host".to_owned(), "mail.stadt.de".to_owned())],
            notes: vec!["x is not offered".to_owned()],
            hosts: Hosts::of(Ipv4Addr::LOCALHOST.into()),
        });
        Self { house, operator }
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = router(self.operator.clone()).oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        self.ask(Request::get(path).header("host", "localhost:8081").body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, headers: &[(&str, &str)]) -> StatusCode {
        let mut request = Request::post(path).header("host", "localhost:8081");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap()).await.0
    }
}

#[tokio::test]
async fn they_answer_under_names_of_this_machine_only() {
    let pages = Pages::new().await;
    for (host, expected) in [
        (Some("localhost"), StatusCode::OK),
        (Some("127.0.0.1:8081"), StatusCode::OK),
        (Some("[::1]:8081"), StatusCode::OK),
        (Some("evil.example"), StatusCode::MISDIRECTED_REQUEST),
        (Some("localhost.evil.example"), StatusCode::MISDIRECTED_REQUEST),
        (Some("localhost@evil.example"), StatusCode::MISDIRECTED_REQUEST),
        (None, StatusCode::MISDIRECTED_REQUEST),
    ] {
        let mut request = Request::get("/");
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let (status, _) = pages.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, expected, "{host:?}");
    }
}

#[tokio::test]
async fn a_parked_delivery_is_released_from_these_pages_only() {
    let pages = Pages::new().await;
    let to = Destination::Email { address: "amt@stadt.example".to_owned() };
    let reference = pages.house.submit(House::answers("x"), &to).await;
    let now = pages.house.context.clock.now();
    let row = pages.house.store.lease(now, now, 1).await.unwrap().remove(0);
    pages.house.store.finish(&row, Attempt::Parked { reason: "550 <x>".into() }, now).await.unwrap();

    let (_, list) = pages.get("/").await;
    assert!(list.contains(&reference) && list.contains("550 &lt;x&gt;") && list.contains("x is not offered"), "{list}");
    assert!(pages.get("/?state=delivered").await.1.contains("Hier ist nichts."));

    let path = format!("/outbox/{}/release", row.id);
    for foreign in [
        &[][..],
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://localhost:8081")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ] {
        assert_eq!(pages.post(&path, foreign).await, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    assert_eq!(pages.get(&path).await.0, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(pages.house.store.outbox_entry(row.id).await.unwrap().unwrap().state, "parked");

    let own = [("origin", "http://localhost:8081")];
    assert_eq!(pages.post(&path, &own).await, StatusCode::SEE_OTHER);
    assert_eq!(pages.house.store.outbox_entry(row.id).await.unwrap().unwrap().state, "pending");
    assert_eq!(pages.post(&path, &own).await, StatusCode::NOT_FOUND, "it no longer waits");
}

#[tokio::test]
async fn kept_messages_are_shown_as_text_as_data_and_as_html_without_scripts() {
    let mut pages = Pages::new().await;
    let to = Destination::Email { address: "amt@stadt.example".to_owned() };
    pages.house.submit(House::answers("<script>x</script>"), &to).await;
    pages.house.start();
    let id = pages.house.settled(&["kept"]).await[0].row.id;
    pages.house.stop().await;
    let (status, shown) = pages.get(&format!("/outbox/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(shown.contains("Bello") && shown.contains("Hund anmelden") && !shown.contains("<script"), "{shown}");
    let request = Request::get(format!("/outbox/{id}/html")).header("host", "localhost").body(Body::empty()).unwrap();
    let response = router(pages.operator.clone()).oneshot(request).await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
    assert_eq!(pages.get("/outbox/999").await.0, StatusCode::NOT_FOUND);
    assert_eq!(pages.get("/outbox/999/html").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn settings_and_health_are_there_in_both_languages() {
    let pages = Pages::new().await;
    assert!(pages.get("/settings").await.1.contains("mail.stadt.de"));
    assert_eq!(pages.get("/health").await, (StatusCode::OK, "{\"status\":\"ok\"}".to_owned()));
    assert!(pages.get("/diagnostics").await.1.contains("Zu den Texten gibt es nichts zu sagen."));
    let english = Request::get("/").header("host", "localhost").header("accept-language", "en-GB,de;q=0.5");
    let (_, page) = pages.ask(english.body(Body::empty()).unwrap()).await;
    assert!(page.contains("<html lang=\"en\">") && page.contains("Outbox"));
}
