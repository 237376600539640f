//! Pages behind links in mails: confirm an address, pay a fee, answer as a second person.

use amtsweg_dsl::kind::{show_date, show_money};
use amtsweg_dsl::model::Unanswered;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::sheet::{FieldError, Sheet};
use super::shell::{self, Head};
use super::{form, group, rich, summary};
use crate::clock::local;
use crate::journey::case::Case;
use crate::journey::link::{Found, SHOWN};
use crate::journey::posted::Posted;
use crate::journey::{path, walk};
use crate::page::trouble::Trouble;
use crate::record::{Record, RecordRow};
use crate::release::person::{self, Part};
use crate::release::{Asked, Detail};
use crate::request::Request;
use crate::store::{ConditionKind, ConditionState};

/// What a page of questions for a second person shows besides the questions.
#[derive(Default)]
pub(crate) struct Answering<'a> {
    pub posted: Option<&'a Posted>,
    pub errors: &'a [FieldError],
    pub trouble: Option<&'a Trouble>,
    /// Answers have brought further questions.
    pub more: bool,
}

/// The link leads nowhere: unknown ones and those of another portal are answered alike.
pub(crate) fn unknown(rq: &Request) -> Response {
    let t = rq.texts();
    let main = html! {
        h1 { (t.link_unknown_title) }
        p { (t.link_unknown_text) }
    };
    let head = Head { title: &t.link_unknown_title, personal: true, ..Head::default() };
    shell::respond(rq, StatusCode::NOT_FOUND, &head, main)
}

/// There is nothing to do any more, or not yet.
pub(crate) fn settled(rq: &Request, found: &Found) -> Response {
    let t = rq.texts();
    let done = match found.condition.kind {
        ConditionKind::Email => &t.link_done_email,
        ConditionKind::Payment => &t.link_done_payment,
        ConditionKind::SecondPerson => &t.link_done_person,
    };
    let (title, text) = match found.condition.state {
        ConditionState::Met => (&t.link_done_title, done),
        ConditionState::Over => (&t.link_over_title, &t.link_over_text),
        ConditionState::Ahead | ConditionState::Open => (&t.link_ahead_title, &t.link_ahead_text),
    };
    respond(rq, found, title, html! { h1 { (title) } p { (text) } }, StatusCode::OK)
}

/// "Ist das Ihre E-Mail-Adresse?"
pub(crate) fn confirm(rq: &Request, found: &Found) -> Response {
    let t = rq.texts();
    let main = html! {
        h1 { (t.confirm_title) }
        p { (t.confirm_text(title(rq, found))) }
        p { strong { (address(&found.detail)) } }
        p { (t.confirm_then) }
        (until(rq, found))
        form method="post" action=(form::own_address(rq)) novalidate {
            (form::hidden(rq, ""))
            button type="submit" { (t.confirm_button) }
        }
        p { (t.confirm_not_you) }
    };
    respond(rq, found, &t.confirm_title, main, StatusCode::OK)
}

/// The fee; with the address of the provider once the payment is begun.
pub(crate) fn pay(rq: &Request, found: &Found, begun: Option<&str>, trouble: bool) -> Response {
    let t = rq.texts();
    let trial = rq.runtime.payment.as_ref().is_some_and(|payment| payment.is_trial());
    let main = html! {
        @if trouble {
            div.notice #hinweis role="group" tabindex="-1" autofocus aria-labelledby="hinweis-titel" {
                h2 #hinweis-titel { (t.pay_trouble_title) }
                p { (t.pay_trouble_text) }
            }
        }
        h1 { (t.pay_title) }
        p { (t.pay_text(title(rq, found), found.submission.reference.clone())) }
        p { strong { (show_money(found.detail.cents.unwrap_or_default(), rq.language)) } }
        (until(rq, found))
        @if trial { p.notice { (t.pay_trial) } }
        @match begun {
            Some(address) => {
                p { (t.pay_begun) }
                p { a.button href=(address) rel="noreferrer" { (t.pay_link) } }
            }
            None => form method="post" action=(form::own_address(rq)) novalidate {
                (form::hidden(rq, ""))
                button type="submit" { (t.pay_button) }
            },
        }
    };
    let status = if trouble { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    respond(rq, found, &t.pay_title, main, status)
}

