//! `hundesteuer für wohnung.gemeinde`: exactly one authority for each municipality of the row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::expressions::{Context, Lower};
use super::record::Target;
use super::sets::in_places;
use super::table::{RawRow, RawTable};
use super::types::Type;
use crate::diagnostic::Problem;
use crate::model::{Calc, Responsible, Set, Values};
use crate::region::{Municipality, STATE_SCHLESWIG_HOLSTEIN};
use crate::syntax::Span;
use crate::syntax::expression::PathExpr;

impl Lower<'_> {
    pub(super) fn task(
        &self,
        task: &str,
        path: &PathExpr,
        row: &RawRow,
        table: &RawTable,
        context: &Context<'_>,
        span: Span,
    ) -> Option<Responsible> {
        let free = Context { cell: true, free: true, ..context.clone() };
        let (place, kind, _) = self.answer(path, &free)?;
        let Type::Municipality(allowed) = kind else {
            self.say(Problem::TaskPlace { name: path.text() }, context, path.span);
            return None;
        };
        let what = Calc::Answer(place.clone());
        let column = table.columns.iter().position(|column| column.what == what);
        let others: Vec<&Set> =
            table.rows.iter().filter_map(|row| row.cells.as_ref()).filter_map(|cells| cells.get(column?)).collect();
        let reaches = |key: &str| match (&row.cells, column) {
            (Some(cells), Some(column)) => cells.get(column).is_some_and(|cell| in_places(key, &cell.values)),
            (None, Some(_)) => !others.iter().any(|cell| in_places(key, &cell.values)),
            _ => true,
        };
        let word = super::names::json_key(task);
        if self.world.have_task(&word) {
            let used = Span::new(span.start, span.start + task.len());
            self.world.found(context.file, used, || Target::Task(word.clone()));
        }
        let mut authorities = BTreeMap::new();
        let cell = row.cells.as_ref().zip(column).and_then(|(cells, column)| cells.get(column));
        for town in self.towns([cell, allowed.as_ref()]) {
            if allowed.as_ref().is_some_and(|set| !in_places(town.key, &set.values)) || !reaches(town.key) {
                continue;
            }
            let found = self.world.offices_at(&word, town.key);
            let name =
                || self.world.regions.name(town.key).map_or_else(|| town.key.to_owned(), |name| name.into_owned());
            match found {
                [one] => {
                    authorities.insert(town.key.to_owned(), one.clone());
                }
                // The towns that adopt a template bring their authorities.
                // Until then the task itself stands for them, so that examples come to their end.
                [] if self.thing.area.as_ref().is_some_and(|area| area.sample) => {
                    authorities.insert(town.key.to_owned(), word.clone());
                }
                [] => {
                    let problem = Problem::NoAuthorityForTask { task: task.to_owned(), place: name() };
                    let tasks = self.world.task_names();
                    let suggestion = crate::diagnostic::closest(&word, tasks);
                    self.say_with(problem, suggestion, context, span);
                    return None;
                }
                [first, second, ..] => {
                    let problem = Problem::TwoAuthoritiesForTask {
                        task: task.to_owned(),
                        place: name(),
                        first: first.clone(),
                        second: second.clone(),
                    };
                    self.say(problem, context, span);
                    return None;
                }
            }
        }
        Some(Responsible::Task { task: word, place, authorities: Arc::new(authorities) })
    }

    /// The municipalities that can lie in the first of these sets, those of the state first.
    fn towns(&self, sets: [Option<&Set>; 2]) -> Vec<Municipality<'_>> {
        let regions = self.world.regions;
        let within = sets.into_iter().flatten().find_map(|set| match &set.values {
            Values::Municipalities { within, .. } => Some(within.as_slice()),
            _ => None,
        });
        let mut towns: Vec<_> = match within {
            Some(within) => within.iter().flat_map(|prefix| regions.within(prefix)).collect(),
            None => regions.all().collect(),
        };
        towns.sort_by_key(|town| (!town.key.starts_with(STATE_SCHLESWIG_HOLSTEIN), town.key));
        towns.dedup_by_key(|town| town.key);
        towns
    }
}
