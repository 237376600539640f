//! Calculations as values of variables: each value with the formula that says when it is the one.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::engine::Engine;
use super::formula::{ALWAYS, F};
use super::order::Difference;
use super::variable::{Domain, Key, Line};
use crate::check::intervals::{GREATEST, LEAST, day_number, scale};
use crate::eval;
use crate::kind::{Choices, DateLimits, Kind};
use crate::model::{Calc, ComputedValue, Condition, MonthDay, Ref, Step, Table, TimeUnit};

/// Into how many of the smallest steps of all numbers a whole one goes.
pub(super) const STEP: i128 = 1_000_000;

/// So many decimal places have these steps.
const PLACES: u32 = 6;

/// More values are not told apart.
const MOST_VALUES: usize = 40;

/// Conditions and calculations that stand deeper in each other are not followed.
pub(super) const DEEPEST: usize = 60;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A sum of variables, each times a factor, and a number.
    Number(Vec<(usize, Decimal)>, Decimal),
    /// A day: of a variable, and so many days later (between two bounds).
    Day(Option<usize>, i128, i128),
    /// A minute, counted as a day is.
    Minute(Option<usize>, i128, i128),
    MonthDay(MonthDay),
    /// A key or a text.
    Key(String),
    /// The answer to a choice or a text, or a fact of it.
    Choice(usize, Vec<Step>, Option<String>),
    Truth(F),
    /// Nothing is known of it but that it is always the same.
    Other(String),
}

/// Values and when each is the one; in all other cases there is none.
pub(super) type Values = Vec<(F, Value)>;

impl<'p> Engine<'p> {
    /// The values that a calculation can have.
    pub fn values(&mut self, calc: &Calc) -> Values {
        if self.depth >= DEEPEST {
            return vec![(self.atom(format!("{calc:?} is there")), Value::Other(format!("{calc:?}")))];
        }
        self.depth += 1;
        let mut found = self.values_of(calc);
        if found.len() > MOST_VALUES {
            let any = self.formulas.any(found.iter().map(|(when, _)| *when));
            found = vec![(any, self.unknown(calc))];
        }
        self.depth -= 1;
        found
    }

