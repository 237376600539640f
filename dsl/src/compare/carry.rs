//! Answers of a draft carried over to a later version.

use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

use super::inside;
use super::nodes::{Node, nodes};
use crate::check::answer_paths::{collect, get, put};
use crate::eval::{Path, PathStep, evaluate};
use crate::kind::{Kind, State};
use crate::model::{AnswerPath, Procedure, Transition, TransitionStep};
use crate::region::Regions;

/// What is left of a draft in a later version.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The answers in the new version; those that no longer fit are not among them.
    pub answers: Map<String, Json>,
    /// Answers that moved or became others: where each was, and where it is.
    pub moved: Vec<(Path, Path)>,
    /// Answers of the old version that are not in the new one, by their old places.
    pub dropped: Vec<Path>,
    /// Answers that no longer fit, or that are to be given again, by their new places.
    pub ask_again: Vec<Path>,
}

/// Carries the answers of a draft over, along the lines under "Übergang"; without any for that
/// version everything stays in its place.
///
/// `at` is the present minute: limits such as `bis heute` are looked at with it.
#[must_use]
pub fn carry_over(
    old: &Procedure,
    new: &Procedure,
    answers: &Map<String, Json>,
    at: DateTime,
    regions: &Regions,
) -> Carried {
    let none = Transition { from: old.version, steps: Vec::new() };
    let transition = new.transitions.iter().find(|transition| transition.from == old.version).unwrap_or(&none);
    let mut carried = Carried { answers: Map::new(), moved: Vec::new(), dropped: Vec::new(), ask_again: Vec::new() };
    let places: Vec<(AnswerPath, Node<'_>)> = nodes(new);
    let mut leaves = Vec::new();
    for (key, value) in answers {
        collect(value, &mut Path(vec![PathStep::Key(key.clone())]), &mut leaves);
    }
    for leaf in leaves {
        let Some(answer) = get(answers, &leaf) else { continue };
        match carry(transition, old, &leaf, answer) {
            Step::Stays(target, answer) => {
                let target = with_entries(&target, &leaf, &places);
                if places.iter().any(|(path, _)| *path == keys(&target)) {
                    put(&mut carried.answers, &target, answer);
                    if target != leaf {
                        carried.moved.push((leaf, target));
                    }
                } else {
                    carried.dropped.push(leaf);
                }
            }
            Step::Asked(target) => carried.ask_again.push(with_entries(&target, &leaf, &places)),
            Step::Gone => carried.dropped.push(leaf),
        }
    }
    for step in &transition.steps {
        if let TransitionStep::New { path, value } = step {
            for place in each_place(&carried.answers, path) {
                if get(&carried.answers, &place).is_none() {
                    put(&mut carried.answers, &place, value.clone());
                }
            }
        }
    }
    let wrong = evaluate(new, &carried.answers, at, regions).problems;
    for problem in wrong.into_iter().filter(|problem| !problem.warning) {
        let missing = matches!(problem.state, State::Empty | State::Rule(_));
        if !missing && get(&carried.answers, &problem.path).is_some() {
            remove(&mut carried.answers, &problem.path);
            carried.ask_again.push(problem.path);
        }
    }
    carried
}

/// What happens to one answer.
enum Step {
    /// It goes to this place.
    Stays(AnswerPath, Json),
    /// It is to be given again at this place.
    Asked(AnswerPath),
    /// There is no place for it.
    Gone,
}

fn carry(transition: &Transition, old: &Procedure, leaf: &Path, answer: &Json) -> Step {
    let path = keys(leaf);
    let mut target: Option<(&AnswerPath, &AnswerPath)> = None;
    for step in &transition.steps {
        match step {
            TransitionStep::Converted { from, to, rows } if *from == path => {
                let found = rows.iter().find(|row| {
                    let value = kind_at(old, &path).and_then(|kind| crate::eval::value::Val::of(kind, answer));
                    row.when.has_answer(value.as_ref())
                });
                return match found.and_then(|row| row.then.clone()) {
                    Some(value) => Step::Stays(to.clone(), value),
                    None => Step::Asked(to.clone()),
                };
            }
            TransitionStep::Dropped { path: gone } if inside(&path, gone) => return Step::Gone,
            TransitionStep::Renamed { from, to, .. }
                if inside(&path, from) && target.is_none_or(|(best, _)| best.len() < from.len()) =>
            {
                target = Some((from, to));
            }
            _ => {}
        }
    }
    let target = match target {
        Some((from, to)) => to.iter().chain(path.iter().skip(from.len())).cloned().collect(),
        None => path,
    };
    let asks = |step: &TransitionStep| matches!(step, TransitionStep::AskedAnew { path } if inside(&target, path));
    if transition.steps.iter().any(asks) { Step::Asked(target) } else { Step::Stays(target, answer.clone()) }
}

fn kind_at<'p>(procedure: &'p Procedure, path: &[String]) -> Option<&'p Kind> {
    nodes(procedure).into_iter().find_map(|(other, node)| match node {
        Node::Question(question) if other == path => Some(&question.kind),
        _ => None,
    })
}

