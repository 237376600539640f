//! What an example expects, held against what came out.

use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::answer_paths;
use super::example::{Run, answer_path, shown};
use super::expressions::time_unit;
use super::fill;
use super::responsible::last_part;
use super::things::written;
use super::units::Unit;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::eval::{Evaluation, Outcome, Path, PathStep, Value, unasked};
use crate::kind::State;
use crate::model::{Item, Language, Procedure, Rule, Section, Step};
use crate::syntax::expression::CalcKind;
use crate::syntax::keyword::{Fixed, Key, is_word_char};
use crate::syntax::{KeyLine, Span, parse_calc, split_items};

impl Run<'_> {
    /// The lines that expect something of one sort.
    pub fn expected(&self, what: Fixed) -> impl Iterator<Item = &KeyLine> {
        self.node.all(Key::Expects).filter(move |line| expectation(&line.words).0 == Some(what))
    }

    /// Whether a problem is one that the example expects.
    pub fn is_expected(&self, problem: &crate::eval::Problem, expected: &[String]) -> bool {
        is_expected(self.procedure, problem, expected)
    }

    /// What a citizen would read at a question.
    pub fn message(&self, problem: &crate::eval::Problem) -> Both {
        let question = answer_paths::question_at(self.procedure, &problem.path);
        Both::each(|reader| match (question, &problem.state) {
            (Some(question), state) => question.kind.message(state, question.label.get(reader), reader),
            (None, State::Rule(text)) => text.get(reader).to_owned(),
            (None, State::TooFewEntries(least)) if reader == Language::English => {
                format!("At least {least} are needed.")
            }
            (None, State::TooFewEntries(least)) => format!("Es braucht mindestens {least}."),
            (None, State::TooManyEntries(most)) if reader == Language::English => {
                format!("At most {most} can be given.")
            }
            (None, State::TooManyEntries(most)) => format!("Es können höchstens {most} sein."),
            _ if reader == Language::English => "The answer does not fit.".to_owned(),
            _ => "Die Antwort passt nicht.".to_owned(),
        })
    }

    fn fails(&self, what: &str, expected: Both, found: Both, span: Span) {
        self.say(Problem::ExampleFails { what: what.to_owned(), expected, found }, span);
    }

    /// Holds every line with `erwartet` against what came out.
    pub fn expectations(&self, evaluation: &Evaluation, answers: &Map<String, Json>, at: DateTime) {
        for line in self.node.all(Key::Expects) {
            let (word, name) = expectation(&line.words);
            match word {
                Some(Fixed::ExpectFee) => self.fee(evaluation, name.trim(), line),
                Some(Fixed::ExpectResponsible) => self.responsible(evaluation, line),
                Some(Fixed::ExpectEndPage | Fixed::EndPage) => {
                    let wanted = super::names::json_key(line.value.trim());
                    let right = matches!(&evaluation.outcome, Outcome::EndPage { name, .. } if *name == wanted);
                    let known = || self.procedure.end_pages.iter().map(|page| page.name.as_str());
                    if !known().any(|name| name == wanted) {
                        let suggestion = crate::diagnostic::closest(&wanted, known());
                        let suggestion = suggestion.map(|name| self.world.spelled(&name));
                        let problem = Problem::UnknownEndPage { name: line.value.trim().to_owned() };
                        let message = Diagnostic::new(problem, &self.thing.file, line.value_span);
                        self.world.say(Diagnostic { suggestion, ..message });
                    } else if !right {
                        let found = self.outcome(&evaluation.outcome);
                        self.fails(subject(line), Both::same(line.value.trim()), found, line.value_span);
                    }
                }
                Some(Fixed::ExpectError) => {
                    for (name, span) in items(line) {
                        let one = [name.clone()];
                        if !self.can_be_wrong(&name) {
                            let questions = answer_paths::all_names(self.procedure);
                            let questions = questions.iter().map(|name| self.world.spelled_answer(name));
                            let rules = self.procedure.rules.iter().map(|rule| rule.name.clone());
                            let known: Vec<String> = questions.chain(rules).collect();
                            self.unknown(&name, known.iter().map(String::as_str), span);
                        } else if !evaluation.problems.iter().any(|p| !p.warning && self.is_expected(p, &one)) {
                            self.fails(subject(line), Both::same(name), Both::new("kein Fehler", "no error"), span);
                        }
                    }
                }
                Some(asked @ (Fixed::ExpectAsked | Fixed::ExpectNotAsked)) => {
                    for (name, span) in items(line) {
                        self.asked(&name, asked == Fixed::ExpectAsked, answers, at, span);
                    }
                }
                _ => self.computed(evaluation, name.trim(), line),
            }
        }
    }

    /// Whether there is a rule or a question with this name.
    fn can_be_wrong(&self, name: &str) -> bool {
        let key = super::names::json_key(name);
        let questions = answer_paths::all_names(self.procedure);
        let mut names = questions.iter().map(|name| (name.as_str(), name.rsplit('.').next().unwrap_or(name)));
        self.procedure.rules.iter().any(|rule| rule.name == name)
            || names.any(|(whole, last)| whole == key || last == key)
            || self.procedure.sections.iter().any(|section| section.repeat.is_some() && section.key == key)
    }

    fn responsible(&self, evaluation: &Evaluation, line: &KeyLine) {
        let wanted = self.thing.path_of(line.value.trim(), |path| self.world.authority(path).is_some());
        let used = last_part(&line.value, line.value_span);
        self.world.found_thing(&self.thing.file, used, self.world.authority_named(&wanted));
        if self.world.authority(&wanted).is_none() {
            let titled = self.world.authority_titled(&line.value).map(|path| self.world.spelled_path(path));
            let (problem, near) = self.world.unknown_authority(line.value.trim().to_owned(), &wanted);
            let fix = titled.clone().map(|path| (line.value_span, path));
            let message = Diagnostic::new(problem, &self.thing.file, line.value_span);
            self.world.say(Diagnostic { suggestion: titled.or(near), fix, ..message });
        } else if !matches!(&evaluation.outcome, Outcome::Authority(path) if *path == wanted) {
            let found = self.outcome(&evaluation.outcome);
            self.fails(subject(line), Both::same(line.value.trim()), found, line.value_span);
        }
    }

    fn outcome(&self, outcome: &Outcome) -> Both {
        match outcome {
            Outcome::Open => Both::new("noch offen", "still open"),
            Outcome::Authority(path) => Both::same(self.world.spelled_path(path)),
            Outcome::EndPage { name, .. } => {
                let name = self.world.spelled(name);
                Both::new(format!("Endseite {name}"), format!("End page {name}"))
            }
        }
    }

    fn fee(&self, evaluation: &Evaluation, name: &str, line: &KeyLine) {
        if !name.is_empty() && !self.procedure.fees.iter().any(|fee| fee.name == name) {
            let known = self.procedure.fees.iter().map(|fee| fee.name.as_str());
            self.unknown(name, known, line.key_span);
            return;
        }
        let fees: Vec<_> = evaluation.fees.iter().filter(|fee| name.is_empty() || fee.name == name).collect();
        let cents: i64 = fees.iter().map(|fee| fee.cents).sum();
        let Some((wanted, unit)) = amount(&line.value).filter(|(wanted, unit)| unit.is_money() || wanted.is_zero())
        else {
            self.not_understood(line);
            return;
        };
        let period = unit.period().and_then(time_unit);
        let same_period = fees.is_empty() || fees.iter().all(|fee| fee.per == period);
        if Decimal::from(cents) != wanted || !(same_period || wanted.is_zero()) {
            let per = self.procedure.fees.iter().find(|fee| fees.iter().any(|found| found.name == fee.name));
            let unit = per.and_then(|fee| fee.per).map(|per| Unit::of("€", Some(super::units::word(per))));
            let unit = unit.unwrap_or_else(|| Unit::of("€", None)).written(self.thing.language);
            let found = format!("{} {unit}", written(Decimal::new(cents, 2)));
            self.fails(subject(line), Both::same(line.value.clone()), Both::same(found), line.value_span);
        }
    }

    fn not_understood(&self, line: &KeyLine) {
        let unit = Unit::of("€", Some("Jahr")).written(self.thing.language);
        let allowed = Both::any_of(&["120 €", &format!("120 {unit}")]);
        let problem = Problem::ValueNotUnderstood { word: line.words.clone(), value: line.value.clone(), allowed };
        self.say(problem, line.value_span);
    }

    fn unknown<'n>(&self, name: &str, known: impl Iterator<Item = &'n str>, span: Span) {
        let suggestion = crate::diagnostic::closest(name, known);
        let problem = Problem::UnknownName { name: name.to_owned() };
        self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, span) });
    }

    fn computed(&self, evaluation: &Evaluation, name: &str, line: &KeyLine) {
        let name = super::expressions::nfc(name);
        let Some(computed) = self.procedure.computed.iter().find(|computed| computed.name == name) else {
            let words = EXPECTED.map(|word| word.spelling(self.thing.language));
            let known = self.procedure.computed.iter().map(|computed| computed.name.as_str()).chain(words);
            let suggestion = crate::diagnostic::closest(&name, known);
            let place = Span::new(line.key_span.end - name.len().min(line.words.len()), line.key_span.end);
            let fix = suggestion.clone().map(|word| (place, word));
            let problem = Problem::ExpectsUnknown { word: if name.is_empty() { line.words.clone() } else { name } };
            let message = Diagnostic::new(problem, &self.thing.file, line.key_span);
            self.world.say(Diagnostic { suggestion, fix: fix.filter(|_| place.start < place.end), ..message });
            return;
        };
        let unit = computed.unit.as_deref().map_or_else(Unit::none, Unit::read);
        let found = evaluation.computed.get(&name);
        let absent = matches!(line.value.as_str(), "keine Antwort" | "no answer");
        let right = match found {
            Some(Value::Number(number)) => match amount(&line.value) {
                Some((wanted, written)) if written == unit => wanted == *number,
                Some((wanted, written)) if written.is_none() && !wanted.is_zero() => {
                    self.say(Problem::UnitMissing { unit: unit.written(self.thing.language) }, line.value_span);
                    return;
                }
                Some((wanted, _)) if wanted.is_zero() => number.is_zero(),
                Some((_, written)) => {
                    let (left, right) = (unit.written(self.thing.language), written.written(self.thing.language));
                    self.say(Problem::UnitsMixed { left, right }, line.value_span);
                    return;
                }
                None => false,
            },
            Some(Value::Bool(value)) => {
                matches!((line.value.as_str(), value), ("Ja" | "yes", true) | ("Nein" | "no", false))
            }
            Some(Value::Text(text)) => *text == super::names::json_key(&line.value) || *text == line.value,
            Some(Value::Date(date)) => crate::syntax::read_date(&line.value) == Some(*date),
            _ => absent,
        };
        if right {
            return;
        }
        let found = match found {
            Some(Value::Number(number)) => {
                let shown = if unit.is_money() { *number / Decimal::ONE_HUNDRED } else { *number };
                Both::same(format!("{} {}", written(shown), unit.written(self.thing.language)).trim())
            }
            Some(Value::Bool(true)) => Both::new("Ja", "yes"),
            Some(Value::Bool(false)) => Both::new("Nein", "no"),
            Some(Value::Text(text)) => Both::same(self.world.spelled(text)),
            Some(Value::Date(date)) => Both::same(format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())),
            _ => Both::new("keine Antwort", "no answer"),
        };
        self.fails(subject(line), Both::same(line.value.clone()), found, line.value_span);
    }

    fn asked(&self, name: &str, wanted: bool, answers: &Map<String, Json>, at: DateTime, span: Span) {
        let path = answer_path(name);
        let paths = match self.procedure.sections.iter().find(|section| path == Path(vec![key(&section.key)])) {
            Some(section) if answer_paths::question_at(self.procedure, &path).is_none() => questions_of(section),
            _ => vec![path],
        };
        let mut asked = false;
        for path in paths {
            let Some(question) = answer_paths::question_at(self.procedure, &path) else {
                let known: Vec<String> = answer_paths::all_names(self.procedure)
                    .iter()
                    .map(|name| self.world.spelled_answer(name))
                    .collect();
                self.unknown(name, known.iter().map(String::as_str), span);
                return;
            };
            // An answer at that place is refused exactly where it is not asked.
            let mut probe = answers.clone();
            if answer_paths::get(&probe, &path).is_none() {
                let filler = fill::Filler::new(self.procedure, self.world.regions, at, &[]);
                answer_paths::put(&mut probe, &path, filler.sample(question, &path, 0));
            }
            asked |= !unasked(self.procedure, &probe, at, self.world.regions)
                .iter()
                .any(|other| path.0.starts_with(&other.0) || other.0.starts_with(&path.0));
        }
        if asked != wanted {
            let (asked, not) = (Both::new("gefragt", "asked"), Both::new("nicht gefragt", "not asked"));
            let (expected, found) = if wanted { (asked, not) } else { (not, asked) };
            self.fails(name, expected, found, span);
        }
    }
}

