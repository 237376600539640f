//! Valid answers for everything that an example does not name: always the same ones.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value as Json, json};

use super::answer_paths::{all_names, collect, get, grow, put, question_at};
use crate::eval::{Evaluation, Evaluator, Path, PathStep, Problem, Value, evaluate};
use crate::kind::{Choices, FileKind, Kind, State};
use crate::model::{Procedure, Question, Set, Values};
use crate::region::Regions;
use crate::syntax::Span;

/// How often gaps are filled and rules tried again.
const ROUNDS: usize = 1_000;

/// Fills the gaps of an example.
pub(super) struct Filler<'a> {
    procedure: &'a Procedure,
    regions: &'a Regions,
    at: DateTime,
    named: HashSet<Path>,
    /// The number of each question, by its path without entries.
    numbers: HashMap<String, usize>,
    rounds: usize,
}

impl<'a> Filler<'a> {
    pub fn new(procedure: &'a Procedure, regions: &'a Regions, at: DateTime, named: &[(Path, Span)]) -> Self {
        Self {
            procedure,
            regions,
            at,
            named: named.iter().map(|(path, _)| path.clone()).collect(),
            numbers: all_names(procedure).into_iter().enumerate().map(|(number, name)| (name, number)).collect(),
            rounds: ROUNDS,
        }
    }

    /// Gives up sooner: for one who has other answers to try.
    pub fn within(self, rounds: usize) -> Self {
        Self { rounds, ..self }
    }

    /// Whole answers, and what comes of them; `expected` says which problems may stay.
    pub fn fill(
        &self,
        mut answers: Map<String, Json>,
        expected: impl Fn(&Problem) -> bool,
    ) -> (Map<String, Json>, Evaluation) {
        let mut tries: std::collections::BTreeMap<Path, usize> = std::collections::BTreeMap::new();
        let mut evaluation = evaluate(self.procedure, &answers, self.at, self.regions);
        for _ in 0..self.rounds {
            let open: Vec<Problem> =
                evaluation.problems.iter().filter(|problem| !problem.warning && !expected(problem)).cloned().collect();
            let gaps: Vec<&Problem> = open.iter().filter(|problem| self.is_gap(problem)).collect();
            if gaps.is_empty() {
                // No gap is left: another answer at the question where a rule speaks, or before it.
                let Some(problem) = open.first() else { break };
                let Some(path) = self.movable(problem, &answers, &tries) else {
                    break;
                };
                let count = tries.entry(path.clone()).or_insert(0);
                *count += 1;
                let number = *count;
                let Some(question) = question_at(self.procedure, &path) else {
                    break;
                };
                put(&mut answers, &path, self.sample(question, &path, number));
            } else {
                for problem in gaps {
                    let number = tries.get(&problem.path).copied().unwrap_or(0);
                    if let Some(question) = question_at(self.procedure, &problem.path) {
                        put(&mut answers, &problem.path, self.sample(question, &problem.path, number));
                        if problem.state != State::Empty {
                            *tries.entry(problem.path.clone()).or_insert(0) += 1;
                        }
                    } else if let State::TooFewEntries(least) = problem.state {
                        grow(&mut answers, &problem.path, least as usize);
                    }
                }
            }
            evaluation = evaluate(self.procedure, &answers, self.at, self.regions);
        }
        (answers, evaluation)
    }

    fn is_gap(&self, problem: &Problem) -> bool {
        let named = self.named.contains(&problem.path);
        match problem.state {
            State::Empty | State::TooFewEntries(_) | State::TooFewFiles => true,
            State::NotAChoice | State::TooEarly(_) | State::TooLate(_) => !named,
            _ => false,
        }
    }

