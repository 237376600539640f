//! Places of answers, and their order in a procedure.

use std::fmt;

use super::view;
use crate::kind::Kind;
use crate::model::{Item, Procedure};

/// The place of an answer: `hunde.0.rufname`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(pub Vec<PathStep>);

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// A member of an object.
    Key(String),
    /// An entry of an array, from 0.
    Index(usize),
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(".")?;
            }
            match step {
                PathStep::Key(key) => f.write_str(key)?,
                PathStep::Index(index) => write!(f, "{index}")?,
            }
        }
        Ok(())
    }
}

/// The order of a place in the procedure: positions of section, question and entry.
pub(crate) fn position(procedure: &Procedure, path: &Path) -> Vec<usize> {
    let mut order = Vec::with_capacity(path.0.len() + 1);
    let Some(PathStep::Key(first)) = path.0.first() else {
        return order;
    };
    let Some((index, section)) = view::section_of(procedure, first) else {
        return order;
    };
    order.push(index);
    let mut items = section.items.as_slice();
    let rest = if section.repeat.is_some() { &path.0[1..] } else { &path.0 };
    for step in rest {
        match step {
            PathStep::Index(entry) => order.push(*entry),
            PathStep::Key(key) => {
                let question = items.iter().enumerate().find_map(|(position, item)| match item {
                    Item::Question(question) if question.key == *key => Some((position, question)),
                    _ => None,
                });
                let Some((position, question)) = question else {
                    return order;
                };
                order.push(position);
                if let Kind::Block { items: inner, .. } = &question.kind {
                    items = inner;
                }
            }
        }
    }
    order
}
