//! What every answer has: security headers, compression, and a page instead of a broken handler.

use std::any::Any;
use std::sync::Arc;

use amtsweg_dsl::model::Language;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::response::IntoResponse as _;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::page::trouble;
use crate::runtime::Inner;

/// Nothing inline, nothing from elsewhere, no frames.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; object-src 'none'";

/// A year, for all hosts below as well.
const TRANSPORT_SECURITY: &str = "max-age=31536000; includeSubDomains";

pub(crate) fn layers(router: Router<Arc<Inner>>, inner: &Arc<Inner>) -> Router<Arc<Inner>> {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    let for_panics = inner.clone();
    let transport = inner.mode.is_https().then(|| set(header::STRICT_TRANSPORT_SECURITY, TRANSPORT_SECURITY));
    let layers = ServiceBuilder::new()
        .layer(set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        .layer(set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .option_layer(transport)
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(move |panic: Box<dyn Any + Send>| broken(&for_panics, &*panic)));
    router.layer(layers)
}

/// A handler broke: it is logged where, and the visitor gets a page. What it says could hold
/// answers, so it is not logged.
fn broken(inner: &Inner, _panic: &(dyn Any + Send)) -> Response<axum::body::Body> {
    tracing::error!(alarm = "panic", "a handler broke");
    trouble::panicked(inner, Language::German).into_response()
}
