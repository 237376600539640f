//! Judges the remainder as a system would that reads it: from the schema, over the answers as
//! they came.

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::{Calc, Condition, Item, Procedure, Set};
use amtsweg_dsl::region::Regions;
use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

/// Whether the remainder of a schema holds, else what does not.
pub fn holds(
    procedure: &Procedure,
    schema: &Json,
    answers: &Map<String, Json>,
    at: DateTime,
    regions: &Regions,
) -> Result<(), String> {
    let evaluator = Evaluator::new(procedure, answers, at, regions);
    checks(&evaluator, procedure, answers)?;
    let parts = |keyword: &str| schema.get(keyword).and_then(Json::as_array).cloned().unwrap_or_default();
    for part in parts("x-amtsweg-conditions") {
        for at in part["at"].as_array().into_iter().flatten() {
            condition(&evaluator, answers, &part, at.as_str().unwrap_or_default())?;
        }
    }
    for part in parts("x-amtsweg-rules") {
        rule(&evaluator, procedure, answers, &part, at, regions)?;
    }
    for part in parts("x-amtsweg-end-pages") {
        let reached = match part.get("reached_if") {
            Some(reached) => evaluator.holds(&read(reached), &[]),
            None => row(&evaluator, &part),
        };
        if reached {
            return Err(part.to_string());
        }
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(json: &Json) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// `x-amtsweg-checks`: what the kinds check beyond the schema.
fn checks(evaluator: &Evaluator<'_>, procedure: &Procedure, answers: &Map<String, Json>) -> Result<(), String> {
    for section in &procedure.sections {
        match &section.repeat {
            None => checks_in(evaluator, &section.items, answers)?,
            Some(_) => {
                for entry in answers.get(&section.key).and_then(Json::as_array).into_iter().flatten() {
                    entry.as_object().map_or(Ok(()), |entry| checks_in(evaluator, &section.items, entry))?;
                }
            }
        }
    }
    Ok(())
}

fn checks_in(evaluator: &Evaluator<'_>, items: &[Item], answers: &Map<String, Json>) -> Result<(), String> {
    for item in items {
        let Item::Question(question) = item else {
            continue;
        };
        let Some(answer) = answers.get(&question.key) else {
            continue;
        };
        if let Kind::Block { items, .. } = &question.kind {
            let inside = answer.as_array().map_or(std::slice::from_ref(answer), Vec::as_slice);
            for one in inside.iter().filter_map(Json::as_object) {
                checks_in(evaluator, items, one)?;
            }
        } else if !question.kind.remainder().is_empty() {
            let checked = question.kind.check(answer, evaluator.surroundings());
            checked.map_err(|state| format!("{}: {state:?}", question.key))?;
        }
    }
    Ok(())
}

/// The places of a pointer with `*`: the entries on the way, and the value if it is there.
fn places<'a>(answers: &'a Map<String, Json>, pointer: &str) -> Vec<(Vec<usize>, Option<&'a Json>)> {
    let mut keys = pointer.split('/').skip(1);
    let Some(first) = keys.next() else {
        return Vec::new();
    };
    keys.fold(vec![(Vec::new(), answers.get(first))], |places, key| {
        let deeper = |(entries, value): (Vec<usize>, Option<&'a Json>)| match key {
            "*" => value
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .enumerate()
                .map(|(index, entry)| ([entries.clone(), vec![index]].concat(), Some(entry)))
                .collect::<Vec<_>>(),
            key => vec![(entries, value.and_then(|value| value.get(key)))],
        };
        places.into_iter().flat_map(deeper).collect()
    })
}

fn condition(evaluator: &Evaluator<'_>, answers: &Map<String, Json>, part: &Json, at: &str) -> Result<(), String> {
    let needs = |entries: &[usize]| match part.get("required_in").and_then(Json::as_str) {
        None => false,
        Some("") => true,
        Some(within) => places(answers, within).iter().any(|(at, object)| at == entries && object.is_some()),
    };
    for (entries, value) in places(answers, at) {
        let broken = if let Some(option) = part.get("option") {
            let chosen =
                value.is_some_and(|value| value == option || value.as_array().is_some_and(|all| all.contains(option)));
            chosen && !evaluator.holds(&read(&part["offered_if"]), &entries)
        } else {
            let asked = evaluator.holds(&read(&part["asked_if"]), &entries);
            if asked { value.is_none() && needs(&entries) } else { value.is_some() }
        };
        if broken {
            return Err(format!("{at} {entries:?}: {part}"));
        }
    }
    Ok(())
}

/// A rule is kept where it holds for each entry that its message can stand at, or where none of
/// the questions is asked that it names; the latter the evaluator knows best.
fn rule(
    evaluator: &Evaluator<'_>,
    procedure: &Procedure,
    answers: &Map<String, Json>,
    part: &Json,
    now: DateTime,
    regions: &Regions,
) -> Result<(), String> {
    if part.get("applies_if").is_some_and(|applies| !evaluator.holds(&read(applies), &[])) {
        return Ok(());
    }
    let condition: Condition = read(&part["holds"]);
    let at = part["at"].as_str().unwrap_or_default();
    if part.get("name").is_none() {
        for (entries, value) in places(answers, at) {
            if value.is_some() && !evaluator.holds(&condition, &entries) {
                return Err(format!("{at} {entries:?}: {part}"));
            }
        }
        return Ok(());
    }
    if evaluator.holds(&condition, &[]) {
        return Ok(());
    }
    let evaluation = amtsweg_dsl::eval::evaluate(procedure, answers, now, regions);
    if evaluation.problems.iter().any(|problem| !problem.warning) { Err(part.to_string()) } else { Ok(()) }
}

/// Whether a row of the responsibility table leads to an end page.
fn row(evaluator: &Evaluator<'_>, part: &Json) -> bool {
    let columns: Vec<Calc> = read(&part["columns"]);
    let fits = |cells: &[Set]| {
        columns.iter().zip(cells).all(|(column, cell)| match evaluator.value(column, &[]) {
            Some(value) => cell.contains(&value),
            None => cell.no_answer,
        })
    };
    match part.get("cells") {
        Some(cells) => fits(&read::<Vec<Set>>(cells)),
        None => !read::<Vec<Vec<Set>>>(&part["unless"]).iter().any(|cells| fits(cells)),
    }
}
