//! What JSON Schema cannot say, machine-readable: conditions, rules, end pages.

use serde_json::{Map, Value as Json, json};

use crate::model::{Condition, Message, Procedure, Set, Step};

/// The remainder of a schema: it holds together with the schema exactly where answers are accepted.
#[derive(Default)]
pub(super) struct Rest {
    conditions: Vec<Json>,
    rules: Vec<Json>,
    end_pages: Vec<Json>,
}

impl Rest {
    /// Answers at these pointers that are there only if all of several conditions hold;
    /// `required_in`: and then are, where the object at that pointer is.
    pub(super) fn condition(&mut self, at: Vec<String>, asked_if: &[&Condition], required_in: Option<&str>) {
        if at.is_empty() {
            return;
        }
        let mut condition = json!({ "at": at, "asked_if": all(asked_if) });
        if let (Some(condition), Some(within)) = (condition.as_object_mut(), required_in) {
            condition.insert("required_in".to_owned(), within.into());
        }
        self.conditions.push(condition);
    }

    /// An option that is offered only if a condition holds.
    pub(super) fn option(&mut self, scope: &[Step], keys: &[&str], option: &str, offered_if: &Condition) {
        let at = [pointer(scope, keys.iter().copied())];
        self.conditions.push(json!({ "at": at, "option": option, "offered_if": offered_if }));
    }

    /// A rule of the procedure, or at a question.
    pub(super) fn rule(
        &mut self,
        name: Option<&str>,
        at: &[Step],
        applies_if: Option<&Condition>,
        holds: &Condition,
        message: &Message,
    ) {
        let mut rule = Map::new();
        if let Some(name) = name {
            rule.insert("name".to_owned(), name.into());
        }
        rule.insert("at".to_owned(), pointer(at, []).into());
        if let Some(applies_if) = applies_if {
            rule.insert("applies_if".to_owned(), json!(applies_if));
        }
        rule.insert("holds".to_owned(), json!(holds));
        rule.insert("message".to_owned(), json!(message.text));
        self.rules.push(Json::Object(rule));
    }

    /// An end page that a condition leads to.
    pub(super) fn stop(&mut self, name: &str, condition: &Condition) {
        self.end_pages.push(json!({ "name": name, "reached_if": condition }));
    }

    /// An end page that a row of the responsibility table leads to: it does where all `cells`
    /// hold of their columns; without cells, where those of no row in `unless` all do.
    pub(super) fn row(&mut self, name: &str, columns: &[Json], cells: Option<&[Set]>, unless: &[&[Set]]) {
        self.end_pages.push(match cells {
            Some(cells) => json!({ "name": name, "columns": columns, "cells": cells }),
            None => json!({ "name": name, "columns": columns, "unless": unless }),
        });
    }

    /// Writes the remainder into a schema.
    pub(super) fn write(self, procedure: &Procedure, schema: &mut Map<String, Json>) {
        let empty = self.conditions.is_empty() && self.rules.is_empty() && self.end_pages.is_empty();
        for (keyword, rest) in [
            ("x-amtsweg-conditions", self.conditions),
            ("x-amtsweg-rules", self.rules),
            ("x-amtsweg-end-pages", self.end_pages),
        ] {
            if !rest.is_empty() {
                schema.insert(keyword.to_owned(), rest.into());
            }
        }
        if !empty && !procedure.computed.is_empty() {
            schema.insert("x-amtsweg-computed".to_owned(), json!(procedure.computed));
        }
    }
}

fn all(conditions: &[&Condition]) -> Json {
    match conditions {
        [one] => json!(one),
        many => json!({ "all": many }),
    }
}

/// A JSON pointer; `*` stands for every entry of a repeat.
pub(super) fn pointer<'k>(scope: &'k [Step], keys: impl IntoIterator<Item = &'k str>) -> String {
    let mut text = String::new();
    let steps = scope.iter().map(|step| match step {
        Step::Key(key) => key.as_str(),
        Step::Entry => "*",
    });
    for key in steps.chain(keys) {
        text.push('/');
        text.push_str(key);
    }
    text
}
