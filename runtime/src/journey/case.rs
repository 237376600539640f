//! A case in the making: an edition, the answers so far, and which page comes next.

use std::collections::BTreeSet;
use std::sync::Arc;

use amtsweg_dsl::eval::{Evaluation, Evaluator, Outcome, SectionState, evaluate};
use amtsweg_dsl::model::{Procedure, Section};
use amtsweg_dsl::region::Regions;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::path;
use super::walk::{self, Node, Walker};
use crate::library::Edition;
use crate::release::person;

/// What a draft holds, sealed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// The answers, also to questions that are not asked at the moment.
    pub answers: Map<String, Json>,
    /// The names of the questions that were on a page that was sent, and the pages without
    /// questions: `#hunde`. An optional question is only skipped by somebody who saw it.
    pub seen: BTreeSet<String>,
    /// The newer version that the visitor decided not to follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stays_before: Option<String>,
}

/// A page of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The index of the section.
    pub section: usize,
    /// The entry of a repeated section; without: the list of its entries.
    pub entry: Option<usize>,
    /// The index of the item, where every question has a page of its own.
    pub item: Option<usize>,
}

/// Answers and what the procedure makes of them.
pub(crate) struct Case {
    pub edition: Arc<Edition>,
    pub evaluation: Evaluation,
    pub seen: BTreeSet<String>,
    pub at: DateTime,
    pub regions: &'static Regions,
}

impl Case {
    pub fn new(edition: Arc<Edition>, content: &Content, at: DateTime, regions: &'static Regions) -> Self {
        let evaluation = evaluate(&edition.procedure, &content.answers, at, regions);
        Self { edition, evaluation, seen: content.seen.clone(), at, regions }
    }

    pub fn procedure(&self) -> &Procedure {
        &self.edition.procedure
    }

