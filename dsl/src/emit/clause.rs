//! Statements of a schema: `if`, `then`, `else`, and where they stand.

use serde_json::{Map, Value as Json, json};

use super::formula::{Formula, object};
use crate::model::Step;

/// `if`, `then` and `else`; the condition carries its own `required`.
pub(super) fn choice(holds: &Formula, then: Option<&Json>, otherwise: Option<&Json>) -> Json {
    match holds {
        Formula::True => return then.cloned().unwrap_or(Json::Bool(true)),
        Formula::False => return otherwise.cloned().unwrap_or(Json::Bool(true)),
        _ => {}
    }
    let mut schema = Map::new();
    schema.insert("if".to_owned(), holds.schema());
    for (keyword, part) in [("then", then), ("else", otherwise)] {
        if let Some(part) = part {
            schema.insert(keyword.to_owned(), part.clone());
        }
    }
    Json::Object(schema)
}

/// The schema at `here` of a statement about the entries at `scope` below it.
pub(super) fn down(here: &[Step], scope: &[Step], formula: &Formula, say: &dyn Fn(&Formula) -> Json) -> Json {
    if here.len() == scope.len() {
        return say(formula);
    }
    let deeper = scope[here.len()..].iter().position(|step| matches!(step, Step::Entry));
    let next = &scope[..here.len() + deeper.map_or(0, |position| position + 1)];
    let inside = |formula: &Formula| {
        next[here.len()..].iter().rev().fold(down(next, scope, formula, say), |inner, step| match step {
            Step::Entry => json!({ "items": inner }),
            Step::Key(key) => json!({ "properties": object(key, inner) }),
        })
    };
    let cases = formula.cases(&formula.atoms(|scope| scope == here));
    let mut statements: Vec<Json> =
        cases.into_iter().map(|(case, left)| choice(&case, Some(&inside(&left)), None)).collect();
    if statements.len() == 1 { statements.swap_remove(0) } else { json!({ "allOf": statements }) }
}

/// The same statements, neighbours with the same `if` as one.
pub(super) fn joined(statements: Vec<Json>) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::with_capacity(statements.len());
    for statement in statements {
        if let Some(last) = all.last_mut()
            && let Some(both) = both(last, &statement)
        {
            *last = both;
        } else {
            all.push(statement);
        }
    }
    all
}

/// Two statements with the same `if` in one.
fn both(a: &Json, b: &Json) -> Option<Json> {
    let condition = a.get("if").filter(|condition| b.get("if") == Some(condition))?;
    let mut schema: Map<String, Json> = std::iter::once(("if".to_owned(), condition.clone())).collect();
    for keyword in ["then", "else"] {
        let part = match (a.get(keyword), b.get(keyword)) {
            (Some(a), Some(b)) => union(a, b)?,
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => continue,
        };
        schema.insert(keyword.to_owned(), part);
    }
    Some(Json::Object(schema))
}

/// What two schemas demand together, if they only say which properties are needed or forbidden.
fn union(a: &Json, b: &Json) -> Option<Json> {
    if a == b {
        return Some(a.clone());
    }
    let (mut schema, b) = (a.as_object()?.clone(), b.as_object()?);
    if schema.keys().chain(b.keys()).any(|keyword| !matches!(keyword.as_str(), "required" | "properties")) {
        return None;
    }
    if let Some(more) = b.get("required") {
        let required = schema.entry("required").or_insert_with(|| Json::Array(Vec::new())).as_array_mut()?;
        for key in more.as_array()? {
            if !required.contains(key) {
                required.push(key.clone());
            }
        }
    }
    if let Some(more) = b.get("properties") {
        let properties = schema.entry("properties").or_insert_with(|| Json::Object(Map::new())).as_object_mut()?;
        for (key, property) in more.as_object()? {
            let property = match properties.get(key) {
                Some(other) => union(other, property)?,
                None => property.clone(),
            };
            properties.insert(key.clone(), property);
        }
    }
    Some(Json::Object(schema))
}
