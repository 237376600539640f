//! Answers that were given and are not asked, or that no question stands for.

use serde_json::{Map, Value as Json};

use super::{Path, PathStep};
use crate::kind::Kind;
use crate::model::{Item, Procedure};

/// The places of `given` that `pruned` lacks.
pub(super) fn missing(procedure: &Procedure, given: &Map<String, Json>, pruned: &Map<String, Json>) -> Vec<Path> {
    let mut found = Found { paths: Vec::new(), place: Vec::new() };
    for key in given.keys().filter(|key| !pruned.contains_key(*key)) {
        found.add(key);
    }
    for section in &procedure.sections {
        if section.repeat.is_some() {
            found.below(&section.key, &section.items, given, pruned);
        } else {
            found.questions(&section.items, given, pruned);
        }
    }
    found.paths
}

struct Found {
    paths: Vec<Path>,
    place: Vec<PathStep>,
}

impl Found {
    fn add(&mut self, key: &str) {
        let mut path = self.place.clone();
        path.push(PathStep::Key(key.to_owned()));
        self.paths.push(Path(path));
    }

    fn questions(&mut self, items: &[Item], given: &Map<String, Json>, pruned: &Map<String, Json>) {
        for item in items {
            if let Item::Question(question) = item
                && let Kind::Block { items, .. } = &question.kind
            {
                self.below(&question.key, items, given, pruned);
            }
        }
    }

    /// Looks into the block or the repeat with a key.
    fn below(&mut self, key: &str, items: &[Item], given: &Map<String, Json>, pruned: &Map<String, Json>) {
        let (Some(given), Some(pruned)) = (given.get(key), pruned.get(key)) else {
            return;
        };
        self.place.push(PathStep::Key(key.to_owned()));
        match (given, pruned) {
            (Json::Object(given), Json::Object(pruned)) => self.object(items, given, pruned),
            (Json::Array(given), Json::Array(pruned)) => {
                for (index, pair) in given.iter().zip(pruned).enumerate() {
                    if let (Json::Object(given), Json::Object(pruned)) = pair {
                        self.place.push(PathStep::Index(index));
                        self.object(items, given, pruned);
                        self.place.pop();
                    }
                }
            }
            _ => {}
        }
        self.place.pop();
    }

    fn object(&mut self, items: &[Item], given: &Map<String, Json>, pruned: &Map<String, Json>) {
        for key in given.keys().filter(|key| !pruned.contains_key(*key)) {
            self.add(key);
        }
        self.questions(items, given, pruned);
    }
}
