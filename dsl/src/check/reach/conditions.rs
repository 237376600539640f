//! Conditions as formulas.

use rust_decimal::Decimal;

use super::engine::Engine;
use super::formula::{ALWAYS, F, NEVER};
use super::values::{DEEPEST, STEP, Value};
use super::variable::{Domain, Key, Line, Part};
use crate::check::intervals::{GREATEST, Intervals, LEAST, day_number};
use crate::check::sets::{in_places, season_days};
use crate::eval::condition::satisfies;
use crate::model::{Calc, Condition, Fact, Op, Quantity, Ref, Set, Step, Values as SetValues};

impl<'p> Engine<'p> {
    /// When a condition holds.
    pub fn holds(&mut self, condition: &Condition) -> F {
        if self.depth >= DEEPEST {
            return self.atom(format!("{condition:?}"));
        }
        self.depth += 1;
        let found = self.holds_inside(condition);
        self.depth -= 1;
        found
    }

    fn holds_inside(&mut self, condition: &Condition) -> F {
        match condition {
            Condition::All(all) => {
                let parts: Vec<F> = all.iter().map(|one| self.holds(one)).collect();
                self.formulas.all(parts)
            }
            Condition::Any(any) => {
                let parts: Vec<F> = any.iter().map(|one| self.holds(one)).collect();
                self.formulas.any(parts)
            }
            Condition::Not(inner) => {
                let inner = self.holds(inner);
                self.formulas.not(inner)
            }
            Condition::In { what, set } => self.is_in(what, set),
            Condition::Contains { what, set } => self.contains(what, set),
            Condition::Compare { left, op, right } => {
                let (left, right) = (self.values(left), self.values(right));
                let mut parts = Vec::new();
                for (when_left, left) in &left {
                    for (when_right, right) in &right {
                        let compared = self.compare(left, *op, right);
                        parts.push(self.formulas.all([*when_left, *when_right, compared]));
                    }
                }
                self.formulas.any(parts)
            }
            Condition::Answered(reference) => self.present(&reference.steps),
            Condition::Some { list, holds } => {
                let there = self.present(&list.steps);
                let counted = self.counted(list, holds);
                let some = self.line_literal(counted, Intervals::one(1, GREATEST));
                self.formulas.all([there, some])
            }
            Condition::Every { list, holds } => {
                let there = self.present(&list.steps);
                let counted = self.counted(list, &negated(holds));
                let none = self.line_literal(counted, Intervals::one(0, 0));
                let absent = self.formulas.not(there);
                self.formulas.any([absent, none])
            }
            Condition::Distinct { list, by } => {
                let there = self.present(&list.steps);
                let length = self.length(&list.steps);
                let one = self.line_literal(length, Intervals::one(0, 1));
                let absent = self.formulas.not(there);
                let key = Key::Distinct(list.steps.clone(), by.steps.clone());
                let var = self.variables.get(&key, || (Domain::Flag, true));
                let distinct = self.flag(var);
                // Without the answer nothing is the same.
                let given = self.present(&by.steps);
                let not_given = self.formulas.not(given);
                self.formulas.any([absent, one, distinct, not_given])
            }
            Condition::Group { quantity, answers } => {
                let there: Vec<F> = answers.iter().map(|answer| self.present(&answer.steps)).collect();
                let some = self.formulas.any(there.iter().copied());
                let at_most = self.at_most(&there, 1);
                match quantity {
                    Quantity::AtLeastOne => some,
                    Quantity::AtMostOne => at_most,
                    Quantity::ExactlyOne => self.formulas.all([some, at_most]),
                }
            }
        }
    }

    /// A value is there and in a set; or it is absent, and the set has "keine Antwort".
    pub fn is_in(&mut self, what: &Calc, set: &Set) -> F {
        let values = self.values(what);
        let mut parts = Vec::new();
        for (when, value) in &values {
            let lies_in = self.lies_in(value, &set.values);
            parts.push(self.formulas.all([*when, lies_in]));
        }
        if set.no_answer {
            let there = self.formulas.any(values.iter().map(|(when, _)| *when));
            parts.push(self.formulas.not(there));
        }
        self.formulas.any(parts)
    }

