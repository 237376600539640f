//! Columns cut into pieces within which no cell and no condition makes a difference.

use std::collections::HashSet;

use super::Asked;
use crate::check::expressions::Lower;
use crate::check::intervals::{GREATEST, Intervals, LEAST, day_number, scale};
use crate::check::sets::{beginnings, in_places, season_days};
use crate::check::table::RawTable;
use crate::check::types::Type;
use crate::model::{Calc, Condition, Op, Range, Set, Values};

/// A column in pieces.
pub(super) struct Segments {
    pub kind: Type,
    /// The pieces; a piece without a value is "keine Antwort".
    pub pieces: Vec<Piece>,
    /// Date pieces are days of the year.
    pub season: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Piece {
    NoAnswer,
    Bool(bool),
    Key(String),
    /// A text that is named nowhere.
    OtherText,
    Interval(i128, i128),
    /// Municipalities that are alike; the first of them.
    Place(String),
}

impl Lower<'_> {
    /// Cuts a column.
    pub(super) fn segments(&self, table: &RawTable, index: usize, conditions: &[Condition], asked: &Asked) -> Segments {
        let column = &table.columns[index];
        let mut sets: Vec<Set> = table
            .rows
            .iter()
            .filter_map(|row| row.cells.as_ref())
            .filter_map(|cells| cells.get(index))
            .cloned()
            .collect();
        for condition in conditions {
            sets_about(condition, &column.what, &column.kind, &mut sets);
        }
        if let Some((least, _)) = asked.count {
            let cut = |at: u32| Range { from: Some(at.into()), to: Some(at.into()) };
            let above = Range { from: Some(least.max(1).into()), to: None };
            let values = Values::Numbers(vec![cut(0), above]);
            sets.push(Set { values, no_answer: false });
        }
        let cells = table.rows.iter().filter_map(|row| row.cells.as_ref()?.get(index));
        let season = cells.clone().any(|set| matches!(set.values, Values::Season(_)));
        if matches!(column.kind, Type::Date | Type::MonthDay) {
            // A condition may speak of days of the year where the cells do not, or the other way round.
            sets.retain(|set| matches!(set.values, Values::Season(_)) == season);
        }
        let mut pieces = match &column.kind {
            Type::Bool => vec![Piece::Bool(true), Piece::Bool(false)],
            Type::Choice(choices) => self.choices(choices).into_iter().map(|(key, _)| Piece::Key(key)).collect(),
            Type::Municipality(allowed) => self.place_pieces(allowed.as_ref(), &sets),
            Type::Number(number) => {
                let from = number.min.map_or(LEAST, |min| scale(min, number.places));
                let to = number.max.map_or(GREATEST, |max| scale(max, number.places));
                interval_pieces(from, to, &sets, number.places)
            }
            Type::Date | Type::MonthDay => {
                if season {
                    interval_pieces(1, 366, &sets, 0)
                } else {
                    interval_pieces(LEAST, GREATEST, &sets, 0)
                }
            }
            _ => {
                let mut keys: Vec<String> = Vec::new();
                for set in &sets {
                    if let Values::Keys(list) = &set.values {
                        keys.extend(list.iter().filter(|key| !keys.contains(key)).cloned().collect::<Vec<_>>());
                    }
                }
                keys.into_iter().map(Piece::Key).chain([Piece::OtherText]).collect()
            }
        };
        if asked.may_be_absent() {
            pieces.push(Piece::NoAnswer);
        }
        Segments { kind: column.kind.clone(), pieces, season }
    }

    /// Municipalities grouped by the sets that they lie in.
    fn place_pieces(&self, allowed: Option<&Set>, sets: &[Set]) -> Vec<Piece> {
        let mut seen: HashSet<Vec<bool>> = HashSet::new();
        let mut pieces = Vec::new();
        for key in
            self.world.regions.representatives(beginnings(allowed.into_iter().chain(sets).map(|set| &set.values)))
        {
            if allowed.is_some_and(|set| !in_places(key, &set.values)) {
                continue;
            }
            if seen.insert(sets.iter().map(|set| in_places(key, &set.values)).collect()) {
                pieces.push(Piece::Place(key.to_owned()));
            }
        }
        pieces
    }
}

fn intervals_of(set: &Set, places: u32) -> Option<Intervals> {
    match &set.values {
        Values::Numbers(ranges) => Some(Intervals::of_numbers(ranges, places)),
        Values::Dates(ranges) => Some(Intervals::of_dates(ranges)),
        Values::Season(list) => {
            Some(list.iter().fold(Intervals(Vec::new()), |all, (from, to)| all.union(&season_days(*from, *to))))
        }
        _ => None,
    }
}

/// Cuts an interval wherever a set begins or ends.
fn interval_pieces(from: i128, to: i128, sets: &[Set], places: u32) -> Vec<Piece> {
    let mut starts = vec![from];
    for set in sets {
        for (a, b) in intervals_of(set, places).map(|found| found.0).unwrap_or_default() {
            starts.extend([a, b.saturating_add(1)].into_iter().filter(|start| (from..=to).contains(start)));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([to]);
    starts.iter().zip(ends).map(|(a, b)| Piece::Interval(*a, b)).collect()
}

/// Which pieces of a column lie in a set.
pub(super) fn bits(set: &Set, column: &Segments) -> Vec<bool> {
    let places = if let Type::Number(number) = &column.kind { number.places } else { 0 };
    let intervals = intervals_of(set, places);
    column
        .pieces
        .iter()
        .map(|piece| match (piece, &set.values) {
            (Piece::NoAnswer, _) => set.no_answer,
            (_, Values::Any) => true,
            (Piece::Bool(value), Values::Bools(list)) => list.contains(value),
            (Piece::Key(key), Values::Keys(list)) => list.contains(key),
            (Piece::Place(key), values) => in_places(key, values),
            (Piece::Interval(from, _), _) => intervals.as_ref().is_some_and(|found| found.contains(*from)),
            _ => false,
        })
        .collect()
}

/// The set of values for which a comparison with a constant holds.
pub(super) fn compared(op: Op, right: &Calc, kind: &Type) -> Option<Set> {
    let (value, number) = match (right, kind) {
        (Calc::Number(value), Type::Number(number)) => (scale(*value, number.places), Some(number)),
        (Calc::Date(date), Type::Date) => (day_number(*date), None),
        _ => return None,
    };
    let found = match op {
        Op::Eq => Intervals::one(value, value),
        Op::Ne => Intervals::one(LEAST, GREATEST).without(&Intervals::one(value, value)),
        Op::Lt => Intervals::one(LEAST, value - 1),
        Op::Le => Intervals::one(LEAST, value),
        Op::Gt => Intervals::one(value + 1, GREATEST),
        Op::Ge => Intervals::one(value, GREATEST),
    };
    let values = match number {
        Some(number) => Values::Numbers(found.to_numbers(number.places)),
        None => Values::Dates(found.to_dates()),
    };
    Some(Set { values, no_answer: false })
}

/// The sets that a condition compares a column with.
fn sets_about(condition: &Condition, column: &Calc, kind: &Type, sets: &mut Vec<Set>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|one| sets_about(one, column, kind, sets)),
        Condition::Not(inner) => sets_about(inner, column, kind, sets),
        Condition::In { what, set } if what == column => sets.push(set.clone()),
        Condition::Compare { left, op, right } if left == column => sets.extend(compared(*op, right, kind)),
        _ => {}
    }
}
