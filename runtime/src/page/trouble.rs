//! When something does not work: pages that say so in kind sentences.

use amtsweg_dsl::model::{Access, Language};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::shell::{self, Head};
use crate::journey::posted::Unreadable;
use crate::request::Request;
use crate::runtime::Inner;
use crate::seal::SealError;
use crate::store::StoreError;

/// Why a request was not answered as it was meant.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// There is no such page.
    NotFound,
    /// There is no version of the procedure today.
    NotOffered,
    /// The procedure asks for somebody who is signed in, at this level.
    NeedsAccount(Access),
    /// The procedure is closed at the moment.
    Closed,
    /// The browser sent no cookie with a form.
    NoCookie,
    /// The form does not come from one of our pages.
    Forged,
    /// Another window wrote the draft first.
    Conflict,
    /// The store does not answer.
    Busy(String),
    /// Our own mistake; the text is for the log and has no answers in it.
    Broken(String),
    /// The published schema refuses what the evaluator accepts.
    Refused,
    /// The body is larger than allowed.
    TooLarge,
    /// More fields than allowed.
    TooManyFields,
    /// The body did not arrive as a whole.
    BadRequest,
    /// A call that cannot be read: what is wrong with it, for whoever writes the program.
    Call(String),
    /// A call with a body that is no JSON.
    MediaType,
    /// Not a page for this method.
    Method,
}

impl Trouble {
    pub fn broken(text: &str) -> Self {
        Self::Broken(text.to_owned())
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::NotOffered => StatusCode::NOT_FOUND,
            Self::NeedsAccount(_) | Self::Closed | Self::NoCookie | Self::Forged => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) | Self::Refused => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooLarge | Self::TooManyFields => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest | Self::Call(_) => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// Tells the operator what only the operator can change.
    pub fn log(&self) {
        match self {
            Self::Busy(reason) => tracing::error!(%reason, "the store does not answer"),
            Self::Broken(reason) => tracing::error!(%reason, "a request failed"),
            _ => {}
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Unavailable(reason) => Self::Busy(reason),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<SealError> for Trouble {
    fn from(error: SealError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<Unreadable> for Trouble {
    fn from(error: Unreadable) -> Self {
        match error {
            Unreadable::TooLarge => Self::TooLarge,
            Unreadable::TooManyFields => Self::TooManyFields,
            Unreadable::Broken => Self::BadRequest,
        }
    }
}

/// The page for a trouble, where there is no form to show it on.
pub(crate) fn answer(rq: &Request, trouble: &Trouble) -> Response {
    trouble.log();
    let t = rq.texts();
    let (title, text) = match trouble {
        Trouble::NotFound => (&t.not_found_title, &t.not_found_text),
        Trouble::NotOffered => (&t.not_offered_title, &t.not_offered_text),
        Trouble::NeedsAccount(Access::Eid) => (&t.needs_account_title, &t.needs_eid),
        Trouble::NeedsAccount(_) => (&t.needs_account_title, &t.needs_account),
        Trouble::Closed => (&t.closed_title, &t.closed_send_kept),
        Trouble::NoCookie => (&t.cookies_gone_title, &t.cookies_gone_text),
        Trouble::Forged => (&t.forbidden_title, &t.forbidden_text),
        Trouble::Conflict => (&t.conflict_title, &t.conflict_text),
        Trouble::Busy(_) => (&t.busy_title, &t.busy_text),
        Trouble::Broken(_) => (&t.broken_title, &t.broken_text),
        Trouble::Refused => (&t.refused_title, &t.refused_text),
        Trouble::TooLarge => (&t.too_large_title, &t.too_large_text),
        Trouble::TooManyFields => (&t.too_large_title, &t.too_many_fields_text),
        Trouble::BadRequest | Trouble::Call(_) | Trouble::MediaType => (&t.bad_request_title, &t.bad_request_text),
        Trouble::Method => (&t.method_title, &t.method_text),
    };
    let main = html! {
        h1 { (title) }
        p { (text) }
        p { a href=(rq.runtime.links.home(rq.language)) { (t.home) } }
    };
    let mut response = shell::respond(rq, trouble.status(), &Head { title, ..Head::default() }, main);
    if matches!(trouble, Trouble::Busy(_)) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

/// There is no portal under the host that was asked for.
pub(crate) fn unknown_host(runtime: &Inner, language: Language) -> Response {
    let t = runtime.texts.of(language);
    bare(StatusCode::MISDIRECTED_REQUEST, language, &t.unknown_host_title, &t.unknown_host_text)
}

/// The handler itself broke; nothing is known of the request any more.
pub(crate) fn panicked(runtime: &Inner, language: Language) -> Response {
    let t = runtime.texts.of(language);
    bare(StatusCode::INTERNAL_SERVER_ERROR, language, &t.broken_title, &t.broken_text)
}

fn bare(status: StatusCode, language: Language, title: &str, text: &str) -> Response {
    let page: Markup = html! {
        (maud::DOCTYPE)
        html lang=(language.tag()) {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { (title) } }
            body { main { h1 { (title) } p { (text) } } }
        }
    };
    (status, page).into_response()
}
