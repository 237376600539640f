//! The one meaning of a procedure: answers in; asked questions, problems, computed values,
//! fee and authority out.
//!
//! Hidden means absent: an answer to a question that is not asked is dropped before anything
//! else looks at the answers.

mod calc;
pub(crate) mod calendar;
pub(crate) mod condition;
mod decide;
mod evaluator;
pub(crate) mod fill;
mod fold;
mod kept;
mod memo;
mod path;
mod places;
pub(crate) mod refs;
mod rules;
pub(crate) mod set;
mod unasked;
pub(crate) mod value;
pub(crate) mod view;
mod walk;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use rust_decimal::prelude::ToPrimitive;

pub(crate) use self::calc::round;
pub use self::evaluator::Evaluator;
pub(crate) use self::path::position;
pub use self::path::{Path, PathStep};
use self::value::Val;
use self::view::Env;
use crate::kind::State;
use crate::model::{Calc, FeePayment, Procedure, Text, TimeUnit};
use crate::region::Regions;

/// A value during evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; money in whole cents.
    Number(Decimal),
    /// Yes or no.
    Bool(bool),
    /// A key or a text.
    Text(String),
    /// The keys of an answer to several-of.
    Keys(Vec<String>),
    /// A day.
    Date(Date),
    /// A minute.
    DateTime(DateTime),
}

/// What a procedure makes of answers.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The answers to questions that are asked, in the order of the procedure, texts in NFC;
    /// wrong ones are kept, so that they can be shown.
    pub answers: Map<String, Json>,
    /// One for each section of the procedure.
    pub sections: Vec<SectionState>,
    /// What is missing or wrong, and warnings, in the order of the procedure.
    pub problems: Vec<Problem>,
    /// Computed values that are there.
    pub computed: BTreeMap<String, Value>,
    /// Fees that are known.
    pub fees: Vec<FeeAmount>,
    /// Where the case goes, as far as it is known.
    pub outcome: Outcome,
}

/// What is known of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionState {
    /// Not asked: by its condition, or because an end page stands before it.
    NotAsked,
    /// Asked, and something is missing or wrong.
    Open,
    /// Asked, everything is there.
    Done,
}

/// Something missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The index of the section.
    pub section: usize,
    /// The question or the repeat at which the message stands.
    pub path: Path,
    /// What is the matter.
    pub state: State,
    /// A warning lets through.
    pub warning: bool,
}

/// An amount that is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeAmount {
    /// The name of the fee.
    pub name: String,
    /// Its title.
    pub title: Option<Text>,
    /// Whole cents.
    pub cents: i64,
    /// For which period ("je Jahr").
    pub per: Option<TimeUnit>,
    /// When it is paid.
    pub payment: FeePayment,
}

/// Where a case goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Answers are missing or wrong: not yet known.
    Open,
    /// To this authority (its path).
    Authority(String),
    /// To no authority: this end page (its name); after the section with this index, or, reached
    /// from the responsibility table, after the last one.
    EndPage {
        /// The name of the end page.
        name: String,
        /// The section after which it stops.
        after: usize,
    },
}

