//! Which authorities have a task in which municipality.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sets::in_places;
use crate::model::{Authority, Values};
use crate::region::Regions;

/// The authorities of each task ("Aufgabe"), by municipality.
#[derive(Debug, Clone, Default)]
pub(super) struct Offices(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Offices {
    pub fn new(authorities: &BTreeMap<String, Arc<Authority>>, regions: &Regions) -> Self {
        let mut all: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for authority in authorities.values() {
            for task in &authority.tasks {
                let towns = all.entry(task.clone()).or_default();
                let Some(area) = &authority.area else { continue };
                let within = match &area.values {
                    Values::Municipalities { within, .. } => within.as_slice(),
                    _ => &[String::new()],
                };
                for town in within.iter().flat_map(|prefix| regions.within(prefix)) {
                    if !in_places(town.key, &area.values) {
                        continue;
                    }
                    let there = towns.entry(town.key.to_owned()).or_default();
                    if !there.contains(&authority.path) {
                        there.push(authority.path.clone());
                    }
                }
            }
        }
        Self(all)
    }

    /// Whether any authority has a task.
    pub fn have(&self, task: &str) -> bool {
        self.0.contains_key(task)
    }

    /// The authorities that have a task in a municipality; each should be one.
    pub fn at(&self, task: &str, town: &str) -> &[String] {
        self.0.get(task).and_then(|towns| towns.get(town)).map_or(&[], Vec::as_slice)
    }

    /// A number for the authorities of a task.
    pub fn content(&self, task: &str) -> u64 {
        super::read::hash_of(&self.0.get(task))
    }
}
