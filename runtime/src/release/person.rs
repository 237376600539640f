//! Second persons of a case: who is asked what, from the procedure and the answers.

use amtsweg_dsl::eval::{Evaluation, Evaluator, SectionState};
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::{Item, Procedure, Ref, SecondPerson, Section, Step};
use serde_json::{Map, Value as Json};

use super::Asked;
use crate::journey::case::Case;
use crate::journey::path;
use crate::journey::walk::{Node, Walker};

/// A person who is asked, and where to reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Their e-mail address.
    pub address: String,
    /// What they are asked.
    pub asked: Asked,
}

/// What a second person is asked of one section.
pub(crate) struct Part<'a> {
    /// The index of the section.
    pub section: usize,
    /// The entry of a repeated section.
    pub entry: Option<usize>,
    /// Their questions.
    pub nodes: Vec<Node<'a>>,
}

/// Whether a section is answered by second persons as a whole: the first person never sees it.
pub(crate) fn is_theirs(section: &Section) -> bool {
    let mut questions = section.items.iter().filter_map(|item| match item {
        Item::Question(question) => Some(question),
        Item::Paragraph(_) => None,
    });
    let mut some = false;
    let all = questions.all(|question| {
        some = true;
        question.answered_by.is_some()
    });
    some && all
}

/// Whether somebody else answers something of a procedure.
pub(crate) fn has_second(procedure: &Procedure) -> bool {
    fn within(items: &[Item]) -> bool {
        items.iter().any(|item| match item {
            Item::Question(question) => {
                question.answered_by.is_some() || matches!(&question.kind, Kind::Block { items, .. } if within(items))
            }
            Item::Paragraph(_) => false,
        })
    }
    procedure.sections.iter().any(|section| within(&section.items))
}

/// The persons who are asked about a case, in the order of the procedure. Questions of one entry
/// with the same `beantwortet von:`, `sieht:` and `wartet:` are one person's.
pub(crate) fn persons(procedure: &Procedure, evaluation: &Evaluation, evaluator: &Evaluator<'_>) -> Vec<Person> {
    let mut found = Finder { evaluator, answers: &evaluation.answers, persons: Vec::new() };
    for (section, state) in procedure.sections.iter().zip(&evaluation.sections) {
        if *state == SectionState::NotAsked {
            continue;
        }
        match &section.repeat {
            None => found.items(&section.items, "", &[]),
            Some(_) => found.entries(&section.key, &section.items, &[]),
        }
    }
    found.persons.into_iter().map(|(_, person)| person).collect()
}

struct Finder<'f, 'a> {
    evaluator: &'f Evaluator<'a>,
    answers: &'f Map<String, Json>,
    persons: Vec<(SecondPerson, Person)>,
}

impl Finder<'_, '_> {
    fn items(&mut self, items: &[Item], prefix: &str, entries: &[usize]) {
        for item in items {
            let Item::Question(question) = item else { continue };
            if question.condition.as_ref().is_some_and(|condition| !self.evaluator.holds(condition, entries)) {
                // Another answer of the same person may still bring it up: it is theirs all the same.
                if question.answered_by.is_none() {
                    continue;
                }
            }
            let name = format!("{prefix}{}", question.key);
            if let Some(second) = &question.answered_by {
                self.asked(second, name, entries);
                continue;
            }
            if let Kind::Block { items, .. } = &question.kind {
                match &question.repeat {
                    Some(_) => self.entries(&name, items, entries),
                    None => self.items(items, &format!("{name}."), entries),
                }
            }
        }
    }

    fn entries(&mut self, name: &str, items: &[Item], around: &[usize]) {
        let count = path::get(self.answers, name).and_then(Json::as_array).map_or(0, Vec::len);
        for index in 0..count {
            let entries: Vec<usize> = around.iter().copied().chain([index]).collect();
            self.items(items, &format!("{name}.{index}."), &entries);
        }
    }

    fn asked(&mut self, second: &SecondPerson, question: String, entries: &[usize]) {
        let known = self.persons.iter_mut().find(|(other, person)| other == second && person.asked.entries == entries);
        if let Some((_, person)) = known {
            person.asked.questions.push(question);
            return;
        }
        // The compiler has seen to it that the address is there wherever the question is asked.
        let address = name_of(&second.by, entries).and_then(|name| path::get(self.answers, &name));
        let Some(address) = address.and_then(Json::as_str).map(str::to_owned) else {
            return;
        };
        let sees = second.sees.iter().filter_map(|seen| name_of(seen, entries)).collect();
        let asked = Asked {
            questions: vec![question],
            entries: entries.to_vec(),
            sees,
            then: second.waits.then,
            amount: second.waits.amount,
            unit: second.waits.unit,
        };
        self.persons.push((second.clone(), Person { address, asked }));
    }
}

