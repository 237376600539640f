//! Examples: gaps filled with valid answers, always the same; then run, and held against what
//! they expect.

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value as Json};

use super::declare::full_path;
use super::expressions::time_unit;
use super::fill;
use super::things::written;
use super::units::Unit;
use super::world::{Thing, World};
use crate::diagnostic::{Diagnostic, Problem};
use crate::eval::{Evaluation, Outcome, Path, PathStep, Value, unasked};
use crate::kind::State;
use crate::model::{Example, Language, Procedure, Text};
use crate::syntax::expression::CalcKind;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, Span, parse_calc, split_items};

/// Runs the examples of a procedure; `None` when one of them fails.
pub(super) fn run(world: &World<'_>, thing: &Thing, mut procedure: Procedure) -> Option<Procedure> {
    let mut examples: Vec<Example> = Vec::new();
    for node in thing.node.children.iter().filter(|node| node.heading == Heading::Example) {
        let run = Run { world, thing, procedure: &procedure, node };
        let name = super::expressions::nfc(node.name_text());
        if examples.iter().any(|example| example.name == name) {
            run.say(Problem::NameTwice { name: name.clone() }, node.name_span());
        }
        if let Some(example) = run.run(name) {
            examples.push(example);
        }
    }
    procedure.examples = examples;
    (world.errors_in(&thing.file) == 0).then_some(procedure)
}

/// The answers that an example names, and where each stands.
type Named = (Map<String, Json>, Vec<(Path, Span)>);

struct Run<'a> {
    world: &'a World<'a>,
    thing: &'a Thing,
    procedure: &'a Procedure,
    node: &'a Node,
}

