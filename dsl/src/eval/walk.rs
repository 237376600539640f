//! Finding what a name in a text stands for.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::PathStep;
use super::value::Val;
use super::view::{Env, Place, View, top, within};
use crate::kind::Kind;
use crate::model::{Fact, Item, Language};

/// A way through procedure and answers at once, by keys; the answer may be absent.
#[derive(Clone, Copy)]
pub(super) struct Walk<'w> {
    view: &'w View<'w>,
    env: Env<'w>,
    /// `None`: at the top.
    place: Option<Place<'w>>,
    answer: Option<&'w Json>,
    /// How many repeats have been entered.
    depth: usize,
    fact: Option<&'w Fact>,
}

impl<'w> Walk<'w> {
    pub(super) fn start(view: &'w View<'w>, env: Env<'w>) -> Self {
        Self { view, env, place: None, answer: None, depth: 0, fact: None }
    }

    pub(super) fn along(mut self, path: &[PathStep]) -> Option<Self> {
        for step in path {
            self = match step {
                PathStep::Key(key) => self.key(key)?,
                PathStep::Index(index) => self.entry(*index)?,
            };
        }
        Some(self)
    }

    pub(super) fn to(mut self, keys: &[Cow<'_, str>]) -> Option<Self> {
        for key in keys {
            if matches!(self.place, Some(Place::List { .. })) {
                self = self.entry(*self.env.entries.get(self.depth)?)?;
            }
            self = self.key(key)?;
        }
        Some(self)
    }

    fn key(self, key: &str) -> Option<Self> {
        let member = || self.answer.and_then(Json::as_object).and_then(|members| members.get(key));
        let (place, answer) = match self.place {
            None => (top(self.view.procedure, key)?, self.view.answers.get(key)),
            Some(Place::Entry { items }) => (within(items, key)?, member()),
            Some(Place::Question(question)) => match &question.kind {
                Kind::Block { items, .. } => (within(items, key)?, member()),
                kind => {
                    let fact = self.answer.and_then(Json::as_str).and_then(|value| self.view.fact(kind, value, key));
                    return Some(Self { fact: Some(fact?), ..self });
                }
            },
            Some(Place::List { .. }) => return None,
        };
        Some(Self { place: Some(place), answer, ..self })
    }

    fn entry(self, index: usize) -> Option<Self> {
        let Some(Place::List { items }) = self.place else {
            return None;
        };
        let answer = self.answer.and_then(Json::as_array).and_then(|entries| entries.get(index));
        Some(Self { place: Some(Place::Entry { items }), answer, depth: self.depth + 1, ..self })
    }

    /// Looks for `keys` inside the entry of a repeat, in the deepest one first.
    pub(super) fn search(self, keys: &[Cow<'_, str>], language: Language) -> Option<String> {
        let Some(Place::List { items }) = self.place else {
            return None;
        };
        let inside = self.entry(*self.env.entries.get(self.depth)?)?;
        inside.search_items(items, keys, language).or_else(|| inside.to(keys).and_then(|walk| walk.text(language)))
    }

    /// Looks for `keys` inside the repeats and blocks among `items`.
    pub(super) fn search_items(self, items: &'w [Item], keys: &[Cow<'_, str>], language: Language) -> Option<String> {
        items.iter().find_map(|item| {
            let Item::Question(question) = item else {
                return None;
            };
            let Kind::Block { items, .. } = &question.kind else {
                return None;
            };
            let inside = self.to(&[question.key.as_str().into()])?;
            match question.repeat {
                Some(_) => inside.search(keys, language),
                None => inside.search_items(items, keys, language),
            }
        })
    }

    /// The text of what is there; `None` at a block or a repeat.
    pub(super) fn text(self, language: Language) -> Option<String> {
        let Some(Place::Question(question)) = self.place else {
            return None;
        };
        match (self.fact, self.answer) {
            (Some(fact), _) => Some(self.view.show(&Val::of_fact(fact), None, language)),
            _ if matches!(question.kind, Kind::Block { .. }) => None,
            (None, None) => Some(String::new()),
            (None, Some(answer)) => Some(match question.kind.check(answer, self.view.around()) {
                Ok(()) => question.kind.show(answer, language, self.view.around()),
                Err(_) => String::new(),
            }),
        }
    }
}
