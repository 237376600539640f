//! Answers as an author writes them in an example.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::names::Names;
use crate::check::answer_paths::{question_at, read, read_beyond};
use crate::check::things::written;
use crate::check::units::Unit;
use crate::check::world::World;
use crate::eval::{Path, PathStep};
use crate::kind::{Input, Kind, NumberLimits, Surroundings};
use crate::model::{Language, Procedure, Question};

/// Writes answers in the language of a file.
pub(super) struct Answers<'p> {
    pub world: &'p World<'p>,
    pub procedure: &'p Procedure,
    pub language: Language,
    pub names: &'p Names,
}

impl Answers<'_> {
    /// Whether an example can name an answer.
    pub fn can_be_written(&self, path: &Path, answer: &Json, today: Date) -> bool {
        question_at(self.procedure, path).is_some_and(|question| self.written(question, answer, today).is_some())
    }

    /// The answer behind the colon; `None` where an example cannot name it.
    pub fn written(&self, question: &Question, answer: &Json, today: Date) -> Option<String> {
        if question.repeat.is_some() {
            return None;
        }
        let reads_back = |text: &String| {
            let regions = self.world.regions;
            let right = |found| found == Ok(answer.clone());
            right(read(self.procedure, regions, question, text, today))
                || right(read_beyond(self.procedure, regions, question, text, today))
        };
        self.ways(question, answer, today).into_iter().find(reads_back)
    }

    /// Ways to write an answer, the best one first.
    fn ways(&self, question: &Question, answer: &Json, today: Date) -> Vec<String> {
        let english = self.language == Language::English;
        let around = Surroundings { lists: &self.procedure.lists, regions: self.world.regions, today };
        let shown = || question.kind.show(answer, self.language, around);
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        match &question.kind {
            Kind::File(_) | Kind::Block { .. } | Kind::Declaration => Vec::new(),
            Kind::YesNo => {
                let word = match (answer.as_bool(), english) {
                    (Some(true), true) => "yes",
                    (Some(true), false) => "Ja",
                    (_, true) => "no",
                    (_, false) => "Nein",
                };
                vec![word.to_owned()]
            }
            Kind::Whole(limits) | Kind::Decimal { limits, .. } => {
                number(answer).map(|number| self.with_unit(number, limits)).into_iter().collect()
            }
            Kind::Money(limits) => {
                let unit = Unit::read(&format!("€ {}", limits.unit.as_deref().unwrap_or_default()));
                let euros = number(answer).map(|cents| written(cents / Decimal::ONE_HUNDRED));
                euros.map(|euros| format!("{euros} {}", unit.written(self.language))).into_iter().collect()
            }
            Kind::OneOf(_) => {
                let key = answer.as_str().unwrap_or_default();
                vec![self.world.spelled(key), shown(), quoted(&shown())]
            }
            Kind::SeveralOf { .. } => {
                let keys = answer.as_array().map(Vec::as_slice).unwrap_or_default();
                let keys: Vec<String> =
                    keys.iter().filter_map(Json::as_str).map(|key| self.world.spelled(key)).collect();
                vec![keys.join(", ")]
            }
            Kind::Date(_) | Kind::BirthDate { .. } => match question.kind.input(answer, Language::German, around) {
                Input::Date { day, month, year } => {
                    let two = |part: String| if part.is_empty() { part } else { format!("{part:0>2}") };
                    let parts = [two(day), two(month), year];
                    vec![parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")]
                }
                _ => Vec::new(),
            },
            Kind::Municipality(_) => {
                let key = answer.as_str().unwrap_or_default();
                let name = self.world.regions.name(key).map(|name| name.into_owned()).unwrap_or_default();
                let plain = name.split(" (").next().unwrap_or_default().to_owned();
                vec![plain, name.clone(), quoted(&name), format!("ARS {key}")]
            }
            Kind::Digits(_) | Kind::Postcode | Kind::Iban | Kind::Month | Kind::Time | Kind::Country => {
                vec![shown(), plain(answer), quoted(&shown())]
            }
            _ => vec![quoted(&plain(answer)), shown()],
        }
    }

    fn with_unit(&self, number: Decimal, limits: &NumberLimits) -> String {
        let unit = limits.unit.as_deref().map_or_else(Unit::none, Unit::read);
        format!("{} {}", written(number), unit.written(self.language)).trim().to_owned()
    }

    /// The name of an answer without the numbers of entries.
    pub fn plain_place(&self, path: &Path) -> String {
        let keys =
            path.0.iter().filter_map(|step| if let PathStep::Key(key) = step { Some(key.as_str()) } else { None });
        self.names.along(keys).join(".")
    }

    /// The place of an answer as it stands before the colon: `hunde 2 person.geburtsdatum`.
    pub fn place(&self, path: &Path) -> String {
        let keys =
            path.0.iter().filter_map(|step| if let PathStep::Key(key) = step { Some(key.as_str()) } else { None });
        let mut names = self.names.along(keys).into_iter();
        let mut text = String::new();
        for step in &path.0 {
            match step {
                PathStep::Index(index) => text.push_str(&format!(" {} ", index + 1)),
                PathStep::Key(_) => {
                    if !text.is_empty() && !text.ends_with(' ') {
                        text.push('.');
                    }
                    text.push_str(&names.next().unwrap_or_default());
                }
            }
        }
        text.trim_end().to_owned()
    }
}

fn number(answer: &Json) -> Option<Decimal> {
    answer.as_number().and_then(crate::eval::value::decimal)
}

fn plain(answer: &Json) -> String {
    answer.as_str().map_or_else(|| answer.to_string(), str::to_owned)
}
