//! Drafts ("Entwürfe"): opened, followed to a newer text, written.

use std::sync::Arc;

use amtsweg_dsl::eval::{Evaluation, evaluate};
use amtsweg_dsl::kind::State;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::case::{Case, Content};
use super::path;
use crate::library::Edition;
use crate::page::trouble::Trouble;
use crate::request::Request;
use crate::seal::Place as SealPlace;
use crate::store::{Draft, StoreError};

/// How long a draft is kept after it was last written.
pub(crate) const LIFETIME_DAYS: i64 = 30;

/// A draft with its answers open.
pub(crate) struct Open {
    pub draft: Draft,
    pub content: Content,
}

impl Open {
    /// Whether exactly this is stored, so lately that the day until which it is kept stays right.
    fn holds(&self, content: &Content, edition: &Edition, now: Timestamp) -> bool {
        self.content == *content
            && self.draft.version == edition.hash
            && now.duration_since(self.draft.changed_at) < SignedDuration::from_mins(1)
    }
}

/// What a request works on.
pub(crate) struct Work {
    /// Nothing has been written yet where there is none.
    pub open: Option<Open>,
    pub case: Case,
    /// A newer text that the answers do not fit: the visitor has to choose.
    pub changed: Option<Arc<Edition>>,
}

impl Work {
    pub fn content(&self) -> Content {
        self.open.as_ref().map(|open| open.content.clone()).unwrap_or_default()
    }
}

/// Opens the visitor's draft of a procedure, or begins with nothing.
pub(crate) async fn open(rq: &Request, procedure: &str) -> Result<Work, Trouble> {
    work_on(rq, procedure, find(rq, procedure).await?).await
}

/// What there is to work on, from the visitor's draft, if there is one.
pub(crate) async fn work_on(rq: &Request, procedure: &str, open: Option<Open>) -> Result<Work, Trouble> {
    let current = rq.edition(procedure).cloned();
    let Some(mut open) = open else {
        let edition = current.ok_or(Trouble::NotOffered)?;
        let case = Case::new(edition, &Content::default(), rq.at, rq.runtime.regions);
        return Ok(Work { open: None, case, changed: None });
    };
    let own = rq.runtime.editions.find(&rq.shelf, &*rq.runtime.store, procedure, &open.draft.version).await?;
    let mut changed = None;
    let edition = match (own, current) {
        (None, None) => return Err(Trouble::NotOffered),
        (Some(own), None) => own,
        (None, Some(current)) => current,
        (Some(own), Some(current)) if own.hash == current.hash || !rq.runtime.mode.is_author() => own,
        (Some(own), Some(current)) => {
            if follows(rq, &own, &current, &open.content) {
                current
            } else {
                if open.content.stays_before.as_deref() != Some(&current.hash) {
                    changed = Some(current);
                }
                own
            }
        }
    };
    open.draft.version.clone_from(&edition.hash);
    let case = Case::new(edition, &open.content, rq.at, rq.runtime.regions);
    Ok(Work { open: Some(open), case, changed })
}

/// The visitor's draft of a procedure, as it is stored.
pub(crate) async fn find(rq: &Request, procedure: &str) -> Result<Option<Open>, Trouble> {
    let Some(visitor) = rq.visitor.key() else {
        return Ok(None);
    };
    let Some(draft) = rq.runtime.store.draft(&rq.portal.path, &visitor, procedure).await? else {
        return Ok(None);
    };
    if draft.expires_at <= rq.now {
        return Ok(None);
    }
    let place = SealPlace { portal: &draft.portal, id: draft.id, format: "draft" };
    let plain = rq.runtime.vault.unseal(place, &draft.answers)?;
    let content = serde_json::from_slice(&plain).map_err(|_| Trouble::broken("a draft cannot be understood"))?;
    Ok(Some(Open { draft, content }))
}

/// Whether every answer that is asked now stays one that is asked and right with a newer text.
fn follows(rq: &Request, own: &Edition, current: &Edition, content: &Content) -> bool {
    let regions = rq.runtime.regions;
    let before = evaluate(&own.procedure, &content.answers, rq.at, regions);
    let after = evaluate(&current.procedure, &before.answers, rq.at, regions);
    keeps(&before.answers, &after.answers)
        && !after.problems.iter().any(|problem| {
            let wrong =
                !matches!(problem.state, State::Empty | State::Rule(_) | State::TooFewEntries(_) | State::TooFewFiles);
            wrong && !has_problem(&before, problem)
        })
}

