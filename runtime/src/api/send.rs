//! Submissions through the API.

use std::sync::Arc;

use amtsweg_dsl::eval::{Outcome, evaluate, unasked};
use amtsweg_dsl::kind::State;
use amtsweg_dsl::model::Procedure;
use aws_lc_rs::rand;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::body::{self, InlineFile};
use super::problem::{self, Code, Problem, WrongAnswer};
use super::spoken;
use crate::clock::local;
use crate::journey::case::{Case, Content};
use crate::journey::draft;
use crate::journey::submit::{self, Complete};
use crate::journey::{open, path, problems, step};
use crate::library::Edition;
use crate::page::trouble::Trouble;
use crate::release::person::given_early;
use crate::request::Request;
use crate::seal::Place;
use crate::store::{Submission, Upload};

/// What a sender gets.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Receipt {
    /// What people call the submission. It names and never authorises.
    pub reference: String,
    /// The procedure's path.
    pub procedure: String,
    /// The hash of the version that it was checked with.
    pub version: String,
    /// The responsible authority.
    pub authority: Office,
    /// What is charged, in whole cents: `[{"name","cents","per","payment"}]`.
    pub fees: Json,
    /// When it was stored.
    pub submitted_at: String,
    /// `released`: it goes to the authority now. `submitted`: an address has to be confirmed, a fee
    /// paid or another person has to answer first, by the links that were mailed.
    pub state: String,
}

/// An authority.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Office {
    /// Folder and name.
    pub path: String,
    /// Its name for people.
    pub name: String,
}

/// Takes a submission.
pub(crate) async fn submit(rq: Request, Path(name): Path<String>, body: Body) -> Response {
    let rq = spoken(rq);
    match take(&rq, &name, body).await {
        Ok(response) => response,
        Err(trouble) => problem::of_trouble(&rq, &trouble),
    }
}

async fn take(rq: &Request, name: &str, body: Body) -> Result<Response, Trouble> {
    let path = rq.procedure_path(name).ok_or(Trouble::NotFound)?;
    super::edition(rq, name)?;
    let edition = Arc::clone(rq.edition(path).ok_or(Trouble::NotOffered)?);
    let procedure = &edition.procedure;
    step::allowed(rq, procedure.access)?;
    if !open::is_open(rq, procedure) {
        return Ok(closed(rq, procedure));
    }
    let token = token(rq, path)?;
    let mut answers = body::read(&rq.headers, body, procedure, &rq.runtime.limits).await?;
    let (files, mut wrong) = body::take_files(procedure, &mut answers);
    if let Some(done) = rq.runtime.store.submission_by_token(token).await? {
        return again(rq, &edition, &done, &answers);
    }
    let unasked = unasked(procedure, &answers, rq.at, rq.runtime.regions);
    wrong.extend(unasked.iter().map(|path| (path::name(path), State::NotAsked)));
    // What a second person is asked is no question for whoever sends.
    wrong.extend(given_early(procedure, &answers).into_iter().map(|name| (name, State::NotAsked)));
    let content = Content { answers, ..Content::default() };
    let case = Case::new(edition.clone(), &content, rq.at, rq.runtime.regions);
    let problems = case.evaluation.problems.iter().filter(|problem| !problem.warning);
    for problem in problems {
        let name = path::name(&problem.path);
        if !wrong.iter().any(|(at, _)| path::lies_in(at, &name) || path::lies_in(&name, at)) {
            wrong.push((name, problem.state.clone()));
        }
    }
    if !wrong.is_empty() {
        return Ok(refused(rq, &case, &wrong));
    }
    let authority = match &case.evaluation.outcome {
        Outcome::Authority(authority) => authority.clone(),
        Outcome::EndPage { .. } | Outcome::Open => return Ok(ended(rq, &case)),
    };
    if !submit::agrees_with_schema(&edition, &case.evaluation) {
        return Err(Trouble::Refused);
    }
    let draft = keep_files(rq, &edition, &content, &files).await?;
    let complete = Complete {
        edition: &edition,
        evaluation: &case.evaluation,
        authority: &authority,
        token,
        draft,
        secret: nobody()?,
    };
    let submission = submit::store(rq, &complete).await?;
    Ok(receipt(rq, &submission, StatusCode::CREATED))
}

