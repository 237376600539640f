//! Everything that has an answer, by its place: questions, blocks, repeats.

use crate::kind::Kind;
use crate::model::{AnswerPath, Item, Procedure, Question, Section};

/// A question or a repeated section.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node<'p> {
    Question(&'p Question),
    Repeat(&'p Section),
}

impl Node<'_> {
    /// Whether a submission must have an answer here, as far as it is asked.
    pub fn required(self) -> bool {
        match self {
            Self::Question(question) => {
                let none = question.repeat.as_ref().is_some_and(|repeat| repeat.min == 0);
                !question.optional && question.may_follow.is_none() && !none
            }
            Self::Repeat(section) => section.repeat.as_ref().is_some_and(|repeat| repeat.min > 0),
        }
    }

    /// Whether it holds further answers.
    pub fn holds_others(self) -> bool {
        match self {
            Self::Question(question) => matches!(question.kind, Kind::Block { .. }),
            Self::Repeat(_) => true,
        }
    }
}

/// All places in the order of the file, outer ones before those inside them.
pub(crate) fn nodes(procedure: &Procedure) -> Vec<(AnswerPath, Node<'_>)> {
    let mut all = Vec::new();
    for section in &procedure.sections {
        let mut prefix = Vec::new();
        if section.repeat.is_some() {
            prefix.push(section.key.clone());
            all.push((prefix.clone(), Node::Repeat(section)));
        }
        walk(&section.items, &prefix, &mut all);
    }
    all
}

fn walk<'p>(items: &'p [Item], prefix: &AnswerPath, all: &mut Vec<(AnswerPath, Node<'p>)>) {
    for item in items {
        let Item::Question(question) = item else { continue };
        let mut path = prefix.clone();
        path.push(question.key.clone());
        all.push((path.clone(), Node::Question(question)));
        if let Kind::Block { items, .. } = &question.kind {
            walk(items, &path, all);
        }
    }
}
