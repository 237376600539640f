//! Municipalities that follow from the postcode above them.

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::model::{Item, Kind, Procedure};
use serde_json::{Map, Value as Json};

use super::walk::postcode_places;

/// The municipalities that the answers ought to have: name of the field and its key; without a
/// key: what is there fits the postcode no longer.
pub(crate) fn places(
    evaluator: &Evaluator<'_>,
    procedure: &Procedure,
    answers: &Map<String, Json>,
) -> Vec<(String, Option<String>)> {
    let mut search = Search { evaluator, found: Vec::new() };
    for section in &procedure.sections {
        if section.repeat.is_none() {
            search.items(&section.items, Some(answers), "", &[], false);
            continue;
        }
        let list = answers.get(&section.key).and_then(Json::as_array);
        for (entry, here) in list.into_iter().flatten().enumerate() {
            let prefix = format!("{}.{entry}.", section.key);
            search.items(&section.items, here.as_object(), &prefix, &[entry], false);
        }
    }
    search.found
}

/// Whether there is a postcode that a municipality can follow from.
pub(crate) fn leads_on(procedure: &Procedure) -> bool {
    fn any(items: &[Item]) -> bool {
        items.iter().any(|item| match item {
            Item::Question(question) => match &question.kind {
                Kind::Block { items, .. } => any(items) || items.iter().any(is_municipality),
                _ => false,
            },
            Item::Paragraph(_) => false,
        })
    }
    procedure.sections.iter().any(|section| any(&section.items))
}

fn is_municipality(item: &Item) -> bool {
    matches!(item, Item::Question(question) if matches!(question.kind, Kind::Municipality(_)))
}

struct Search<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    found: Vec<(String, Option<String>)>,
}

impl Search<'_, '_> {
    fn items(
        &mut self,
        items: &[Item],
        here: Option<&Map<String, Json>>,
        prefix: &str,
        entries: &[usize],
        in_block: bool,
    ) {
        let mut postcode = None;
        for item in items {
            let Item::Question(question) = item else {
                continue;
            };
            let value = here.and_then(|object| object.get(&question.key));
            let name = || format!("{prefix}{}", question.key);
            match &question.kind {
                Kind::Block { items, .. } if question.repeat.is_some() => {
                    for (index, entry) in value.and_then(Json::as_array).into_iter().flatten().enumerate() {
                        let inside: Vec<usize> = entries.iter().copied().chain([index]).collect();
                        self.items(items, entry.as_object(), &format!("{}.{index}.", name()), &inside, true);
                    }
                }
                Kind::Block { items, .. } => {
                    self.items(items, value.and_then(Json::as_object), &format!("{}.", name()), entries, true);
                }
                Kind::Postcode => postcode = value.and_then(Json::as_str),
                Kind::Municipality(_) if in_block && postcode.is_some() => {
                    let asked = question.condition.as_ref();
                    if asked.is_none_or(|condition| self.evaluator.holds(condition, entries)) {
                        self.municipality(name(), postcode, value.and_then(Json::as_str));
                    }
                }
                _ => {}
            }
        }
    }

    fn municipality(&mut self, name: String, postcode: Option<&str>, now: Option<&str>) {
        let places = postcode_places(self.evaluator.surroundings().regions, postcode);
        match (places.as_slice(), now) {
            ([one], now) if now != Some(one) => self.found.push((name, Some(one.clone()))),
            ([_, _, ..], Some(now)) if !places.iter().any(|place| place == now) => self.found.push((name, None)),
            _ => {}
        }
    }
}
