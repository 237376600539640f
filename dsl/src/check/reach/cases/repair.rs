//! Answers that a rule refuses because two sides of it do not come to the same: numbers and days
//! on one side are moved until they do.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::trial::Trials;
use crate::check::answer_paths::{get, put, question_at};
use crate::check::expectations::speaks_at;
use crate::check::intervals::{day, day_number};
use crate::eval::refs::any_ref;
use crate::eval::view::Env;
use crate::eval::{Evaluation, Evaluator, Path, PathStep, Problem, Value, evaluate};
use crate::kind::{Kind, State, Surroundings};
use crate::model::{Calc, Condition, Op, Step};

/// How many rules are put right one after the other.
const ROUNDS: usize = 6;

/// How often all answers of one side are gone through.
const PASSES: usize = 3;

impl Trials<'_> {
    /// The answers, with those that are not `fixed` moved until no rule speaks that may not.
    pub fn repaired(
        &self,
        mut answers: Map<String, Json>,
        at: DateTime,
        fixed: &HashSet<Path>,
        may_be: &dyn Fn(&Problem) -> bool,
    ) -> Option<Map<String, Json>> {
        for _ in 0..ROUNDS {
            let evaluation = evaluate(self.procedure, &answers, at, self.regions);
            let mut errors = evaluation.problems.iter().filter(|one| !one.warning && !may_be(one));
            let Some(error) = errors.next() else { return Some(answers) };
            if !matches!(error.state, State::Rule(_)) {
                return None;
            }
            let conditions = self.broken(error, &evaluation, at);
            let moved = conditions
                .iter()
                .find_map(|(condition, entries)| self.moved(&evaluation.answers, condition, entries, at, fixed));
            answers = moved?;
        }
        None
    }

    /// The comparisons that a rule demands at a place and that do not hold.
    fn broken(&self, error: &Problem, evaluation: &Evaluation, at: DateTime) -> Vec<(Condition, Vec<usize>)> {
        let evaluator = Evaluator::new(self.procedure, &evaluation.answers, at, self.regions);
        let entries: Vec<usize> = indexes(&error.path);
        let mut open: Vec<&Condition> = Vec::new();
        open.extend(self.procedure.rules.iter().filter(|rule| speaks_at(rule, error)).map(|rule| &rule.holds));
        if let Some(question) = question_at(self.procedure, &error.path) {
            open.extend(question.rules.iter().map(|rule| &rule.holds));
        }
        let mut found = Vec::new();
        while let Some(condition) = open.pop() {
            match condition {
                Condition::All(all) | Condition::Any(all) => open.extend(all),
                Condition::Every { holds, .. } => open.push(holds),
                Condition::Compare { .. } if !evaluator.holds(condition, &entries) => {
                    found.push((condition.clone(), entries.clone()));
                }
                _ => {}
            }
        }
        found
    }

    /// The answers with one side of a comparison moved until it holds.
    pub fn moved(
        &self,
        answers: &Map<String, Json>,
        condition: &Condition,
        entries: &[usize],
        at: DateTime,
        fixed: &HashSet<Path>,
    ) -> Option<Map<String, Json>> {
        let Condition::Compare { left, op, right } = condition else { return None };
        let mut answers = answers.clone();
        let leaves: Vec<Path> =
            self.leaves(condition, &answers).into_iter().filter(|path| !fixed.contains(path)).collect();
        for path in leaves.iter().rev().cycle().take(leaves.len() * PASSES) {
            let Some(wanted) = self.missing(&answers, left, *op, right, entries, at) else { continue };
            if wanted.is_zero() {
                break;
            }
            let Some(now) = get(&answers, path).and_then(value) else { continue };
            let Some(step) = self.step(path) else { continue };
            let Some(next) = self.json(path, now + step, at) else { continue };
            let mut probe = answers.clone();
            put(&mut probe, path, next);
            // How much one step changes; what is wanted is so many steps away.
            let Some(after) = self.missing(&probe, left, *op, right, entries, at) else { continue };
            let change = wanted - after;
            if change.is_zero() {
                continue;
            }
            let Some(steps) = wanted.checked_div(change).map(|steps| steps.trunc()) else { continue };
            if let Some(new) = steps.checked_mul(step).and_then(|by| self.nearest(path, now + by, at)) {
                put(&mut answers, path, new);
            }
        }
        let evaluator = Evaluator::new(self.procedure, &answers, at, self.regions);
        evaluator.holds(condition, entries).then_some(answers)
    }

    /// How far the left side is from where it holds.
    fn missing(
        &self,
        answers: &Map<String, Json>,
        left: &Calc,
        op: Op,
        right: &Calc,
        entries: &[usize],
        at: DateTime,
    ) -> Option<Decimal> {
        let evaluator = Evaluator::new(self.procedure, answers, at, self.regions);
        let side = |calc: &Calc| match evaluator.value(calc, entries)? {
            Value::Number(number) => Some(number),
            Value::Date(date) => number_of(date),
            _ => None,
        };
        let difference = side(right)?.checked_sub(side(left)?)?;
        let holds = match op {
            Op::Ge => difference <= Decimal::ZERO,
            Op::Le => difference >= Decimal::ZERO,
            Op::Gt => difference < Decimal::ZERO,
            Op::Lt => difference > Decimal::ZERO,
            Op::Ne => !difference.is_zero(),
            Op::Eq => false,
        };
        Some(if holds { Decimal::ZERO } else { difference })
    }

    /// The numbers and days that a condition looks at.
    fn leaves(&self, condition: &Condition, answers: &Map<String, Json>) -> Vec<Path> {
        let mut found: Vec<Path> = Vec::new();
        any_ref(self.procedure, condition, Env::default(), &mut |reference, _| {
            for path in paths(&reference.steps, answers) {
                if !found.contains(&path) && get(answers, &path).and_then(value).is_some() {
                    found.push(path);
                }
            }
            false
        });
        found
    }

    fn step(&self, path: &Path) -> Option<Decimal> {
        match &question_at(self.procedure, path)?.kind {
            Kind::Decimal { places, .. } => Some(Decimal::new(1, *places)),
            Kind::Whole(_) | Kind::Money(_) | Kind::Date(_) | Kind::BirthDate { .. } => Some(Decimal::ONE),
            _ => None,
        }
    }

    /// A value as an answer, within the limits of the question.
    fn nearest(&self, path: &Path, value: Decimal, at: DateTime) -> Option<Json> {
        let kind = &question_at(self.procedure, path)?.kind;
        let value = match kind {
            Kind::Whole(limits) | Kind::Money(limits) | Kind::Decimal { limits, .. } => {
                let (from, to) = limits.range();
                value.clamp(from, to)
            }
            _ => value,
        };
        self.json(path, value, at)
    }

    fn json(&self, path: &Path, value: Decimal, at: DateTime) -> Option<Json> {
        let kind = &question_at(self.procedure, path)?.kind;
        let answer = match kind {
            Kind::Date(_) | Kind::BirthDate { .. } => {
                let number: i64 = value.trunc().try_into().ok()?;
                Json::from(day(number.into())?.to_string())
            }
            _ => super::values::number_json(value)?,
        };
        let around = Surroundings { lists: &self.procedure.lists, regions: self.regions, today: at.date() };
        kind.check(&answer, around).ok().map(|()| answer)
    }
}

/// A number, or the number of a day.
fn value(answer: &Json) -> Option<Decimal> {
    match answer {
        Json::Number(number) => crate::eval::value::decimal(number),
        Json::String(text) => number_of(text.parse().ok()?),
        _ => None,
    }
}

fn number_of(date: Date) -> Option<Decimal> {
    i64::try_from(day_number(date)).ok().map(Decimal::from)
}

fn indexes(path: &Path) -> Vec<usize> {
    path.0.iter().filter_map(|step| if let PathStep::Index(index) = step { Some(*index) } else { None }).collect()
}

/// All places that steps lead to.
fn paths(steps: &[Step], answers: &Map<String, Json>) -> Vec<Path> {
    let mut all = vec![Path::default()];
    for step in steps {
        all = match step {
            Step::Key(key) => all
                .into_iter()
                .map(|mut path| {
                    path.0.push(PathStep::Key(key.clone()));
                    path
                })
                .collect(),
            Step::Entry => all
                .into_iter()
                .flat_map(|path| {
                    let length = get(answers, &path).and_then(Json::as_array).map_or(0, Vec::len);
                    (0..length).map(move |index| Path([path.0.as_slice(), &[PathStep::Index(index)]].concat()))
                })
                .collect(),
        };
    }
    all
}
