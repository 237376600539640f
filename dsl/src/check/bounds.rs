//! The least and the greatest value that a calculation can have, by interval arithmetic.

use rust_decimal::Decimal;

use super::expressions::Lower;
use super::table::{RawRow, RawTable};
use super::types::{Number, Type};
use crate::model::{Calc, Values};

/// Least and greatest value; `None` is without limit.
type Bounds = (Option<Decimal>, Option<Decimal>);

impl Lower<'_> {
    /// The type of a result, with the limits that the row's own cells put on its numbers.
    pub(super) fn narrowed(&self, calc: &Calc, kind: Type, table: &RawTable, row: &RawRow) -> Type {
        let Type::Number(number) = kind else {
            return kind;
        };
        let cells = row.cells.iter().flatten();
        let known: Vec<(&Calc, Bounds)> = table
            .columns
            .iter()
            .zip(cells)
            .filter_map(|(column, cell)| match &cell.values {
                Values::Numbers(ranges) => {
                    let from = ranges.iter().map(|range| range.from).min()?;
                    let to = if ranges.iter().any(|r| r.to.is_none()) {
                        None
                    } else {
                        ranges.iter().filter_map(|r| r.to).max()
                    };
                    Some((&column.what, (from, to)))
                }
                _ => None,
            })
            .collect();
        let (min, max) = self.bounds(calc, &known);
        Type::Number(Number { min, max, ..number })
    }

    fn bounds(&self, calc: &Calc, known: &[(&Calc, Bounds)]) -> Bounds {
        let own = self.own_bounds(calc, known);
        match known.iter().find(|(what, _)| *what == calc) {
            Some((_, (from, to))) => (
                match (own.0, *from) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    (a, b) => a.or(b),
                },
                match (own.1, *to) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                },
            ),
            None => own,
        }
    }

    fn own_bounds(&self, calc: &Calc, known: &[(&Calc, Bounds)]) -> Bounds {
        let pair = |a: &Calc, b: &Calc| (self.bounds(a, known), self.bounds(b, known));
        let both = |a: Option<Decimal>, b: Option<Decimal>, join: fn(Decimal, Decimal) -> Option<Decimal>| {
            a.zip(b).and_then(|(a, b)| join(a, b))
        };
        match calc {
            Calc::Number(value) => (Some(*value), Some(*value)),
            Calc::Answer(reference) => {
                let names = self.names.borrow();
                match names.slot_at(reference).map(|slot| &slot.kind) {
                    Some(Type::Number(number)) if reference.fact.is_none() => (number.min, number.max),
                    _ => (None, None),
                }
            }
            Calc::Computed(name) => {
                let done = self.done(name);
                match done.as_ref().map(|done| &done.kind) {
                    Some(Type::Number(number)) => (number.min, number.max),
                    _ => (None, None),
                }
            }
            Calc::Age { .. } => (Some(Decimal::ZERO), Some(150.into())),
            Calc::Count { list, with } => {
                let names = self.names.borrow();
                let repeat =
                    names.slot_at(list).and_then(|slot| slot.repeat.map(|repeat| (repeat, slot.conditions.is_empty())));
                match repeat {
                    Some(((min, max), always)) => {
                        let least = if with.is_none() && always { min } else { 0 };
                        (Some(least.into()), Some(max.into()))
                    }
                    None => (Some(Decimal::ZERO), None),
                }
            }
            Calc::Sum { list, of, .. } => {
                let most =
                    self.names.borrow().slot_at(list).and_then(|slot| slot.repeat).map(|(_, max)| Decimal::from(max));
                let (low, high) = self.bounds(of, known);
                (
                    low.and_then(|low| low.min(Decimal::ZERO).checked_mul(most?)),
                    high.and_then(|high| high.max(Decimal::ZERO).checked_mul(most?)),
                )
            }
            Calc::Add(a, b) => {
                let ((a, x), (b, y)) = pair(a, b);
                (both(a, b, Decimal::checked_add), both(x, y, Decimal::checked_add))
            }
            Calc::Sub(a, b) => {
                let ((a, x), (b, y)) = pair(a, b);
                (both(a, y, Decimal::checked_sub), both(x, b, Decimal::checked_sub))
            }
            Calc::Mul(a, b) => {
                let ((a, x), (b, y)) = pair(a, b);
                let ends = [
                    both(a, b, Decimal::checked_mul),
                    both(a, y, Decimal::checked_mul),
                    both(x, b, Decimal::checked_mul),
                    both(x, y, Decimal::checked_mul),
                ];
                if ends.iter().all(Option::is_some) {
                    let known = ends.iter().flatten().copied();
                    return (known.clone().min(), known.max());
                }
                let positive = |low: Option<Decimal>| low.is_some_and(|low| low >= Decimal::ZERO);
                if positive(a) && positive(b) { (ends[0], ends[3]) } else { (None, None) }
            }
            Calc::Div(a, b) => {
                let ((a, x), (b, _)) = pair(a, b);
                let positive = a.is_some_and(|a| a >= Decimal::ZERO) && b.is_some_and(|b| b > Decimal::ZERO);
                if positive { (Some(Decimal::ZERO), both(x, b, Decimal::checked_div)) } else { (None, None) }
            }
            Calc::AtLeast(a, b) => {
                let ((a, x), (b, y)) = pair(a, b);
                (greater(a, b), both(x, y, |x, y| Some(x.max(y))))
            }
            Calc::AtMost(a, b) => {
                let ((a, x), (b, y)) = pair(a, b);
                (both(a, b, |a, b| Some(a.min(b))), smaller(x, y))
            }
            Calc::Round { of, how, to } => {
                // Rounding keeps the order, so the ends go to the ends.
                let (low, high) = self.bounds(of, known);
                let ended = |end: Option<Decimal>| end.and_then(|end| crate::eval::round(end, *how, *to));
                (ended(low), ended(high))
            }
            _ => (None, None),
        }
    }
}

/// The greater of two least values, where one of them has none: the other.
pub(super) fn greater(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    a.into_iter().chain(b).max()
}

/// The smaller of two greatest values, where one of them has none: the other.
pub(super) fn smaller(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    a.into_iter().chain(b).min()
}
