//! A procedure's start page: what it is for, who is responsible, what it costs, what is needed.

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::kind::{Kind, show_date, show_money};
use amtsweg_dsl::model::{
    Access, Calc, Condition, Fee, Item, Procedure, ProcedureKind, Question, Responsible, Retention, RetentionFrom,
    RichText, Table, TimeUnit,
};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};

use super::field::period;
use super::file::limits_text;
use super::form;
use super::rich::{self, Fill};
use super::shell::{self, Head};
use crate::journey::draft::{LIFETIME_DAYS, Work};
use crate::journey::{open, step};
use crate::page::trouble::Trouble;
use crate::portal::office;
use crate::release::plan::waits_for_email;
use crate::request::Request;

/// The page.
pub(crate) fn respond(rq: &Request, work: &Work) -> Response {
    let t = rq.texts();
    let procedure = work.case.procedure();
    let none = serde_json::Map::new();
    let evaluator = Evaluator::new(procedure, &none, rq.at, rq.runtime.regions);
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    let title = rich::filled(procedure.title.get(rq.language), &fill).into_owned();
    let part = |heading: &str, text: &Option<RichText>| {
        html! { @if let Some(text) = text { h2 { (heading) } (rich::rich(text, rq.language, 3, &fill)) } }
    };
    let main = html! {
        h1 { (shell::text(&procedure.title, rq.language)) }
        @if procedure.valid_from > rq.at.date() {
            p.warning { (t.valid_later(show_date(procedure.valid_from, rq.language))) }
        }
        @if let Some(text) = &procedure.introduction { (rich::rich(text, rq.language, 2, &fill)) }
        (begin(rq, work))
        h2 { (t.who_is_responsible) }
        @match fixed(procedure.responsibility.as_deref()).and_then(|path| rq.shelf.authorities.get(path)) {
            Some(authority) => (office(rq, authority)),
            None => p { (t.responsible_by_answers) },
        }
        h2 { (t.fee_title) }
        (fees(rq, procedure))
        (evidence(rq, procedure))
        h2 { (t.deadline) }
        @match &procedure.deadline {
            Some(text) => (rich::rich(text, rq.language, 3, &fill)),
            None => p { (t.deadline_none) },
        }
        (part(&t.what_happens_next, &procedure.what_happens_next))
        (part(&t.legal_basis, &procedure.legal_basis))
        @if let Some(retention) = &procedure.retention {
            h2 { (t.retention) }
            p { (how_long(rq, retention)) }
        }
        (kept(rq, work))
    };
    let head = Head {
        title: &title,
        back: Some(crate::portal::above(rq, procedure)),
        personal: work.open.is_some(),
        ..Head::default()
    };
    shell::respond(rq, StatusCode::OK, &head, main)
}

/// The button that begins or goes on.
fn begin(rq: &Request, work: &Work) -> Markup {
    let t = rq.texts();
    let procedure = work.case.procedure();
    if let Err(Trouble::NeedsAccount(access)) = step::allowed(rq, procedure.access) {
        let needs = if access == Access::Eid { &t.needs_eid } else { &t.needs_account };
        return html! { div.notice { p { (needs) } p { (t.needs_otherwise) } } };
    }
    if !open::is_open(rq, procedure) {
        return closed(rq, work);
    }
    let label = match (&work.open, procedure.kind) {
        (Some(_), _) => &t.continue_draft,
        (None, ProcedureKind::Report) => &t.start_report,
        (None, _) => &t.start_application,
    };
    let until =
        procedure.open.as_ref().and_then(|window| window.span(rq.at).1).filter(|_| open::when(rq, procedure).is_none());
    html! {
        @if open::when(rq, procedure).is_some() {
            p.warning { (t.closed_author) }
            (closed(rq, work))
        }
        @if let Some(until) = until { p { (t.open_until(open::moment(rq, until))) } }
        @if waits_for_email(rq, procedure.access) { p { (t.needs_email) } }
        p { a.button href=(step::address_of(rq, &work.case, work.case.first_open())) { (label) } }
    }
}

/// What is read while it is closed; somebody who has begun finds their answers.
fn closed(rq: &Request, work: &Work) -> Markup {
    let t = rq.texts();
    let procedure = work.case.procedure();
    let none = serde_json::Map::new();
    let evaluator = Evaluator::new(procedure, &none, rq.at, rq.runtime.regions);
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    html! {
        div.notice {
            h2 { (t.closed_title) }
            @if let Some(window) = &procedure.open { (rich::rich(&window.closed, rq.language, 3, &fill)) }
            @if let Some(when) = open::when(rq, procedure) { p { (when) } }
        }
        @if work.open.is_some() && !rq.runtime.mode.is_author() {
            p { (t.closed_draft) }
            p { a href=(step::address_of(rq, &work.case, work.case.first_open())) { (t.closed_see_draft) } }
        }
    }
}

/// Until when a draft is kept, and how to begin anew.
fn kept(rq: &Request, work: &Work) -> Markup {
    let t = rq.texts();
    html! {
        h2 { (t.draft_kept_title) }
        @match &work.open {
            None => p { (t.draft_kept(LIFETIME_DAYS)) },
            Some(open) => {
                p { (t.draft_until(show_date(crate::clock::local(open.draft.expires_at).date(), rq.language))) }
                h2 { (t.start_anew_title) }
                p { (t.start_anew_text) }
                form method="post" action=(form::own_address(rq)) novalidate {
                    (form::hidden(rq, ""))
                    button.second type="submit" name="_action" value="anew" { (t.start_anew_button) }
                }
            }
        }
    }
}

