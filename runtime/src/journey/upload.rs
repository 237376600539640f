//! Files that come with a page.

use amtsweg_dsl::kind::{Kind, State};
use amtsweg_dsl::model::FileLimits;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::case::{Content, Place};
use super::draft::Work;
use super::path;
use super::posted::{Posted, PostedFile};
use super::walk;
use crate::files::{self, FileError};
use crate::page::file::{file_id, files as files_of};
use crate::page::trouble::Trouble;
use crate::request::Request;
use crate::store::Upload;

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Store(error) => error.into(),
            FileError::Disk(error) => Self::Busy(error.to_string()),
            other => Self::Broken(other.to_string()),
        }
    }
}

/// Keeps the files that came with a page; answers with what is wrong with them. A file that is
/// right stays, whatever else on the page is wrong.
pub(crate) async fn take(
    rq: &Request,
    work: &Work,
    place: Place,
    posted: &Posted,
    content: &mut Content,
) -> Result<Vec<(String, State)>, Trouble> {
    let mut wrong = Vec::new();
    for field in walk::fields(&work.case.nodes(place)) {
        let Kind::File(limits) = &field.question.kind else {
            continue;
        };
        for file in posted.files.iter().filter(|file| file.field == field.name) {
            if let Err(state) = keep(rq, work, &field.name, file, limits, content).await? {
                wrong.push((field.name.clone(), state));
                break;
            }
        }
    }
    Ok(wrong)
}

async fn keep(
    rq: &Request,
    work: &Work,
    name: &str,
    file: &PostedFile,
    limits: &FileLimits,
    content: &mut Content,
) -> Result<Result<(), State>, Trouble> {
    let kind = match files::check(&file.name, &file.content, limits) {
        Ok(kind) => kind,
        Err(state) => return Ok(Err(state)),
    };
    let several = limits.max_count > 1;
    let before = path::get(&content.answers, name).cloned();
    if several && files_of(before.as_ref()).len() >= limits.max_count as usize {
        return Ok(Err(State::TooManyFiles));
    }
    let Some(open) = &work.open else {
        return Err(Trouble::broken("an upload without a draft"));
    };
    let id = Uuid::now_v7();
    rq.runtime.files.put(&rq.portal.path, id, &file.content).await?;
    let size = u64::try_from(file.content.len()).unwrap_or(u64::MAX);
    rq.runtime.store.add_upload(&Upload { id, draft: open.draft.id, size, created_at: rq.now }).await?;
    let answer = describe(&file.name, kind.media_type(), &file.content, id);
    let mut all: Vec<Json> = files_of(before.as_ref()).into_iter().cloned().collect();
    if several {
        all.push(answer);
        path::set(&mut content.answers, name, Json::Array(all));
    } else {
        for old in &all {
            forget(rq, work, file_id(old)).await?;
        }
        path::set(&mut content.answers, name, answer);
    }
    Ok(Ok(()))
}

/// The answer that stands for a file.
pub(crate) fn describe(name: &str, media_type: &str, content: &[u8], id: Uuid) -> Json {
    let sha256: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({ "name": name, "media_type": media_type, "size": content.len(), "sha256": sha256, "id": id.to_string() })
}

/// Takes one file of an answer away.
pub(crate) async fn drop_one(
    rq: &Request,
    work: &Work,
    name: &str,
    id: &str,
    content: &mut Content,
) -> Result<(), Trouble> {
    let all = path::get(&content.answers, name).cloned();
    let (gone, rest): (Vec<Json>, Vec<Json>) =
        files_of(all.as_ref()).into_iter().cloned().partition(|file| file_id(file) == id);
    if gone.is_empty() {
        return Ok(());
    }
    forget(rq, work, id).await?;
    if rest.is_empty() {
        path::remove(&mut content.answers, name);
    } else {
        path::set(&mut content.answers, name, Json::Array(rest));
    }
    Ok(())
}

/// Forgets the uploads in an entry that is removed.
pub(crate) async fn forget_below(rq: &Request, work: &Work, name: &str) -> Result<(), Trouble> {
    let content = work.content();
    let mut ids = Vec::new();
    if let Some(entry) = path::get(&content.answers, name) {
        collect(entry, &mut ids);
    }
    for id in ids {
        forget(rq, work, &id).await?;
    }
    Ok(())
}

/// The ids of all files in answers.
pub(crate) fn collect(answer: &Json, ids: &mut Vec<String>) {
    match answer {
        Json::Object(object) if object.contains_key("sha256") => ids.push(file_id(answer).to_owned()),
        Json::Object(object) => object.values().for_each(|inner| collect(inner, ids)),
        Json::Array(array) => array.iter().for_each(|inner| collect(inner, ids)),
        _ => {}
    }
}

async fn forget(rq: &Request, work: &Work, id: &str) -> Result<(), Trouble> {
    let (Some(open), Ok(id)) = (&work.open, Uuid::parse_str(id)) else {
        return Ok(());
    };
    rq.runtime.store.remove_upload(open.draft.id, id).await?;
    rq.runtime.files.remove(id).await?;
    Ok(())
}

/// Whether a state is about a file, which a page is shown again for at once.
pub(crate) fn is_about_files(state: &State) -> bool {
    matches!(state, State::FileKind | State::FileSize | State::FileEmpty | State::TooManyFiles)
}
