//! From what was posted to answers.

use amtsweg_dsl::kind::{Input, Kind, State, Surroundings, Widget};
use serde_json::{Map, Value as Json};

use super::path;
use super::posted::Posted;
use super::walk::Field;
use crate::page::place::{OTHER, TYPED};

/// Puts the answers to `fields` into `answers`; answers with what could not be read. A wrong
/// answer is not kept in the draft: on the page it stays as it was typed.
pub(crate) fn read(
    fields: &[&Field<'_>],
    posted: &Posted,
    around: Surroundings<'_>,
    answers: &mut Map<String, Json>,
) -> Vec<(String, State)> {
    let mut wrong = Vec::new();
    for field in fields {
        let kind = &field.question.kind;
        if matches!(kind, Kind::File(_) | Kind::Block { .. }) {
            continue;
        }
        match kind.read(&input(field, posted, around), around) {
            Ok(Some(answer)) => path::set(answers, &field.name, answer),
            Ok(None) => path::remove(answers, &field.name),
            Err(state) => {
                path::remove(answers, &field.name);
                wrong.push((field.name.clone(), state));
            }
        }
    }
    wrong
}

fn input(field: &Field<'_>, posted: &Posted, around: Surroundings<'_>) -> Input {
    let name = &field.name;
    let one = || posted.get(name).unwrap_or_default().to_owned();
    match field.question.kind.widget(around.lists) {
        Widget::Date => Input::Date {
            day: posted.part(name, "day").to_owned(),
            month: posted.part(name, "month").to_owned(),
            year: posted.part(name, "year").to_owned(),
        },
        Widget::Checkboxes => Input::Many(posted.all(name).map(str::to_owned).collect()),
        Widget::Place => Input::Line(place(name, posted)),
        Widget::Line { .. }
        | Widget::Area
        | Widget::Radios
        | Widget::Select
        | Widget::Declaration
        | Widget::File
        | Widget::Group => Input::Line(one()),
    }
}

/// A place: where candidates were shown, the chosen one, unless another place was typed then.
fn place(name: &str, posted: &Posted) -> String {
    let (other, typed) = (posted.part(name, OTHER).trim(), posted.part(name, TYPED).trim());
    let chosen = posted.get(name).unwrap_or_default();
    if other.is_empty() || (other == typed && !chosen.is_empty()) { chosen.to_owned() } else { other.to_owned() }
}
