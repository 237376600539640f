//! Who may ask: only under a name of this machine, so that no page of the web can reach in by
//! pointing its own name here; and what changes something only comes from these pages.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Operator;

/// Host names under which the operator's pages answer.
#[derive(Debug, Clone, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// The names of this machine, and the address that the pages listen on.
    #[must_use]
    pub fn of(listen: IpAddr) -> Self {
        let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        if !listen.is_unspecified() {
            hosts.push(if listen.is_ipv6() { format!("[{listen}]") } else { listen.to_string() });
        }
        Self(hosts)
    }

    fn names(&self, headers: &HeaderMap) -> Option<String> {
        let text = headers.get(header::HOST)?.to_str().ok()?;
        let authority: Authority = text.parse().ok()?;
        let known = self.0.iter().any(|host| host.eq_ignore_ascii_case(authority.host()));
        known.then(|| text.to_ascii_lowercase())
    }
}

pub(super) async fn check(State(operator): State<Arc<Operator>>, request: Request, next: Next) -> Response {
    let Some(host) = operator.hosts.names(request.headers()) else {
        return (StatusCode::MISDIRECTED_REQUEST, "These pages answer under localhost only.\n").into_response();
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !is_own(request.headers(), &host) {
        return (StatusCode::FORBIDDEN, "This was not sent by the operator's pages.\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(header::HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ));
    response
}

/// Whether the browser says that one of our pages sent it.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("origin"), text("sec-fetch-site")) {
        (Some(origin), _) if origin != "null" => origin.eq_ignore_ascii_case(&format!("http://{host}")),
        (_, Some(site)) => site == "same-origin",
        _ => false,
    }
}
