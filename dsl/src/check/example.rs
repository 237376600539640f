//! Examples: gaps filled with valid answers, always the same; then run, and held against what
//! they expect.

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value as Json};

use super::answer_paths;
use super::dates;
use super::expectations::items;
use super::expressions::point_number;
use super::fill;
use super::thing::Thing;
use super::units::Unit;
use super::world::World;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::eval::{Evaluation, Outcome, Path, PathStep, unasked};
use crate::kind::{Choices, Kind, State};
use crate::model::{Example, Language, Opening, Procedure, Question, Text};
use crate::syntax::expression::CalcKind;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key};
use crate::syntax::{KeyLine, Node, Span, parse_calc, split_items};

/// What came of the answers of an example, and when they were sent.
pub(super) type Ran = (Evaluation, DateTime);

/// An example that was run.
pub(super) struct Tried {
    pub name: String,
    pub title: String,
    /// Its first line in the file that the author has, and its last one that says something.
    pub lines: (usize, usize),
    /// What came of it; `None` where its answers do not fit.
    pub ran: Option<Ran>,
    /// It ended as it says.
    pub right: bool,
}

/// Runs the examples of a procedure.
pub(super) fn run(world: &World<'_>, thing: &Thing, procedure: &Procedure) -> Vec<Tried> {
    let mut all: Vec<Tried> = Vec::new();
    for node in thing.node.children.iter().filter(|node| node.heading == Heading::Example) {
        let run = Run { world, thing, procedure, node };
        let name = super::expressions::nfc(node.name_text());
        let before = world.errors_in(&thing.file);
        if all.iter().any(|example| example.name == name) {
            run.say(Problem::NameTwice { name: name.clone() }, node.name_span());
        }
        let ran = run.run();
        let title = node.title.as_ref().map_or("", |(title, _)| title).to_owned();
        let right = ran.is_some() && world.errors_in(&thing.file) == before;
        all.push(Tried { name, title, lines: run.lines(), ran, right });
    }
    all
}

/// The procedure with its examples; `None` when one of them fails.
pub(super) fn kept(
    world: &World<'_>,
    thing: &Thing,
    mut procedure: Procedure,
    tried: Vec<Tried>,
) -> Option<(Procedure, Vec<Ran>)> {
    procedure.examples = arrived(thing, &tried);
    let all = tried.into_iter().filter_map(|tried| tried.ran).collect();
    (world.errors_in(&thing.file) == 0).then_some((procedure, all))
}

/// Those that are right and come to an authority, as the model keeps them.
pub(super) fn arrived(thing: &Thing, tried: &[Tried]) -> Vec<Example> {
    let right = tried.iter().filter(|tried| tried.right);
    right
        .filter_map(|tried| {
            let (evaluation, at) = tried.ran.as_ref()?;
            matches!(evaluation.outcome, Outcome::Authority(_)).then(|| Example {
                name: tried.name.clone(),
                title: Text::new(thing.texts, tried.title.clone()),
                at: *at,
                answers: evaluation.answers.clone(),
            })
        })
        .collect()
}

/// The moment of an example that names none: noon of the first day of the version, or the first
/// minute after that in which the procedure is open.
pub(super) fn first_moment(procedure: &Procedure) -> DateTime {
    let noon = procedure.valid_from.at(12, 0, 0, 0);
    let opens = procedure.open.as_ref().and_then(|open| open.span(noon).0);
    opens.map_or(noon, |opens| noon.max(opens))
}

/// The answers that an example names, and where each stands.
type Named = (Map<String, Json>, Vec<(Path, Span)>);

pub(super) struct Run<'a> {
    pub world: &'a World<'a>,
    pub thing: &'a Thing,
    pub procedure: &'a Procedure,
    pub node: &'a Node,
}

