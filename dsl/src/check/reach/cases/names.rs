//! The names of questions as the file has them.

use std::collections::HashMap;

use crate::check::reach::site::{Site, Sites};
use crate::kind::Kind;
use crate::model::{Item, Step};

/// Names by the keys that lead to them, joined with dots.
pub(super) struct Names(HashMap<String, String>);

impl Names {
    pub fn of(sites: &Sites<'_>) -> Self {
        let mut names = Self(HashMap::new());
        for (index, section) in sites.procedure.sections.iter().enumerate() {
            let title = sites.node(&Site::Section(index)).map(|(_, node)| node.name_text().to_owned());
            names.0.insert(section.key.clone(), title.unwrap_or_default());
            let around = if section.repeat.is_some() { section.key.as_str() } else { "" };
            names.items(sites, index, &section.items, around, &[]);
        }
        names
    }

    fn items(&mut self, sites: &Sites<'_>, section: usize, items: &[Item], around: &str, keys: &[String]) {
        for item in items {
            let Item::Question(question) = item else { continue };
            let keys = [keys, std::slice::from_ref(&question.key)].concat();
            let whole = if around.is_empty() { question.key.clone() } else { format!("{around}.{}", question.key) };
            if let Some((_, node)) = sites.node(&Site::Item(section, keys.clone())) {
                self.0.insert(whole.clone(), node.name_text().to_owned());
            }
            if let Kind::Block { items, .. } = &question.kind {
                self.items(sites, section, items, &whole, &keys);
            }
        }
    }

    /// The names of the questions that keys lead through.
    pub fn along<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Vec<String> {
        let mut whole = String::new();
        let mut names = Vec::new();
        for key in keys {
            if !whole.is_empty() {
                whole.push('.');
            }
            whole.push_str(key);
            names.push(self.0.get(&whole).cloned().unwrap_or_else(|| key.to_owned()));
        }
        names
    }

    /// The name of an answer, with dots.
    pub fn answer(&self, steps: &[Step]) -> String {
        let keys = steps.iter().filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
        self.along(keys).join(".")
    }
}
