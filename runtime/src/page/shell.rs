//! What stands round every page: head, title, way back, foot.

use amtsweg_dsl::model::{Language, Text};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::request::Request;

/// What the shell says about its page.
#[derive(Default)]
pub(crate) struct Head<'a> {
    /// The question or heading of the page.
    pub title: &'a str,
    /// The procedure that it belongs to.
    pub procedure: Option<&'a str>,
    /// Whether the page shows errors.
    pub error: bool,
    /// Where "Zurück" leads.
    pub back: Option<String>,
    /// Shows what somebody entered: kept by no cache, found by no search engine.
    pub personal: bool,
}

/// A page as an answer.
pub(crate) fn respond(rq: &Request, status: StatusCode, head: &Head<'_>, main: Markup) -> Response {
    answer(rq, status, head.personal, page(rq, head, main).into_string())
}

/// A page that is drawn already. `personal`: see [`Head::personal`].
pub(crate) fn answer(rq: &Request, status: StatusCode, personal: bool, page: String) -> Response {
    let cache = if personal || status != StatusCode::OK { "no-store" } else { "no-cache" };
    let mut response = (status, Html(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(rq.language.tag()));
    if let Some(cookie) = rq.visitor.set_cookie() {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

fn page(rq: &Request, head: &Head<'_>, main: Markup) -> Markup {
    let t = rq.texts();
    let runtime = &rq.runtime;
    html! {
        (DOCTYPE)
        html lang=(rq.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title(rq, head)) }
                @if head.personal { meta name="robots" content="noindex"; }
                link rel="stylesheet" href=(runtime.links.asset(&runtime.assets.styles_for(&rq.portal)));
                script src=(runtime.links.asset(&runtime.assets.script_name)) defer {}
            }
            body {
                a.skip href="#inhalt" { (t.skip_to_content) }
                (header_bar(rq))
                main #inhalt tabindex="-1" {
                    @if let Some(back) = &head.back { a.back href=(back) { (t.back) } }
                    (main)
                }
                (footer(rq))
            }
        }
    }
}

/// `Fehler: Frage – Verfahren – Behörde`.
fn title(rq: &Request, head: &Head<'_>) -> String {
    let portal = rq.portal.title.get(rq.language);
    let mut title = String::with_capacity(head.title.len() + portal.len() + 64);
    if head.error {
        title.push_str(&rq.texts().error_prefix);
        title.push(' ');
    }
    let parts = [Some(head.title), head.procedure, Some(portal)];
    for (index, part) in parts.into_iter().flatten().enumerate() {
        if index > 0 {
            title.push_str(" – ");
        }
        title.push_str(part);
    }
    title
}

fn header_bar(rq: &Request) -> Markup {
    let t = rq.texts();
    html! {
        header {
            div.bar {
                @match rq.runtime.theme.header(&rq.portal, rq.language) {
                    Some(own) => (own),
                    None => a.brand href=(rq.runtime.links.home(rq.language)) { (text(&rq.portal.title, rq.language)) },
                }
                div.tools {
                    @if let Some(person) = &rq.person {
                        @if let Some(name) = &person.name { span { (t.signed_in_as) " " (name) } }
                        @if let Some(address) = &person.sign_out { a href=(address) { (t.sign_out) } }
                    }
                    (language_switch(rq))
                }
            }
            @if rq.runtime.mode.is_author() {
                p.trial { (t.trial_banner) }
                @if let Some((error, seen)) = broken(rq) {
                    p.trial { strong { (t.trial_broken) @if let Some(seen) = seen { " " (seen) } } " " (error) }
                }
            }
        }
    }
}

/// What is wrong with the text of the procedure that was asked for: an author who has just written it waits for it here.
/// Also which version is seen instead.
fn broken(rq: &Request) -> Option<(&str, Option<String>)> {
    let name = rq.path.trim_start_matches('/').split('/').next()?;
    let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
    let error = rq.shelf.broken.get(&*name)?;
    let seen = rq.procedure_path(&name).and_then(|path| rq.edition(path)).map(|edition| {
        let number = (edition.procedure.path.clone(), edition.procedure.version);
        let t = rq.texts();
        if rq.shelf.kept.contains(&number) { t.trial_kept(number.1) } else { t.trial_other(number.1) }
    });
    Some((error, seen))
}

/// The same page in the other language.
fn language_switch(rq: &Request) -> Markup {
    let other = match rq.language {
        Language::English => Language::German,
        Language::German | Language::Easy => Language::English,
    };
    let mut address = rq.runtime.links.to(other, &rq.path);
    if !rq.query.is_empty() {
        address.push('?');
        address.push_str(&rq.query);
    }
    html! { a href=(address) lang=(other.tag()) hreflang=(other.tag()) { (rq.texts().other_language) } }
}

fn footer(rq: &Request) -> Markup {
    let t = rq.texts();
    let links = &rq.runtime.links;
    let own = |path: &Option<String>, else_page: &str| match path {
        Some(path) if rq.edition(path).is_some() => links.procedure(rq.language, path),
        _ => links.to(rq.language, else_page),
    };
    html! {
        footer {
            @if let Some(more) = rq.runtime.theme.footer(&rq.portal, rq.language) { (more) }
            nav aria-label=(t.footer_label) {
                ul {
                    li { a href=(links.to(rq.language, "-/barrierefreiheit")) { (t.accessibility_statement) } }
                    li { a href=(own(&rq.portal.barrier_report, "-/barriere")) { (t.report_barrier) } }
                    li { a href=(links.to(rq.language, "-/leichte-sprache")) { (t.easy_language) } }
                    li { a href=(links.to(rq.language, "-/gebaerdensprache")) { (t.sign_language) } }
                    li { a href=(own(&rq.portal.privacy, "-/datenschutz")) { (t.privacy) } }
                    li { a href=(own(&rq.portal.imprint, "-/impressum")) { (t.imprint) } }
                }
            }
        }
    }
}

/// A text in the language of the page; marked where it exists in another one only.
pub(crate) fn text(text: &Text, language: Language) -> Markup {
    let own = text.language(language);
    html! {
        @if own == language { (text.get(language)) } @else { span lang=(own.tag()) { (text.get(language)) } }
    }
}