/// The same key again: the same answers get the same receipt, others are no repetition.
fn again(rq: &Request, edition: &Edition, done: &Submission, answers: &Map<String, Json>) -> Result<Response, Trouble> {
    let place = Place { portal: &done.portal, id: done.id, format: "submission" };
    let stored = rq.runtime.vault.unseal(place, &done.answers)?;
    let mut stored: Map<String, Json> =
        serde_json::from_slice(&stored).map_err(|_| Trouble::broken("stored answers are not JSON"))?;
    // What other people have answered since was not sent.
    for name in given_early(&edition.procedure, &stored) {
        path::remove(&mut stored, &name);
    }
    // As they were taken then, with what was normal at that minute.
    let taken = evaluate(&edition.procedure, answers, local(done.submitted_at), rq.runtime.regions).answers;
    if without_file_ids(Json::Object(taken)) == without_file_ids(Json::Object(stored)) {
        return Ok(receipt(rq, done, StatusCode::OK));
    }
    let problem = Problem::new("key_used", StatusCode::UNPROCESSABLE_ENTITY, &rq.texts().key_used_title);
    Ok(problem.with_detail(&rq.texts().key_used_text).into_response())
}

/// Each time that a file is sent it gets an id of its own.
fn without_file_ids(mut answers: Json) -> Json {
    match &mut answers {
        Json::Object(members) => {
            if members.contains_key("sha256") {
                members.shift_remove("id");
            }
            members.values_mut().for_each(|member| *member = without_file_ids(member.take()));
        }
        Json::Array(entries) => entries.iter_mut().for_each(|entry| *entry = without_file_ids(entry.take())),
        _ => {}
    }
    answers
}

/// The token that makes a repeated call the same submission.
fn token(rq: &Request, path: &str) -> Result<Uuid, Trouble> {
    let Some(key) = idempotency_key(&rq.headers)? else {
        return Ok(Uuid::now_v7());
    };
    let mut hash = Sha256::new();
    for part in ["api", &rq.portal.path, path, key] {
        hash.update(part);
        hash.update([0]);
    }
    let mut bytes = [0u8; 16];
    bytes.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    Ok(uuid::Builder::from_bytes(bytes).with_version(uuid::Version::Random).into_uuid())
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Trouble> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let wrong =
        || Trouble::Call("The header Idempotency-Key has to have 1 to 255 visible ASCII characters.".to_owned());
    key.map(Some).ok_or_else(wrong)
}

/// A secret that nobody knows: there is no confirmation page for calls.
fn nobody() -> Result<[u8; 32], Trouble> {
    let mut secret = [0u8; 32];
    rand::fill(&mut secret).map_err(|_| Trouble::broken("there is no randomness"))?;
    Ok(secret)
}

/// Uploads belong to a draft until they are sent: one is made where there are files.
async fn keep_files(
    rq: &Request,
    edition: &Arc<Edition>,
    content: &Content,
    files: &[InlineFile],
) -> Result<Option<Uuid>, Trouble> {
    if files.is_empty() {
        return Ok(None);
    }
    let draft = draft::write(rq, None, edition, content, nobody()?).await?.id;
    for file in files {
        rq.runtime.files.put(&rq.portal.path, file.id, &file.content).await?;
        let size = u64::try_from(file.content.len()).unwrap_or(u64::MAX);
        rq.runtime.store.add_upload(&Upload { id: file.id, draft, size, created_at: rq.now }).await?;
    }
    Ok(Some(draft))
}

fn receipt(rq: &Request, submission: &Submission, status: StatusCode) -> Response {
    let name = rq.shelf.authorities.get(&submission.authority).map(|authority| authority.name.get(rq.language));
    let receipt = Receipt {
        reference: submission.reference.clone(),
        procedure: submission.procedure.clone(),
        version: submission.version.clone(),
        authority: Office {
            path: submission.authority.clone(),
            name: name.unwrap_or(&submission.authority).to_owned(),
        },
        fees: serde_json::from_str(&submission.fees).unwrap_or_default(),
        submitted_at: submission.submitted_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        state: submission.state.clone(),
    };
    (status, axum::Json(receipt)).into_response()
}

fn refused(rq: &Request, case: &Case, wrong: &[(String, State)]) -> Response {
    let mut problem = Problem::new("answers", StatusCode::UNPROCESSABLE_ENTITY, &rq.texts().problem_title);
    problem.errors = wrong
        .iter()
        .map(|(name, state)| WrongAnswer {
            pointer: path::pointer(&problems::path_of(name)),
            code: state.code(),
            message: match state {
                State::NotAsked => rq.texts().answer_not_asked.clone(),
                state => problems::message(rq, case, name, state),
            },
        })
        .collect();
    problem.into_response()
}

/// It can be sent at another time only.
fn closed(rq: &Request, procedure: &Procedure) -> Response {
    let problem = Problem::new("closed", StatusCode::FORBIDDEN, &rq.texts().closed_title);
    match open::when(rq, procedure) {
        Some(when) => problem.with_detail(&when).into_response(),
        None => problem.into_response(),
    }
}

/// The answers lead to an end page: nobody takes them.
fn ended(rq: &Request, case: &Case) -> Response {
    let title = case.end_page().map_or("", |page| page.title.get(rq.language));
    Problem::new("end", StatusCode::UNPROCESSABLE_ENTITY, title).into_response()
}