    fn values_of(&mut self, calc: &Calc) -> Values {
        let always = |value| vec![(ALWAYS, value)];
        match calc {
            Calc::Number(number) => always(Value::Number(Vec::new(), *number)),
            Calc::Bool(yes) => always(Value::Truth(if *yes { ALWAYS } else { super::formula::NEVER })),
            Calc::Key(key) => always(Value::Key(key.clone())),
            Calc::Date(date) => always(Value::Day(None, day_number(*date), day_number(*date))),
            Calc::MonthDay(day) => always(Value::MonthDay(*day)),
            Calc::Time(_) => always(Value::Other(format!("{calc:?}"))),
            Calc::Today => always(Value::Day(Some(self.today()), 0, 0)),
            Calc::Now => {
                let today = self.today();
                let Domain::Line(line) = self.variables.at(today).domain else { return Vec::new() };
                let line = Line { from: line.from * 1440, to: line.to * 1440 + 1439, step: 1 };
                let var = self.variables.get(&Key::Now, || (Domain::Line(line), true));
                always(Value::Minute(Some(var), 0, 0))
            }
            Calc::Answer(reference) => self.answer(reference),
            Calc::Computed(name) => self.computed(name, calc),
            Calc::Age { born, on } => self.joined(calc, born, on, |_, _| None),
            Calc::Count { list, with: None } => {
                let there = self.present(&list.steps);
                let not = self.formulas.not(there);
                let var = self.length(&list.steps);
                vec![
                    (there, Value::Number(vec![(var, Decimal::ONE)], Decimal::ZERO)),
                    (not, Value::Number(Vec::new(), Decimal::ZERO)),
                ]
            }
            Calc::Count { list, with: Some(with) } => self.count(list, with),
            Calc::Sum { .. } => {
                let key = Key::Term(format!("{calc:?}"));
                let line = Line { from: LEAST, to: GREATEST, step: 1 };
                let var = self.variables.get(&key, || (Domain::Line(line), true));
                always(Value::Number(vec![(var, Decimal::ONE)], Decimal::ZERO))
            }
            Calc::Add(a, b) => self.joined(calc, a, b, |a, b| plus(a, b, Decimal::ONE)),
            Calc::Sub(a, b) => self.joined(calc, a, b, |a, b| plus(a, b, Decimal::NEGATIVE_ONE)),
            Calc::Mul(a, b) => self.joined(calc, a, b, |a, b| times(a, b).or_else(|| times(b, a))),
            Calc::Div(a, b) => self.joined(calc, a, b, |a, b| match b {
                Value::Number(vars, by) if vars.is_empty() => {
                    let part = Decimal::ONE.checked_div(*by)?;
                    let exact = part.checked_mul(*by)? == Decimal::ONE;
                    exact.then(|| times(a, &Value::Number(Vec::new(), part)))?
                }
                _ => None,
            }),
            Calc::Round { of, how, to } => {
                let mut found = Vec::new();
                for (when, value) in self.values(of) {
                    let rounded = match &value {
                        Value::Number(vars, number) if vars.is_empty() => {
                            eval::round(*number, *how, *to).map(|number| Value::Number(Vec::new(), number))
                        }
                        _ => None,
                    };
                    let value = rounded.unwrap_or_else(|| self.unknown(calc));
                    found.push((when, value));
                }
                found
            }
            Calc::AtLeast(a, b) => self.joined(calc, a, b, |a, b| a.bounded(b, Decimal::max)),
            Calc::AtMost(a, b) => self.joined(calc, a, b, |a, b| a.bounded(b, Decimal::min)),
            Calc::Shift { date, by, unit } => self.joined(calc, date, by, |date, by| shifted(date, by, *unit)),
            Calc::PeriodEnd(date) => {
                let mut found = Vec::new();
                for (when, value) in self.values(date) {
                    let value = match value {
                        Value::Day(None, from, to) if from == to => {
                            let end = crate::check::intervals::day(from).and_then(eval::calendar::period_end);
                            let end = end.map_or(from, day_number);
                            Value::Day(None, end, end)
                        }
                        // Over Easter or Christmas it takes some days to the next working day.
                        Value::Day(var, from, to) => Value::Day(var, from, to.saturating_add(7)),
                        other => other,
                    };
                    found.push((when, value));
                }
                found
            }
            Calc::At { date, time } => {
                let minutes = i128::from(time.hour()) * 60 + i128::from(time.minute());
                let mut found = Vec::new();
                for (when, value) in self.values(date) {
                    let value = match value {
                        Value::Day(None, from, to) => Value::Minute(None, from * 1440 + minutes, to * 1440 + minutes),
                        _ => self.unknown(calc),
                    };
                    found.push((when, value));
                }
                found
            }
        }
    }

    /// A number or a day that is not followed; whether it is there is known.
    fn unknown(&mut self, calc: &Calc) -> Value {
        let text = format!("{calc:?}");
        match calc {
            Calc::Shift { .. } => {
                let line = Line { from: LEAST, to: GREATEST, step: 1 };
                let var = self.variables.get(&Key::Term(text), || (Domain::Line(line), true));
                Value::Day(Some(var), 0, 0)
            }
            Calc::Age { .. }
            | Calc::Add(..)
            | Calc::Sub(..)
            | Calc::Mul(..)
            | Calc::Div(..)
            | Calc::Round { .. }
            | Calc::AtLeast(..)
            | Calc::AtMost(..) => {
                let line = Line { from: LEAST, to: GREATEST, step: 1 };
                let var = self.variables.get(&Key::Term(text), || (Domain::Line(line), true));
                Value::Number(vec![(var, Decimal::ONE)], Decimal::ZERO)
            }
            _ => Value::Other(text),
        }
    }

    /// Completed years.
    fn age(&mut self, born: usize, on: Option<usize>, days: i128) -> Value {
        let line = Line { from: -10_000, to: 10_000, step: STEP };
        let var = self.variables.get(&Key::Age { born, on, days }, || (Domain::Line(line), true));
        on.into_iter().chain([born]).for_each(|var| self.variables.compare(var));
        Value::Number(vec![(var, Decimal::ONE)], Decimal::ZERO)
    }

    /// Something that holds or not, and nobody knows when.
    pub fn atom(&mut self, text: String) -> F {
        let var = self.variables.get(&Key::Atom(text), || (Domain::Flag, true));
        self.flag(var)
    }

