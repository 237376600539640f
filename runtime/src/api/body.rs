//! Bodies within their limits, and the files in them.

use amtsweg_dsl::kind::{Kind, State};
use amtsweg_dsl::model::{Item, Procedure};
use axum::body::Body;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::files;
use crate::journey::posted::plain_name;
use crate::journey::{find, path, upload};
use crate::page::trouble::Trouble;
use crate::runtime::Limits;

/// A file that came inside a body.
pub(super) struct InlineFile {
    pub id: Uuid,
    pub content: Vec<u8>,
}

/// Reads the answers.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    procedure: &Procedure,
    limits: &Limits,
) -> Result<Map<String, Json>, Trouble> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Trouble::MediaType);
    }
    let most = if takes_files(procedure) { limits.upload } else { limits.body };
    let bytes = crate::body::read(body, most).await.ok_or(Trouble::TooLarge)?;
    let answers = match serde_json::from_slice(&bytes) {
        Ok(Json::Object(answers)) => answers,
        Ok(_) => return Err(Trouble::Call("The body is not a JSON object with the answers as members.".to_owned())),
        // Where the text breaks off, and never what stands there.
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            return Err(Trouble::Call(format!("The body is not JSON: it breaks off in line {line}, column {column}.")));
        }
    };
    let mut left = limits.fields;
    for value in answers.values() {
        count(value, limits.depth.saturating_sub(1), &mut left)?;
    }
    Ok(answers)
}

fn count(value: &Json, depth: usize, left: &mut usize) -> Result<(), Trouble> {
    *left = left.checked_sub(1).ok_or(Trouble::TooManyFields)?;
    let inside: Vec<&Json> = match value {
        Json::Object(object) => object.values().collect(),
        Json::Array(array) => array.iter().collect(),
        _ => return Ok(()),
    };
    if depth == 0 {
        return Err(Trouble::Call("The body has more levels than any answer.".to_owned()));
    }
    inside.into_iter().try_for_each(|value| count(value, depth - 1, left))
}

fn takes_files(procedure: &Procedure) -> bool {
    fn any(items: &[Item]) -> bool {
        items.iter().any(|item| match item {
            Item::Question(question) => match &question.kind {
                Kind::File(_) => true,
                Kind::Block { items, .. } => any(items),
                _ => false,
            },
            Item::Paragraph(_) => false,
        })
    }
    procedure.sections.iter().any(|section| any(&section.items))
}

/// Takes the files out of the answers and puts what stands for them in their place; answers with
/// the files and with what is wrong with others.
pub(super) fn take_files(
    procedure: &Procedure,
    answers: &mut Map<String, Json>,
) -> (Vec<InlineFile>, Vec<(String, State)>) {
    let mut names = Vec::new();
    answers.iter().for_each(|(key, value)| files_in(key.clone(), value, &mut names));
    let (mut taken, mut wrong) = (Vec::new(), Vec::new());
    for name in names {
        // In an array the question is the array's.
        let question = find::question(procedure, &name);
        let Some(Kind::File(limits)) = question.map(|question| &question.kind) else {
            continue;
        };
        let Some(file) = path::get(answers, &name).and_then(Json::as_object).cloned() else {
            continue;
        };
        match one(&file, limits) {
            Ok((answer, file)) => {
                path::set(answers, &name, answer);
                taken.push(file);
            }
            Err(state) => wrong.push((name, state)),
        }
    }
    (taken, wrong)
}

fn one(file: &Map<String, Json>, limits: &amtsweg_dsl::model::FileLimits) -> Result<(Json, InlineFile), State> {
    let text = |key: &str| file.get(key).and_then(Json::as_str);
    let name = plain_name(text("name").ok_or(State::WrongType)?);
    let name = name.as_str();
    let content = BASE64.decode(text("content").ok_or(State::WrongType)?).map_err(|_| State::WrongType)?;
    let kind = files::check(name, &content, limits)?;
    let id = Uuid::now_v7();
    let answer = upload::describe(name, kind.media_type(), &content, id);
    // What the sender says about the file has to be true.
    for key in ["media_type", "size", "sha256"] {
        if file.get(key).is_some_and(|said| Some(said) != answer.get(key)) {
            return Err(State::WrongType);
        }
    }
    let stranger = file.keys().any(|key| !["name", "media_type", "size", "sha256", "content"].contains(&key.as_str()));
    if stranger { Err(State::WrongType) } else { Ok((answer, InlineFile { id, content })) }
}

fn files_in(name: String, value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(object) if object.contains_key("content") || object.contains_key("sha256") => found.push(name),
        Json::Object(object) => {
            object.iter().for_each(|(key, value)| files_in(format!("{name}.{key}"), value, found));
        }
        Json::Array(array) => {
            array.iter().enumerate().for_each(|(index, value)| files_in(format!("{name}.{index}"), value, found));
        }
        _ => {}
    }
}