impl Run<'_> {
    pub fn say(&self, problem: Problem, span: Span) {
        self.world.say(Diagnostic::new(problem, &self.thing.file, span));
    }

    fn run(&self) -> Option<Ran> {
        let at = self.at()?;
        if self.procedure.open.as_ref().is_some_and(|open| open.at(at) != Opening::Open) {
            let span = self.node.key(Key::On).map_or(self.node.span, |line| line.value_span);
            self.say(Problem::ExampleClosed { at: super::window::shown(at) }, span);
            return None;
        }
        let expected_errors: Vec<String> =
            self.expected(Fixed::ExpectError).flat_map(items).map(|(name, _)| name).collect();
        let (named, paths) = self.named(at.date(), &expected_errors)?;
        let filler = fill::Filler::new(self.procedure, self.world.regions, at, &paths);
        let (answers, evaluation) = filler.fill(named, |problem| self.is_expected(problem, &expected_errors));
        let not_asked = unasked(self.procedure, &answers, at, self.world.regions);
        for (path, span) in &paths {
            if not_asked.contains(path) {
                let name = self.world.spelled_answer(&shown(path));
                self.say(Problem::ExampleNotAsked { name }, *span);
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
            let name = self.world.spelled_answer(&shown(&problem.path));
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
        self.expectations(&evaluation, &answers, at);
        Some((evaluation, at))
    }

    /// The first and the last line, where the author has them.
    fn lines(&self) -> (usize, usize) {
        let whole = self.world.known.resolved.get(&self.thing.file);
        let line = |span: Span| {
            let (file, span) = whole.and_then(|whole| whole.origin(span)).unwrap_or((self.thing.file.as_str(), span));
            let text = self.world.sources.text(file).unwrap_or("");
            crate::diagnostic::line_and_column(text, span.start).0
        };
        let last = self.node.keys.iter().map(|line| line.value_span).max().unwrap_or(self.node.span);
        (line(self.node.span), line(last))
    }

    /// `am: 12.04.2027 um 09:00`; without it [`first_moment`].
    fn at(&self) -> Option<DateTime> {
        let Some(line) = self.node.key(Key::On) else { return Some(first_moment(self.procedure)) };
        match parse_calc(&line.value, line.value_span.start).map(|calc| calc.kind) {
            Ok(CalcKind::Date(Some(date), _)) => Some(date.at(12, 0, 0, 0)),
            Ok(CalcKind::At(date, Some(time))) => match date.kind {
                CalcKind::Date(Some(date), _) => Some(date.to_datetime(time)),
                _ => None,
            },
            _ => {
                let message = dates::other_form(&line.value, line.value_span.start, &self.thing.file);
                let nothing = || Problem::NoSuchDate { text: line.value.clone() };
                let message = message.unwrap_or_else(|| Diagnostic::new(nothing(), &self.thing.file, line.value_span));
                self.world.say(message);
                None
            }
        }
    }

    /// The answers that the example names; of those that it expects to be wrong also numbers and
    /// days beyond their limits.
    fn named(&self, today: Date, wrong: &[String]) -> Option<Named> {
        let mut answers = Map::new();
        let mut paths = Vec::new();
        let mut right = true;
        for line in self.node.keys.iter().filter(|line| line.key.is_none()) {
            if let Some(message) = self.entry_missing(line) {
                self.world.say(message);
                right = false;
                continue;
            }
            let path = answer_path(&line.words);
            let Some(question) = answer_paths::question_at(self.procedure, &path) else {
                let name = line.words.clone();
                let known: Vec<String> = answer_paths::all_names(self.procedure)
                    .iter()
                    .map(|name| self.world.spelled_answer(name))
                    .collect();
                let plain = self.world.spelled_answer(&shown(&path));
                let message = self.expects_misspelt(line).unwrap_or_else(|| {
                    let suggestion = crate::diagnostic::closest(&plain, known.iter().map(String::as_str));
                    let problem = Problem::UnknownName { name };
                    Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, line.key_span) }
                });
                self.world.say(message);
                right = false;
                continue;
            };
            if let Some((problem, fix)) = number_form(&question.kind, &line.value, self.thing.language) {
                let fix = fix.map(|text| (line.value_span, text));
                let message = Diagnostic::new(problem, &self.thing.file, line.value_span);
                self.world.say(Diagnostic { fix, ..message });
                right = false;
                continue;
            }
            let (procedure, regions) = (self.procedure, self.world.regions);
            let mut answer = answer_paths::read(procedure, regions, question, &line.value, today);
            if let Err(State::TooLow | State::TooHigh | State::TooEarly(_) | State::TooLate(_)) = &answer
                && wrong.iter().any(|name| is_question(name, &path))
            {
                answer = answer_paths::read_beyond(procedure, regions, question, &line.value, today).or(answer);
            }
            match answer {
                Ok(answer) => {
                    answer_paths::put(&mut answers, &path, answer);
                    paths.push((path, line.value_span));
                }
                Err(_) if self.no_option(question, line) => right = false,
                Err(state) => {
                    if let Some(message) = dates::other_form(&line.value, line.value_span.start, &self.thing.file) {
                        self.world.say(message);
                        right = false;
                        continue;
                    }
                    let reason = Both::each(|reader| question.kind.message(&state, question.label.get(reader), reader));
                    self.say(Problem::ExampleAnswer { name: line.words.clone(), reason }, line.value_span);
                    right = false;
                }
            }
        }
        right.then_some((answers, paths))
    }

    /// `erwarte Gebühr: …`
    fn expects_misspelt(&self, line: &KeyLine) -> Option<Diagnostic> {
        let first = line.words.split_whitespace().next()?;
        let meant = crate::diagnostic::closest(first, [Key::Expects.spelling(self.thing.language)])?;
        let place = Span::new(line.key_span.start, line.key_span.start + first.len());
        let problem = Problem::WriteInstead { found: first.to_owned(), meant: meant.clone() };
        let message = Diagnostic::new(problem, &self.thing.file, place);
        Some(Diagnostic { fix: Some((place, meant)), ..message })
    }

    /// `hunde laut`, `hunde 1.laut`, `hunde: 2`: which entry of a repeat is meant, in its proper form.
    fn entry_missing(&self, line: &KeyLine) -> Option<Diagnostic> {
        // A point behind the number of an entry is a blank.
        let parts = line.words.split(' ').map(|word| match word.split_once('.') {
            Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => format!("{number} {rest}"),
            _ => word.to_owned(),
        });
        let spaced = parts.collect::<Vec<_>>().join(" ");
        let (lists, path) = answer_paths::with_entries(self.procedure, &answer_path(&spaced))?;
        let meant = self.spelled_entries(&path);
        let problem = match lists.first() {
            Some(list) => Problem::WhichEntry { list: self.world.spelled(list), meant: meant.clone() },
            None if spaced != line.words => Problem::WriteInstead { found: line.words.clone(), meant: meant.clone() },
            None => return None,
        };
        let message = Diagnostic::new(problem, &self.thing.file, line.key_span);
        let whole = answer_paths::question_at(self.procedure, &answer_path(&spaced)).is_some();
        Some(Diagnostic { fix: whole.then_some((line.key_span, meant)), ..message })
    }

    /// A path as an author writes it, with the numbers of entries.
    fn spelled_entries(&self, path: &Path) -> String {
        let mut said = String::new();
        for step in &path.0 {
            match step {
                PathStep::Index(at) => said.push_str(&format!(" {}", at + 1)),
                PathStep::Key(key) => {
                    let sign = match said.chars().next_back() {
                        None => "",
                        Some(last) if last.is_ascii_digit() && said.contains(' ') => " ",
                        Some(_) => ".",
                    };
                    said.push_str(&format!("{sign}{}", self.world.spelled(key)));
                }
            }
        }
        said
    }

    /// Says which answers there are where a word is none of them.
    fn no_option(&self, question: &Question, line: &KeyLine) -> bool {
        let choices = match &question.kind {
            Kind::YesNo => {
                let names = [Inner::Yes, Inner::No].map(|word| word.spelling(self.thing.language));
                let name = line.value.clone();
                let suggestion = crate::diagnostic::closest(&name, names);
                let fix = suggestion.clone().map(|meant| (line.value_span, meant));
                let problem =
                    Problem::UnknownOption { name, question: line.words.clone(), known: Both::any_of(&names) };
                let message = Diagnostic::new(problem, &self.thing.file, line.value_span);
                self.world.say(Diagnostic { suggestion, fix, ..message });
                return true;
            }
            Kind::OneOf(choices) | Kind::SeveralOf { choices, .. } => choices,
            _ => return false,
        };
        let known: Vec<(String, Vec<&str>)> = match choices {
            Choices::Options(options) => {
                options.iter().map(|option| (self.world.spelled(&option.key), labels(&option.label))).collect()
            }
            Choices::List { name, .. } => {
                let values = self.procedure.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
                values.iter().map(|value| (self.world.spelled(&value.key), labels(&value.label))).collect()
            }
        };
        let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let mut found = false;
        for (word, span) in split_items(&line.value, line.value_span.start) {
            let same = |name: &str| super::names::json_key(name) == super::names::json_key(&word);
            let plain = crate::syntax::unquote(&word).unwrap_or_else(|| word.clone());
            if known.iter().any(|(name, labels)| same(name) || labels.contains(&plain.as_str())) {
                continue;
            }
            found = true;
            let suggestion = crate::diagnostic::closest(&word, names.iter().copied());
            let question = line.words.clone();
            let problem = Problem::UnknownOption { name: word, question, known: Both::some_of(&names) };
            self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, span) });
        }
        found
    }
}

