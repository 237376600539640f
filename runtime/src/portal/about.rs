use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::office;
use crate::page::shell::{self, Head};
use crate::page::trouble::Trouble;
use crate::request::Request;

/// The pages about the site that the foot of every page leads to. Imprint, privacy and the form
/// for barriers are the portal's own; what it does not have is said here.
pub(crate) fn about(rq: &Request, name: &str) -> Result<Response, Trouble> {
    let t = rq.texts();
    let (title, body) = match name {
        "barrierefreiheit" => (&t.statement_title, statement(rq)),
        "leichte-sprache" => (&t.easy_title, easy(rq)),
        "gebaerdensprache" => (&t.sign_title, html! { p { (t.sign_text) } (contact(rq)) }),
        "impressum" => (&t.imprint, html! { p { (t.imprint_missing) } (contact(rq)) }),
        "datenschutz" => (&t.privacy, html! { p { (t.privacy_missing) } p { (t.privacy_cookie) } (contact(rq)) }),
        "barriere" => (&t.report_barrier, html! { p { (t.barrier_missing) } (contact(rq)) }),
        _ => return Err(Trouble::NotFound),
    };
    let main = html! { h1 { (title) } (body) };
    let head = Head { title, back: Some(rq.runtime.links.home(rq.language)), ..Head::default() };
    Ok(shell::respond(rq, StatusCode::OK, &head, main))
}

fn statement(rq: &Request) -> Markup {
    let t = rq.texts();
    let report = match &rq.portal.barrier_report {
        Some(path) if rq.edition(path).is_some() => rq.runtime.links.procedure(rq.language, path),
        _ => rq.link("-/barriere"),
    };
    html! {
        p { (t.statement_status) }
        p { (t.statement_known) }
        p { (t.statement_feedback) }
        p { a href=(report) { (t.report_barrier) } }
        p { (t.statement_enforcement) }
        p { (t.statement_made) }
    }
}

/// Easy-to-read German; on English pages easy English.
fn easy(rq: &Request) -> Markup {
    let t = rq.texts();
    let sentences = |text: &str| -> Markup {
        html! { @for sentence in text.split_inclusive(". ") { (sentence.trim_end()) br; } }
    };
    html! {
        p { (sentences(&t.easy_text)) }
        h2 { (t.easy_use_title) }
        p { (sentences(&t.easy_use_text)) }
        p { (sentences(&t.easy_barrier)) }
    }
}

fn contact(rq: &Request) -> Markup {
    let authority = rq.portal.contact.as_ref().and_then(|path| rq.shelf.authorities.get(path));
    html! { @if let Some(authority) = authority { h2 { (rq.texts().contact_title) } (office(rq, authority)) } }
}
