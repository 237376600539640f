//! What is wrong on a page, in sentences, in the order of the page.

use amtsweg_dsl::eval::{Path, PathStep};
use amtsweg_dsl::kind::{Kind, State};

use super::case::{Case, Place};
use super::find;
use super::path;
use super::walk::{self, Node};
use crate::page::sheet::{FieldError, first_control};
use crate::request::Request;

/// The errors of a page that was sent.
///
/// `read`: what could not be read from what was posted. `shown`: the questions that stood on
/// the page; those that are new on it have no errors yet.
pub(crate) fn on_page(
    rq: &Request,
    case: &Case,
    place: Place,
    nodes: &[Node<'_>],
    read: &[(String, State)],
    shown: &[String],
) -> Vec<FieldError> {
    let problems: Vec<(String, &State)> = case
        .evaluation
        .problems
        .iter()
        .filter(|problem| problem.section == place.section && !problem.warning)
        .map(|problem| (path::name(&problem.path), &problem.state))
        .collect();
    let state_of = |name: &str, leaf: bool| {
        let posted = read.iter().find(|(at, _)| at == name).map(|(_, state)| state);
        let seen = !leaf || shown.iter().any(|at| at == name);
        posted.or_else(|| problems.iter().find(|(at, _)| at == name && seen).map(|(_, state)| *state))
    };
    let mut errors = Vec::new();
    collect(nodes, &mut |name, target, leaf| {
        if let Some(state) = state_of(name, leaf) {
            errors.push(error(rq, case, name, target, state));
        }
    });
    errors
}

/// Calls `see` with name, target and whether it is a question of its own, in page order.
fn collect(nodes: &[Node<'_>], see: &mut dyn FnMut(&str, Target<'_>, bool)) {
    for node in nodes {
        match node {
            Node::Text { .. } => {}
            Node::Field(field) => see(&field.name, Target::Kind(&field.question.kind), true),
            Node::Group(group) => {
                see(&group.name, within(&group.nodes), false);
                collect(&group.nodes, see);
            }
            Node::List(list) => {
                let inside = list.items.first().map_or(Target::Own, |nodes| within(nodes));
                see(&list.name, inside, false);
                list.items.iter().for_each(|nodes| collect(nodes, see));
            }
        }
    }
}

/// What a link of the error summary leads to.
enum Target<'a> {
    /// A control of the question itself.
    Kind(&'a Kind),
    /// The first control inside a group: its name and kind.
    Inside(String, &'a Kind),
    /// The button of a list without entries.
    Own,
}

fn within<'a>(nodes: &[Node<'a>]) -> Target<'a> {
    match walk::fields(nodes).first() {
        Some(field) => Target::Inside(field.name.clone(), &field.question.kind),
        None => Target::Own,
    }
}

fn error(rq: &Request, case: &Case, name: &str, target: Target<'_>, state: &State) -> FieldError {
    let parts = match state {
        State::DayMissing => [true, false, false],
        State::MonthMissing => [false, true, false],
        State::YearMissing | State::YearDigits => [false, false, true],
        _ => [true, true, true],
    };
    let target = match target {
        Target::Kind(kind) => first_control(kind, name, parts),
        Target::Inside(name, kind) => first_control(kind, &name, [true; 3]),
        Target::Own => format!("f-{name}"),
    };
    let places = match state {
        State::SeveralPlaces(places) => places.clone(),
        _ => Vec::new(),
    };
    FieldError { name: name.to_owned(), target, message: message(rq, case, name, state), parts, places }
}

/// The error of a list of entries.
pub(crate) fn on_list(rq: &Request, case: &Case, place: Place) -> Vec<FieldError> {
    let Some(section) = case.section(place) else {
        return Vec::new();
    };
    let problems = case.evaluation.problems.iter();
    let own = problems.filter(|problem| {
        problem.section == place.section && !problem.warning && path::name(&problem.path) == section.key
    });
    own.take(1).map(|problem| error(rq, case, &section.key, Target::Own, &problem.state)).collect()
}

/// The sentence for a state at a name.
pub(crate) fn message(rq: &Request, case: &Case, name: &str, state: &State) -> String {
    let language = rq.language;
    let procedure = case.procedure();
    if let Some(question) = find::question(procedure, name) {
        let label = question.label.get(language);
        let label = crate::page::rich::filled(label, &|text| case.evaluator().fill_at(text, language, &path_of(name)));
        return question.kind.message(state, &label, language);
    }
    let section = find::repeated(procedure, name);
    let each = section.and_then(|s| s.repeat.as_ref()).map_or("", |repeat| repeat.each.get(language)).to_owned();
    match state {
        State::TooFewEntries(count) => rq.texts().entries_too_few(*count, each),
        State::TooManyEntries(count) => rq.texts().entries_too_many(*count, each),
        State::Rule(text) => text.get(language).to_owned(),
        other => Kind::Declaration.message(other, section.map_or("", |s| s.title.get(language)), language),
    }
}

/// The path of a name.
pub(crate) fn path_of(name: &str) -> Path {
    let step = |step: &str| match step.parse::<usize>() {
        Ok(index) => PathStep::Index(index),
        Err(_) => PathStep::Key(step.to_owned()),
    };
    Path(name.split('.').map(step).collect())
}

/// What lets through and is said all the same: section, name, sentence.
pub(crate) fn warnings(rq: &Request, case: &Case) -> Vec<(usize, String, String)> {
    let warnings = case.evaluation.problems.iter().filter(|problem| problem.warning);
    warnings
        .map(|problem| {
            let name = path::name(&problem.path);
            let text = message(rq, case, &name, &problem.state);
            (problem.section, name, text)
        })
        .collect()
}
