//! Templates that a town adopts unchanged: what the town's procedure has in common with the
//! template is not compiled again, and is there once.
//!
//! A template speaks of places in one way only, or its offers are compiled like any adoption: as
//! its `eigenes Gebiet`. Then no check can tell one town from another, and what holds for the town
//! that the template was checked with holds for each.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

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

/// Whether what towns get of a template is the same as before: its own authorities and examples are not.
pub(in crate::check) fn same_for_towns(before: &[Arc<Procedure>], now: &[Arc<Procedure>]) -> bool {
    let of_towns = |procedure: &Arc<Procedure>| {
        let mut table = procedure.responsibility.as_deref().cloned();
        for row in table.iter_mut().flat_map(|table| &mut table.rows) {
            if let Responsible::Task { authorities, .. } = &mut row.then {
                *authorities = Arc::default();
            }
        }
        Procedure { responsibility: table.map(Arc::new), examples: Vec::new(), ..Procedure::clone(procedure) }
    };
    let same =
        |(own, other): (&Arc<Procedure>, &Arc<Procedure>)| Arc::ptr_eq(own, other) || of_towns(own) == of_towns(other);
    before.len() == now.len() && before.iter().zip(now).all(same)
}

/// The authorities of a task in each municipality of a town or county, for one row after the other.
pub(in crate::check) type Authorities = Vec<BTreeMap<String, String>>;

/// A template whose procedure serves every town.
pub(in crate::check) struct Pattern<'p> {
    template: &'p Procedure,
    /// The key of the town or county that it was checked with.
    key: &'p str,
    /// The compiled forms of the parts that speak of the own area.
    sections: Vec<Option<Json>>,
    computed: Vec<Option<Json>>,
    rules: Vec<Option<Json>>,
    fees: Vec<Option<Json>>,
    end_pages: Vec<Option<Json>>,
}

impl<'p> Pattern<'p> {
    /// `None`: the template names other places, or an authority itself.
    pub fn of(template: &'p Procedure, area: &'p OwnArea) -> Option<Self> {
        let Values::Municipalities { within, except } = &area.set.values else { return None };
        let ([key], []) = (within.as_slice(), except.as_slice()) else { return None };
        let own = Own { key };
        let rest = Procedure {
            sections: Vec::new(),
            computed: Vec::new(),
            rules: Vec::new(),
            fees: Vec::new(),
            end_pages: Vec::new(),
            responsibility: None,
            examples: Vec::new(),
            ..template.clone()
        };
        let rest = serde_json::to_value(&rest).ok()?;
        let decides = template.responsibility.as_deref().is_none_or(|table| own.decides(table));
        (decides && own.named(&rest) == Some(false)).then_some(())?;
        Some(Self {
            template,
            key,
            sections: own.parts(&template.sections)?,
            computed: own.parts(&template.computed)?,
            rules: own.parts(&template.rules)?,
            fees: own.parts(&template.fees)?,
            end_pages: own.parts(&template.end_pages)?,
        })
    }

    /// The authorities of a town, for each row of the table that looks for one; `None` where one is
    /// missing, which is told where the procedure is compiled.
    pub fn authorities(&self, area: &OwnArea, offices: &Offices, regions: &Regions) -> Option<Authorities> {
        let Values::Municipalities { within, .. } = &area.set.values else { return None };
        let rows = self.template.responsibility.iter().flat_map(|table| &table.rows);
        let tasks = rows.filter_map(|row| match &row.then {
            Responsible::Task { task, .. } => Some(task),
            _ => None,
        });
        let found = |task: &String| {
            let towns = within.iter().flat_map(|key| regions.within(key));
            let found = towns.map(|town| match offices.at(task, town.key) {
                [one] => Some((town.key.to_owned(), one.clone())),
                _ => None,
            });
            found.collect()
        };
        tasks.map(found).collect()
    }

