//! Forged posts, headers, cookies, bodies that are too large, a store that is away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use amtsweg::store::*;
use async_trait::async_trait;
use axum::body::Body;
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use uuid::Uuid;

use super::forms::town;
use super::journey::report;
use super::site::{Site, encode};

#[tokio::test]
async fn every_answer_has_the_headers() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let styles = browser.open("/").await.between("rel=\"stylesheet\" href=\"", "\"").unwrap();
    for (method, address) in [
        ("GET", "/"),
        ("GET", "/nirgends"),
        ("GET", "/melden/stelle"),
        ("PUT", "/melden"),
        ("GET", "/api/v1/procedures"),
        ("GET", "/api/v1/nirgends"),
        ("POST", "/melden/stelle"),
        ("GET", styles.as_str()),
        ("TRACE", "/"),
    ] {
        let request = browser.request(method, address).body(Body::empty()).unwrap();
        let response = browser.send(request).await;
        let headers = response.headers();
        let policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";
        assert_eq!(headers["content-security-policy"], policy, "{method} {address}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert!(headers.contains_key("cache-control"), "{method} {address}");
        assert!(!response.status().is_server_error(), "{method} {address}");
        assert!(!headers.contains_key("server"));
    }
}

#[tokio::test]
async fn personal_pages_are_kept_by_no_cache() {
    let site = Site::service(&town(), "https://www.probe.example").await;
    let mut browser = site.browser();
    let page = browser.open("/").await;
    assert_eq!(page.headers["cache-control"], "no-cache");
    assert_eq!(page.headers["strict-transport-security"], "max-age=31536000; includeSubDomains");
    let author = Site::new(&town()).await;
    let mut browser = author.browser();
    let page = browser.open("/melden/stelle").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("amtsweg=") && cookie.ends_with("; HttpOnly; SameSite=Lax"), "{cookie}");
    let address = page.between("src=\"", "\"").unwrap();
    assert!(browser.open(&address).await.headers["cache-control"].to_str().unwrap().contains("immutable"));
}

#[tokio::test]
async fn under_https_the_cookie_is_bound_to_the_host() {
    let mail = amtsweg::deliver::Channels {
        redirect_all: Some("trial@probe.example".into()),
        mail: Some(amtsweg::deliver::MailServer {
            host: "localhost".into(),
            port: 25,
            tls: amtsweg::deliver::Tls::None,
            login: None,
            from: "a@probe.example".into(),
            ca_file: None,
            max_size: 10_000_000,
        }),
        ..Default::default()
    };
    let mode = amtsweg::Mode::Service { public_url: "https://localhost".into() };
    let site = Site::with(&town(), |builder| builder.mode(mode).channels(mail)).await;
    let mut browser = site.browser();
    let page = browser.open("/melden/stelle").await;
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-amtsweg=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(!page.has("Das ist eine Probe"));
    report(&mut browser).await;
    assert!(browser.on(&[]).await.address.starts_with("/s/"));
}