/// The one authority of a table, where every row leads to it.
fn fixed(table: Option<&Table<Responsible>>) -> Option<&str> {
    let table = table?;
    let mut all = table.rows.iter().map(|row| &row.then).chain(&table.otherwise);
    let Some(Responsible::Authority(first)) = all.next() else {
        return None;
    };
    all.all(|other| matches!(other, Responsible::Authority(path) if path == first)).then_some(first)
}

/// What it costs, where that is certain before anything was answered.
fn fees(rq: &Request, procedure: &Procedure) -> Markup {
    let t = rq.texts();
    let known: Option<Vec<(&Fee, i64)>> = procedure.fees.iter().map(|fee| Some((&**fee, fixed_amount(fee)?))).collect();
    let Some(known) = known else {
        return html! { p { (t.fee_by_answers) } };
    };
    let charged: Vec<_> = known.into_iter().filter(|(_, cents)| *cents != 0).collect();
    html! {
        @if charged.is_empty() { p { (t.fee_none) } }
        @for (fee, cents) in charged {
            p {
                @if let Some(title) = &fee.title { (shell::text(title, rq.language)) ": " }
                (show_money(cents, rq.language))
                @if let Some(per) = fee.per { " " (period(t, per)) }
            }
        }
    }
}

fn fixed_amount(fee: &Fee) -> Option<i64> {
    if fee.condition.is_some() || fee.for_each.is_some() {
        return None;
    }
    let mut amounts = fee.amount.rows.iter().map(|row| &row.then).chain(&fee.amount.otherwise);
    let first = amounts.next()?;
    let Calc::Number(cents) = first else {
        return None;
    };
    (amounts.all(|other| other == first)).then(|| i64::try_from(cents.trunc().mantissa()).ok()).flatten()
}

/// The files that are asked for.
fn evidence(rq: &Request, procedure: &Procedure) -> Markup {
    let t = rq.texts();
    let mut found = Vec::new();
    for section in &procedure.sections {
        files(&section.items, section.condition.as_ref(), &mut found);
    }
    // The owner of a business and those who represent one are asked for the same paper.
    let mut lines: Vec<String> = Vec::new();
    for (question, certain) in &found {
        let line = html! {
            (shell::text(&question.label, rq.language))
            @if let Kind::File(limits) = &question.kind { " (" (limits_text(t, limits)) ")" }
            @if question.optional { " " (t.optional) }
            @if question.may_follow.is_some() { ", " (t.evidence_may_follow) }
            @if !certain { ", " (t.evidence_by_answers) }
        };
        if !lines.contains(&line.0) {
            lines.push(line.0);
        }
    }
    html! {
        @if !lines.is_empty() {
            h2 { (t.what_you_need) }
            ul {
                @for line in lines { li { (PreEscaped(line)) } }
            }
        }
    }
}

fn files<'a>(items: &'a [Item], condition: Option<&Condition>, found: &mut Vec<(&'a Question, bool)>) {
    for item in items {
        let Item::Question(question) = item else {
            continue;
        };
        let here = condition.or(question.condition.as_ref());
        match &question.kind {
            Kind::File(_) => found.push((question, here.is_none())),
            Kind::Block { items, .. } => files(items, here, found),
            _ => {}
        }
    }
}

fn how_long(rq: &Request, retention: &Retention) -> String {
    let t = rq.texts();
    let amount = match retention.unit {
        TimeUnit::Years => t.retention_years(retention.amount),
        TimeUnit::Months => t.retention_months(retention.amount),
        TimeUnit::Weeks => t.retention_weeks(retention.amount),
        TimeUnit::Days | TimeUnit::WorkingDays | TimeUnit::WorkingDaysWithSaturday => {
            t.retention_days(retention.amount)
        }
    };
    let from = match &retention.from {
        RetentionFrom::Completion => t.retention_from_completion.clone(),
        RetentionFrom::Receipt => t.retention_from_receipt.clone(),
        RetentionFrom::EndOfYear => t.retention_from_end_of_year.clone(),
        RetentionFrom::Day(day) => t.retention_from_day(show_date(*day, rq.language)),
    };
    format!("{amount} {from}")
}

/// "Dieser Vordruck hat sich geändert": both ways on.
pub(crate) fn changed(rq: &Request, own: &Procedure, newer: &Procedure) -> Response {
    let t = rq.texts();
    let fill: Fill<'_> = &str::to_owned;
    let title = rich::filled(newer.title.get(rq.language), fill).into_owned();
    let main = html! {
        h1 { (t.changed_title) }
        p { (t.changed_text) }
        form method="post" action=(rq.runtime.links.procedure(rq.language, &own.path)) novalidate {
            (form::hidden(rq, ""))
            p { button.second type="submit" name="_action" value="keep" { (t.changed_keep) } }
            p { button type="submit" name="_action" value="follow" { (t.changed_follow) } }
        }
    };
    let head = Head {
        title: &t.changed_title,
        procedure: Some(&title),
        back: Some(rq.runtime.links.procedure(rq.language, &own.path)),
        personal: true,
        ..Head::default()
    };
    shell::respond(rq, StatusCode::OK, &head, main)
}
