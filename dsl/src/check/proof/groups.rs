//! Columns that depend on each other, with the combinations that occur.
//!
//! A question is asked only if its condition holds, a computed value is there only if its own
//! does, a count is 0 where its repeat is not asked, and the facts of one value of a list belong
//! together. What a condition says about anything but the columns is taken as an *unknown* that
//! may hold or not, but the same for all columns.

use super::Asked;
use super::segments::{Piece, Segments, bits, compared};
use crate::check::cover::Group;
use crate::check::expressions::Lower;
use crate::check::intervals::unscale;
use crate::check::table::RawTable;
use crate::check::types::Type;
use crate::kind::Choices;
use crate::model::{Calc, CodeValue, Condition, Fact, Values};

/// More combinations of columns that depend on each other are not listed.
const BUDGET: usize = 200_000;

/// More conditions about something else are not tried both ways.
const MOST_UNKNOWN: usize = 6;

impl Lower<'_> {
    /// Groups the columns; `None`: too many combinations.
    pub(super) fn groups(
        &self,
        table: &RawTable,
        columns: &[Segments],
        asked: &[Asked],
        stops: &[Condition],
    ) -> Option<Vec<Group>> {
        let count = columns.len();
        let mut home: Vec<usize> = (0..count).collect();
        let mut join = |members: &[usize]| {
            let Some(target) = members.first().map(|first| home[*first]) else { return };
            let olds: Vec<usize> = members.iter().map(|member| home[*member]).collect();
            home.iter_mut().filter(|place| olds.contains(place)).for_each(|place| *place = target);
        };
        for (index, one) in asked.iter().enumerate() {
            for condition in &one.conditions {
                let same = |other: usize| asked[other].conditions.contains(condition);
                let members: Vec<usize> = (0..count)
                    .filter(|c| *c == index || mentions(condition, &table.columns[*c].what) || same(*c))
                    .collect();
                join(&members);
            }
            let steps = steps_of(&table.columns[index].what);
            let members: Vec<usize> =
                (0..count).filter(|c| steps.is_some() && steps_of(&table.columns[*c].what) == steps).collect();
            join(&members);
        }
        for stop in stops {
            let members: Vec<usize> = (0..count).filter(|c| mentions(stop, &table.columns[*c].what)).collect();
            join(&members);
        }
        let mut groups = Vec::new();
        for index in 0..count {
            let members: Vec<usize> = (0..count).filter(|c| home[*c] == index).collect();
            if members.is_empty() {
                continue;
            }
            let size: usize = members.iter().try_fold(1_usize, |n, c| n.checked_mul(columns[*c].pieces.len()))?;
            if size > BUDGET {
                return None;
            }
            let view = View { table, columns, members: &members };
            let mut possible = Vec::new();
            for number in 0..size {
                let mut rest = number;
                let mut case = vec![0; members.len()];
                for (at, member) in members.iter().enumerate().rev() {
                    let pieces = columns[*member].pieces.len();
                    case[at] = rest % pieces;
                    rest /= pieces;
                }
                if self.occurs(&view, &case, asked) && !stops.iter().any(|stop| view.holds(stop, &case) == Some(true)) {
                    possible.push(case);
                }
            }
            groups.push(Group { columns: members, possible });
        }
        Some(groups)
    }

    /// Whether answers that look like this can come together.
    fn occurs(&self, view: &View<'_>, case: &[usize], asked: &[Asked]) -> bool {
        let mut unknown: Vec<&Condition> = Vec::new();
        for member in view.members {
            for condition in &asked[*member].conditions {
                if view.holds(condition, case).is_none() && !unknown.contains(&condition) {
                    unknown.push(condition);
                }
            }
        }
        let tries =
            if unknown.len() > MOST_UNKNOWN { return self.facts_fit(view, case) } else { 1_usize << unknown.len() };
        let right = (0..tries).any(|chosen| {
            let holds = |condition: &Condition| {
                view.holds(condition, case).unwrap_or_else(|| {
                    unknown.iter().position(|other| *other == condition).is_some_and(|bit| chosen & (1 << bit) != 0)
                })
            };
            view.members.iter().zip(case).all(|(column, piece)| {
                let one = &asked[*column];
                let is_asked = one.conditions.iter().all(holds);
                match (&view.columns[*column].pieces[*piece], one.count) {
                    (Piece::Interval(from, _), Some((least, whole))) if is_asked => {
                        !whole || *from >= i128::from(least)
                    }
                    (Piece::Interval(from, _), Some(_)) => *from == 0,
                    (Piece::NoAnswer, _) => !is_asked || one.optional,
                    _ => is_asked,
                }
            })
        });
        right && self.facts_fit(view, case)
    }

    /// Whether the facts of one value of a list, and the value itself, belong together.
    fn facts_fit(&self, view: &View<'_>, case: &[usize]) -> bool {
        view.members.iter().zip(case).all(|(column, piece)| {
            let Calc::Answer(reference) = &view.table.columns[*column].what else { return true };
            if reference.fact.is_none() || matches!(view.columns[*column].pieces[*piece], Piece::NoAnswer) {
                // The value that the fact belongs to is there exactly where the fact is.
                return reference.fact.is_none()
                    || view.same_answer(*column, case).all(|(_, other)| matches!(other, Piece::NoAnswer));
            }
            let names = self.names.borrow();
            let Some(Type::Choice(Choices::List { name, .. })) = names.slot_at(reference).map(|slot| &slot.kind) else {
                return true;
            };
            let lists = self.lists.borrow();
            let Some(list) = lists.get(name) else { return true };
            list.values.iter().any(|value| {
                view.same_answer(*column, case).all(|(fact, piece)| fits(value, fact, piece, view, *column))
            })
        })
    }
}

