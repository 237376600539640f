//! All answers before they are sent, and pages that end a procedure.

use amtsweg_dsl::eval::{FeeAmount, Outcome};
use amtsweg_dsl::kind::{show_date, show_money};
use amtsweg_dsl::model::{EndPage, ProcedureKind, RichText};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::{Markup, html};
use uuid::Uuid;

use super::field::period;
use super::form::{self, CHECKING};
use super::rich;
use super::shell::{self, Head};
use super::{sheet, summary, waiting};
use crate::journey::case::{Case, Place};
use crate::journey::{address, open, path, problems};
use crate::page::trouble::Trouble;
use crate::record::{Record, RecordPage, RecordRow};
use crate::request::Request;

/// "Prüfen Sie Ihre Angaben".
pub(crate) fn respond(rq: &Request, case: &Case, token: Uuid, state: &str, trouble: Option<&Trouble>) -> Response {
    let t = rq.texts();
    let procedure = case.procedure();
    let record = Record::new(procedure, &case.evaluation, rq.language, rq.at, rq.runtime.regions);
    let warnings = problems::warnings(rq, case);
    let closed = !open::is_open(rq, procedure);
    let send = match procedure.kind {
        ProcedureKind::Report => &t.send_report,
        ProcedureKind::Application | ProcedureKind::Topic => &t.send_application,
    };
    let main = html! {
        @if let Some(trouble) = trouble.filter(|trouble| !matches!(trouble, Trouble::Closed)) { (summary::notice(t, trouble)) }
        @if closed { (late(rq, case)) }
        h1 { (t.check_title) }
        p { (t.check_intro) }
        @if !warnings.is_empty() {
            div.notice {
                h2 { (t.warnings_title) }
                ul { @for (_, _, text) in &warnings { li { (text) } } }
            }
        }
        @for page in &record.pages { (answers(rq, case, page)) }
        (decision(rq, case))
        (waiting::before(rq, case))
        @if !closed {
            form method="post" action=(form::own_address(rq)) novalidate {
                (form::hidden(rq, state))
                input type="hidden" name="_submit" value=(token);
                button type="submit" { (send) }
            }
        }
    };
    let title = plain_title(rq, case);
    let head = Head {
        title: &t.check_title,
        procedure: Some(&title),
        error: false,
        back: Some(last_page(rq, case)),
        personal: true,
    };
    let status = trouble.map_or(StatusCode::OK, Trouble::status);
    let mut response = shell::respond(rq, status, &head, main);
    if matches!(trouble, Some(Trouble::Busy(_))) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

/// Begun in time, and now it is closed: nothing is lost, but nothing can be sent.
fn late(rq: &Request, case: &Case) -> Markup {
    let t = rq.texts();
    let procedure = case.procedure();
    let evaluator = case.evaluator();
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    html! {
        div.notice #hinweis role="group" tabindex="-1" autofocus aria-labelledby="hinweis-titel" {
            h2 #hinweis-titel { (t.closed_send_title) }
            @if let Some(window) = &procedure.open { (rich::rich(&window.closed, rq.language, 3, &fill)) }
            @if let Some(when) = open::when(rq, procedure) { p { (when) } }
            p { (t.closed_send_kept) }
        }
    }
}

fn plain_title(rq: &Request, case: &Case) -> String {
    let evaluator = case.evaluator();
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    rich::filled(case.procedure().title.get(rq.language), &fill).into_owned()
}

fn last_page(rq: &Request, case: &Case) -> String {
    match case.last() {
        Some(place) => form::page_address(rq, case, place),
        None => rq.runtime.links.procedure(rq.language, &case.procedure().path),
    }
}

/// The answers of a page, each with a way to change it.
fn answers(rq: &Request, case: &Case, page: &RecordPage) -> Markup {
    html! {
        h2 { (page.title) }
        dl.answers {
            @for row in &page.rows { (answer(rq, case, page, row)) }
        }
    }
}

