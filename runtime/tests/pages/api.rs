//! The JSON API.

use axum::body::Body;
use axum::http::StatusCode;
use base64::Engine as _;
use serde_json::{Value as Json, json};

use super::forms::{FILES, OFFICES, town};
use super::site::{Browser, Site};

async fn call(
    browser: &mut Browser,
    method: &str,
    address: &str,
    headers: &[(&str, &str)],
    body: Option<&Json>,
) -> (StatusCode, String, Json) {
    let mut request = browser.request(method, address);
    if body.is_some() {
        request = request.header("content-type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let response = browser.send(request.body(body).unwrap()).await;
    let status = response.status();
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, kind, serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&bytes))))
}

const SUBMISSIONS: &str = "/api/v1/procedures/melden/submissions";

#[tokio::test]
async fn what_there_is_and_its_schema() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let (status, _, list) = call(&mut browser, "GET", "/api/v1/procedures", &[], None).await;
    assert_eq!(status, 200);
    assert_eq!(list["procedures"].as_array().unwrap().len(), 2, "topics take no submissions: {list}");
    let (_, _, one) = call(&mut browser, "GET", "/api/v1/procedures/melden", &[], None).await;
    assert_eq!(one["title"], "Müll melden");
    assert_eq!(one["legal_basis"], "§ 1 Probengesetz");
    let (_, kind, schema) = call(&mut browser, "GET", one["schema"].as_str().unwrap(), &[], None).await;
    assert_eq!(kind, "application/schema+json");
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json!({"ort": "Am Wald", "gefaehrlich": false})));
    assert!(!validator.is_valid(&json!({"gefaehrlich": false})));
    let (status, kind, missing) = call(&mut browser, "GET", "/api/v1/procedures/nichts", &[], None).await;
    assert_eq!((status, kind.as_str()), (StatusCode::NOT_FOUND, "application/problem+json"));
    assert_eq!(missing["type"], "urn:amtsweg:problem:not_found");
    let (status, kind, _) = call(&mut browser, "GET", "/api/v1/nichts", &[], None).await;
    assert_eq!((status, kind.as_str()), (StatusCode::NOT_FOUND, "application/problem+json"));
    let (status, kind, _) = call(&mut browser, "DELETE", "/api/v1/procedures", &[], None).await;
    assert_eq!((status, kind.as_str()), (StatusCode::METHOD_NOT_ALLOWED, "application/problem+json"));
}

#[tokio::test]
async fn a_submission_is_taken_once() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let answers = json!({"ort": "Am Wald", "gefaehrlich": true, "stoff": "Öl", "email": "mia@probe.example"});
    let key = [("idempotency-key", "abc-1")];
    let (status, _, first) = call(&mut browser, "POST", SUBMISSIONS, &key, Some(&answers)).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert_eq!(first["authority"], json!({"path": "stadt/probe/umwelt", "name": "Umweltamt der Stadt Probe"}));
    assert_eq!(first["fees"], json!([]));
    let (status, _, again) = call(&mut browser, "POST", SUBMISSIONS, &key, Some(&answers)).await;
    assert_eq!((status, &again), (StatusCode::OK, &first));
    let changed = json!({"ort": "Am See", "gefaehrlich": true, "stoff": "Öl", "email": "mia@probe.example"});
    let (status, _, refused) = call(&mut browser, "POST", SUBMISSIONS, &key, Some(&changed)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nothing else is dropped without a word");
    assert_eq!(refused["type"], "urn:amtsweg:problem:key_used");
    let (_, _, other) = call(&mut browser, "POST", SUBMISSIONS, &[], Some(&answers)).await;
    assert_ne!(other["reference"], first["reference"]);
    assert_eq!(site.store.outbox(None, 10).await.unwrap().len(), 4);
}

#[tokio::test]
async fn wrong_answers_are_told_one_by_one() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let answers = json!({"ort": 7, "gefaehrlich": false, "stoff": "Öl", "fremd": {"a": 1}, "email": "mia"});
    let english = [("accept-language", "en")];
    let (status, kind, problem) = call(&mut browser, "POST", SUBMISSIONS, &english, Some(&answers)).await;
    assert_eq!((status, kind.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json"));
    assert_eq!(problem["title"], "There is a problem");
    let mut found: Vec<(&str, &str)> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    found.sort_unstable();
    assert_eq!(found, [("/email", "form"), ("/fremd", "not_asked"), ("/ort", "wrong_type"), ("/stoff", "not_asked")]);
    assert!(problem["errors"].as_array().unwrap().iter().all(|error| !error["message"].as_str().unwrap().is_empty()));
    assert_eq!(site.store.outbox(None, 10).await.unwrap().len(), 0);
}

#[tokio::test]
async fn bodies_have_limits() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let mut deep = json!(1);
    for _ in 0..9 {
        deep = json!([deep]);
    }
    let many: Vec<u8> = vec![0; 1_001];
    for (body, expected) in [
        (json!({"ort": deep}), StatusCode::BAD_REQUEST),
        (json!({"ort": many}), StatusCode::PAYLOAD_TOO_LARGE),
        (json!({"ort": "x".repeat(1 << 20)}), StatusCode::PAYLOAD_TOO_LARGE),
        (json!([1]), StatusCode::BAD_REQUEST),
    ] {
        let (status, kind, _) = call(&mut browser, "POST", SUBMISSIONS, &[], Some(&body)).await;
        assert_eq!((status, kind.as_str()), (expected, "application/problem+json"));
    }
}

