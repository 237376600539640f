//! Answers by their paths: the question there, reading, putting and finding them.

use crate::eval::{Path, PathStep};
use crate::kind::{Choices, DateLimits, Input, Kind, MAX_NUMBER, State, Surroundings};
use crate::model::{Item, Procedure, Question};
use crate::region::Regions;
use crate::syntax::{split_items, unquote};
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

/// The question at a place.
pub(super) fn question_at<'p>(procedure: &'p Procedure, path: &Path) -> Option<&'p Question> {
    let mut steps = path.0.iter().peekable();
    let PathStep::Key(first) = steps.next()? else {
        return None;
    };
    let repeated = procedure.sections.iter().find(|section| section.repeat.is_some() && section.key == *first);
    if let Some(section) = repeated {
        steps.next_if(|step| matches!(step, PathStep::Index(_)));
        let PathStep::Key(next) = steps.next()? else {
            return None;
        };
        return inside(crate::eval::view::question(&section.items, next)?, &mut steps);
    }
    let mut others = procedure.sections.iter().filter(|section| section.repeat.is_none());
    inside(others.find_map(|section| crate::eval::view::question(&section.items, first))?, &mut steps)
}

fn inside<'p, 'i>(
    question: &'p Question,
    steps: &mut std::iter::Peekable<impl Iterator<Item = &'i PathStep>>,
) -> Option<&'p Question> {
    let index = steps.next_if(|step| matches!(step, PathStep::Index(_)));
    match (steps.next(), &question.kind) {
        (None, _) if index.is_some() => None,
        (None, _) => Some(question),
        (Some(PathStep::Key(next)), Kind::Block { items, .. }) => {
            inside(crate::eval::view::question(items, next)?, steps)
        }
        _ => None,
    }
}

/// A path with an entry wherever it goes into a repeat, and the repeats for which it names none;
/// `None` where it leads nowhere. A path that ends at a repeat goes on to its first question.
pub(super) fn with_entries(procedure: &Procedure, path: &Path) -> Option<(Vec<String>, Path)> {
    let mut steps = path.0.iter().peekable();
    let (mut missing, mut whole) = (Vec::new(), Vec::new());
    let mut items: Vec<&Item> =
        procedure.sections.iter().filter(|section| section.repeat.is_none()).flat_map(|s| &s.items).collect();
    let mut first = true;
    while let Some(step) = steps.next() {
        let PathStep::Key(key) = step else { return None };
        let section = procedure.sections.iter().find(|section| section.repeat.is_some() && section.key == *key);
        let question = items.iter().find_map(|item| match item {
            Item::Question(question) if question.key == *key => Some(question),
            _ => None,
        });
        whole.push(step.clone());
        let (repeated, inner): (bool, &[Item]) = match (section.filter(|_| first), question) {
            (Some(section), _) => (true, &section.items),
            (None, Some(question)) => match &question.kind {
                Kind::Block { items, .. } => (question.repeat.is_some(), items),
                _ => (false, &[]),
            },
            (None, None) => return None,
        };
        first = false;
        if repeated {
            match steps.next_if(|step| matches!(step, PathStep::Index(_))) {
                Some(index) => whole.push(index.clone()),
                None => {
                    missing.push(key.clone());
                    whole.push(PathStep::Index(0));
                }
            }
            if steps.peek().is_none() {
                missing.push(key.clone());
                whole.extend(inner.iter().find_map(|item| match item {
                    Item::Question(question) => Some(PathStep::Key(question.key.clone())),
                    Item::Paragraph(_) => None,
                }));
            }
        }
        items = inner.iter().collect();
    }
    Some((missing, Path(whole)))
}

/// All questions by their path without entries, in order.
pub(super) fn all_names(procedure: &Procedure) -> Vec<String> {
    fn walk(items: &[Item], prefix: &str, names: &mut Vec<String>) {
        for item in items {
            if let Item::Question(question) = item {
                let name = format!("{prefix}{}", question.key);
                if let Kind::Block { items, .. } = &question.kind {
                    walk(items, &format!("{name}."), names);
                }
                names.push(name);
            }
        }
    }
    let mut names = Vec::new();
    for section in &procedure.sections {
        let prefix = if section.repeat.is_some() { format!("{}.", section.key) } else { String::new() };
        walk(&section.items, &prefix, &mut names);
    }
    names
}

