//! Which conditions JSON Schema can say, and how.

use std::cell::Cell;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::formula::{Formula, at, split};
use super::values::{Said, Test};
use crate::eval::constant;
use crate::eval::value::Val;
use crate::eval::view::{Place, is_block, top, within};
use crate::kind::Kind;
use crate::model::{Calc, Computed, ComputedValue, Condition, Op, Procedure, Quantity, Ref, Set, Step, Table, Values};

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

    fn condition(&self, condition: &Condition) -> Formula {
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

    /// Whether the value of a calculation passes a test.
    fn test(&self, what: &Calc, test: &Test<'_>) -> Formula {
        if !self.spend() {
            return Formula::unknown();
        }
        match what {
            Calc::Answer(reference) => self.test_answer(reference, test),
            Calc::Computed(name) => {
                let computed = self.procedure.computed.iter().find(|computed| computed.name == *name);
                computed.map_or(Formula::of(test.takes_absence()), |computed| self.test_computed(computed, test))
            }
            Calc::Count { list, with } => {
                let Some(ranges) = test.counts() else {
                    return Formula::unknown();
                };
                let with = with.as_ref().map(|with| self.condition(with));
                Formula::any(ranges.into_iter().map(|(from, to)| self.count(list, with.as_ref(), from, to)))
            }
            _ => literal(what).map_or(Formula::unknown(), |value| Formula::of(test.passes(&value))),
        }
    }

    fn test_answer(&self, reference: &Ref, test: &Test<'_>) -> Formula {
        let absent = Formula::of(test.takes_absence());
        let Some(Place::Question(question)) = self.place(&reference.steps) else {
            return absent;
        };
        if is_block(&question.kind) {
            return absent;
        }
        let said = match &reference.fact {
            None => test.said_of(&question.kind),
            Some(_) if !matches!(question.kind, Kind::OneOf(_)) => Said::Never,
            Some(fact) => test.said_of_fact(&question.kind, fact, &self.procedure.lists),
        };
        let passes = said_at(&reference.steps, said);
        if test.takes_absence() {
            let mut there = is(&reference.steps, Json::Bool(true), true);
            if let Some(fact) = &reference.fact {
                // A value without that fact has no answer to it either.
                let any = Set { values: Values::Any, no_answer: false };
                let with = Test::In(&any).said_of_fact(&question.kind, fact, &self.procedure.lists);
                there = said_at(&reference.steps, with);
            }
            Formula::any([passes, there.not()])
        } else {
            passes
        }
    }

    fn test_computed(&self, computed: &Computed, test: &Test<'_>) -> Formula {
        let passes = match &computed.value {
            ComputedValue::Calc(calc) => self.test(calc, test),
            ComputedValue::Condition(condition) => {
                let holds = self.condition(condition);
                let [yes, no] = [true, false].map(|value| Formula::of(test.passes(&Val::Bool(value))));
                Formula::any([Formula::all([yes, holds.clone()]), Formula::all([no, holds.not()])])
            }
            ComputedValue::Table(table) => {
                let rows = table.rows.iter().enumerate();
                let rows = rows.map(|(index, row)| Formula::all([self.row(table, index), self.test(&row.then, test)]));
                let otherwise = match &table.otherwise {
                    Some(otherwise) => self.test(otherwise, test),
                    None => Formula::of(test.takes_absence()),
                };
                let rest = match otherwise {
                    Formula::False => Formula::False,
                    otherwise => Formula::all([self.row(table, table.rows.len()), otherwise]),
                };
                Formula::any(rows.chain(std::iter::once(rest)))
            }
        };
        let Some(condition) = &computed.condition else {
            return passes;
        };
        let there = self.condition(condition);
        let absent = Formula::all([Formula::of(test.takes_absence()), there.clone().not()]);
        Formula::any([Formula::all([there, passes]), absent])
    }

    /// Whether the row with the index holds; after the last row: none. Rows exclude each other.
    fn row<T>(&self, table: &Table<T>, index: usize) -> Formula {
        match table.rows.get(index) {
            Some(row) => {
                let cells = row.cells.iter().zip(&table.columns);
                Formula::all(cells.map(|(cell, column)| self.test(&column.what, &Test::In(cell))))
            }
            None => Formula::any((0..table.rows.len()).map(|index| self.row(table, index))).not(),
        }
    }

    /// Whether the number of entries that fit lies in a range.
    fn count(&self, list: &Ref, with: Option<&Formula>, from: u64, to: Option<u64>) -> Formula {
        let bounds = |least: &str, most: &str, mut schema: serde_json::Map<String, Json>| {
            schema.insert(least.to_owned(), from.into());
            if let Some(to) = to {
                schema.insert(most.to_owned(), to.into());
            }
            (Json::Object(schema), from > 0)
        };
        match with {
            None if from == 0 && to.is_none() => Formula::True,
            None => {
                let (schema, needed) = bounds("minItems", "maxItems", serde_json::Map::new());
                is(&list.steps, schema, needed)
            }
            Some(with) if !with.is_exact() => Formula::unknown(),
            Some(with) => self.over(list, with, &|items| {
                bounds("minContains", "maxContains", std::iter::once(("contains".to_owned(), items)).collect())
            }),
        }
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
    fn place(&self, steps: &[Step]) -> Option<Place<'p>> {
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

    fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

/// That the value at `steps` fulfils a schema; `needed`: and is there.
fn is(steps: &[Step], schema: Json, needed: bool) -> Formula {
    let (scope, keys) = split(steps);
    Formula::Is { scope: scope.to_vec(), schema: at(&keys, schema, needed) }
}

fn said_at(steps: &[Step], said: Said) -> Formula {
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

/// The value of a calculation without answers, computed values and the time.
fn literal(calc: &Calc) -> Option<Val<'_>> {
    match calc {
        Calc::Number(number) => Some(Val::Number(*number)),
        Calc::Bool(yes) => Some(Val::Bool(*yes)),
        Calc::Key(key) => Some(Val::Text(key.as_str().into())),
        Calc::Date(date) => Some(Val::Date(*date)),
        Calc::MonthDay(day) => Some(Val::MonthDay(*day)),
        Calc::Time(time) => Some(Val::Time(*time)),
        // Two different days as today: what comes out equal does not depend on it.
        Calc::Add(..) | Calc::Sub(..) | Calc::Mul(..) | Calc::Div(..) | Calc::Shift { .. } => {
            let value = constant(calc, Date::constant(2000, 1, 1))?;
            (constant(calc, Date::constant(2001, 7, 2))? == value).then(|| Val::of_value(&value))?
        }
        _ => None,
    }
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
