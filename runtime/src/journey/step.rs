//! A page of questions: shown.

use amtsweg_dsl::model::{Access, ProcedureKind};
use axum::http::StatusCode;
use axum::response::Response;

use super::address::Parts;
use super::case::{Case, Place};
use super::draft::{self, Work};
use super::{entries, open, start};
use crate::page::form::{self, Showing};
use crate::page::list;
use crate::page::trouble::Trouble;
use crate::request::Request;
use crate::router::redirect;

/// Shows a page of questions.
pub(crate) async fn show(rq: &Request, name: &str, parts: &Parts) -> Result<Response, Trouble> {
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    let draft = draft::find(rq, path).await?;
    let closed = rq.edition(path).is_some_and(|edition| !open::is_open(rq, &edition.procedure));
    let fresh = draft.is_none() && rq.query.is_empty() && rq.person.is_none() && !closed;
    if fresh && let Some(page) = rq.runtime.fresh.find(rq) {
        return Ok(page);
    }
    let work = draft::work_on(rq, path, draft).await?;
    let (work, place) = match admit(rq, work, parts)? {
        Entered::Here(work, place) => (*work, place),
        Entered::Elsewhere(response) => return Ok(response),
    };
    if let Some(list) = entries::asked_to_remove(rq) {
        return entries::confirm(rq, &work, place, &list);
    }
    let page = render(rq, &work.case, place, &Showing::default());
    Ok(if fresh { rq.runtime.fresh.keep(rq, page).await } else { page })
}

/// Draws a page of questions or the list of a repeated section.
pub(crate) fn render(rq: &Request, case: &Case, place: Place, showing: &Showing<'_>) -> Response {
    let repeated = case.section(place).is_some_and(|section| section.repeat.is_some());
    if repeated && place.entry.is_none() {
        list::respond(rq, case, place, showing)
    } else {
        form::respond(rq, case, place, showing)
    }
}

/// What became of somebody who asked for a page.
pub(crate) enum Entered {
    /// The page is theirs to fill in.
    Here(Box<Work>, Place),
    /// They are to go somewhere else first.
    Elsewhere(Response),
}

/// Opens the draft and finds the page, or where else to go.
pub(crate) async fn enter(rq: &Request, name: &str, parts: &Parts) -> Result<Entered, Trouble> {
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    admit(rq, draft::open(rq, path).await?, parts)
}

/// Finds the page, or where else to go.
fn admit(rq: &Request, work: Work, parts: &Parts) -> Result<Entered, Trouble> {
    let procedure = work.case.procedure();
    if procedure.kind == ProcedureKind::Topic {
        return Ok(Entered::Elsewhere(redirect(&rq.runtime.links.procedure(rq.language, &procedure.path))));
    }
    allowed(rq, work.case.procedure().access)?;
    if work.open.is_none() && !open::is_open(rq, procedure) {
        return Ok(Entered::Elsewhere(redirect(&rq.runtime.links.procedure(rq.language, &procedure.path))));
    }
    if let Some(newer) = &work.changed {
        return Ok(Entered::Elsewhere(start::changed(rq, &work, newer)));
    }
    let place = parts.place(&work.case).ok_or(Trouble::NotFound)?;
    match detour(&work.case, place) {
        None => Ok(Entered::Here(Box::new(work), place)),
        Some(other) => {
            let response = redirect(&address_of(rq, &work.case, other));
            Ok(Entered::Elsewhere(response))
        }
    }
}

/// Whether the person may fill in procedures of this level.
pub(crate) fn allowed(rq: &Request, access: Access) -> Result<(), Trouble> {
    let level = rq.person.as_ref().map_or(Access::None, |person| person.level);
    // An address needs nobody who is signed in: it is confirmed after sending.
    if access <= level.max(Access::Email) { Ok(()) } else { Err(Trouble::NeedsAccount(access)) }
}

/// The address of a page, or of the check page.
pub(crate) fn address_of(rq: &Request, case: &Case, place: Option<Place>) -> String {
    match place {
        Some(place) => form::page_address(rq, case, place),
        None => rq.runtime.links.check(rq.language, &case.procedure().path),
    }
}

/// Where to go instead of a page that cannot be filled in now; `Some(None)`: to the check page.
/// Nobody gets past a page that is open, whatever address they type.
fn detour(case: &Case, place: Place) -> Option<Option<Place>> {
    if !case.is_asked(place.section) || case.first_open_before(place.section).is_some() {
        return Some(case.first_open());
    }
    let section = case.section(place)?;
    if let Some(repeat) = &section.repeat {
        let count = case.entries(section);
        match place.entry {
            None if count == 0 && repeat.min > 0 => {
                return Some(case.pages(place.section, Some(0)).first().copied());
            }
            Some(entry) if entry > count || entry >= repeat.max as usize => {
                return Some(Some(Place { entry: None, item: None, ..place }));
            }
            _ => {}
        }
        place.entry?;
    }
    let pages = case.pages(place.section, place.entry);
    if pages.contains(&place) {
        return None;
    }
    // Its first page; a section in which nothing is asked at the moment has none.
    Some(
        pages.iter().copied().find(|page| case.is_open(*page)).or(pages.first().copied()).or_else(|| case.first_open()),
    )
}

/// A page that is shown again with what was posted, because of a trouble.
pub(crate) fn again(rq: &Request, work: &Work, place: Place, showing: &Showing<'_>) -> Response {
    let mut response = render(rq, &work.case, place, showing);
    if response.status() == StatusCode::OK
        && let Some(trouble) = showing.trouble
    {
        *response.status_mut() = trouble.status();
    }
    response
}
