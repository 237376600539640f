//! Problem details (RFC 9457).

use amtsweg_dsl::kind::State;
use amtsweg_dsl::model::Access;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::page::trouble::Trouble;
use crate::request::Request;

/// Why a request was not done.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// Names the sort of problem: `urn:amtsweg:problem:…`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, in the language asked for.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// One entry for each wrong answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<WrongAnswer>,
}

/// A wrong or missing answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WrongAnswer {
    /// Where, as a JSON pointer (RFC 6901) into the body.
    pub pointer: String,
    /// What is the matter, for programs.
    pub code: &'static str,
    /// What is the matter, for people.
    pub message: String,
}

/// The name that programs know a state by.
pub(crate) trait Code {
    /// In small letters with underscores; never changes.
    fn code(&self) -> &'static str;
}

impl Code for State {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::Character(_) => "character",
            Self::NotDigits => "not_digits",
            Self::NotANumber => "not_a_number",
            Self::NotWhole => "not_whole",
            Self::TooManyPlaces => "too_many_places",
            Self::TooLow => "too_low",
            Self::TooHigh => "too_high",
            Self::DayMissing => "day_missing",
            Self::MonthMissing => "month_missing",
            Self::YearMissing => "year_missing",
            Self::YearDigits => "year_digits",
            Self::NoSuchDate => "no_such_date",
            Self::TooEarly(_) => "too_early",
            Self::TooLate(_) => "too_late",
            Self::NotAChoice => "not_a_choice",
            Self::TooManyChoices => "too_many_choices",
            Self::Excluded => "excluded",
            Self::Form => "form",
            Self::CheckDigit => "check_digit",
            Self::NoSuchPlace => "no_such_place",
            Self::SeveralPlaces(_) => "several_places",
            Self::PlaceOutside => "place_outside",
            Self::FileKind => "file_kind",
            Self::FileSize => "file_size",
            Self::FileEmpty => "file_empty",
            Self::TooFewFiles => "too_few_files",
            Self::TooManyFiles => "too_many_files",
            Self::WrongType => "wrong_type",
            Self::TooFewEntries(_) => "too_few_entries",
            Self::TooManyEntries(_) => "too_many_entries",
            Self::Rule(_) => "rule",
            Self::NotAsked => "not_asked",
        }
    }
}

impl Problem {
    pub fn new(kind: &str, status: StatusCode, title: &str) -> Self {
        let kind = format!("urn:amtsweg:problem:{kind}");
        Self { kind, title: title.to_owned(), status: status.as_u16(), detail: None, errors: Vec::new() }
    }

    #[must_use]
    pub fn with_detail(mut self, detail: &str) -> Self {
        self.detail = Some(detail.to_owned());
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response
    }
}

/// The problem that says what a page would.
pub(crate) fn of_trouble(rq: &Request, trouble: &Trouble) -> Response {
    trouble.log();
    let t = rq.runtime.texts.of(super::accepted(&rq.headers));
    let (kind, title, detail) = match trouble {
        Trouble::NotFound => ("not_found", &t.not_found_title, None),
        Trouble::NotOffered => ("not_offered", &t.not_offered_title, Some(&t.not_offered_text)),
        Trouble::NeedsAccount(Access::Eid) => ("needs_account", &t.needs_account_title, Some(&t.needs_eid)),
        Trouble::NeedsAccount(_) => ("needs_account", &t.needs_account_title, Some(&t.needs_account)),
        Trouble::Closed => ("closed", &t.closed_title, None),
        Trouble::NoCookie | Trouble::Forged => ("forbidden", &t.forbidden_title, None),
        Trouble::Conflict => ("conflict", &t.busy_title, Some(&t.busy_text)),
        Trouble::Busy(_) => ("unavailable", &t.busy_title, Some(&t.busy_text)),
        Trouble::Broken(_) => ("internal", &t.broken_title, None),
        Trouble::Refused => ("refused", &t.refused_title, None),
        Trouble::TooLarge => ("too_large", &t.too_large_title, None),
        Trouble::TooManyFields => ("too_many_fields", &t.too_large_title, Some(&t.too_many_fields_text)),
        Trouble::BadRequest => ("bad_request", &t.bad_request_title, None),
        Trouble::Call(detail) => ("bad_request", &t.bad_request_title, Some(detail)),
        Trouble::MediaType => ("media_type", &t.bad_request_title, Some(&t.media_type_text)),
        Trouble::Method => ("method", &t.method_title, None),
    };
    let problem = Problem::new(kind, trouble.status(), title);
    match detail {
        Some(detail) => problem.with_detail(detail).into_response(),
        None => problem.into_response(),
    }
}
