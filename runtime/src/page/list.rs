//! The entries of a repeated section: change, remove, add.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::form::{self, Showing};
use super::rich;
use super::shell::{self, Head};
use super::summary;
use crate::journey::case::{Case, Place};
use crate::page::trouble::Trouble;
use crate::record::Record;
use crate::request::Request;

/// The page.
pub(crate) fn respond(rq: &Request, case: &Case, place: Place, showing: &Showing<'_>) -> Response {
    let Some(section) = case.section(place) else {
        return super::trouble::answer(rq, &Trouble::NotFound);
    };
    let Some(repeat) = &section.repeat else {
        return super::trouble::answer(rq, &Trouble::NotFound);
    };
    let t = rq.texts();
    let evaluator = case.evaluator();
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    let title = rich::filled(section.title.get(rq.language), &fill).into_owned();
    let each = repeat.each.get(rq.language);
    let count = case.entries(section);
    let error = showing.errors.first();
    let main = html! {
        (summary::errors(t, showing.errors))
        @if let Some(trouble) = showing.trouble { (summary::notice(t, trouble)) }
        h1 #liste tabindex="-1" { (title) }
        @if let Some(intro) = &section.introduction { div.text { (rich::rich(intro, rq.language, 2, &fill)) } }
        form method="post" action=(form::own_address(rq)) novalidate {
            button.hidden type="submit" tabindex="-1" aria-hidden="true" { (t.next) }
            (form::hidden(rq, ""))
            @if count == 0 { p { (t.list_none) } } @else { (entries(rq, case, place, each, count)) }
            @if let Some(error) = error {
                p.error id={ "f-" (section.key) "-error" } { span.hidden { (t.error_prefix) " " } (error.message) }
            }
            @if count < repeat.max as usize {
                button.second type="submit" name="_action" value="add" id={ "f-" (section.key) }
                    aria-describedby=[error.map(|_| format!("f-{}-error", section.key))] { (t.entry_add(each.to_owned())) }
            }
            button type="submit" { (t.next) }
        }
    };
    let procedure = rich::filled(case.procedure().title.get(rq.language), &fill).into_owned();
    let head = Head {
        title: &title,
        procedure: Some(&procedure),
        error: error.is_some(),
        back: Some(form::back(rq, case, place)),
        personal: true,
    };
    let status = match (showing.trouble, error) {
        (Some(trouble), _) => trouble.status(),
        (None, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, None) => StatusCode::OK,
    };
    shell::respond(rq, status, &head, main)
}

fn entries(rq: &Request, case: &Case, place: Place, each: &str, count: usize) -> Markup {
    let t = rq.texts();
    let record = Record::new(case.procedure(), &case.evaluation, rq.language, rq.at, rq.runtime.regions);
    let key = case.section(place).map_or("", |section| section.key.as_str());
    html! {
        dl.entries {
            @for entry in 0..count {
                @let name = t.entry_title(each.to_owned(), entry + 1);
                @let at = Place { entry: Some(entry), ..place };
                @let first = case.pages(place.section, Some(entry)).first().copied().unwrap_or(at);
                @let page = record.pages.iter().find(|page| page.section == key && page.entry == Some(entry));
                div {
                    dt { (name) }
                    dd { @if let Some(about) = page.and_then(about) { (about) } @else { (t.not_given) } }
                    dd.acts {
                        a href=(form::page_address(rq, case, first)) { (t.entry_change(name.clone())) }
                        " "
                        a href={ (form::page_address(rq, case, at)) "?entfernen" } { (t.entry_remove(name.clone())) }
                    }
                }
            }
        }
    }
}

/// The first answer of an entry: people know the entry by it.
fn about(page: &crate::record::RecordPage) -> Option<&str> {
    page.rows.iter().find_map(|row| row.value.as_deref())
}