    fn lies_in(&mut self, value: &Value, set: &SetValues) -> F {
        match (value, set) {
            (_, SetValues::Any) => ALWAYS,
            (Value::Truth(f), SetValues::Bools(wanted)) => {
                let not = self.formulas.not(*f);
                let yes = if wanted.contains(&true) { *f } else { NEVER };
                let no = if wanted.contains(&false) { not } else { NEVER };
                self.formulas.any([yes, no])
            }
            (Value::Key(key), SetValues::Keys(keys)) => truth(keys.contains(key)),
            (Value::Key(key), SetValues::Municipalities { .. }) => truth(in_places(key, set)),
            (Value::Choice(var, steps, fact), _) => self.choice_in(*var, steps, fact.as_deref(), set),
            (Value::Number(..), SetValues::Numbers(ranges)) => {
                let mut parts = Vec::new();
                for range in ranges {
                    let from =
                        range.from.map_or(ALWAYS, |from| self.compare(value, Op::Ge, &Value::Number(Vec::new(), from)));
                    let to = range.to.map_or(ALWAYS, |to| self.compare(value, Op::Le, &Value::Number(Vec::new(), to)));
                    parts.push(self.formulas.all([from, to]));
                }
                self.formulas.any(parts)
            }
            (Value::Day(..), SetValues::Dates(ranges)) => {
                let mut parts = Vec::new();
                for range in ranges {
                    let fixed = |date| Value::Day(None, day_number(date), day_number(date));
                    let from = range.from.map_or(ALWAYS, |from| self.compare(value, Op::Ge, &fixed(from)));
                    let to = range.to.map_or(ALWAYS, |to| self.compare(value, Op::Le, &fixed(to)));
                    parts.push(self.formulas.all([from, to]));
                }
                self.formulas.any(parts)
            }
            (Value::Day(Some(date), 0, 0), SetValues::Season(list)) => {
                let days =
                    list.iter().fold(Intervals(Vec::new()), |all, (from, to)| all.union(&season_days(*from, *to)));
                let line = Line { from: 1, to: 366, step: 1 };
                let var = self.variables.get(&Key::Season(*date), || (Domain::Line(line), true));
                self.line_literal(var, days)
            }
            (Value::Day(None, day, same), SetValues::Season(_)) if day == same => {
                let date = crate::check::intervals::day(*day);
                let set = Set { values: set.clone(), no_answer: false };
                truth(date.is_some_and(|date| set.has(&crate::eval::value::Val::Date(date))))
            }
            (Value::MonthDay(day), SetValues::Season(_)) => {
                let set = Set { values: set.clone(), no_answer: false };
                truth(set.has(&crate::eval::value::Val::MonthDay(*day)))
            }
            (_, SetValues::Keys(keys)) if keys.is_empty() => NEVER,
            _ => self.atom(format!("{value:?} in {set:?}")),
        }
    }

    fn choice_in(&mut self, var: usize, steps: &[Step], fact: Option<&str>, set: &SetValues) -> F {
        let Some(fact) = fact else {
            return match set {
                SetValues::Keys(keys) => {
                    let keys = self.possible_texts(var, steps, keys);
                    self.key_literal(var, &keys)
                }
                SetValues::Municipalities { .. } => {
                    let part = self.variables.part(var, Part::Places(set.clone()));
                    self.formulas.literal(var, part, true)
                }
                _ => NEVER,
            };
        };
        let keys = self.keys_with(steps, fact, set);
        self.key_literal(var, &keys)
    }

    /// Of the texts in a set those that can be an answer.
    fn possible_texts(&self, var: usize, steps: &[Step], keys: &[String]) -> Vec<String> {
        let (Domain::Text, Some(kind)) = (&self.variables.at(var).domain, self.kind(steps)) else {
            return keys.to_vec();
        };
        let around = crate::kind::Surroundings {
            lists: &self.procedure.lists,
            regions: self.regions,
            today: self.procedure.valid_from,
        };
        keys.iter().filter(|key| kind.check(&key.as_str().into(), around).is_ok()).cloned().collect()
    }

    /// The keys of a list whose fact lies in a set.
    fn keys_with(&self, steps: &[Step], fact: &str, set: &SetValues) -> Vec<String> {
        use crate::kind::{Choices, Kind};
        let Some(Kind::OneOf(Choices::List { name, .. }) | Kind::SeveralOf { choices: Choices::List { name, .. }, .. }) =
            self.kind(steps)
        else {
            return Vec::new();
        };
        let values = self.procedure.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
        let fits =
            |fact: &Fact| Set { values: set.clone(), no_answer: false }.has(&crate::eval::value::Val::of_fact(fact));
        let fitting = values.iter().filter(|value| value.facts.get(fact).is_some_and(fits));
        fitting.map(|value| value.key.clone()).collect()
    }

