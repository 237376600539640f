//! Questions by the names that their fields have.

use amtsweg_dsl::model::{Item, Kind, Procedure, Question, Ref, Section, Step};

/// The question that a name belongs to: `hunde.0.rufname`.
pub(crate) fn question<'a>(procedure: &'a Procedure, name: &str) -> Option<&'a Question> {
    let steps: Vec<&str> = name.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
    by_keys(procedure, &steps)
}

/// The question that a reference names.
pub(crate) fn question_at<'a>(procedure: &'a Procedure, what: &Ref) -> Option<&'a Question> {
    let keys: Vec<&str> = what
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Entry => None,
        })
        .collect();
    by_keys(procedure, &keys)
}

/// The repeated section with this key.
pub(crate) fn repeated<'a>(procedure: &'a Procedure, key: &str) -> Option<&'a Section> {
    procedure.sections.iter().map(|section| &**section).find(|section| section.repeat.is_some() && section.key == key)
}

fn by_keys<'a>(procedure: &'a Procedure, keys: &[&str]) -> Option<&'a Question> {
    let (first, rest) = keys.split_first()?;
    if let Some(section) = repeated(procedure, first) {
        return among(&section.items, rest);
    }
    let sections = procedure.sections.iter().filter(|section| section.repeat.is_none());
    sections.into_iter().find_map(|section| among(&section.items, keys))
}

fn among<'a>(items: &'a [Item], keys: &[&str]) -> Option<&'a Question> {
    let (first, rest) = keys.split_first()?;
    let found = items.iter().find_map(|item| match item {
        Item::Question(question) if question.key == *first => Some(question.as_ref()),
        _ => None,
    })?;
    match (&found.kind, rest) {
        (_, []) => Some(found),
        (Kind::Block { items, .. }, rest) => among(items, rest),
        _ => None,
    }
}