/// What a second person is shown and asked.
pub(crate) fn asked(rq: &Request, found: &Found, case: &Case, asked: &Asked, showing: &Answering<'_>) -> Response {
    let t = rq.texts();
    let parts = person::parts(case, asked);
    let seen = seen(rq, case, asked);
    let sheet = Sheet {
        rq,
        procedure: case.procedure(),
        evaluator: case.evaluator(),
        posted: showing.posted,
        errors: showing.errors,
        warnings: &[],
        heading: None,
    };
    let names: Vec<String> =
        parts.iter().flat_map(|part| walk::fields(&part.nodes)).map(|field| field.name.clone()).collect();
    let then = if asked.then == Unanswered::GoOn { &t.asked_goes_on } else { &t.asked_not_sent };
    let main = html! {
        (summary::errors(t, showing.errors))
        @if let Some(trouble) = showing.trouble { (summary::notice(t, trouble)) }
        @if showing.more && showing.errors.is_empty() {
            div.notice #hinweis role="group" tabindex="-1" autofocus aria-labelledby="hinweis-titel" {
                h2 #hinweis-titel { (t.more_title) }
            }
        }
        h1 { (t.asked_title) }
        p { (t.asked_text(title(rq, found))) }
        (until(rq, found))
        p { (then) }
        @if !seen.is_empty() {
            h2 { (t.asked_shown) }
            dl.answers { @for row in &seen { (shown(row)) } }
        }
        h2 { (t.asked_questions) }
        form method="post" action=(form::own_address(rq)) novalidate {
            (form::hidden(rq, ""))
            input type="hidden" name=(SHOWN) value=(names.join(" "));
            @for part in &parts { (questions(&sheet, case, part)) }
            p { (t.asked_privacy) }
            button type="submit" { (t.asked_send) }
        }
    };
    let status = match showing.trouble {
        Some(trouble) => trouble.status(),
        None if showing.errors.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let procedure = title(rq, found);
    let head = Head {
        title: &t.asked_title,
        procedure: Some(&procedure),
        error: !showing.errors.is_empty(),
        back: None,
        personal: true,
    };
    shell::respond(rq, status, &head, main)
}

/// The questions of a section; its introduction where all of it is theirs.
fn questions(sheet: &Sheet<'_>, case: &Case, part: &Part<'_>) -> Markup {
    let language = sheet.language();
    let section = case.procedure().sections.get(part.section).filter(|section| person::is_theirs(section));
    let intro = section.and_then(|section| section.introduction.as_ref());
    let fill = |text: &str| sheet.evaluator.fill(text, language, &[]);
    html! {
        @if let Some(section) = section { h3 { (sheet.text(&section.title, &[])) } }
        @if let Some(intro) = intro { div.text { (rich::rich(intro, language, 3, &fill)) } }
        (group::nodes(sheet, &part.nodes, 3))
    }
}

/// The answers that `sieht:` names, and no others.
fn seen(rq: &Request, case: &Case, asked: &Asked) -> Vec<RecordRow> {
    let record = Record::new(case.procedure(), &case.evaluation, rq.language, case.at, rq.runtime.regions);
    let rows: Vec<RecordRow> = record.pages.into_iter().flat_map(|page| page.rows).collect();
    let mut seen: Vec<RecordRow> = Vec::new();
    for name in &asked.sees {
        let fits = |row: &&RecordRow| path::lies_in(&path::name(&row.path), name) && row.value.is_some();
        for row in rows.iter().filter(fits) {
            if !seen.iter().any(|known| known.path == row.path) {
                seen.push(row.clone());
            }
        }
    }
    seen
}

fn shown(row: &RecordRow) -> Markup {
    let group = row.group.join(", ");
    html! {
        div {
            dt {
                @if !group.is_empty() { span.within { (group) @if !group.ends_with('?') { ":" } " " } }
                (row.label)
            }
            dd {
                @for (index, line) in row.value.as_deref().unwrap_or_default().lines().enumerate() {
                    @if index > 0 { br; }
                    (line)
                }
            }
        }
    }
}

fn until(rq: &Request, found: &Found) -> Markup {
    let due = found.condition.due_at.map(|due| show_date(local(due).date(), rq.language));
    html! { @if let Some(due) = due { p { (rq.texts().link_until(due)) } } }
}

fn address(detail: &Detail) -> &str {
    detail.address.as_deref().unwrap_or_default()
}

/// The title of the procedure, as far as it has no answer in it.
fn title(rq: &Request, found: &Found) -> String {
    let procedure = &found.edition.procedure;
    let none = serde_json::Map::new();
    let at = local(found.submission.submitted_at);
    let evaluator = amtsweg_dsl::eval::Evaluator::new(procedure, &none, at, rq.runtime.regions);
    rich::filled(procedure.title.get(rq.language), &|text| evaluator.fill(text, rq.language, &[])).into_owned()
}

fn respond(rq: &Request, found: &Found, heading: &str, main: Markup, status: StatusCode) -> Response {
    let procedure = title(rq, found);
    let head = Head { title: heading, procedure: Some(&procedure), error: false, back: None, personal: true };
    shell::respond(rq, status, &head, main)
}
