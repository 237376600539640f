//! The values that make a difference: the ends of ranges, the days and numbers beside them, each
//! of several alternatives.

use jiff::civil::Time;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::collect::few;
use crate::eval::view::top;
use crate::kind::Kind;
use crate::model::{
    Calc, ComputedValue, Condition, MonthDay, Op, Procedure, Quantity, Question, Range, Ref, Set, Step, TimeUnit,
    Values,
};

/// Sets with more keys are not taken apart.
const MOST_KEYS: usize = 12;

/// Calculations that stand deeper in each other are not followed.
const DEEPEST: usize = 20;

/// "The value is this one."
pub(super) fn is(what: &Calc, values: Values) -> Condition {
    Condition::In { what: what.clone(), set: Set { values, no_answer: false } }
}

/// One number.
pub(super) fn number(number: Decimal) -> Values {
    Values::Numbers(vec![Range { from: Some(number), to: Some(number) }])
}

pub(super) fn number_json(number: Decimal) -> Option<Json> {
    serde_json::from_str(&number.normalize().to_string()).ok()
}

/// The values of a part of a condition that are looked at one by one.
pub(super) fn of_condition(procedure: &Procedure, condition: &Condition) -> Vec<Condition> {
    match condition {
        Condition::In { what, set } => {
            let mut found = match options(procedure, what) {
                // Whatever is not named behind the sign is chosen once as well.
                Some(keys) => keys.into_iter().map(|key| is(what, Values::Keys(vec![key]))).collect(),
                None => inside(procedure, what, set),
            };
            found.extend(beside(procedure, what, set));
            if found.len() == 1 { Vec::new() } else { found }
        }
        Condition::Contains { what, set } => {
            let own = question(procedure, &what.steps).and_then(|question| few(&question.kind));
            let keys = match (&set.values, own) {
                (_, Some(own)) => own,
                (Values::Keys(keys), None) if what.fact.is_none() => keys.clone(),
                _ => Vec::new(),
            };
            let one = |key: String| Condition::Contains {
                what: Ref { steps: what.steps.clone(), fact: None },
                set: Set { values: Values::Keys(vec![key]), no_answer: false },
            };
            if (2..=MOST_KEYS).contains(&keys.len()) { keys.into_iter().map(one).collect() } else { Vec::new() }
        }
        Condition::Compare { left, op, right } => compared(procedure, left, *op, right),
        Condition::Group { answers, .. } => group(answers),
        _ => Vec::new(),
    }
}

/// Both sides of a comparison equal, and next to that.
fn compared(procedure: &Procedure, left: &Calc, op: Op, right: &Calc) -> Vec<Condition> {
    let by = match op {
        Op::Ge | Op::Lt => -1,
        Op::Le | Op::Gt => 1,
        Op::Eq | Op::Ne => return Vec::new(),
    };
    let moved = if let Calc::Number(number) = right {
        step(procedure, left, 0).map(|step| Calc::Number(number + step * Decimal::from(by)))
    } else if let Calc::Date(date) = right {
        if by > 0 { date.tomorrow() } else { date.yesterday() }.ok().map(Calc::Date)
    } else if is_day(procedure, right, 0) || is_day(procedure, left, 0) {
        let by = Box::new(Calc::Number(Decimal::from(by)));
        Some(Calc::Shift { date: Box::new(right.clone()), by, unit: TimeUnit::Days })
    } else if let Calc::At { date, time } = right {
        let minute = jiff::Span::new().minutes(by);
        time.checked_add(minute).ok().map(|time: Time| Calc::At { date: date.clone(), time })
    } else {
        let number = |calc| step(procedure, calc, 0);
        let both = (number(left), number(right));
        let least = if let (Some(a), Some(b)) = both { Some(a.min(b)) } else { None };
        least.map(|step| Calc::Add(Box::new(right.clone()), Box::new(Calc::Number(step * Decimal::from(by)))))
    };
    let Some(moved) = moved else { return Vec::new() };
    let equal = |right: Calc| Condition::Compare { left: left.clone(), op: Op::Eq, right };
    vec![equal(right.clone()), equal(moved)]
}

