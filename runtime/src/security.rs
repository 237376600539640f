//! What every answer has: security headers, compression, and a page instead of a broken handler.

use std::any::Any;
use std::sync::Arc;

use amtsweg_dsl::model::Language;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::response::IntoResponse as _;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::page::trouble;
use crate::runtime::Inner;

/// Nothing inline, nothing from elsewhere, no frames.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; object-src 'none'";

/// A year, for all hosts below as well.
const TRANSPORT_SECURITY: &str = "max-age=31536000; includeSubDomains";

pub(crate) fn layers(router: Router<Arc<Inner>>, inner: &Arc<Inner>) -> Router<Arc<Inner>> {
    let for_panics = inner.clone();
    let https = inner.mode.is_https();
    // One step for all headers: each layer of its own is made anew for every request.
    let layers = ServiceBuilder::new()
        .map_response(move |response| with_headers(response, https))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(move |panic: Box<dyn Any + Send>| broken(&for_panics, &*panic)));
    router.layer(layers)
}

/// What every answer says to the browser.
fn with_headers<B>(mut response: Response<B>, https: bool) -> Response<B> {
    const ALWAYS: [(HeaderName, &str); 5] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TRANSPORT_SECURITY));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A handler broke: it is logged where, and the visitor gets a page. What it says could hold
/// answers, so it is not logged.
fn broken(inner: &Inner, _panic: &(dyn Any + Send)) -> Response<Body> {
    tracing::error!(alarm = "panic", "a handler broke");
    trouble::panicked(inner, Language::German).into_response()
}