fn has_problem(before: &Evaluation, problem: &amtsweg_dsl::eval::Problem) -> bool {
    before.problems.iter().any(|old| old.path == problem.path && old.state == problem.state)
}

/// Whether nothing of `before` is missing in `after`.
fn keeps(before: &Map<String, Json>, after: &Map<String, Json>) -> bool {
    before.iter().all(|(key, value)| match (value, after.get(key)) {
        (Json::Object(before), Some(Json::Object(after))) => keeps(before, after),
        (Json::Array(before), Some(Json::Array(after))) => {
            before.len() == after.len()
                && before.iter().zip(after).all(|pair| match pair {
                    (Json::Object(before), Json::Object(after)) => keeps(before, after),
                    (before, after) => before == after,
                })
        }
        (value, Some(after)) => value == after,
        (_, None) => false,
    })
}

/// Writes the answers; a first write makes the draft. What is stored already, and was written a
/// short while ago, is not written again: a page that is sent twice with the same mistakes.
pub(crate) async fn save(rq: &Request, work: &mut Work, content: Content) -> Result<(), Trouble> {
    let visitor = rq.visitor.key().ok_or(Trouble::NoCookie)?;
    if work.open.as_ref().is_some_and(|open| open.holds(&content, &work.case.edition, rq.now)) {
        return Ok(());
    }
    let before = work.open.as_ref().map(|open| &open.draft);
    let draft = write(rq, before, &work.case.edition, &content, visitor).await?;
    work.case = Case::new(work.case.edition.clone(), &content, rq.at, rq.runtime.regions);
    work.open = Some(Open { draft, content });
    Ok(())
}

/// Writes a draft, or makes one.
pub(crate) async fn write(
    rq: &Request,
    before: Option<&Draft>,
    edition: &Edition,
    content: &Content,
    visitor: [u8; 32],
) -> Result<Draft, Trouble> {
    let mut draft = before.cloned().unwrap_or_else(|| Draft {
        id: Uuid::now_v7(),
        portal: rq.portal.path.clone(),
        visitor,
        procedure: edition.procedure.path.clone(),
        version: String::new(),
        revision: 0,
        submit_token: Uuid::now_v7(),
        answers: Vec::new(),
        created_at: rq.now,
        changed_at: rq.now,
        expires_at: rq.now,
    });
    if draft.version != edition.hash || draft.revision == 0 {
        keep_version(rq, edition).await?;
        draft.version.clone_from(&edition.hash);
    }
    let plain = serde_json::to_vec(content).map_err(|_| Trouble::broken("a draft cannot be written as JSON"))?;
    let place = SealPlace { portal: &draft.portal, id: draft.id, format: "draft" };
    draft.answers = rq.runtime.vault.seal(place, &plain)?;
    draft.changed_at = rq.now;
    draft.expires_at = rq.now + SignedDuration::from_hours(24 * LIFETIME_DAYS);
    draft.revision = rq.runtime.store.save_draft(&draft).await?;
    Ok(draft)
}

/// In author mode texts change under a draft: the one it was made with stays loadable.
async fn keep_version(rq: &Request, edition: &Edition) -> Result<(), StoreError> {
    if !rq.runtime.mode.is_author() {
        return Ok(());
    }
    let compiled = edition.procedure.canonical_json().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    rq.runtime.store.keep_compiled(&edition.hash, &compiled).await
}

/// Answers that fit a procedure, for a draft that follows a newer text in spite of what is lost.
pub(crate) fn fitting(rq: &Request, edition: &Edition, content: &Content) -> Content {
    let evaluation = evaluate(&edition.procedure, &content.answers, rq.at, rq.runtime.regions);
    let mut answers = evaluation.answers.clone();
    for problem in evaluation.problems.iter().filter(|problem| !matches!(problem.state, State::Rule(_))) {
        path::remove(&mut answers, &path::name(&problem.path));
    }
    Content { answers, seen: content.seen.clone(), stays_before: None }
}