#[tokio::test]
async fn forged_posts_are_refused_with_the_answers_on_the_page() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    let token = browser.page.value("_token").unwrap();
    let answers = [("ort", "Am <Wald>"), ("gefaehrlich", "nein")];

    let forged = browser.post("/melden/stelle", &[&[("_token", "x")], &answers[..]].concat()).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(forged.value("ort").as_deref(), Some("Am <Wald>"));
    assert_eq!(forged.value("gefaehrlich").as_deref(), Some("nein"));
    // The page brings a token that counts.
    assert_eq!(browser.on(&[]).await.address, "/melden/kontakt");

    // Somebody else's token.
    let mut other = site.browser();
    other.open("/melden/stelle").await;
    assert_eq!(other.post("/melden/stelle", &[&[("_token", token.as_str())], &answers[..]].concat()).await.status, 403);

    // From another site, whatever the token.
    for (name, value, status) in [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("sec-fetch-site", "same-origin", 303),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", "http://localhost:8080", 303),
    ] {
        let body = encode(&[&[("_token", token.as_str())], &answers[..]].concat());
        let request = browser
            .request("POST", "/melden/stelle")
            .header(name, value)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(browser.send(request).await.status(), status, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_browser_without_cookies_is_told() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    browser.cookie = None;
    let refused = browser.on(&[("ort", "Am Wald"), ("gefaehrlich", "nein")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.has("Ihr Browser nimmt keine Cookies an"));
    assert_eq!(refused.value("ort").as_deref(), Some("Am Wald"));
    // With the cookie that came along it works.
    assert_eq!(browser.on(&[]).await.address, "/melden/kontakt");
}

#[tokio::test]
async fn too_much_is_refused() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    let token = browser.page.value("_token").unwrap();
    let huge = "x".repeat(1 << 20);
    let page = browser.post("/melden/stelle", &[("_token", &token), ("ort", &huge)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(page.heading(), "Das war zu viel auf einmal");
    let many = vec![("a", "1"); 1_001];
    assert_eq!(browser.post("/melden/stelle", &many).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// A store that can be switched off.
struct Away(Arc<dyn Store>, Arc<AtomicBool>);

macro_rules! passing {
    ($(fn $name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => {
        #[async_trait]
        impl Store for Away {
            $(async fn $name(&self, $($arg: $type),*) -> Result<$out, StoreError> {
                if self.1.load(Ordering::SeqCst) {
                    return Err(StoreError::Unavailable("switched off".into()));
                }
                self.0.$name($($arg),*).await
            })*
        }
    };
}

passing! {
    fn draft(portal: &str, visitor: &[u8; 32], procedure: &str) -> Option<Draft>;
    fn drafts(portal: &str, visitor: &[u8; 32]) -> Vec<Draft>;
    fn save_draft(draft: &Draft) -> i64;
    fn discard_draft(id: Uuid) -> ();
    fn sweep_drafts(now: Timestamp) -> u64;
    fn submit(submission: NewSubmission) -> Submission;
    fn submission(portal: &str, reference: &str) -> Option<Submission>;
    fn submission_by_token(submit_token: Uuid) -> Option<Submission>;
    fn submission_by_id(id: Uuid) -> Option<Submission>;
    fn conditions(submission: Uuid) -> Vec<Condition>;
    fn condition_by_secret(portal: &str, secret: &[u8; 32]) -> Option<Condition>;
    fn conditions_due(now: Timestamp, limit: u32) -> Vec<Condition>;
    fn settle(settlement: Settlement) -> Settled;
    fn remind(condition: &Condition, outbox: Vec<NewOutboxRow>, now: Timestamp) -> bool;
    fn add_upload(upload: &Upload) -> ();
    fn uploads(draft: Uuid) -> Vec<Upload>;
    fn remove_upload(draft: Uuid, id: Uuid) -> ();
    fn has_upload(id: Uuid) -> bool;
    fn lease(now: Timestamp, until: Timestamp, limit: u32) -> Vec<OutboxRow>;
    fn finish(row: &OutboxRow, attempt: Attempt, now: Timestamp) -> bool;
    fn reclaim(now: Timestamp) -> u64;
    fn outbox_entry(id: i64) -> Option<OutboxEntry>;
    fn submission_uploads(submission: Uuid) -> Vec<Upload>;
    fn release(id: i64, now: Timestamp) -> bool;
    fn outbox(state: Option<&str>, limit: u32) -> Vec<OutboxEntry>;
    fn publish(version: &PublishedVersion) -> ();
    fn republish(version: &PublishedVersion, before: &str) -> ();
    fn keep_compiled(hash: &str, compiled: &[u8]) -> ();
    fn compiled(hash: &str) -> Option<Vec<u8>>;
    fn published() -> Vec<PublishedVersion>;
    fn ping() -> ();
}

#[tokio::test]
async fn a_store_that_is_away_keeps_the_answers_on_the_page() {
    let away = Arc::new(AtomicBool::new(false));
    let switch = away.clone();
    let site = Site::on_store(&town(), |builder| builder, |store| Arc::new(Away(store, switch))).await;
    let mut browser = site.browser();
    browser.open("/melden/stelle").await;
    away.store(true, Ordering::SeqCst);
    let answers = [("ort", "Am Wald"), ("gefaehrlich", "ja"), ("stoff", "Öl")];
    let busy = browser.on(&answers).await;
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(busy.headers.contains_key(header::RETRY_AFTER));
    assert!(busy.has("Ihre Eingaben stehen noch auf dieser Seite."));
    for (name, value) in answers {
        assert_eq!(busy.value(name).as_deref(), Some(value));
    }
    assert_eq!(browser.open("/melden/kontakt").await.status, StatusCode::SERVICE_UNAVAILABLE);
    away.store(false, Ordering::SeqCst);
    report(&mut browser).await;
    away.store(true, Ordering::SeqCst);
    let busy = browser.on(&[]).await;
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    away.store(false, Ordering::SeqCst);
    assert_eq!(site.store.outbox(None, 10).await.unwrap().len(), 0);
    browser.open("/melden/pruefen").await;
    assert!(browser.on(&[]).await.address.starts_with("/s/"));
}
