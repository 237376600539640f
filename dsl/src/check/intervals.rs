//! Sets of whole numbers as sorted, disjoint intervals: numbers scaled by their places, days.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::Range;

/// Open ends.
pub(super) const LEAST: i128 = i128::MIN / 4;
/// Open ends.
pub(super) const GREATEST: i128 = i128::MAX / 4;

/// Sorted, disjoint intervals, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Intervals(pub Vec<(i128, i128)>);

impl Intervals {
    /// One interval; empty when `from` lies above `to`.
    pub fn one(from: i128, to: i128) -> Self {
        Self(if from <= to { vec![(from, to)] } else { Vec::new() })
    }

    /// What lies in one of the two.
    pub fn union(&self, other: &Self) -> Self {
        let mut all: Vec<(i128, i128)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        let mut merged: Vec<(i128, i128)> = Vec::new();
        for (from, to) in all {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// What lies in this but not in the other.
    pub fn without(&self, other: &Self) -> Self {
        let mut left = self.0.clone();
        for (from, to) in &other.0 {
            left = left
                .into_iter()
                .flat_map(|(a, b)| [(a, b.min(from.saturating_sub(1))), (a.max(to.saturating_add(1)), b)])
                .filter(|(a, b)| a <= b)
                .collect();
        }
        left.sort_unstable();
        left.dedup();
        Self(left)
    }

    /// Whether all of this lies in the other.
    pub fn within(&self, other: &Self) -> bool {
        self.without(other).0.is_empty()
    }

    /// Whether `value` lies in it.
    pub fn contains(&self, value: i128) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&value))
    }

    /// From ranges of numbers with so many places.
    pub fn of_numbers(ranges: &[Range<Decimal>], places: u32) -> Self {
        Self(
            ranges
                .iter()
                .map(|range| {
                    let end = |value: &Option<Decimal>, open| value.map_or(open, |value| scale(value, places));
                    (end(&range.from, LEAST), end(&range.to, GREATEST))
                })
                .collect(),
        )
    }

    /// As ranges of numbers.
    pub fn to_numbers(&self, places: u32) -> Vec<Range<Decimal>> {
        let end = |value: i128| unscale(value, places);
        self.0.iter().map(|(from, to)| Range { from: end(*from), to: end(*to) }).collect()
    }

    /// From ranges of days.
    pub fn of_dates(ranges: &[Range<Date>]) -> Self {
        Self(
            ranges
                .iter()
                .map(|range| (range.from.map_or(LEAST, day_number), range.to.map_or(GREATEST, day_number)))
                .collect(),
        )
    }

    /// As ranges of days.
    pub fn to_dates(&self) -> Vec<Range<Date>> {
        self.0.iter().map(|(from, to)| Range { from: day(*from), to: day(*to) }).collect()
    }
}

/// A number without its decimal places: 1,5 with two places is 150.
pub(super) fn scale(value: Decimal, places: u32) -> i128 {
    let factor = Decimal::from(10_i64.saturating_pow(places));
    value.checked_mul(factor).map_or(GREATEST, |scaled| scaled.floor().mantissa())
}

/// The reverse of [`scale`]; `None` for an open end.
pub(super) fn unscale(value: i128, places: u32) -> Option<Decimal> {
    if value <= LEAST || value >= GREATEST {
        return None;
    }
    Decimal::try_from_i128_with_scale(value, places).ok().map(|value| value.normalize())
}

/// The number of a day.
pub(super) fn day_number(date: Date) -> i128 {
    let start = Date::constant(1970, 1, 1);
    date.since(start).map_or(0, |span| i128::from(span.get_days()))
}

/// The day with a number; `None` for an open end.
pub(super) fn day(number: i128) -> Option<Date> {
    let days = i64::try_from(number).ok()?;
    let span = jiff::Span::new().try_days(days).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}
