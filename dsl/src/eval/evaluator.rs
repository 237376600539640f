//! A look at answers that are pruned already.

use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

use super::fill::Scope;
use super::memo::Memo;
use super::view::{Env, View, Wrong};
use super::{Path, PathStep, Value};
use crate::kind::Surroundings;
use crate::model::{Calc, Condition, Language, Procedure};
use crate::region::Regions;

/// Looks at conditions and values of a procedure for answers that [`evaluate`](super::evaluate) has pruned.
pub struct Evaluator<'a> {
    procedure: &'a Procedure,
    answers: &'a Map<String, Json>,
    at: DateTime,
    regions: &'a Regions,
    memo: Memo,
}

impl<'a> Evaluator<'a> {
    /// An evaluator over pruned answers. An answer that is wrong counts as absent.
    #[must_use]
    pub fn new(procedure: &'a Procedure, answers: &'a Map<String, Json>, at: DateTime, regions: &'a Regions) -> Self {
        Self { procedure, answers, at, regions, memo: Memo::default() }
    }

    /// What kinds need to know.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings<'a> {
        Surroundings { lists: &self.procedure.lists, regions: self.regions, today: self.at.date() }
    }

    /// Whether a condition holds; `entries` are the indexes of the repeats around, outermost first.
    #[must_use]
    pub fn holds(&self, condition: &Condition, entries: &[usize]) -> bool {
        self.view().holds(condition, Env { entries, frame: None })
    }

    /// The value of a calculation; `None` where an answer in it is absent.
    #[must_use]
    pub fn value(&self, calc: &Calc, entries: &[usize]) -> Option<Value> {
        self.view().calc(calc, Env { entries, frame: None })?.into_value()
    }

    /// Puts values into a text: `{name}`, `{path.to.answer}`; `{{` becomes `{`.
    ///
    /// A name is looked up from the top, then inside the entries. Where two repeats or blocks
    /// have a question of that name, [`Self::fill_at`] knows which is meant.
    #[must_use]
    pub fn fill(&self, text: &str, language: Language, entries: &[usize]) -> String {
        self.view().fill(text, language, Env { entries, frame: None }, Scope::Entries)
    }

    /// Puts values into a text that stands at `path`: a name is looked up in the entry or block
    /// there first, then in those around it.
    #[must_use]
    pub fn fill_at(&self, text: &str, language: Language, path: &Path) -> String {
        let entries: Vec<usize> = path
            .0
            .iter()
            .filter_map(|step| match step {
                PathStep::Index(index) => Some(*index),
                PathStep::Key(_) => None,
            })
            .collect();
        self.view().fill(text, language, Env { entries: &entries, frame: None }, Scope::of(path))
    }

    fn view(&self) -> View<'_> {
        View {
            procedure: self.procedure,
            answers: self.answers,
            at: self.at,
            regions: self.regions,
            wrong: Wrong::Check,
            memo: &self.memo,
        }
    }
}
