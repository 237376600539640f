//! Templates that a town adopts unchanged: what the town's procedure has in common with the
//! template is not compiled again, and is there once.
//!
//! A template speaks of places in one way only, or its offers are compiled like any adoption: as
//! its `eigenes Gebiet`. Then no check can tell one town from another, and what holds for the town
//! that the template was checked with holds for each.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::OwnArea;
use crate::check::offices::Offices;
use crate::model::{Calc, Procedure, Responsible, Set, Table, Values};
use crate::region::Regions;
use crate::syntax::keyword::Key;

/// Lets a procedure that was compiled by itself have in common with its template what is the same.
pub(in crate::check) fn share(procedure: &mut Procedure, template: &Procedure) {
    fn each<T: PartialEq>(own: &mut [Arc<T>], theirs: &[Arc<T>]) {
        for part in own {
            if let Some(same) = theirs.iter().find(|same| *same == part) {
                *part = Arc::clone(same);
            }
        }
    }
    each(&mut procedure.sections, &template.sections);
    each(&mut procedure.computed, &template.computed);
    each(&mut procedure.rules, &template.rules);
    each(&mut procedure.fees, &template.fees);
    each(&mut procedure.end_pages, &template.end_pages);
    for (own, theirs) in [
        (&mut procedure.introduction, &template.introduction),
        (&mut procedure.legal_basis, &template.legal_basis),
        (&mut procedure.deadline, &template.deadline),
        (&mut procedure.what_happens_next, &template.what_happens_next),
    ] {
        if own == theirs {
            own.clone_from(theirs);
        }
    }
}

/// A template whose procedure serves every town.
pub(in crate::check) struct Pattern<'p> {
    template: &'p Procedure,
    /// The key of the town or county that it was checked with.
    key: &'p str,
    /// The authorities that were found for it, without those of the tables.
    table: Option<&'p Table<Responsible>>,
}

impl<'p> Pattern<'p> {
    /// `None`: the template names places, or an authority itself.
    pub fn of(template: &'p Procedure, area: &'p OwnArea) -> Option<Self> {
        let Values::Municipalities { within, except } = &area.set.values else { return None };
        let ([key], []) = (within.as_slice(), except.as_slice()) else { return None };
        let table = template.responsibility.as_deref();
        let rest = Procedure { responsibility: None, ..template.clone() };
        let rest = serde_json::to_value(&rest).ok()?;
        let own = Own { key };
        (!names_places(&rest) && table.is_none_or(|table| own.decides(table))).then_some(Self { template, key, table })
    }

    /// The procedure of a town; `None` where an authority is missing, which is told where it is
    /// compiled.
    pub fn for_town(&self, path: &str, area: &OwnArea, offices: &Offices, regions: &Regions) -> Option<Procedure> {
        let responsibility = match self.table {
            None => None,
            Some(table) => Some(Arc::new(self.table_for(table, area, offices, regions)?)),
        };
        let mut procedure = Procedure {
            path: path.to_owned(),
            responsibility,
            // They expect what holds in the town that the template was checked with.
            examples: Vec::new(),
            ..self.template.clone()
        };
        let name = Key::Area.spelling(crate::model::Language::German);
        for constant in procedure.constants.iter_mut().filter(|constant| constant.name == name) {
            constant.value = Calc::Key(area.name.clone());
        }
        Some(procedure)
    }

    fn table_for(
        &self,
        table: &Table<Responsible>,
        area: &OwnArea,
        offices: &Offices,
        regions: &Regions,
    ) -> Option<Table<Responsible>> {
        let mut table = table.clone();
        let own = Own { key: self.key };
        for row in &mut table.rows {
            for cell in row.cells.iter_mut().filter(|cell| own.is(cell)) {
                cell.values = area.set.values.clone();
            }
            if let Responsible::Task { task, authorities, .. } = &mut row.then {
                let Values::Municipalities { within, .. } = &area.set.values else { return None };
                let mut found = BTreeMap::new();
                for town in within.iter().flat_map(|key| regions.within(key)) {
                    let [one] = offices.at(task, town.key) else { return None };
                    found.insert(town.key.to_owned(), one.clone());
                }
                *authorities = Arc::new(found);
            }
        }
        Some(table)
    }
}

/// The town that a template was checked with.
struct Own<'p> {
    key: &'p str,
}

impl Own<'_> {
    fn is(&self, set: &Set) -> bool {
        matches!(&set.values, Values::Municipalities { within, except }
            if except.is_empty() && matches!(within.as_slice(), [one] if one == self.key))
    }

    /// Whether a table sends cases of the own area to the authorities of a task there, and all
    /// others to end pages.
    fn decides(&self, table: &Table<Responsible>) -> bool {
        let is_page = |then: &Responsible| matches!(then, Responsible::EndPage(_));
        table.otherwise.as_ref().is_none_or(is_page)
            && table.rows.iter().all(|row| {
                let places = row.cells.iter().filter(|cell| matches!(cell.values, Values::Municipalities { .. }));
                let own = places.clone().all(|cell| self.is(cell));
                own && match &row.then {
                    Responsible::Task { place, .. } => {
                        let column = table
                            .columns
                            .iter()
                            .position(|column| matches!(&column.what, Calc::Answer(answer) if answer == place));
                        column.and_then(|column| row.cells.get(column)).is_some_and(|cell| self.is(cell))
                    }
                    then => is_page(then),
                }
            })
            && table
                .columns
                .iter()
                .all(|column| !serde_json::to_value(&column.what).is_ok_and(|what| names_places(&what)))
    }
}

/// Whether sets of places stand somewhere in a compiled form.
fn names_places(json: &Json) -> bool {
    match json {
        Json::Object(map) => {
            map.get("municipalities").is_some_and(|set| set.get("within").is_some()) || map.values().any(names_places)
        }
        Json::Array(list) => list.iter().any(names_places),
        // An official key of a municipality.
        Json::String(key) => key.len() == 12 && key.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}
