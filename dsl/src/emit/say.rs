//! Which conditions JSON Schema can say, and how.

use std::cell::Cell;

use serde_json::{Value as Json, json};

use super::calc::literal;
use super::formula::{Formula, at, split};
use super::values::{Said, Test};
use crate::eval::view::{Place, is_block, top, within};
use crate::kind::Kind;
use crate::model::{Condition, Op, Procedure, Quantity, Ref, Set, Step, Table, Values};

/// How many parts a condition may come to when computed values are put in.
const MOST_PARTS: usize = 5_000;

/// Says conditions of a procedure.
pub(super) struct Speaker<'p> {
    pub procedure: &'p Procedure,
    left: Cell<usize>,
}

impl<'p> Speaker<'p> {
    pub(super) fn new(procedure: &'p Procedure) -> Self {
        Self { procedure, left: Cell::new(MOST_PARTS) }
    }

    /// A condition as a formula; what a schema cannot say of it is not known there.
    pub(super) fn say(&self, condition: &Condition) -> Formula {
        self.left.set(MOST_PARTS);
        self.condition(condition)
    }

    /// Whether all of several conditions hold.
    pub(super) fn say_all(&self, conditions: &[&Condition]) -> Formula {
        Formula::all(conditions.iter().map(|condition| self.say(condition)))
    }

    /// Whether the row of a table with the index holds; after the last row: none of them.
    pub(super) fn say_row<T>(&self, table: &Table<T>, index: usize) -> Formula {
        self.left.set(MOST_PARTS);
        self.row(table, index)
    }

    pub(super) fn condition(&self, condition: &Condition) -> Formula {
        if !self.spend() {
            return Formula::unknown();
        }
        match condition {
            Condition::All(all) => Formula::all(all.iter().map(|one| self.condition(one))),
            Condition::Any(any) => Formula::any(any.iter().map(|one| self.condition(one))),
            Condition::Not(not) => self.condition(not).not(),
            Condition::In { what, set } => self.test(what, &Test::In(set)),
            Condition::Contains { what, set } => self.contains(what, set),
            Condition::Compare { left, op, right } => match (literal(left), literal(right)) {
                (_, Some(right)) => self.test(left, &Test::Is(*op, right)),
                (Some(left), None) => self.test(right, &Test::Is(turned(*op), left)),
                (None, None) => Formula::unknown(),
            },
            Condition::Answered(reference) => self.answered(reference),
            Condition::Every { list, holds } => {
                let holds = self.condition(holds);
                self.over(list, &holds, &|items| (json!({ "items": items }), false))
            }
            Condition::Some { list, holds } => {
                let holds = self.condition(holds);
                self.over(list, &holds, &|items| (json!({ "contains": items }), true))
            }
            Condition::Distinct { .. } => Formula::unknown(),
            Condition::Group { quantity, answers } => {
                let given: Vec<Formula> = answers.iter().map(|answer| self.answered(answer)).collect();
                let two = || {
                    Formula::any(given.iter().enumerate().flat_map(|(index, one)| {
                        given[index + 1..].iter().map(move |other| Formula::all([one.clone(), other.clone()]))
                    }))
                };
                match quantity {
                    Quantity::AtLeastOne => Formula::any(given.clone()),
                    Quantity::AtMostOne => two().not(),
                    Quantity::ExactlyOne => Formula::all([Formula::any(given.clone()), two().not()]),
                }
            }
        }
    }

    /// Whether an answer is there.
    pub(super) fn answered(&self, reference: &Ref) -> Formula {
        let schema = match self.place(&reference.steps) {
            Some(Place::List { .. }) => json!({ "minItems": 1 }),
            Some(Place::Question(question)) if is_block(&question.kind) => {
                json!({ "minProperties": 1 })
            }
            Some(Place::Question(_)) => Json::Bool(true),
            _ => return Formula::False,
        };
        is(&reference.steps, schema, true)
    }

    fn contains(&self, what: &Ref, set: &Set) -> Formula {
        let Some(Place::Question(question)) = self.place(&what.steps) else {
            return Formula::False;
        };
        if !matches!(question.kind, Kind::SeveralOf { .. }) {
            return Formula::False;
        }
        let said = match (&what.fact, &set.values) {
            (Some(fact), _) => match Test::In(set).said_of_fact(&question.kind, fact, &self.procedure.lists) {
                Said::Schema(schema) => Said::Schema(json!({ "contains": schema })),
                other => other,
            },
            (None, Values::Any) => Said::Schema(json!({ "minItems": 1 })),
            (None, Values::Keys(_)) => Test::In(set).said_of(&question.kind),
            _ => Said::Never,
        };
        said_at(&what.steps, said)
    }

    /// A statement over the entries of a repeat: `say` makes the schema of the list from that of
    /// an entry, and says whether the list is needed. What `holds` says of objects around the
    /// repeat is drawn out of it, case by case.
    pub(super) fn over(&self, list: &Ref, holds: &Formula, say: &dyn Fn(Json) -> (Json, bool)) -> Formula {
        if !matches!(self.place(&list.steps), Some(Place::List { .. })) {
            return say_of_nothing(say);
        }
        if !holds.is_exact() {
            return Formula::Between {
                lower: Box::new(self.over(list, &holds.lower(), say)),
                upper: Box::new(self.over(list, &holds.upper(), say)),
            };
        }
        let mut entry = list.steps.clone();
        entry.push(Step::Entry);
        let around = holds.atoms(|scope| scope != entry);
        if around.len() > 4 {
            return Formula::unknown();
        }
        Formula::any(holds.cases(&around).into_iter().map(|(case, left)| {
            let (schema, needed) = say(left.schema());
            Formula::all([case, is(&list.steps, schema, needed)])
        }))
    }

    /// What stands at the end of a reference.
    pub(super) fn place(&self, steps: &[Step]) -> Option<Place<'p>> {
        let (Step::Key(first), rest) = steps.split_first()? else {
            return None;
        };
        rest.iter().try_fold(top(self.procedure, first)?, |place, step| match (place, step) {
            (Place::List { items }, Step::Entry) => Some(Place::Entry { items }),
            (Place::Entry { items }, Step::Key(key)) => within(items, key),
            (Place::Question(question), Step::Key(key)) => match &question.kind {
                Kind::Block { items, .. } => within(items, key),
                _ => None,
            },
            _ => None,
        })
    }

    pub(super) fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

/// That the value at `steps` fulfils a schema; `needed`: and is there.
pub(super) fn is(steps: &[Step], schema: Json, needed: bool) -> Formula {
    let (scope, keys) = split(steps);
    Formula::Is { scope: scope.to_vec(), schema: at(&keys, schema, needed) }
}

pub(super) fn said_at(steps: &[Step], said: Said) -> Formula {
    match said {
        Said::Schema(schema) => is(steps, schema, true),
        Said::Never => Formula::False,
        // The value must be there at least.
        Said::Nothing => {
            Formula::Between { lower: Box::new(Formula::False), upper: Box::new(is(steps, Json::Bool(true), true)) }
        }
    }
}

/// A statement over a repeat that does not exist: as over no entry.
fn say_of_nothing(say: &dyn Fn(Json) -> (Json, bool)) -> Formula {
    Formula::of(!say(Json::Bool(false)).1)
}

/// The sign when both sides change places.
fn turned(op: Op) -> Op {
    match op {
        Op::Lt => Op::Gt,
        Op::Le => Op::Ge,
        Op::Gt => Op::Lt,
        Op::Ge => Op::Le,
        same => same,
    }
}