    /// Every value of one with every value of the other.
    fn joined(&mut self, whole: &Calc, a: &Calc, b: &Calc, join: impl Fn(&Value, &Value) -> Option<Value>) -> Values {
        let (a, b) = (self.values(a), self.values(b));
        let mut found = Vec::new();
        for (when_a, a) in &a {
            for (when_b, b) in &b {
                let when = self.formulas.all([*when_a, *when_b]);
                let value = match (whole, a, b) {
                    (Calc::Age { .. }, Value::Day(Some(born), 0, 0), Value::Day(on, days, same)) if days == same => {
                        self.age(*born, *on, *days)
                    }
                    _ => join(a, b).unwrap_or_else(|| self.unknown(whole)),
                };
                found.push((when, value));
            }
        }
        found
    }

    fn computed(&mut self, name: &str, calc: &Calc) -> Values {
        let procedure = self.procedure;
        let Some(computed) = procedure.computed.iter().find(|computed| computed.name == name) else {
            return Vec::new();
        };
        let index = procedure.computed.iter().position(|one| one.name == name).unwrap_or(0);
        let there = match &computed.condition {
            Some(condition) => self.guarded(super::site::Site::Computed(index), condition),
            None => ALWAYS,
        };
        let found = match &computed.value {
            ComputedValue::Calc(calc) => self.values(calc),
            ComputedValue::Condition(condition) => {
                let holds = self.holds(condition);
                vec![(ALWAYS, Value::Truth(holds))]
            }
            ComputedValue::Table(table) if table.rows.len() <= MOST_VALUES => self.table(table),
            ComputedValue::Table(_) => {
                vec![(self.atom(format!("{calc:?} is there")), Value::Other(format!("{calc:?}")))]
            }
        };
        found.into_iter().map(|(when, value)| (self.formulas.all([there, when]), value)).collect()
    }

    /// The values of a table: of each row where its cells hold and none above does.
    fn table(&mut self, table: &Table<Calc>) -> Values {
        let mut found = Vec::new();
        let mut left = ALWAYS;
        for row in &table.rows {
            let here = self.row(table, row);
            let reached = self.formulas.all([left, here]);
            for (when, value) in self.values(&row.then) {
                found.push((self.formulas.all([reached, when]), value));
            }
            let not = self.formulas.not(here);
            left = self.formulas.all([left, not]);
        }
        if let Some(otherwise) = &table.otherwise {
            for (when, value) in self.values(otherwise) {
                found.push((self.formulas.all([left, when]), value));
            }
        }
        found
    }

    /// All cells of a row hold.
    pub fn row<T>(&mut self, table: &Table<T>, row: &crate::model::Row<T>) -> F {
        let cells: Vec<F> =
            table.columns.iter().zip(&row.cells).map(|(column, set)| self.is_in(&column.what, set)).collect();
        self.formulas.all(cells)
    }

    /// How many entries fit a condition: none where the repeat has none.
    pub fn count(&mut self, list: &Ref, with: &Condition) -> Values {
        let there = self.present(&list.steps);
        let not = self.formulas.not(there);
        let var = self.counted(list, with);
        vec![
            (there, Value::Number(vec![(var, Decimal::ONE)], Decimal::ZERO)),
            (not, Value::Number(Vec::new(), Decimal::ZERO)),
        ]
    }

    /// The variable of how many entries fit a condition.
    pub fn counted(&mut self, list: &Ref, with: &Condition) -> usize {
        let most = self.places.all.get(&list.steps).and_then(|place| place.repeat).map_or(0, |repeat| repeat.max);
        let key = Key::Counted(format!("{list:?} {with:?}"));
        let line = Line { from: 0, to: most.into(), step: STEP };
        let var = self.variables.get(&key, || (Domain::Line(line), true));
        if self.counted.insert(var, (list.clone(), with.clone())).is_none() {
            // Not more entries than there are.
            let length = self.length(&list.steps);
            self.variables.compare(var);
            self.variables.compare(length);
            self.differences.insert(var, vec![Difference { left: Some(var), right: Some(length), most: 0 }]);
        }
        var
    }

