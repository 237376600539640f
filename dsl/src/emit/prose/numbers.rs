//! The numbers of pages, questions, conditions, values, rules, fees and end pages.

use std::collections::HashMap;

use crate::kind::{Choices, Kind};
use crate::model::{Condition, Item, Language, Procedure, Question, Ref, Repeat, Section, Step, Text};

/// What an answer's keys lead to.
#[derive(Clone, Copy)]
pub(crate) enum Named<'p> {
    /// A repeated section.
    Page(&'p Section),
    /// A question; it may be a building block, and repeated.
    Question(&'p Question),
}

impl<'p> Named<'p> {
    pub(super) fn repeat(self) -> Option<&'p Repeat> {
        match self {
            Self::Page(section) => section.repeat.as_ref(),
            Self::Question(question) => question.repeat.as_ref(),
        }
    }
}

/// Numbers by what they stand for.
pub(crate) struct Numbers<'p> {
    /// By JSON keys with dots between them, without entries.
    answers: HashMap<String, (String, Named<'p>)>,
    /// In the order of the procedure, each once.
    conditions: Vec<&'p Condition>,
    letters: Letters,
}

/// The letters before the numbers of what is no question.
#[derive(Clone, Copy)]
struct Letters {
    condition: char,
    value: char,
    rule: char,
    fee: char,
    responsible: char,
    end: char,
}

impl<'p> Numbers<'p> {
    pub(super) fn new(procedure: &'p Procedure, language: Language) -> Self {
        let letters = match language {
            Language::English => {
                Letters { condition: 'C', value: 'V', rule: 'R', fee: 'F', responsible: 'A', end: 'E' }
            }
            _ => Letters { condition: 'B', value: 'W', rule: 'R', fee: 'G', responsible: 'Z', end: 'E' },
        };
        let mut numbers = Self { answers: HashMap::new(), conditions: Vec::new(), letters };
        for (index, section) in procedure.sections.iter().enumerate() {
            let number = (index + 1).to_string();
            numbers.see(section.condition.as_ref());
            let mut way = Vec::new();
            if section.repeat.is_some() {
                way.push(section.key.as_str());
                numbers.answers.insert(way.join("."), (number.clone(), Named::Page(section)));
            }
            numbers.items(&section.items, &number, &mut way);
        }
        for computed in &procedure.computed {
            numbers.see(computed.condition.as_ref());
        }
        for rule in &procedure.rules {
            numbers.see(rule.condition.as_ref());
        }
        for page in &procedure.end_pages {
            numbers.see(page.stops.as_ref().map(|(condition, _)| condition));
        }
        for fee in &procedure.fees {
            numbers.see(fee.condition.as_ref());
        }
        numbers
    }

    fn items(&mut self, items: &'p [Item], around: &str, way: &mut Vec<&'p str>) {
        for (index, item) in items.iter().enumerate() {
            let number = format!("{around}.{}", index + 1);
            match item {
                Item::Paragraph(paragraph) => self.see(paragraph.condition.as_ref()),
                Item::Question(question) => {
                    self.see(question.condition.as_ref());
                    if let Kind::OneOf(Choices::Options(options))
                    | Kind::SeveralOf { choices: Choices::Options(options), .. } = &question.kind
                    {
                        options.iter().for_each(|option| self.see(option.condition.as_ref()));
                    }
                    way.push(&question.key);
                    self.answers.insert(way.join("."), (number.clone(), Named::Question(question)));
                    if let Kind::Block { items, .. } = &question.kind {
                        self.items(items, &number, way);
                    }
                    way.pop();
                }
            }
        }
    }

    fn see(&mut self, condition: Option<&'p Condition>) {
        if let Some(condition) = condition
            && !self.conditions.contains(&condition)
        {
            self.conditions.push(condition);
        }
    }

    /// The number of an answer or a repeat, and what stands there.
    pub(crate) fn answer(&self, steps: &[Step]) -> Option<(&str, Named<'p>)> {
        self.answers.get(&keys(steps)).map(|(number, named)| (number.as_str(), *named))
    }

    /// The words of the question with a number.
    pub(super) fn label(&self, number: &str) -> Option<&'p Text> {
        self.answers.values().find(|(own, _)| own == number).map(|(_, named)| match named {
            Named::Page(section) => &section.title,
            Named::Question(question) => &question.label,
        })
    }

    /// The question that a reference leads to.
    pub(crate) fn question(&self, reference: &Ref) -> Option<&'p Question> {
        match self.answer(&reference.steps)?.1 {
            Named::Question(question) => Some(question),
            Named::Page(_) => None,
        }
    }

    /// All conditions with their numbers.
    pub(super) fn conditions(&self) -> impl Iterator<Item = (String, &'p Condition)> {
        self.conditions
            .iter()
            .enumerate()
            .map(|(index, condition)| (self.name(self.letters.condition, index), *condition))
    }

    pub(crate) fn condition(&self, condition: &Condition) -> String {
        let index = self.conditions.iter().position(|one| *one == condition).unwrap_or_default();
        self.name(self.letters.condition, index)
    }

    pub(crate) fn value(&self, index: usize) -> String {
        self.name(self.letters.value, index)
    }

    pub(super) fn rule(&self, index: usize) -> String {
        self.name(self.letters.rule, index)
    }

    pub(super) fn fee(&self, index: usize) -> String {
        self.name(self.letters.fee, index)
    }

    pub(crate) fn responsible(&self, index: usize) -> String {
        self.name(self.letters.responsible, index)
    }

    pub(crate) fn end(&self, index: usize) -> String {
        self.name(self.letters.end, index)
    }

    fn name(&self, letter: char, index: usize) -> String {
        format!("{letter}{}", index + 1)
    }
}

fn keys(steps: &[Step]) -> String {
    let keys: Vec<&str> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Entry => None,
        })
        .collect();
    keys.join(".")
}
