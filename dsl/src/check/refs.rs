//! Which answers and computed values an expression looks at.

use crate::model::{Calc, Computed, ComputedValue, Condition, Ref};

/// Something that an expression looks at.
pub(super) enum Used<'a> {
    Answer(&'a Ref),
    Computed(&'a str),
}

pub(super) fn condition<'a>(of: &'a Condition, visit: &mut dyn FnMut(Used<'a>)) {
    match of {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|one| condition(one, visit)),
        Condition::Not(inner) => condition(inner, visit),
        Condition::In { what, .. } => calc(what, visit),
        Condition::Contains { what, .. } | Condition::Answered(what) => visit(Used::Answer(what)),
        Condition::Compare { left, right, .. } => {
            calc(left, visit);
            calc(right, visit);
        }
        Condition::Every { list, holds } | Condition::Some { list, holds } => {
            visit(Used::Answer(list));
            condition(holds, visit);
        }
        Condition::Distinct { list, by } => {
            visit(Used::Answer(list));
            visit(Used::Answer(by));
        }
        Condition::Group { answers, .. } => answers.iter().for_each(|answer| visit(Used::Answer(answer))),
    }
}

pub(super) fn calc<'a>(of: &'a Calc, visit: &mut dyn FnMut(Used<'a>)) {
    match of {
        Calc::Answer(reference) => visit(Used::Answer(reference)),
        Calc::Computed(name) => visit(Used::Computed(name)),
        Calc::Age { born, on } => {
            calc(born, visit);
            calc(on, visit);
        }
        Calc::Count { list, with } => {
            visit(Used::Answer(list));
            if let Some(with) = with {
                condition(with, visit);
            }
        }
        Calc::Sum { list, with, of } => {
            visit(Used::Answer(list));
            if let Some(with) = with {
                condition(with, visit);
            }
            calc(of, visit);
        }
        Calc::Add(a, b)
        | Calc::Sub(a, b)
        | Calc::Mul(a, b)
        | Calc::Div(a, b)
        | Calc::AtLeast(a, b)
        | Calc::AtMost(a, b) => {
            calc(a, visit);
            calc(b, visit);
        }
        Calc::Round { of, .. } | Calc::At { date: of, .. } | Calc::PeriodEnd(of) => calc(of, visit),
        Calc::Shift { date, by, .. } => {
            calc(date, visit);
            calc(by, visit);
        }
        Calc::Number(_)
        | Calc::Bool(_)
        | Calc::Key(_)
        | Calc::Date(_)
        | Calc::MonthDay(_)
        | Calc::Time(_)
        | Calc::Today
        | Calc::Now => {}
    }
}

pub(super) fn computed<'a>(of: &'a Computed, visit: &mut dyn FnMut(Used<'a>)) {
    if let Some(only_if) = &of.condition {
        condition(only_if, visit);
    }
    match &of.value {
        ComputedValue::Calc(value) => calc(value, visit),
        ComputedValue::Condition(value) => condition(value, visit),
        ComputedValue::Table(table) => {
            table.columns.iter().for_each(|column| calc(&column.what, visit));
            table.rows.iter().for_each(|row| calc(&row.then, visit));
            table.otherwise.iter().for_each(|then| calc(then, visit));
        }
    }
}
