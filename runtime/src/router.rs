use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use crate::api;
use crate::assets;
use crate::journey::address::Parts;
use crate::journey::{finish, link, start, step, write};
use crate::page::trouble::{self, Trouble};
use crate::portal;
use crate::request::Request;
use crate::runtime::Inner;
use crate::security;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everybody; nothing personal is behind it.
    Anybody,
    /// The browser or person that a draft belongs to: everybody has their own.
    Visitor,
    /// The browser or person that sent the submission.
    Sender,
    /// Whoever has a link with its secret: to confirm an address, to pay, to answer.
    Invited,
}

/// A way into the router.
pub struct Route {
    /// `GET`, or both `GET` and `POST`, or `POST`.
    pub methods: &'static [&'static str],
    /// As axum writes it; pages have it with `/en` in front as well.
    pub path: &'static str,
    /// Who may use it.
    pub role: Role,
    /// Whether it is a page, which has languages.
    pub page: bool,
    handler: fn() -> MethodRouter<Arc<Inner>>,
}

const READ: &[&str] = &["GET"];
const WRITE: &[&str] = &["POST"];
const BOTH: &[&str] = &["GET", "POST"];

/// Every route there is. A request that fits none is answered with a page that says so.
pub const ROUTES: &[Route] = &[
    page(READ, "/", Role::Anybody, || get(async |rq: Request| portal::home(&rq))),
    page(READ, "/k/{tile}", Role::Anybody, || {
        get(async |rq: Request, Path(tile): Path<String>| or_page(&rq, portal::category(&rq, &tile)))
    }),
    page(READ, "/-/{name}", Role::Anybody, || get(about)),
    page(READ, "/s/{reference}", Role::Sender, || {
        get(async |rq: Request, Path(reference): Path<String>| {
            or_page(&rq, finish::confirmation(&rq, &reference).await)
        })
    }),
    page(BOTH, "/z/{secret}", Role::Invited, || {
        get(async |rq: Request, Path(secret): Path<String>| or_page(&rq, link::show(&rq, &secret).await)).post(
            async |rq: Request, Path(secret): Path<String>, body: Body| {
                or_page(&rq, link::take(&rq, &secret, body).await)
            },
        )
    }),
    page(BOTH, "/{procedure}", Role::Visitor, || {
        get(async |rq: Request, Path(name): Path<String>| or_page(&rq, start::show(&rq, &name).await)).post(
            async |rq: Request, Path(name): Path<String>, body: Body| or_page(&rq, start::act(&rq, &name, body).await),
        )
    }),
    page(BOTH, "/{procedure}/pruefen", Role::Visitor, || {
        get(async |rq: Request, Path(name): Path<String>| or_page(&rq, finish::show(&rq, &name).await)).post(
            async |rq: Request, Path(name): Path<String>, body: Body| {
                or_page(&rq, finish::send(&rq, &name, body).await)
            },
        )
    }),
    page(BOTH, "/{procedure}/{section}", Role::Visitor, || {
        get(async |rq: Request, Path((name, section)): Path<(String, String)>| {
            shown(&rq, &name, Parts::read(&section, None, None)).await
        })
        .post(async |rq: Request, Path((name, section)): Path<(String, String)>, body: Body| {
            taken(&rq, &name, Parts::read(&section, None, None), body).await
        })
    }),
    page(BOTH, "/{procedure}/{section}/{part}", Role::Visitor, || {
        get(async |rq: Request, Path((name, section, part)): Path<(String, String, String)>| {
            shown(&rq, &name, Parts::read(&section, Some(&part), None)).await
        })
        .post(async |rq: Request, Path((name, section, part)): Path<(String, String, String)>, body: Body| {
            taken(&rq, &name, Parts::read(&section, Some(&part), None), body).await
        })
    }),
    page(BOTH, "/{procedure}/{section}/{part}/{question}", Role::Visitor, || {
        get(async |rq: Request, Path((name, section, part, question)): Path<(String, String, String, String)>| {
            shown(&rq, &name, Parts::read(&section, Some(&part), Some(&question))).await
        })
        .post(
            async |rq: Request,
                   Path((name, section, part, question)): Path<(String, String, String, String)>,
                   body: Body| {
                taken(&rq, &name, Parts::read(&section, Some(&part), Some(&question)), body).await
            },
        )
    }),
    call(READ, "/favicon.ico", || get(async || assets::icon())),
    call(READ, "/api/v1/procedures", || get(api::list)),
    call(READ, "/api/v1/procedures/{name}", || get(api::one)),
    call(READ, "/api/v1/procedures/{name}/schema", || get(api::schema)),
    call(WRITE, "/api/v1/procedures/{name}/submissions", || axum::routing::post(api::submit)),
    call(READ, "/api/v1/openapi.json", || get(api::description)),
];