    pub fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.edition.procedure, &self.evaluation.answers, self.at, self.regions)
    }

    pub fn section(&self, place: Place) -> Option<&Section> {
        self.procedure().sections.get(place.section).map(|section| &**section)
    }

    pub fn is_asked(&self, section: usize) -> bool {
        let theirs = self.procedure().sections.get(section).is_some_and(|section| person::is_theirs(section));
        !theirs && self.evaluation.sections.get(section).is_some_and(|state| *state != SectionState::NotAsked)
    }

    /// How many entries a repeated section has.
    pub fn entries(&self, section: &Section) -> usize {
        self.evaluation.answers.get(&section.key).and_then(Json::as_array).map_or(0, Vec::len)
    }

    /// What stands on a page.
    pub fn nodes(&self, place: Place) -> Vec<Node<'_>> {
        let Some(section) = self.section(place) else {
            return Vec::new();
        };
        let items = match place.item {
            Some(item) => section.items.get(item..=item).unwrap_or_default(),
            None => section.items.as_slice(),
        };
        let evaluator = self.evaluator();
        let walker = Walker { evaluator: &evaluator, whole: false, second: false };
        let answers = &self.evaluation.answers;
        match (&section.repeat, place.entry) {
            (None, _) => walker.page(items, Some(answers), "", &[]),
            (Some(_), None) => Vec::new(),
            (Some(_), Some(entry)) => {
                let list = answers.get(&section.key).and_then(Json::as_array);
                let here = list.and_then(|list| list.get(entry)).and_then(Json::as_object);
                walker.page(items, here, &format!("{}.{entry}.", section.key), &[entry])
            }
        }
    }

    /// The pages of a section, or of an entry of it, that are asked.
    pub fn pages(&self, index: usize, entry: Option<usize>) -> Vec<Place> {
        let whole = Place { section: index, entry, item: None };
        let Some(section) = self.section(whole) else {
            return Vec::new();
        };
        let listed = section.repeat.is_some() && entry.is_none();
        if !section.page_per_question || listed {
            return vec![whole];
        }
        (0..section.items.len())
            .map(|item| Place { item: Some(item), ..whole })
            .filter(|place| !self.nodes(*place).is_empty())
            .collect()
    }

    /// Whether something on a page is missing, wrong or has not been seen yet.
    pub fn is_open(&self, place: Place) -> bool {
        let Some(section) = self.section(place) else {
            return false;
        };
        let nodes = self.nodes(place);
        let fields = walk::fields(&nodes);
        // A warning that comes of an answer is read before it goes on.
        if walk::conditional_texts(&nodes).iter().any(|name| !self.seen.contains(*name)) {
            return true;
        }
        if fields.is_empty() {
            return !self.seen.contains(&self.page_name(place)) || self.has_problem(place, section, &nodes);
        }
        fields.iter().any(|field| !self.seen.contains(&field.name)) || self.has_problem(place, section, &nodes)
    }

    /// What has come to a page since it was sent: the ids of texts and the names of fields that nobody has seen yet.
    pub fn new_on<'n>(&self, nodes: &'n [Node<'_>]) -> (Vec<&'n str>, Vec<&'n walk::Field<'n>>) {
        let fields = walk::fields(nodes);
        if !fields.iter().any(|field| self.seen.contains(&field.name)) {
            return (Vec::new(), Vec::new());
        }
        let unseen = |name: &str| !self.seen.contains(name);
        let texts = walk::conditional_texts(nodes).into_iter().filter(|name| unseen(name)).collect();
        (texts, fields.into_iter().filter(|field| unseen(&field.name)).collect())
    }

    fn has_problem(&self, place: Place, section: &Section, nodes: &[Node<'_>]) -> bool {
        let names: Vec<String> = self.problems_of(place.section).map(|problem| path::name(&problem.path)).collect();
        names.iter().any(|name| match (&section.repeat, place.entry) {
            (Some(_), None) => *name == section.key,
            (Some(_), Some(entry)) => {
                path::lies_in(name, &format!("{}.{entry}", section.key)) && belongs(name, nodes, place)
            }
            (None, _) => belongs(name, nodes, place),
        })
    }

    fn problems_of(&self, section: usize) -> impl Iterator<Item = &amtsweg_dsl::eval::Problem> {
        self.evaluation.problems.iter().filter(move |problem| problem.section == section && !problem.warning)
    }

    /// What stands in `seen` for a page that has no questions.
    pub fn page_name(&self, place: Place) -> String {
        let key = self.section(place).map_or("", |section| section.key.as_str());
        match (place.entry, place.item) {
            (None, None) => format!("#{key}"),
            (entry, item) => format!("#{key}.{}.{}", entry.map_or(0, |e| e + 1), item.map_or(0, |i| i + 1)),
        }
    }

    /// The first page that is open; `None`: everything is there.
    pub fn first_open(&self) -> Option<Place> {
        self.first_open_before(self.procedure().sections.len())
    }

    /// The first page that is open in the sections before this one.
    pub fn first_open_before(&self, section: usize) -> Option<Place> {
        (0..section).find_map(|section| self.first_open_in(section))
    }

    fn first_open_in(&self, index: usize) -> Option<Place> {
        if !self.is_asked(index) {
            return None;
        }
        let list = Place { section: index, entry: None, item: None };
        let section = self.section(list)?;
        let Some(repeat) = &section.repeat else {
            return self.open_or_first(index, None);
        };
        let entries = self.entries(section);
        if entries == 0 && repeat.min > 0 {
            return self.pages(index, Some(0)).first().copied();
        }
        (0..entries)
            .find_map(|entry| self.pages(index, Some(entry)).into_iter().find(|place| self.is_open(*place)))
            .or_else(|| self.is_open(list).then_some(list))
    }

    /// The first open page of a section; where the section has a problem that stands on none of
    /// its pages, the first one.
    fn open_or_first(&self, index: usize, entry: Option<usize>) -> Option<Place> {
        let pages = self.pages(index, entry);
        pages.iter().copied().find(|place| self.is_open(*place)).or_else(|| {
            let open = self.evaluation.sections.get(index) == Some(&SectionState::Open);
            pages.first().copied().filter(|_| open)
        })
    }

    /// Where to go after a page was sent without errors; `None`: to the check page.
    pub fn after(&self, place: Place) -> Option<Place> {
        let Some(entry) = place.entry else {
            return self.first_open();
        };
        let open = self.pages(place.section, Some(entry)).into_iter().find(|page| self.is_open(*page));
        open.or(Some(Place { entry: None, item: None, ..place }))
    }

    /// The page before; `None`: the start page.
    pub fn before(&self, place: Place) -> Option<Place> {
        if let Some(entry) = place.entry {
            let pages = self.pages(place.section, Some(entry));
            let position = pages.iter().position(|page| *page == place).unwrap_or(0);
            if position > 0 {
                return pages.get(position - 1).copied();
            }
            let list = Place { entry: None, item: None, ..place };
            let entries = self.section(place).map_or(0, |section| self.entries(section));
            if entries > 0 || self.section(place).and_then(|s| s.repeat.as_ref()).is_some_and(|r| r.min == 0) {
                return Some(list);
            }
        } else {
            let pages = self.pages(place.section, None);
            let position = pages.iter().position(|page| *page == place).unwrap_or(0);
            if position > 0 {
                return pages.get(position - 1).copied();
            }
        }
        (0..place.section).rev().filter(|section| self.is_asked(*section)).find_map(|section| {
            let last = self.pages(section, None);
            last.last().copied()
        })
    }

    /// The last page that is asked.
    pub fn last(&self) -> Option<Place> {
        self.before(Place { section: self.procedure().sections.len(), entry: None, item: None })
    }

    /// The end page that the answers lead to, by its index.
    pub fn end_page(&self) -> Option<&amtsweg_dsl::model::EndPage> {
        match &self.evaluation.outcome {
            Outcome::EndPage { name, .. } => {
                self.procedure().end_pages.iter().map(|page| &**page).find(|page| page.name == *name)
            }
            Outcome::Authority(_) | Outcome::Open => None,
        }
    }
}

/// Whether a problem stands on a page: at one of its questions, or, on the page of a whole
/// section, anywhere.
fn belongs(name: &str, nodes: &[Node<'_>], place: Place) -> bool {
    place.item.is_none()
        || nodes.iter().any(|node| match node {
            Node::Text { .. } => false,
            Node::Field(field) => path::lies_in(name, &field.name),
            Node::Group(group) => path::lies_in(name, &group.name),
            Node::List(list) => path::lies_in(name, &list.name),
        })
}
