//! The JSON API: what there is, its schemas, and sending. The same checks as the pages.

mod body;
mod catalogue;
mod openapi;
mod problem;
mod send;

use amtsweg_dsl::model::Language;
use axum::Json as JsonBody;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

#[cfg(feature = "cli")]
pub(crate) use openapi::bodies;
pub(crate) use send::submit;

use crate::library::Edition;
use crate::page::trouble::Trouble;
use crate::request::Request;

/// The procedures that are offered.
pub(crate) async fn list(rq: Request) -> Response {
    let rq = spoken(rq);
    JsonBody(catalogue::list(&rq)).into_response()
}

/// One procedure.
pub(crate) async fn one(rq: Request, Path(name): Path<String>) -> Response {
    let rq = spoken(rq);
    match edition(&rq, &name) {
        Ok(edition) => JsonBody(catalogue::detail(&rq, edition)).into_response(),
        Err(trouble) => problem::of_trouble(&rq, &trouble),
    }
}

/// The schema of a procedure's answers.
pub(crate) async fn schema(rq: Request, Path(name): Path<String>) -> Response {
    let rq = spoken(rq);
    match edition(&rq, &name) {
        Ok(edition) => {
            let mut response = JsonBody(schema_of(edition, rq.language)).into_response();
            let kind = HeaderValue::from_static("application/schema+json");
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        }
        Err(trouble) => problem::of_trouble(&rq, &trouble),
    }
}

/// The description of the API.
pub(crate) async fn description(rq: Request) -> Response {
    let rq = spoken(rq);
    JsonBody(openapi::description(&rq)).into_response()
}

pub(crate) use problem::of_trouble as refuse;

fn schema_of(edition: &Edition, language: Language) -> &serde_json::Value {
    static NOTHING: serde_json::Value = serde_json::Value::Bool(true);
    let german = || edition.schemas.get(&Language::German);
    edition.schemas.get(&language).or_else(german).unwrap_or(&NOTHING)
}

/// The edition of a procedure that takes submissions.
fn edition<'a>(rq: &'a Request, name: &str) -> Result<&'a Edition, Trouble> {
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    let edition = rq.edition(path).ok_or(Trouble::NotOffered)?;
    let topic = edition.procedure.kind == amtsweg_dsl::model::ProcedureKind::Topic;
    if topic { Err(Trouble::NotFound) } else { Ok(edition) }
}

/// The request in the language that its header asks for.
pub(crate) fn spoken(mut rq: Request) -> Request {
    rq.language = accepted(&rq.headers);
    rq
}

/// The first language of `Accept-Language` that there is; else German.
fn accepted(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut ranked: Vec<(f32, Language)> = asked
        .split(',')
        .filter_map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let language = match tag.trim().split('-').next().unwrap_or_default() {
                "de" => Language::German,
                "en" => Language::English,
                _ => return None,
            };
            Some((weight.trim().parse().ok().filter(|weight: &f32| weight.is_finite())?, language))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.first().map_or(Language::German, |(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_asked_for() {
        let language = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text));
            accepted(&headers)
        };
        assert_eq!(language("en-GB,en;q=0.9,de;q=0.8"), Language::English);
        assert_eq!(language("fr, de;q=0.2, en;q=0.1"), Language::German);
        assert_eq!(language("fr"), Language::German);
        assert_eq!(language(";;q=NaN,en;q=x"), Language::German);
    }
}