    fn answer(&mut self, reference: &Ref) -> Values {
        let Some(kind) = self.kind(&reference.steps) else { return Vec::new() };
        let there = self.present(&reference.steps);
        let var = |this: &mut Self, domain: Domain| {
            this.variables.get(&Key::Answer(reference.steps.clone()), || (domain, false))
        };
        let number = |this: &mut Self, limits: &crate::kind::NumberLimits, places: u32| {
            let (from, to) = limits.range();
            let step = 10_i128.pow(PLACES.saturating_sub(places));
            let line = Line { from: scale(from, places), to: scale(to, places), step };
            Value::Number(vec![(var(this, Domain::Line(line)), Decimal::ONE)], Decimal::ZERO)
        };
        let value = match kind {
            Kind::Whole(limits) | Kind::Money(limits) => number(self, limits, 0),
            Kind::Decimal { places, limits } if *places <= PLACES => number(self, limits, *places),
            Kind::Date(limits) => self.day(reference, limits, false),
            Kind::BirthDate { limits, .. } => self.day(reference, limits, true),
            Kind::YesNo => {
                let var = var(self, Domain::Flag);
                Value::Truth(self.flag(var))
            }
            Kind::Declaration => Value::Truth(ALWAYS),
            Kind::OneOf(choices) => {
                let keys = self.keys(choices);
                Value::Choice(var(self, Domain::Keys(keys)), reference.steps.clone(), reference.fact.clone())
            }
            Kind::Municipality(set) => {
                Value::Choice(var(self, Domain::Places(set.clone())), reference.steps.clone(), None)
            }
            Kind::Country => {
                let keys = crate::kind::countries(crate::model::Language::German)
                    .into_iter()
                    .map(|(key, _)| key.to_owned())
                    .collect();
                Value::Choice(var(self, Domain::Keys(keys)), reference.steps.clone(), None)
            }
            Kind::Decimal { .. }
            | Kind::Month
            | Kind::Time
            | Kind::SeveralOf { .. }
            | Kind::File(_)
            | Kind::Block { .. } => Value::Other(format!("{reference:?}")),
            _ => Value::Choice(var(self, Domain::Text), reference.steps.clone(), None),
        };
        vec![(there, value)]
    }

    /// The keys that can be chosen at some time while the version is valid.
    pub fn keys(&self, choices: &Choices) -> Vec<String> {
        match choices {
            Choices::Options(options) => options.iter().map(|option| option.key.clone()).collect(),
            Choices::List { name, only } => {
                let only = only.as_ref().and_then(|set| match &set.values {
                    crate::model::Values::Keys(keys) => Some(keys),
                    _ => None,
                });
                let values = self.procedure.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
                values
                    .iter()
                    .filter(|value| only.is_none_or(|keys| keys.contains(&value.key)))
                    .filter(|value| value.valid_to.is_none_or(|to| to >= self.procedure.valid_from))
                    .map(|value| value.key.clone())
                    .collect()
            }
        }
    }

    /// A date: its limits may move with the day of submission.
    fn day(&mut self, reference: &Ref, limits: &DateLimits, birth: bool) -> Value {
        let key = Key::Answer(reference.steps.clone());
        if let Some(known) = self.variables.find(&key) {
            return Value::Day(Some(known), 0, 0);
        }
        let today = self.today();
        let Domain::Line(days) = self.variables.at(today).domain else { return Value::Other(String::new()) };
        let mut line = Line { from: day_number(jiff::civil::Date::constant(1, 1, 1)), to: days.to, step: 1 };
        let mut moving = Vec::new();
        let now = Calc::Today;
        let latest = limits.to.as_ref().or((birth && limits.from.is_none()).then_some(&now));
        if let Some((var, from, _)) = limits.from.as_ref().and_then(|calc| self.limit(calc)) {
            match var {
                None => line.from = line.from.max(from),
                Some(_) => {
                    line.from = line.from.max(days.from.saturating_add(from));
                    moving.push((true, from));
                }
            }
        }
        if let Some((var, _, to)) = latest.and_then(|calc| self.limit(calc)) {
            match var {
                None => line.to = line.to.min(to),
                Some(_) => {
                    line.to = line.to.min(days.to.saturating_add(to));
                    moving.push((false, to));
                }
            }
        }
        let var = self.variables.get(&key, || (Domain::Line(line), false));
        if !moving.is_empty() {
            self.variables.compare(var);
            self.variables.compare(today);
            let differences = moving.into_iter().map(|(least, days)| match least {
                true => Difference { left: Some(today), right: Some(var), most: -days },
                false => Difference { left: Some(var), right: Some(today), most: days },
            });
            let mut differences: Vec<Difference> = differences.collect();
            differences.extend(Difference::limits(today, days.from, days.to));
            differences.extend(Difference::limits(var, line.from, line.to));
            self.differences.insert(var, differences);
        }
        Value::Day(Some(var), 0, 0)
    }

