//! The operator's pages, on a listener of their own: the outbox, what is wrong with the texts,
//! the settings in force. They have no login and are never merged into the public router.

mod guard;
mod message;
mod outbox;
mod page;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;
use serde_json::json;

use crate::deliver::Context;
use crate::store::StoreError;
use page::page;
use words::Words;

pub use guard::Hosts;

/// What the operator's pages show.
pub struct Operator {
    /// The outbox and what opens it.
    pub context: Context,
    /// The settings in force, and where data lie: name and value, nothing secret.
    pub facts: Vec<(String, String)>,
    /// What was said at the start, for example which procedures are not offered.
    pub notes: Vec<String>,
    /// Host names under which the pages answer.
    pub hosts: Hosts,
}

/// The operator's pages. They answer only under the hosts that [`Operator::hosts`] names.
pub fn router(operator: Arc<Operator>) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/outbox/{id}", get(entry))
        .route("/outbox/{id}/html", get(mail))
        .route("/outbox/{id}/release", post(release))
        .route("/diagnostics", get(diagnostics))
        .route("/settings", get(settings))
        .route("/health", get(health))
        .route("/operator.css", get(style))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .layer(from_fn_with_state(operator.clone(), guard::check))
        .with_state(operator)
}

#[derive(Deserialize)]
struct Filter {
    state: Option<String>,
}

async fn list(State(operator): State<Arc<Operator>>, headers: HeaderMap, Query(filter): Query<Filter>) -> Response {
    let words = Words::of(&headers);
    let state = filter.state.filter(|state| outbox::STATES.contains(&state.as_str()));
    match operator.context.store.outbox(state.as_deref(), outbox::MOST).await {
        Ok(entries) => page(words, words.outbox(), &outbox::list(words, &operator, state.as_deref(), &entries)),
        Err(error) => failed(words, &error),
    }
}

async fn entry(State(operator): State<Arc<Operator>>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    let words = Words::of(&headers);
    match message::open(&operator.context, id).await {
        Ok(Some(opened)) => page(words, &opened.entry.reference, &message::show(words, &opened)),
        Ok(None) => missing(words),
        Err(error) => failed(words, &error),
    }
}

async fn mail(State(operator): State<Arc<Operator>>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    let words = Words::of(&headers);
    let opened = match message::open(&operator.context, id).await {
        Ok(opened) => opened,
        Err(error) => return failed(words, &error),
    };
    let Some(html) = opened.and_then(|opened| opened.kept).and_then(|kept| kept.html) else {
        return missing(words);
    };
    // The mail as a mail program shows it: its own styles, no scripts, nothing from elsewhere.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)], html)
        .into_response()
}

async fn release(State(operator): State<Arc<Operator>>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    let words = Words::of(&headers);
    match operator.context.store.release(id, operator.context.clock.now()).await {
        Ok(true) => {
            tracing::info!(row = id, "a parked delivery was released");
            Redirect::to("/").into_response()
        }
        Ok(false) => missing(words),
        Err(error) => failed(words, &error),
    }
}

async fn diagnostics(State(operator): State<Arc<Operator>>, headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let shelf = operator.context.library.shelf();
    let content = html! {
        @for note in &operator.notes { p { (note) } }
        @if shelf.diagnostics.is_empty() {
            p { (words.no_diagnostics()) }
        } @else {
            ol { @for line in &shelf.diagnostics { li { (line) } } }
        }
    };
    page(words, words.diagnostics(), &content)
}

async fn settings(State(operator): State<Arc<Operator>>, headers: HeaderMap) -> Response {
    let words = Words::of(&headers);
    let content = html! {
        dl { @for (name, value) in &operator.facts { dt { (name) } dd { (value) } } }
    };
    page(words, words.settings(), &content)
}

async fn health(State(operator): State<Arc<Operator>>) -> Response {
    match operator.context.store.ping().await {
        Ok(()) => axum::Json(json!({ "status": "ok" })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, axum::Json(json!({ "status": "store unavailable" }))).into_response()
        }
    }
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE).into_response()
}

fn missing(words: Words) -> Response {
    (StatusCode::NOT_FOUND, page(words, words.not_there(), &html! { p { (words.not_there_text()) } })).into_response()
}

fn failed(words: Words, error: &StoreError) -> Response {
    tracing::error!(%error, "the store does not answer");
    let content = html! { p { (words.store_down_text()) } p lang="en" { (error) } };
    (StatusCode::SERVICE_UNAVAILABLE, page(words, words.store_down(), &content)).into_response()
}