/// None of a group answered, each of them alone, several.
fn group(answers: &[Ref]) -> Vec<Condition> {
    let given = |answer: &Ref| Condition::Answered(answer.clone());
    let not = |condition| Condition::Not(Box::new(condition));
    let mut found = vec![Condition::All(answers.iter().map(|answer| not(given(answer))).collect())];
    for (index, answer) in answers.iter().enumerate() {
        let others = answers.iter().enumerate().filter(|(other, _)| *other != index);
        let alone = std::iter::once(given(answer)).chain(others.map(|(_, other)| not(given(other))));
        found.push(Condition::All(alone.collect()));
    }
    found.push(not(Condition::Group { quantity: Quantity::AtMostOne, answers: answers.to_vec() }));
    found
}

/// The values of a set that are looked at one by one: each alternative, both ends of each range.
pub(super) fn inside(procedure: &Procedure, what: &Calc, set: &Set) -> Vec<Condition> {
    let mut found: Vec<Values> = match &set.values {
        Values::Any => return Vec::new(),
        Values::Bools(all) => all.iter().map(|yes| Values::Bools(vec![*yes])).collect(),
        Values::Keys(keys) if keys.len() <= MOST_KEYS || options(procedure, what).is_some() => {
            keys.iter().map(|key| Values::Keys(vec![key.clone()])).collect()
        }
        Values::Keys(_) => Vec::new(),
        Values::Numbers(ranges) => {
            ranges.iter().flat_map(|range| [range.from, range.to].into_iter().flatten()).map(number).collect()
        }
        Values::Dates(ranges) => ranges
            .iter()
            .flat_map(|range| [range.from, range.to].into_iter().flatten())
            .map(|day| Values::Dates(vec![Range { from: Some(day), to: Some(day) }]))
            .collect(),
        Values::Season(ranges) => ranges
            .iter()
            .flat_map(|(from, to)| [(*from, *from), last(*to)])
            .map(|day| Values::Season(vec![day]))
            .collect(),
        Values::Municipalities { within, except } if within.len() > 1 => within
            .iter()
            .map(|one| Values::Municipalities { within: vec![one.clone()], except: except.clone() })
            .collect(),
        Values::Municipalities { .. } => vec![set.values.clone()],
    };
    found.dedup();
    let mut found: Vec<Condition> = found.into_iter().map(|values| is(what, values)).collect();
    if set.no_answer && !found.is_empty() {
        let set = Set { values: Values::Keys(Vec::new()), no_answer: true };
        found.push(Condition::In { what: what.clone(), set });
    }
    found
}

/// The numbers and days just outside the ranges of a set.
pub(super) fn beside(procedure: &Procedure, what: &Calc, set: &Set) -> Vec<Condition> {
    let found: Vec<Values> = match &set.values {
        Values::Numbers(ranges) => {
            let Some(step) = step(procedure, what, 0) else { return Vec::new() };
            let ends = ranges.iter().flat_map(|range| [range.from.map(|v| v - step), range.to.map(|v| v + step)]);
            let outside = |value: &Decimal| !ranges.iter().any(|range| range.contains(value));
            ends.flatten().filter(outside).map(number).collect()
        }
        Values::Dates(ranges) => {
            let ends = ranges.iter().flat_map(|range| {
                [range.from.and_then(|day| day.yesterday().ok()), range.to.and_then(|day| day.tomorrow().ok())]
            });
            let outside = |day: &jiff::civil::Date| !ranges.iter().any(|range| range.contains(day));
            let one = |day| Values::Dates(vec![Range { from: Some(day), to: Some(day) }]);
            ends.flatten().filter(outside).map(one).collect()
        }
        Values::Season(ranges) => ranges
            .iter()
            .flat_map(|(from, to)| [before(*from), after(*to)])
            .flatten()
            .map(|day| Values::Season(vec![day]))
            .collect(),
        _ => Vec::new(),
    };
    found.into_iter().map(|values| is(what, values)).collect()
}

/// The last day of a season; the end of February is both of its last days.
fn last(day: MonthDay) -> (MonthDay, MonthDay) {
    match (day.month, day.day) {
        (2, 28 | 29) => (MonthDay { month: 2, day: 28 }, MonthDay { month: 2, day: 29 }),
        _ => (day, day),
    }
}