/// Evaluates a procedure for answers, complete or not.
///
/// `at` is the minute of submission ("jetzt"), Europe/Berlin; its day is "heute".
///
/// Wrong answers stay in [`Evaluation::answers`] and count as absent. A rule is looked at only
/// where no answer that it looks at is missing or wrong, so one cause is one problem; the same
/// goes for end pages. Computed values, fees and the outcome are there when nothing is missing
/// or wrong any more.
#[must_use]
pub fn evaluate(procedure: &Procedure, answers: &Map<String, Json>, at: DateTime, regions: &Regions) -> Evaluation {
    let mut fold = fold::Fold::new(procedure, at, regions);
    fold.run(answers);
    let broken = rules::broken(&fold);
    if !broken.is_empty() {
        fold.problems.extend(broken);
        fold.problems.sort_by_cached_key(|problem| position(procedure, &problem.path));
    }
    let mut sections: Vec<_> =
        fold.asked.iter().map(|asked| if *asked { SectionState::Done } else { SectionState::NotAsked }).collect();
    let mut open = false;
    for problem in fold.problems.iter().filter(|problem| !problem.warning) {
        open = true;
        if let Some(state) = sections.get_mut(problem.section) {
            *state = SectionState::Open;
        }
    }
    let (mut computed, mut fees, mut outcome) = (BTreeMap::new(), Vec::new(), Outcome::Open);
    if !open {
        let view = fold.view();
        for one in &procedure.computed {
            if let Some(value) = view.computed(&one.name, Env::default()).and_then(Val::into_value) {
                computed.insert(one.name.clone(), value);
            }
        }
        outcome = match fold.stopped.and_then(|(page, after)| Some((procedure.end_pages.get(page)?, after))) {
            Some((page, after)) => Outcome::EndPage { name: page.name.clone(), after },
            None => view.responsible(),
        };
        if matches!(outcome, Outcome::Authority(_)) {
            fees = view.fees();
        }
    }
    Evaluation { answers: fold.answers, sections, problems: fold.problems, computed, fees, outcome }
}

/// The answers that are not asked, or that no question stands for; among them an optional block
/// in which nothing is answered. [`evaluate`] drops them, an API refuses them.
#[must_use]
pub fn unasked(procedure: &Procedure, answers: &Map<String, Json>, at: DateTime, regions: &Regions) -> Vec<Path> {
    let mut fold = fold::Fold::new(procedure, at, regions);
    fold.run(answers);
    unasked::missing(procedure, answers, &fold.answers)
}

/// The value of a calculation over constants and `today`; `None` where it needs anything else.
#[must_use]
pub fn constant(calc: &Calc, today: Date) -> Option<Value> {
    match calc {
        // The usual limits, without the surroundings that a calculation needs.
        Calc::Number(number) => Some(Value::Number(*number)),
        Calc::Date(date) => Some(Value::Date(*date)),
        Calc::Today => Some(Value::Date(today)),
        Calc::Shift { date, by, unit } => match (constant(date, today)?, constant(by, today)?) {
            (Value::Date(date), Value::Number(by)) if by.is_integer() => {
                calendar::shift(date, by.to_i64()?, *unit).map(Value::Date)
            }
            (Value::DateTime(at), Value::Number(by)) if by.is_integer() => {
                let day = calendar::shift(at.date(), by.to_i64()?, *unit)?;
                Some(Value::DateTime(day.to_datetime(at.time())))
            }
            _ => None,
        },
        Calc::PeriodEnd(date) => match constant(date, today)? {
            Value::Date(date) => calendar::period_end(date).map(Value::Date),
            _ => None,
        },
        Calc::At { date, time } => match constant(date, today)? {
            Value::Date(date) => Some(Value::DateTime(date.to_datetime(*time))),
            _ => None,
        },
        Calc::Add(a, b) => Some(Value::Number(whole(a, today)?.checked_add(whole(b, today)?)?)),
        Calc::Sub(a, b) => Some(Value::Number(whole(a, today)?.checked_sub(whole(b, today)?)?)),
        Calc::Mul(a, b) => Some(Value::Number(whole(a, today)?.checked_mul(whole(b, today)?)?)),
        Calc::Div(a, b) => Some(Value::Number(whole(a, today)?.checked_div(whole(b, today)?)?)),
        Calc::AtLeast(a, b) => Some(Value::Number(whole(a, today)?.max(whole(b, today)?))),
        Calc::AtMost(a, b) => Some(Value::Number(whole(a, today)?.min(whole(b, today)?))),
        _ => None,
    }
}

/// The last day of a period that begins with an event on `from`, which does not count itself
/// (§§ 187, 188 BGB); one that would end on a Saturday, Sunday or holiday ends on the next working
/// day (§ 193 BGB). `None` outside the calendar.
#[must_use]
pub fn deadline(from: Date, amount: u32, unit: TimeUnit) -> Option<Date> {
    calendar::period_end(calendar::shift(from, amount.into(), unit)?)
}

fn whole(calc: &Calc, today: Date) -> Option<Decimal> {
    match constant(calc, today)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}
