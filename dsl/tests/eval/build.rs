//! Small functions that build procedures, so that a test reads like one.

use std::collections::BTreeMap;
use std::sync::Arc;

use amtsweg_dsl::eval::{Evaluation, Outcome, evaluate};
use amtsweg_dsl::kind::{Choice, Choices, DateLimits, Kind, LengthLimits, NumberLimits};
use amtsweg_dsl::model::*;
use amtsweg_dsl::region::Regions;
use jiff::civil::{Date, DateTime, date};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

pub fn text(text: &str) -> Text {
    Text::new(Language::German, text)
}

pub fn procedure(sections: Vec<Section>) -> Procedure {
    Procedure {
        format: 1,
        path: "stadt/beispiel/antrag".to_owned(),
        kind: ProcedureKind::Application,
        version: 1,
        valid_from: date(2027, 1, 1),
        valid_until: None,
        language: Language::German,
        title: text("Antrag"),
        service: None,
        category: None,
        access: Access::None,
        open: None,
        introduction: None,
        legal_basis: None,
        deadline: None,
        retention: None,
        what_happens_next: None,
        search_words: Vec::new(),
        sections: sections.into_iter().map(Arc::new).collect(),
        constants: Vec::new(),
        computed: Vec::new(),
        rules: Vec::new(),
        fees: Vec::new(),
        end_pages: Vec::new(),
        responsibility: Some(Arc::new(Table {
            columns: Vec::new(),
            rows: Vec::new(),
            otherwise: Some(Responsible::Authority("stadt/beispiel/amt".to_owned())),
        })),
        lists: BTreeMap::new(),
        transitions: Vec::new(),
        examples: Vec::new(),
    }
}

pub fn section(key: &str, questions: Vec<Question>) -> Section {
    Section {
        key: key.to_owned(),
        title: text(key),
        introduction: None,
        condition: None,
        repeat: None,
        page_per_question: false,
        items: questions.into_iter().map(|question| Item::Question(Box::new(question))).collect(),
    }
}

pub fn question(key: &str, kind: Kind) -> Question {
    Question {
        key: key.to_owned(),
        label: text(key),
        hint: None,
        kind,
        optional: false,
        may_follow: None,
        condition: None,
        rules: Vec::new(),
        repeat: None,
        subject: Subject::Applicant,
        same_page: false,
        answered_by: None,
    }
}

/// What sections and questions have in common.
pub trait Asked: Sized {
    fn when(self, condition: Condition) -> Self;
    fn repeated(self, min: u32, max: u32) -> Self;
}

impl Asked for Section {
    fn when(mut self, condition: Condition) -> Self {
        self.condition = Some(condition);
        self
    }
    fn repeated(mut self, min: u32, max: u32) -> Self {
        self.repeat = Some(Repeat { min, max, each: text("Eintrag") });
        self
    }
}

impl Asked for Question {
    fn when(mut self, condition: Condition) -> Self {
        self.condition = Some(condition);
        self
    }
    fn repeated(mut self, min: u32, max: u32) -> Self {
        self.repeat = Some(Repeat { min, max, each: text("Eintrag") });
        self
    }
}

pub fn optional(mut question: Question) -> Question {
    question.optional = true;
    question
}

pub fn with_rule(mut question: Question, holds: Condition, message: &str) -> Question {
    question.rules.push(QuestionRule { holds, message: Message { text: text(message), warning: false } });
    question
}

pub fn rule(name: &str, at: &str, holds: Condition) -> Arc<Rule> {
    Arc::new(Rule {
        name: name.to_owned(),
        condition: None,
        holds,
        at: to(at),
        message: Message { text: text(name), warning: false },
    })
}

pub fn computed(name: &str, value: Calc) -> Arc<Computed> {
    Arc::new(Computed { name: name.to_owned(), condition: None, value: ComputedValue::Calc(value), unit: None })
}

pub fn computed_if(name: &str, value: Condition) -> Arc<Computed> {
    Arc::new(Computed { name: name.to_owned(), condition: None, value: ComputedValue::Condition(value), unit: None })
}

pub fn end_page(name: &str, after: &str, condition: Condition) -> Arc<EndPage> {
    Arc::new(EndPage {
        name: name.to_owned(),
        title: text(name),
        text: None,
        stops: Some((condition, after.to_owned())),
    })
}

