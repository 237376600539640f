//! Tables proved disjoint and complete: cells to segments, dependences to groups, cases to words.

use super::cover::{Cells, Group, Verdict, examine};
use super::expressions::{Context, Lower};
use super::intervals::{GREATEST, Intervals, LEAST, day, scale, unscale};
use super::sets::{in_places, season_days};
use super::table::RawTable;
use super::types::Type;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Calc, Condition, Language, Op, Set, Values};

/// More combinations of columns that depend on each other are not listed.
const BUDGET: usize = 200_000;

/// A column cut into pieces within which no cell and no condition makes a difference.
struct Segments {
    kind: Type,
    /// The pieces; a piece without a value is "keine Antwort".
    pieces: Vec<Piece>,
}

#[derive(Clone)]
enum Piece {
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
    /// Reports overlaps, gaps and rows that are never reached; whether the table is sound.
    pub(super) fn prove(&self, table: &RawTable, responsibility: bool, context: &Context<'_>) -> bool {
        let stops = self.stops.borrow().clone();
        let conditions = self.dependences(table, &stops);
        let columns: Vec<Segments> = (0..table.columns.len()).map(|c| self.segments(table, c, &conditions)).collect();
        let names = || table.columns.iter().map(|column| column.head.clone()).collect::<Vec<_>>().join(", ");
        let Some(groups) = self.groups(table, &columns, &stops) else {
            self.say(Problem::TableNotChecked { columns: names() }, context, table.span);
            return true;
        };
        let rows: Vec<(usize, Cells)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| {
                let cells = row.cells.as_ref()?;
                Some((index, cells.iter().zip(&columns).map(|(cell, column)| bits(cell, column)).collect()))
            })
            .collect();
        let cells: Vec<Cells> = rows.iter().map(|(_, cells)| cells.clone()).collect();
        let verdict = examine(&cells, &groups, columns.len());
        if verdict.too_large {
            self.say(Problem::TableNotChecked { columns: names() }, context, table.span);
            return true;
        }
        self.report(table, &columns, &rows, &verdict, responsibility, context)
    }

    fn report(
        &self,
        table: &RawTable,
        columns: &[Segments],
        rows: &[(usize, Cells)],
        verdict: &Verdict,
        responsibility: bool,
        context: &Context<'_>,
    ) -> bool {
        let case = |segments: &[usize]| self.case(table, columns, segments, context.language);
        let mut sound = true;
        for (first, second, segments) in &verdict.overlaps {
            let (first, second) = (rows[*first].0, rows[*second].0);
            let problem = Problem::TableOverlap {
                first: (first + 1).to_string(),
                second: (second + 1).to_string(),
                case: case(segments),
            };
            let mut message = Diagnostic::new(problem, context.file, table.rows[second].span);
            message.related.push((context.file.to_owned(), table.rows[first].span));
            self.world.say(message);
            sound = false;
        }
        for row in &verdict.dead {
            let index = rows[*row].0;
            self.say(Problem::RowNeverReached { row: (index + 1).to_string() }, context, table.rows[index].span);
        }
        let otherwise = table.rows.iter().find(|row| row.cells.is_none());
        match (&verdict.gap, otherwise) {
            (Some(segments), None) => {
                let case = case(segments);
                let problem =
                    if responsibility { Problem::NobodyResponsible { case } } else { Problem::TableGap { case } };
                self.say(problem, context, table.span);
                sound = false;
            }
            (None, Some(row)) if verdict.overlaps.is_empty() => {
                self.say(Problem::OtherwiseNeverReached, context, row.span);
            }
            _ => {}
        }
        sound
    }

    /// The conditions that make cases impossible: those of the columns' questions, and stops.
    fn dependences(&self, table: &RawTable, stops: &[Condition]) -> Vec<Condition> {
        let names = self.names.borrow();
        let mut all = stops.to_vec();
        for column in &table.columns {
            if let Calc::Answer(reference) = &column.what
                && let Some(slot) = names.slot_at(reference)
            {
                all.extend(slot.conditions.iter().cloned());
            }
        }
        all
    }

    fn segments(&self, table: &RawTable, index: usize, conditions: &[Condition]) -> Segments {
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
                let season = sets.iter().any(|set| matches!(set.values, Values::Season(_)));
                if season { interval_pieces(1, 366, &sets, 0) } else { interval_pieces(LEAST, GREATEST, &sets, 0) }
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
        if self.may_be_absent(&column.what) {
            pieces.push(Piece::NoAnswer);
        }
        Segments { kind: column.kind.clone(), pieces }
    }

    /// Whether what a column looks at may have no value.
    fn may_be_absent(&self, what: &Calc) -> bool {
        match what {
            Calc::Answer(reference) => {
                let names = self.names.borrow();
                names.slot_at(reference).is_none_or(|slot| slot.optional || !slot.conditions.is_empty())
            }
            Calc::Computed(name) => {
                let all = self.computed.borrow();
                let done = all.iter().find(|state| state.name == *name).and_then(|state| state.done.clone()).flatten();
                done.is_none_or(|done| !done.conditions.is_empty())
            }
            _ => false,
        }
    }

    /// Municipalities grouped by the sets that they lie in.
    fn place_pieces(&self, allowed: Option<&Set>, sets: &[Set]) -> Vec<Piece> {
        let mut seen: Vec<Vec<bool>> = Vec::new();
        let mut pieces = Vec::new();
        let outside = crate::region::OUTSIDE_GERMANY.to_owned();
        let home = self.world.regions.within(crate::region::STATE_SCHLESWIG_HOLSTEIN).map(|town| town.key.to_owned());
        let all = self.world.regions.all().map(|town| town.key.to_owned());
        for key in home.chain(all).chain(std::iter::once(outside)) {
            if allowed.is_some_and(|set| !in_places(&key, &set.values)) {
                continue;
            }
            let pattern: Vec<bool> = sets.iter().map(|set| in_places(&key, &set.values)).collect();
            if !seen.contains(&pattern) {
                seen.push(pattern);
                pieces.push(Piece::Place(key));
            }
        }
        pieces
    }

    /// Columns that depend on each other with the combinations that occur; `None`: too many.
    fn groups(&self, table: &RawTable, columns: &[Segments], stops: &[Condition]) -> Option<Vec<Group>> {
        let count = columns.len();
        let mut home: Vec<usize> = (0..count).collect();
        let names = self.names.borrow();
        let slots: Vec<Option<_>> = table
            .columns
            .iter()
            .map(|column| match &column.what {
                Calc::Answer(reference) => names.slot_at(reference).filter(|_| reference.fact.is_none()),
                _ => None,
            })
            .collect();
        let mut join = |members: Vec<usize>| {
            if let Some(first) = members.first() {
                let target = home[*first];
                let olds: Vec<usize> = members.iter().map(|m| home[*m]).collect();
                for place in &mut home {
                    if olds.contains(place) {
                        *place = target;
                    }
                }
            }
        };
        for (index, slot) in slots.iter().enumerate() {
            let Some(slot) = slot else { continue };
            for condition in &slot.conditions {
                let mut members: Vec<usize> =
                    (0..count).filter(|c| mentions(condition, &table.columns[*c].what)).collect();
                members.push(index);
                join(members);
            }
        }
        for stop in stops {
            join((0..count).filter(|c| mentions(stop, &table.columns[*c].what)).collect());
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
            let mut possible: Vec<Vec<usize>> = vec![Vec::new()];
            for member in &members {
                possible = possible
                    .iter()
                    .flat_map(|case| {
                        (0..columns[*member].pieces.len()).map(|p| [case.as_slice(), &[p]].concat()).collect::<Vec<_>>()
                    })
                    .collect();
            }
            let view = View { table, columns };
            possible.retain(|case| {
                let at = |column: usize| members.iter().position(|m| *m == column).map(|i| case[i]);
                let holds = |condition: &Condition| view.holds(condition, &at);
                let asked = members.iter().zip(case).all(|(column, piece)| {
                    let Some(slot) = slots[*column] else {
                        return true;
                    };
                    let all = slot.conditions.iter().map(&holds).collect::<Vec<_>>();
                    let is_asked = if all.contains(&Some(false)) {
                        Some(false)
                    } else if all.iter().all(|one| *one == Some(true)) {
                        Some(true)
                    } else {
                        None
                    };
                    match columns[*column].pieces[*piece] {
                        Piece::NoAnswer => is_asked != Some(true) || slot.optional,
                        _ => is_asked != Some(false),
                    }
                });
                asked && !stops.iter().any(|stop| holds(stop) == Some(true))
            });
            groups.push(Group { columns: members, possible });
        }
        Some(groups)
    }

    /// A case in words: `gemeinde = Norderstedt, gefährliche = 1`.
    fn case(&self, table: &RawTable, columns: &[Segments], segments: &[usize], language: Language) -> String {
        let english = language == Language::English;
        let parts: Vec<String> = table
            .columns
            .iter()
            .zip(columns)
            .zip(segments)
            .filter_map(|((column, segments), piece)| {
                let value = match segments.pieces.get(*piece)? {
                    Piece::NoAnswer => if english { "no answer" } else { "keine Antwort" }.to_owned(),
                    Piece::Bool(value) => match (value, english) {
                        (true, true) => "yes",
                        (true, false) => "Ja",
                        (false, true) => "no",
                        (false, false) => "Nein",
                    }
                    .to_owned(),
                    Piece::Key(key) => key.clone(),
                    Piece::OtherText => if english { "something else" } else { "etwas anderes" }.to_owned(),
                    Piece::Place(key) if key == crate::region::OUTSIDE_GERMANY => {
                        if english { "abroad" } else { "im Ausland" }.to_owned()
                    }
                    Piece::Place(key) => {
                        self.world.regions.name(key).map_or_else(|| key.clone(), |name| name.into_owned())
                    }
                    Piece::Interval(from, to) => sample(&segments.kind, *from, *to),
                };
                Some(format!("{} = {value}", column.head))
            })
            .collect();
        parts.join(", ")
    }
}

