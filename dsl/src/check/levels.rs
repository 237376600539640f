//! The names of a procedure or building block as editors ask for them: what can be written at a
//! place, what a name can be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::scope::{Entry, Names};
use super::types::Type;
use crate::kind::Choices;
use crate::model::{CodeList, Fact, Language, Values};
use crate::syntax::Span;

/// The names of a procedure or building block, as they can be seen from its lines.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    pub(super) names: Names,
    /// Of each question and text: where its heading begins, its scope, its position.
    pub(super) places: Vec<(usize, usize, usize)>,
    pub(super) constants: Vec<Type>,
    pub(super) computed: Vec<Option<(Type, Option<usize>)>>,
    pub(super) lists: BTreeMap<String, Arc<CodeList>>,
}

/// A name that can be written at a place.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub name: String,
    /// Where it is introduced.
    pub file: String,
    pub span: Span,
    /// It has parts that are named behind a dot.
    pub inside: bool,
    /// It is a list with entries.
    pub repeat: bool,
    /// It is a constant.
    pub constant: bool,
    /// It is computed.
    pub computed: bool,
}

/// What the value of a name can be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Possible {
    YesNo,
    /// Keys with their labels; whether several can be chosen.
    Choices(Vec<(String, String)>, bool),
    Places,
    /// A number with its unit in the words of the model.
    Number(Option<String>),
    Date,
    Text,
    Nothing,
}

impl Levels {
    /// The scope at a place of the file, and the position up to which answers are known there.
    pub fn at(&self, heading: usize) -> (usize, Option<usize>) {
        let found = self.places.iter().find(|(start, ..)| *start == heading);
        found.map_or((0, None), |(_, scope, order)| (*scope, Some(*order)))
    }

    /// The names that can be written in a scope; `before`: only answers in front of this position.
    pub fn visible(&self, scope: usize, before: Option<usize>) -> Vec<Known> {
        let mut known: Vec<Known> = Vec::new();
        let mut at = Some(scope);
        while let Some(level) = at.and_then(|index| self.names.scopes.get(index)) {
            for (name, (entry, file, span)) in &level.names {
                let fits = !matches!(entry, Entry::Taken | Entry::LeftOut(_)) && self.is_before(*entry, before);
                if fits && !known.iter().any(|other| other.name == *name) {
                    known.push(known_name(name, *entry, file, *span));
                }
            }
            at = level.parent;
        }
        known
    }

    fn is_before(&self, entry: Entry, before: Option<usize>) -> bool {
        let Some(before) = before else { return true };
        match entry {
            Entry::Answer(slot) | Entry::Block(slot, _) | Entry::Repeat(slot, _) => {
                self.names.slots.get(slot).is_none_or(|slot| slot.last < before)
            }
            Entry::Computed(index) | Entry::Local(index) => {
                let known = self.computed.get(index).and_then(Option::as_ref);
                known.and_then(|(_, order)| *order).is_none_or(|order| order < before)
            }
            Entry::Constant(_) | Entry::LeftOut(_) | Entry::Taken => true,
        }
    }

    /// The names behind a dot: questions of a building block or an entry.
    pub fn inside(&self, parts: &[String], scope: usize) -> Vec<Known> {
        let here = |entry: &Entry| !matches!(entry, Entry::Taken | Entry::LeftOut(_));
        self.level_inside(parts, scope)
            .filter(|(_, (entry, ..))| here(entry))
            .map(|(name, at)| known_name(name, at.0, &at.1, at.2))
            .collect()
    }

    /// The questions of a building block, also those that `ohne:` leaves out.
    pub fn all_inside(&self, parts: &[String], scope: usize) -> Vec<Known> {
        let questions = |entry: &Entry| !matches!(entry, Entry::Taken | Entry::Computed(_) | Entry::Constant(_));
        let names = self.level_inside(parts, scope).filter(|(_, (entry, ..))| questions(entry));
        names.map(|(name, at)| known_name(name, at.0, &at.1, at.2)).collect()
    }

    fn level_inside(&self, parts: &[String], scope: usize) -> impl Iterator<Item = (&String, &(Entry, String, Span))> {
        let level = match self.names.follow(parts, scope).last() {
            Some((Entry::Block(_, inside) | Entry::Repeat(_, inside), ..)) => self.names.scopes.get(*inside),
            _ => None,
        };
        level.into_iter().flat_map(|level| &level.names)
    }