fn answer(rq: &Request, case: &Case, page: &RecordPage, row: &RecordRow) -> Markup {
    let t = rq.texts();
    let group = row.group.join(", ");
    html! {
        div {
            dt {
                @if !group.is_empty() { span.within { (group) @if !group.ends_with('?') { ":" } " " } }
                (row.label)
            }
            dd {
                @match &row.value {
                    Some(value) => @for (index, line) in value.lines().enumerate() { @if index > 0 { br; } (line) },
                    None => span.none {
                        @match row.due {
                            Some(day) => (t.evidence_missing(show_date(day, rq.language))),
                            None => (t.not_given),
                        }
                    },
                }
            }
            dd.acts {
                a href=(change_address(rq, case, page, row)) {
                    (t.change)
                    span.hidden {
                        " "
                        @if page.entry.is_some() { (page.title) ": " }
                        @if !group.is_empty() { (group) ": " }
                        (row.label)
                    }
                }
            }
        }
    }
}

/// The page on which an answer is changed, at its control.
fn change_address(rq: &Request, case: &Case, page: &RecordPage, row: &RecordRow) -> String {
    let name = path::name(&row.path);
    let section = case.procedure().sections.iter().position(|section| section.key == page.section).unwrap_or(0);
    let place = address::page_of(case, section, &name).unwrap_or(Place { section, entry: page.entry, item: None });
    let nodes = case.nodes(place);
    let on_page = crate::journey::walk::fields(&nodes).iter().any(|field| field.name == name);
    let question = crate::journey::find::question(case.procedure(), &name).filter(|_| on_page);
    let control = question.map(|question| format!("#{}", sheet::first_control(&question.kind, &name, [true; 3])));
    format!("{}?{CHECKING}{}", form::page_address(rq, case, place), control.unwrap_or_default())
}

/// Fee and responsible office.
fn decision(rq: &Request, case: &Case) -> Markup {
    let t = rq.texts();
    let evaluation = &case.evaluation;
    let office = match &evaluation.outcome {
        Outcome::Authority(path) => rq.shelf.authorities.get(path),
        Outcome::Open | Outcome::EndPage { .. } => None,
    };
    let charged: Vec<_> = evaluation.fees.iter().filter(|fee| fee.cents != 0).collect();
    html! {
        h2 { (t.what_follows) }
        dl.answers {
            @if charged.is_empty() {
                div { dt { (t.fee_row) } dd { (t.fee_none) } }
            }
            @for fee in charged { (self::fee(rq, fee)) }
            @if let Some(office) = office {
                div { dt { (t.responsible_row) } dd { (shell::text(&office.name, rq.language)) } }
            }
        }
    }
}

/// A fee with its title.
pub(crate) fn fee(rq: &Request, fee: &FeeAmount) -> Markup {
    let t = rq.texts();
    html! {
        div {
            dt { @if let Some(title) = &fee.title { (shell::text(title, rq.language)) } @else { (t.fee_row) } }
            dd { (show_money(fee.cents, rq.language)) @if let Some(per) = fee.per { " " (period(t, per)) } }
        }
    }
}

/// A page that ends a procedure without a submission.
pub(crate) fn end(rq: &Request, case: &Case, end: &EndPage) -> Response {
    let evaluator = case.evaluator();
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    let title = rich::filled(end.title.get(rq.language), &fill);
    let text: Option<&RichText> = end.text.as_ref();
    let main = html! {
        h1 { (title) }
        @if let Some(text) = text { div.text { (rich::rich(text, rq.language, 2, &fill)) } }
        p { a href=(rq.runtime.links.home(rq.language)) { (rq.texts().done_back) } }
    };
    let procedure = plain_title(rq, case);
    let back = match &case.evaluation.outcome {
        Outcome::EndPage { after, .. } => {
            let before = case.before(Place { section: after + 1, entry: None, item: None });
            before.map_or_else(|| last_page(rq, case), |place| form::page_address(rq, case, place))
        }
        Outcome::Authority(_) | Outcome::Open => last_page(rq, case),
    };
    let head = Head { title: &title, procedure: Some(&procedure), error: false, back: Some(back), personal: true };
    shell::respond(rq, StatusCode::OK, &head, main)
}