fn before(day: MonthDay) -> Option<(MonthDay, MonthDay)> {
    let date = jiff::civil::Date::new(2027, day.month, day.day).ok()?.yesterday().ok()?;
    Some(last(MonthDay::of(date)))
}

fn after(day: MonthDay) -> Option<(MonthDay, MonthDay)> {
    let day = if (day.month, day.day) == (2, 29) { MonthDay { month: 2, day: 28 } } else { day };
    let next = MonthDay::of(jiff::civil::Date::new(2027, day.month, day.day).ok()?.tomorrow().ok()?);
    Some((next, next))
}

/// The options of the answer that a calculation is, where it is a choice of a few.
fn options(procedure: &Procedure, what: &Calc) -> Option<Vec<String>> {
    let Calc::Answer(Ref { steps, fact: None }) = what else { return None };
    few(&question(procedure, steps)?.kind)
}

/// The question at the end of steps.
pub(super) fn question<'p>(procedure: &'p Procedure, steps: &[Step]) -> Option<&'p Question> {
    use crate::eval::view::{Place, within};
    let mut keys = steps.iter().filter_map(|step| if let Step::Key(key) = step { Some(key) } else { None });
    let mut place = top(procedure, keys.next()?)?;
    for key in keys {
        place = match place {
            Place::List { items } | Place::Entry { items } => within(items, key)?,
            Place::Question(question) => match &question.kind {
                Kind::Block { items, .. } => within(items, key)?,
                _ => return None,
            },
        };
    }
    if let Place::Question(question) = place { Some(question) } else { None }
}

/// The smallest difference between two values of a calculation; `None`: not known.
fn step(procedure: &Procedure, calc: &Calc, depth: usize) -> Option<Decimal> {
    let inner = |calc: &Calc| step(procedure, calc, depth + 1);
    if depth > DEEPEST {
        return None;
    }
    match calc {
        Calc::Number(number) => Some(Decimal::new(1, number.normalize().scale())),
        Calc::Count { .. } | Calc::Age { .. } => Some(Decimal::ONE),
        Calc::Answer(Ref { steps, fact: None }) => match &question(procedure, steps)?.kind {
            Kind::Whole(_) | Kind::Money(_) => Some(Decimal::ONE),
            Kind::Decimal { places, .. } => Some(Decimal::new(1, *places)),
            _ => None,
        },
        Calc::Sum { of, .. } => inner(of),
        Calc::Add(a, b) | Calc::Sub(a, b) | Calc::AtLeast(a, b) | Calc::AtMost(a, b) => Some(inner(a)?.min(inner(b)?)),
        Calc::Mul(a, b) => match (a.as_ref(), b.as_ref()) {
            (Calc::Number(number), other) | (other, Calc::Number(number)) if !number.is_zero() => {
                inner(other)?.checked_mul(number.abs())
            }
            (a, b) => inner(a)?.checked_mul(inner(b)?),
        },
        Calc::Round { to, .. } => Some(to.abs()),
        Calc::Computed(name) => {
            let computed = procedure.computed.iter().find(|computed| computed.name == *name)?;
            match &computed.value {
                ComputedValue::Calc(calc) => inner(calc),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a calculation is a day.
fn is_day(procedure: &Procedure, calc: &Calc, depth: usize) -> bool {
    match calc {
        Calc::Date(_) | Calc::Today | Calc::PeriodEnd(_) => true,
        Calc::Shift { date, .. } => depth < DEEPEST && is_day(procedure, date, depth + 1),
        Calc::Answer(Ref { steps, fact: None }) => question(procedure, steps)
            .is_some_and(|question| matches!(question.kind, Kind::Date(_) | Kind::BirthDate { .. })),
        Calc::Computed(name) => procedure.computed.iter().any(|computed| {
            computed.name == *name
                && depth < DEEPEST
                && matches!(&computed.value, ComputedValue::Calc(calc) if is_day(procedure, calc, depth + 1))
        }),
        _ => false,
    }
}