    /// The columns of the list that a name is chosen from.
    pub fn columns(&self, parts: &[String], scope: usize) -> Vec<String> {
        match self.kind(parts, scope) {
            Some(Type::Choice(Choices::List { name, .. })) => {
                let values = self.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
                values.first().map(|value| value.facts.keys().cloned().collect()).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// What a column of the list that a name is chosen from can be.
    pub fn fact(&self, parts: &[String], scope: usize, column: &str) -> Possible {
        let list = self.list_of(parts, scope).and_then(|list| self.lists.get(list));
        let key = super::names::json_key(column);
        match list.and_then(|list| list.values.iter().find_map(|value| value.facts.get(&key))) {
            Some(Fact::Bool(_)) => Possible::YesNo,
            Some(Fact::Number(_)) => Possible::Number(None),
            Some(Fact::Text(_)) => Possible::Text,
            None => Possible::Nothing,
        }
    }

    /// The scope of the entries of a list.
    pub fn entry(&self, parts: &[String]) -> Option<usize> {
        match self.names.follow(parts, 0).last()?.0 {
            Entry::Repeat(_, inside) => Some(*inside),
            _ => None,
        }
    }

    /// What the value of a name can be.
    pub fn possible(&self, parts: &[String], scope: usize, reader: Language) -> Possible {
        match self.kind(parts, scope) {
            Some(Type::Bool) => Possible::YesNo,
            Some(Type::Choice(choices)) => Possible::Choices(self.choices(choices, reader), false),
            Some(Type::Several(choices)) => Possible::Choices(self.choices(choices, reader), true),
            Some(Type::Municipality(_)) => Possible::Places,
            Some(Type::Number(number)) => Possible::Number(Some(number.unit.text()).filter(|_| !number.unit.is_none())),
            Some(Type::Date | Type::DateTime | Type::MonthDay) => Possible::Date,
            Some(Type::Text) => Possible::Text,
            Some(Type::Month | Type::Time | Type::Other | Type::Unknown) | None => Possible::Nothing,
        }
    }

    /// Where the names of a path are introduced, part by part.
    pub fn trail(&self, parts: &[String], scope: usize) -> Vec<(String, Span)> {
        self.names.follow(parts, scope).into_iter().map(|(_, file, span)| (file.clone(), *span)).collect()
    }

    /// The code list that a name is chosen from.
    pub fn list_of(&self, parts: &[String], scope: usize) -> Option<&str> {
        match self.kind(parts, scope) {
            Some(Type::Choice(Choices::List { name, .. }) | Type::Several(Choices::List { name, .. })) => Some(name),
            _ => None,
        }
    }

    fn kind(&self, parts: &[String], scope: usize) -> Option<&Type> {
        let trail = self.names.follow(parts, scope);
        match trail.last()?.0 {
            Entry::Answer(slot) | Entry::Block(slot, _) | Entry::Repeat(slot, _) if trail.len() == parts.len() => {
                self.names.slots.get(*slot).map(|slot| &slot.kind)
            }
            Entry::Constant(index) => self.constants.get(*index),
            Entry::Computed(index) | Entry::Local(index) => self.computed.get(*index)?.as_ref().map(|(kind, _)| kind),
            _ => None,
        }
    }

    fn choices(&self, choices: &Choices, reader: Language) -> Vec<(String, String)> {
        match choices {
            Choices::Options(options) => {
                options.iter().map(|option| (option.key.clone(), option.label.get(reader).to_owned())).collect()
            }
            Choices::List { name, only } => {
                let only = only.as_ref().and_then(|set| match &set.values {
                    Values::Keys(keys) => Some(keys),
                    _ => None,
                });
                let values = self.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
                values
                    .iter()
                    .filter(|value| only.is_none_or(|only| only.contains(&value.key)))
                    .map(|value| (value.key.clone(), value.label.get(reader).to_owned()))
                    .collect()
            }
        }
    }
}

fn known_name(name: &str, entry: Entry, file: &str, span: Span) -> Known {
    Known {
        name: name.to_owned(),
        file: file.to_owned(),
        span,
        inside: matches!(entry, Entry::Block(..) | Entry::Repeat(..)),
        repeat: matches!(entry, Entry::Repeat(..)),
        constant: matches!(entry, Entry::Constant(_)),
        computed: matches!(entry, Entry::Computed(_) | Entry::Local(_)),
    }
}