/// The name of an answer, seen from inside some entries.
fn name_of(reference: &Ref, entries: &[usize]) -> Option<String> {
    let mut left = entries.iter();
    let mut name = String::new();
    for step in &reference.steps {
        if !name.is_empty() {
            name.push('.');
        }
        match step {
            Step::Key(key) => name.push_str(key),
            Step::Entry => name.push_str(&left.next()?.to_string()),
        }
    }
    Some(name)
}

/// The names of answers that a second person would give, and the first one gives in their place.
pub(crate) fn given_early(procedure: &Procedure, answers: &Map<String, Json>) -> Vec<String> {
    fn within(items: &[Item], here: &Map<String, Json>, prefix: &str, found: &mut Vec<String>) {
        for item in items {
            let Item::Question(question) = item else { continue };
            let (name, value) = (format!("{prefix}{}", question.key), here.get(&question.key));
            match (&question.answered_by, &question.kind, value) {
                (Some(_), _, Some(_)) => found.push(name),
                (None, Kind::Block { items, .. }, Some(Json::Object(object))) => {
                    within(items, object, &format!("{name}."), found);
                }
                (None, Kind::Block { items, .. }, Some(Json::Array(array))) => list(items, array, &name, found),
                _ => {}
            }
        }
    }
    fn list(items: &[Item], array: &[Json], name: &str, found: &mut Vec<String>) {
        for (index, entry) in array.iter().enumerate() {
            if let Json::Object(object) = entry {
                within(items, object, &format!("{name}.{index}."), found);
            }
        }
    }
    let mut found = Vec::new();
    for section in &procedure.sections {
        match (&section.repeat, answers.get(&section.key)) {
            (None, _) => within(&section.items, answers, "", &mut found),
            (Some(_), Some(Json::Array(array))) => list(&section.items, array, &section.key, &mut found),
            (Some(_), _) => {}
        }
    }
    found
}

/// The questions of a second person, section by section.
pub(crate) fn parts<'a>(case: &'a Case, asked: &Asked) -> Vec<Part<'a>> {
    let evaluator = case.evaluator();
    let walker = Walker { evaluator: &evaluator, whole: false, second: true };
    let answers = &case.evaluation.answers;
    let mut parts = Vec::new();
    for (index, section) in case.procedure().sections.iter().enumerate() {
        if case.evaluation.sections.get(index).is_none_or(|state| *state == SectionState::NotAsked) {
            continue;
        }
        let (nodes, entry) = match (&section.repeat, asked.entries.first()) {
            (None, _) => (walker.page(&section.items, Some(answers), "", &[]), None),
            (Some(_), Some(entry)) => {
                let list = answers.get(&section.key).and_then(Json::as_array);
                let here = list.and_then(|list| list.get(*entry)).and_then(Json::as_object);
                (walker.page(&section.items, here, &format!("{}.{entry}.", section.key), &[*entry]), Some(*entry))
            }
            (Some(_), None) => continue,
        };
        let mut own = Vec::new();
        keep(nodes, &asked.questions, is_theirs(section), &mut own);
        if own.iter().any(|node| !matches!(node, Node::Text { .. })) {
            parts.push(Part { section: index, entry, nodes: own });
        }
    }
    parts
}

/// Of the things on a page those that a person is asked; texts only where all of it is theirs.
fn keep<'a>(nodes: Vec<Node<'a>>, questions: &[String], theirs: bool, own: &mut Vec<Node<'a>>) {
    for node in nodes {
        let is_own = |name: &str| questions.iter().any(|question| question == name);
        match node {
            Node::Text { .. } if theirs => own.push(node),
            Node::Text { .. } => {}
            Node::Field(field) if is_own(&field.name) => own.push(Node::Field(field)),
            Node::Field(_) => {}
            Node::Group(group) if is_own(&group.name) => own.push(Node::Group(group)),
            Node::Group(group) => keep(group.nodes, questions, false, own),
            Node::List(list) => list.items.into_iter().for_each(|item| keep(item, questions, false, own)),
        }
    }
}
