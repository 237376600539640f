//! The names of a procedure or building block as editors ask for them: what can be written at a
//! place, what a name can be.

use super::scope::{Entry, Names};
use super::types::Type;
use crate::kind::Choices;
use crate::syntax::Span;

/// The names of a procedure or building block, as they can be seen from its lines.
#[derive(Debug)]
pub(crate) struct Levels {
    pub(super) names: Names,
    /// Of each question and text: where its heading begins, its scope, its position.
    pub(super) places: Vec<(usize, usize, usize)>,
    pub(super) constants: Vec<Type>,
    pub(super) computed: Vec<Option<(Type, Option<usize>)>>,
}

impl Levels {
    /// The scope at a place of the file, and the position up to which answers are known there.
    pub fn at(&self, heading: usize) -> (usize, Option<usize>) {
        let found = self.places.iter().find(|(start, ..)| *start == heading);
        found.map_or((0, None), |(_, scope, order)| (*scope, Some(*order)))
    }

    /// Where the names of a path are introduced, part by part.
    pub fn trail(&self, parts: &[String], scope: usize) -> Vec<(String, Span)> {
        self.names.follow(parts, scope).into_iter().map(|(_, file, span)| (file.clone(), *span)).collect()
    }

    /// Whether a scope that knows this place has another name with the same key in the data.
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
}