    fn contains(&mut self, what: &Ref, set: &Set) -> F {
        use crate::kind::{Choices, Kind};
        let there = self.present(&what.steps);
        let Some(Kind::SeveralOf { choices, .. }) = self.kind(&what.steps) else { return NEVER };
        let wanted: Vec<String> = match (&set.values, &what.fact) {
            (SetValues::Any, None) => return there,
            (SetValues::Keys(keys), None) => keys.clone(),
            (_, None) => return NEVER,
            (values, Some(fact)) => self.keys_with(&what.steps, fact, values),
        };
        let holds = match choices {
            Choices::Options(options) => {
                let known: Vec<F> = options
                    .iter()
                    .filter(|option| wanted.contains(&option.key))
                    .map(|option| self.chosen(&what.steps, &option.key))
                    .collect();
                self.formulas.any(known)
            }
            Choices::List { .. } => {
                let mut known = self.keys(choices);
                let all = known.len();
                known.retain(|key| wanted.contains(key));
                if known.len() == all {
                    ALWAYS
                } else if known.is_empty() {
                    NEVER
                } else {
                    let key = Key::ChosenOf(what.steps.clone(), known);
                    let var = self.variables.get(&key, || (Domain::Flag, true));
                    self.flag(var)
                }
            }
        };
        self.formulas.all([there, holds])
    }

    /// How two values that are there compare.
    pub fn compare(&mut self, left: &Value, op: Op, right: &Value) -> F {
        if op == Op::Ne {
            let equal = self.compare(left, Op::Eq, right);
            return self.formulas.not(equal);
        }
        match (left, right) {
            (Value::Number(..), Value::Number(..)) => self.compare_numbers(left, op, right),
            (Value::Day(a, least, most), Value::Day(b, from, to))
            | (Value::Minute(a, least, most), Value::Minute(b, from, to)) => {
                // a + x op b + y, x and y between bounds: a - b op y - x.
                self.compare_lines(*a, op, *b, (from - most, to - least), 1)
            }
            (Value::Truth(a), Value::Truth(b)) if op == Op::Eq => {
                let (not_a, not_b) = (self.formulas.not(*a), self.formulas.not(*b));
                let (both, neither) = (self.formulas.all([*a, *b]), self.formulas.all([not_a, not_b]));
                self.formulas.any([both, neither])
            }
            (Value::Choice(var, steps, fact), Value::Key(key)) | (Value::Key(key), Value::Choice(var, steps, fact))
                if op == Op::Eq =>
            {
                let set = match self.variables.at(*var).domain {
                    Domain::Places(_) => SetValues::Municipalities { within: vec![key.clone()], except: Vec::new() },
                    _ => SetValues::Keys(vec![key.clone()]),
                };
                self.choice_in(*var, steps, fact.as_deref(), &set)
            }
            (Value::Choice(a, _, None), Value::Choice(b, _, None)) if op == Op::Eq && a == b => ALWAYS,
            (Value::Choice(a, _, None), Value::Choice(b, _, None)) if op == Op::Eq => {
                let (Domain::Keys(keys), Domain::Keys(others)) =
                    (self.variables.at(*a).domain.clone(), self.variables.at(*b).domain.clone())
                else {
                    let var = self.variables.get(&Key::Same(*a.min(b), *a.max(b)), || (Domain::Flag, true));
                    return self.flag(var);
                };
                let mut same = Vec::new();
                for key in keys.iter().filter(|key| others.contains(key)).take(60) {
                    let (x, y) = (
                        self.key_literal(*a, std::slice::from_ref(key)),
                        self.key_literal(*b, std::slice::from_ref(key)),
                    );
                    same.push(self.formulas.all([x, y]));
                }
                if keys.len() > 60 {
                    same.push(self.atom(format!("{left:?} {op:?} {right:?}")));
                }
                self.formulas.any(same)
            }
            (Value::Key(a), Value::Key(b)) if op == Op::Eq => truth(a == b),
            (Value::MonthDay(a), Value::MonthDay(b)) => truth(satisfies(op, a.cmp(b))),
            _ => self.atom(format!("{left:?} {op:?} {right:?}")),
        }
    }

    fn compare_numbers(&mut self, left: &Value, op: Op, right: &Value) -> F {
        let (Value::Number(a, x), Value::Number(b, y)) = (left, right) else { return NEVER };
        let mut vars = a.clone();
        for (var, factor) in b {
            match vars.iter_mut().find(|(known, _)| known == var) {
                Some((_, sum)) => *sum -= *factor,
                None => vars.push((*var, -*factor)),
            }
        }
        vars.retain(|(_, factor)| !factor.is_zero());
        let steps = Decimal::from(i64::try_from(STEP).unwrap_or(i64::MAX));
        // vars op y - x.
        let found = match vars.as_slice() {
            [] => Some(truth(satisfies(op, x.cmp(y)))),
            [(var, factor)] => (|| {
                let bound = y.checked_sub(*x)?.checked_div(*factor)?;
                let op = if factor.is_sign_negative() { turned(op) } else { op };
                let (low, high) = self.bound(*var, bound)?;
                Some(self.compare_to(*var, op, low, high))
            })(),
            [(a, one), (b, other)] if *one == -*other => (|| {
                let bound = y.checked_sub(*x)?.checked_div(*one)?.checked_mul(steps)?;
                let op = if one.is_sign_negative() { turned(op) } else { op };
                let unit = self.step(*a)?.min(self.step(*b)?);
                let (low, high) = (bound.floor().mantissa(), bound.ceil().mantissa());
                Some(self.compare_lines(Some(*a), op, Some(*b), (low, high), unit))
            })(),
            _ => None,
        };
        found.unwrap_or_else(|| self.atom(format!("{left:?} {op:?} {right:?}")))
    }

