//! What the evaluator makes of answers.

use jiff::civil::DateTime;
use serde_json::Value as Json;

use super::engine::Engine;
use super::site::Site;
use crate::eval::{Evaluation, Evaluator};
use crate::kind::Kind;
use crate::model::{Condition, Item};

/// Answers that are whole, and what comes of them.
#[derive(Clone)]
pub(super) struct Case {
    pub evaluation: Evaluation,
    pub at: DateTime,
}

impl Case {
    fn look<T>(&self, engine: &Engine<'_>, look: impl FnOnce(&Evaluator<'_>) -> T) -> T {
        look(&Evaluator::new(engine.procedure, &self.evaluation.answers, self.at, engine.regions))
    }

    /// Whether a condition holds; `entries` are the entries around.
    pub fn holds(&self, engine: &Engine<'_>, condition: &Condition, entries: &[usize]) -> bool {
        self.look(engine, |evaluator| evaluator.holds(condition, entries))
    }

    /// Whether no end page stops before a section.
    pub fn running(&self, engine: &Engine<'_>, section: usize) -> bool {
        engine.procedure.end_pages.iter().all(|page| {
            page.stops.as_ref().is_none_or(|(condition, after)| {
                engine.section_of(after).is_none_or(|after| after >= section) || !self.holds(engine, condition, &[])
            })
        })
    }

    /// The entries in which a place is looked at, where everything around it is asked.
    pub fn around(&self, engine: &Engine<'_>, site: &Site) -> Vec<Vec<usize>> {
        let (section, keys) = match site {
            Site::Section(index) => return self.running(engine, *index).then(Vec::new).into_iter().collect(),
            Site::Item(section, keys) => (*section, &keys[..keys.len().saturating_sub(1)]),
            Site::Option(section, keys, _) | Site::QuestionRule(section, keys, _) => (*section, keys.as_slice()),
            _ => return vec![Vec::new()],
        };
        let Some(model) = engine.procedure.sections.get(section) else { return Vec::new() };
        let asked = model.condition.as_ref().is_none_or(|condition| self.holds(engine, condition, &[]));
        if !self.running(engine, section) || !asked {
            return Vec::new();
        }
        let mut places: Vec<(Vec<usize>, Option<&Json>)> = vec![(Vec::new(), None)];
        if model.repeat.is_some() {
            places = entries(self.evaluation.answers.get(&model.key), &[]);
        }
        let mut items: &[Item] = &model.items;
        for key in keys {
            let Some(question) = crate::eval::view::question(items, key) else { return Vec::new() };
            let mut next = Vec::new();
            for (indexes, object) in places {
                if question.condition.as_ref().is_some_and(|condition| !self.holds(engine, condition, &indexes)) {
                    continue;
                }
                let value = match object {
                    None => self.evaluation.answers.get(key),
                    Some(object) => object.get(key),
                };
                if question.repeat.is_some() {
                    next.extend(entries(value, &indexes));
                } else {
                    next.push((indexes, value));
                }
            }
            places = next;
            items = if let Kind::Block { items, .. } = &question.kind { items } else { &[] };
        }
        places.into_iter().map(|(indexes, _)| indexes).collect()
    }
}

fn entries<'j>(list: Option<&'j Json>, around: &[usize]) -> Vec<(Vec<usize>, Option<&'j Json>)> {
    let all = list.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().enumerate().map(|(index, entry)| ([around, &[index]].concat(), Some(entry))).collect()
}
