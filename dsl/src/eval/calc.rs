//! What a calculation comes to. Whatever leaves the range of numbers or of the calendar is absent.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::calendar;
use super::condition::{frame, frame_env};
use super::refs::looks_at_an_entry;
use super::value::Val;
use super::view::{Env, View};
use crate::model::{Calc, Computed, ComputedValue, Rounding, Table};

/// Quotients have 28 digits; what lies beyond this many decimal places is noise of the division.
const NOISE: u32 = 18;

impl<'v> View<'v> {
    /// The value of a calculation; `None` where an answer in it is absent.
    pub(crate) fn calc<'c>(&self, calc: &'c Calc, env: Env<'_>) -> Option<Val<'c>>
    where
        'v: 'c,
    {
        Some(match calc {
            Calc::Number(number) => Val::Number(*number),
            Calc::Bool(yes) => Val::Bool(*yes),
            Calc::Key(key) => Val::Text(key.as_str().into()),
            Calc::Date(date) => Val::Date(*date),
            Calc::MonthDay(day) => Val::MonthDay(*day),
            Calc::Time(time) => Val::Time(*time),
            Calc::Answer(reference) => return self.value_at(reference, env),
            Calc::Computed(name) => return self.computed(name, env),
            Calc::Today => Val::Date(self.at.date()),
            Calc::Now => Val::DateTime(self.at),
            Calc::Age { born, on } => match (self.calc(born, env)?, self.calc(on, env)?) {
                (Val::Date(born), Val::Date(on)) => Val::Number(Decimal::from(calendar::age(born, on))),
                _ => return None,
            },
            Calc::Count { list, with } => {
                let count = match with {
                    None => self.length(&list.steps, env),
                    Some(with) => self.entries(list, env, |env| self.holds(with, env)),
                };
                Val::Number(Decimal::from(count))
            }
            Calc::Sum { list, with, of } => {
                let mut sum = Decimal::ZERO;
                for index in 0..self.length(&list.steps, env) {
                    let frame = frame(list, index, env);
                    let env = frame_env(&frame, env);
                    if with.as_ref().is_none_or(|with| self.holds(with, env))
                        && let Some(Val::Number(number)) = self.calc(of, env)
                    {
                        sum = sum.checked_add(number)?;
                    }
                }
                Val::Number(sum)
            }
            Calc::Add(a, b) => Val::Number(self.number(a, env)?.checked_add(self.number(b, env)?)?),
            Calc::Sub(a, b) => Val::Number(self.number(a, env)?.checked_sub(self.number(b, env)?)?),
            Calc::Mul(a, b) => Val::Number(self.number(a, env)?.checked_mul(self.number(b, env)?)?),
            Calc::Div(a, b) => Val::Number(self.number(a, env)?.checked_div(self.number(b, env)?)?),
            Calc::Round { of, how, to } => Val::Number(round(self.number(of, env)?, *how, *to)?),
            Calc::AtLeast(a, b) => Val::Number(self.number(a, env)?.max(self.number(b, env)?)),
            Calc::AtMost(a, b) => Val::Number(self.number(a, env)?.min(self.number(b, env)?)),
            Calc::Shift { date, by, unit } => {
                let by = self.number(by, env)?;
                let by = if by.is_integer() {
                    by.to_i64()?
                } else {
                    return None;
                };
                match self.calc(date, env)? {
                    Val::Date(date) => Val::Date(calendar::shift(date, by, *unit)?),
                    Val::DateTime(at) => Val::DateTime(calendar::shift(at.date(), by, *unit)?.to_datetime(at.time())),
                    _ => return None,
                }
            }
            Calc::PeriodEnd(date) => match self.calc(date, env)? {
                Val::Date(date) => Val::Date(calendar::period_end(date)?),
                _ => return None,
            },
            Calc::At { date, time } => match self.calc(date, env)? {
                Val::Date(date) => Val::DateTime(date.to_datetime(*time)),
                _ => return None,
            },
        })
    }

    /// The value of a table: that of the row whose cells all hold.
    pub(crate) fn row<'t, T>(&self, table: &'t Table<T>, env: Env<'_>) -> Option<&'t T> {
        let columns: Vec<_> = table.columns.iter().map(|column| self.calc(&column.what, env)).collect();
        table
            .rows
            .iter()
            .find(|row| row.cells.iter().zip(&columns).all(|(cell, value)| cell.has_answer(value.as_ref())))
            .map(|row| &row.then)
            .or(table.otherwise.as_ref())
    }

    /// The number that a calculation comes to.
    pub(crate) fn number(&self, calc: &Calc, env: Env<'_>) -> Option<Decimal> {
        match self.calc(calc, env)? {
            Val::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn computed<'c>(&self, name: &str, env: Env<'_>) -> Option<Val<'c>>
    where
        'v: 'c,
    {
        let all = &self.procedure.computed;
        let index = all.iter().position(|computed| computed.name == name)?;
        let computed = &all[index];
        // Inside an entry the value may depend on the entry.
        if (env.frame.is_some() || !env.entries.is_empty()) && looks_at_an_entry(self.procedure, computed) {
            return self.compute(computed, env);
        }
        let value = self.memo.get(index, all.len(), || self.compute(computed, Env::default())?.into_value())?;
        Some(match value {
            super::Value::Text(text) => Val::Text(text.into()),
            other => Val::of_value(&other)?,
        })
    }

    fn compute(&self, computed: &'v Computed, env: Env<'_>) -> Option<Val<'v>> {
        if computed.condition.as_ref().is_some_and(|condition| !self.holds(condition, env)) {
            return None;
        }
        match &computed.value {
            ComputedValue::Calc(calc) => self.calc(calc, env),
            ComputedValue::Condition(condition) => Some(Val::Bool(self.holds(condition, env))),
            ComputedValue::Table(table) => self.calc(self.row(table, env)?, env),
        }
    }
}

/// Rounds to a multiple of `to`, exactly: by the remainder, not by a quotient.
pub(crate) fn round(number: Decimal, how: Rounding, to: Decimal) -> Option<Decimal> {
    let number = number.round_dp_with_strategy(NOISE, RoundingStrategy::MidpointAwayFromZero);
    let rest = number.checked_rem(to)?;
    let toward_zero = number.checked_sub(rest)?;
    let step = if rest.is_sign_negative() { -to.abs() } else { to.abs() };
    let away = match how {
        _ if rest.is_zero() => false,
        Rounding::Nearest => rest.checked_add(rest)?.abs() >= to.abs(),
        Rounding::Up => !rest.is_sign_negative(),
        Rounding::Down => rest.is_sign_negative(),
    };
    if away { toward_zero.checked_add(step) } else { Some(toward_zero) }
}