    fn step(&self, var: usize) -> Option<i128> {
        match &self.variables.at(var).domain {
            Domain::Line(line) => Some(line.step),
            _ => None,
        }
    }

    /// A number in the units of a variable, rounded down and up.
    fn bound(&self, var: usize, bound: Decimal) -> Option<(i128, i128)> {
        let unit = STEP / self.step(var)?;
        let scaled = bound.checked_mul(Decimal::try_from_i128_with_scale(unit, 0).ok()?)?;
        Some((scaled.floor().mantissa(), scaled.ceil().mantissa()))
    }

    /// A variable against a number between two whole ones.
    fn compare_to(&mut self, var: usize, op: Op, low: i128, high: i128) -> F {
        let set = match op {
            Op::Eq if low == high => Intervals::one(low, low),
            Op::Eq | Op::Ne => return NEVER,
            Op::Lt => Intervals::one(LEAST, high - 1),
            Op::Le => Intervals::one(LEAST, low),
            Op::Gt => Intervals::one(low + 1, GREATEST),
            Op::Ge => Intervals::one(high, GREATEST),
        };
        self.line_literal(var, set)
    }

    /// `a - b op bound`, the bound between two numbers; `unit` is the least step of the difference.
    fn compare_lines(&mut self, a: Option<usize>, op: Op, b: Option<usize>, bound: (i128, i128), unit: i128) -> F {
        let down = |end: i128| end.div_euclid(unit) * unit;
        let up = |end: i128| -((-end).div_euclid(unit) * unit);
        let (low, high) = bound;
        let le = |this: &mut Self| this.at_most_apart(a, b, down(low), down(high), unit);
        let lt = |this: &mut Self| this.at_most_apart(a, b, up(low) - unit, up(high) - unit, unit);
        match op {
            Op::Le => le(self),
            Op::Lt => lt(self),
            Op::Gt => {
                let le = le(self);
                self.formulas.not(le)
            }
            Op::Ge => {
                let lt = lt(self);
                self.formulas.not(lt)
            }
            Op::Eq | Op::Ne => {
                let (le, lt) = (le(self), lt(self));
                let ge = self.formulas.not(lt);
                self.formulas.all([le, ge])
            }
        }
    }

    /// `a - b ≤ bound`, the bound between `low` and `high`, which are multiples of `unit`.
    fn at_most_apart(&mut self, a: Option<usize>, b: Option<usize>, low: i128, high: i128, unit: i128) -> F {
        if a == b && 0 <= low {
            return ALWAYS;
        }
        if a == b && 0 > high {
            return NEVER;
        }
        match (a, b) {
            (Some(a), None) if low == high => self.line_literal(a, Intervals::one(LEAST, high)),
            (None, Some(b)) if low == high => self.line_literal(b, Intervals::one(-high, GREATEST)),
            _ if a == b => self.atom(format!("{a:?} - {b:?} ≤ {low} … {high}")),
            _ => {
                let key = Key::Difference { a, b, most: high, least: low + unit };
                let loose = low != high || [a, b].into_iter().flatten().any(|var| self.variables.at(var).loose);
                let var = self.variables.get(&key, || (Domain::Flag, loose));
                [a, b].into_iter().flatten().for_each(|var| self.variables.compare(var));
                self.flag(var)
            }
        }
    }
}

/// The opposite of a condition.
pub(super) fn negated(condition: &Condition) -> Condition {
    match condition {
        Condition::Not(inner) => (**inner).clone(),
        other => Condition::Not(Box::new(other.clone())),
    }
}

fn turned(op: Op) -> Op {
    match op {
        Op::Lt => Op::Gt,
        Op::Le => Op::Ge,
        Op::Gt => Op::Lt,
        Op::Ge => Op::Le,
        same => same,
    }
}

fn truth(holds: bool) -> F {
    if holds { ALWAYS } else { NEVER }
}
