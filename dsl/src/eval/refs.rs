//! Which answers a condition or a calculation looks at, also through computed values.

use super::view::{Env, Frame};
use crate::model::{Calc, Computed, ComputedValue, Condition, Procedure, Ref, Step, Table};

/// Visits every reference of a condition until one visit answers `true`; whether one did.
///
/// Inside a quantifier the entry is whichever; its frame says so.
pub(crate) fn any_ref(
    procedure: &Procedure,
    condition: &Condition,
    env: Env<'_>,
    visit: &mut dyn FnMut(&Ref, Env<'_>) -> bool,
) -> bool {
    Visitor { procedure, seen: Vec::new(), visit }.condition(condition, env)
}

/// Whether a computed value depends on the entry in which it is looked at.
pub(crate) fn looks_at_an_entry(procedure: &Procedure, computed: &Computed) -> bool {
    let mut visit = |reference: &Ref, env: Env<'_>| !is_bound(&reference.steps, env);
    Visitor { procedure, seen: Vec::new(), visit: &mut visit }.computed(computed, Env::default())
}

/// The way to the innermost entry that a condition leaves open: that of no quantifier in it.
/// `None`: it looks at no entry.
pub(crate) fn free_list(procedure: &Procedure, condition: &Condition) -> Option<Vec<Step>> {
    let mut deepest: Option<Vec<Step>> = None;
    any_ref(procedure, condition, Env::default(), &mut |reference, env| {
        let last = reference.steps.iter().rposition(|step| matches!(step, Step::Entry));
        if let Some(last) = last
            && !is_bound(&reference.steps, env)
            && deepest.as_ref().is_none_or(|known| known.len() < last)
        {
            deepest = reference.steps.get(..last).map(<[Step]>::to_vec);
        }
        false
    });
    deepest
}

/// Whether every entry on the way of `steps` is the entry of a quantifier around.
fn is_bound(steps: &[Step], env: Env<'_>) -> bool {
    steps.iter().enumerate().filter(|(_, step)| matches!(step, Step::Entry)).all(|(position, _)| {
        let mut frame = env.frame;
        while let Some(at) = frame {
            if at.list == &steps[..position] {
                return true;
            }
            frame = at.outer;
        }
        false
    })
}

struct Visitor<'p, 'v> {
    procedure: &'p Procedure,
    /// Computed values that have been followed.
    seen: Vec<&'p str>,
    visit: &'v mut dyn FnMut(&Ref, Env<'_>) -> bool,
}

impl<'p> Visitor<'p, '_> {
    fn condition(&mut self, condition: &Condition, env: Env<'_>) -> bool {
        match condition {
            Condition::All(all) | Condition::Any(all) => all.iter().any(|one| self.condition(one, env)),
            Condition::Not(not) => self.condition(not, env),
            Condition::In { what, .. } => self.calc(what, env),
            Condition::Contains { what, .. } => (self.visit)(what, env),
            Condition::Compare { left, right, .. } => self.calc(left, env) || self.calc(right, env),
            Condition::Answered(reference) => (self.visit)(reference, env),
            Condition::Every { list, holds } | Condition::Some { list, holds } => {
                (self.visit)(list, env) || self.condition(holds, inside(&whichever(list, env)))
            }
            Condition::Distinct { list, by } => {
                (self.visit)(list, env) || (self.visit)(by, inside(&whichever(list, env)))
            }
            Condition::Group { answers, .. } => answers.iter().any(|answer| (self.visit)(answer, env)),
        }
    }

    fn calc(&mut self, calc: &Calc, env: Env<'_>) -> bool {
        match calc {
            Calc::Number(_)
            | Calc::Bool(_)
            | Calc::Key(_)
            | Calc::Date(_)
            | Calc::MonthDay(_)
            | Calc::Time(_)
            | Calc::Today
            | Calc::Now => false,
            Calc::Answer(reference) => (self.visit)(reference, env),
            Calc::Computed(name) => {
                let procedure = self.procedure;
                let computed = procedure.computed.iter().find(|computed| computed.name == *name);
                computed.is_some_and(|computed| self.computed(computed, env))
            }
            Calc::Age { born: a, on: b }
            | Calc::Add(a, b)
            | Calc::Sub(a, b)
            | Calc::Mul(a, b)
            | Calc::Div(a, b)
            | Calc::AtLeast(a, b)
            | Calc::AtMost(a, b)
            | Calc::Shift { date: a, by: b, .. } => self.calc(a, env) || self.calc(b, env),
            Calc::Round { of: a, .. } | Calc::At { date: a, .. } | Calc::PeriodEnd(a) => self.calc(a, env),
            Calc::Count { list, with } => {
                let frame = whichever(list, env);
                (self.visit)(list, env) || with.as_ref().is_some_and(|with| self.condition(with, inside(&frame)))
            }
            Calc::Sum { list, with, of } => {
                let frame = whichever(list, env);
                (self.visit)(list, env)
                    || with.as_ref().is_some_and(|with| self.condition(with, inside(&frame)))
                    || self.calc(of, inside(&frame))
            }
        }
    }

    fn computed(&mut self, computed: &'p Computed, env: Env<'_>) -> bool {
        if self.seen.contains(&computed.name.as_str()) {
            return false;
        }
        self.seen.push(&computed.name);
        computed.condition.as_ref().is_some_and(|condition| self.condition(condition, env))
            || match &computed.value {
                ComputedValue::Calc(calc) => self.calc(calc, env),
                ComputedValue::Condition(condition) => self.condition(condition, env),
                ComputedValue::Table(table) => self.table(table, env),
            }
    }

    fn table(&mut self, table: &Table<Calc>, env: Env<'_>) -> bool {
        table.columns.iter().any(|column| self.calc(&column.what, env))
            || table.rows.iter().any(|row| self.calc(&row.then, env))
            || table.otherwise.as_ref().is_some_and(|otherwise| self.calc(otherwise, env))
    }
}

fn whichever<'e>(list: &'e Ref, env: Env<'e>) -> Frame<'e> {
    Frame { list: &list.steps, index: None, outer: env.frame }
}

fn inside<'e>(frame: &'e Frame<'e>) -> Env<'e> {
    Env { entries: &[], frame: Some(frame) }
}
