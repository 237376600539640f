//! Calculations that are tested: for being in a set, or against a constant.

use jiff::civil::Date;
use serde_json::Value as Json;

use super::formula::Formula;
use super::say::{Speaker, is, said_at};
use super::values::{Said, Test};
use crate::eval::constant;
use crate::eval::value::Val;
use crate::eval::view::{Place, is_block};
use crate::kind::Kind;
use crate::model::{Calc, Computed, ComputedValue, Ref, Set, Table, Values};

impl Speaker<'_> {
    /// Whether the value of a calculation passes a test.
    pub(super) fn test(&self, what: &Calc, test: &Test<'_>) -> Formula {
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
    pub(super) fn row<T>(&self, table: &Table<T>, index: usize) -> Formula {
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
}

/// The value of a calculation without answers, computed values and the time.
pub(super) fn literal(calc: &Calc) -> Option<Val<'_>> {
    match calc {
        Calc::Number(number) => Some(Val::Number(*number)),
        Calc::Bool(yes) => Some(Val::Bool(*yes)),
        Calc::Key(key) => Some(Val::Text(key.as_str().into())),
        Calc::Date(date) => Some(Val::Date(*date)),
        Calc::MonthDay(day) => Some(Val::MonthDay(*day)),
        Calc::Time(time) => Some(Val::Time(*time)),
        // Two different days as today: what comes out equal does not depend on it.
        Calc::Add(..)
        | Calc::Sub(..)
        | Calc::Mul(..)
        | Calc::Div(..)
        | Calc::AtLeast(..)
        | Calc::AtMost(..)
        | Calc::Shift { .. }
        | Calc::PeriodEnd(_) => {
            let value = constant(calc, Date::constant(2000, 1, 1))?;
            (constant(calc, Date::constant(2001, 7, 2))? == value).then(|| Val::of_value(&value))?
        }
        _ => None,
    }
}
