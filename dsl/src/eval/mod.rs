//! The one meaning of a procedure: answers in; asked questions, problems, computed values,
//! fee and authority out.
//!
//! Hidden means absent: an answer to a question that is not asked is dropped before anything
//! else looks at the answers.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use crate::kind::{State, Surroundings};
use crate::model::{Calc, Condition, FeePayment, Language, Procedure, Text, TimeUnit};
use crate::region::Regions;

/// The place of an answer: `hunde.0.rufname`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(pub Vec<PathStep>);

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// A member of an object.
    Key(String),
    /// An entry of an array, from 0.
    Index(usize),
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(".")?;
            }
            match step {
                PathStep::Key(key) => f.write_str(key)?,
                PathStep::Index(index) => write!(f, "{index}")?,
            }
        }
        Ok(())
    }
}

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
#[must_use]
pub fn evaluate(procedure: &Procedure, answers: &Map<String, Json>, at: DateTime, regions: &Regions) -> Evaluation {
    todo!()
}

/// Looks at conditions and values of a procedure for answers that [`evaluate`] has pruned.
pub struct Evaluator<'a> {
    procedure: &'a Procedure,
    answers: &'a Map<String, Json>,
    at: DateTime,
    regions: &'a Regions,
}

impl<'a> Evaluator<'a> {
    /// An evaluator over pruned answers.
    #[must_use]
    pub fn new(procedure: &'a Procedure, answers: &'a Map<String, Json>, at: DateTime, regions: &'a Regions) -> Self {
        Self { procedure, answers, at, regions }
    }

    /// What kinds need to know.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings<'a> {
        Surroundings { lists: &self.procedure.lists, regions: self.regions, today: self.at.date() }
    }

    /// Whether a condition holds; `entries` are the indexes of the repeats around, outermost first.
    #[must_use]
    pub fn holds(&self, condition: &Condition, entries: &[usize]) -> bool {
        todo!()
    }

    /// The value of a calculation; `None` where an answer in it is absent.
    #[must_use]
    pub fn value(&self, calc: &Calc, entries: &[usize]) -> Option<Value> {
        todo!()
    }

    /// Puts values into a text: `{name}`, `{path.to.answer}`; `{{` becomes `{`.
    #[must_use]
    pub fn fill(&self, text: &str, language: Language, entries: &[usize]) -> String {
        todo!()
    }
}
