//! The answers for people: what the check page, the mail to the authority and every other
//! document show, in the order of the procedure.

use amtsweg_dsl::eval::{Evaluation, Evaluator, Path, SectionState, Value, constant};
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::{Language, Procedure, Section, Text};
use amtsweg_dsl::region::Regions;
use jiff::civil::{Date, DateTime};
use serde_json::Value as Json;

use crate::journey::problems::path_of;
use crate::journey::walk::{Field, Node, Walker};
use crate::page::file::{file_name, files};
use crate::page::rich::filled;

/// All answers of a case, page by page.
#[derive(Debug, Clone)]
pub struct Record {
    /// The pages that are asked; a repeated section has one for each entry.
    pub pages: Vec<RecordPage>,
}

/// The answers of one page.
#[derive(Debug, Clone)]
pub struct RecordPage {
    /// The key of the section.
    pub section: String,
    /// The entry, from 0, of a repeated section.
    pub entry: Option<usize>,
    /// The heading: of an entry with its name, "Hund 2".
    pub title: String,
    /// The answers.
    pub rows: Vec<RecordRow>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// Where it stands in the JSON.
    pub path: Path,
    /// The question; inside a building block the block's question stands in `group`.
    pub label: String,
    /// The questions of the building blocks around it, outermost first, with the number of the
    /// entry where the block is repeated.
    pub group: Vec<String>,
    /// The answer as people read it; `None`: not given.
    pub value: Option<String>,
    /// Until when it may follow ("nachreichbar"), where it is not given yet.
    pub due: Option<Date>,
}

impl Record {
    /// The record of a case in a language: what the first person answers.
    #[must_use]
    pub fn new(
        procedure: &Procedure,
        evaluation: &Evaluation,
        language: Language,
        at: DateTime,
        regions: &Regions,
    ) -> Self {
        Self::made(procedure, evaluation, language, at, regions, false)
    }

    /// The record with what second persons answer as well: for the authority.
    #[must_use]
    pub fn whole(
        procedure: &Procedure,
        evaluation: &Evaluation,
        language: Language,
        at: DateTime,
        regions: &Regions,
    ) -> Self {
        Self::made(procedure, evaluation, language, at, regions, true)
    }

    fn made(
        procedure: &Procedure,
        evaluation: &Evaluation,
        language: Language,
        at: DateTime,
        regions: &Regions,
        second: bool,
    ) -> Self {
        let evaluator = Evaluator::new(procedure, &evaluation.answers, at, regions);
        let writer = Writer { evaluator: &evaluator, language, second };
        let mut pages = Vec::new();
        for (index, section) in procedure.sections.iter().enumerate() {
            if evaluation.sections.get(index).is_some_and(|state| *state != SectionState::NotAsked) {
                writer.section(section, evaluation, &mut pages);
            }
        }
        pages.retain(|page| !page.rows.is_empty());
        Self { pages }
    }
}

struct Writer<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    language: Language,
    second: bool,
}

impl<'a> Writer<'_, 'a> {
    fn section(&self, section: &'a Section, evaluation: &'a Evaluation, pages: &mut Vec<RecordPage>) {
        let walker = Walker { evaluator: self.evaluator, whole: true, second: self.second };
        let Some(repeat) = &section.repeat else {
            let nodes = walker.page(&section.items, Some(&evaluation.answers), "", &[]);
            pages.push(self.page(section, None, self.text(&section.title, &[]), &nodes));
            return;
        };
        let list = evaluation.answers.get(&section.key).and_then(Json::as_array);
        for (entry, answers) in list.into_iter().flatten().enumerate() {
            let prefix = format!("{}.{entry}.", section.key);
            let nodes = walker.page(&section.items, answers.as_object(), &prefix, &[entry]);
            let title = format!("{} {}", self.text(&repeat.each, &[]), entry + 1);
            pages.push(self.page(section, Some(entry), title, &nodes));
        }
    }

    fn page(&self, section: &Section, entry: Option<usize>, title: String, nodes: &[Node<'_>]) -> RecordPage {
        let mut rows = Vec::new();
        self.nodes(nodes, &[], &mut rows);
        RecordPage { section: section.key.clone(), entry, title, rows }
    }

    fn nodes(&self, nodes: &[Node<'_>], group: &[String], rows: &mut Vec<RecordRow>) {
        let inside = |label: String| {
            let mut group = group.to_vec();
            group.push(label);
            group
        };
        for node in nodes {
            match node {
                Node::Text { .. } => {}
                Node::Field(field) => rows.push(self.row(field, group)),
                Node::Group(block) => {
                    let label = self.text(&block.question.label, &block.entries);
                    self.nodes(&block.nodes, &inside(label), rows);
                }
                Node::List(list) => {
                    let each = self.text(&list.repeat.each, &list.entries);
                    for (index, nodes) in list.items.iter().enumerate() {
                        self.nodes(nodes, &inside(format!("{each} {}", index + 1)), rows);
                    }
                }
            }
        }
    }

    fn row(&self, field: &Field<'_>, group: &[String]) -> RecordRow {
        let kind = &field.question.kind;
        let value = field.value.map(|value| match kind {
            Kind::File(_) => files(Some(value)).into_iter().map(file_name).collect::<Vec<_>>().join(", "),
            _ => kind.show(value, self.language, self.evaluator.surroundings()),
        });
        let value = value.filter(|value| !value.is_empty());
        let may_follow = field.question.may_follow.as_ref().filter(|_| value.is_none());
        let due = match may_follow.and_then(|calc| constant(calc, self.evaluator.surroundings().today)) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        RecordRow {
            path: path_of(&field.name),
            label: self.text(&field.question.label, &field.entries),
            group: group.to_vec(),
            value,
            due,
        }
    }

    fn text(&self, text: &Text, entries: &[usize]) -> String {
        filled(text.get(self.language), &|text| self.evaluator.fill(text, self.language, entries)).into_owned()
    }
}
