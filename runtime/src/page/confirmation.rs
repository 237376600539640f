//! The confirmation ("Eingangsbestätigung"): reference, office, what happens next.

use amtsweg_dsl::kind::show_date;
use amtsweg_dsl::model::{FeePayment, ProcedureKind};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::shell::{self, Head};
use super::{check, rich, waiting};
use crate::journey::case::Case;
use crate::journey::submit::applicant_email;
use crate::portal::office;
use crate::record::Record;
use crate::release::Detail;
use crate::request::Request;
use crate::store::{Condition, Submission};

/// The page.
pub(crate) fn respond(
    rq: &Request,
    submission: &Submission,
    case: &Case,
    conditions: &[(Condition, Detail)],
) -> Response {
    let t = rq.texts();
    let regions = rq.runtime.regions;
    let (procedure, evaluation, at) = (case.procedure(), &case.evaluation, case.at);
    let evaluator = case.evaluator();
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    let title = match procedure.kind {
        ProcedureKind::Report => &t.sent_title_report,
        ProcedureKind::Application | ProcedureKind::Topic => &t.sent_title_application,
    };
    let authority = rq.shelf.authorities.get(&submission.authority);
    let mail = applicant_email(procedure, evaluation, at, regions).is_some();
    let record = Record::new(procedure, evaluation, rq.language, at, regions);
    let rows = record.pages.iter().flat_map(|page| &page.rows);
    let missing: Vec<_> = rows.filter_map(|row| Some((&row.label, row.due?))).collect();
    let main = html! {
        div.done {
            h1 { (title) }
            p { (t.reference_label) ": " strong.reference { (submission.reference) } }
        }
        p { (t.sent_at(show_date(at.date(), rq.language))) }
        (waiting::status(rq, submission, case, conditions))
        @if let Some(authority) = authority {
            h2 { (t.who_is_responsible) }
            (office(rq, authority))
        }
        @if let Some(next) = &procedure.what_happens_next {
            h2 { (t.what_happens_next) }
            (rich::rich(next, rq.language, 3, &fill))
        }
        @if !missing.is_empty() {
            h2 { (t.still_missing_title) }
            p { (t.still_missing_how) }
            ul { @for (label, day) in &missing { li { (label) " – " (t.evidence_until(show_date(*day, rq.language))) } } }
        }
        (fees(rq, case))
        p { @if mail { (t.confirmation_mail) } @else { (t.confirmation_no_mail) } }
        p.print-hint { (t.print_hint) }
        p { button.second.print type="button" hidden { (t.print_button) } }
        p { a href=(rq.runtime.links.home(rq.language)) { (t.done_back) } }
    };
    let procedure_title = rich::filled(procedure.title.get(rq.language), &fill).into_owned();
    let head = Head {
        title,
        procedure: Some(&procedure_title),
        error: false,
        back: Some(rq.runtime.links.home(rq.language)),
        personal: true,
    };
    shell::respond(rq, StatusCode::OK, &head, main)
}

/// What it costs, and when it is paid.
fn fees(rq: &Request, case: &Case) -> Markup {
    let t = rq.texts();
    let charged: Vec<_> = case.evaluation.fees.iter().filter(|fee| fee.cents != 0).collect();
    let before = charged.iter().any(|fee| fee.payment == FeePayment::BeforeSending);
    html! {
        @if !charged.is_empty() {
            h2 { (t.fee_title) }
            dl.answers { @for fee in &charged { (check::fee(rq, fee)) } }
            p { @if before { (t.pay_before) } @else { (t.pay_after_notice) } }
        }
    }
}

/// For everybody else, whether there is such a reference or not.
pub(crate) fn hidden(rq: &Request) -> Response {
    let t = rq.texts();
    let main = html! {
        h1 { (t.confirmation_secret_title) }
        p { (t.confirmation_secret_text) }
        p { a href=(rq.runtime.links.home(rq.language)) { (t.done_back) } }
    };
    let head = Head { title: &t.confirmation_secret_title, personal: true, ..Head::default() };
    shell::respond(rq, StatusCode::NOT_FOUND, &head, main)
}