/// What a program gets that sends something else than answers: what is wrong, and where.
#[tokio::test]
async fn calls_that_cannot_be_read_are_told_why() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    // A form of another site can post no JSON without being asked.
    let cases = [
        ("text/plain", "", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/json"),
        ("application/json", "", "{\"ort\": \"Am Wald\",\n \"x\" 1}", StatusCode::BAD_REQUEST, "line 2, column 6"),
        ("application/json", "", "[]", StatusCode::BAD_REQUEST, "a JSON object"),
        ("application/json", "long", "{}", StatusCode::BAD_REQUEST, "Idempotency-Key"),
    ];
    for (kind, key, body, status, told) in cases {
        let mut request = browser.request("POST", SUBMISSIONS).header("content-type", kind);
        if !key.is_empty() {
            request = request.header("idempotency-key", "x".repeat(256));
        }
        let response = browser.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let problem: Json = serde_json::from_slice(&bytes).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(told) && !detail.contains("Am Wald"), "{detail}");
    }
}

#[tokio::test]
async fn answers_that_nobody_takes_are_refused() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let answers = json!({
        "wohnung": {"strasse": "Am Markt", "hausnummer": "1", "plz": "24103", "gemeinde": "010020000000"},
        "tiere": [{"rufname": "Bello", "seit": "2024-03-03", "gefaehrlich": false}],
        "erhalten": "2027-03-01", "rabatt": false, "wahr": true,
    });
    let (status, _, problem) =
        call(&mut browser, "POST", "/api/v1/procedures/hunde/submissions", &[], Some(&answers)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["type"], "urn:amtsweg:problem:end", "{problem}");
    assert_eq!(problem["title"], "Dafür sind wir nicht zuständig");
}

#[tokio::test]
async fn files_come_inside() {
    let site = Site::new(&[OFFICES, FILES]).await;
    let mut browser = site.browser();
    let pdf = base64::engine::general_purpose::STANDARD
        .encode(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    let address = "/api/v1/procedures/dateien/submissions";
    let right = json!({"titel": "Garten", "plan": {"name": "plan.pdf", "content": pdf}});
    let key = [("idempotency-key", "with-a-file")];
    let (status, _, receipt) = call(&mut browser, "POST", address, &key, Some(&right)).await;
    assert_eq!(status, StatusCode::CREATED, "{receipt}");
    let (status, _, again) = call(&mut browser, "POST", address, &key, Some(&right)).await;
    assert_eq!((status, &again), (StatusCode::OK, &receipt));
    assert_eq!(std::fs::read_dir(site.folder.path().join("uploads")).unwrap().count(), 1);
    let wrong = json!({"titel": "Garten", "plan": {"name": "plan.pdf", "content": "TVo="}});
    let (status, _, problem) = call(&mut browser, "POST", address, &[], Some(&wrong)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["errors"][0]["pointer"], "/plan");
    assert_eq!(problem["errors"][0]["code"], "file_kind");
    // An id that the sender makes up could name somebody else's file.
    let foreign = json!({"titel": "Garten", "plan": {"name": "plan.pdf", "media_type": "application/pdf", "size": 4, "sha256": "0".repeat(64), "id": uuid::Uuid::now_v7().to_string()}});
    let (status, _, problem) = call(&mut browser, "POST", address, &[], Some(&foreign)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
}

#[tokio::test]
async fn the_description_names_every_address() {
    let site = Site::new(&town()).await;
    let mut browser = site.browser();
    let (status, _, api) = call(&mut browser, "GET", "/api/v1/openapi.json", &[], None).await;
    assert_eq!(status, 200);
    assert_eq!(api["openapi"], "3.1.0");
    let paths: Vec<&str> = api["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "/procedures",
            "/procedures/{name}",
            "/procedures/{name}/schema",
            "/procedures/melden/submissions",
            "/procedures/hunde/submissions"
        ]
    );
    // Every reference leads somewhere.
    let text = api.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(api["components"]["schemas"].get(name).is_some(), "{name}");
    }
}