/// A path without the numbers of entries.
fn keys(path: &Path) -> AnswerPath {
    path.0
        .iter()
        .filter_map(|step| match step {
            PathStep::Key(key) => Some(key.clone()),
            PathStep::Index(_) => None,
        })
        .collect()
}

/// A path with the entries that the old answer stood in: the first repeat on the way gets the
/// first number, and so on.
fn with_entries(target: &[String], leaf: &Path, places: &[(AnswerPath, Node<'_>)]) -> Path {
    let mut entries = leaf.0.iter().filter_map(|step| match step {
        PathStep::Index(index) => Some(*index),
        PathStep::Key(_) => None,
    });
    let mut path = Path::default();
    for (at, key) in target.iter().enumerate() {
        path.0.push(PathStep::Key(key.clone()));
        let node = places.iter().find(|(path, _)| path.as_slice() == &target[..=at]);
        let repeats = match node {
            Some((_, Node::Repeat(_))) => true,
            Some((_, Node::Question(question))) => question.repeat.is_some(),
            None => false,
        };
        if repeats && at + 1 < target.len() {
            path.0.push(PathStep::Index(entries.next().unwrap_or(0)));
        }
    }
    path
}

/// The places of a path in answers: one in each entry that there is.
fn each_place(answers: &Map<String, Json>, path: &[String]) -> Vec<Path> {
    let mut places = vec![Path::default()];
    for (at, key) in path.iter().enumerate() {
        for place in &mut places {
            place.0.push(PathStep::Key(key.clone()));
        }
        if at + 1 == path.len() {
            break;
        }
        places = places
            .into_iter()
            .flat_map(|place| match get(answers, &place) {
                Some(Json::Array(entries)) => (0..entries.len())
                    .map(|index| {
                        let mut entry = place.clone();
                        entry.0.push(PathStep::Index(index));
                        entry
                    })
                    .collect(),
                Some(Json::Object(_)) => vec![place],
                _ => Vec::new(),
            })
            .collect();
    }
    places
}

fn remove(answers: &mut Map<String, Json>, path: &Path) {
    let Some((last, rest)) = path.0.split_last() else { return };
    let PathStep::Key(last) = last else { return };
    let Some((PathStep::Key(first), steps)) = rest.split_first() else {
        answers.remove(last);
        return;
    };
    let inner = steps.iter().try_fold(answers.get_mut(first), |at, step| {
        Some(match (at?, step) {
            (Json::Object(object), PathStep::Key(key)) => object.get_mut(key),
            (Json::Array(list), PathStep::Index(index)) => list.get_mut(*index),
            _ => None,
        })
    });
    if let Some(Some(Json::Object(object))) = inner {
        object.remove(last);
    }
}
