//! Every combination of answers that stand for all others: of each kind some that are right,
//! nothing, and something of the wrong type.

use amtsweg_dsl::kind::{Choices, Kind};
use amtsweg_dsl::model::{Item, Procedure, Repeat};
use serde_json::{Map, Value as Json, json};

use crate::procedures::OPTIONS;

/// With more combinations a procedure is left to chance.
const MOST: usize = 5_000;

/// All combinations; `None`: too many.
pub fn combinations(procedure: &Procedure) -> Option<Vec<Json>> {
    let mut all = vec![Map::new()];
    for section in &procedure.sections {
        all = match &section.repeat {
            Some(repeat) => with(all, &section.key, &lists(&section.items, repeat)?)?,
            None => objects(&section.items, all)?,
        };
    }
    let mut all: Vec<Json> = all.into_iter().map(Json::Object).collect();
    all.push(json!({ "fremd": 1 }));
    all.push(json!([]));
    Some(all)
}

fn with(all: Vec<Map<String, Json>>, key: &str, values: &[Json]) -> Option<Vec<Map<String, Json>>> {
    if all.len() * (values.len() + 1) > MOST {
        return None;
    }
    let mut next = all.clone();
    for one in &all {
        for value in values {
            let mut one = one.clone();
            one.insert(key.to_owned(), value.clone());
            next.push(one);
        }
    }
    Some(next)
}

fn objects(items: &[Item], mut all: Vec<Map<String, Json>>) -> Option<Vec<Map<String, Json>>> {
    for item in items {
        let Item::Question(question) = item else { continue };
        let values = match (&question.kind, &question.repeat) {
            (Kind::Block { items, .. }, Some(repeat)) => lists(items, repeat)?,
            (Kind::Block { items, .. }, None) => {
                let inside = objects(items, vec![Map::new()])?;
                inside.into_iter().map(Json::Object).chain([json!("a")]).collect()
            }
            (kind, _) => values(kind),
        };
        all = with(all, &question.key, &values)?;
    }
    Some(all)
}

/// No entry, each that there can be, each with each, and one more than there may be.
fn lists(items: &[Item], repeat: &Repeat) -> Option<Vec<Json>> {
    let entries: Vec<Json> = objects(items, vec![Map::new()])?.into_iter().map(Json::Object).collect();
    if entries.len() * entries.len() > MOST {
        return None;
    }
    let mut all = vec![json!([]), json!({})];
    all.extend(entries.iter().map(|one| json!([one])));
    for one in &entries {
        all.extend(entries.iter().map(|other| json!([one, other])));
    }
    let first = entries.last()?;
    all.push(Json::Array(vec![first.clone(); repeat.max as usize]));
    all.push(Json::Array(vec![first.clone(); repeat.max as usize + 1]));
    Some(all)
}

fn values(kind: &Kind) -> Vec<Json> {
    match kind {
        Kind::YesNo => vec![json!(true), json!(false), json!("a")],
        Kind::OneOf(Choices::Options(_)) => {
            OPTIONS.iter().map(|key| json!(key)).chain([json!("q"), json!(1)]).collect()
        }
        Kind::OneOf(Choices::List { .. }) => vec![json!("k"), json!("l"), json!("m"), json!(1)],
        Kind::SeveralOf { .. } => {
            let mut all = vec![json!([]), json!("a")];
            all.extend(OPTIONS.iter().map(|key| json!([key])));
            all.extend([
                json!([OPTIONS[0], OPTIONS[1]]),
                json!([OPTIONS[1], OPTIONS[2]]),
                json!([OPTIONS[1], OPTIONS[1]]),
            ]);
            all
        }
        Kind::Whole(_) => (-1..=6).map(|number| json!(number)).chain([json!(1.5), json!("1")]).collect(),
        Kind::Decimal { .. } => vec![json!(-1), json!(0), json!(0.5), json!(2.55), json!(3), json!("1")],
        Kind::Text(_) => vec![json!("a"), json!("bb"), json!("ä"), json!(""), json!("\u{301}"), json!(1)],
        Kind::Date(_) => vec![
            json!("2027-03-01"),
            json!("2027-02-28"),
            json!("2027-02-29"),
            json!("2028-02-29"),
            json!("2027-12-31"),
            json!(1),
        ],
        other => panic!("{other:?} is not made here"),
    }
}
