//! Every question and repeat of a procedure by its place in the answers.

use rustc_hash::FxHashMap as HashMap;

use super::site::Site;
use crate::kind::Kind;
use crate::model::{Condition, Item, Procedure, Question, Repeat, Step};

/// A question, a block or a repeat.
#[derive(Clone)]
pub(super) struct Place<'p> {
    /// The section that it stands in.
    pub section: usize,
    /// The block or repeat around it.
    pub around: Option<Vec<Step>>,
    /// Its own condition.
    pub condition: Option<(Site, &'p Condition)>,
    /// The question; of a repeated section none.
    pub question: Option<&'p Question>,
    /// Of a repeat.
    pub repeat: Option<&'p Repeat>,
    /// Of a block or a repeat: what is in it.
    pub items: &'p [Item],
    /// It may be left empty.
    pub optional: bool,
    /// The keys of the questions on the way.
    pub keys: Vec<String>,
}

/// All places, and their order in the file.
pub(super) struct Places<'p> {
    pub all: HashMap<Vec<Step>, Place<'p>>,
    pub order: Vec<Vec<Step>>,
}

impl<'p> Places<'p> {
    pub fn of(procedure: &'p Procedure) -> Self {
        let mut places = Self { all: HashMap::default(), order: Vec::new() };
        for (index, section) in procedure.sections.iter().enumerate() {
            let around = section.repeat.as_ref().map(|repeat| {
                let steps = vec![Step::Key(section.key.clone())];
                places.add(
                    steps.clone(),
                    Place {
                        section: index,
                        around: None,
                        condition: None,
                        question: None,
                        repeat: Some(repeat),
                        items: &section.items,
                        optional: false,
                        keys: Vec::new(),
                    },
                );
                steps
            });
            places.items(&section.items, index, around.as_deref(), &[]);
        }
        places
    }

    fn add(&mut self, steps: Vec<Step>, place: Place<'p>) {
        self.order.push(steps.clone());
        self.all.insert(steps, place);
    }

    fn items(&mut self, items: &'p [Item], section: usize, around: Option<&[Step]>, keys: &[String]) {
        let repeated = around.is_some_and(|steps| self.all.get(steps).is_some_and(|place| place.repeat.is_some()));
        for item in items {
            let Item::Question(question) = item else { continue };
            let mut steps = around.map(<[Step]>::to_vec).unwrap_or_default();
            if repeated {
                steps.push(Step::Entry);
            }
            steps.push(Step::Key(question.key.clone()));
            let keys = [keys, std::slice::from_ref(&question.key)].concat();
            let inner: &[Item] = if let Kind::Block { items, .. } = &question.kind { items } else { &[] };
            let condition = question.condition.as_ref().map(|one| (Site::Item(section, keys.clone()), one));
            self.add(
                steps.clone(),
                Place {
                    section,
                    around: around.map(<[Step]>::to_vec),
                    condition,
                    question: Some(question),
                    repeat: question.repeat.as_ref(),
                    items: inner,
                    optional: question.may_be_absent(),
                    keys: keys.clone(),
                },
            );
            self.items(inner, section, Some(&steps), &keys);
        }
    }

    /// The place with a name in an entry or block.
    pub fn inside(&self, steps: &[Step], key: &str) -> Vec<Step> {
        let mut inner = steps.to_vec();
        if self.all.get(steps).is_some_and(|place| place.repeat.is_some()) {
            inner.push(Step::Entry);
        }
        inner.push(Step::Key(key.to_owned()));
        inner
    }
}