/// A value of an interval, as an author writes it.
fn sample(kind: &Type, from: i128, to: i128) -> String {
    let value = if from > LEAST { from } else { to.min(GREATEST - 1) };
    match kind {
        Type::Number(number) => {
            let value = if from <= LEAST && to >= GREATEST { 0 } else { value };
            let plain = unscale(value, number.places).unwrap_or_default();
            let shown = if number.unit.is_money() { plain / rust_decimal::Decimal::ONE_HUNDRED } else { plain };
            format!("{} {}", shown.normalize().to_string().replace('.', ","), number.unit.text()).trim().to_owned()
        }
        _ => {
            // Days of a season count from 1; dates are far away from them.
            let date = if (1..=366).contains(&from) && to <= 366 {
                let first = super::intervals::day_number(jiff::civil::Date::constant(2028, 1, 1));
                return day(first + from - 1).map_or_else(String::new, |d| format!("{:02}.{:02}.", d.day(), d.month()));
            } else {
                day(if value <= LEAST || value >= GREATEST { 0 } else { value })
            };
            date.map_or_else(String::new, |d| format!("{:02}.{:02}.{}", d.day(), d.month(), d.year()))
        }
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
fn bits(set: &Set, column: &Segments) -> Vec<bool> {
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

/// What a condition says about the columns of a case; `None`: it depends on something else.
struct View<'a> {
    table: &'a RawTable,
    columns: &'a [Segments],
}

impl View<'_> {
    fn holds(&self, condition: &Condition, at: &dyn Fn(usize) -> Option<usize>) -> Option<bool> {
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
                bits(set, &self.columns[index]).get(at(index)?).copied()
            }
            Condition::Answered(reference) => {
                let index = column(&Calc::Answer(reference.clone()))?;
                Some(!matches!(self.columns[index].pieces.get(at(index)?)?, Piece::NoAnswer))
            }
            Condition::Compare { left, op, right } => {
                let index = column(left)?;
                let segments = &self.columns[index];
                let piece = at(index)?;
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

/// The set of values for which a comparison with a constant holds.
fn compared(op: Op, right: &Calc, kind: &Type) -> Option<Set> {
    let (value, number) = match (right, kind) {
        (Calc::Number(value), Type::Number(number)) => (scale(*value, number.places), Some(number)),
        (Calc::Date(date), Type::Date) => (super::intervals::day_number(*date), None),
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
