//! The addresses of pages of questions.

use amtsweg_dsl::model::{Item, Section};

use super::case::{Case, Place};

/// What stands in an address behind the procedure: section, entry from 1, question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub section: String,
    pub entry: Option<usize>,
    pub question: Option<String>,
}

impl Parts {
    /// Reads `{section}/{part}/{question}`; `None`: no page can have this address.
    pub fn read(section: &str, part: Option<&str>, question: Option<&str>) -> Option<Self> {
        let mut parts = Self { section: section.to_owned(), entry: None, question: question.map(str::to_owned) };
        match part {
            None => {}
            Some(part) if part.bytes().all(|b| b.is_ascii_digit()) => {
                parts.entry = Some(part.parse::<usize>().ok()?.checked_sub(1)?);
            }
            Some(_) if question.is_some() => return None,
            Some(part) => parts.question = Some(part.to_owned()),
        }
        Some(parts)
    }

    /// The page; `None`: the procedure has none there.
    pub fn place(&self, case: &Case) -> Option<Place> {
        let index = case.procedure().sections.iter().position(|section| section.key == self.section)?;
        let section = case.procedure().sections.get(index)?;
        let entry = match &section.repeat {
            Some(repeat) if self.entry.is_some_and(|entry| entry >= repeat.max as usize) => {
                return None;
            }
            Some(_) => self.entry,
            None if self.entry.is_some() => return None,
            None => None,
        };
        let item = match &self.question {
            Some(key) if section.page_per_question => Some(item_of(section, key)?),
            Some(_) => return None,
            None => None,
        };
        Some(Place { section: index, entry, item })
    }
}

fn item_of(section: &Section, key: &str) -> Option<usize> {
    section.items.iter().position(|item| match item {
        Item::Question(question) => question.key == key,
        Item::Paragraph(paragraph) => paragraph.key == key,
    })
}

/// The address of a page behind the procedure's: `hunde/2`.
pub(crate) fn inner(case: &Case, place: Place) -> String {
    let Some(section) = case.section(place) else {
        return String::new();
    };
    let mut address = section.key.clone();
    if let Some(entry) = place.entry {
        address.push_str(&format!("/{}", entry + 1));
    }
    if let Some(item) = place.item.and_then(|item| section.items.get(item)) {
        address.push('/');
        address.push_str(match item {
            Item::Question(question) => &question.key,
            Item::Paragraph(paragraph) => &paragraph.key,
        });
    }
    address
}

/// The page on which an answer stands.
pub(crate) fn page_of(case: &Case, section: usize, name: &str) -> Option<Place> {
    let whole = case.procedure().sections.get(section)?;
    let (entry, key) = match &whole.repeat {
        None => (None, name.split('.').next()?),
        Some(_) => {
            let mut steps = name.split('.').skip(1);
            (steps.next().and_then(|index| index.parse().ok()), steps.next().unwrap_or_default())
        }
    };
    let item = if whole.page_per_question && !(whole.repeat.is_some() && entry.is_none()) {
        item_of(whole, key)
    } else {
        None
    };
    Some(Place { section, entry, item })
}
