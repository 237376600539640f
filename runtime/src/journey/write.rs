//! A page of questions: posted.

use amtsweg_dsl::kind::State;
use axum::body::Body;
use axum::response::Response;
use sha2::{Digest, Sha256};

use super::address::Parts;
use super::case::{Case, Content, Place};
use super::draft::{self, Work};
use super::posted::Posted;
use super::step::{self, Entered};
use super::visitor::comes_from_here;
use super::{entries, postcode, problems, read, upload, walk};
use crate::page::form::Showing;
use crate::page::sheet::FieldError;
use crate::page::trouble::Trouble;
use crate::request::Request;
use crate::router::redirect;

/// Takes what was posted to a page of questions.
pub(crate) async fn take(rq: &Request, name: &str, parts: &Parts, body: Body) -> Result<Response, Trouble> {
    let posted = Posted::read(&rq.headers, body, &rq.runtime.limits).await?;
    if let Err(trouble) = genuine(rq, &posted) {
        return kept(rq, name, parts, &posted, trouble).await;
    }
    match attempt(rq, name, parts, &posted).await {
        // Another window wrote at the same moment, another page perhaps: once more on what it wrote.
        Err(Trouble::Conflict) => match attempt(rq, name, parts, &posted).await {
            Err(trouble @ (Trouble::Conflict | Trouble::Busy(_))) => kept(rq, name, parts, &posted, trouble).await,
            done => done,
        },
        Err(trouble @ Trouble::Busy(_)) => kept(rq, name, parts, &posted, trouble).await,
        done => done,
    }
}

/// Whether a form comes from one of our own pages, in this browser.
pub(crate) fn genuine(rq: &Request, posted: &Posted) -> Result<(), Trouble> {
    if !comes_from_here(&rq.headers) {
        return Err(Trouble::Forged);
    }
    if !rq.visitor.is_known() {
        return Err(Trouble::NoCookie);
    }
    if rq.visitor.fits(posted.get("_token").unwrap_or_default()) { Ok(()) } else { Err(Trouble::Forged) }
}

async fn attempt(rq: &Request, name: &str, parts: &Parts, posted: &Posted) -> Result<Response, Trouble> {
    let (mut work, place) = match step::enter(rq, name, parts).await? {
        Entered::Here(work, place) => (*work, place),
        Entered::Elsewhere(response) => return Ok(response),
    };
    let action = posted.get("_action").unwrap_or_default();
    if let Some(entry) = action.strip_prefix("removed:") {
        return entries::remove(rq, &mut work, place, entry).await;
    }
    let section = work.case.section(place).ok_or(Trouble::NotFound)?;
    if section.repeat.is_some() && place.entry.is_none() {
        return entries::leave_list(rq, &mut work, place, action).await;
    }
    page(rq, work, place, posted, action).await
}

/// Reads a page, saves what is right, and says what is wrong.
async fn page(rq: &Request, mut work: Work, place: Place, posted: &Posted, action: &str) -> Result<Response, Trouble> {
    let mut content = work.content();
    let (shown, wrong) = answers(rq, &work.case, place, posted, &mut content);
    // Another window changed this very page since it was shown here: say so before overwriting.
    let base = posted.get("_state").unwrap_or_default();
    let stored = fingerprint(&work.case, place);
    if base != stored && stored != fingerprint_of(rq, &work, place, &content) && work.open.is_some() {
        let trouble = Trouble::Conflict;
        return Ok(step::again(
            rq,
            &work,
            place,
            &Showing { posted: Some(posted), trouble: Some(&trouble), ..Showing::default() },
        ));
    }
    if !posted.files.is_empty() && work.open.is_none() {
        // Uploads belong to a draft, which has to be there first.
        draft::save(rq, &mut work, Content::default()).await?;
    }
    let mut wrong = wrong;
    wrong.extend(upload::take(rq, &work, place, posted, &mut content).await?);
    let stays = entries::inline(rq, &work, place, action, &mut content).await?;
    draft::save(rq, &mut work, content).await?;

    if let Some(stays) = stays {
        return Ok(stay(rq, &work, place, posted, &wrong, stays));
    }
    let nodes = work.case.nodes(place);
    let errors = problems::on_page(rq, &work.case, place, &nodes, &wrong, &shown);
    if !errors.is_empty() {
        return Ok(step::render(
            rq,
            &work.case,
            place,
            &Showing { posted: Some(posted), errors: &errors, ..Showing::default() },
        ));
    }
    Ok(redirect(&step::address_of(rq, &work.case, work.case.after(place))))
}