/// Reads an answer as an author writes it in an example.
pub(super) fn read(
    procedure: &Procedure,
    regions: &Regions,
    question: &Question,
    text: &str,
    today: Date,
) -> Result<Json, State> {
    let around = Surroundings { lists: &procedure.lists, regions, today };
    let plain = unquote(text).unwrap_or_else(|| text.trim().to_owned());
    let key_of = |choices: &Choices, word: &str| -> String {
        let key = super::names::json_key(word);
        let by_label = match choices {
            Choices::Options(options) => options
                .iter()
                .find(|o| o.key != key && o.label.0.values().any(|label| label == word))
                .map(|o| o.key.clone()),
            Choices::List { name, .. } => procedure.lists.get(name).and_then(|list| {
                list.values
                    .iter()
                    .find(|v| v.key != key && v.label.0.values().any(|label| label == word))
                    .map(|v| v.key.clone())
            }),
        };
        by_label.unwrap_or(key)
    };
    let answer = match &question.kind {
        Kind::YesNo | Kind::Declaration => match plain.as_str() {
            "Ja" | "yes" => Some(json!(true)),
            "Nein" | "no" => Some(json!(false)),
            _ => return Err(State::NotAChoice),
        },
        Kind::OneOf(choices) => Some(json!(key_of(choices, &plain))),
        Kind::SeveralOf { choices, .. } => {
            let keys = split_items(text, 0).into_iter().map(|(item, _)| {
                let word = unquote(&item).unwrap_or(item);
                Json::from(key_of(choices, &word))
            });
            Some(Json::Array(keys.collect()))
        }
        Kind::Date(_) | Kind::BirthDate { .. } => {
            let mut parts: Vec<&str> = plain.split('.').collect();
            parts.resize(3, "");
            let (day, month, year) = match plain.split('.').count() {
                1 => ("", "", plain.as_str()),
                2 => ("", parts[0], parts[1]),
                _ => (parts[0], parts[1], parts[2]),
            };
            let input = Input::Date { day: day.to_owned(), month: month.to_owned(), year: year.to_owned() };
            question.kind.read(&input, around)?
        }
        Kind::Whole(_) | Kind::Decimal { .. } => {
            let number = plain.split_whitespace().next().unwrap_or("").to_owned();
            question.kind.read(&Input::Line(number), around)?
        }
        Kind::Money(_) => {
            let number = plain.split('€').next().unwrap_or("").trim().to_owned();
            question.kind.read(&Input::Line(number), around)?
        }
        Kind::Municipality(_) => match super::places::find(regions, &plain) {
            Ok(key) if key.len() == 12 => Some(json!(key)),
            _ => return Err(State::NoSuchPlace),
        },
        Kind::File(_) | Kind::Block { .. } => return Err(State::WrongType),
        _ => question.kind.read(&Input::Line(plain), around)?,
    };
    let answer = answer.ok_or(State::Empty)?;
    question.kind.check(&answer, around)?;
    Ok(answer)
}

/// Reads a number or a day as [`read`] does, also one beyond the limits of the question.
pub(super) fn read_beyond(
    procedure: &Procedure,
    regions: &Regions,
    question: &Question,
    text: &str,
    today: Date,
) -> Result<Json, State> {
    let mut free = question.clone();
    match &mut free.kind {
        Kind::Whole(limits) | Kind::Money(limits) | Kind::Decimal { limits, .. } => {
            limits.max = Some(MAX_NUMBER.into());
            limits.min = Some((-MAX_NUMBER).into());
        }
        Kind::Date(limits) | Kind::BirthDate { limits, .. } => *limits = DateLimits::default(),
        _ => return Err(State::WrongType),
    }
    // A birth date lies in the past by itself: as any day it may lie where it likes.
    if let Kind::BirthDate { limits, incomplete: false } = &free.kind {
        free.kind = Kind::Date(limits.clone());
    }
    read(procedure, regions, &free, text, today)
}

/// Puts an answer at a place, with objects and arrays on the way.
pub(crate) fn put(answers: &mut Map<String, Json>, path: &Path, answer: Json) {
    let Some((PathStep::Key(first), rest)) = path.0.split_first() else {
        return;
    };
    if rest.is_empty() {
        answers.insert(first.clone(), answer);
        return;
    }
    let mut at = answers.entry(first.clone()).or_insert(Json::Null);
    for step in rest {
        at = match step {
            PathStep::Key(key) => {
                if !at.is_object() {
                    *at = json!({});
                }
                let Json::Object(object) = at else { return };
                object.entry(key.clone()).or_insert(Json::Null)
            }
            PathStep::Index(index) => {
                if !at.is_array() {
                    *at = json!([]);
                }
                let Json::Array(array) = at else { return };
                while array.len() <= *index {
                    array.push(json!({}));
                }
                &mut array[*index]
            }
        };
    }
    *at = answer;
}

/// Takes the answer at a place away.
pub(super) fn remove(answers: &mut Map<String, Json>, path: &Path) {
    let Some((PathStep::Key(last), around)) = path.0.split_last() else { return };
    if around.is_empty() {
        answers.remove(last);
    } else if let Some(Json::Object(mut object)) = get(answers, &Path(around.to_vec())).cloned()
        && object.remove(last).is_some()
    {
        put(answers, &Path(around.to_vec()), Json::Object(object));
    }
}

/// The answer at a place.
pub(crate) fn get<'j>(answers: &'j Map<String, Json>, path: &Path) -> Option<&'j Json> {
    let (PathStep::Key(first), rest) = path.0.split_first()? else {
        return None;
    };
    rest.iter().try_fold(answers.get(first)?, |at, step| match step {
        PathStep::Key(key) => at.get(key),
        PathStep::Index(index) => at.get(index),
    })
}

pub(super) fn grow(answers: &mut Map<String, Json>, path: &Path, least: usize) {
    let mut list = match get(answers, path) {
        Some(Json::Array(list)) => list.clone(),
        _ => Vec::new(),
    };
    while list.len() < least {
        list.push(json!({}));
    }
    put(answers, path, Json::Array(list));
}

pub(crate) fn collect(json: &Json, path: &mut Path, leaves: &mut Vec<Path>) {
    match json {
        Json::Object(object) if !object.contains_key("sha256") => {
            for (key, value) in object {
                path.0.push(PathStep::Key(key.clone()));
                collect(value, path, leaves);
                path.0.pop();
            }
        }
        Json::Array(list) if list.iter().any(Json::is_object) => {
            for (index, value) in list.iter().enumerate() {
                path.0.push(PathStep::Index(index));
                collect(value, path, leaves);
                path.0.pop();
            }
        }
        _ => leaves.push(path.clone()),
    }
}