    /// A limit of a date: of today or fixed, and how many days later.
    pub fn limit(&self, calc: &Calc) -> Option<(Option<usize>, i128, i128)> {
        let value = match calc {
            Calc::Date(date) => Value::Day(None, day_number(*date), day_number(*date)),
            Calc::Today => Value::Day(self.variables.find(&Key::Today), 0, 0),
            Calc::Shift { date, by, unit } => {
                let (var, from, to) = self.limit(date)?;
                let eval::Value::Number(by) = self.constant(by, self.procedure.valid_from)? else { return None };
                shifted(&Value::Day(var, from, to), &Value::Number(Vec::new(), by), *unit)?
            }
            _ => return None,
        };
        match value {
            Value::Day(var, from, to) => Some((var, from, to)),
            _ => None,
        }
    }
}

/// A sum: `a + sign × b`.
fn plus(a: &Value, b: &Value, sign: Decimal) -> Option<Value> {
    let (Value::Number(a, x), Value::Number(b, y)) = (a, b) else { return None };
    let mut vars = a.clone();
    for (var, factor) in b {
        let factor = factor.checked_mul(sign)?;
        match vars.iter_mut().find(|(known, _)| known == var) {
            Some((_, sum)) => *sum = sum.checked_add(factor)?,
            None => vars.push((*var, factor)),
        }
    }
    vars.retain(|(_, factor)| !factor.is_zero());
    Some(Value::Number(vars, x.checked_add(y.checked_mul(sign)?)?))
}

/// A product with a number.
fn times(a: &Value, by: &Value) -> Option<Value> {
    let (Value::Number(vars, number), Value::Number(none, by)) = (a, by) else { return None };
    if !none.is_empty() {
        return None;
    }
    let vars: Option<Vec<_>> =
        vars.iter().map(|(var, factor)| factor.checked_mul(*by).map(|factor| (*var, factor))).collect();
    let mut vars = vars?;
    vars.retain(|(_, factor)| !factor.is_zero());
    Some(Value::Number(vars, number.checked_mul(*by)?))
}

/// A day some time later or earlier; where months differ in length, between two bounds.
fn shifted(date: &Value, by: &Value, unit: TimeUnit) -> Option<Value> {
    let (Value::Day(var, from, to), Value::Number(vars, by)) = (date, by) else { return None };
    let by = if vars.is_empty() && by.is_integer() { by.to_i64()? } else { return None };
    if var.is_none() && from == to {
        let day = crate::eval::calendar::shift(crate::check::intervals::day(*from)?, by, unit)?;
        return Some(Value::Day(None, day_number(day), day_number(day)));
    }
    let days = i128::from(by);
    let (least, most) = match unit {
        TimeUnit::Days => (days, days),
        TimeUnit::Weeks => (days * 7, days * 7),
        TimeUnit::Months => around(days, 28, 31, 30_436),
        TimeUnit::Years => years(days),
        TimeUnit::WorkingDays | TimeUnit::WorkingDaysWithSaturday => {
            if days >= 0 {
                (days, days * 2 + 20)
            } else {
                (days * 2 - 20, days)
            }
        }
    };
    Some(Value::Day(*var, from.checked_add(least)?, to.checked_add(most)?))
}

/// Between how many days so many completed years can last.
pub(super) fn years(count: i128) -> (i128, i128) {
    around(count, 365, 366, 365_242)
}

/// Between how many days so many months or years can last: `mean` is in thousandths of a day.
fn around(count: i128, least: i128, most: i128, mean: i128) -> (i128, i128) {
    let middle = count * mean / 1000;
    let (low, high) = if count >= 0 { (count * least, count * most) } else { (count * most, count * least) };
    (low.max(middle - 5), high.min(middle + 5))
}
