//! What keys stand for in a procedure.

use crate::kind::Kind;
use crate::model::{Item, Procedure, Question, Section};

/// What stands at the end of a [`Ref`] in the procedure.
#[derive(Clone, Copy)]
pub(crate) enum Place<'v> {
    /// A repeated section or question.
    List { items: &'v [Item] },
    /// One entry of it.
    Entry { items: &'v [Item] },
    /// A question that is not repeated.
    Question(&'v Question),
}

/// What a key at the top of the answers stands for.
pub(crate) fn top<'v>(procedure: &'v Procedure, key: &str) -> Option<Place<'v>> {
    procedure.sections.iter().find_map(|section| match &section.repeat {
        Some(_) => (section.key == key).then_some(Place::List { items: &section.items }),
        None => within(&section.items, key),
    })
}

/// The section that a key at the top of the answers belongs to.
pub(crate) fn section_of<'v>(procedure: &'v Procedure, key: &str) -> Option<(usize, &'v Section)> {
    procedure.sections.iter().map(|section| &**section).enumerate().find(|(_, section)| {
        if section.repeat.is_some() { section.key == key } else { question(&section.items, key).is_some() }
    })
}

/// What a key stands for among the questions of a section, an entry or a block.
pub(crate) fn within<'v>(items: &'v [Item], key: &str) -> Option<Place<'v>> {
    let question = question(items, key)?;
    Some(match (&question.kind, &question.repeat) {
        (Kind::Block { items, .. }, Some(_)) => Place::List { items },
        _ => Place::Question(question),
    })
}

/// The question with a key.
pub(crate) fn question<'v>(items: &'v [Item], key: &str) -> Option<&'v Question> {
    items.iter().find_map(|item| match item {
        Item::Question(question) if question.key == key => Some(question.as_ref()),
        _ => None,
    })
}

/// Whether the answer is an object of further questions.
pub(crate) fn is_block(kind: &Kind) -> bool {
    matches!(kind, Kind::Block { .. })
}
