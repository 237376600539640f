//! What must hold of the answers for a case to show something.

use super::aim::{Aim, Shows, TableOf, Tabled};
use crate::check::intervals::Intervals;
use crate::check::reach::engine::Engine;
use crate::check::reach::formula::{ALWAYS, F, NEVER};
use crate::check::reach::judge::before_page;
use crate::check::reach::rules::applies;
use crate::check::reach::site::Site;
use crate::eval::refs::free_list;
use crate::model::{Calc, Condition, Ref, Responsible, Set, Step, Values};

/// Formulas for aims.
pub(super) struct Targets<'t, 'p> {
    pub engine: &'t mut Engine<'p>,
    pub tables: &'t [Tabled<'p>],
}

impl<'p> Targets<'_, 'p> {
    /// When a case shows something.
    pub fn of(&mut self, aim: &Aim) -> F {
        match &aim.shows {
            Shows::Condition { site, condition, holds, .. } => {
                let around = self.around(site);
                let list = self.listed(condition);
                let formula = self.engine.holds(condition);
                let formula = if *holds { formula } else { self.engine.formulas.not(formula) };
                self.engine.formulas.all([around, list, formula])
            }
            Shows::Rule { site, kept } => self.rule(site, *kept),
            Shows::Row { table, row, with } => {
                let chosen = self.row(*table, *row);
                let with = with.as_ref().map_or(ALWAYS, |with| self.engine.holds(with));
                self.engine.formulas.all([chosen, with])
            }
            Shows::Beside { table, with } => {
                let looked_at = self.looked_at(*table);
                let with = self.engine.holds(with);
                self.engine.formulas.all([looked_at, with])
            }
            Shows::Limit { condition } => {
                let list = self.listed(condition);
                let holds = self.engine.holds(condition);
                self.engine.formulas.all([list, holds])
            }
            Shows::Refused { steps, .. } => self.engine.asked(steps),
            Shows::Entries { steps, count } => {
                let asked = self.engine.asked(steps);
                let var = self.engine.length(steps);
                let length = self.engine.line_literal(var, Intervals::one((*count).into(), (*count).into()));
                self.engine.formulas.all([asked, length])
            }
            Shows::Office(path) => self.office(path),
            Shows::EndPage(name) => self.end_page(name),
        }
    }

    /// The repeat that a part of a condition goes over has entries.
    fn listed(&mut self, condition: &Condition) -> F {
        match free_list(self.engine.procedure, condition) {
            Some(list) => self.engine.present(&list),
            None => ALWAYS,
        }
    }

    /// A place is looked at.
    fn around(&mut self, site: &Site) -> F {
        match site {
            Site::Section(index) => self.engine.running(*index),
            Site::Item(section, keys) => match keys.split_last() {
                Some((_, around)) if !around.is_empty() => match self.engine.steps_of(*section, around) {
                    Some(steps) => self.engine.present(&steps),
                    None => NEVER,
                },
                _ => match self.engine.procedure.sections.get(*section) {
                    Some(model) if model.repeat.is_some() => self.engine.present(&[Step::Key(model.key.clone())]),
                    _ => self.engine.section_asked(*section),
                },
            },
            Site::Option(section, keys, _) => match self.engine.steps_of(*section, keys) {
                Some(steps) => self.engine.asked(&steps),
                None => NEVER,
            },
            Site::QuestionRule(section, keys, _) => match self.engine.steps_of(*section, keys) {
                Some(steps) => self.engine.present(&steps),
                None => NEVER,
            },
            Site::EndPage(index) => {
                let page = self.engine.procedure.end_pages.get(*index).and_then(|page| page.stops.as_ref());
                match page.and_then(|(_, after)| self.engine.section_of(after)) {
                    Some(after) => before_page(self.engine, *index, after),
                    None => NEVER,
                }
            }
            Site::Fee(_) => self.engine.arrives(),
            Site::Computed(_) => ALWAYS,
            Site::Rule(index) => match self.engine.procedure.rules.get(*index) {
                Some(rule) => self.engine.asked(&rule.at.steps),
                None => NEVER,
            },
        }
    }

    fn rule(&mut self, site: &Site, kept: bool) -> F {
        let procedure = self.engine.procedure;
        let (there, holds) = match site {
            Site::Rule(index) => match procedure.rules.get(*index) {
                Some(rule) => (applies(self.engine, rule), &rule.holds),
                None => return NEVER,
            },
            Site::QuestionRule(section, keys, index) => {
                let steps = self.engine.steps_of(*section, keys);
                let question = steps.as_ref().and_then(|steps| super::values::question(procedure, steps));
                match (steps, question.and_then(|question| question.rules.get(*index))) {
                    (Some(steps), Some(rule)) => (self.engine.present(&steps), &rule.holds),
                    _ => return NEVER,
                }
            }
            _ => return NEVER,
        };
        let right = if kept { self.engine.kept(holds) } else { self.engine.breach(holds) };
        self.engine.formulas.all([there, right])
    }

    /// A table is looked at.
    fn looked_at(&mut self, table: usize) -> F {
        let Some(table) = self.tables.get(table) else { return NEVER };
        let (of, list) = (table.of, table.list);
        let list = list.map_or(ALWAYS, |list| self.engine.present(&list.steps));
        let looked_at = match of {
            TableOf::Responsible => self.engine.running(self.engine.procedure.sections.len()),
            TableOf::Fee(index) => {
                let arrives = self.engine.arrives();
                let condition = self.engine.procedure.fees.get(index).and_then(|fee| fee.condition.as_ref());
                let charged = condition.map_or(ALWAYS, |condition| self.engine.holds(condition));
                self.engine.formulas.all([arrives, charged])
            }
            TableOf::Computed(index) => {
                let condition = self.engine.procedure.computed.get(index).and_then(|one| one.condition.as_ref());
                condition.map_or(ALWAYS, |condition| self.engine.holds(condition))
            }
        };
        self.engine.formulas.all([looked_at, list])
    }

    /// A row of a table is the one that counts.
    fn row(&mut self, index: usize, row: usize) -> F {
        let tables = self.tables;
        let Some(table) = tables.get(index) else { return NEVER };
        let looked_at = self.looked_at(index);
        let chosen = match table.rows.get(row) {
            Some(cells) => self.cells(table, cells),
            None => {
                let mut left = Vec::new();
                for cells in &table.rows {
                    let here = self.cells(table, cells);
                    left.push(self.engine.formulas.not(here));
                }
                self.engine.formulas.all(left)
            }
        };
        self.engine.formulas.all([looked_at, chosen])
    }

    fn cells(&mut self, table: &Tabled<'_>, cells: &[Set]) -> F {
        let mut parts = Vec::new();
        for (column, set) in table.columns.iter().zip(cells) {
            parts.push(self.engine.is_in(&column.what, set));
        }
        self.engine.formulas.all(parts)
    }

    /// The case comes to an authority.
    fn office(&mut self, path: &str) -> F {
        let Some((index, responsible)) = self.responsible() else { return NEVER };
        let mut ways = Vec::new();
        for (row, then) in responsible.iter().enumerate() {
            let leads = match then {
                Responsible::Authority(known) if known == path => ALWAYS,
                Responsible::Task { place, authorities, .. } => {
                    let within: Vec<String> =
                        authorities.iter().filter(|(_, known)| *known == path).map(|(key, _)| key.clone()).collect();
                    // The longest key that fits counts.
                    let longer = |key: &&String| within.iter().any(|short| key.starts_with(short.as_str()));
                    let other = authorities.iter().filter(|(_, known)| *known != path).map(|(key, _)| key);
                    let except = other.filter(longer).cloned().collect();
                    if within.is_empty() {
                        continue;
                    }
                    let place = Calc::Answer(Ref { steps: place.steps.clone(), fact: None });
                    let set = Set { values: Values::Municipalities { within, except }, no_answer: false };
                    self.engine.is_in(&place, &set)
                }
                _ => continue,
            };
            let chosen = self.row(index, row);
            ways.push(self.engine.formulas.all([chosen, leads]));
        }
        self.engine.formulas.any(ways)
    }

    fn end_page(&mut self, name: &str) -> F {
        let procedure = self.engine.procedure;
        let mut ways = Vec::new();
        let page = procedure.end_pages.iter().enumerate().find(|(_, page)| page.name == name);
        if let Some((index, (condition, _))) = page.and_then(|(index, page)| Some((index, page.stops.as_ref()?))) {
            let around = self.around(&Site::EndPage(index));
            let holds = self.engine.holds(condition);
            ways.push(self.engine.formulas.all([around, holds]));
        }
        if let Some((index, responsible)) = self.responsible() {
            for (row, then) in responsible.iter().enumerate() {
                if matches!(then, Responsible::EndPage(known) if known == name) {
                    ways.push(self.row(index, row));
                }
            }
        }
        self.engine.formulas.any(ways)
    }

    /// The table of responsibility, and where its rows lead.
    fn responsible(&self) -> Option<(usize, Vec<&'p Responsible>)> {
        let index = self.tables.iter().position(|table| table.of == TableOf::Responsible)?;
        let table = self.engine.procedure.responsibility.as_ref()?;
        Some((index, table.rows.iter().map(|row| &row.then).chain(&table.otherwise).collect()))
    }
}