impl Run<'_> {
    fn say(&self, problem: Problem, span: Span) {
        self.world.say(Diagnostic::new(problem, &self.thing.file, span));
    }

    fn english(&self) -> bool {
        self.thing.language == Language::English
    }

    fn run(&self, name: String) -> Option<Example> {
        let at = self.at()?;
        let (named, paths) = self.named(at.date())?;
        let expected_errors: Vec<String> = self.expected(Fixed::ExpectError).flat_map(items).collect();
        let filler = fill::Filler::new(self.procedure, self.world.regions, at, &paths);
        let (answers, evaluation) = filler.fill(named, |problem| self.is_expected(problem, &expected_errors));
        let not_asked = unasked(self.procedure, &answers, at, self.world.regions);
        for (path, span) in &paths {
            if not_asked.contains(path) {
                self.say(Problem::ExampleNotAsked { name: shown(path) }, *span);
                return None;
            }
        }
        let mut clean = true;
        for problem in evaluation.problems.iter().filter(|problem| !problem.warning) {
            if self.is_expected(problem, &expected_errors) {
                continue;
            }
            clean = false;
            let message = self.message(problem);
            let name = shown(&problem.path);
            match paths.iter().find(|(path, _)| *path == problem.path) {
                Some((_, span)) if !matches!(problem.state, State::Rule(_)) => {
                    self.say(Problem::ExampleAnswer { name, reason: message }, *span);
                }
                _ if matches!(problem.state, State::Rule(_)) => {
                    self.say(Problem::UnexpectedError { name, message }, self.node.span);
                }
                _ => self.say(Problem::ExampleNeeds { name, reason: message }, self.node.span),
            }
        }
        if !clean {
            return None;
        }
        self.expectations(&evaluation, &answers, &expected_errors, at);
        matches!(evaluation.outcome, Outcome::Authority(_)).then(|| Example {
            name,
            title: Text::new(self.thing.texts, self.node.title.as_ref().map_or("", |(title, _)| title)),
            at,
            answers: evaluation.answers,
        })
    }

    /// `am: 12.04.2027 um 09:00`; without it noon of the first day of the version.
    fn at(&self) -> Option<DateTime> {
        let Some(line) = self.node.key(Key::On) else {
            return Some(self.procedure.valid_from.at(12, 0, 0, 0));
        };
        match parse_calc(&line.value, line.value_span.start).map(|calc| calc.kind) {
            Ok(CalcKind::Date(Some(date), _)) => Some(date.at(12, 0, 0, 0)),
            Ok(CalcKind::At(date, Some(time))) => match date.kind {
                CalcKind::Date(Some(date), _) => Some(date.to_datetime(time)),
                _ => None,
            },
            _ => {
                self.say(Problem::NoSuchDate { text: line.value.clone() }, line.value_span);
                None
            }
        }
    }

    /// The answers that the example names.
    fn named(&self, today: Date) -> Option<Named> {
        let mut answers = Map::new();
        let mut paths = Vec::new();
        let mut right = true;
        for line in self.node.keys.iter().filter(|line| line.key.is_none()) {
            let path = answer_path(&line.words);
            let Some(question) = fill::question_at(self.procedure, &path) else {
                let name = line.words.clone();
                let known = fill::all_names(self.procedure);
                let plain = shown(&path);
                let suggestion = crate::diagnostic::closest(&plain, known.iter().map(String::as_str));
                let problem = Problem::UnknownName { name };
                self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, line.key_span) });
                right = false;
                continue;
            };
            match fill::read(self.procedure, self.world.regions, question, &line.value, today) {
                Ok(answer) => {
                    fill::put(&mut answers, &path, answer);
                    paths.push((path, line.value_span));
                }
                Err(state) => {
                    let label = question.label.get(Language::German).to_owned();
                    let language = if self.english() { Language::English } else { Language::German };
                    let reason = question.kind.message(&state, &label, language);
                    self.say(Problem::ExampleAnswer { name: line.words.clone(), reason }, line.value_span);
                    right = false;
                }
            }
        }
        right.then_some((answers, paths))
    }

    fn expected(&self, what: Fixed) -> impl Iterator<Item = &KeyLine> {
        self.node.all(Key::Expects).filter(move |line| expectation(&line.words).0 == Some(what))
    }

    /// Whether a problem is one that the example expects: by the rule's name, or the question's.
    fn is_expected(&self, problem: &crate::eval::Problem, expected: &[String]) -> bool {
        let plain = shown(&problem.path);
        expected.iter().any(|name| {
            let key = super::names::json_key(name);
            if plain == key || plain.rsplit('.').next() == Some(&key) {
                return true;
            }
            self.procedure.rules.iter().any(|rule| {
                let at: Vec<&str> = rule
                    .at
                    .steps
                    .iter()
                    .filter_map(|step| if let crate::model::Step::Key(key) = step { Some(key.as_str()) } else { None })
                    .collect();
                rule.name == *name && at.join(".") == plain && matches!(problem.state, State::Rule(_))
            })
        })
    }

    fn message(&self, problem: &crate::eval::Problem) -> String {
        let language = if self.english() { Language::English } else { Language::German };
        match fill::question_at(self.procedure, &problem.path) {
            Some(question) => question.kind.message(&problem.state, question.label.get(language), language),
            None => match &problem.state {
                State::Rule(text) => text.get(language).to_owned(),
                State::TooFewEntries(least) if self.english() => {
                    format!("At least {least} are needed.")
                }
                State::TooFewEntries(least) => format!("Es braucht mindestens {least}."),
                _ if self.english() => "The answer does not fit.".to_owned(),
                _ => "Die Antwort passt nicht.".to_owned(),
            },
        }
    }

    fn fails(&self, what: &str, expected: String, found: String, span: Span) {
        self.say(Problem::ExampleFails { what: what.to_owned(), expected, found }, span);
    }

    fn expectations(&self, evaluation: &Evaluation, answers: &Map<String, Json>, errors: &[String], at: DateTime) {
        for line in self.node.all(Key::Expects) {
            let (word, name) = expectation(&line.words);
            let value = line.value.trim();
            let what = line.words.clone();
            match word {
                Some(Fixed::ExpectFee) => self.fee(evaluation, name, line),
                Some(Fixed::ExpectResponsible) => {
                    let found = match &evaluation.outcome {
                        Outcome::Authority(path) => path.clone(),
                        other => self.outcome(other),
                    };
                    let wanted = full_path(value, &self.thing.folder);
                    if found != wanted {
                        self.fails(&what, wanted, found, line.value_span);
                    }
                }
                Some(Fixed::ExpectEndPage | Fixed::EndPage) => {
                    let found = self.outcome(&evaluation.outcome);
                    let right = matches!(&evaluation.outcome, Outcome::EndPage { name, .. } if *name == super::names::json_key(value));
                    if !right {
                        self.fails(&what, value.to_owned(), found, line.value_span);
                    }
                }
                Some(Fixed::ExpectError) => {
                    for name in items(line) {
                        let one = [name.clone()];
                        if !evaluation.problems.iter().any(|p| !p.warning && self.is_expected(p, &one)) {
                            let found = if self.english() { "no error" } else { "kein Fehler" };
                            self.fails(&what, name, found.to_owned(), line.value_span);
                        }
                    }
                }
                Some(asked @ (Fixed::ExpectAsked | Fixed::ExpectNotAsked)) => {
                    for name in items(line) {
                        self.asked(&name, asked == Fixed::ExpectAsked, answers, at, line);
                    }
                }
                _ => self.computed(evaluation, name.trim(), line),
            }
        }
        let _ = errors;
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        let (open, page) = if self.english() { ("still open", "End page") } else { ("noch offen", "Endseite") };
        match outcome {
            Outcome::Open => open.to_owned(),
            Outcome::Authority(path) => path.clone(),
            Outcome::EndPage { name, .. } => format!("{page} {name}"),
        }
    }

    fn fee(&self, evaluation: &Evaluation, name: &str, line: &KeyLine) {
        let name = name.trim();
        let fees: Vec<_> = evaluation.fees.iter().filter(|fee| name.is_empty() || fee.name == name).collect();
        let cents: i64 = fees.iter().map(|fee| fee.cents).sum();
        let per = fees.iter().find_map(|fee| fee.per);
        let Some((wanted, unit)) = amount(&line.value) else {
            self.say(
                Problem::ValueNotUnderstood { word: line.words.clone(), value: line.value.clone() },
                line.value_span,
            );
            return;
        };
        let period = unit.period().and_then(time_unit);
        let known = name.is_empty() || self.procedure.fees.iter().any(|fee| fee.name == name);
        if !known {
            self.say(Problem::UnknownName { name: name.to_owned() }, line.key_span);
            return;
        }
        let same_period = fees.is_empty() || fees.iter().all(|fee| fee.per == per) && per == period;
        if rust_decimal::Decimal::from(cents) != wanted || !(same_period || wanted.is_zero()) {
            let found = format!("{} €", written(rust_decimal::Decimal::new(cents, 2)));
            self.fails(&line.words, line.value.clone(), found, line.value_span);
        }
    }

    fn computed(&self, evaluation: &Evaluation, name: &str, line: &KeyLine) {
        let name = super::expressions::nfc(name);
        if !self.procedure.computed.iter().any(|computed| computed.name == name) {
            let known = self.procedure.computed.iter().map(|computed| computed.name.as_str());
            let suggestion = crate::diagnostic::closest(&name, known);
            let problem = Problem::UnknownName { name };
            self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, line.key_span) });
            return;
        }
        let found = evaluation.computed.get(&name);
        let right = match found {
            Some(Value::Number(number)) => amount(&line.value).is_some_and(|(wanted, _)| wanted == *number),
            Some(Value::Bool(value)) => {
                matches!((line.value.as_str(), value), ("Ja" | "yes", true) | ("Nein" | "no", false))
            }
            Some(Value::Text(text)) => *text == super::names::json_key(&line.value) || *text == line.value,
            Some(Value::Date(date)) => crate::syntax::read_date(&line.value) == Some(*date),
            _ => matches!(line.value.as_str(), "keine Antwort" | "no answer"),
        };
        if !right {
            let found = match found {
                Some(Value::Number(number)) => written(*number),
                Some(Value::Bool(true)) => if self.english() { "yes" } else { "Ja" }.to_owned(),
                Some(Value::Bool(false)) => if self.english() { "no" } else { "Nein" }.to_owned(),
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Date(date)) => {
                    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
                }
                _ => if self.english() { "no answer" } else { "keine Antwort" }.to_owned(),
            };
            self.fails(&line.words, line.value.clone(), found, line.value_span);
        }
    }

    fn asked(&self, name: &str, wanted: bool, answers: &Map<String, Json>, at: DateTime, line: &KeyLine) {
        let path = answer_path(name);
        let Some(question) = fill::question_at(self.procedure, &path) else {
            self.say(Problem::UnknownName { name: name.to_owned() }, line.value_span);
            return;
        };
        // An answer at that place is refused exactly where it is not asked.
        let mut probe = answers.clone();
        if fill::get(&probe, &path).is_none() {
            let filler = fill::Filler::new(self.procedure, self.world.regions, at, &[]);
            fill::put(&mut probe, &path, filler.sample(question, &path, 0));
        }
        let hidden = unasked(self.procedure, &probe, at, self.world.regions)
            .iter()
            .any(|other| path.0.starts_with(&other.0) || other.0.starts_with(&path.0));
        if hidden == wanted {
            let (asked, not) = if self.english() { ("asked", "not asked") } else { ("gefragt", "nicht gefragt") };
            let (expected, found) = if wanted { (asked, not) } else { (not, asked) };
            self.fails(name, expected.to_owned(), found.to_owned(), line.value_span);
        }
    }
}