    /// The procedure of a town with these authorities; `None` where its area is not one of the whole.
    pub fn for_town(&self, path: &str, area: &OwnArea, authorities: Authorities) -> Option<Procedure> {
        let template = self.template;
        let Values::Municipalities { within, .. } = &area.set.values else { return None };
        let [key] = within.as_slice() else { return None };
        let table = template.responsibility.as_ref();
        let responsibility = table.map(|table| Arc::new(self.table_for(table, area, authorities)));
        let mut procedure = Procedure {
            path: path.to_owned(),
            responsibility,
            // They expect what holds in the town that the template was checked with.
            examples: Vec::new(),
            ..template.clone()
        };
        set(&mut procedure.sections, &self.sections, key)?;
        set(&mut procedure.computed, &self.computed, key)?;
        set(&mut procedure.rules, &self.rules, key)?;
        set(&mut procedure.fees, &self.fees, key)?;
        set(&mut procedure.end_pages, &self.end_pages, key)?;
        let name = Key::Area.spelling(crate::model::Language::German);
        for constant in procedure.constants.iter_mut().filter(|constant| constant.name == name) {
            constant.value = Calc::Key(area.name.clone());
        }
        Some(procedure)
    }

    fn table_for(&self, table: &Table<Responsible>, area: &OwnArea, found: Authorities) -> Table<Responsible> {
        let mut table = table.clone();
        let own = Own { key: self.key };
        let mut found = found.into_iter();
        for row in &mut table.rows {
            for cell in row.cells.iter_mut().filter(|cell| own.is(cell)) {
                cell.values = area.set.values.clone();
            }
            if let Responsible::Task { authorities, .. } = &mut row.then {
                *authorities = Arc::new(found.next().unwrap_or_default());
            }
        }
        table
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

    /// The compiled form of each part that speaks of the own area; `None` where one names another place.
    fn parts<T: Serialize>(&self, parts: &[Arc<T>]) -> Option<Vec<Option<Json>>> {
        let form = |part: &Arc<T>| {
            let form = serde_json::to_value(&**part).ok()?;
            self.named(&form).map(|named| named.then_some(form))
        };
        parts.iter().map(form).collect()
    }

    /// Whether the own area is in a compiled form; `None` where another place is.
    fn named(&self, form: &Json) -> Option<bool> {
        match form {
            Json::Object(map) => match map.get(PLACES).filter(|set| set.get("within").is_some()) {
                Some(set) => (*set == json!({ "within": [self.key] })).then_some(true),
                None => map.values().try_fold(false, |named, value| Some(self.named(value)? || named)),
            },
            Json::Array(list) => list.iter().try_fold(false, |named, value| Some(self.named(value)? || named)),
            // An official key of a municipality.
            Json::String(key) if key.len() == 12 && key.bytes().all(|byte| byte.is_ascii_digit()) => None,
            _ => Some(false),
        }
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
                .all(|column| serde_json::to_value(&column.what).is_ok_and(|what| self.named(&what) == Some(false)))
    }
}

/// What a set of places is called in a compiled form.
const PLACES: &str = "municipalities";

/// Puts a town into the parts that speak of the own area.
fn set<T: DeserializeOwned>(parts: &mut [Arc<T>], forms: &[Option<Json>], key: &str) -> Option<()> {
    for (part, form) in parts.iter_mut().zip(forms) {
        if let Some(form) = form {
            let mut form = form.clone();
            put(&mut form, key);
            *part = Arc::new(serde_json::from_value(form).ok()?);
        }
    }
    Some(())
}

/// Puts a town in the place of the one that a template was checked with.
fn put(form: &mut Json, key: &str) {
    match form {
        Json::Object(map) => match map.get_mut(PLACES).filter(|set| set.get("within").is_some()) {
            Some(set) => *set = json!({ "within": [key] }),
            None => map.values_mut().for_each(|value| put(value, key)),
        },
        Json::Array(list) => list.iter_mut().for_each(|value| put(value, key)),
        _ => {}
    }
}
