//! What a case shows, as the evaluator has it.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value as Json;

use super::aim::{Aim, Beyond, Shows, TableOf, Tabled};
use crate::check::answer_paths::get;
use crate::check::reach::case::Case;
use crate::check::reach::engine::Engine;
use crate::check::reach::site::Site;
use crate::eval::refs::free_list;
use crate::eval::view::{question, section_of};
use crate::eval::{Evaluator, Outcome, Path, PathStep, SectionState};
use crate::kind::State;
use crate::model::{Condition, Procedure, Step};

/// Rows of a table, each with the entries in which it counts.
type Chosen = Vec<(Vec<usize>, usize)>;

/// Looks at one case.
pub(super) struct Seen<'s, 'p> {
    engine: &'s Engine<'p>,
    tables: &'s [Tabled<'p>],
    case: &'s Case,
    evaluator: Evaluator<'s>,
    /// The entries in which a place is looked at.
    around: RefCell<HashMap<Site, Vec<Vec<usize>>>>,
    /// Of each table: the entries in which it is looked at, and the row that counts there.
    rows: RefCell<HashMap<usize, Chosen>>,
}

impl<'s, 'p> Seen<'s, 'p> {
    pub fn new(engine: &'s Engine<'p>, tables: &'s [Tabled<'p>], case: &'s Case) -> Self {
        let evaluator = Evaluator::new(engine.procedure, &case.evaluation.answers, case.at, engine.regions);
        Self { engine, tables, case, evaluator, around: RefCell::default(), rows: RefCell::default() }
    }

    fn procedure(&self) -> &'p Procedure {
        self.engine.procedure
    }

    /// Whether the case shows something.
    pub fn shows(&self, aim: &Aim) -> bool {
        self.places(aim).is_some()
    }

    /// The entries in which a case shows something; `None` where it does not.
    pub fn places(&self, aim: &Aim) -> Option<Vec<usize>> {
        let outcome = &self.case.evaluation.outcome;
        let yes = |holds: bool| holds.then(Vec::new);
        match &aim.shows {
            Shows::Condition { site, condition, holds, .. } => {
                self.entries(site, condition).into_iter().find(|at| self.evaluator.holds(condition, at) == *holds)
            }
            Shows::Rule { site, kept } => self.rule(site, *kept),
            Shows::Row { table, row, with } => self
                .row(*table)
                .into_iter()
                .find(|(at, chosen)| chosen == row && with.as_ref().is_none_or(|with| self.evaluator.holds(with, at)))
                .map(|(at, _)| at),
            Shows::Beside { table, with } => {
                self.row(*table).into_iter().map(|(at, _)| at).find(|at| self.evaluator.holds(with, at))
            }
            Shows::Limit { condition } => {
                let free = free_list(self.procedure(), condition);
                let places = free.map_or_else(|| vec![Vec::new()], |list| self.inside(&list, &[]));
                places.into_iter().find(|at| self.evaluator.holds(condition, at))
            }
            Shows::Refused { steps, beyond } => self.refused(steps, beyond),
            Shows::Entries { steps, count } => {
                self.lists(steps).into_iter().find(|(_, length)| *length == *count as usize).map(|(at, _)| at)
            }
            Shows::Office(path) => yes(matches!(outcome, Outcome::Authority(known) if known == path)),
            Shows::EndPage(name) => yes(matches!(outcome, Outcome::EndPage { name: known, .. } if known == name)),
        }
    }

    /// The entries in which a part of a condition is looked at: those of its place, and those of
    /// the repeat that it goes over.
    fn entries(&self, site: &Site, condition: &Condition) -> Vec<Vec<usize>> {
        let around = self.around_of(site);
        let Some(list) = free_list(self.procedure(), condition) else { return around };
        let depth = list.iter().filter(|step| matches!(step, Step::Entry)).count() + 1;
        around.into_iter().flat_map(|at| if at.len() >= depth { vec![at] } else { self.inside(&list, &at) }).collect()
    }

    fn around_of(&self, site: &Site) -> Vec<Vec<usize>> {
        if let Some(known) = self.around.borrow().get(site) {
            return known.clone();
        }
        let finished = matches!(self.case.evaluation.outcome, Outcome::Authority(_));
        let found = match site {
            Site::Fee(_) if !finished => Vec::new(),
            Site::EndPage(index) if !self.reaches(*index) => Vec::new(),
            // What a computed value is made of matters where it has a value.
            Site::Computed(_) => vec![Vec::new()],
            Site::Rule(index) => yes(self.is_rule_asked(*index)),
            _ => self.case.around(self.engine, site),
        };
        self.around.borrow_mut().insert(site.clone(), found.clone());
        found
    }

    /// Whether an end page is looked at: none before it has stopped.
    fn reaches(&self, index: usize) -> bool {
        let Some((_, after)) = self.procedure().end_pages.get(index).and_then(|page| page.stops.as_ref()) else {
            return false;
        };
        let Some(section) = self.engine.section_of(after) else { return false };
        let stops_first = self.procedure().end_pages.iter().take(index).any(|page| {
            page.stops.as_ref().is_some_and(|(condition, other)| other == after && self.evaluator.holds(condition, &[]))
        });
        self.case.running(self.engine, section) && !stops_first
    }

    /// Whether something that a rule names is asked.
    fn is_rule_asked(&self, index: usize) -> bool {
        let Some(rule) = self.procedure().rules.get(index) else { return false };
        let Some(Step::Key(key)) = rule.at.steps.first() else { return false };
        let Some((index, section)) = section_of(self.procedure(), key) else { return false };
        let state = self.case.evaluation.sections.get(index);
        let own = question(&section.items, key).and_then(|question| question.condition.as_ref());
        state.is_some_and(|state| *state != SectionState::NotAsked)
            && own.is_none_or(|condition| section.repeat.is_some() || self.evaluator.holds(condition, &[]))
    }

    fn rule(&self, site: &Site, kept: bool) -> Option<Vec<usize>> {
        let procedure = self.procedure();
        match site {
            Site::Rule(index) => {
                let rule = procedure.rules.get(*index)?;
                let applies = self.is_rule_asked(*index)
                    && rule.condition.as_ref().is_none_or(|condition| self.evaluator.holds(condition, &[]));
                let spoken = || self.speaks(rule.message.warning, |_| true);
                let right = if kept {
                    self.evaluator.holds(&rule.holds, &[])
                } else {
                    !self.evaluator.holds(&rule.holds, &[]) && spoken()
                };
                (applies && right).then(Vec::new)
            }
            Site::QuestionRule(section, keys, index) => {
                let steps = self.engine.steps_of(*section, keys)?;
                let rule = super::values::question(procedure, &steps)?.rules.get(*index)?;
                let answered = Condition::Answered(crate::model::Ref { steps: steps.clone(), fact: None });
                self.case.around(self.engine, site).into_iter().find(|at| {
                    let there = self.evaluator.holds(&answered, at);
                    let spoken = || {
                        let path = path_of(&steps, at);
                        self.speaks(rule.message.warning, |other| *other == path)
                    };
                    let holds = self.evaluator.holds(&rule.holds, at);
                    there && if kept { holds } else { !holds && spoken() }
                })
            }
            _ => None,
        }
    }

    /// Whether some rule speaks at a place.
    fn speaks(&self, warning: bool, at: impl Fn(&Path) -> bool) -> bool {
        let problems = &self.case.evaluation.problems;
        problems.iter().any(|one| one.warning == warning && matches!(one.state, State::Rule(_)) && at(&one.path))
    }

    fn refused(&self, steps: &[Step], beyond: &Beyond) -> Option<Vec<usize>> {
        let wanted = beyond.answer(self.case.at.date())?;
        let found = self.case.evaluation.problems.iter().find(|one| {
            matches!(one.state, State::TooLow | State::TooHigh | State::TooEarly(_) | State::TooLate(_))
                && is_at(&one.path, steps)
                && get(&self.case.evaluation.answers, &one.path) == Some(&wanted)
        });
        found.map(|one| indexes(&one.path))
    }

    /// The row of a table that counts, in each entry in which it is looked at.
    fn row(&self, table: usize) -> Vec<(Vec<usize>, usize)> {
        if let Some(known) = self.rows.borrow().get(&table) {
            return known.clone();
        }
        let found = self.tables.get(table).map(|table| self.rows_of(table)).unwrap_or_default();
        self.rows.borrow_mut().insert(table, found.clone());
        found
    }

    fn rows_of(&self, table: &Tabled<'p>) -> Vec<(Vec<usize>, usize)> {
        let evaluation = &self.case.evaluation;
        let none = |condition: &Option<Condition>| {
            condition.as_ref().is_some_and(|condition| !self.evaluator.holds(condition, &[]))
        };
        let looked_at = match table.of {
            TableOf::Responsible => {
                let sections = self.procedure().sections.len();
                evaluation.outcome != Outcome::Open && self.case.running(self.engine, sections)
            }
            TableOf::Fee(index) => {
                matches!(evaluation.outcome, Outcome::Authority(_))
                    && self.procedure().fees.get(index).is_some_and(|fee| !none(&fee.condition))
            }
            TableOf::Computed(index) => {
                evaluation.outcome != Outcome::Open
                    && self.procedure().computed.get(index).is_some_and(|one| !none(&one.condition))
            }
        };
        if !looked_at {
            return Vec::new();
        }
        let places = match table.list {
            Some(list) => self.inside(&list.steps, &[]),
            None => vec![Vec::new()],
        };
        let chosen = |at: &[usize]| {
            let fits = |cells: &[crate::model::Set]| {
                table.columns.iter().zip(cells).all(|(column, set)| {
                    let condition = Condition::In { what: column.what.clone(), set: set.clone() };
                    self.evaluator.holds(&condition, at)
                })
            };
            table.rows.iter().position(|cells| fits(cells)).or(table.otherwise.then_some(table.rows.len()))
        };
        places.into_iter().filter_map(|at| chosen(&at).map(|row| (at, row))).collect()
    }

    /// The entries of a repeat, inside those around.
    fn inside(&self, list: &[Step], around: &[usize]) -> Vec<Vec<usize>> {
        self.lists(list)
            .into_iter()
            .filter(|(at, _)| at.starts_with(around) || around.starts_with(at))
            .flat_map(|(at, length)| (0..length).map(move |index| [at.as_slice(), &[index]].concat()))
            .collect()
    }

    /// The lists at the end of steps, each with the entries around it and its length.
    fn lists(&self, steps: &[Step]) -> Vec<(Vec<usize>, usize)> {
        let Some((Step::Key(first), rest)) = steps.split_first() else { return Vec::new() };
        let mut open: Vec<(Vec<usize>, Option<&Json>)> = vec![(Vec::new(), self.case.evaluation.answers.get(first))];
        for step in rest {
            open = match step {
                Step::Key(key) => {
                    open.into_iter().map(|(at, value)| (at, value.and_then(|value| value.get(key)))).collect()
                }
                Step::Entry => open
                    .into_iter()
                    .flat_map(|(at, value)| {
                        let all = value.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
                        all.iter()
                            .enumerate()
                            .map(move |(index, entry)| ([at.as_slice(), &[index]].concat(), Some(entry)))
                    })
                    .collect(),
            };
        }
        let length = |value: Option<&Json>| value.and_then(Json::as_array).map_or(0, Vec::len);
        open.into_iter()
            .filter(|(at, value)| value.is_some() || self.is_asked(steps, at))
            .map(|(at, value)| (at, length(value)))
            .collect()
    }

    /// Whether a repeat without entries is asked.
    fn is_asked(&self, steps: &[Step], at: &[usize]) -> bool {
        let Some(place) = self.engine.places.all.get(steps) else { return false };
        let section = self.case.evaluation.sections.get(place.section);
        let own = place.condition.as_ref().is_none_or(|(_, condition)| self.evaluator.holds(condition, at));
        own && section.is_some_and(|state| *state != SectionState::NotAsked)
    }
}

fn yes(holds: bool) -> Vec<Vec<usize>> {
    holds.then(Vec::new).into_iter().collect()
}

/// A place with the entries around it.
pub(super) fn path_of(steps: &[Step], entries: &[usize]) -> Path {
    let mut entries = entries.iter();
    let steps = steps.iter().map(|step| match step {
        Step::Key(key) => PathStep::Key(key.clone()),
        Step::Entry => PathStep::Index(entries.next().copied().unwrap_or_default()),
    });
    Path(steps.collect())
}

fn is_at(path: &Path, steps: &[Step]) -> bool {
    path.0.len() == steps.len()
        && path.0.iter().zip(steps).all(|pair| match pair {
            (PathStep::Key(a), Step::Key(b)) => a == b,
            (PathStep::Index(_), Step::Entry) => true,
            _ => false,
        })
}

fn indexes(path: &Path) -> Vec<usize> {
    path.0.iter().filter_map(|step| if let PathStep::Index(index) = step { Some(*index) } else { None }).collect()
}