const fn page(
    methods: &'static [&'static str],
    path: &'static str,
    role: Role,
    handler: fn() -> MethodRouter<Arc<Inner>>,
) -> Route {
    Route { methods, path, role, page: true, handler }
}

const fn call(
    methods: &'static [&'static str],
    path: &'static str,
    handler: fn() -> MethodRouter<Arc<Inner>>,
) -> Route {
    Route { methods, path, role: Role::Anybody, page: false, handler }
}

/// All routes below the base path, with what every answer has.
pub(crate) fn router(inner: Arc<Inner>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.handler)());
        if route.page {
            let english = if route.path == "/" { "/en".to_owned() } else { format!("/en{}", route.path) };
            router = router.route(&english, (route.handler)());
        }
    }
    let router =
        router.fallback(unknown).method_not_allowed_fallback(async |rq: Request| refused(&rq, &Trouble::Method));
    let base = inner.links.base().to_owned();
    let router = security::layers(router, &inner).with_state(inner);
    if base.is_empty() {
        return router;
    }
    let home = base.clone();
    Router::new().route(&format!("{base}/"), get(async move || Redirect::permanent(&home))).nest(&base, router)
}

/// No route: the same address without a slash at its end may be one.
async fn unknown(method: Method, rq: Request) -> Response {
    let inner = rq.path.trim_matches('/');
    let meant = rq.path.ends_with('/') && !rq.path.starts_with("/api/");
    if !meant || !matches!(method, Method::GET | Method::HEAD) {
        return refused(&rq, &Trouble::NotFound);
    }
    let mut address = rq.link(inner);
    if !rq.query.is_empty() {
        address.push('?');
        address.push_str(&rq.query);
    }
    Redirect::permanent(&address).into_response()
}

/// What is said to people on a page and to programs in a problem.
pub(crate) fn refused(rq: &Request, trouble: &Trouble) -> Response {
    if rq.path.starts_with("/api/") { api::refuse(rq, trouble) } else { trouble::answer(rq, trouble) }
}

async fn shown(rq: &Request, name: &str, parts: Option<Parts>) -> Response {
    match parts {
        Some(parts) => or_page(rq, step::show(rq, name, &parts).await),
        None => refused(rq, &Trouble::NotFound),
    }
}

async fn taken(rq: &Request, name: &str, parts: Option<Parts>, body: Body) -> Response {
    match parts {
        Some(parts) => or_page(rq, write::take(rq, name, &parts, body).await),
        None => refused(rq, &Trouble::NotFound),
    }
}

/// Styles, script, the list from A to Z, and the pages about the site.
async fn about(State(inner): State<Arc<Inner>>, rq: Request, Path(name): Path<String>) -> Response {
    if name == "a-z" {
        return portal::alphabet(&rq);
    }
    match inner.assets.find(&name) {
        Some(asset) => asset,
        None => or_page(&rq, portal::about(&rq, &name)),
    }
}

fn or_page(rq: &Request, result: Result<Response, Trouble>) -> Response {
    let mut response = result.unwrap_or_else(|trouble| refused(rq, &trouble));
    if response.headers().get(header::SET_COOKIE).is_none()
        && let Some(cookie) = rq.visitor.set_cookie()
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// On to another page.
pub(crate) fn redirect(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(address) = HeaderValue::from_str(address) {
        headers.insert(header::LOCATION, address);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