/// A reference from `hunde.*.rasse`; a fact stands behind `#`.
pub fn to(path: &str) -> Ref {
    let (path, fact) = match path.split_once('#') {
        Some((path, fact)) => (path, Some(fact.to_owned())),
        None => (path, None),
    };
    let step = |part: &str| {
        if part == "*" { Step::Entry } else { Step::Key(part.to_owned()) }
    };
    Ref { steps: path.split('.').map(step).collect(), fact }
}

pub fn answer(path: &str) -> Calc {
    Calc::Answer(to(path))
}

pub fn number(value: i64) -> Calc {
    Calc::Number(Decimal::from(value))
}

pub fn boxed(calc: Calc) -> Box<Calc> {
    Box::new(calc)
}

pub fn keys(keys: &[&str]) -> Set {
    Set { values: Values::Keys(keys.iter().map(|key| (*key).to_owned()).collect()), no_answer: false }
}

pub fn bools(values: &[bool]) -> Set {
    Set { values: Values::Bools(values.to_vec()), no_answer: false }
}

pub fn numbers(ranges: &[(Option<i64>, Option<i64>)]) -> Set {
    let range =
        |(from, to): &(Option<i64>, Option<i64>)| Range { from: from.map(Decimal::from), to: to.map(Decimal::from) };
    Set { values: Values::Numbers(ranges.iter().map(range).collect()), no_answer: false }
}

pub fn dates(ranges: &[(Option<Date>, Option<Date>)]) -> Set {
    Set {
        values: Values::Dates(ranges.iter().map(|(from, to)| Range { from: *from, to: *to }).collect()),
        no_answer: false,
    }
}

pub fn or_none(mut set: Set) -> Set {
    set.no_answer = true;
    set
}

pub fn is_in(path: &str, set: Set) -> Condition {
    Condition::In { what: answer(path), set }
}

pub fn yes(path: &str) -> Condition {
    is_in(path, bools(&[true]))
}

pub fn is(path: &str, key: &str) -> Condition {
    is_in(path, keys(&[key]))
}

pub fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

pub fn compare(left: Calc, op: Op, right: Calc) -> Condition {
    Condition::Compare { left, op, right }
}

pub fn answered(path: &str) -> Condition {
    Condition::Answered(to(path))
}

pub fn every(list: &str, holds: Condition) -> Condition {
    Condition::Every { list: to(list), holds: Box::new(holds) }
}

pub fn some(list: &str, holds: Condition) -> Condition {
    Condition::Some { list: to(list), holds: Box::new(holds) }
}

pub fn whole(min: i64, max: i64) -> Kind {
    Kind::Whole(NumberLimits { unit: None, min: Some(min.into()), max: Some(max.into()) })
}

pub fn line(min: u32, max: u32) -> Kind {
    Kind::Text(LengthLimits { min: Some(min), max: Some(max) })
}

pub fn day() -> Kind {
    Kind::Date(DateLimits::default())
}

pub fn choice(key: &str) -> Choice {
    Choice { key: key.to_owned(), label: text(key), hint: None, excludes_others: false, condition: None }
}

pub fn one_of(options: &[&str]) -> Kind {
    Kind::OneOf(Choices::Options(options.iter().map(|key| choice(key)).collect()))
}

pub fn several_of(options: &[&str], max: Option<u32>) -> Kind {
    Kind::SeveralOf { choices: Choices::Options(options.iter().map(|key| choice(key)).collect()), max }
}

pub fn block(questions: Vec<Question>) -> Kind {
    Kind::Block {
        name: "baustein".to_owned(),
        items: questions.into_iter().map(|question| Item::Question(Box::new(question))).collect(),
    }
}

/// Noon on a Friday.
pub fn noon() -> DateTime {
    date(2027, 10, 15).at(12, 0, 0, 0)
}

pub fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

pub fn run(procedure: &Procedure, answers: Json) -> Evaluation {
    evaluate(procedure, &object(answers), noon(), &Regions::default())
}

/// The problems as `path: State`, warnings with an exclamation mark.
pub fn problems(evaluation: &Evaluation) -> Vec<String> {
    evaluation
        .problems
        .iter()
        .map(|problem| {
            let state = match &problem.state {
                amtsweg_dsl::kind::State::Rule(text) => text.get(Language::German).to_owned(),
                state => format!("{state:?}"),
            };
            format!("{}: {state}{}", problem.path, if problem.warning { " !" } else { "" })
        })
        .collect()
}

pub fn goes_to_an_authority(evaluation: &Evaluation) -> bool {
    matches!(evaluation.outcome, Outcome::Authority(_))
}
