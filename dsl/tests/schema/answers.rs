//! Random answers to a procedure, and small mistakes in them.

use amtsweg_dsl::eval::evaluate;
use amtsweg_dsl::kind::{Choices, Kind};
use amtsweg_dsl::model::{Item, Procedure, Repeat};
use amtsweg_dsl::region::Regions;
use serde_json::{Map, Value as Json, json};

use crate::build::noon;
use crate::procedures::OPTIONS;
use crate::random::Random;

/// Answers that are right as far as the questions go: given one after the other, where asked.
pub fn answers(procedure: &Procedure, random: &mut Random) -> Json {
    let mut answers = Map::new();
    for section in &procedure.sections {
        match &section.repeat {
            Some(repeat) => {
                if repeat.min > 0 || !random.one_in(3) {
                    answers.insert(section.key.clone(), entries(&section.items, repeat, random));
                }
            }
            None => fill(&section.items, &mut answers, random),
        }
    }
    // What is asked depends on the answers: leave out what is not.
    let pruned = evaluate(procedure, &answers, noon(), &Regions::default()).answers;
    Json::Object(pruned)
}

fn fill(items: &[Item], answers: &mut Map<String, Json>, random: &mut Random) {
    for item in items {
        let Item::Question(question) = item else {
            continue;
        };
        if question.may_be_absent() && random.one_in(2) {
            continue;
        }
        let answer = match (&question.kind, &question.repeat) {
            (Kind::Block { items, .. }, Some(repeat)) => entries(items, repeat, random),
            (Kind::Block { items, .. }, None) => {
                let mut inside = Map::new();
                fill(items, &mut inside, random);
                Json::Object(inside)
            }
            (kind, _) => value(kind, random),
        };
        answers.insert(question.key.clone(), answer);
    }
}

fn entries(items: &[Item], repeat: &Repeat, random: &mut Random) -> Json {
    let more = random.below(usize::try_from(repeat.max - repeat.min).unwrap() + 1);
    (0..usize::try_from(repeat.min).unwrap() + more)
        .map(|_| {
            let mut entry = Map::new();
            fill(items, &mut entry, random);
            Json::Object(entry)
        })
        .collect()
}

fn value(kind: &Kind, random: &mut Random) -> Json {
    match kind {
        Kind::YesNo => json!(random.one_in(2)),
        Kind::OneOf(Choices::Options(_)) => json!(random.of(&OPTIONS)),
        Kind::OneOf(Choices::List { .. }) => json!(random.of(&["k", "l", "m"])),
        Kind::SeveralOf { .. } => {
            let first = random.below(3);
            let mut chosen = vec![OPTIONS[first]];
            if first > 0 && random.one_in(2) {
                chosen.push(OPTIONS[first % 2 + 1]);
            }
            chosen.dedup();
            json!(chosen)
        }
        Kind::Whole(_) => json!(random.below(6)),
        Kind::Decimal { .. } => random.of(&[json!(0), json!(0.5), json!(1.0), json!(2.5), json!(3)]).clone(),
        Kind::Text(_) => json!(random.of(&["a", "bb", "ä", "c"])),
        Kind::Date(_) => {
            json!(random.of(&["2027-03-01", "2027-02-28", "2028-02-29", "2027-12-31"]))
        }
        other => panic!("{other:?} is not made here"),
    }
}

/// Makes one small mistake: something is left out, doubled, added or nearly right.
pub fn spoil(answers: &mut Json, procedure: &Procedure, random: &mut Random) {
    let mut places = Vec::new();
    collect(answers, String::new(), &mut places);
    let Some(value) = answers.pointer_mut(&random.of(&places).clone()) else {
        return;
    };
    let near = [
        json!(null),
        json!(true),
        json!(false),
        json!("a"),
        json!("b"),
        json!("c"),
        json!("k"),
        json!("bbb"),
        json!(""),
        json!("2027-02-29"),
        json!("2027-03-01"),
        json!(-1),
        json!(0),
        json!(1.0),
        json!(2.55),
        json!(5),
        json!(6),
        json!(1e30),
        json!([]),
        json!(["a"]),
        json!(["a", "a"]),
        json!(["a", "b"]),
        json!(["b", "c"]),
        json!(["a", "b", "c"]),
        json!({}),
        json!([{}]),
        json!("\u{301}"),
    ];
    match value {
        Json::Object(members) if !members.is_empty() && random.one_in(2) => {
            let key = random.of(&members.keys().cloned().collect::<Vec<_>>()).clone();
            members.remove(&key);
        }
        Json::Object(members) => {
            let keys = keys_of(procedure);
            members.insert(random.of(&keys).clone(), random.of(&near).clone());
        }
        Json::Array(all) if !all.is_empty() && random.one_in(2) => {
            let index = random.below(all.len());
            if random.one_in(2) {
                all.remove(index);
            } else {
                all.push(all[index].clone());
            }
        }
        other => *other = random.of(&near).clone(),
    }
}

fn collect(value: &Json, at: String, places: &mut Vec<String>) {
    match value {
        Json::Object(members) => members.iter().for_each(|(key, one)| collect(one, format!("{at}/{key}"), places)),
        Json::Array(all) => {
            all.iter().enumerate().for_each(|(index, one)| collect(one, format!("{at}/{index}"), places))
        }
        _ => {}
    }
    places.push(at);
}

fn keys_of(procedure: &Procedure) -> Vec<String> {
    fn collect(items: &[Item], keys: &mut Vec<String>) {
        for item in items {
            let Item::Question(question) = item else {
                continue;
            };
            keys.push(question.key.clone());
            if let Kind::Block { items, .. } = &question.kind {
                collect(items, keys);
            }
        }
    }
    let mut keys = vec!["fremd".to_owned()];
    for section in &procedure.sections {
        keys.push(section.key.clone());
        collect(&section.items, &mut keys);
    }
    keys
}