fn items(line: &KeyLine) -> Vec<String> {
    split_items(&line.value, 0).into_iter().map(|(item, _)| item).collect()
}

/// What stands behind `erwartet`: the word, and the rest.
fn expectation(words: &str) -> (Option<Fixed>, &str) {
    let Some((_, rest)) = Key::find_at_start(words) else {
        return (None, words);
    };
    let rest = rest.trim();
    let wanted = [
        Fixed::ExpectNotAsked,
        Fixed::ExpectFee,
        Fixed::ExpectResponsible,
        Fixed::ExpectEndPage,
        Fixed::ExpectError,
        Fixed::ExpectAsked,
    ];
    for word in wanted {
        for language in [Language::German, Language::English] {
            let spelling = word.spelling(language);
            if let Some(tail) = rest.strip_prefix(spelling)
                && !tail.chars().next().is_some_and(crate::syntax::keyword::is_word_char)
            {
                return (Some(word), tail);
            }
        }
    }
    (None, rest)
}

/// `hunde 2 person.geburtsdatum`: entries are counted from 1.
fn answer_path(words: &str) -> Path {
    let mut steps = Vec::new();
    for word in words.split_whitespace() {
        match word.parse::<usize>() {
            Ok(number) if number > 0 => steps.push(PathStep::Index(number - 1)),
            _ => steps.extend(word.split('.').map(|part| PathStep::Key(super::names::json_key(part)))),
        }
    }
    Path(steps)
}

/// A path without the numbers of entries.
fn shown(path: &Path) -> String {
    let keys: Vec<&str> = path
        .0
        .iter()
        .filter_map(|step| if let PathStep::Key(key) = step { Some(key.as_str()) } else { None })
        .collect();
    keys.join(".")
}

/// An amount or a number with its unit; money in cents.
fn amount(text: &str) -> Option<(rust_decimal::Decimal, Unit)> {
    let CalcKind::Number { value, unit, .. } = parse_calc(text, 0).ok()?.kind else {
        return None;
    };
    let (calc, kind) = super::expressions::number(value, unit.as_ref());
    match (calc, kind) {
        (crate::model::Calc::Number(value), super::types::Type::Number(number)) => Some((value, number.unit)),
        _ => None,
    }
}