    /// The question whose answer is changed to satisfy a rule: where it speaks, if it was filled.
    fn movable(
        &self,
        problem: &Problem,
        answers: &Map<String, Json>,
        tries: &std::collections::BTreeMap<Path, usize>,
    ) -> Option<Path> {
        let free = |path: &Path| {
            !self.named.contains(path)
                && tries.get(path).copied().unwrap_or(0) < 12
                && question_at(self.procedure, path).is_some()
        };
        if free(&problem.path) && get(answers, &problem.path).is_some() {
            return Some(problem.path.clone());
        }
        let mut leaves = Vec::new();
        let mut top = Path(Vec::new());
        collect(&Json::Object(answers.clone()), &mut top, &mut leaves);
        let near = problem.path.0.split_last().map(|(_, around)| around.to_vec()).unwrap_or_default();
        leaves.into_iter().rev().find(|path| path.0.starts_with(&near) && free(path))
    }

    /// A valid answer; `number` 0 is the first choice, others are tried when rules refuse it.
    pub fn sample(&self, question: &Question, path: &Path, number: usize) -> Json {
        let count = self.position(path) + number;
        let today = self.at.date();
        if question.repeat.is_some() {
            return json!([{}]);
        }
        match &question.kind {
            Kind::Text(limits) | Kind::LongText(limits) => {
                Json::from(sized(&format!("Muster {}", count + 1), limits.min, limits.max))
            }
            Kind::Digits(limits) => {
                let length = limits.min.or(limits.max).unwrap_or(4) as usize;
                let digits = format!("{:0length$}", count + 1);
                Json::from(digits.get(digits.len() - length..).unwrap_or(&digits).to_owned())
            }
            Kind::Whole(limits) => whole(limits, number),
            Kind::Decimal { limits, .. } => whole(limits, number),
            Kind::Money(limits) => match limits.min {
                Some(_) => whole(limits, number),
                None => json!(100),
            },
            Kind::Date(limits) => self.date(limits, today, number),
            Kind::BirthDate { limits, .. } => self.date(limits, Date::constant(1980, 1, 1), number),
            Kind::Month => json!(format!("{:04}-{:02}", today.year(), today.month())),
            Kind::Time => json!("12:00"),
            Kind::YesNo => json!(number % 2 == 1),
            Kind::Declaration => json!(true),
            Kind::OneOf(choices) => Json::from(self.choice(choices, number)),
            Kind::SeveralOf { choices, .. } => {
                let alone = match choices {
                    Choices::Options(options) if number == 0 => {
                        options.iter().find(|o| o.excludes_others).map(|o| o.key.clone())
                    }
                    _ => None,
                };
                json!([alone.unwrap_or_else(|| self.choice(choices, number))])
            }
            Kind::File(limits) => {
                let (name, media_type) = match limits.kinds.first() {
                    Some(FileKind::Jpeg) => ("muster.jpg", "image/jpeg"),
                    Some(FileKind::Png) => ("muster.png", "image/png"),
                    _ => ("muster.pdf", "application/pdf"),
                };
                let file = json!({
                    "name": name, "media_type": media_type, "size": 1000,
                    "sha256": "0".repeat(64), "id": format!("00000000-0000-4000-8000-{:012}", count + 1),
                });
                if limits.max_count > 1 { Json::Array(vec![file; limits.min_count as usize]) } else { file }
            }
            Kind::Email => json!(format!("muster{}@example.org", count + 1)),
            Kind::Phone => json!("+49 40 535950"),
            Kind::Postcode => {
                let town = self.town(None);
                Json::from(self.regions.postcodes_of(&town).first().cloned().unwrap_or_else(|| "22846".to_owned()))
            }
            Kind::Municipality(set) => Json::from(self.town(set.as_ref())),
            Kind::Country => json!("DE"),
            Kind::GivenName => json!("Erika"),
            Kind::FamilyName => json!("Mustermann"),
            Kind::FullName => json!("Erika Mustermann"),
            Kind::Organisation => json!("Muster e. V."),
            Kind::Street => json!("Musterstraße"),
            Kind::HouseNumber => json!("1"),
            Kind::Place => json!("Musterstadt"),
            Kind::Iban => json!("DE89370400440532013000"),
            Kind::TaxNumber => json!("86095742719"),
            Kind::NumberPlate => json!(format!("SE-AB {}", count % 9_000 + 1)),
            Kind::Block { .. } => json!({}),
        }
    }

