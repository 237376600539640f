//! Checking the answers, sending them, and the confirmation.

use amtsweg_dsl::eval::Outcome;
use amtsweg_dsl::model::ProcedureKind;
use axum::body::Body;
use axum::response::Response;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::case::{Case, Content};
use super::draft::{self, Work};
use super::posted::Posted;
use super::submit::{self, Complete};
use super::{open, start, step, write};
use crate::page::trouble::Trouble;
use crate::page::{check, confirmation};
use crate::release::Detail;
use crate::request::Request;
use crate::router::redirect;
use crate::seal::Place;

/// Shows all answers before they are sent.
pub(crate) async fn show(rq: &Request, name: &str) -> Result<Response, Trouble> {
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    let work = draft::open(rq, path).await?;
    match not_yet(rq, &work)? {
        Some(elsewhere) => Ok(elsewhere),
        None => page(rq, &work, None),
    }
}

/// Where somebody has to go before there is anything to check.
fn not_yet(rq: &Request, work: &Work) -> Result<Option<Response>, Trouble> {
    let procedure = work.case.procedure();
    if procedure.kind == ProcedureKind::Topic {
        return Ok(Some(redirect(&rq.runtime.links.procedure(rq.language, &procedure.path))));
    }
    step::allowed(rq, procedure.access)?;
    if let Some(newer) = &work.changed {
        return Ok(Some(start::changed(rq, work, newer)));
    }
    let open = work.case.first_open();
    Ok(open.map(|place| redirect(&step::address_of(rq, &work.case, Some(place)))))
}

fn page(rq: &Request, work: &Work, trouble: Option<&Trouble>) -> Result<Response, Trouble> {
    if let Some(end) = work.case.end_page() {
        return Ok(check::end(rq, &work.case, end));
    }
    let Some(open) = &work.open else {
        return Err(Trouble::broken("a case without questions cannot be sent"));
    };
    Ok(check::respond(rq, &work.case, open.draft.submit_token, &fingerprint(&work.case), trouble))
}

/// The state of all answers: what is sent is what was shown.
fn fingerprint(case: &Case) -> String {
    let answers = serde_json::to_string(&case.evaluation.answers).unwrap_or_default();
    Sha256::digest(answers).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Sends the answers.
pub(crate) async fn send(rq: &Request, name: &str, body: Body) -> Result<Response, Trouble> {
    let posted = Posted::read(&rq.headers, body, &rq.runtime.limits).await?;
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    if let Err(trouble) = write::genuine(rq, &posted) {
        let work = draft::open(rq, path).await?;
        return match not_yet(rq, &work)? {
            Some(_) => Err(trouble),
            None => page(rq, &work, Some(&trouble)),
        };
    }
    // Pressed twice, gone back, loaded again: the first submission is the answer.
    let token = posted.get("_submit").and_then(|token| Uuid::parse_str(token).ok());
    if let Some(token) = token
        && let Some(done) = rq.runtime.store.submission_by_token(token).await?
        && is_own(rq, &done.secret)
    {
        return Ok(redirect(&rq.runtime.links.confirmation(rq.language, &done.reference)));
    }
    let work = draft::open(rq, path).await?;
    if let Some(elsewhere) = not_yet(rq, &work)? {
        return Ok(elsewhere);
    }
    let Outcome::Authority(authority) = &work.case.evaluation.outcome else {
        return page(rq, &work, None);
    };
    if !open::is_open(rq, work.case.procedure()) {
        return page(rq, &work, Some(&Trouble::Closed));
    }
    if posted.get("_state") != Some(&fingerprint(&work.case)) {
        return page(rq, &work, Some(&Trouble::Conflict));
    }
    if !submit::agrees_with_schema(&work.case.edition, &work.case.evaluation) {
        return page(rq, &work, Some(&Trouble::Refused));
    }
    let (Some(open), Some(secret)) = (&work.open, rq.visitor.key()) else {
        return Err(Trouble::NoCookie);
    };
    let complete = Complete {
        edition: &work.case.edition,
        evaluation: &work.case.evaluation,
        authority,
        token: open.draft.submit_token,
        draft: Some(open.draft.id),
        secret,
    };
    match submit::store(rq, &complete).await {
        Ok(submission) => Ok(redirect(&rq.runtime.links.confirmation(rq.language, &submission.reference))),
        Err(trouble @ Trouble::Busy(_)) => {
            trouble.log();
            page(rq, &work, Some(&trouble))
        }
        Err(other) => Err(other),
    }
}

fn is_own(rq: &Request, secret: &[u8; 32]) -> bool {
    rq.visitor.key().is_some_and(|key| bool::from(key.ct_eq(secret)))
}

/// The confirmation, for the browser that sent. Unknown and foreign references are answered alike.
pub(crate) async fn confirmation(rq: &Request, reference: &str) -> Result<Response, Trouble> {
    let Some(reference) = crate::reference::read_reference(reference) else {
        return Ok(confirmation::hidden(rq));
    };
    let Some(submission) = rq.runtime.store.submission(&rq.portal.path, &reference).await? else {
        return Ok(confirmation::hidden(rq));
    };
    if !is_own(rq, &submission.secret) {
        return Ok(confirmation::hidden(rq));
    }
    let store = &*rq.runtime.store;
    let edition = rq.runtime.editions.find(&rq.shelf, store, &submission.procedure, &submission.version).await?;
    let edition = edition.ok_or_else(|| Trouble::broken("the version of a submission is not there"))?;
    let place = Place { portal: &submission.portal, id: submission.id, format: "submission" };
    let answers = rq.runtime.vault.unseal(place, &submission.answers)?;
    let answers = serde_json::from_slice(&answers).map_err(|_| Trouble::broken("a submission cannot be understood"))?;
    let at = crate::clock::local(submission.submitted_at);
    let case = Case::new(edition, &Content { answers, ..Content::default() }, at, rq.runtime.regions);
    let mut conditions = Vec::new();
    for condition in store.conditions(submission.id).await? {
        let detail = Detail::open(&rq.runtime.vault, &condition)?;
        conditions.push((condition, detail));
    }
    Ok(confirmation::respond(rq, &submission, &case, &conditions))
}