/// Whether a value of a list is in a piece of a column that looks at it or at one of its facts.
fn fits(value: &CodeValue, fact: Option<&str>, piece: &Piece, view: &View<'_>, column: usize) -> bool {
    match (fact, piece) {
        (None, Piece::Key(key)) => value.key == *key,
        (Some(fact), piece) => match (value.facts.get(fact), piece) {
            (Some(Fact::Bool(a)), Piece::Bool(b)) => a == b,
            (Some(Fact::Text(a)), Piece::Key(b)) => a == b,
            (Some(Fact::Text(_)), Piece::OtherText) => true,
            (Some(Fact::Number(number)), Piece::Interval(from, to)) => {
                let places = match &view.columns[column].kind {
                    Type::Number(number) => number.places,
                    _ => number.scale(),
                };
                unscale(*from, places).is_none_or(|from| from <= *number)
                    && unscale(*to, places).is_none_or(|to| *number <= to)
            }
            _ => false,
        },
        _ => false,
    }
}

/// The place of the answer that a column looks at.
fn steps_of(what: &Calc) -> Option<&[crate::model::Step]> {
    match what {
        Calc::Answer(reference) => Some(&reference.steps),
        _ => None,
    }
}

/// What a condition says about the columns of a case; `None`: it depends on something else.
struct View<'a> {
    table: &'a RawTable,
    columns: &'a [Segments],
    /// The columns of the group.
    members: &'a [usize],
}

impl View<'_> {
    /// The piece of a column in a case; `None`: the column is of another group.
    fn piece(&self, column: usize, case: &[usize]) -> Option<usize> {
        let at = self.members.iter().position(|member| *member == column)?;
        case.get(at).copied()
    }

    /// The columns of the group that look at the same answer: which fact, and the piece.
    fn same_answer<'v>(
        &'v self,
        column: usize,
        case: &'v [usize],
    ) -> impl Iterator<Item = (Option<&'v str>, &'v Piece)> {
        let steps = steps_of(&self.table.columns[column].what);
        self.members.iter().zip(case).filter_map(move |(member, piece)| match &self.table.columns[*member].what {
            Calc::Answer(reference) if Some(reference.steps.as_slice()) == steps => {
                Some((reference.fact.as_deref(), self.columns[*member].pieces.get(*piece)?))
            }
            _ => None,
        })
    }

    fn holds(&self, condition: &Condition, at: &[usize]) -> Option<bool> {
        let column = |what: &Calc| self.table.columns.iter().position(|column| column.what == *what);
        match condition {
            Condition::All(all) => {
                let found: Vec<_> = all.iter().map(|one| self.holds(one, at)).collect();
                if found.contains(&Some(false)) {
                    Some(false)
                } else if found.iter().all(|one| *one == Some(true)) {
                    Some(true)
                } else {
                    None
                }
            }
            Condition::Any(any) => {
                let found: Vec<_> = any.iter().map(|one| self.holds(one, at)).collect();
                if found.contains(&Some(true)) {
                    Some(true)
                } else if found.iter().all(|one| *one == Some(false)) {
                    Some(false)
                } else {
                    None
                }
            }
            Condition::Not(inner) => self.holds(inner, at).map(|holds| !holds),
            Condition::In { what, set } => {
                let index = column(what)?;
                if matches!(set.values, Values::Season(_)) != self.columns[index].season {
                    return None;
                }
                bits(set, &self.columns[index]).get(self.piece(index, at)?).copied()
            }
            Condition::Answered(reference) => {
                let index = column(&Calc::Answer(reference.clone()))?;
                Some(!matches!(self.columns[index].pieces.get(self.piece(index, at)?)?, Piece::NoAnswer))
            }
            Condition::Compare { left, op, right } => {
                let index = column(left)?;
                let segments = &self.columns[index];
                let piece = self.piece(index, at)?;
                if matches!(segments.pieces.get(piece)?, Piece::NoAnswer) {
                    return Some(false);
                }
                let set = compared(*op, right, &segments.kind)?;
                bits(&set, segments).get(piece).copied()
            }
            _ => None,
        }
    }
}

fn mentions(condition: &Condition, column: &Calc) -> bool {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().any(|one| mentions(one, column)),
        Condition::Not(inner) => mentions(inner, column),
        Condition::In { what, .. } => what == column,
        Condition::Compare { left, right, .. } => left == column || right == column,
        Condition::Answered(reference) => *column == Calc::Answer(reference.clone()),
        _ => false,
    }
}