    /// Another number for each question and entry.
    fn position(&self, path: &Path) -> usize {
        let plain: Vec<&str> =
            path.0.iter().filter_map(|s| if let PathStep::Key(k) = s { Some(k.as_str()) } else { None }).collect();
        let place = self.numbers.get(&plain.join(".")).copied().unwrap_or(0);
        let entries = path.0.iter().fold(0, |sum, step| if let PathStep::Index(i) = step { sum * 50 + i } else { sum });
        place + entries * 1_000
    }

    fn choice(&self, choices: &Choices, number: usize) -> String {
        let keys: Vec<String> = match choices {
            Choices::Options(options) => options.iter().map(|option| option.key.clone()).collect(),
            Choices::List { name, only } => self
                .procedure
                .lists
                .get(name)
                .map(|list| list.values.as_slice())
                .unwrap_or_default()
                .iter()
                .filter(|value| match only {
                    Some(Set { values: Values::Keys(keys), .. }) => keys.contains(&value.key),
                    _ => true,
                })
                .map(|value| value.key.clone())
                .collect(),
        };
        keys.get(number % keys.len().max(1)).cloned().unwrap_or_default()
    }

    fn date(&self, limits: &crate::kind::DateLimits, wanted: Date, number: usize) -> Json {
        let answers = Map::new();
        let evaluator = Evaluator::new(self.procedure, &answers, self.at, self.regions);
        let end = |calc: &Option<crate::model::Calc>| match calc.as_ref().and_then(|calc| evaluator.value(calc, &[])) {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        };
        let (from, to) = (end(&limits.from), end(&limits.to));
        let moved = match number {
            0 => Some(wanted),
            1 => from,
            2 => to,
            3 => wanted.checked_sub(1.year()).ok(),
            4 => wanted.checked_sub(30.days()).ok(),
            5 => wanted.checked_sub(3.years()).ok(),
            6 => wanted.checked_add(14.days()).ok(),
            7 => wanted.checked_add(1.month()).ok(),
            8 => wanted.checked_add(1.year()).ok(),
            9 => wanted.checked_sub(20.years()).ok(),
            _ => wanted.checked_sub(40.years()).ok(),
        };
        let mut date = moved.unwrap_or(wanted);
        if let Some(to) = to {
            date = date.min(to);
        }
        if let Some(from) = from {
            date = date.max(from);
        }
        Json::from(date.to_string())
    }

    /// A municipality of a set; without one the first that the responsibility table names.
    fn town(&self, set: Option<&Set>) -> String {
        let fits = |key: &str, set: &Set| crate::region::set_contains(set, key);
        let rows = self.procedure.responsibility.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        let home = || self.regions.within(crate::region::STATE_SCHLESWIG_HOLSTEIN).chain(self.regions.all());
        let candidates = rows.filter(|cell| matches!(cell.values, Values::Municipalities { .. }));
        for cell in candidates {
            let found = home().find(|town| fits(town.key, cell) && set.is_none_or(|set| fits(town.key, set)));
            if let Some(town) = found {
                return town.key.to_owned();
            }
        }
        home()
            .find(|town| set.is_none_or(|set| fits(town.key, set)))
            .map(|town| town.key.to_owned())
            .unwrap_or_default()
    }
}

fn sized(text: &str, min: Option<u32>, max: Option<u32>) -> String {
    let mut text = text.to_owned();
    while min.is_some_and(|min| (text.chars().count() as u32) < min) {
        text.push('x');
    }
    match max {
        Some(max) => {
            let skip = text.chars().count().saturating_sub(max as usize);
            text.chars().skip(skip).collect::<String>().trim_start().to_owned()
        }
        None => text,
    }
}

fn whole(limits: &crate::kind::NumberLimits, number: usize) -> Json {
    let base =
        limits.min.unwrap_or_else(|| rust_decimal::Decimal::ONE.min(limits.max.unwrap_or(rust_decimal::Decimal::ONE)));
    let value = match number {
        0 => base,
        1 => limits.max.unwrap_or(base),
        n => {
            let value = base + rust_decimal::Decimal::from(n);
            limits.max.map_or(value, |max| value.min(max))
        }
    };
    serde_json::from_str(&value.normalize().to_string()).unwrap_or(Json::Null)
}