fn labels(text: &Text) -> Vec<&str> {
    text.0.values().map(String::as_str).collect()
}

/// What is wrong with the way a number is written: a point, no unit or another one than the question has;
/// and how it is meant.
fn number_form(kind: &Kind, text: &str, language: Language) -> Option<(Problem, Option<String>)> {
    let own = match kind {
        Kind::Whole(limits) | Kind::Decimal { limits, .. } => {
            limits.unit.as_deref().map_or_else(Unit::none, Unit::read)
        }
        Kind::Money(limits) => Unit::read(&format!("€ {}", limits.unit.as_deref().unwrap_or_default())),
        _ => return None,
    };
    if let Some((_, number)) = point_number(text) {
        let fixed = number.replace('.', ",");
        let right = text.replacen(&number, &fixed, 1);
        return Some((Problem::DecimalPoint { number, fixed }, Some(right)));
    }
    let Some((number, written)) = text.trim().split_once(char::is_whitespace) else {
        let unit = own.written(language);
        let bare = text.trim().bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        // Nothing is nothing in every unit.
        let zero = text.trim() == "0";
        return (bare && !zero && !own.is_none() && !text.trim().is_empty())
            .then(|| (Problem::UnitMissing { unit: unit.clone() }, Some(format!("{} {unit}", text.trim()))));
    };
    let found = Unit::read(written);
    if found == own {
        return None;
    }
    if own.is_none() {
        return Some((Problem::UnitNotWanted { unit: written.trim().to_owned() }, Some(number.to_owned())));
    }
    let meant = written.split_whitespace().find_map(|word| Some((word, super::units::meant(word, language)?)));
    if let Some((word, known)) = meant {
        let problem = Problem::UnitUnknown { unit: word.to_owned(), known: known.to_owned() };
        return Some((problem, Some(text.replacen(word, known, 1))));
    }
    let problem = Problem::UnitsMixed { left: own.written(language), right: found.written(language) };
    Some((problem, own.convert(text, language)))
}

/// `hunde 2 person.geburtsdatum`: entries are counted from 1.
pub(super) fn answer_path(words: &str) -> Path {
    let mut steps = Vec::new();
    for word in words.split_whitespace() {
        match word.parse::<usize>() {
            Ok(number) if number > 0 => steps.push(PathStep::Index(number - 1)),
            _ => steps.extend(word.split('.').map(|part| PathStep::Key(super::names::json_key(part)))),
        }
    }
    Path(steps)
}

/// Whether a name is that of the question at a path.
fn is_question(name: &str, path: &Path) -> bool {
    let (key, plain) = (super::names::json_key(name), shown(path));
    plain == key || plain.rsplit('.').next() == Some(&key)
}

/// A path without the numbers of entries.
pub(super) fn shown(path: &Path) -> String {
    let keys: Vec<&str> = path
        .0
        .iter()
        .filter_map(|step| if let PathStep::Key(key) = step { Some(key.as_str()) } else { None })
        .collect();
    keys.join(".")
}