/// What can be expected, besides computed values.
const EXPECTED: [Fixed; 6] = [
    Fixed::ExpectNotAsked,
    Fixed::ExpectFee,
    Fixed::ExpectResponsible,
    Fixed::ExpectEndPage,
    Fixed::ExpectError,
    Fixed::ExpectAsked,
];

/// Whether a problem is one of those that are expected: by the rule's name, or the question's.
pub(super) fn is_expected(procedure: &Procedure, problem: &crate::eval::Problem, expected: &[String]) -> bool {
    let plain = shown(&problem.path);
    expected.iter().any(|name| {
        let key = super::names::json_key(name);
        if plain == key || plain.rsplit('.').next() == Some(&key) {
            return true;
        }
        procedure.rules.iter().any(|rule| rule.name == *name && speaks_at(rule, problem))
    })
}

/// Whether a problem is a message at the place where a rule speaks.
pub(super) fn speaks_at(rule: &Rule, problem: &crate::eval::Problem) -> bool {
    let at = rule.at.steps.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Entry => None,
    });
    at.collect::<Vec<_>>().join(".") == shown(&problem.path) && matches!(problem.state, State::Rule(_))
}

/// Where the questions of a section are, in a repeat those of its first entry.
fn questions_of(section: &Section) -> Vec<Path> {
    let entry = section.repeat.as_ref().map(|_| [key(&section.key), PathStep::Index(0)]);
    let questions = section.items.iter().filter_map(|item| match item {
        Item::Question(question) => Some(key(&question.key)),
        Item::Paragraph(_) => None,
    });
    questions.map(|question| Path(entry.iter().flatten().cloned().chain([question]).collect())).collect()
}

fn key(name: &str) -> PathStep {
    PathStep::Key(name.to_owned())
}

/// The parts between commas, with their places.
pub(super) fn items(line: &KeyLine) -> Vec<(String, Span)> {
    split_items(&line.value, line.value_span.start)
}

/// What stands behind `erwartet`: the word, and the rest.
fn expectation(words: &str) -> (Option<Fixed>, &str) {
    let Some((_, rest)) = Key::find_at_start(words) else { return (None, words) };
    let rest = rest.trim();
    for word in EXPECTED {
        for language in [Language::German, Language::English] {
            let tail = rest.strip_prefix(word.spelling(language));
            if let Some(tail) = tail.filter(|tail| !tail.chars().next().is_some_and(is_word_char)) {
                return (Some(word), tail);
            }
        }
    }
    (None, rest)
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

/// What a line with `erwartet` is about: the words behind that one.
fn subject(line: &KeyLine) -> &str {
    line.words.split_once(' ').map_or(line.words.as_str(), |(_, rest)| rest)
}