/// What comes of a button that leads nowhere else: the page again, at a place in it. Where
/// something could not be read, with what was posted: nothing that was typed is lost.
fn stay(
    rq: &Request,
    work: &Work,
    place: Place,
    posted: &Posted,
    wrong: &[(String, State)],
    stays: entries::Stays,
) -> Response {
    let about_files: Vec<FieldError> = {
        let nodes = work.case.nodes(place);
        let files: Vec<(String, State)> =
            wrong.iter().filter(|(_, state)| upload::is_about_files(state)).cloned().collect();
        problems::on_page(rq, &work.case, place, &nodes, &files, &[])
            .into_iter()
            .filter(|error| files.iter().any(|(name, _)| *name == error.name))
            .collect()
    };
    if about_files.is_empty() && (wrong.is_empty() || stays.elsewhere) {
        return redirect(&format!("{}{}", step::address_of(rq, &work.case, Some(place)), stays.suffix));
    }
    step::render(rq, &work.case, place, &Showing { posted: Some(posted), errors: &about_files, ..Showing::default() })
}

/// Reads the questions of a page into `content`; answers with their names and what is wrong.
fn answers(
    rq: &Request,
    case: &Case,
    place: Place,
    posted: &Posted,
    content: &mut Content,
) -> (Vec<String>, Vec<(String, State)>) {
    let nodes = case.nodes(place);
    let fields = walk::fields(&nodes);
    let around = rq.surroundings(case.procedure());
    let wrong = read::read(&fields, posted, around, &mut content.answers);
    let shown: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    if shown.is_empty() {
        content.seen.insert(case.page_name(place));
    }
    content.seen.extend(shown.iter().cloned());
    content.seen.extend(walk::conditional_texts(&nodes).into_iter().map(str::to_owned));
    entry_exists(case, place, content);
    fill_in_places(rq, case, content);
    (shown, wrong)
}

/// An entry is there as soon as its page was sent, be everything in it optional.
fn entry_exists(case: &Case, place: Place, content: &mut Content) {
    let (Some(section), Some(entry)) = (case.section(place), place.entry) else {
        return;
    };
    let name = format!("{}.{entry}", section.key);
    if super::path::get(&content.answers, &name).is_none() {
        super::path::set(&mut content.answers, &name, serde_json::Value::Object(serde_json::Map::new()));
    }
}

/// Municipalities that follow from a postcode.
pub(super) fn fill_in_places(rq: &Request, case: &Case, content: &mut Content) {
    if !postcode::leads_on(case.procedure()) {
        return;
    }
    let after = Case::new(case.edition.clone(), content, rq.at, rq.runtime.regions);
    for (name, place) in postcode::places(&after.evaluator(), after.procedure(), &after.evaluation.answers) {
        match place {
            Some(key) => super::path::set(&mut content.answers, &name, key.into()),
            None => super::path::remove(&mut content.answers, &name),
        }
    }
}

/// A page that cannot be saved now, with everything that was posted.
async fn kept(rq: &Request, name: &str, parts: &Parts, posted: &Posted, trouble: Trouble) -> Result<Response, Trouble> {
    trouble.log();
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    let work = match draft::open(rq, path).await {
        Ok(work) => work,
        // Not even what is stored can be read: begin with what was posted.
        Err(Trouble::Busy(_)) => {
            let edition = rq.edition(path).cloned().ok_or(Trouble::NotOffered)?;
            let case = Case::new(edition, &Content::default(), rq.at, rq.runtime.regions);
            Work { open: None, case, changed: None }
        }
        Err(other) => return Err(other),
    };
    let place = parts.place(&work.case).ok_or(Trouble::NotFound)?;
    // What is shown was not stored: the next attempt is measured against what the visitor saw, or,
    // where that was overtaken and they are told so, against what is stored.
    let seen = posted.get("_state").filter(|_| !matches!(trouble, Trouble::Conflict)).map(str::to_owned);
    let state = Some(seen.unwrap_or_else(|| fingerprint(&work.case, place)));
    // Questions that hang on answers of the same page stay on it.
    let mut content = work.content();
    for _ in 0..2 {
        let case = Case::new(work.case.edition.clone(), &content, rq.at, rq.runtime.regions);
        answers(rq, &case, place, posted, &mut content);
    }
    let case = Case::new(work.case.edition.clone(), &content, rq.at, rq.runtime.regions);
    let work = Work { case, ..work };
    Ok(step::again(rq, &work, place, &Showing { posted: Some(posted), trouble: Some(&trouble), errors: &[], state }))
}

/// The state of the answers of a page, in 16 characters: two windows notice by it that one of
/// them is behind.
pub(crate) fn fingerprint(case: &Case, place: Place) -> String {
    let mut hash = Sha256::new();
    for field in walk::fields(&case.nodes(place)) {
        hash.update(&field.name);
        if let Some(value) = field.value {
            hash.update("=");
            // A digest takes all bytes.
            drop(serde_json::to_writer(&mut hash, value));
        }
        hash.update("\n");
    }
    let first = hash.finalize().iter().take(8).fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    format!("{first:016x}")
}

fn fingerprint_of(rq: &Request, work: &Work, place: Place, content: &Content) -> String {
    fingerprint(&Case::new(work.case.edition.clone(), content, rq.at, rq.runtime.regions), place)
}
