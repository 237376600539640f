//! A procedure's start page, and what can be done with a draft there.

use std::sync::Arc;

use amtsweg_dsl::model::ProcedureKind;
use axum::body::Body;
use axum::response::Response;

use super::draft::{self, Work};
use super::posted::Posted;
use super::submit::is_reachable;
use super::{step, write};
use crate::library::Edition;
use crate::page::trouble::Trouble;
use crate::page::{start, topic};
use crate::request::Request;
use crate::router::redirect;

/// Shows a procedure, or a topic as a whole.
pub(crate) async fn show(rq: &Request, name: &str) -> Result<Response, Trouble> {
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    if let Some(edition) = rq.edition(path)
        && edition.procedure.kind == ProcedureKind::Topic
    {
        return Ok(topic::respond(rq, &edition.procedure));
    }
    let work = draft::open(rq, path).await?;
    if work.open.is_none() && !is_reachable(rq, work.case.procedure()) {
        return Err(Trouble::NotOffered);
    }
    Ok(start::respond(rq, &work))
}

/// Begins anew, stays with the version that was begun, or follows the newer one.
pub(crate) async fn act(rq: &Request, name: &str, body: Body) -> Result<Response, Trouble> {
    let posted = Posted::read(&rq.headers, body, &rq.runtime.limits).await?;
    write::genuine(rq, &posted)?;
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    let mut work = draft::open(rq, path).await?;
    let mut content = work.content();
    match (posted.get("_action"), &work.open, work.changed.clone()) {
        (Some("anew"), Some(open), _) => {
            rq.runtime.store.discard_draft(open.draft.id).await?;
            return Ok(redirect(&rq.runtime.links.procedure(rq.language, path)));
        }
        (Some("keep"), Some(_), Some(newer)) => {
            content.stays_before = Some(newer.hash.clone());
            draft::save(rq, &mut work, content).await?;
        }
        (Some("follow"), Some(_), Some(newer)) => {
            let content = draft::fitting(rq, &newer, &content);
            work.case = super::case::Case::new(newer, &content, rq.at, rq.runtime.regions);
            draft::save(rq, &mut work, content).await?;
        }
        _ => return Ok(redirect(&rq.runtime.links.procedure(rq.language, path))),
    }
    Ok(redirect(&step::address_of(rq, &work.case, work.case.first_open())))
}

/// "Dieser Vordruck hat sich geändert": both ways on.
pub(crate) fn changed(rq: &Request, work: &Work, newer: &Arc<Edition>) -> Response {
    start::changed(rq, work.case.procedure(), &newer.procedure)
}
