//! Whether a condition holds. There are two values: what compares with an absent answer does not hold.

use std::cmp::Ordering;

use super::value::Val;
use super::view::{Env, Frame, Place, View, is_block};
use crate::model::{Condition, Op, Quantity, Ref, Set, Values};
use serde_json::Value as Json;

impl<'v> View<'v> {
    /// Whether a condition holds.
    pub(crate) fn holds(&self, condition: &Condition, env: Env<'_>) -> bool {
        match condition {
            Condition::All(all) => all.iter().all(|one| self.holds(one, env)),
            Condition::Any(any) => any.iter().any(|one| self.holds(one, env)),
            Condition::Not(not) => !self.holds(not, env),
            Condition::In { what, set } => set.has_answer(self.calc(what, env).as_ref()),
            Condition::Contains { what, set } => self.contains(what, set, env),
            Condition::Compare { left, op, right } => {
                let (Some(left), Some(right)) = (self.calc(left, env), self.calc(right, env)) else {
                    return false;
                };
                left.compare(&right).is_some_and(|order| satisfies(*op, order))
            }
            Condition::Answered(reference) => self.answered(reference, env),
            Condition::Every { list, holds } => self.entries(list, env, |env| !self.holds(holds, env)) == 0,
            Condition::Some { list, holds } => {
                let length = self.length(&list.steps, env);
                (0..length).any(|index| self.holds(holds, frame_env(&frame(list, index, env), env)))
            }
            Condition::Distinct { list, by } => self.repeated(list, by, env).is_empty(),
            Condition::Group { quantity, answers } => {
                let given = answers.iter().filter(|answer| self.answered(answer, env)).count();
                match quantity {
                    Quantity::AtLeastOne => given >= 1,
                    Quantity::ExactlyOne => given == 1,
                    Quantity::AtMostOne => given <= 1,
                }
            }
        }
    }

    /// Whether an answer is asked and given; a block or a repeat: whether anything is in it.
    pub(crate) fn answered(&self, reference: &Ref, env: Env<'_>) -> bool {
        let Some((place, answer)) = self.find(&reference.steps, env) else {
            return false;
        };
        match (place, answer) {
            (Place::List { .. }, Json::Array(entries)) => !entries.is_empty(),
            (Place::Question(question), Json::Object(members)) if is_block(&question.kind) => !members.is_empty(),
            (Place::Question(question), _) => !is_block(&question.kind),
            _ => false,
        }
    }

    /// How many entries of a repeat fit.
    pub(crate) fn entries(&self, list: &Ref, env: Env<'_>, fits: impl Fn(Env<'_>) -> bool) -> usize {
        (0..self.length(&list.steps, env)).filter(|index| fits(frame_env(&frame(list, *index, env), env))).count()
    }

    /// The entries whose value is that of an earlier one, in order.
    pub(crate) fn repeated(&self, list: &Ref, by: &Ref, env: Env<'_>) -> Vec<usize> {
        let length = self.length(&list.steps, env);
        let mut seen: Vec<(Val<'v>, usize)> = Vec::with_capacity(length);
        for index in 0..length {
            let frame = frame(list, index, env);
            if let Some(value) = self.value_at(by, frame_env(&frame, env)) {
                seen.push((value, index));
            }
        }
        // Equal values come to stand side by side; of each group all but the earliest are repeated.
        seen.sort_by(|(a, i), (b, j)| a.compare(b).unwrap_or(Ordering::Equal).then(i.cmp(j)));
        let mut repeated: Vec<usize> = seen
            .windows(2)
            .filter(|pair| pair[0].0.compare(&pair[1].0) == Some(Ordering::Equal))
            .map(|pair| pair[1].1)
            .collect();
        repeated.sort_unstable();
        repeated
    }

    fn contains(&self, what: &Ref, set: &Set, env: Env<'_>) -> bool {
        let Some((Place::Question(question), Json::Array(keys))) = self.find(&what.steps, env) else {
            return false;
        };
        let mut keys = keys.iter().filter_map(Json::as_str);
        match (&set.values, &what.fact) {
            (Values::Any, None) => keys.next().is_some(),
            (Values::Keys(wanted), None) => keys.any(|key| wanted.iter().any(|one| one == key)),
            (_, None) => false,
            (_, Some(fact)) => {
                keys.any(|key| self.fact(&question.kind, key, fact).is_some_and(|fact| set.has(&Val::of_fact(fact))))
            }
        }
    }
}

/// The entry `index` of a repeat inside `env`.
pub(crate) fn frame<'e>(list: &'e Ref, index: usize, env: Env<'e>) -> Frame<'e> {
    Frame { list: &list.steps, index: Some(index), outer: env.frame }
}

/// The surroundings inside a frame.
pub(crate) fn frame_env<'e>(frame: &'e Frame<'e>, env: Env<'e>) -> Env<'e> {
    Env { entries: env.entries, frame: Some(frame) }
}

/// Whether an order is what a sign demands.
pub(crate) fn satisfies(op: Op, order: Ordering) -> bool {
    match op {
        Op::Eq => order == Ordering::Equal,
        Op::Ne => order != Ordering::Equal,
        Op::Lt => order == Ordering::Less,
        Op::Le => order != Ordering::Greater,
        Op::Gt => order == Ordering::Greater,
        Op::Ge => order != Ordering::Less,
    }
}
